"""The contract every channel shares: slots, posts, files, failures."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from channels.answers import NotSent
from channels.post import Attachment, is_plain_file_name
from channels.settings import Settings, Slot
from tests.channels.site import PAPER, POST


def test_a_slot_is_read_from_text() -> None:
    slot = Slot.model_validate({"at": "07:30", "until": "08:30"})
    assert (slot.at.hour, slot.at.minute, slot.until.hour) == (7, 30, 8)


@pytest.mark.parametrize(("at", "until"), [("08:30", "07:30"), ("07:30", "07:30"), ("23:00", "01:00")])
def test_a_slot_that_does_not_end_after_it_begins_is_refused(at: str, until: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Slot.model_validate({"at": at, "until": until})
    assert caught.value.errors()[0]["type"] == "slot_order"


def test_a_channel_without_a_slot_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate({"type": "static", "slots": {}})
    assert caught.value.errors()[0]["loc"] == ("slots",)


@pytest.mark.parametrize(
    "changes",
    [
        {"marker": ""},
        {"marker": "7K3Q"},
        {"marker": "7k-3q"},
        {"marker": "../etc"},
        {"title": " "},
        {"title": "chuông\x07"},
        {"text": "nửa ký tự \ud83d"},
        {"published_at": POST.published_at.replace(tzinfo=None)},
        {"attachments": (PAPER, replace(PAPER, name="THONG-BAO.pdf"))},
    ],
)
def test_what_no_channel_could_take_is_not_a_post(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"marker|title|zone|attachments|text"):
        replace(POST, **changes)


def test_the_text_of_a_post_is_nfc() -> None:
    post = replace(POST, title=unicodedata.normalize("NFD", POST.title))
    assert post == POST


@pytest.mark.parametrize(
    "changes",
    [
        {"marker": "7k3r"},
        {"title": "Khác"},
        {"summary": ""},
        {"html": "<p>Khác</p>"},
        {"text": "Khác"},
        {"published_at": datetime(2023, 9, 5, 0, 31, tzinfo=UTC)},
        {"attachments": ()},
        {"attachments": (replace(PAPER, content=b"%PDF-1.7 y"),)},
        {"attachments": (replace(PAPER, title="Khác"),)},
        {"attachments": (replace(PAPER, name="khac.pdf"),)},
    ],
)
def test_every_change_of_a_post_changes_its_fingerprint(changes: dict[str, Any]) -> None:
    post = replace(POST, attachments=(PAPER,))
    assert replace(post, **changes).fingerprint() != post.fingerprint()
    assert replace(post).fingerprint() == post.fingerprint()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("thong-bao.pdf", True),
        ("Thông báo số 12.pdf", True),
        ("", False),
        (".htaccess", False),
        ("..", False),
        ("a/b.pdf", False),
        ("a\\b.pdf", False),
        ("C:x.pdf", False),
        ("a\n.pdf", False),
        ("a.pdf ", False),
        ("a.", False),
        ("ữ" * 100 + ".pdf", False),
    ],
)
def test_an_attachment_has_a_plain_file_name(name: str, plain: bool) -> None:
    assert is_plain_file_name(name) is plain
    if not plain:
        with pytest.raises(ValueError, match="plain file name"):
            Attachment(name=name, media_type="application/pdf", content=b"", title="Tệp")


def test_a_failure_carries_the_key_and_values_of_its_sentence() -> None:
    failure = NotSent("channel.busy", path="output/site")
    assert (failure.reason_key, failure.values) == ("channel.busy", {"path": "output/site"})
