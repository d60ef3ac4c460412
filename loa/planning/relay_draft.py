"""The draft of a receiving agency's own dispatch: its words filled in, everything that is its own to give left open."""

from __future__ import annotations

from dataclasses import replace

from loa.planning.relay import RELAY, Relay
from loa.planning.relay_context import relay_context
from notices.compose import compose_paper
from notices.composed import Composed
from notices.context import Context
from notices.document import Block, Closing, Document, Paragraph
from notices.receiver import Receiver

# What every such draft leaves open on purpose, and what the stand-in for a signer would break.
_EXPECTED = {"form.no_number", "form.no_day", "rule.R38", "rule.R38_deputy", "rule.R39"}


def compose_relay(relay: Relay, context: Context, host: Receiver) -> Composed[Document]:
    """The draft in the name of ``host``; templates print the issuer of the campaign as ``issuer``.

    Its problems are those of its words: that number, day and signer are open is what it is for. Raises LoaError.
    """
    composed = compose_paper(RELAY, relay_context(relay, context, host))
    problems = tuple(problem for problem in composed.problems if problem.key not in _EXPECTED)
    return Composed(document=_unsigned(composed.document), problems=problems)


def _unsigned(document: Document) -> Document:
    """With a blank in the place of the signer, marked as one."""
    sheets = tuple(replace(sheet, blocks=tuple(map(_open, sheet.blocks))) for sheet in document.sheets)
    return replace(document, sheets=sheets)


def _open(block: Block) -> Block:
    if not isinstance(block, Closing):
        return block
    return replace(block, authority=tuple(map(_gap, block.authority)), signer=_gap(block.signer))


def _gap(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, runs=tuple(replace(run, gap=True) for run in paragraph.runs))
