"""What people call the parts of an occurrence: its slot in their language."""

from __future__ import annotations

from loa.core.words import Catalogue
from loa.planning.plan import Occurrence


def slot_name(occurrence: Occurrence, words: Catalogue) -> str:
    """The slot as config.yaml calls it; of an urgent one the word for it and its time."""
    return f"{words.word('slot.urgent')} {occurrence.urgent_at}" if occurrence.urgent_at else occurrence.slot
