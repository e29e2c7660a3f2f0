"""Make the pictures in ``docs/`` anew from the sample's Word files, as LibreOffice lays them out.

``python tools/make_pictures.py`` needs a plan of the sample (``python3 start.py`` makes it), LibreOffice,
pdftoppm and ImageMagick.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from iop_sessions import documents, pipeline, word
from iop_sessions.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DENSITY = 200  # dots an inch, made smaller afterwards: letters stay sharp
GREY = "#c4c4c4"
GAP = "#e9e9e9"


@dataclass(frozen=True)
class Shot:
    """One page of one document."""

    file: str
    page: int = 1


PICTURES = {
    "agenda.png": (Shot("agendas/week-01-agenda"), 1000, 48),
    "handout.png": (Shot("handouts/RT-05a-write-my-lines"), 700, 32),
    "guide.png": (Shot("guides/RP-05-talking-back-to-using-thoughts", 2), 700, 32),
    "coverage.png": (Shot("coverage/coverage"), 700, 48),
}
WIDE = 784  # a landscape page on the contact sheet: two in a row
NARROW = 306  # an upright page: five in a row
SHEETS = (
    Shot("agendas/week-01-agenda"),
    Shot("agendas/week-03-agenda"),
    Shot("coverage/coverage"),
    Shot("guides/RP-05-talking-back-to-using-thoughts"),
    Shot("guides/RP-05-talking-back-to-using-thoughts", 2),
    Shot("handouts/OR-01a-your-first-day"),
    Shot("handouts/PE-01a-overdose-stay-alive"),
    Shot("handouts/PE-01a-overdose-stay-alive", 2),
    Shot("handouts/RP-04a-getting-through-an-urge", 2),
    Shot("handouts/RP-05a-talking-back-to-using-thoughts"),
    Shot("handouts/RP-24a-my-plan-on-one-page"),
    Shot("handouts/RP-10a-my-emergency-card", 2),
    Shot("handouts/RT-05a-write-my-lines"),
    Shot("handouts/FG-01a-what-addiction-does-to-a-family", 2),
    Shot("handouts/SD-01a-planning-the-day-and-weekend"),
    Shot("handouts/SD-07a-low-days-and-when-to-call-988", 2),
    Shot("handouts/SD-21a-grounding-and-quiet-mind"),
)


def make_documents(folder: Path) -> None:
    """Draw the documents that are shown."""
    workspace = Workspace(ROOT)
    curriculum, kept = pipeline.read_plan(workspace, pipeline.SAMPLE)
    drawn = documents.make(documents.Shelf(curriculum, kept.program, kept.plan))
    shots = [*SHEETS, *(shot for shot, _, _ in PICTURES.values())]
    for name in {shot.file for shot in shots}:
        target = folder / f"{name.replace('/', '-')}.docx"
        target.write_bytes(word.draw(drawn[f"{name}.docx"], workspace.templates))


def make_pages(folder: Path) -> None:
    """Turn every document into one picture a page: ``NAME-1.png`` and so on."""
    files = sorted(map(str, folder.glob("*.docx")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(order, check=True, capture_output=True)
    for pdf in sorted(folder.glob("*.pdf")):
        order = ["pdftoppm", "-png", "-r", str(DENSITY), str(pdf), str(pdf.with_suffix(""))]
        subprocess.run(order, check=True)


def page_of(folder: Path, shot: Shot) -> Path:
    """Find the picture of a page; pdftoppm writes ``-01`` where there are ten pages or more."""
    return sorted(folder.glob(f"{shot.file.replace('/', '-')}-[0-9]*.png"))[shot.page - 1]


def make_picture(source: Path, target: Path, width: int, colors: int) -> None:
    """Make a page smaller, frame it, and give it a palette."""
    looks = ["-resize", f"{width - 2}x", "-bordercolor", GREY, "-border", "1"]
    _convert([str(source), *looks], target, colors)


def make_contact_sheet(folder: Path, target: Path) -> None:
    """Put every kind of page on one sheet: agendas in the first row, upright pages below."""
    pages = {shot: str(page_of(folder, shot)) for shot in SHEETS}
    wide = [page for shot, page in pages.items() if shot.file.startswith("agendas")]
    narrow = [page for page in pages.values() if page not in wide]
    rows = [folder / "wide.png", folder / "narrow.png"]
    for row, shown, width, across in zip(rows, (wide, narrow), (WIDE, NARROW), (2, 5), strict=True):
        place = ["-geometry", f"{width}x+6+6", "-tile", f"{across}x", "-background", GAP]
        looks = ["-border", "1", "-bordercolor", GREY]
        subprocess.run(["montage", *shown, *place, *looks, str(row)], check=True)
    joined = ["-background", GAP, "-gravity", "center", "-append", "-bordercolor", GAP, "-border", "6"]
    _convert([*map(str, rows), *joined], target, 96)


def _convert(order: list[str], target: Path, colors: int) -> None:
    """Write a picture without the clock, as small as a palette makes it."""
    small = ["+dither", "-colors", str(colors), "-strip", "-define", "png:exclude-chunks=date,time"]
    packed = ["-define", "png:compression-level=9", "-define", "png:compression-filter=0"]
    subprocess.run(["convert", *order, *small, *packed, f"PNG8:{target}"], check=True)
    sys.stdout.write(f"wrote {target.name}, {target.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        make_documents(work)
        make_pages(work)
        for picture, (which, wide, palette) in PICTURES.items():
            make_picture(page_of(work, which), DOCS / picture, wide, palette)
        make_contact_sheet(work, DOCS / "pages.png")
