"""What ``loa render --for``, ``--group`` and ``--all`` need at the terminal: a bar, and where signed originals are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import click

from loa.core.errors import Problem
from loa.core.words import Catalogue
from loa.kits.making import Selection, write_kits
from loa.planning.workspace import Workspace
from loa.registry.signed import read_signed
from notices.receiver import Receiver


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A bar with the time that is left, on standard error where that is a terminal; silent elsewhere."""

    language: Catalogue
    is_silent: bool = False

    def over(self, receivers: Sequence[Receiver], key: str) -> AbstractContextManager[Iterator[Receiver]]:
        """``receivers`` one by one, each a step of the bar."""
        bar = click.progressbar(
            receivers,
            label=self.language.word(key),
            show_pos=True,
            file=sys.stderr,
            hidden=self.is_silent or not sys.stderr.isatty(),
        )
        return cast(AbstractContextManager[Iterator[Receiver]], bar)


def kit_writer(
    place: Workspace, selection: Selection, progress: Progress
) -> Callable[..., tuple[list[Problem], list[Path]]]:
    """``loa.kits.making.write_kits`` for these agencies of the campaigns of ``place``."""
    signed = partial(read_signed, place.signed_folder)
    return partial(write_kits, selection=selection, watch=progress.over, read_signed=signed)
