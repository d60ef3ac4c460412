"""What followers of an Official Account see: its articles and broadcasts."""

from __future__ import annotations

from typing import cast

from channels.sandbox.page import draw_item, not_found
from channels.sandbox.plain_text import plain_text
from channels.sandbox.web import Condition, Item, Picture, Request, Response
from channels.sandbox.zalo.article_book import Article, Job
from channels.sandbox.zalo.article_rules import Fields, picture_addresses
from channels.sandbox.zalo.broadcast_book import Broadcast
from channels.sandbox.zalo.errors import ZaloRefusal
from channels.sandbox.zalo.world import ZaloWorld


def items(world: ZaloWorld, service: str, prefix: str) -> list[Item]:
    """Every article and broadcast; an article that is still worked on counts as scheduled."""
    with world.lock:
        articles = [_article_item(world, service, prefix, article, job) for article, job in world.articles.everything()]
        broadcasts = [_broadcast_item(world, service, prefix, each) for each in world.broadcasts.everything()]
    return articles + broadcasts


def article_page(world: ZaloWorld, service: str, prefix: str, request: Request) -> Response:
    """The page behind ``link_view``; opening it counts as a view."""
    oa_id = request.path.rpartition("/")[2]
    with world.lock:
        try:
            article = world.articles.find(oa_id, request.query.get("id"))
        except ZaloRefusal:
            return not_found()
        if not article.shown:
            return not_found()
        article.views += 1
        return draw_item(_article_item(world, service, prefix, article, None))


def _article_item(world: ZaloWorld, service: str, prefix: str, article: Article, job: Job | None) -> Item:
    fields = article.fields
    return Item(
        service=service,
        account=article.oa_id,
        account_name=world.accounts[article.oa_id].name,
        id=article.id,
        kind="article",
        title=str(fields["title"]),
        text="\n\n".join([str(fields["description"]), *_texts(fields)]),
        link=str(fields.get("tracking_link", "")),
        address=prefix + article.address,
        pictures=tuple(Picture(address=address) for address in picture_addresses(fields)),
        created=article.made,
        state=_condition(article, job),
    )


def _condition(article: Article, job: Job | None) -> Condition:
    if article.removed:
        return Condition.REMOVED
    if not article.finished:
        return Condition.UNPUBLISHED if job and job.fate else Condition.SCHEDULED
    return Condition.LIVE if article.shown else Condition.HIDDEN


def _broadcast_item(world: ZaloWorld, service: str, prefix: str, broadcast: Broadcast) -> Item:
    first, *others = broadcast.articles
    texts = [str(first.fields["description"]), *(str(article.fields["title"]) for article in others)]
    return Item(
        service=service,
        account=broadcast.oa_id,
        account_name=world.accounts[broadcast.oa_id].name,
        id=broadcast.id,
        kind="broadcast",
        title=str(first.fields["title"]),
        text="\n\n".join(texts),
        address=prefix + first.address,
        pictures=tuple(Picture(address=address) for address in picture_addresses(first.fields)[:1]),
        created=broadcast.delivered,
        state=Condition.LIVE if world.clock.now() >= broadcast.delivered else Condition.SCHEDULED,
    )


def _texts(fields: Fields) -> list[str]:
    blocks = cast(list[Fields], fields.get("body", []))
    return [plain_text(str(block["content"])) for block in blocks if block["type"] == "text"]
