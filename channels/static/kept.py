"""The words of one post as a plain text file, to keep or to read aloud from."""

from __future__ import annotations

from collections.abc import Iterator

from channels.static.records import Record
from channels.wording import vietnamese_day, vietnamese_moment


def plain_text(record: Record, *, address: str) -> bytes:
    """All that the page at ``address`` says, in UTF-8.

    It begins with a byte order mark, because web servers seldom name the encoding of text.
    """
    return ("\n\n".join(_paragraphs(record, address)) + "\n").encode("utf-8-sig")


def _paragraphs(record: Record, address: str) -> Iterator[str]:
    yield record.title
    yield f"{record.issuer}\n{vietnamese_moment(record.published)}"
    if record.archived and record.valid_until:
        yield f"Đợt tuyên truyền đã kết thúc ngày {vietnamese_day(record.valid_until)}."
    if record.modified:
        day = vietnamese_day(record.modified)
        yield f"Đính chính ngày {day}: nội dung dưới đây thay cho nội dung đã đăng trước đó."
    if record.lead:
        yield record.lead
    yield record.text
    if record.attachments:
        files = (f"- {file.title} ({file.kind_and_size}): {address}{file.address}" for file in record.attachments)
        yield "\n".join(("Tệp kèm theo:", *files))
    if record.code:
        yield record.code
    yield f"Nguồn: {address}"
