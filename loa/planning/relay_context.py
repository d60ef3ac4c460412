"""What the dispatch of a receiving agency is filled in with: its own name, the campaign's facts, no number of ours."""

from __future__ import annotations

from dataclasses import replace

from loa.core.errors import Place
from loa.planning.relay import RELAY, Relay
from notices.context import NO_ISSUES, Context
from notices.receiver import Receiver


def relay_context(relay: Relay, context: Context, host: Receiver) -> Context:
    """What the draft is composed with: ``host`` is the agency whose paper it is, and nothing has a number of ours."""

    def locate(*path: str | int) -> Place:
        return context.locate("relay", *path[2:]) if path[:2] == ("documents", RELAY) else context.locate(*path)

    agency = host.as_issuer()
    return replace(
        context,
        agency=agency,
        documents={**context.documents, RELAY: relay.as_dispatch()},
        values={**context.values, "host": host, "agency": agency, "issuer": context.agency},
        issues=NO_ISSUES,
        locate=locate,
    )
