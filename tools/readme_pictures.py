"""Make ``docs/pictures``: pages of the bundled campaigns, small enough for a README.

Run by ``make pictures``. The page that lists kits is taken by Chromium; without it that one picture stays as it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
WHERE = ROOT / "docs" / "pictures"
# Name of the picture: campaign, page, and width in pixels, about twice of what the README shows.
PAGES = {
    "cong-van": ("song-tra-khao-sat-2026", "cong-van-1", 800),
    "ap-phich": ("song-tra-khao-sat-2026", "ap-phich-1", 560),
    "ap-phich-den-trang": ("song-tra-khao-sat-2026", "ap-phich-den-trang-1", 560),
    "ap-phich-ket-qua": ("song-tra-ket-qua-2026", "ap-phich-1", 560),
    "ap-phich-ho-tro": ("song-tra-dich-vu-cong-2026", "ap-phich-1", 560),
    "ap-phich-treo-co": ("tra-giang-tet-duong-lich-2027", "ap-phich-1", 860),
}
KITS = ("song-tra-khao-sat-2026", "UBND phường Trà Giang", "UBND xã An Phú")
COLOURS = 64  # enough for flat colours and smooth edges of letters


def main() -> None:
    """Every picture anew."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        _render(output, *sorted({campaign for campaign, _, _ in PAGES.values()}), "--format", "png")
        for picture, (campaign, page, width) in PAGES.items():
            _shrink(output / campaign / f"{page}.png", picture, width)
        if browser := shutil.which("chromium"):
            _take_kits(browser, output)
        else:
            print("chromium is not here: docs/pictures/bo-an-pham.png stays as it is")


def _render(output: Path, *arguments: str) -> None:
    command = (sys.executable, "-m", "loa", "--workspace", str(ROOT), "render", *arguments, "--output", str(output))
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def _take_kits(browser: str, output: Path) -> None:
    campaign, *agencies = KITS
    _render(output, campaign, *(word for agency in agencies for word in ("--for", agency)))
    page = output / campaign / "kits" / "index.html"
    taken = output / "index.png"
    options = ("--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1200,880", f"--screenshot={taken}")
    subprocess.run((browser, *options, page.as_uri()), check=True, capture_output=True)
    _shrink(taken, "bo-an-pham", 1200)


def _shrink(source: Path, name: str, width: int) -> None:
    """The picture ``width`` pixels wide, in few colours."""
    with Image.open(source) as opened:
        height = round(opened.height * width / opened.width)
        small = opened.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    few = small.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(WHERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    WHERE.mkdir(exist_ok=True)
    main()
