"""A mail server on this computer that keeps what it takes, and can be told what to refuse."""

from __future__ import annotations

import base64
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread


@dataclass
class MailServer:
    """What came in, and what goes wrong."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    keyword: str | None = None  # to log in with; None: it asks nobody to log in
    refused: tuple[str, ...] = ()  # addresses
    drops: str = ""  # the command at which it hangs up; AFTER: when it has read a mail
    answers: dict[str, str] = field(default_factory=dict)  # to commands, instead of the usual


class _Talk(socketserver.StreamRequestHandler):
    """One connection, line by line (RFC 5321)."""

    state: MailServer

    def handle(self) -> None:
        with suppress(OSError):  # a client may hang up at any time
            self._talk()

    def _talk(self) -> None:
        self._say("220 thu.example.gov.vn")
        to: list[str] = []
        for line in self.rfile:
            command, _, rest = line.decode("latin-1").strip().partition(" ")  # anything: a client may speak TLS
            command = command.upper()
            if command == self.state.drops:
                return
            if command in self.state.answers:
                self._say(self.state.answers[command])
            elif command == "EHLO":
                self.state.greetings.append(rest)
                self._say("250-thu.example.gov.vn" if self.state.keyword else "250 thu.example.gov.vn")
                if self.state.keyword:
                    self._say("250 AUTH PLAIN")
            elif command == "AUTH":
                said = base64.b64decode(rest.partition(" ")[2]).decode()
                self.state.logins.append(said)
                right = said.rpartition("\0")[2] == self.state.keyword
                self._say("235 ok" if right else f"535 wrong: {said!r}")
            elif command == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                if address in self.state.refused:
                    self._say("550 unknown")
                else:
                    to.append(address)
                    self._say("250 ok")
            elif command == "DATA":
                self._say("354 go on")
                self._take(to)
                if self.state.drops == "AFTER":
                    return
                self._say("250 taken")
                to = []
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, to: list[str]) -> None:
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.state.drops == "AFTER":
            return
        self.state.mails.append(message_from_bytes(b"".join(lines), policy=default))
        self.state.recipients.append(to)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A running server on a free port of this computer."""
    state = MailServer()
    handler = type("Talk", (_Talk,), {"state": state})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
