"""One try to make a post public: pictures first, unseen; then the one call that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.answers import Closed, NotSent, OutcomeUnknown, Rejected
from channels.facebook.composing import feed_fields, photo_fields, require_picture_count
from channels.facebook.errors import Meaning
from channels.facebook.page import Page, require_success
from channels.facebook.pictures import as_upload
from channels.facebook.trail import Trail
from channels.post import Attachment, Post

# When pictures take longer, the others wait for the next try: the slot must not end in the middle.
UPLOADING = timedelta(minutes=2)
_UPLOAD_PATIENCE = 2.0  # times as long as for a post


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One post on its way to one Page."""

    page: Page
    post: Post
    trail: Trail
    now: Callable[[], datetime]

    def publish(self) -> str:
        """Make it public with one call; the id of the post. Raises as ``Channel.publish`` does."""
        require_picture_count(self.post)
        fields = self._fields(published=True)
        self.trail.note_sending(self.now())
        self.trail.steps.go_ahead()
        return self._create(fields)

    def publish_in_two_steps(self) -> str:
        """Make it unpublished, then public; the id of the post. Raises as ``Channel.publish`` does.

        The first call leaves nothing that anybody sees and the second may be repeated, so both are safe.
        """
        require_picture_count(self.post)
        content = self.post.fingerprint()
        draft = self.trail.draft(content)
        if not draft:
            draft = self._create_draft(content)
            self.trail.note_draft(content, draft)
        self.trail.note_sending(self.now())
        self.trail.steps.go_ahead()
        try:
            require_success(self.page.write(draft, {"is_published": True}))
        except Rejected as rejected:
            if rejected.reason_key != Meaning.GONE:
                raise
            self.trail.note_draft(content, "")
            raise NotSent("facebook.draft_gone") from None
        return draft

    def _create(self, fields: dict[str, object]) -> str:
        try:
            answer = self.page.write(f"{self.page.id}/feed", fields)
        except NotSent as failure:
            if failure.reason_key == Meaning.LINK_UNREAD:
                self.trail.note_link_unread()
            raise
        except Rejected as rejected:
            if rejected.reason_key != Meaning.GONE:
                raise
            if not self.post.pictures:
                raise Closed("facebook.no_page", page=self.page.id) from None
            for picture in self.post.pictures:  # the Page took them, so it is there, and they are not any more
                self.trail.forget_photo(picture)
            raise NotSent("facebook.photos_gone") from None
        made = answer.get("id")
        if not isinstance(made, str) or not made:
            raise OutcomeUnknown("facebook.unreadable", status=200)
        return made

    def _create_draft(self, content: str) -> str:
        if self.trail.was_drafted():  # the draft of an earlier try has taken the photos, and each is for one post only
            for picture in self.post.pictures:
                self.trail.forget_photo(picture)
            self.trail.forget_draft()
        fields = self._fields(published=False)
        self.trail.note_draft(content, "")
        try:
            return self._create(fields)
        except OutcomeUnknown as unknown:
            if unknown.reason_key == Meaning.SAID_BEFORE:
                raise
            raise NotSent("facebook.draft") from None
        except NotSent:
            self.trail.forget_draft()
            raise

    def _fields(self, *, published: bool) -> dict[str, object]:
        """Of the call that makes the post, after every picture has been uploaded."""
        in_text = bool(self.post.pictures) or self.trail.link_in_text()
        feed_fields(self.post, (), link_in_text=in_text, published=published)  # refuses before anything is uploaded
        photos = self._upload_all()
        return dict(feed_fields(self.post, photos, link_in_text=in_text, published=published))

    def _upload_all(self) -> list[str]:
        begun = self.now()
        photos: list[str] = []
        for picture in self.post.pictures:
            photo = self.trail.photo(picture, self.now())
            if not photo:
                if self.now() - begun > UPLOADING:
                    raise NotSent("facebook.upload_slow", done=len(photos), count=len(self.post.pictures))
                photo = self._upload(picture)
                self.trail.note_photo(picture, photo, self.now())
            photos.append(photo)
        return photos

    def _upload(self, picture: Attachment) -> str:
        """The id of a new photo that nobody sees. A lost answer leaves one more of them, and no harm."""
        upload = as_upload(picture)
        try:
            answer = self.page.write(
                f"{self.page.id}/photos", photo_fields(picture), upload=upload, patience=_UPLOAD_PATIENCE
            )
        except OutcomeUnknown:
            raise NotSent("facebook.upload", name=picture.name) from None
        except Rejected as rejected:
            if rejected.reason_key != Meaning.GONE:
                raise
            raise Closed("facebook.no_page", page=self.page.id) from None
        photo = answer.get("id")
        if not isinstance(photo, str) or not photo:
            raise NotSent("facebook.upload", name=picture.name)
        return photo
