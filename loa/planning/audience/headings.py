"""How officers head the columns of a list of agencies, in Vietnamese and English, and what each heading means."""

from __future__ import annotations

from collections.abc import Mapping

from loa.planning.source import Loc

# Where the values of a field stand in the data of an agency.
FIELDS: Mapping[str, Loc] = {
    "name": ("name",),
    "full_name": ("full_name",),
    "kind": ("kind",),
    "parent": ("parent",),
    "code": ("code",),
    "symbol": ("symbol",),
    "place": ("place",),
    "address": ("contact", "address"),
    "phone": ("contact", "phone"),
    "fax": ("contact", "fax"),
    "email": ("contact", "email"),
    "website": ("contact", "website"),
    "hours": ("hours",),
    "groups": ("groups",),
}
# The heading by which a message names what an agency lacks.
TITLES: Mapping[Loc, str] = {
    ("kind",): "Loại",
    ("parent",): "Cơ quan chủ quản",
    ("symbol",): "Ký hiệu",
    ("contact", "address"): "Địa chỉ",
    ("contact", "phone"): "Điện thoại",
    ("contact", "fax"): "Fax",
    ("contact", "email"): "Thư điện tử",
    ("contact", "website"): "Trang thông tin điện tử",
    ("hours",): "Giờ làm việc",
}
# Headings that may stand several times with a number behind them: Nơi niêm yết 2.
POSTING: Mapping[str, str] = {"posting_place": "place", "posting_paper": "paper", "posting_copies": "copies"}
PHONES = (FIELDS["phone"], FIELDS["fax"])
IGNORED = {"stt", "tt", "so-tt", "so-thu-tu", "no"}

_SPELLED: Mapping[str, str] = {
    "name": "ten-co-quan ten-don-vi ten-co-quan-don-vi ten co-quan don-vi co-quan-don-vi name agency",
    "full_name": "ten-day-du ten-co-quan-day-du full-name",
    "kind": "loai loai-co-quan loai-don-vi loai-hinh cap kind type",
    "parent": "co-quan-chu-quan co-quan-cap-tren co-quan-cap-tren-truc-tiep chu-quan truc-thuoc parent",
    "code": "ma ma-dinh-danh ma-co-quan ma-don-vi code",
    "symbol": "ky-hieu ky-hieu-van-ban symbol",
    "place": "dia-danh place",
    "address": "dia-chi dia-chi-tru-so tru-so address",
    "phone": "dien-thoai so-dien-thoai dien-thoai-lien-he sdt dt tel phone telephone",
    "fax": "fax so-fax",
    "email": "email e-mail thu-dien-tu hop-thu-dien-tu dia-chi-email hop-thu",
    "website": "website web trang-web trang-thong-tin-dien-tu cong-thong-tin-dien-tu site",
    "hours": "gio-lam-viec thoi-gian-lam-viec hours opening-hours",
    "groups": "nhom cac-nhom cum groups group",
    "posting_place": "noi-niem-yet dia-diem-niem-yet posting-place posted-at",
    "posting_paper": "kho-giay kho paper paper-size",
    "posting_copies": "so-ban so-to so-luong copies",
}
# A heading without marks, capitals and blanks → the field it names.
SPELLINGS: Mapping[str, str] = {
    spelling: field for field, spellings in _SPELLED.items() for spelling in spellings.split()
}
