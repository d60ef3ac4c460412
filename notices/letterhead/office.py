"""DOCX → PDF by LibreOffice: the only program that lays out somebody else's Word file as it is meant."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from loa.core.errors import Place, mistake
from notices.fonts import HOME

TIMEOUT = 120  # seconds; a letter takes two or three

# Where installers put it without telling PATH.
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
# The computer's own fonts; where Times New Roman is missing, our twin of the same widths. LibreOffice would take
# Liberation Serif, which on many computers is an old one without Vietnamese letters.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir>
<selectfont><rejectfont><pattern><patelt name="family"><string>Liberation Serif</string></patelt></pattern></rejectfont>
</selectfont>
<alias binding="same"><family>Liberation Serif</family><accept><family>Tinos</family></accept></alias>
<alias binding="same"><family>Times New Roman</family><accept><family>Tinos</family></accept></alias></fontconfig>
"""


def to_pdf(docx: bytes, *, name: str) -> bytes:
    """The Word file as PDF; ``name`` is the document's, for messages.

    Every call has a profile of its own, so that several can run at once. Raises LoaError: LibreOffice is not
    installed, or gave nothing within ``TIMEOUT`` seconds.
    """
    program = shutil.which("soffice") or next((str(path) for path in _PLACES if path.is_file()), None)
    if program is None:
        raise mistake("letterhead.no_libreoffice", Place(part=name))
    with tempfile.TemporaryDirectory(prefix="loa-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "paper.docx").write_bytes(docx)
        (folder / "fonts.conf").write_text(_FONTS.format(fonts=HOME), encoding="utf-8")
        _convert(program, folder)
        pdf = folder / "paper.pdf"
        if not pdf.is_file():
            raise mistake("letterhead.not_converted", Place(part=name), limit=TIMEOUT)
        return _without_clock(pdf.read_bytes(), hashlib.sha256(docx).hexdigest())


def _without_clock(pdf: bytes, seed: str) -> bytes:
    """The same Word file gives the same PDF: its date and identifiers are replaced by ones of the same length."""
    pdf = re.sub(rb"(?<=/CreationDate\(D:)\d{14}", b"19800101000000", pdf)
    identifier = seed.upper()[:32].encode()
    return re.sub(
        rb"/ID \[ <[0-9A-F]{32}>\s<[0-9A-F]{32}> \]|/DocChecksum /[0-9A-F]{32}",
        lambda found: re.sub(rb"[0-9A-F]{32}", identifier, found[0]),
        pdf,
    )


def _convert(program: str, folder: Path) -> None:
    """Run LibreOffice until it ends or its time is over; whatever it started ends with it."""
    profile = (folder / "profile").as_uri()
    process = subprocess.Popen(  # noqa: S603  # a program of this computer, and names of our own
        [
            *(program, f"-env:UserInstallation={profile}", "--headless", "--norestore"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
