"""What goes over the wire to the Graph API, and that no secret shows anywhere else."""

from __future__ import annotations

import io
import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from channels.answers import ChannelFailure
from channels.facebook.graph import proof
from channels.sandbox.clock import SandboxClock
from channels.sandbox.faults import Fault
from channels.sandbox.graph.api import GraphApi
from channels.sandbox.web import Request, Response
from loa.core.secrets import Secret, Secrets
from tests.channels.facebook_trial import (
    APP_SECRET,
    LINK,
    MORNING,
    PAGE,
    POST,
    TOKEN,
    WITH_APP,
    KeptSteps,
    Trial,
    open_page,
    picture,
    sought,
    trial,
)
from tests.channels.sandbox.calls import serving


@dataclass
class Recorder:
    """The stand-in, with every request that it gets."""

    api: GraphApi
    requests: list[Request] = field(default_factory=list)
    name: str = "graph"
    prefix: str = "/graph"

    def handle(self, request: Request) -> Response:
        self.requests.append(request)
        return self.api.handle(request)

    def __getattr__(self, name: str) -> object:
        return getattr(self.api, name)


@contextmanager
def recorded() -> Iterator[tuple[Recorder, str, SandboxClock]]:
    clock = SandboxClock(MORNING, speed=0)
    recorder = Recorder(GraphApi(clock))
    with serving(clock, recorder) as address:  # type: ignore[arg-type]  # the rest of the service is the stand-in's
        yield recorder, f"{address}/graph", clock


def secrets() -> Secrets:
    return Secrets({"FACEBOOK_PAGE_TOKEN": TOKEN, "FACEBOOK_APP_SECRET": APP_SECRET})


def test_the_token_goes_in_a_header_and_values_in_the_form_that_meta_documents() -> None:
    with recorded() as (recorder, address, clock):
        channel = open_page(address, secrets(), clock, **WITH_APP)
        channel.publish(replace(POST, page=LINK, attachments=(picture(1), picture(2))), KeptSteps())
        channel.look_up(sought(POST, MORNING))
    photos, feed = recorder.requests[:2], recorder.requests[2]
    assert [request.path for request in photos] == [f"/v26.0/{PAGE}/photos"] * 2
    for request in photos:
        assert request.form()["published"] == "false"
        assert request.files()["source"].name.isascii()
    assert (feed.method, feed.path) == ("POST", f"/v26.0/{PAGE}/feed")
    assert feed.form()["published"] == "true"
    assert feed.form()["message"].startswith(POST.text)
    assert [set(one) for one in json.loads(feed.form()["attached_media"])] == [{"media_fbid"}] * 2
    expected = proof(Secret(APP_SECRET), Secret(TOKEN))
    for request in recorder.requests:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert TOKEN not in json.dumps([request.query, request.form()])
        assert expected in {**request.query, **request.form()}.values()
    assert feed.query == {}


def test_the_proof_is_that_of_the_documented_example() -> None:
    """The check vector was computed apart from this code."""
    assert proof(Secret("secret"), Secret("TOK")) == "921e418a9249475492c5c76dde886efe36a783a107dba8a6d3be70bd6c4e8426"


def test_without_an_app_no_proof_is_sent() -> None:
    with recorded() as (recorder, address, clock):
        open_page(address, secrets(), clock).publish(POST, KeptSteps())
    assert all("appsecret_proof" not in request.form() for request in recorder.requests)


# Faults in whose answers something stands.
TELLING = (Fault.ECHO_TOKEN, Fault.ERROR_CODE, Fault.DROP_AFTER, Fault.TRUNCATED_JSON)


def said(error: BaseException) -> str:
    """Everything that a failure can show: its words, its values, its trace with all causes."""
    whole = [repr(error), str(error), *traceback.format_exception(error)]
    chain: BaseException | None = error
    while chain is not None:
        whole += [repr(chain), str(chain), repr(vars(chain))]
        chain = chain.__cause__ or chain.__context__
    return "\n".join(whole)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("route", "fault"),
    [
        *(("feed", fault) for fault in Fault),
        *(("debug_token", fault) for fault in Fault if fault not in (Fault.SLOW, Fault.LATE_COMMIT)),
        *((route, fault) for route in ("published_posts", "photos", "delete", "change") for fault in TELLING),
    ],
)
def test_no_secret_shows_whatever_goes_wrong(fault: Fault, route: str, running: Trial, logged: io.StringIO) -> None:
    running.wait_at_most("0.2" if fault in (Fault.SLOW, Fault.LATE_COMMIT) else "20")
    running.steps.kept.clear()
    running.box.faults.clear()
    running.fail(route, fault, times=3, code=190, subcode=463)
    shown: list[str] = []
    for ask in (
        lambda: running.publish(replace(POST, attachments=(picture(),))),
        lambda: running.channel.look_up(sought(POST, MORNING)),
        lambda: running.channel.correct(f"{PAGE}_1", POST, KeptSteps()),
        lambda: running.channel.withdraw(f"{PAGE}_1", "sai"),
        running.channel.probe,
    ):
        try:
            shown.append(repr(ask()))
        except ChannelFailure as failure:
            shown.append(said(failure))
    shown += [repr(running.channel), repr(running.channel.would_send(POST)), json.dumps(running.steps.kept)]
    whole = "\n".join([*shown, logged.getvalue()])
    for secret in (TOKEN, APP_SECRET, proof(Secret(APP_SECRET), Secret(TOKEN))):
        assert secret not in whole


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Trial]:
    with trial(**WITH_APP) as one:
        yield one
