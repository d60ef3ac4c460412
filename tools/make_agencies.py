"""Make a list of fictional agencies: ``python -m tools.make_agencies --count 3321 --output FILE.csv``.

Two-tier local government: departments of a province, and its wards, communes and special zones. The same count and
seed always give the same list; the first province is Sông Trà, whose list is bundled as ``agencies/song-tra.csv``.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loa.core.text import slug

BUNDLED = Path(__file__).resolve().parent.parent / "agencies" / "song-tra.csv"
BUNDLED_COUNT = 100
COMMUNES_OF_A_COUNTRY = 3321
HEADINGS = (
    "STT",
    "Tên cơ quan",
    "Tên đầy đủ",
    "Loại",
    "Cơ quan chủ quản",
    "Mã",
    "Ký hiệu",
    "Địa chỉ",
    "Điện thoại",
    "Thư điện tử",
    "Trang thông tin điện tử",
    "Giờ làm việc",
    "Nhóm",
    "Số hộ",
    "Nơi niêm yết 1",
    "Khổ giấy 1",
    "Số bản 1",
    "Nơi niêm yết 2",
    "Khổ giấy 2",
    "Số bản 2",
)
_DEPARTMENTS = (
    "Sở Công Thương",
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Nội vụ",
    "Sở Nông nghiệp và Môi trường",
    "Sở Tài chính",
    "Sở Tư pháp",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Xây dựng",
    "Sở Y tế",
    "Thanh tra tỉnh",
    "Văn phòng UBND tỉnh",
)
# Syllables of place names; two of them make one.
_FIRST = (
    "An Bình Cẩm Châu Đại Đông Đức Hải Hòa Hưng Kim Long Lộc Minh Mỹ Nam Ngọc Nhơn Phú Phước Quảng Tam Tân Tây Thanh "
    "Thạnh Thuận Tiên Trà Trung Vạn Văn Việt Vĩnh Xuân Yên"
)
_SECOND = (
    "An Bình Cường Đông Đức Giang Hải Hậu Hiệp Hòa Hưng Khánh Lâm Lộc Lợi Long Minh Mỹ Nghĩa Ninh Phong Phú Phước "
    "Quang Sơn Tân Tây Thành Thạnh Thắng Thịnh Thọ Thuận Thủy Tiến Trung Trường Xuân Yên"
)
_STREETS = ("Hùng Vương", "Trần Phú", "Lê Lợi", "Quang Trung", "Nguyễn Du", "Bà Triệu", "Lý Thường Kiệt")
_HAMLETS = ("Thôn Đông", "Thôn Tây", "Thôn Trung", "Thôn Thượng", "Thôn Hạ")
_REGIONS = ("đồng bằng", "miền núi", "ven biển")
_HOURS = "7 giờ 00 – 11 giờ 30, 13 giờ 30 – 17 giờ 00, thứ Hai đến thứ Sáu"
_FIRST_PHONE = 200  # 0255.3000.100 to .199 are the issuer's own
# The office of the bundled config.yaml, as it stands there.
_ISSUER = {
    "Địa chỉ": "Số 1, đường Hùng Vương, phường Trà Giang",
    "Điện thoại": "0255.3000.100",
    "Thư điện tử": "snv@example.gov.vn",
    "Trang thông tin điện tử": "https://snv.example.gov.vn",
}
_UNITS_OF_A_PROVINCE = BUNDLED_COUNT - len(_DEPARTMENTS)


@dataclass(frozen=True, kw_only=True)
class Province:
    """A fictional province."""

    name: str
    code: str  # of electronic identification, H99 and downward; those of real provinces stop below H64


def agencies(count: int, seed: int) -> Iterator[dict[str, str]]:
    """``count`` agencies by heading, province after province."""
    chance = random.Random(seed)  # noqa: S311  # for names, not for secrets
    rows = (row for province in _provinces(chance) for row in _of_province(province, chance))
    for number, row in enumerate(itertools.islice(rows, count), 1):
        is_issuer = row["Tên đầy đủ"] == "Sở Nội vụ tỉnh Sông Trà"
        own = _ISSUER if is_issuer else {"Điện thoại": _phone(_FIRST_PHONE + number)}
        yield {"STT": str(number), **row, **own}


def as_csv(count: int, seed: int) -> bytes:
    """The list as a CSV file that Excel opens with its accents: UTF-8 with a mark in front."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(agencies(count, seed))
    return stream.getvalue().encode("utf-8-sig")


