"""The person behind the accounts of a soak, who agrees anew where tokens were lost for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from channels.sandbox.sandbox import Sandbox
from loa.core.secrets import Secrets
from loa.ledger.store import open_ledger
from tools.soak.kinds import Kind
from tools.soak.office import account_of, tokens_file


class Administrator:
    """Looks between passes which accounts were closed; what a consent cannot mend stays closed."""

    def __init__(self, box: Sandbox, kinds: Sequence[Kind], folder: Path) -> None:
        self._box = box
        self._kinds = {kind.name: kind for kind in kinds}
        self._folder = folder
        self._given_up: set[str] = set()
        self.alarms: Counter[str] = Counter()  # accounts that were closed, by kind

    def set_up(self, accounts: int) -> None:
        """Agree for the first time, for so many accounts of each kind."""
        for kind in self._kinds.values():
            for number in range(accounts):
                self._agree(kind, number)

    def mend(self, closed: Sequence[str]) -> None:
        """Agree anew for these channels, as ``loa login`` does."""
        for channel in closed:
            if channel not in self._given_up:
                self._mend(channel)

    def _mend(self, channel: str) -> None:
        name, number = account_of(channel)
        self.alarms[name] += 1
        if not self._agree(self._kinds[name], number):
            self._given_up.add(channel)
            return
        with open_ledger(self._folder / "state/loa.db", rehearsal=False, now=self._box.clock.now()) as ledger:
            ledger.accounts.open(channel)

    def _agree(self, kind: Kind, number: int) -> bool:
        """Whether there was anything to agree to."""
        given = kind.consent(self._box, number)
        if given:
            Secrets({}, tokens_file(self._folder)).store(given)
        return bool(given)
