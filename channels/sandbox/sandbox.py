"""All stand-ins behind one port."""

from __future__ import annotations

from itertools import chain
from types import TracebackType
from typing import Self

from channels.sandbox.clock import SandboxClock
from channels.sandbox.control import journal, steps, truth
from channels.sandbox.exchange import Exchange
from channels.sandbox.failing import Delivery, captive_portal
from channels.sandbox.faults import Faults
from channels.sandbox.graph.api import GraphApi
from channels.sandbox.graph.store import FIRST_PAGES
from channels.sandbox.journal import Journal
from channels.sandbox.page import draw_board, not_found, style
from channels.sandbox.portal.service import Portal
from channels.sandbox.server import Server
from channels.sandbox.web import OFFICE, Item, Request, Response, Service, answer
from channels.sandbox.wordpress.service import WordPress
from channels.sandbox.zalo.oauth import ZaloOAuth
from channels.sandbox.zalo.openapi import ZaloOpenApi
from channels.sandbox.zalo.world import ZaloWorld


class Sandbox:
    """Stand-ins on this computer, from ``with`` until its end. They remember nothing afterwards."""

    def __init__(
        self, *, clock: SandboxClock | None = None, seed: int = 0, port: int = 0, office: str = OFFICE
    ) -> None:
        """Without a clock it is now and time passes as usual; ``port`` 0 takes a free one. OSError when it is taken.

        ``office`` is whose accounts they are, as readers see it.
        """
        self.clock = clock or SandboxClock()
        self.faults = Faults(seed)
        self.journal = Journal()
        self.graph = GraphApi(self.clock, [(FIRST_PAGES[0][0], office)])
        self.zalo = ZaloOpenApi(ZaloWorld(self.clock, office))
        self.oauth = ZaloOAuth(self.zalo.world)
        self.wordpress = WordPress(self.clock, office)
        self.portal = Portal(self.clock)
        services: list[Service] = [self.graph, self.oauth, self.zalo, self.wordpress, self.portal]
        self._exchange = Exchange(services=services, clock=self.clock, faults=self.faults, journal=self.journal)
        self._server = Server(self._respond, self.clock, port)

    @property
    def address(self) -> str:
        """``http://127.0.0.1:8765``; a service is below its prefix."""
        return self._server.address

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self.clock.stop()

    def truth(self) -> list[Item]:
        """Every item there is or was, service by service; ``state`` says whether readers see it."""
        return list(chain.from_iterable(service.items() for service in self._exchange.services))

    def reset(self) -> None:
        """Begin again, with the clock where it is: nothing was posted, nothing fails, nothing is still to come."""
        self.clock.stop()
        self.faults.clear()
        for service in self._exchange.services:
            service.reset()
        self.journal.clear()

    def _respond(self, request: Request) -> Delivery:
        service = self._exchange.service_of(request.path)
        if service is not None:
            return self._exchange.run(service, request)
        return Delivery(response=self._own(request))

    def _own(self, request: Request) -> Response:
        """What the sandbox itself shows and takes."""
        match (request.method, request.path):
            case ("GET" | "HEAD", "/"):
                names = [service.name for service in self._exchange.services]
                return draw_board(names, self.truth(), self.clock.now())
            case ("GET" | "HEAD", "/_style.css"):
                return style()
            case (_, "/_landing"):
                return captive_portal()
            case ("GET", "/_truth"):
                return answer(truth(self.truth(), self.clock.now()))
            case ("GET", "/_journal"):
                return answer(journal(self.journal.entries()))
            case ("POST", "/_control"):
                return self._control(request)
        return not_found()

    def _control(self, request: Request) -> Response:
        try:
            wanted = steps(request.json(), self.clock, self.faults, self.reset)
        except ValueError as error:
            return answer({"message": str(error)}, 400)
        for step in wanted:
            step()
        return answer({"now": self.clock.now().isoformat()})
