"""The note in a kit that says what is in it, and what the agency does with each part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from loa.kits.kit import Original, Print

NAME = "doc-truoc.txt"


def contents_note(
    *,
    title: str,
    prints: Sequence[Print],
    originals: Sequence[Original],
    waiting: Sequence[str],
    files: Collection[str],
) -> bytes:
    """The note for one kit, in UTF-8; ``waiting`` are the papers that it does not have yet, ``files`` all its paths."""
    return "\n".join([title, *_originals(originals, waiting), *_prints(prints), *_others(files), ""]).encode()


def _originals(originals: Sequence[Original], waiting: Sequence[str]) -> Iterator[str]:
    if originals:
        yield "\nVăn bản để thực hiện:"
        yield from (f"- {original.said}: {original.file}" for original in originals)
    if waiting:
        yield "\nChưa có bản đã ký nên không có trong bộ này, cơ quan ban hành sẽ gửi sau:"
        yield from (f"- {title}" for title in waiting)


def _prints(prints: Sequence[Print]) -> Iterator[str]:
    if prints:
        yield "\nIn và niêm yết, phát:"
    for line in prints:
        yield f"- {line.title}: {line.file}, khổ {line.paper}, {line.copies} bản tại {line.place}"


def _others(files: Collection[str]) -> Iterator[str]:
    """The folders and the draft, where the kit has them."""
    parts = {
        "tin-bai/": "Tin, bài để đăng, phát; tệp Word có thể tùy chỉnh, phần tô vàng giữ nguyên: thư mục tin-bai",
        "hinh-anh/": "Hình ảnh để đăng kèm: thư mục hinh-anh",
        "du-thao-": "Dự thảo văn bản triển khai của cơ quan nhận, cần lấy số, ngày và ký trước khi ban hành: du-thao-*",
    }
    found = [said for start, said in parts.items() if any(file.startswith(start) for file in files)]
    if found:
        yield "\nNgoài ra:"
    yield from (f"- {said}" for said in found)
