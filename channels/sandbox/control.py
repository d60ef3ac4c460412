"""The sandbox's own addresses: truth, journal, and a lever for each thing that tests and demonstrations move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from inspect import signature
from typing import Any

from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import ANY, Fault, Faults
from channels.sandbox.journal import Entry
from channels.sandbox.web import Item

_Step = Callable[[], None]


def truth(items: list[Item], now: datetime) -> dict[str, object]:
    """Every item there is or was, as JSON can say it."""
    return {"now": now.isoformat(), "items": [_item(item) for item in items]}


def journal(entries: list[Entry]) -> dict[str, object]:
    """Every request, as JSON can say it."""
    return {"requests": [{**vars(entry), "time": entry.time.isoformat()} for entry in entries]}


def steps(wanted: object, clock: SandboxClock, faults: Faults, reset: _Step) -> list[_Step]:
    """What a control message asks for, in the order to do it; nothing is done yet. ValueError for what is no message.

    ``{"reset": true, "clock": {"now" | "advance" | "speed": …}, "seed": 1, "rates": {"graph/feed": {"drop_after":
    0.1}}, "faults": [{"service": "graph", "route": "feed", "fault": "drop_after", "times": 1}]}``; each part may be
    missing. ``rates`` takes the place of all rates before.
    """
    if not isinstance(wanted, dict) or wanted.keys() - {"reset", "clock", "seed", "rates", "faults"}:
        raise ValueError("an object with reset, clock, seed, rates, faults")
    try:
        return [
            *([reset] if wanted.get("reset") else []),
            *_clock_steps(wanted.get("clock", {}), clock),
            *([partial(faults.seed, int(wanted["seed"]))] if "seed" in wanted else []),
            *([faults.clear_rates, *_rate_steps(wanted["rates"], faults)] if "rates" in wanted else []),
            *(_fault_step(one, faults) for one in wanted.get("faults", [])),
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(repr(error)) from None


def _item(item: Item) -> dict[str, object]:
    return {
        **vars(item),
        "created": item.created.isoformat(),
        "pictures": [vars(picture) for picture in item.pictures],
    }


def _clock_steps(wanted: Mapping[str, Any], clock: SandboxClock) -> Iterator[_Step]:
    if "speed" in wanted:
        yield partial(clock.run, float(wanted["speed"]))
    if "now" in wanted:
        moment = datetime.fromisoformat(wanted["now"])
        if moment.tzinfo is None:
            raise ValueError("the time needs a zone")
        yield partial(clock.set, moment)
    if "advance" in wanted:
        yield partial(clock.advance, float(wanted["advance"]))


def _rate_steps(wanted: Mapping[str, Mapping[str, Any]], faults: Faults) -> Iterator[_Step]:
    for target, rates in wanted.items():
        service, _, route = target.partition("/")
        for name, measures in rates.items():
            more = dict(measures) if isinstance(measures, Mapping) else {"share": measures}
            yield _rate_step(faults, service, route or ANY, Fault(name), more)


def _rate_step(faults: Faults, service: str, route: str, fault: Fault, measures: Mapping[str, Any]) -> _Step:
    return _bound(faults.rate, {"service": service, "route": route, **measures, "fault": fault})


def _fault_step(wanted: Mapping[str, Any], faults: Faults) -> _Step:
    return _bound(faults.next, {"service": ANY, "route": ANY, **wanted, "fault": Fault(wanted["fault"])})


def _bound(action: Callable[..., None], values: Mapping[str, Any]) -> _Step:
    """The call, ready to be made. TypeError for a value that the action does not take, before anything is done."""
    signature(action).bind(**values)
    return partial(action, **values)
