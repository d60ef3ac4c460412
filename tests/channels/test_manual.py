"""The manual channel from outside: what lies ready for the person who posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from pydantic import ValidationError

from channels import open_channel, settings_model
from channels.answers import Handed, NotSent, Rejected
from channels.base import NoSteps
from channels.manual.channel import ManualChannel
from channels.post import Attachment
from loa.core.errors import LoaError
from tests.channels.killing import killed_before
from tests.channels.site import PAPER, POST, URL, sought, surroundings

NAME = "nhóm-zalo-tổ-dân-phố"
FOLDER = "output/can-dang/2023-09-05/nhom-zalo-to-dan-pho-7k3q"
PICTURE = Attachment(
    name="ap-phich.png", media_type="image/png", content=b"\x89PNG", title="Áp phích", alt="Áp phích mời trả lời"
)
FULL = replace(
    POST,
    attachments=(PICTURE, PAPER),
    page=f"{URL}/tb/2023/khao-sat/",
    valid_until=date(2023, 9, 30),
    until=POST.published_at.replace(hour=10, minute=0),
    text="Mỗi phiếu chỉ mất khoảng 15 phút.\n\nHỏi: 0255.3000.100",
)

SMALL = replace(FULL, attachments=(PICTURE, replace(PAPER, content=b"%PDF-1.7")))


def _settings(**changes: object) -> dict[str, object]:
    slots = {"sáng": {"at": "07:30", "until": "10:00"}, "chiều": {"at": "16:00", "until": "17:00"}}
    return {"type": "manual", "slots": slots} | changes


def _open(workspace: Path, name: str = NAME, **changes: object) -> ManualChannel:
    model = settings_model("manual").model_validate(_settings(**changes))
    channel = open_channel(name, model, surroundings(workspace))
    assert isinstance(channel, ManualChannel)
    return channel


def _files(workspace: Path, folder: str = FOLDER) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace / folder).iterdir()}


def _read(workspace: Path, name: str) -> str:
    return _files(workspace)[name].decode()


def test_text_pictures_files_and_instructions_lie_ready(tmp_path: Path) -> None:
    assert _open(tmp_path).publish(FULL, NoSteps()) == Handed(folder=FOLDER)
    files = _files(tmp_path)
    assert set(files) == {"HUONG-DAN.txt", "noi-dung.txt", "noi-dung.html", "ap-phich.png", "thong-bao.pdf"}
    assert files["thong-bao.pdf"] == PAPER.content


def test_a_correction_lies_where_the_post_lay_and_asks_to_put_it_right(tmp_path: Path) -> None:
    channel = _open(tmp_path)
    channel.publish(FULL, NoSteps())
    corrected = replace(SMALL, text="Hỏi: 0255.3000.180", attachments=(PAPER,))
    assert channel.correct(FOLDER, corrected, NoSteps()) == Handed(folder=FOLDER)
    assert set(_files(tmp_path)) == {"HUONG-DAN.txt", "noi-dung.txt", "noi-dung.html", "thong-bao.pdf"}
    told = _read(tmp_path, "HUONG-DAN.txt")
    assert told.startswith("CẦN SỬA LẠI NƠI ĐÃ ĐĂNG: Khảo sát")
    assert "loa resolve 7k3q --corrected" in told
    assert "0255.3000.180" in _read(tmp_path, "noi-dung.txt")


def test_of_a_withdrawn_post_nothing_is_left_but_the_request_to_take_it_down(tmp_path: Path) -> None:
    channel = _open(tmp_path)
    channel.publish(FULL, NoSteps())
    for _ in range(2):
        channel.withdraw(FOLDER, "sai số điện thoại")
        assert set(_files(tmp_path)) == {"HUONG-DAN.txt"}
    told = _read(tmp_path, "HUONG-DAN.txt")
    assert told.startswith("ĐÃ THU HỒI, KHÔNG ĐĂNG")
    assert "Lý do:         sai số điện thoại" in told
    assert "loa resolve 7k3q --withdrawn" in told


@pytest.mark.parametrize("folder", ["output/can-dang/2023-09-05/khac", "../ngoai", "state", ""])
def test_what_is_not_its_own_is_left_alone(tmp_path: Path, folder: str) -> None:
    channel = _open(tmp_path / "a")
    for outside in (tmp_path / "ngoai", tmp_path / "a/state"):
        outside.mkdir(parents=True)
        (outside / "giu.txt").write_text("giữ", encoding="utf-8")
    channel.withdraw(folder, "sai")
    assert (tmp_path / "ngoai/giu.txt").exists()
    assert (tmp_path / "a/state/giu.txt").exists()


def test_the_text_is_ready_to_be_copied_or_read(tmp_path: Path) -> None:
    _open(tmp_path).publish(replace(FULL, visible_code="Mã tin: 7K3Q"), NoSteps())
    assert _read(tmp_path, "noi-dung.txt") == (
        "Khảo sát mức độ hài lòng bắt đầu từ tháng 9\n\nMỗi phiếu chỉ mất khoảng 15 phút.\n\nHỏi: 0255.3000.100\n\n"
        f"{URL}/tb/2023/khao-sat/\n\nMã tin: 7K3Q\n"
    )


def test_no_character_of_a_text_is_changed(tmp_path: Path) -> None:
    text = "a < b & c > d {{ 7*7 }} {% x %} \"'"
    _open(tmp_path).publish(replace(POST, title=text, text=text), NoSteps())
    assert _read(tmp_path, "noi-dung.txt") == f"{text}\n\n{text}\n"
    assert f"CẦN ĐĂNG: {text}\n" in _read(tmp_path, "HUONG-DAN.txt")


def test_the_page_shows_the_formatted_text_with_its_pictures(tmp_path: Path) -> None:
    picture = replace(PICTURE, name="Áp phích.png")
    post = replace(FULL, title="<b>Khảo sát</b>", attachments=(picture, PAPER))
    _open(tmp_path).publish(post, NoSteps())
    page = lxml.html.document_fromstring(_read(tmp_path, "noi-dung.html"))
    assert page.findtext(".//h1") == "<b>Khảo sát</b>"
    assert page.findtext(".//strong") == "15 phút"
    assert page.xpath("//img/@src") == ["%C3%81p%20ph%C3%ADch.png"]
    assert page.xpath("//img/@alt") == [PICTURE.alt]
    assert page.xpath("//a/@href") == ["thong-bao.pdf", FULL.page]


def test_the_instructions_say_where_when_who_how_and_how_to_confirm(tmp_path: Path) -> None:
    how = "Đăng nhập cổng của tỉnh.\nChọn mục Tin tuyên truyền.\n"
    _open(tmp_path, label="Cổng của tỉnh", who="Chị Mai, văn phòng", how=how).publish(FULL, NoSteps())
    assert _read(tmp_path, "HUONG-DAN.txt").splitlines() == [
        "CẦN ĐĂNG: Khảo sát mức độ hài lòng bắt đầu từ tháng 9",
        "",
        "Nơi đăng:      Cổng của tỉnh",
        "Người đăng:    Chị Mai, văn phòng",
        "Thời gian:     Thứ Ba, 05/9/2023 07:30, trước 10:00",
        "Đợt kết thúc:  30/9/2023",
        "Mã lượt đăng:  7k3q",
        "",
        "CÁCH ĐĂNG",
        "",
        "Đăng nhập cổng của tỉnh.",
        "Chọn mục Tin tuyên truyền.",
        "",
        "TRONG THƯ MỤC NÀY",
        "",
        "- noi-dung.txt: nội dung bằng chữ, để chép vào ô soạn tin hoặc đọc.",
        "- noi-dung.html: nội dung có định dạng, mở bằng trình duyệt rồi chép.",
        "- ap-phich.png: hình kèm theo (PNG, 1\u00a0KB). Lời mô tả cho người không xem được hình: Áp phích mời trả lời",
        "- thong-bao.pdf: Thông báo niêm yết (PDF, 1,2\u00a0MB).",
        "",
        f"Trang của tin, để dẫn tới: {FULL.page}",
        "",
        "SAU KHI ĐĂNG",
        "",
        "Xác nhận trên máy có Loa bằng một trong các lệnh:",
        "",
        "- đã đăng, có đường dẫn:",
        "    loa resolve 7k3q --published ĐƯỜNG-DẪN",
        "- đã dán, đã đọc, đã gửi vào nhóm; kèm ảnh chụp, hoặc ghi chú nếu không có ảnh:",
        "    loa resolve 7k3q --published --photo ẢNH",
        '    loa resolve 7k3q --published --reason "GHI CHÚ"',
        "- đã gửi, đang chờ ban biên tập duyệt:",
        "    loa resolve 7k3q --submitted",
        "- không đăng:",
        '    loa resolve 7k3q --skip --reason "LÝ DO"',
        "",
        "Không sửa nội dung đã duyệt. Nếu thấy sai, dừng lại và báo người soạn.",
    ]


@pytest.mark.parametrize(
    ("hours", "told"), [(2, "Thứ Ba, 05/9/2023 22:30, trước 00:30 ngày 06/9/2023"), (1, "22:30, trước 23:30\n")]
)
def test_an_urgent_post_says_when_its_time_runs_out_although_no_slot_does(
    tmp_path: Path, hours: int, told: str
) -> None:
    at = POST.published_at.replace(hour=22)
    _open(tmp_path).publish(replace(POST, published_at=at, until=at + timedelta(hours=hours)), NoSteps())
    assert told in _read(tmp_path, "HUONG-DAN.txt")


def test_the_least_that_instructions_say(tmp_path: Path) -> None:
    _open(tmp_path).publish(replace(POST, published_at=POST.published_at + timedelta(hours=1)), NoSteps())
    text = _read(tmp_path, "HUONG-DAN.txt")
    assert f"Nơi đăng:      {NAME}\n" in text
    assert "Thời gian:     Thứ Ba, 05/9/2023 08:30\n" in text  # moved out of its slot: no end is known
    assert all(word not in text for word in ("Người đăng", "CÁCH ĐĂNG", "Đợt kết thúc", "Trang của tin", "None"))


def test_laying_ready_again_changes_no_byte_and_touches_no_file(tmp_path: Path) -> None:
    channel = _open(tmp_path)
    channel.publish(FULL, NoSteps())
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()}
    channel.publish(FULL, NoSteps())
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()}


def test_changed_content_replaces_the_old(tmp_path: Path) -> None:
    channel = _open(tmp_path)
    channel.publish(FULL, NoSteps())
    (tmp_path / FOLDER / ".noi-dung.txt.abc.tmp").write_bytes(b"left by a killed process")
    channel.publish(replace(POST, text="Mới."), NoSteps())
    assert set(_files(tmp_path)) == {"HUONG-DAN.txt", "noi-dung.txt", "noi-dung.html"}
    assert "Mới." in _read(tmp_path, "noi-dung.txt")


def test_each_channel_and_each_occurrence_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folders = {
        _open(tmp_path, name).publish(replace(POST, marker=marker), NoSteps()).folder
        for name in ("loa-phường", "bảng-tin", "!!!")
        for marker in ("a1", "a2")
    }
    assert len(folders) == 6
    assert f"{Path(FOLDER).parent}/kenh-a1" in folders


def test_a_rehearsal_lies_apart(tmp_path: Path) -> None:
    settings = settings_model("manual").model_validate(_settings())
    assert settings.stays_here()
    channel = open_channel(NAME, settings.rehearsed(), surroundings(tmp_path))
    handed = channel.publish(POST, NoSteps())
    assert isinstance(handed, Handed)
    assert handed.folder.startswith("output/rehearsal/can-dang/")


def test_what_was_laid_ready_is_never_found_as_published(tmp_path: Path) -> None:
    channel = _open(tmp_path)
    channel.publish(FULL, NoSteps())
    assert channel.look_up(sought()) is None


def test_what_would_lie_ready_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    messages = _open(tmp_path).would_send(FULL)
    assert [message.what.rpartition("/")[2] for message in messages] == [
        *("noi-dung.txt", "HUONG-DAN.txt", "ap-phich.png", "thong-bao.pdf")
    ]
    assert "15 phút" in messages[0].fields["text"]
    assert list(tmp_path.iterdir()) == []


# What may go wrong


@pytest.mark.parametrize("name", ["HUONG-DAN.txt", "Noi-Dung.HTML"])
def test_a_file_called_like_one_of_ours_is_rejected(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected) as caught:
        _open(tmp_path).publish(replace(POST, attachments=(replace(PAPER, name=name),)), NoSteps())
    assert caught.value.reason_key == "channel.attachment_name"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("not a folder", encoding="utf-8")
    with pytest.raises(NotSent) as caught:
        _open(tmp_path).publish(POST, NoSteps())
    assert caught.value.reason_key == "channel.cannot_write"


def test_a_mistake_in_an_own_template_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    own = tmp_path / "templates/manual/instructions.txt.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nobody_knows }}", encoding="utf-8")
    with pytest.raises(NotSent) as caught:
        _open(tmp_path).publish(POST, NoSteps())
    assert caught.value.reason_key == "channel.template"
    assert not (tmp_path / "output").exists()


def test_a_folder_that_a_link_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "output").symlink_to(tmp_path)
    with pytest.raises(LoaError) as caught:
        _open(workspace)
    assert caught.value.problems[0].key == "channel.folder_outside"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"folder": "/srv"}, "folder_form"),
        ({"folder": "state/can-dang"}, "folder_taken"),
        ({"how": "  "}, "text_empty"),
        ({"url": URL}, "extra_forbidden"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings_model("manual").model_validate(_settings(**changes))
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_a_kill_at_any_moment_shows_no_instructions_before_all_is_there_and_the_next_try_completes_it(
    tmp_path: Path,
) -> None:
    for number in range(1, 100):
        workspace = tmp_path / str(number)
        channel = _open(workspace)
        survived = killed_before(number, workspace, partial(channel.publish, SMALL, NoSteps())) == 0
        visible = {path.name for path in workspace.rglob("*.*") if not path.name.startswith(".")}
        assert "HUONG-DAN.txt" not in visible or len(visible) == 5
        channel.publish(SMALL, NoSteps())
        assert len(_files(workspace)) == 5
        if survived:
            break
    assert survived
    assert number > 10
