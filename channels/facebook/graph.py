"""The one place that knows the package ``facebook-sdk``: calls of the Graph API, and errors without secrets.

Version 3.1.0 of the package takes no version of the API above 3.1, puts the token into addresses, sends ``False`` and
lists in a form that loses what they say, follows redirects, waits for ever, takes an HTML page or a status 500 for an
answer and drops subcodes. So it is given values that are encoded already, a session that goes through
``channels.http.Door``, and its version afterwards.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from channels.answers import Limited, OutcomeUnknown
from channels.facebook.errors import GraphError
from channels.facebook.usage import WAIT, Usage, read_usage
from channels.http import Answer, Door
from loa.core.secrets import Secret, redacted

with warnings.catch_warnings():
    # Its source has an escape that newer Pythons warn of; where warnings are errors, it could not be imported.
    warnings.simplefilter("ignore")
    import facebook

log = logging.getLogger(__name__)

_TOLD = 300  # characters of what Meta says; nobody reads more


class GraphRefusal(Exception):  # noqa: N818 - Meta's word on one call; what it means for a post is said elsewhere
    """The Graph API answered with an error."""

    def __init__(self, error: GraphError) -> None:
        self.error = error
        super().__init__(error.number)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that goes with a call."""

    name: str  # ASCII
    media_type: str
    content: bytes


class Graph:
    """Calls of one version of the Graph API. One object per channel and thread."""

    def __init__(self, *, address: str, version: str, timeout: float, now: Callable[[], datetime]) -> None:
        """``address`` without version; ``timeout`` in seconds is for the answer, not for the connection."""
        self.address = address
        self.version = version
        self.door = Door()
        self.served_version = ""  # that answered last, where it was another one than was asked
        self._timeout = timeout
        self._now = now
        self._busy_until: datetime | None = None

    def call(
        self,
        method: str,
        path: str,
        token: Secret | None,
        values: Mapping[str, object],
        *,
        app_secret: Secret | None = None,
        upload: Upload | None = None,
        patience: float = 1,
    ) -> Mapping[str, Any]:
        """The answer to one call, sent once, or repeated if it is a GET that got none.

        ``values`` that are secrets, the tokens and the proof are taken out of whatever Meta says of them.
        ``app_secret`` proves that the caller has it; ``patience``: how many times as long as usual to wait.
        Raises GraphRefusal for an error of the API, Limited for a bare 429, Unreachable when no byte was sent, and
        OutcomeUnknown for everything that is no answer.
        """
        proved = {"appsecret_proof": Secret(proof(app_secret, token))} if token and app_secret else {}
        parts = {**values, **proved}
        fields = {name: part.reveal() if isinstance(part, Secret) else encoded(part) for name, part in parts.items()}
        hidden = tuple(part for part in (token, app_secret, *parts.values()) if isinstance(part, Secret))
        session = _Session(graph=self, token=token, hidden=hidden, timeout=self._timeout * patience)
        client = facebook.GraphAPI(session=session, timeout=session.timeout)
        client.version = self.version
        where = f"{client.version}/{path}"
        if method == "POST":
            files = {"source": (upload.name, upload.content, upload.media_type)} if upload else None
            answer: Mapping[str, Any] = client.request(where, post_args=fields, files=files)
        else:
            answer = client.request(where, args=fields, method=method)
        return answer

    @property
    def root(self) -> str:
        """The address below which all calls go."""
        return f"{self.address}/{self.version}"

    def pause(self) -> timedelta | None:
        """How long nothing new should be posted because the budget is nearly used up; None while there is room."""
        left = self._busy_until - self._now() if self._busy_until else timedelta(0)
        return left if left > timedelta(0) else None

    def send(self, method: str, address: str, *, timeout: float, headers: Mapping[str, str], **parts: Any) -> Answer:
        """One request, with what the answer tells of budget and version kept. Raises as the door does."""
        if method == "GET":
            answer = self.door.ask(address, now=self._now(), timeout=timeout, headers=headers, **parts)
        else:
            answer = self.door.send(method, address, now=self._now(), timeout=timeout, headers=headers, **parts)
        if usage := read_usage(answer.headers):
            self._busy_until = self._now() + usage.pause if usage.pause else None
        served = answer.headers.get("facebook-api-version") or self.version
        if served not in (self.version, self.served_version):
            log.warning("Facebook answers with another version of its API than was asked.", extra={"version": served})
        self.served_version = served if served != self.version else ""
        return answer


class _Session:
    """What the package takes for a session of requests, and for the response that it gets from there."""

    headers: Mapping[str, str] = {"content-type": "application/json"}

    def __init__(self, *, graph: Graph, token: Secret | None, hidden: tuple[Secret, ...], timeout: float) -> None:
        self.timeout = timeout
        self._graph = graph
        self._head = {"Authorization": f"Bearer {token.reveal()}"} if token else {}
        self._hidden = hidden
        self._value: Mapping[str, Any] = {}

    def request(self, method: str, url: str, *, timeout: float, proxies: object, **parts: Any) -> _Session:
        """Send it to the address of the graph, whatever the package believes; ``proxies`` are those of the door."""
        address = f"{self._graph.address}/{url.removeprefix(facebook.FACEBOOK_GRAPH_URL)}"
        given = {name: part for name, part in parts.items() if part}
        self._value = self._read(self._graph.send(method, address, timeout=timeout, headers=self._head, **given))
        return self

    def json(self) -> Mapping[str, Any]:
        """The answer, in which there is no error."""
        return self._value

    def _read(self, answer: Answer) -> Mapping[str, Any]:
        """The answer; of an error that came although the post was made, the answer inside it. Raises as ``call``."""
        try:
            value = answer.json()
        except (ValueError, RecursionError):
            value = None
        error = value.get("error") if isinstance(value, dict) else None
        if isinstance(error, dict) and isinstance(error.get("code"), int):
            done = error.get("original_response")
            if isinstance(done, dict) and isinstance(done.get("id"), str):
                return done
            raise GraphRefusal(_read_error(error, read_usage(answer.headers), self._hidden))
        if answer.status == 429:  # from a machine in between: Meta itself says it with an error
            wait = answer.retry_after or WAIT
            raise Limited("facebook.limited", wait=wait, minutes=round(wait / timedelta(minutes=1)))
        if value is True:  # what older versions say of a deletion
            return {"success": True}
        if answer.status >= 300 or not isinstance(value, dict) or "error" in value:
            raise OutcomeUnknown("facebook.unreadable", status=answer.status)
        return value


def proof(app_secret: Secret, token: Secret) -> str:
    """``appsecret_proof``: HMAC-SHA256 of the token that is used in the same call, in hexadecimal."""
    return hmac.new(app_secret.reveal().encode(), token.reveal().encode(), hashlib.sha256).hexdigest()


def encoded(value: object) -> str:
    """As a form carries it: truth values in lower case, lists as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read_error(error: Mapping[str, Any], usage: Usage | None, secrets: tuple[Secret, ...]) -> GraphError:
    def text(name: str) -> str:
        value = error.get(name)
        return redacted(value, *secrets)[:_TOLD] if isinstance(value, str) else ""

    subcode = error.get("error_subcode")
    return GraphError(
        code=error["code"],
        subcode=subcode if isinstance(subcode, int) else 0,
        message=text("message"),
        told=text("error_user_msg"),
        is_transient=error.get("is_transient") is True,
        trace=text("fbtrace_id"),
        wait=usage.regain if usage else None,
    )
