"""``loa plan``, ``loa calendar`` and ``loa preview``: what they print, write and refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.commands.run import Here
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

POST = "      - {date: 2026-09-07, slot: sáng}\n"
NOW = ("--at", "2026-09-01T08:00")
# 31 August to 2 September 2026 are off
WEEK = "      - {every: ngày, slot: sáng, from: 2026-09-01, to: 2026-09-06}\n"
HOLIDAYS = changed(changed(CAMPAIGN, POST, WEEK), "facts:\n", "holidays: skip\nweekends: before\nfacts:\n")


def test_the_plan_tells_what_is_moved_and_what_is_left_out_and_why(here: Here, office: Path) -> None:
    saturday = changed(
        CAMPAIGN, POST, "      - {date: 2026-09-02, slot: sáng}\n      - {date: 2026-09-05, slot: sáng}\n"
    )
    make_folder(office, campaign=changed(saturday, "facts:\n", "holidays: skip\nweekends: before\nfacts:\n"))
    out = here("plan", NAME, *NOW, cwd=office).out
    assert "thứ Sáu, 04/9/2026  07:30  sáng  trang-tin  mo-dau  dời từ thứ Bảy, 05/9/2026" in out
    assert "Không đăng:\n  thứ Tư, 02/9/2026  07:30  sáng  trang-tin  mo-dau  ngày lễ, tết: Quốc khánh\n" in out
    assert "Tổng cộng 1 lượt đăng." in out
    data = json.loads(here("plan", NAME, *NOW, "--json", cwd=office).out)
    assert [(one["date"], one["starts_at"]) for one in data["occurrences"]] == [
        ("2026-09-05", "2026-09-04T07:30:00+07:00")
    ]
    assert [(one["date"], one["reason"], one["why"]) for one in data["left_out"]] == [
        ("2026-09-02", "holiday", "Quốc khánh")
    ]


def test_the_plan_tells_for_which_holiday_a_day_was_moved(here: Here, office: Path) -> None:
    holiday = changed(CAMPAIGN, POST, "      - {date: 2026-09-02, slot: sáng}\n")
    make_folder(office, campaign=changed(holiday, "facts:\n", "holidays: after\nfacts:\n"))
    out = here("plan", NAME, *NOW, cwd=office).out
    assert "thứ Năm, 03/9/2026  07:30  sáng  trang-tin  mo-dau  dời từ thứ Tư, 02/9/2026 (Quốc khánh)" in out
    data = json.loads(here("plan", NAME, *NOW, "--json", cwd=office).out)
    assert data["moved_for"] == {f"{NAME}/mo-dau/trang-tin/2026-09-02/sáng": "Quốc khánh"}


def test_the_difference_to_the_ledger_is_shown_before_it_is_applied(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, POST, WEEK))
    here("plan", NAME, *NOW, "--record", cwd=office)
    assert "Thay đổi so với sổ" not in here("plan", NAME, *NOW, cwd=office).out
    make_folder(office, campaign=HOLIDAYS)
    out = here("plan", NAME, *NOW, cwd=office).out
    changes = out[out.index("Thay đổi so với sổ:") :]
    assert re.findall(r"bỏ +(.+?), (\S+) .* mo-dau +(.+)", changes) == [
        ("thứ Ba", "01/9/2026", "ngày lễ, tết"),
        ("thứ Tư", "02/9/2026", "ngày lễ, tết"),
        ("thứ Bảy", "05/9/2026", "trùng với lượt đăng khác sau khi dời"),
        ("Chủ nhật", "06/9/2026", "trùng với lượt đăng khác sau khi dời"),
    ]
    assert "Chưa ghi vào sổ: chạy lại với --record." in out
    recorded = json.loads(here("plan", NAME, *NOW, "--record", "--json", cwd=office).out)
    assert recorded["recorded"]["dropped"] == 4
    assert [one["reason"] for one in recorded["changes"]["dropped"]] == ["holiday", "holiday", "merged", "merged"]
    assert "Thay đổi so với sổ" not in here("plan", NAME, *NOW, cwd=office).out


def test_a_window_that_is_over_is_not_recorded(here: Here, office: Path) -> None:
    ran = here("plan", NAME, "--record", "--at", "2026-12-01T00:00", cwd=office)
    assert (ran.code, ran.out) == (1, "")
    assert "campaigns/khao-sat.yaml:5:7: window.to: thời gian tuyên truyền đã hết ngày 30/11/2026" in ran.err
    assert here("plan", NAME, "--record", "--at", "2026-11-30T23:59", cwd=office).code == 0


def test_a_text_over_a_limit_is_an_error_and_nothing_is_planned(here: Here, office: Path) -> None:
    slots = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
    config = f'{CONFIG}  facebook:\n    type: facebook\n    page_id: "1000"\n{slots}'
    long = changed(CAMPAIGN, "[trang-tin]", "[trang-tin, facebook]").replace("Mời người", "Mời " * 15_000 + "người")
    make_folder(office, config=config, campaign=long)
    ran = here("plan", NAME, *NOW, "--record", cwd=office)
    assert (ran.code, ran.out) == (1, "")
    assert "facebook" in ran.err
    assert not (office / "state").exists()


def test_the_plan_goes_into_calendars(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, POST, WEEK))
    here("plan", NAME, *NOW, "--record", cwd=office)
    make_folder(office, campaign=HOLIDAYS)
    ran = here("plan", NAME, *NOW, "--record", "--ics", "lich.ics", cwd=office)
    assert ran.out.splitlines()[-1] == "lich.ics"
    calendar = Calendar.from_ical((office / "lich.ics").read_bytes())
    found = {
        str(event["uid"]): (str(event["status"]), int(str(event["sequence"]))) for event in calendar.walk("VEVENT")
    }
    assert len(found) == 6
    assert found[f"{NAME}/mo-dau/trang-tin/2026-09-02/sáng@loa.invalid"] == ("CANCELLED", 1)
    assert found[f"{NAME}/mo-dau/trang-tin/2026-09-03/sáng@loa.invalid"] == ("CONFIRMED", 0)
    assert "Bắt đầu khảo sát năm 2026" in str(calendar.walk("VEVENT")[0]["summary"])


def test_the_calendar_of_a_year_says_who_says_so(here: Here, office: Path) -> None:
    (office / "lich-nghi.yaml").write_text(
        "days:\n  - {date: 2026-01-02, kind: nghi_bu, name: Hoán đổi, source: Văn bản số 1}\n", encoding="utf-8"
    )
    lines = here("calendar", "2026", cwd=office).out.splitlines()
    assert [" ".join(line.split()) for line in lines[1:3]] == [
        "thứ Năm, 01/01/2026 nghỉ lễ, tết Tết Dương lịch thư viện lịch",
        "thứ Sáu, 02/01/2026 nghỉ bù Hoán đổi Văn bản số 1",
    ]
    assert lines[-3:] == [
        "Chưa đối chiếu. Khi đúng với văn bản đã ban hành, thêm vào lich-nghi.yaml:",
        "confirmed:",
        "  - {year: 2026, by: …, on: …}",
    ]
    data = json.loads(here("calendar", "2026", "--json", cwd=office).out)
    assert (data["confirmed"], data["days"][1]["source"]) == (False, "Văn bản số 1")
    assert here("calendar", "hai", cwd=office).code == 2


def test_a_worked_weekend_says_for_which_day_and_dates_are_written_as_in_papers(here: Here, office: Path) -> None:
    lines = [" ".join(line.split()) for line in here("calendar", "2026", cwd=office).out.splitlines()]
    assert "thứ Bảy, 22/8/2026 làm việc Làm bù cho ngày 31/8/2026 thư viện lịch" in lines
    assert "thứ Hai, 31/8/2026 nghỉ bù Ngày nghỉ (thay cho ngày 22/8/2026) thư viện lịch" in lines


def test_a_confirmed_year_says_by_whom(here: Here, office: Path) -> None:
    (office / "lich-nghi.yaml").write_text(
        "confirmed:\n  - {year: 2026, by: Trần Minh Hà, on: 2025-12-31}\n", encoding="utf-8"
    )
    assert here("calendar", "2026", cwd=office).out.splitlines()[-1] == "Đã đối chiếu: Trần Minh Hà, ngày 31/12/2025."


def page_of(here: Here, office: Path, code: int = 0) -> str:
    ran = here("preview", NAME, *NOW, "--output", "xem.html", cwd=office)
    assert (ran.code, ran.out.splitlines()[0]) == (code, "xem.html")
    return (office / "xem.html").read_text(encoding="utf-8")


def test_the_preview_is_one_page_that_needs_nothing_else(here: Here, office: Path) -> None:
    page = page_of(here, office)
    assert page.count("<html") == 1
    assert not re.findall(r'(?:src|href)="(?!data:|#)', page)
    assert "url(" not in page
    assert "<script" not in page
    assert page.count("data:image/jpeg") == 3  # the dispatch, its appendix, the notice on its own
    assert "Bắt đầu khảo sát năm 2026" in page
    assert "Thứ Hai, 07/9/2026 07:30" in page
    assert "Thông báo khảo sát (PDF," in page
    assert "văn bản chưa có số" in page


def test_the_preview_shows_each_channel_in_its_own_way_with_what_is_over_its_limits(here: Here, office: Path) -> None:
    slots = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
    config = (
        f'{CONFIG}  facebook:\n    type: facebook\n    page_id: "1000"\n{slots}'
        f'  zalo:\n    type: zalo\n    oa_id: "1234567890123456789"\n    app_id: "9876543210987654321"\n{slots}'
        f"  loa:\n    type: manual\n{slots}"
    )
    lines = "    channels: [trang-tin, facebook, zalo, loa]\n    versions:\n      zalo:\n        title: " + "dài " * 40
    image = "    image: {document: thong-bao, alt: Thông báo}\n"
    long = "Mời người dân trả lời phiếu khảo sát. " * 16
    text = changed(CAMPAIGN, "      Mời người dân trả lời phiếu khảo sát.\n", f"      {long}\n")
    text = changed(text, "    channels: [trang-tin]\n", f"{image}{lines}\n    summary: Ngắn <b>gọn</b>\n")
    make_folder(office, config=config, campaign=text)
    page = page_of(here, office, code=1)
    for look in ("website", "facebook", "zalo", "card-look"):
        assert f'class="frame {look}"' in page
    facebook = page.partition('class="frame facebook"')[2]
    assert facebook.partition('<p class="text">')[2].startswith("Bắt đầu khảo sát năm 2026\n\nMời người dân")
    assert "Xem thêm (trên điện thoại)" in page
    assert "Xem thêm (trên máy tính)" in page
    assert "159 ký tự / 140 (ngoài giới hạn)" in page
    assert "Ngắn &lt;b&gt;gọn&lt;/b&gt;" in page
    assert "<b>gọn</b>" not in page


def test_a_leader_reads_what_is_wrong_with_which_paper_and_whoever_writes_finds_the_place_at_the_end(
    here: Here, office: Path
) -> None:
    make_folder(office)
    above, below = page_of(here, office).split("Cho người soạn")
    found = re.findall(r"<li><strong>(.*?)</strong> (.*?)</li>", above.partition("Tin đăng")[2])
    assert found[0] == ("Công văn phối hợp tuyên truyền:", "văn bản chưa có số; văn thư cấp số; bản này là dự thảo.")
    assert "khao-sat.yaml" not in above
    assert re.search(r"<code>campaigns/khao-sat\.yaml:\d+:\d+: documents\.cong-van</code>", below)


def test_the_preview_says_what_sort_of_place_a_channel_is_and_what_the_office_calls_it(
    here: Here, office: Path
) -> None:
    slots = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
    portal = (
        f"  cong:\n    type: webhook\n    label: Cổng tỉnh\n    url: https://c.vn/hook\n    secret_env: S_K\n{slots}"
    )
    text = changed(CAMPAIGN, "    channels: [trang-tin]\n", "    channels: [trang-tin, cong]\n")
    make_folder(office, config=CONFIG + portal, campaign=text)
    page = page_of(here, office)
    assert "<h4>Cổng tỉnh <small>cổng thông tin</small></h4>" in page
    assert "<h4>trang-tin <small>trang thông tin</small></h4>" in page


@pytest.mark.parametrize(("count", "tiles", "more"), [(1, 1, ""), (3, 3, ""), (5, 5, ""), (7, 5, "+2")])
def test_several_pictures_are_put_together_as_facebook_does(
    here: Here, office: Path, count: int, tiles: int, more: str
) -> None:
    slots = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
    config = f'{CONFIG}  fb:\n    type: facebook\n    page_id: "1000"\n{slots}'
    images = "    images:\n" + "".join(
        f"      - {{document: thong-bao, alt: Ảnh {number}}}\n" for number in range(count)
    )
    make_folder(
        office,
        config=config,
        campaign=changed(CAMPAIGN, "    channels: [trang-tin]\n", f"{images}    channels: [trang-tin, fb]\n"),
    )
    page = page_of(here, office)
    assert page.count('class="tile"') == tiles
    assert f'class="pictures n{tiles}"' in page
    assert re.findall(r'<span class="count">(.*?)</span>', page) == ([more] if more else [])
    assert ("Facebook cắt bớt" in page) is (count > 1)


def test_the_preview_of_an_announcement_that_cannot_be_made_says_why(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, "title: Bắt đầu khảo sát năm {{ nam }}", "title: '{{ namm }}'"))
    page = page_of(here, office, code=1)
    assert "namm" in page
    assert 'class="frame' not in page


@pytest.mark.parametrize("approval", ["none", "required"])
def test_the_preview_says_whether_somebody_has_approved(here: Here, office: Path, approval: str) -> None:
    make_folder(office, config=changed(CONFIG, "approval: none", f"approval: {approval}"))
    page = page_of(here, office)
    assert ("Chưa duyệt" in page) is (approval == "required")
    assert "Ký, ghi rõ họ tên" in page
