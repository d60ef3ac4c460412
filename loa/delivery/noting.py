"""What the posting job has to tell somebody who is not at the terminal: each thing once, in the office's language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from loa.core.words import Catalogue, catalogue
from loa.delivery.missed import was_missed
from loa.delivery.naming import slot_name
from loa.delivery.office import Office
from loa.ledger.accounts import Account
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger
from notices.wording import short_date


def note_what_needs_somebody(ledger: Ledger, office: Office, now: datetime) -> None:
    """Remember to tell of closed accounts, of what nobody but a person can settle or allow, of what was refused or
    missed, of what lies ready to be posted.

    Call it after each pass: what was told before is not told again. Raises LoaError when the ledger cannot be used.
    """
    words = catalogue(office.config.language)
    for account in ledger.accounts.all():
        if account.closed_at:
            _note_closed(ledger, account, office, words, now)
    submitted = ledger.decisions.submitted_ones()
    for entry in ledger.entries():
        if what := _what(entry, submitted, now):
            _note(ledger, entry, what, office, words, now)


def _what(entry: Entry, submitted: Collection[int], now: datetime) -> tuple[str, str] | None:
    """What there is to tell of ``entry``: the subject and the text, as keys of the catalogue."""
    match entry.state:
        case State.NEEDS_PERSON:
            return "note.needs_person", "note.needs_person_body"
        case State.HANDED | State.PUBLISHED if entry.trouble:  # a recall asks a person
            return "note.asked", "note.asked_body"
        case State.HANDED if entry.id not in submitted:
            return "note.handed", "note.handed_body"
        case State.PUBLISHED if entry.gone_at:
            return "note.gone", "note.gone_body"
        case State.REJECTED:
            return "note.rejected", "note.rejected_body"
        case State.SKIPPED if was_missed(entry, now):
            return "note.missed", "note.missed_body"
        case State.PLANNED if any(problem.key == "delivery.unapproved" for problem in entry.trouble):
            return "note.unapproved", "note.unapproved_body"
        case _:
            return None


def _note_closed(ledger: Ledger, account: Account, office: Office, words: Catalogue, now: datetime) -> None:
    """Once for each time that it was closed."""
    subject = words.word("note.closed", channel=office.config.label_of(account.channel))
    body = "\n".join(words.problem(problem) for problem in account.closed_for)
    ledger.job.note(f"closed/{account.channel}/{account.closed_at}", subject, body, now)


def _note(ledger: Ledger, entry: Entry, what: tuple[str, str], office: Office, words: Catalogue, now: datetime) -> None:
    """Once for each try of each occurrence, and for each request that a person has made since."""
    own = entry.occurrence
    subject, body = what
    values = {
        "campaign": own.campaign,
        "announcement": own.announcement,
        "channel": office.config.label_of(own.channel),
        "slot": slot_name(own, words),
        "day": short_date(own.local_date),
        "code": own.code,
        "folder": entry.remote_id,
        "link": entry.link,
        "reason": words.word(f"skip.{entry.reason}") if entry.reason else "",
    }
    why = "\n".join(words.problem(problem) for problem in entry.trouble)
    text = "\n\n".join(filter(None, (words.word(body, **values), why)))
    asked = "".join(f"/{problem.key}/{entry.content_sha256}" for problem in entry.trouble)
    key = f"{entry.state}/{own.key}/{entry.attempts}/{entry.gone_at}{asked}"
    ledger.job.note(key, words.word(subject, **values), text, now)
