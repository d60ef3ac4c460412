"""The channel ``manual``: a place without a door for programs; all lies ready in a folder, and a person posts it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from channels.answers import Handed, NotSent, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.drawing import Drawing
from channels.folders import failure_of, opened, remove_leftovers, remove_others, write_changed
from channels.manual.settings import ManualSettings
from channels.post import Attachment, Post
from channels.settings import Settings
from channels.wording import kind_and_size
from loa.core.errors import LoaError
from loa.core.text import slug

# The names of what lies in a folder are Vietnamese: officers read them.
INSTRUCTIONS, TEXT, PAGE = "HUONG-DAN.txt", "noi-dung.txt", "noi-dung.html"
_OWN_NAMES = {name.casefold() for name in (INSTRUCTIONS, TEXT, PAGE)}


class ManualChannel(Channel):
    """A closed portal, a chat group, a meeting, a loudspeaker, a wall.

    Each post gets a folder with its text, pictures and files. The instructions are written last: whoever finds them
    finds the rest. Nothing is public by that, so a look-up finds nothing and publishing again does no harm.
    """

    abilities = ManualSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Raises LoaError (``channel.folder_outside``) when a link in the file system leads out of the workspace."""
        if not isinstance(settings, ManualSettings):
            raise TypeError(f"not the settings of a manual channel: {settings!r}")
        self._name = name
        self._home = opened(around.workspace, settings.folder, name)
        self._workspace = around.workspace.resolve()
        self._drawing = Drawing(
            "manual",
            own=around.workspace / "templates",
            shipped=around.templates,
            channel=settings.label or name,
            who=settings.who or "",
            how=(settings.how or "").strip(),
        )

    def publish(self, post: Post, steps: Steps) -> Handed:
        """Lay ``post`` ready; again gives the same files.

        Raises Rejected for a file called like one of ours, NotSent when something could not be written.
        """
        return self._lay(post, is_correction=False)

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Handed:
        """Lay the new content ready in place of the old, with the request to put it right. Raises as ``publish``."""
        return self._lay(post, is_correction=True)

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Leave nothing in the folder but the request to take the post down, or not to post it. Raises NotSent."""
        folder = (self._workspace / remote_id).resolve()
        if not folder.is_relative_to(self._home) or not folder.is_dir():
            return
        try:
            notice = self._drawing.draw("withdrawal.txt.j2", code=folder.name.rpartition("-")[2], reason=reason)
            write_changed({folder / INSTRUCTIONS: notice})
            remove_others(folder, {INSTRUCTIONS})
        except (LoaError, OSError) as error:
            raise failure_of(NotSent, error) from error

    def _lay(self, post: Post, *, is_correction: bool) -> Handed:
        for attachment in post.attachments:
            if attachment.name.casefold() in _OWN_NAMES:
                raise Rejected("channel.attachment_name", name=attachment.name)
        folder = self._folder_for(post)
        try:
            if folder.exists():
                remove_leftovers(folder)
            files = self._files(post, is_correction=is_correction)
            write_changed({folder / name: content for name, content in files.items()})
            remove_others(folder, files)
        except (LoaError, OSError) as error:
            raise failure_of(NotSent, error) from error
        return Handed(folder=self._shown(folder))

    def look_up(self, sought: Sought) -> Receipt | None:
        """Nothing: what was laid ready is not public, and laying it ready again changes nothing."""
        return None

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The files that would lie ready, with the text of each that is read."""
        shown = self._shown(self._folder_for(post))
        files = self._files(post, is_correction=False)
        read = (TEXT, INSTRUCTIONS)
        texts = (Message(what=f"{shown}/{name}", fields={"text": files[name].decode()}) for name in read)
        attached = (Message(what=f"{shown}/{file.name}", fields={"title": file.title}) for file in post.attachments)
        return (*texts, *attached)

    def _folder_for(self, post: Post) -> Path:
        return self._home / post.published_at.date().isoformat() / f"{slug(self._name) or 'kenh'}-{post.marker}"

    def _shown(self, folder: Path) -> str:
        return folder.relative_to(self._workspace).as_posix()

    def _files(self, post: Post, *, is_correction: bool) -> dict[str, bytes]:
        """Everything in the folder, in the order of writing. Raises LoaError for a mistake in an own template."""
        body = Markup(post.html)  # noqa: S704 - escaped and sanitised by whoever made the post, see Post.html
        return {
            **{attachment.name: attachment.content for attachment in post.attachments},
            TEXT: self._drawing.draw("content.txt.j2", post=post),
            PAGE: self._drawing.draw("content.html.j2", post=post, body=body, address=_address),
            INSTRUCTIONS: self._drawing.draw(
                "instructions.txt.j2",
                post=post,
                is_correction=is_correction,
                until=post.until,
                text_file=TEXT,
                page_file=PAGE,
                kind_and_size=_kind_and_size,
            ),
        }


def _address(attachment: Attachment) -> str:
    """The name as part of an address."""
    return quote(attachment.name)


def _kind_and_size(attachment: Attachment) -> str:
    return kind_and_size(attachment.name, attachment.media_type, len(attachment.content))
