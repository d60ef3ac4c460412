"""Right before each byte that the public sees: whether it may still leave, and what a publication has reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from channels.answers import NotSent
from loa.delivery.settling import Desk
from loa.ledger.model import Claim
from loa.planning.lateness import is_late


@dataclass(frozen=True, kw_only=True)
class GoAhead:
    """The word without which nothing more is made public of one occurrence."""

    desk: Desk
    claim: Claim

    def __call__(self) -> None:
        """Raises NotSent when somebody has stopped it, StaleFenceError when another process has taken it over."""
        if self.desk.ledger.go_ahead(self.claim, self.desk.now()):
            raise NotSent("delivery.stopped")


class LedgerSteps:
    """The steps of one publication, kept in the ledger."""

    def __init__(self, desk: Desk, claim: Claim) -> None:
        self._desk = desk
        self._claim = claim
        self._steps: Mapping[str, str] = desk.ledger.steps(claim.id)

    def get(self, name: str) -> str | None:
        """What an earlier try wrote down."""
        return self._steps.get(name)

    def save(self, name: str, value: str) -> None:
        """Write down. Raises LoaError when the ledger cannot be written, StaleFenceError when it is too late."""
        self._steps = {**self._steps, name: value}
        self._desk.ledger.save_steps(self._claim, self._steps, self._desk.now())

    def go_ahead(self) -> None:
        """Raises as ``GoAhead`` does, and NotSent when its time has run out."""
        if is_late(self._desk.entry.occurrence, self._desk.now()):
            raise NotSent("delivery.over")
        GoAhead(desk=self._desk, claim=self._claim)()
