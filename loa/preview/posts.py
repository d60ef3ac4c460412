"""A campaign's announcements, prepared as they would be sent, beside the limits of their channels."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from PIL import Image

from channels.abilities import Abilities
from channels.post import Attachment, Post
from channels.wording import kind_and_size, titled, vietnamese_moment
from loa.core.errors import LoaError, Problem
from loa.delivery.prepare import Renderer, prepare_post
from loa.planning.limits import measure
from loa.planning.model import Campaign, Config
from loa.planning.plan import Occurrence, example_occurrence
from loa.preview.shown import Look, Meter, ShownAnnouncement, ShownPicture, ShownPost, shown_picture
from notices.summary import first_paragraph

_LOOKS: Mapping[str, Look] = {"facebook": "facebook", "zalo": "zalo"}
# Kind of channel → what sort of place it is, for readers of the page.
_KINDS: Mapping[str, str] = {
    "static": "trang thông tin",
    "wordpress": "trang WordPress",
    "webhook": "cổng thông tin",
    "facebook": "Trang Facebook",
    "zalo": "Zalo OA",
    "manual": "có người đăng",
}
# Characters that Facebook shows before “Xem thêm”: on a telephone, on a computer.
_FACEBOOK_FOLDS = (125, 477)
_TIMES = 3  # of the next times that are written out
_LABELS = {"title": "Tiêu đề", "summary": "Tóm tắt", "text": "Nội dung"}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What posts are made from and held against."""

    campaign: Campaign
    config: Config
    renderer: Renderer
    issuer: str
    occurrences: tuple[Occurrence, ...]
    approved: Mapping[tuple[str, str], tuple[str, str]]  # by announcement and channel: the hash, and who when
    now: datetime
    say: Callable[[Problem], str]


def show_announcements(ground: Ground) -> Iterator[ShownAnnouncement]:
    """Every announcement on each of its channels; what cannot be made says why."""
    for name, announcement in ground.campaign.announcements.items():
        posts = tuple(_post(ground, name, channel) for channel in announcement.channels)
        title = next((post.title for post in posts if post.title), announcement.title)
        yield ShownAnnouncement(name=name, title=title, posts=posts)


def folds(text: str, at: tuple[int, ...]) -> tuple[str, ...]:
    """The text in pieces that end after at most so many characters, at a space; a single one when it is short."""
    ends = [0, *(text.rfind(" ", 0, end) + 1 or end for end in at if end < len(text)), len(text)]
    return tuple(text[start:end] for start, end in pairwise(ends))


def _post(ground: Ground, name: str, channel: str) -> ShownPost:
    settings = ground.config.channels[channel]
    abilities = settings.abilities
    look = _LOOKS.get(settings.type, "website" if abilities.gives_page else "card")
    shown_as, kind = ground.config.label_of(channel), _KINDS.get(settings.type, settings.type)
    coming = [
        one
        for one in ground.occurrences
        if (one.announcement, one.channel) == (name, channel) and one.ends_at > ground.now
    ]
    times = tuple(vietnamese_moment(one.starts_at.astimezone(ZoneInfo(one.zone))) for one in coming[:_TIMES])
    later = len(coming) - len(times)
    occurrence = coming[0] if coming else example_occurrence(ground.campaign, name, channel, ground.config)
    try:
        post = prepare_post(ground.campaign, occurrence, ground.renderer, config=ground.config, issuer=ground.issuer)
    except LoaError as error:
        return ShownPost(
            channel=shown_as,
            kind=kind,
            look=look,
            problems=tuple(map(ground.say, error.problems)),
            next_times=times,
            later=later,
        )
    return ShownPost(
        channel=shown_as,
        kind=kind,
        look=look,
        issuer=post.issuer,
        title=post.title,
        summary=post.summary,
        lead="" if post.summary == first_paragraph(post.text) else post.summary,
        html=post.html,
        folds=folds(titled(post.title, post.text) if look == "facebook" else post.text.strip(), _FACEBOOK_FOLDS),
        pictures=tuple(map(_picture, post.pictures)),
        files=tuple(f"{one.title} ({kind_and_size(one.name, one.media_type, len(one.content))})" for one in post.files),
        link=_link(ground, name, abilities),
        code=post.visible_code,
        meters=tuple(_meters(post, abilities)),
        next_times=times,
        later=later,
        approval=_approval(ground, name, channel, post),
    )


def _picture(attachment: Attachment) -> ShownPicture:
    with Image.open(io.BytesIO(attachment.content)) as opened:
        width, height = opened.size
    return shown_picture(attachment.content, attachment.media_type, alt=attachment.alt, width=width, height=height)


def _link(ground: Ground, name: str, abilities: Abilities) -> str:
    """Whether the post leads to the announcement's page, whose address is known only once it is there."""
    channels = ground.campaign.announcements[name].channels
    has_page = any(ground.config.channels[one].abilities.gives_page for one in channels)
    return "địa chỉ bài trên trang thông tin" if has_page and not abilities.gives_page else ""


def _meters(post: Post, abilities: Abilities) -> Iterator[Meter]:
    for one in measure(abilities, title=post.title, summary=post.summary, text=post.text):
        most = _number(one.most) if one.most is not None else ""
        yield Meter(label=_LABELS[one.part], count=f"{_number(one.length)} ký tự", most=most, is_over=one.over > 0)
    count, limits = len(post.pictures), abilities.pictures
    is_wrong = not limits.least <= count <= limits.most
    yield Meter(label="Ảnh", count=_number(count), most=_number(limits.most), is_over=is_wrong)


def _approval(ground: Ground, name: str, channel: str, post: Post) -> str:
    if ground.config.approval == "none":
        return "Không cần duyệt"
    found = ground.approved.get((name, channel))
    if found is None:
        return "Chưa duyệt"
    content_sha256, who = found
    return f"Đã duyệt: {who}" if content_sha256 == post.content_sha256() else f"Đã sửa sau khi duyệt ({who})"


def _number(count: int) -> str:
    """``63.206``."""
    return f"{count:,}".replace(",", ".")
