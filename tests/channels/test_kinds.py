"""The table of kinds, and the settings of a static site."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import loa
from channels import KINDS, settings_model
from channels.abilities import Abilities
from channels.base import Channel
from channels.settings import Settings
from channels.static.settings import StaticSettings
from loa.core.errors import LoaError
from tests.channels.site import open_site, settings


def named(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_names_a_channel_with_settings_and_abilities(kind: str) -> None:
    model = settings_model(kind)
    assert issubclass(model, Settings)
    assert isinstance(model.abilities, Abilities)
    channel = named(model.channel)
    assert issubclass(channel, Channel)
    assert channel.abilities is model.abilities
    assert not model.login or callable(named(model.login))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_page_in_the_docs(kind: str) -> None:
    assert (loa.root() / "docs" / "channels" / f"{kind}.md").is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_can_do_is_known_without_its_service(kind: str) -> None:
    code = f"import sys, channels; channels.settings_model({kind!r}).abilities; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=loa.root(), check=True, capture_output=True, text=True)
    loaded = set(run.stdout.split())
    assert loaded & {"requests", "urllib3", "facebook", "jinja2", "channels.http", f"channels.{kind}.channel"} == set()


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LoaError) as caught:
        settings_model("telegram")
    assert caught.value.problems[0].key == "channel.kind_unknown"
    assert "static" in str(caught.value.problems[0].values["kinds"])


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"folder": "/var/www"}, "folder_form"),
        ({"folder": "../site"}, "folder_form"),
        ({"folder": "output/../../site"}, "folder_form"),
        ({"folder": "."}, "folder_form"),
        ({"folder": "~/site"}, "folder_form"),
        ({"folder": ".git"}, "folder_form"),
        ({"folder": "C:\\site"}, "folder_form"),
        ({"folder": "C:site"}, "folder_form"),
        ({"folder": "output\\site"}, "folder_form"),
        ({"folder": "state"}, "folder_taken"),
        ({"folder": "campaigns/site"}, "folder_taken"),
        ({"url": "snv.example.gov.vn"}, "url_form"),
        ({"url": "https://snv.example.gov.vn/"}, "url_form"),
        ({"url": "ftp://snv.example.gov.vn"}, "url_form"),
        ({"url": "https://snv.example.gov.vn/?a=b"}, "url_form"),
        ({"url": "https://user:secret@snv.example.gov.vn"}, "url_form"),
        ({"url": 'https://snv.example.gov.vn/"><script>'}, "url_form"),
        ({"type": "facebook"}, "literal_error"),
        ({"fodler": "output/site"}, "extra_forbidden"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_model("static").model_validate(settings(**changes))
    assert [error["type"] for error in caught.value.errors()] == [key]


@pytest.mark.parametrize("url", ["http://localhost:8000", "https://a.gov.vn/tin-tuc", "https://a.gov.vn:8443/a/b"])
def test_a_site_may_have_a_port_and_a_path(url: str) -> None:
    assert StaticSettings.model_validate(settings(url=url)).url == url


def test_a_folder_that_a_link_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    workspace, outside = tmp_path / "workspace", tmp_path / "outside"
    outside.mkdir()
    workspace.mkdir()
    (workspace / "output").symlink_to(outside)
    with pytest.raises(LoaError) as caught:
        open_site(workspace)
    assert caught.value.problems[0].key == "channel.folder_outside"
    assert caught.value.problems[0].place.part == "channels.trang-thong-tin.folder"
