"""One Page through the Graph API: calls with its token, in which errors are the failures of a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from channels.answers import ChannelFailure, Closed, Limited, OutcomeUnknown
from channels.facebook.errors import Meaning, failure_of, failure_of_post, meaning_of
from channels.facebook.graph import Graph, GraphRefusal, Upload
from channels.facebook.settings import FacebookSettings
from channels.secret import secret_of
from loa.core.secrets import Secret, Secrets


class Page:
    """The Page of a channel. Secrets are fetched at each call, so that a new token counts at once."""

    def __init__(self, settings: FacebookSettings, secrets: Secrets, now: Callable[[], datetime]) -> None:
        self.id = settings.page_id
        self.graph = Graph(address=settings.address, version=settings.version, timeout=settings.timeout, now=now)
        self._settings = settings
        self._secrets = secrets

    def token(self) -> Secret:
        """The token of the Page. Raises Closed when there is none."""
        return secret_of(self._secrets, self._settings.token_env)

    def app_secret(self) -> Secret | None:
        """The secret of the app, where one is named. Raises Closed when it is named and not there."""
        name = self._settings.app_secret_env
        return secret_of(self._secrets, name) if name else None

    def read(self, path: str, values: Mapping[str, object]) -> Mapping[str, Any]:
        """A GET. Raises Limited, Closed, Unreachable, and OutcomeUnknown for every other error: it tells nothing."""
        try:
            return self._call("GET", path, values)
        except GraphRefusal as refusal:
            if meaning_of(refusal.error) is Meaning.GONE:
                raise Closed("facebook.no_page", page=self.id) from None
            raise _untold(refusal) from None

    def find(self, node: str, fields: str) -> Mapping[str, Any] | None:
        """A GET of one post; None when it is not there, or not for us to see. Raises as ``read`` does."""
        try:
            return self._call("GET", node, {"fields": fields})
        except GraphRefusal as refusal:
            if meaning_of(refusal.error) is Meaning.GONE:
                return None
            raise _untold(refusal) from None

    def write(
        self, path: str, values: Mapping[str, object], *, upload: Upload | None = None, patience: float = 1
    ) -> Mapping[str, Any]:
        """A POST, sent once. Raises as ``Channel.publish`` does."""
        try:
            return self._call("POST", path, values, upload=upload, patience=patience)
        except GraphRefusal as refusal:
            raise failure_of_post(refusal.error) from None

    def remove(self, node: str) -> bool:
        """A DELETE; whether there was something to remove. Raises as ``Channel.publish`` does."""
        try:
            answer = self._call("DELETE", node, {})
        except GraphRefusal as refusal:
            if meaning_of(refusal.error) is Meaning.GONE:
                return False
            raise failure_of(refusal.error) from None
        require_success(answer)
        return True

    def _call(self, method: str, path: str, values: Mapping[str, object], **more: Any) -> Mapping[str, Any]:
        return self.graph.call(method, path, self.token(), values, app_secret=self.app_secret(), **more)


def _untold(refusal: GraphRefusal) -> ChannelFailure:
    """The failure of a read: what is wrong with the account as it is, all else as the absence of an answer."""
    failure = failure_of(refusal.error)
    if isinstance(failure, Limited | Closed):
        return failure
    return OutcomeUnknown(failure.reason_key, **failure.values)


def require_success(answer: Mapping[str, Any]) -> None:
    """Raise OutcomeUnknown unless the answer is ``{"success": true}``."""
    if answer.get("success") is not True:
        raise OutcomeUnknown("facebook.unreadable", status=200)
