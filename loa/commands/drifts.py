"""What a person is told of plans that were not recorded after their file was edited."""

from __future__ import annotations

from collections.abc import Mapping

import click

from loa.core.words import Catalogue
from loa.delivery.drift import Drift

_WORDS = {"added": "drift.added", "moved": "drift.moved", "dropped": "drift.dropped"}


def show_drifts(drifts: Mapping[str, Drift], language: Catalogue, *, at: str | None) -> None:
    """One line a campaign: how many occurrences more, fewer, at another time, and the command that mends it."""
    for name, drift in drifts.items():
        counts = drift_data(drift)
        changes = ", ".join(language.word(_WORDS[what], count=count) for what, count in counts.items() if count)
        command = f"loa plan {name} --record" + (f" --at {at}" if at else "")
        click.echo(language.word("drift.found", name=name, changes=changes, command=command))


def drift_data(drift: Drift) -> dict[str, int]:
    """The numbers of occurrences, for programs."""
    return {"added": len(drift.added), "moved": len(drift.moved), "dropped": len(drift.dropped)}