def _provinces(chance: random.Random) -> Iterator[Province]:
    """Sông Trà first."""
    names = [f"{first} {second}" for first in ("Sông", "Núi", "Đồng") for second in _SECOND.split()]
    chance.shuffle(names)
    codes = (f"{letter}{number}" for letter in "HQRS" for number in range(99, 63, -1))
    for name, code in zip(["Sông Trà", *names], codes, strict=False):
        yield Province(name=name, code=code)


def _of_province(province: Province, chance: random.Random) -> Iterator[dict[str, str]]:
    for number, name in enumerate(_DEPARTMENTS, 1):
        yield _department(province, name, number)
    names = [f"{first} {second}" for first in _FIRST.split() for second in _SECOND.split() if first != second]
    chance.shuffle(names)
    if province.name == "Sông Trà":  # of whom the bundled campaigns speak
        names = ["Trà Giang", "An Phú", *(name for name in names if name not in ("Trà Giang", "An Phú"))]
    for number, name in enumerate(names[:_UNITS_OF_A_PROVINCE], 1):
        kind = "Xã" if number == 2 or number > 18 else "Phường"
        yield _unit(province, name, "Đặc khu" if number == _UNITS_OF_A_PROVINCE else kind, number, chance)


def _department(province: Province, name: str, number: int) -> dict[str, str]:
    site = f"{_initials(name)}.{_joined(province.name)}.example.gov.vn"
    return {
        "Tên cơ quan": name,
        "Tên đầy đủ": f"{name.removesuffix(' tỉnh')} tỉnh {province.name}",
        "Loại": "Sở, ngành",
        "Cơ quan chủ quản": f"UBND tỉnh {province.name}",
        "Mã": f"{province.code}.{number:02d}",
        "Ký hiệu": "VPUBND" if name.startswith("Văn phòng") else _initials(name).upper(),
        "Địa chỉ": f"Số {number * 4 + 3}, đường Hùng Vương, phường Trà Giang",
        "Thư điện tử": f"{_initials(name)}.{_joined(province.name)}@example.gov.vn",
        "Trang thông tin điện tử": f"https://{site}",
        "Giờ làm việc": _HOURS,
        "Nhóm": "sở ngành",
        "Nơi niêm yết 1": "Nơi tiếp công dân",
        "Khổ giấy 1": "A4",
        "Số bản 1": "1",
    }


def _unit(province: Province, name: str, kind: str, number: int, chance: random.Random) -> dict[str, str]:
    unit = f"{kind[0].lower()}{kind[1:]} {name}"
    is_town = kind == "Phường"
    street = f"Số {chance.randint(2, 240)}, đường {chance.choice(_STREETS)}" if is_town else chance.choice(_HAMLETS)
    region = "đô thị" if is_town else chance.choice(_REGIONS)
    mail = f"{_joined(name)}.{_joined(province.name)}"
    return {
        "Tên cơ quan": f"UBND {unit}",
        "Tên đầy đủ": f"Ủy ban nhân dân {unit}, tỉnh {province.name}",
        "Loại": kind,
        "Cơ quan chủ quản": f"UBND tỉnh {province.name}",
        "Mã": f"{province.code}.{100 + number}",
        "Ký hiệu": "UBND",
        "Địa chỉ": f"{street}, {unit}",
        "Thư điện tử": f"{mail}@example.gov.vn",
        "Trang thông tin điện tử": f"https://{mail}.example.gov.vn",
        "Giờ làm việc": _HOURS,
        "Nhóm": f"cấp xã; {region}",
        "Số hộ": f"{chance.randint(1800, 9800):,}".replace(",", "."),
        "Nơi niêm yết 1": f"Trung tâm Phục vụ hành chính công {unit}",
        "Khổ giấy 1": "A3",
        "Số bản 1": "1",
        "Nơi niêm yết 2": "Nhà văn hóa các tổ dân phố" if is_town else "Nhà văn hóa các thôn",
        "Khổ giấy 2": "A4",
        "Số bản 2": str(chance.randint(4, 16)),
    }


def _phone(number: int) -> str:
    digits = f"{3_000_000 + number}"
    return f"0255.{digits[:4]}.{digits[4:]}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in slug(name).split("-") if word not in ("va", "tinh"))


def _joined(name: str) -> str:
    return slug(name).replace("-", "")


def main() -> None:
    """Write the list that was asked for; without options the bundled one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=BUNDLED_COUNT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=BUNDLED)
    given = parser.parse_args()
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_bytes(as_csv(given.count, given.seed))


if __name__ == "__main__":
    main()
