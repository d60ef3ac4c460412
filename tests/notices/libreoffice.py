"""LibreOffice as a second pair of eyes: it lays out our DOCX, with our fonts and no others."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from notices.fonts import HOME

_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>
"""


def to_pdf(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Convert DOCX files, all in one call, because starting LibreOffice is what takes time. Name → PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    fontconfig = folder / "fonts.conf"
    fontconfig.write_text(_FONTCONFIG.format(fonts=HOME, cache=folder / "cache"), encoding="utf-8")
    given = []
    for name, content in files.items():
        path = folder / f"{name}.docx"
        path.write_bytes(content)
        given.append(str(path))
    made = folder / "pdf"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(made), *given],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: made / f"{name}.pdf" for name in files}
