"""What does one agency's copy of a notice cost, in time and memory, beside docxtpl and Typst doing the same?

Each contestant makes the same copies in a process of its own and says what it took: wall seconds a copy once
everything is loaded, and the most memory that the process ever held.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from loa import on_path

on_path()

from loa.planning.audience.audience import read_audience  # noqa: E402  # after on_path
from loa.planning.workspace import open_workspace  # noqa: E402
from notices.compose import compose_paper  # noqa: E402
from notices.context import Context  # noqa: E402
from notices.fonts import HOME  # noqa: E402
from notices.receiver import Receiver  # noqa: E402
from notices.walk import paragraphs_of  # noqa: E402
from notices.writers.docx import write_docx  # noqa: E402
from notices.writers.pdf import write_pdf  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN, DOCUMENT, AUDIENCE = "song-tra-khao-sat-2026", "thong-bao", "agencies/song-tra.csv"
COPIES = 60
_SLOTS = ("ten", "dia_chi", "gio", "dien_thoai", "thu_dien_tu")

Make = Callable[[Receiver], object]


def main() -> None:
    """Every contestant in turn, each beside docxtpl or Typst, whichever makes the same kind of file."""
    taken = {name: _in_own_process(name) for name in CONTESTANTS}
    for name, peer in (("loa docx", "docxtpl"), ("loa pdf", "typst")):
        ours, theirs = taken[name], taken[peer]
        for who, said in ((name, ours), (peer, theirs)):
            print(f"{who:10} {said['seconds'] * 1000:7.1f} ms a copy, {said['megabytes']:4.0f} MB at most")
        seconds, memory = ours["seconds"] / theirs["seconds"], ours["megabytes"] / theirs["megabytes"]
        print(f"{name} / {peer}: {seconds:.2f} x the time, {memory:.2f} x the memory\n")


def _in_own_process(name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.copies", name]
    said: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    return said


def _run(name: str) -> None:
    receivers = read_audience(ROOT / AUDIENCE, AUDIENCE).receivers[: COPIES + 1]
    make = CONTESTANTS[name]()
    make(receivers[0])
    start = time.perf_counter()
    for receiver in receivers[1:]:
        make(receiver)
    seconds = (time.perf_counter() - start) / (len(receivers) - 1)
    print(json.dumps({"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _context() -> Context:
    workspace = open_workspace(ROOT)
    return workspace.context(workspace.campaign(CAMPAIGN))


def _loa_docx() -> Make:
    context = _context()
    return lambda host: write_docx(compose_paper(DOCUMENT, context.hosted_by(host)).document)


def _loa_pdf() -> Make:
    context = _context()
    return lambda host: write_pdf(compose_paper(DOCUMENT, context.hosted_by(host)).document)


def _docxtpl() -> Make:
    from docxtpl import DocxTemplate  # noqa: PLC0415  # only this contestant pays for it

    template = write_docx(compose_paper(DOCUMENT, _context().hosted_by(_slotted())).document)

    def make(host: Receiver) -> bytes:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(_values(host), autoescape=True)
        made = io.BytesIO()
        filled.save(made)
        return made.getvalue()

    return make


def _typst() -> Make:
    import typst  # noqa: PLC0415  # only this contestant pays for it

    source = Path(tempfile.mkdtemp()) / "copy.typ"  # a compiler made from bytes compiles only once
    source.write_text(_typst_source(), encoding="utf-8")
    compiler = typst.Compiler(str(source), font_paths=[str(HOME)])

    def make(host: Receiver) -> object:
        return compiler.compile(format="pdf", sys_inputs=dict(_values(host)))

    return make


def _slotted() -> Receiver:
    """A receiver whose every value is the place of a value in a template of docxtpl."""
    name, address, hours, phone, email = (f"{{{{ {slot} }}}}" for slot in _SLOTS)
    sample = Receiver.model_validate({"name": "UBND phường Mẫu"})
    contact = sample.contact.model_copy(update={"address": address, "phone": phone, "email": email})
    return sample.model_copy(update={"full_name": name, "hours": hours, "contact": contact})


def _values(host: Receiver) -> Mapping[str, str]:
    contact = host.contact
    given = (host.full_name, contact.address, host.hours, contact.phone, contact.email)
    return dict(zip(_SLOTS, (value or "" for value in given), strict=True))


def _typst_source() -> str:
    """The same notice for Typst: same page, face and words, every value an input."""
    document = compose_paper(DOCUMENT, _context().hosted_by(_slotted())).document
    head = (
        '#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))\n'
        '#set text(font: "Tinos", size: 14pt, lang: "vi")\n'
        "#set par(justify: true, first-line-indent: (amount: 12.7mm, all: true), leading: 6pt, spacing: 12pt)\n"
    )
    return head + "\n\n".join(_typst_paragraphs(document.sheets[0].blocks)) + "\n"


def _typst_paragraphs(blocks: object) -> Iterator[str]:
    for paragraph in paragraphs_of(blocks):  # type: ignore[arg-type]  # the blocks of a sheet
        text = "".join(f"\\{c}" if c in "#*_$`<>@\\[]" else c for c in paragraph.text)
        for slot in _SLOTS:
            text = text.replace(f"{{{{ {slot} }}}}".replace("_", "\\_"), f'#sys.inputs.at("{slot}")')
        yield text


CONTESTANTS: Mapping[str, Callable[[], Make]] = {
    "loa docx": _loa_docx,
    "docxtpl": _docxtpl,
    "loa pdf": _loa_pdf,
    "typst": _typst,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        _run(sys.argv[1])
    else:
        main()
