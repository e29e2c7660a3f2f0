"""Make the pictures in ``docs/`` anew from the sample's Word files, as LibreOffice lays them out.

``python tools/make_pictures.py`` needs a plan of the sample (``python3 start.py`` makes it), LibreOffice,
pdftoppm and ImageMagick. ``tools/make_gallery.py`` makes the gallery's own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rendering import GAP, GREY, draw_pages, font_file, run, write_pdfs, write_picture

from iop_sessions.formats import word
from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.jobs.read import read_plan
from iop_sessions.pages import kinds
from iop_sessions.plans.case import Case

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DENSITY = 200  # dots an inch, made smaller afterwards: letters stay sharp


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


def make_pages(folder: Path) -> dict[Shot, Path]:
    """Draw the documents that are shown, and return the picture of each page."""
    workspace = Workspace(ROOT)
    opened = read_plan(workspace, SAMPLE)
    curriculum, kept = opened.case.curriculum, opened.kept
    drawn = kinds.make(kinds.Shelf(Case(curriculum, kept.program, kept.plan)))
    shots = [*SHEETS, *(shot for shot, _, _ in PICTURES.values())]
    files = {shot.file: word.draw(drawn[f"{shot.file}.docx"], workspace.templates) for shot in shots}
    pdfs = write_pdfs({name.replace("/", "-"): data for name, data in files.items()}, folder)
    pages = {name: draw_pages(pdfs[name.replace("/", "-")], DENSITY) for name in files}
    return {shot: pages[shot.file][shot.page - 1] for shot in shots}


def make_picture(source: Path, target: Path, width: int, colors: int) -> None:
    """Make a page smaller, frame it, and give it a palette."""
    looks = ["-resize", f"{width - 2}x", "-bordercolor", GREY, "-border", "1"]
    write_picture([source, *looks], target, colors)


def make_contact_sheet(pages: Mapping[Shot, Path], target: Path) -> None:
    """Put every kind of page on one sheet: agendas in the first row, upright pages below."""
    wide = [pages[shot] for shot in SHEETS if shot.file.startswith("agendas")]
    narrow = [pages[shot] for shot in SHEETS if not shot.file.startswith("agendas")]
    rows = [target.with_suffix(".wide.png"), target.with_suffix(".narrow.png")]
    for row, shown, width, across in zip(rows, (wide, narrow), (WIDE, NARROW), (2, 5), strict=True):
        place = ["-geometry", f"{width}x+6+6", "-tile", f"{across}x", "-background", GAP]
        run("montage", "-font", font_file(), *shown, *place, "-border", "1", "-bordercolor", GREY, row)
    joined = ["-background", GAP, "-gravity", "center", "-append", "-bordercolor", GAP, "-border", "6"]
    write_picture([*rows, *joined], target, 96)


def main(docs: Path) -> None:
    """Make all pictures in a folder."""
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        pages = make_pages(work)
        for name, (shot, wide, palette) in PICTURES.items():
            make_picture(pages[shot], docs / name, wide, palette)
        make_contact_sheet(pages, work / "pages.png")
        shutil.copyfile(work / "pages.png", docs / "pages.png")


if __name__ == "__main__":
    main(DOCS)
