"""Who gets a kit of printed matter: an agency, with where it posts, when it is open and what else is known of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from loa.core.model import Line, Model, refusal
from loa.core.text import one_line, slug
from notices.facts import Link, Number, Phone
from notices.model import Agency, Contact

Paper = Literal["A4", "A3"]
PAPERS: tuple[Paper, ...] = ("A4", "A3")
MOST_COPIES = 9_999
OWN_PATTERN = r"^[a-z_][a-z0-9_]*$"  # a name that templates can print
DOTS = "…" * 12  # where no receiver is named yet: room to write by hand
_CODE_LENGTH = 30
_HASH_LENGTH = 8  # told apart so, a thousand agencies of one name collide once in ten thousand lists
# Names of devices, which Windows gives to no folder and no file, whatever their ending.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
# The last administrative unit that a body's name gives: “UBND phường Trà Giang” is in Trà Giang.
_UNIT = re.compile(r".*\b(?:phường|xã(?! hội)|đặc khu|tỉnh|thành phố)\s+(.+)$", re.IGNORECASE)
# A number of copies as spreadsheets and their exports write it: 2.0. Three zeros behind a point are thousands.
_WHOLE = re.compile(r"(\d+)[.,]0{1,2}")
_NAMELESS = "X"  # in the place of what is worked out from a name that is missing: only the name is asked for
# Mã định danh: a letter and two digits, then up to three levels of two or three characters.
_IDENTITY = re.compile(r"[A-Z]\d{2}(\.[A-Z0-9]{2,3}){0,3}")


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise refusal("email_form", typed=value)
    return value


def _copies(value: int) -> int:
    if not 1 <= value <= MOST_COPIES:
        raise refusal("copies_range", typed=value, most=MOST_COPIES)
    return value


def _sheet_of(value: Any) -> Any:
    """``a4`` and ``A 4`` as ``A4``; any other value as it is."""
    return re.sub(r"\s", "", value).upper() if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    """``2.0`` as ``2``; any other value as it is."""
    found = _WHOLE.fullmatch(one_line(value)) if isinstance(value, str) else None
    return found[1] if found else value


class LocalContact(Contact):
    """How citizens reach a receiving agency; from outside, so every value is looked at."""

    phone: Phone | None = None
    fax: Phone | None = None
    email: Annotated[Line, AfterValidator(_email)] | None = None
    website: Link | None = None


class Posting(Model):
    """A place where an agency posts, and what it takes there."""

    place: Annotated[Line, StringConstraints(max_length=160)]
    paper: Annotated[Paper, BeforeValidator(_sheet_of)] = "A4"
    copies: Annotated[Number, BeforeValidator(_whole), AfterValidator(_copies)] = 1


class Receiver(Agency):
    """An agency that gets a kit. Only its name must be given: the rest of its ``Agency`` is worked out from that."""

    kind: Line | None = Field(default=None, description="Kits are listed by it: phường, xã, sở")
    symbol: str | None = Field(default=None, max_length=30, description="In the symbol of its papers: UBND, SYT")
    contact: LocalContact = LocalContact()
    hours: Line | None = Field(default=None, description="When it is open")
    groups: Annotated[list[Line], Field(max_length=20)] = Field(default=[], description="Names that kits are made by")
    posting: Annotated[list[Posting], Field(max_length=20)] = Field(default=[], description="Where it posts")
    own: dict[Annotated[str, Field(pattern=OWN_PATTERN)], Line] = Field(default={}, description="Fields of your own")

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        """Name in running text, code and place where the row leaves them out."""
        if not isinstance(data, Mapping):
            return data
        if not isinstance(name := data.get("name"), str):
            return dict.fromkeys(("full_name", "code", "place"), _NAMELESS) | dict(data)
        parent = data.get("parent")
        derived = {"full_name": name, "code": _code_of(name), "place": _place_of(name, str(parent or ""))}
        return derived | dict(data)

    @property
    def folder(self) -> str:
        """The name of its kit's folder: safe on every system, and the same for codes that differ in marks only."""
        name = slug(self.code)
        return f"{name}_" if name in _DEVICES else name  # no slug ends so

    @property
    def has_own_code(self) -> bool:
        """Whether its code is another than the one that is worked out from its name."""
        return self.code != _code_of(self.name)

    def told_apart(self) -> Self:
        """With a code worked out from its name and parent, for a list in which the one from its name stands twice."""
        tail = hashlib.sha256(f"{self.name}\n{self.parent or ''}".encode()).hexdigest()[:_HASH_LENGTH].upper()
        head = slug(self.name, limit=_CODE_LENGTH - _HASH_LENGTH - 1).upper()
        return self.model_copy(update={"code": f"{head}-{tail}"})

    @property
    def identity(self) -> str:
        """Its code where that is a code of electronic identification (mã định danh), else nothing."""
        return self.code if _IDENTITY.fullmatch(self.code) and len(self.code) <= 13 else ""

    def as_issuer(self) -> Agency:
        """The same body as the issuer of a paper of its own, with the symbol that such papers have."""
        return self.model_copy(update={"code": self.symbol or _initials(self.name)})


def blank_receiver() -> Receiver:
    """Stands for a receiver while none is named: everything that a template may print of it is room to write."""
    reached: dict[str, Any] = dict.fromkeys(LocalContact.model_fields, DOTS)
    lines: dict[str, Any] = dict.fromkeys(("name", "full_name", "parent", "code", "place", "kind", "hours"), DOTS)
    contact = LocalContact.model_construct(**reached)
    return Receiver.model_construct(**lines, contact=contact, own=_DottedFields())


def sample_receiver() -> Receiver:
    """Stands for any receiver where words are tried before they are printed for a real one."""
    reached = {"address": "Số 1, đường Hùng Vương", "phone": "0255.3000.000", "fax": "0255.3000.001"}
    online = {"email": "ubnd@example.gov.vn", "website": "https://ubnd.example.gov.vn"}
    row = {"name": "UBND phường Mẫu", "parent": "UBND tỉnh Mẫu", "kind": "Phường", "hours": "từ 7 giờ đến 17 giờ"}
    sample = Receiver.model_validate({**row, "contact": reached | online})
    return sample.model_copy(update={"own": _SampleFields()})


class _SampleFields(dict[str, str]):
    """Any field of an office's own, with something in it."""

    def __missing__(self, key: str) -> str:
        return "mẫu"


class _DottedFields(dict[str, str]):
    """Any field of an office's own, still to be written."""

    def __missing__(self, key: str) -> str:
        return DOTS


def _code_of(name: str) -> str:
    return slug(name, limit=_CODE_LENGTH).upper()


def _initials(name: str) -> str:
    """``SYT`` for Sở Y tế, as offices abbreviate themselves; a committee is ``UBND`` wherever it is."""
    if re.match(r"UBND|Ủy ban nhân dân", name, re.IGNORECASE):
        return "UBND"
    words = re.findall(r"\w+", name)
    return "".join(word if word.isupper() else word[0].upper() for word in words)[:_CODE_LENGTH]


def _place_of(name: str, parent: str) -> str:
    found = _UNIT.match(name) or _UNIT.match(parent)
    return (found[1] if found else name)[:60]
