"""How long does the paper of one dispatch take, from a cold start and once everything is loaded?"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import report, time_call, time_command
from loa import on_path

on_path()

from loa.planning.workspace import open_workspace  # noqa: E402  # after on_path
from notices.compose import compose_paper  # noqa: E402
from notices.writers.docx import write_docx  # noqa: E402
from notices.writers.pdf import write_pdf  # noqa: E402
from notices.writers.png import write_pngs  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
_CAMPAIGN, _DOCUMENT = "khanh-hoa-2023", "cong-van"
# What reading a campaign, setting its lines and writing both files cannot do without.
_LIBRARIES = (
    *("click", "tomllib", "yaml", "pydantic.main", "jinja2", "markdown_it", "PIL.Image", "sqlite3"),
    *("docx", "reportlab.pdfgen.canvas"),
)


def main() -> None:
    """The dispatch of the first bundled campaign: three pages with its attached notice."""
    loa = Path(sys.executable).with_name("loa")
    report("its libraries, imported alone", time_command([sys.executable, "-c", f"import {', '.join(_LIBRARIES)}"]))
    with tempfile.TemporaryDirectory() as folder:
        place = ["--workspace", str(ROOT)]
        command = [str(loa), *place, "render", _CAMPAIGN, "--only", _DOCUMENT, "--output", folder]
        report("DOCX + PDF of one dispatch, cold", time_command(command), limit=36)
    workspace = open_workspace(ROOT)
    context = workspace.context(workspace.campaign(_CAMPAIGN))
    document = compose_paper(_DOCUMENT, context).document
    pdf = write_pdf(document)
    pages = len(write_pngs(pdf))
    report("compose, warm", time_call(lambda: compose_paper(_DOCUMENT, context)), limit=1)
    report("DOCX, warm", time_call(lambda: write_docx(document)), limit=2.5)
    report("PDF, warm", time_call(lambda: write_pdf(document)), limit=2.5)
    report(f"pictures of its {pages} pages", time_call(lambda: write_pngs(pdf)), limit=5 * pages)


if __name__ == "__main__":
    main()
