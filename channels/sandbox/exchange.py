"""One request on its way: to its service, past the faults, into the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from channels.sandbox.clock import SandboxClock
from channels.sandbox.failing import Delivery, fail
from channels.sandbox.faults import Failure, Fault, Faults
from channels.sandbox.journal import Entry, Journal
from channels.sandbox.web import Request, Response, Service

_LATE = 5.0  # seconds of the sandbox's clock until a late commit, unless the fault says otherwise


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """The services, and what stands between them and their clients."""

    services: Sequence[Service]
    clock: SandboxClock
    faults: Faults
    journal: Journal

    def service_of(self, path: str) -> Service | None:
        """The service that a path of the sandbox belongs to."""
        return next((s for s in self.services if path == s.prefix or path.startswith(f"{s.prefix}/")), None)

    def run(self, service: Service, request: Request) -> Delivery:
        """What goes back for ``request``, whose path is still that of the sandbox. A reader's page never fails."""
        request = replace(request, path=request.path.removeprefix(service.prefix) or "/")
        route = service.route_of(request)
        if not route:
            return Delivery(response=service.handle(request))
        account = service.account_of(request)
        failure = self.faults.choose(service.name, route, account)
        entry = Entry(
            time=self.clock.now(),
            service=service.name,
            method=request.method,
            route=route,
            account=account,
            status=None,
            fault=failure.fault if failure else "",
            executed=failure is None or failure.executes,
        )
        done = service.handle(request) if entry.executed else None
        delivery = _delivery(failure, service, request, done)
        self._note(entry, delivery.response)
        if failure and failure.fault is Fault.LATE_COMMIT and not entry.executed:
            self._commit_late(service, request, failure, entry)
        return delivery

    def _commit_late(self, service: Service, request: Request, failure: Failure, entry: Entry) -> None:
        """Execute it when its time has come; the client has gone by then."""

        def commit() -> None:
            response = service.handle(request)
            self._note(replace(entry, time=self.clock.now(), executed=True), response)

        seconds = _LATE if failure.seconds is None else failure.seconds
        self.clock.at(entry.time + timedelta(seconds=seconds), commit)

    def _note(self, entry: Entry, response: Response | None) -> None:
        self.journal.add(replace(entry, status=response.status if response else None))


def _delivery(failure: Failure | None, service: Service, request: Request, done: Response | None) -> Delivery:
    if failure is None:
        return Delivery(response=done)
    return fail(failure, service, request, done)
