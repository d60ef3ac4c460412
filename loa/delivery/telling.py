"""Reminders by e-mail: what the posting job has to tell goes to those whom config.yaml names, once each."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from loa.core.errors import LoaError, Place, Problem, reason_of
from loa.core.secrets import Secret, Secrets
from loa.core.text import normalise, one_line
from loa.delivery.settling import Now
from loa.ledger.job import Notice
from loa.ledger.store import Ledger
from loa.planning.mail import Smtp
from loa.planning.model import Config

# So many in one pass; the rest follow with the next, which is a minute later.
_MOST = 50
_PLACE = Place(part="smtp")


def tell(ledger: Ledger, config: Config, secrets: Secrets, now: Now) -> tuple[Problem, ...]:
    """Send what is still to be told; what could not be told, and stays for the next pass, comes back as problems.

    A process that dies between the server's answer and the ledger sends that one again, with the same Message-ID.
    Nothing leaves a rehearsal. Raises LoaError only when the ledger cannot be used.
    """
    if config.smtp is None or ledger.rehearsal:
        return ()
    notices = ledger.job.untold()[:_MOST]
    if not notices:
        return ()
    try:
        password = secrets.require(config.smtp.password_env, _PLACE) if config.smtp.password_env else None
    except LoaError as error:
        return error.problems
    try:
        with _server(config.smtp, password) as server:
            return _send_all(server, config.smtp, notices, ledger, now)
    except OSError as error:  # smtplib's own errors are among them
        return (_problem(config.smtp, error),)


def _send_all(
    server: smtplib.SMTP, smtp: Smtp, notices: tuple[Notice, ...], ledger: Ledger, now: Now
) -> tuple[Problem, ...]:
    """One that the server refuses holds up no other."""
    problems: dict[str, Problem] = {}
    for notice in notices:
        try:
            refused = server.send_message(_message(notice, smtp, now), smtp.from_, smtp.to)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            problem = _problem(smtp, error)
            problems[str(problem.values)] = problem
            continue
        ledger.job.told(notice, now())
        for address, (code, _) in refused.items():
            problems[address] = Problem(
                key="mail.recipient", place=_PLACE, values={"address": address, "host": smtp.host, "code": code}
            )
    return tuple(problems.values())


@contextmanager
def _server(smtp: Smtp, password: Secret | None) -> Iterator[smtplib.SMTP]:
    """The mail server, logged in; encrypted before the password is sent. OSError passes through."""
    context = ssl.create_default_context()
    # The own name to greet with: smtplib would ask the network for it, which may take long.
    own = smtp.from_.rpartition("@")[2]
    if smtp.tls == "tls":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, own, timeout=smtp.timeout, context=context)
    else:
        opened = smtplib.SMTP(smtp.host, smtp.port, own, timeout=smtp.timeout)
    with opened as server:
        if smtp.tls == "starttls":
            server.starttls(context=context)
        if smtp.user and password:
            server.login(smtp.user, password.reveal())
        yield server


def _message(notice: Notice, smtp: Smtp, now: Now) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = smtp.from_
    message["To"] = ", ".join(smtp.to)
    message["Subject"] = one_line(normalise(notice.subject))
    message["Date"] = format_datetime(now())
    name = hashlib.sha256(f"{notice.id} {notice.key}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{name}@{smtp.from_.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    message.set_content(notice.body)
    return message


def _problem(smtp: Smtp, error: OSError) -> Problem:
    """Why nothing could be sent, without the server's words: they may repeat what it was sent."""
    values: dict[str, object] = {"host": smtp.host, "port": smtp.port}
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Problem(key="mail.login", place=_PLACE, values=values)
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return Problem(key="mail.no_tls", place=_PLACE, values=values)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
        return Problem(key="mail.refused", place=_PLACE, values=values | {"code": codes})
    if isinstance(error, smtplib.SMTPResponseException):
        return Problem(key="mail.refused", place=_PLACE, values=values | {"code": error.smtp_code})
    if isinstance(error, smtplib.SMTPException):
        return Problem(key="mail.no_answer", place=_PLACE, values=values)
    return Problem(key="mail.no_connection", place=_PLACE, values=values | {"reason": reason_of(error)})
