"""Zalo's articles: jobs that are accepted at once, and the articles that come of them later."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.sandbox.clock import SandboxClock
from channels.sandbox.zalo.article_rules import Fields
from channels.sandbox.zalo.errors import INVALID, MEDIA_FAILED, PROCESSING, ZaloRefusal
from channels.sandbox.zalo.media import HANGS
from channels.sandbox.zalo.oa import ZaloSwitches


@dataclass(kw_only=True)
class Article:
    """An article as it is now, or as it will be once the job that makes it has finished."""

    id: str
    oa_id: str
    host: str  # where the request came to, for the article's own address
    fields: Fields
    made: datetime  # until it is finished: when it was asked for
    changed: datetime
    finished: bool = False
    removed: bool = False
    views: int = 0

    @property
    def shown(self) -> bool:
        """Whether its author wants it to be seen; Zalo hides by default."""
        return self.fields.get("status", "hide") == "show"

    @property
    def address(self) -> str:
        """The path of the page where it is read, below the service's prefix."""
        return f"/d/{self.oa_id}?id={self.id}&pageId={self.oa_id}"


@dataclass(kw_only=True)
class Job:
    """One create or update on its way."""

    token: str
    article: Article
    fields: Fields
    started: datetime
    fate: str  # from the downloader
    polls: int = 0
    ended: bool = False


class ZaloArticles:
    """The book of articles and jobs. Its owner holds the lock."""

    def __init__(self, clock: SandboxClock, switches: ZaloSwitches) -> None:
        self._clock = clock
        self._switches = switches
        self._articles: dict[str, Article] = {}
        self._jobs: dict[str, Job] = {}
        self._open: dict[str, Job] = {}  # those that have not ended

    def create(self, oa_id: str, fields: Fields, *, fate: str, host: str) -> str:
        """Accept a new article; the token of its job. The same fields twice make two articles."""
        now = self._clock.now()
        article = Article(id=secrets.token_hex(10), oa_id=oa_id, host=host, fields=fields, made=now, changed=now)
        self._articles[article.id] = article
        return self._begin(article, fields, fate)

    def update(self, article: Article, fields: Fields, *, fate: str) -> str:
        """Accept new fields for an article; the token of the job."""
        return self._begin(article, fields, fate)

    def verify(self, oa_id: str, token: object) -> str:
        """The article's identifier, the same each time. ZaloRefusal while the job runs, and when it failed."""
        job = self._jobs.get(token) if isinstance(token, str) else None
        if job is None or job.article.oa_id != oa_id:
            raise ZaloRefusal(INVALID, "token is invalid")
        job.polls += 1
        self._settle()
        if not job.ended:
            raise ZaloRefusal(PROCESSING)
        if job.fate:
            raise ZaloRefusal(MEDIA_FAILED, job.fate)
        return job.article.id

    def find(self, oa_id: str, article_id: object) -> Article:
        """A living article of an account, shown or hidden. Raises ZaloRefusal."""
        self._settle()
        article = self._articles.get(article_id) if isinstance(article_id, str) else None
        if article is None or article.oa_id != oa_id or not article.finished or article.removed:
            raise ZaloRefusal(INVALID, "id is invalid")
        return article

    def listed(self, oa_id: str, kind: str) -> list[Article]:
        """What the account's list shows, newest first; fresh articles may not be there yet."""
        self._settle()
        known_until = self._clock.now() - timedelta(seconds=self._switches.listing_lag)
        found = [
            article
            for article in self._articles.values()
            if article.oa_id == oa_id
            and article.finished
            and article.made <= known_until
            and not article.removed
            and article.fields["type"] == kind
            and (article.shown or self._switches.lists_hidden)
        ]
        # Of two made at one moment the later one is the newer.
        return sorted(found, key=lambda article: article.made)[::-1]

    def everything(self) -> list[tuple[Article, Job | None]]:
        """Each article that is or may come, in the order of creation, with the job that still works on it."""
        self._settle()
        working = {job.article.id: job for job in self._open.values()}
        return [
            (article, working.get(article.id))
            for article in self._articles.values()
            if article.finished or article.id in working
        ]

    def _begin(self, article: Article, fields: Fields, fate: str) -> str:
        token = base64.b64encode(secrets.token_bytes(66)).decode()
        job = Job(token=token, article=article, fields=fields, started=self._clock.now(), fate=fate)
        self._jobs[token] = self._open[token] = job
        return token

    def _settle(self) -> None:
        """End the jobs whose time has come, whether anybody asks for them or not."""
        now = self._clock.now()
        for job in list(self._open.values()):
            due = job.started + timedelta(seconds=self._switches.seconds)
            if job.fate != HANGS and (now >= due or job.polls > self._switches.polls):
                self._end(job, min(now, due))

    def _end(self, job: Job, moment: datetime) -> None:
        job.ended = True
        del self._open[job.token]
        article = job.article
        if job.fate and not self._switches.failed_job_leaves_article:
            return
        article.fields = job.fields
        article.made = article.made if article.finished else moment
        article.changed = moment
        article.finished = True
