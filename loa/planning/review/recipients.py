"""Bodies that a dispatch asks to act and that its Kính gửi does not name: a conservative warning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from loa.core.errors import Problem, Severity
from loa.planning.review.passages import Passage
from notices.context import Context
from notices.model import Dispatch

_DEPARTMENTS = (
    *("Nội vụ", "Tài chính", "Xây dựng", "Nông nghiệp và Môi trường", "Công Thương", "Y tế", "Tư pháp", "Ngoại vụ"),
    *("Khoa học và Công nghệ", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch", "Dân tộc và Tôn giáo"),
    *("Văn hóa và Thể thao", "Du lịch", "Thông tin và Truyền thông", "Tài nguyên và Môi trường"),
)
_NAME = r"(?: [A-ZĐ][\w]*)*"
_BODY = (
    rf"(?:Sở (?:{'|'.join(_DEPARTMENTS)})"
    rf"|(?:UBND|Ủy ban nhân dân) (?:các )?(?:xã|phường|đặc khu|huyện|thị xã|thành phố){_NAME}"
    rf"|Công an (?:tỉnh|thành phố|xã|phường){_NAME}|Bưu điện tỉnh{_NAME}|Ủy ban Mặt trận Tổ quốc)"
)
# “Theo đề nghị …”, “đã giao …” tell of something else.
_ASKED = re.compile(
    rf"(?<!theo )(?<!Theo )(?<!xét )(?<!đã )(?<!được )\b(?:[Đđ]ề nghị|[Yy]êu cầu|[Gg]iao) (?P<bodies>{_BODY}"
    rf"(?:(?:, | và |; ){_BODY})*)"
)
_EACH = re.compile(_BODY)
# What in Kính gửi takes in bodies of each kind, by how they begin.
_GROUPS = (
    ("sở", re.compile(r"các sở|sở, |cơ quan|ban, ngành|danh sách")),
    ("ubnd", re.compile(r"ubnd (?:các|cấp)|các xã|các phường|địa phương|cơ quan|danh sách")),
    ("", re.compile(r"cơ quan|đơn vị|ngành|tổ chức|đoàn thể|danh sách")),
)


def forgotten_recipients(passages: Iterable[Passage], context: Context) -> Iterator[Problem]:
    """Bodies that the text of a dispatch asks or tells to act, with no addressee that is it or takes it in."""
    dispatches = {f"documents.{name}": spec for name, spec in context.documents.items() if isinstance(spec, Dispatch)}
    own = _plain(context.agency.full_name)
    for passage in passages:
        spec = dispatches.get(passage.part)
        for body in _asked(passage.text) if spec else ():
            if spec and not own.startswith(_plain(body)) and not _is_addressed(_plain(body), spec.to):
                yield Problem(
                    key="recipient.missing",
                    place=passage.place_of(body),
                    values={"name": body},
                    severity=Severity.WARNING,
                )


def _asked(text: str) -> Iterator[str]:
    for found in _ASKED.finditer(text):
        yield from _EACH.findall(found["bodies"])


def _is_addressed(body: str, to: Sequence[str]) -> bool:
    group = next(group for opening, group in _GROUPS if body.startswith(opening))
    return any(body in entry or group.search(entry) for entry in map(_plain, to))


def _plain(name: str) -> str:
    return name.lower().replace("ủy ban nhân dân", "ubnd")
