"""Accounts whose secret is not there, or may not be read: each act is a failure of the channel, and nothing is sent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from channels import KINDS, open_channel, settings_model
from channels.answers import ChannelFailure, Closed
from channels.settings import Settings
from loa.core.secrets import Secrets
from loa.core.words import catalogue
from loa.delivery.outcome import problem_of
from tests.channels.fuzzed import ACTS, Client
from tests.channels.raw_server import ok, raw_server

REMOTE_IDS = {"facebook": "1000_1", "wordpress": "101", "webhook": "7k3q", "zalo": "a1"}
EACH = [(kind, act) for kind, acts in ACTS.items() for act in acts if act not in ("login", "renew")]


class Bare(Client):
    """An account of which nothing is kept."""

    def __post_init__(self) -> None:
        self.remote_id = REMOTE_IDS[self.kind]
        self.channel = open_channel("kênh", self.settings(), self._around())

    @property
    def secrets(self) -> Secrets:
        return Secrets({}, self.file)


def test_every_kind_that_needs_a_secret_is_among_them() -> None:
    assert {kind for kind in KINDS if settings_model(kind).secret_names is not Settings.secret_names} == set(ACTS)


@pytest.mark.parametrize(("kind", "act"), EACH)
def test_without_a_secret_nothing_is_sent_and_the_account_is_closed(kind: str, act: str, tmp_path: Path) -> None:
    with raw_server(ok(b"{}")) as server:
        client = Bare(kind=kind, workspace=tmp_path, address=server.address)
        with pytest.raises(ChannelFailure) as caught:
            client.act(act)
        assert server.seen == []
    assert isinstance(caught.value, Closed) or (kind, act) == ("zalo", "follow"), "what it had been told is lost"
    if isinstance(caught.value, Closed):
        assert "loa login trang-cua-so" in catalogue("vi").problem(problem_of(caught.value, "trang-cua-so"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such rights")
@pytest.mark.parametrize(("kind", "act"), EACH)
def test_secrets_that_others_may_read_are_not_used(kind: str, act: str, tmp_path: Path) -> None:
    with raw_server(ok(b"{}")) as server:
        client = Bare(kind=kind, workspace=tmp_path, address=server.address)
        client.file.parent.mkdir()
        client.file.write_text("{}", encoding="utf-8")
        client.file.chmod(0o644)
        with pytest.raises(ChannelFailure):
            client.act(act)
        assert server.seen == []
