"""What the posting job has to tell somebody who is not at the terminal: each thing once, in the office's language."""

from __future__ import annotations

from datetime import datetime

from loa.core.words import Catalogue, catalogue
from loa.delivery.office import Office
from loa.ledger.accounts import Account
from loa.ledger.model import Entry, State
from loa.ledger.store import Ledger
from notices.wording import short_date


def note_what_needs_somebody(ledger: Ledger, office: Office, now: datetime) -> None:
    """Remember to tell of closed accounts, of what nobody but a person can settle, of what lies ready to be posted.

    Call it after each pass: what was told before is not told again. Raises LoaError when the ledger cannot be used.
    """
    words = catalogue(office.config.language)
    for account in ledger.accounts.all():
        if account.closed_at:
            _note_closed(ledger, account, words, now)
    for entry in ledger.entries():
        if entry.state is State.NEEDS_PERSON:
            _note(ledger, entry, "note.needs_person", "note.needs_person_body", words, now)
        elif entry.state in {State.HANDED, State.PUBLISHED} and entry.trouble:  # a recall asks a person
            _note(ledger, entry, "note.asked", "note.asked_body", words, now)
        elif entry.state is State.HANDED:
            _note(ledger, entry, "note.handed", "note.handed_body", words, now)
        elif entry.state is State.PUBLISHED and entry.gone_at:
            _note(ledger, entry, "note.gone", "note.gone_body", words, now)


def _note_closed(ledger: Ledger, account: Account, words: Catalogue, now: datetime) -> None:
    """Once for each time that it was closed."""
    subject = words.word("note.closed", channel=account.channel)
    body = "\n".join(words.problem(problem) for problem in account.closed_for)
    ledger.job.note(f"closed/{account.channel}/{account.closed_at}", subject, body, now)


def _note(ledger: Ledger, entry: Entry, subject: str, body: str, words: Catalogue, now: datetime) -> None:
    """Once for each try of each occurrence, and for each request that a person has made since."""
    own = entry.occurrence
    values = {
        "campaign": own.campaign,
        "announcement": own.announcement,
        "channel": own.channel,
        "slot": own.slot,
        "day": short_date(own.local_date),
        "code": own.code,
        "folder": entry.remote_id,
        "link": entry.link,
    }
    why = "\n".join(words.problem(problem) for problem in entry.trouble)
    text = "\n\n".join(filter(None, (words.word(body, **values), why)))
    asked = "".join(f"/{problem.key}/{entry.content_sha256}" for problem in entry.trouble)
    key = f"{entry.state}/{own.key}/{entry.attempts}/{entry.gone_at}{asked}"
    ledger.job.note(key, words.word(subject, **values), text, now)
