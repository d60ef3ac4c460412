"""Custody of an account's tokens: one refresher, the new pair on disk before its first use, never a storm.

A refresh token works once, so a pair that is lost can only be had again by an administrator in a browser. Every
request for a new pair is therefore written down, by the fingerprint of the token, before it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from channels.answers import Closed, Limited, NotSent, OutcomeUnknown, Unreachable
from channels.secret import secret_of
from channels.zalo.notes import Note, Notes
from channels.zalo.oauth import Answered, OAuth, Pair, TokenRefusal
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Tokens
from loa.core.errors import LoaError, reason_of
from loa.core.locks import lock
from loa.core.secrets import Secret, Secrets

# An access token lives for 25 hours: refreshed so early, an outage of Zalo's OAuth does not stop a post.
_EARLY = timedelta(hours=5)
# After a request that got no answer the same token is tried once more, then ever again, but not often.
_ONCE_MORE, _AGAIN = timedelta(minutes=1), timedelta(minutes=5)
_PATIENCE = 10.0  # seconds that a process waits for another that renews the tokens

# What the journal says of a refresh token. After ``untouched`` the last request left the token as it was.
_ASKED, _UNTOUCHED, _RENEWED, _REFUSED = "asked", "untouched", "renewed", "refused"


def closed(error: LoaError) -> Closed:
    """The failure of an account whose secrets cannot be had."""
    problem = error.problems[0]
    return Closed(problem.key, **problem.values)


class Custody:
    """The only place that asks Zalo for a new pair."""

    def __init__(self, settings: ZaloSettings, secrets: Secrets, oauth: OAuth, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._secrets = secrets
        self._oauth = oauth
        self._now = now

    def tokens(self) -> Tokens:
        """The pair as it is kept now. Raises Closed when there is none, or that of another account."""
        name = self._settings.token_env
        try:
            kept = self._secrets.stored().get(name)  # renewed ones are here, whatever the environment still says
            text = kept or secret_of(self._secrets, name).reveal()
            tokens = Tokens.read(text)
        except LoaError as error:
            raise closed(error) from None
        except ValueError:
            raise Closed("zalo.tokens_form", name=name) from None
        if tokens.oa_id != self._settings.oa_id:
            raise Closed("zalo.other_account", expected=self._settings.oa_id, found=tokens.oa_id)
        return tokens

    def app_secret(self) -> Secret:
        """The secret of the app. Raises Closed when there is none."""
        return secret_of(self._secrets, self._settings.app_secret_env)

    def access(self) -> Secret:
        """An access token that lives for a while. Raises as ``renewed``."""
        tokens, now = self.tokens(), self._now()
        if now < tokens.expires_at - _EARLY:
            return tokens.access
        try:
            return self._renew(tokens).access
        except Closed:
            raise
        except NotSent:
            if now < tokens.expires_at:
                return tokens.access
            raise

    def renewed(self, refused: Secret) -> Secret:
        """Another access token than ``refused``, which Zalo no longer takes.

        Raises Closed when an administrator must agree anew or the set-up is wrong, Limited when nobody knows whether
        the last request was carried out, NotSent when another process is at it for long, Unreachable.
        """
        tokens = self.tokens()
        return (tokens if tokens.access != refused else self._renew(tokens)).access

    @contextmanager
    def locked(self) -> Iterator[Path]:
        """Nobody else on this computer changes the tokens meanwhile; gives their file. Raises NotSent, Closed."""
        file = self._secrets.file
        if file is None:
            raise Closed("secret.no_file")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = (file.parent / f".{file.name}.lock").open("a")
        except OSError as error:
            raise NotSent("zalo.tokens_no_room", reason=reason_of(error)) from None
        with handle:
            if not lock(handle.fileno(), patience=_PATIENCE):
                raise NotSent("zalo.tokens_busy")
            yield file

    def keep(self, tokens: Tokens) -> None:
        """Put a pair into the file of secrets, on disk on return. Raises LoaError; then the old one is still there."""
        self._secrets.store({self._settings.token_env: tokens.text()})

    def _renew(self, seen: Tokens) -> Tokens:
        with self.locked() as file:
            tokens = self.tokens()
            if tokens.access != seen.access:
                return tokens  # another process was faster
            journal = Notes(file.with_suffix(".zalo.jsonl"))
            self._look_back(journal, tokens)
            try:
                self.keep(tokens)  # whoever cannot write must not ask: the answer would be lost
            except LoaError as error:
                raise NotSent("zalo.tokens_no_room", reason=error.problems[0].values.get("reason", "")) from None
            return self._kept(self._asked(journal, tokens), journal, tokens)

    def _look_back(self, journal: Notes, tokens: Tokens) -> None:
        """Raise Closed for a token that Zalo has refused before, Limited for one that it may have just been given."""
        past: list[Note] = []
        for note in journal.about(tokens.refresh.fingerprint):
            if note.what == _REFUSED:
                raise Closed("zalo.consent", account=self._settings.oa_id)
            past = past[:-1] if note.what == _UNTOUCHED else [*past, note]
        if past:
            pause = _ONCE_MORE if len(past) == 1 else _AGAIN
            if (passed := abs(self._now() - past[-1].time)) < pause:
                raise Limited("zalo.tokens_unanswered", wait=pause - passed)

    def _asked(self, journal: Notes, tokens: Tokens) -> Pair:
        """The next pair. An answer without a word is asked for a second time before it is believed."""
        mark, secret = tokens.refresh.fingerprint, self.app_secret()
        for is_confirmed in (False, True):
            journal.add(mark, _ASKED, now=self._now())
            try:
                return self._oauth.refresh(tokens.refresh, secret=secret, now=self._now())
            except Unreachable:
                journal.add(mark, _UNTOUCHED, now=self._now())
                raise
            except OutcomeUnknown:
                raise Limited("zalo.tokens_unanswered", wait=_ONCE_MORE) from None
            except TokenRefusal as refusal:
                if refusal.answered is Answered.SETUP:
                    journal.add(mark, _UNTOUCHED, now=self._now())
                    raise Closed("zalo.setup", code=refusal.code, text=refusal.text) from None
                if refusal.answered is Answered.EMPTY and not is_confirmed:
                    continue
                journal.add(mark, _REFUSED, str(refusal.code), now=self._now())
                raise Closed("zalo.consent", account=self._settings.oa_id) from None
        raise AssertionError("the second answer is believed")

    def _kept(self, pair: Pair, journal: Notes, before: Tokens) -> Tokens:
        tokens = Tokens.of(pair, oa_id=before.oa_id, now=self._now(), version=before.version + 1)
        try:
            self.keep(tokens)
        except LoaError as error:
            raise Closed("zalo.tokens_lost", reason=error.problems[0].values.get("reason", "")) from None
        with suppress(NotSent):  # the pair is safe; this line only tells the story
            journal.add(before.refresh.fingerprint, _RENEWED, tokens.refresh.fingerprint, now=self._now())
        return tokens
