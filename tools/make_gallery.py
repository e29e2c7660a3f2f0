"""Draw every kind of paper on both papers, in both sizes and languages, in colour and as a copier sees it.

``python tools/make_gallery.py [FOLDER]`` needs a plan of the sample (``python3 start.py`` makes it),
LibreOffice, poppler-utils and ImageMagick. FOLDER is ``output/gallery`` where none is named. The pictures
stand in it as ``KIND/PAPER-LANGUAGE[-large-print]-PAGE.png``, those in grey in ``KIND/grey``; ``index.html``
shows them side by side, and ``docs/gallery.png`` holds the first page of each.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rendering import GAP, TIMELESS, draw_pages, each, font_file, run, write_pdfs, write_picture
from specimens import VARIANTS, Variant, fullest

from iop_sessions.formats import word
from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.jobs.read import read_plan
from iop_sessions.pages.kinds import Shelf
from iop_sessions.plans.case import Case

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "output" / "gallery"
SHEET = ROOT / "docs" / "gallery.png"
DENSITY = 80  # dots an inch: small print can be read
MOST = 20  # pages of one paper: what a workbook binds after them is shown as handouts
WIDE, HIGH = 240, 311  # of a page on the contact sheet
HEAD, NAMES = 40, 150  # how high its column names stand, and how wide its row names
ROOM = 8  # around each
COLORS = 48
COLUMNS: tuple[tuple[str, Variant, bool], ...] = (
    ("Letter", Variant(), False),
    ("Letter, copied in grey", Variant(), True),
    ("A4", Variant("a4"), False),
    ("Large print", Variant(large_print=True), False),
    ("Spanish", Variant(language="es"), False),
    ("Spanish, large print", Variant(language="es", large_print=True), False),
)


@dataclass(frozen=True)
class Drawn:
    """The pictures of one paper's pages in one look."""

    kind: str
    look: Variant
    pages: tuple[Path, ...]

    @property
    def grey(self) -> tuple[Path, ...]:
        """Return the same pages as a copier prints them."""
        return tuple(page.parent / "grey" / page.name for page in self.pages)


def make_files(workspace: Workspace) -> dict[tuple[str, Variant], bytes]:
    """Draw the fullest paper of every kind in every look it comes in."""
    opened = read_plan(workspace, SAMPLE)
    curriculum, kept = opened.case.curriculum, opened.kept
    shelf = Shelf(Case(curriculum, kept.program, kept.plan))
    return {
        (kind, look): word.draw(page, workspace.templates)
        for look in VARIANTS
        for kind, page in fullest(look.of(shelf)).items()
    }


def make_pages(files: Mapping[tuple[str, Variant], bytes], folder: Path) -> list[Drawn]:
    """Turn every paper into pictures, a folder for each kind."""
    for kind in {kind for kind, _ in files}:
        (folder / kind).mkdir()
    names = {f"{kind}/{look.name}": data for (kind, look), data in files.items()}
    pdfs = write_pdfs(names, folder)
    made: dict[str, tuple[Path, ...]] = {}

    def draw(name: str) -> None:
        made[name] = tuple(draw_pages(pdfs[name], DENSITY, MOST))
        pdfs[name].unlink()

    each(draw, names)
    each(make_grey, sorted(folder.iterdir()))
    return [Drawn(kind, look, made[f"{kind}/{look.name}"]) for kind, look in files]


def make_grey(folder: Path) -> None:
    """Copy the pictures of a kind in grey."""
    (folder / "grey").mkdir()
    pictures = sorted(folder.glob("*.png"))
    run("mogrify", "-path", folder / "grey", "-colorspace", "Gray", *TIMELESS, *pictures)


def write_index(drawn: Iterable[Drawn], folder: Path) -> None:
    """Show all pictures on one page: a part for each kind, a row for each look, colour above grey."""
    style = "body{font:16px sans-serif;background:#e9e9e9} .pages{display:flex;flex-wrap:wrap;gap:8px}"
    style += " img{width:340px;border:1px solid #c4c4c4}"
    lines = ["<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
             "<title>Gallery</title>", f"<style>{style}</style>", "</head>", "<body>",
             "<h1>Every kind of paper</h1>"]  # fmt: skip
    kind = ""
    for paper in sorted(drawn, key=lambda paper: paper.kind):
        if paper.kind != kind:
            kind = paper.kind
            lines.append(f"<h2>{escape(kind)}</h2>")
        for title, pictures in ((paper.look.name, paper.pages), (f"{paper.look.name}, grey", paper.grey)):
            lines.append(f'<h3>{escape(title)}</h3><div class="pages">')
            lines += [_image(picture.relative_to(folder).as_posix()) for picture in pictures]
            lines.append("</div>")
    (folder / "index.html").write_text("\n".join([*lines, "</body>", "</html>", ""]), encoding="utf-8")


def _image(name: str) -> str:
    return f'<img loading="lazy" src="{escape(name)}" alt="{escape(name)}">'


def write_sheet(drawn: Iterable[Drawn], target: Path) -> None:
    """Put the first page of every paper on one sheet: a row for each kind, a column for each look."""
    found = {(paper.kind, paper.look): paper for paper in drawn}
    order = _row(_words("", HEAD), (_words(title, HEAD, WIDE) for title, _, _ in COLUMNS))
    for kind in dict.fromkeys(kind for kind, _ in found):
        papers = ((found.get((kind, look)), grey) for _, look, grey in COLUMNS)
        order += _row(
            _words(kind.replace("-", " "), HIGH), (_cell(paper, grey=grey) for paper, grey in papers)
        )
    font = ["-background", GAP, "-font", font_file(), "-pointsize", "22"]
    write_picture([*font, *order, "-append"], target, COLORS)


def _row(first: list[str], cells: Iterable[list[str]]) -> list[str]:
    return ["(", *first, *(word for cell in cells for word in cell), "+append", ")"]


def _words(text: str, high: int, wide: int = NAMES) -> list[str]:
    """Return what ImageMagick writes a text with, in the middle of a place."""
    place = ["-gravity", "center", "-size", f"{wide}x{high}"]
    return ["(", *place, f"caption:{text}" if text else f"xc:{GAP}", "-extent", _size(wide, high), ")"]


def _cell(paper: Drawn | None, *, grey: bool) -> list[str]:
    """Return what ImageMagick shows a paper's first page with; an empty place where there is none."""
    if paper is None:
        return _words("", HIGH, WIDE)
    page = (paper.grey if grey else paper.pages)[0]
    return [
        "(",
        str(page),
        "-resize",
        f"{WIDE}x{HIGH}",
        "-gravity",
        "center",
        "-extent",
        _size(WIDE, HIGH),
        ")",
    ]


def _size(wide: int, high: int) -> str:
    return f"{wide + ROOM}x{high + ROOM}"


def main(folder: Path) -> None:
    """Make the gallery anew in a folder, and its contact sheet."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "index.html").is_file():
        raise SystemExit(f"{folder} is not a gallery: name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    drawn = make_pages(make_files(Workspace(ROOT)), folder)
    write_index(drawn, folder)
    print(f"wrote {sum(len(paper.pages) for paper in drawn)} pages to {folder}")
    write_sheet(drawn, SHEET)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
