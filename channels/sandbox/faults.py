"""Which requests fail, and how: faults asked for one by one, or strewn by a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from threading import Lock

ANY = "*"  # every service, route or account


class Fault(StrEnum):
    """What goes wrong with one request. Those in ``EXECUTED`` happen after the service did what it was asked."""

    DROP_BEFORE = "drop_before"  # the connection is closed without an answer
    DROP_AFTER = "drop_after"
    HTTP_500 = "http_500"
    HTTP_500_AFTER = "http_500_after"
    HTTP_502_HTML = "http_502_html"  # the page of a proxy
    HTTP_503_BARE = "http_503_bare"  # no body, and no content type
    HTML_200 = "html_200"  # the page of a captive portal
    EMPTY_200 = "empty_200"
    EMPTY_OBJECT = "empty_object"  # {}
    TRUNCATED_JSON = "truncated_json"  # half of the answer, then the connection is closed
    SLOW = "slow"  # the answer comes after some seconds
    LATE_COMMIT = "late_commit"  # no answer; executed some seconds later, when the client has long given up
    RATE_LIMITED = "rate_limited"  # 429 with Retry-After
    ERROR_CODE = "error_code"  # an error of the service's own
    EXECUTE_AND_ERROR = "execute_and_error"
    ECHO_TOKEN = "echo_token"  # noqa: S105 - an error body that repeats the token it was given
    HUGE = "huge"  # 10 MB
    BAD_UTF8 = "bad_utf8"
    WRONG_TYPES = "wrong_types"  # lists for texts, texts for lists and numbers
    NESTED = "nested"  # so deep that a parser may give up
    JAVASCRIPT = "javascript"  # the right answer, called JavaScript
    SUCCESS_FALSE = "success_false"  # 200 with {"success": false}
    REDIRECT = "redirect"


EXECUTED = frozenset(
    {
        *(Fault.DROP_AFTER, Fault.HTTP_500_AFTER, Fault.TRUNCATED_JSON, Fault.SLOW, Fault.EXECUTE_AND_ERROR),
        *(Fault.BAD_UTF8, Fault.WRONG_TYPES, Fault.JAVASCRIPT),
    }
)
# Shares of one whole when a sandbox is only told how often things go wrong; the proportions of a bad day.
USUAL: Mapping[Fault, float] = {
    Fault.HTTP_500_AFTER: 0.20,
    Fault.DROP_AFTER: 0.20,
    Fault.HTTP_500: 0.17,
    Fault.DROP_BEFORE: 0.14,
    Fault.RATE_LIMITED: 0.12,
    Fault.LATE_COMMIT: 0.08,
    Fault.HTTP_502_HTML: 0.03,
    Fault.TRUNCATED_JSON: 0.03,
    Fault.EMPTY_OBJECT: 0.03,
}


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A fault with its measures."""

    fault: Fault
    seconds: float | None = None  # slow: real ones; late_commit: of the sandbox's clock; rate_limited: Retry-After
    code: int = 1  # error_code and execute_and_error: the service's own
    subcode: int = 0
    executed: bool | None = None  # whether the service does what it was asked; None as usual with this fault

    @property
    def executes(self) -> bool:
        """Whether the service does what it was asked, although the client may never learn of it."""
        return self.fault in EXECUTED if self.executed is None else self.executed


@dataclass(frozen=True, kw_only=True)
class _Target:
    """Which requests are meant."""

    service: str
    route: str
    account: str

    def meets(self, service: str, route: str, account: str) -> bool:
        wanted = ((self.service, service), (self.route, route), (self.account, account))
        return all(asked in (ANY, given) for asked, given in wanted)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    target: _Target
    failure: Failure
    times: int


@dataclass(frozen=True, kw_only=True)
class _Rate:
    target: _Target
    failure: Failure
    share: float


class Faults:
    """Decides for each request whether it fails. The same seed and the same requests give the same faults.

    Chance looks only at how many requests of one service, route and account there were before: several clients at
    once, each with its own account, meet the same faults however their requests mingle.
    """

    def __init__(self, seed: int = 0) -> None:
        self._lock = Lock()
        self._seed = seed
        self._asked: list[_Asked] = []
        self._rates: list[_Rate] = []
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def next(
        self,
        service: str,
        route: str,
        fault: Fault,
        *,
        times: int = 1,
        account: str = ANY,
        seconds: float | None = None,
        code: int = 1,
        subcode: int = 0,
        executed: bool | None = None,
    ) -> None:
        """Let the next ``times`` requests that meet fail; those asked for first come first. ``*`` meets all."""
        failure = Failure(fault=fault, seconds=seconds, code=code, subcode=subcode, executed=executed)
        target = _Target(service=service, route=route, account=account)
        with self._lock:
            self._asked.append(_Asked(target=target, failure=failure, times=times))

    def rate(
        self,
        service: str,
        route: str,
        fault: Fault,
        share: float,
        *,
        seconds: float | None = None,
        code: int = 1,
        subcode: int = 0,
    ) -> None:
        """Let this share of the requests that meet fail, besides what other rates take; 0 to 1."""
        failure = Failure(fault=fault, seconds=seconds, code=code, subcode=subcode)
        target = _Target(service=service, route=route, account=ANY)
        with self._lock:
            self._rates.append(_Rate(target=target, failure=failure, share=share))

    def usual(self, share: float) -> None:
        """Let this share of all requests fail, in the proportions of ``USUAL``."""
        for fault, part in USUAL.items():
            self.rate(ANY, ANY, fault, share * part)

    def seed(self, seed: int) -> None:
        """Begin the row of chances anew."""
        with self._lock:
            self._seed = seed
            self._seen.clear()

    def clear(self) -> None:
        """From now on nothing fails; the row of chances begins anew."""
        with self._lock:
            self._asked.clear()
            self._rates.clear()
            self._seen.clear()

    def clear_rates(self) -> None:
        """Forget the rates alone."""
        with self._lock:
            self._rates.clear()

    def choose(self, service: str, route: str, account: str) -> Failure | None:
        """What happens to this request: one asked for, else what chance says; None when all goes well."""
        with self._lock:
            return self._take(service, route, account) or self._strew(service, route, account)

    def _take(self, service: str, route: str, account: str) -> Failure | None:
        for index, asked in enumerate(self._asked):
            if asked.target.meets(service, route, account):
                if asked.times > 1:
                    self._asked[index] = replace(asked, times=asked.times - 1)
                else:
                    del self._asked[index]
                return asked.failure
        return None

    def _strew(self, service: str, route: str, account: str) -> Failure | None:
        number = self._seen[service, route, account]
        self._seen[service, route, account] += 1
        # Not for secrets: chance that can be had again.
        chance = Random(f"{self._seed}/{service}/{route}/{account}/{number}").random()  # noqa: S311
        for rate in self._rates:
            if rate.target.meets(service, route, account):
                if chance < rate.share:
                    return rate.failure
                chance -= rate.share
        return None
