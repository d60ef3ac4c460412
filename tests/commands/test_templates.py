"""``loa templates``: what is listed, shown whole and previewed, and what is said of an own template with a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.run import Here, files_in

OWN = """\
{#-
Thông báo tạm nghỉ

Dùng khi tạm nghỉ tiếp công dân.

Ví dụ:

facts:
  ngay:
    date: 2026-12-05
documents:
  tam-nghi:
    type: notice
    form: posting
    template: tam-nghi
    heading: Thông báo tạm nghỉ
-#}
{% block noi_dung %}
{{ agency.name }} tạm nghỉ {{ ngay | weekday }}./.
{% endblock %}
"""


def put(office: Path, name: str, text: str) -> None:
    path = office / "templates" / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_list_names_shipped_and_own_templates_with_what_they_need(here: Here, office: Path) -> None:
    put(office, "notice/tam-nghi", OWN)
    put(office, "notice/niem-yet", "{% block ket %}Mẫu của cơ quan./.{% endblock %}")
    ran = here("templates", cwd=office)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    at = lines.index("  tam-nghi: Thông báo tạm nghỉ [mẫu của cơ quan]")
    assert lines[at + 1] == "      Thông tin cần khai: ngay"
    assert "  niem-yet: [mẫu của cơ quan, dùng thay mẫu có sẵn]" in lines
    assert "  chi-dao: Công văn chỉ đạo, giao việc" in lines
    assert [line for line in lines if line.endswith(")") and not line.startswith(" ")] == [
        "Công văn (dispatch)",
        "Thông báo (notice)",
        "Báo cáo (report)",
        "Phụ lục (appendix)",
    ]


@pytest.mark.parametrize("typed", ["notice/tam-nghi", "tam-nghi"])
def test_one_template_is_shown_whole(here: Here, office: Path, typed: str) -> None:
    put(office, "notice/tam-nghi", OWN)
    ran = here("templates", typed, cwd=office)
    assert ran.code == 0
    assert ran.out.startswith("Thông báo tạm nghỉ\nDùng khi tạm nghỉ tiếp công dân.\n[mẫu của cơ quan]\n")
    assert "Tệp: templates/notice/tam-nghi.md.j2" in ran.out
    assert "  ngay  date  noi_dung  05/12/2026" in ran.out
    assert "Các khối: noi_dung" in ran.out
    assert "{{ agency.name }} tạm nghỉ {{ ngay | weekday }}./." in ran.out
    assert ran.out.rstrip().endswith("heading: Thông báo tạm nghỉ")


def test_a_template_that_is_not_there_is_refused_with_the_nearest_name(here: Here, office: Path) -> None:
    ran = here("templates", "dispatch/phoi-hopp", cwd=office)
    assert ran.code == 1
    assert "có phải “dispatch/phoi-hop”?" in ran.err


def test_previews_are_papers_of_a_made_up_office(here: Here, office: Path) -> None:
    config = office / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("Sở Nội vụ", "Sở Y tế"), encoding="utf-8")
    put(office, "notice/tam-nghi", OWN)
    ran = here("templates", "tam-nghi", "--preview", "mau", cwd=office)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["mau/notice/tam-nghi.pdf", "mau/notice/tam-nghi-1.png"]
    assert files_in(office / "mau") == {"notice/tam-nghi.pdf", "notice/tam-nghi-1.png"}
    document = pypdfium2.PdfDocument(office / "mau" / "notice" / "tam-nghi.pdf")
    words = " ".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert "Sở Nội vụ tạm nghỉ thứ Bảy, ngày 05/12/2026./." in words


def test_every_shipped_template_is_previewed_and_each_time_the_same(here: Here, office: Path) -> None:
    first = here("templates", "--preview", "mot", "--json", cwd=office)
    here("templates", "chi-dao", "--preview", "hai", cwd=office)
    assert first.code == 0
    told = json.loads(first.out)
    made = files_in(office / "mot")
    assert {f"mot/{file}" for file in made} == set(told["files"])
    assert {f"{card['kind']}/{card['name']}.pdf" for card in told["templates"]} < made
    for file in files_in(office / "hai"):
        assert (office / "mot" / file).read_bytes() == (office / "hai" / file).read_bytes(), file


def test_programs_are_told_types_examples_and_blocks(here: Here, office: Path) -> None:
    put(office, "notice/tam-nghi", OWN)
    [told] = json.loads(here("templates", "tam-nghi", "--json", cwd=office).out)["templates"]
    assert told["facts"] == {"ngay": {"type": "date", "example": "05/12/2026", "blocks": ["noi_dung"]}}
    assert (told["own"], told["covers_shipped"], told["blocks"]) == (True, False, ["noi_dung"])


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("notice/a", "{% block x %}{{ ngay }", "notice/a.md.j2:1"),
        ("thong-bao/a", OWN, "thong-bao/a.md.j2: “thong-bao” không phải là một loại văn bản"),
        ("notice/a", OWN.replace("date: 2026-12-05", "date: 2026-12-32"), "notice/a.md.j2:10:11: facts.ngay.date"),
        ("notice/a", OWN, "notice/a.md.j2:12:3: documents: trong ví dụ không có văn bản nào dùng mẫu này"),
    ],
)
def test_a_mistake_in_an_own_template_has_its_place_and_hides_no_other(
    here: Here, office: Path, name: str, text: str, found: str
) -> None:
    put(office, name, text)
    ran = here("templates", cwd=office)
    assert ran.code == 1
    assert found in ran.err
    assert "  chi-dao: Công văn chỉ đạo, giao việc" in ran.out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{% block x %}Mẫu./.{% endblock %}", "notice/tam-nghi.md.j2:1: mẫu không có ví dụ ở đầu tệp"),
        (OWN.replace("{{ ngay", "{{ gio"), "không có thông tin “gio”"),
    ],
)
def test_what_cannot_be_previewed_is_named_and_nothing_is_written(
    here: Here, office: Path, text: str, found: str
) -> None:
    put(office, "notice/tam-nghi", text)
    ran = here("templates", "tam-nghi", "--preview", "mau", cwd=office)
    assert ran.code == 1
    assert found in ran.err
    assert not (office / "mau").exists()
