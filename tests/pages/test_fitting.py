"""What is guessed of a sheet's room is near what an office program finds there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from rendering import write_pdfs

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import Cell, Heading, Page, Table, cell, line
from iop_sessions.pages import fitting
from tests.pages.papers.test_drawn import TEMPLATES

THREE_DAYS = (0.64, *(5.36 / 3,) * 3)


def laid_out(real: Curriculum, folder: Path) -> dict[str, list[str]]:
    """Lay out a sheet for each guess, and return its lines."""
    ours = [topic for topic in real.topics if topic.content == "full"]
    aims, titles = (" ".join(texts) for texts in ([each.aim for each in ours], [each.title for each in ours]))
    cells = {
        "STRIP_LETTERS": ((6.0,), cell(aims[:1800], small=True)),
        "DAYS_LETTERS": ((0.64, 5.36), cell(aims[:1800], small=True)),
        "TITLE_LETTERS": (THREE_DAYS, Cell((line(titles[:500], bold=True),), badge="RP")),
        "AIM_LETTERS": (THREE_DAYS, cell(aims[:600])),
        "NOTE_LETTERS": (THREE_DAYS, cell(aims[:600], small=True)),
        "SHEET_LINES": ((6.0,), cell(*(f"line {number}" for number in range(1, 61)), small=True)),
    }

    made = {name: _page(*given) for name, given in cells.items()}
    pages = made | {"a4": replace(made["SHEET_LINES"], paper="a4")}
    pdfs = write_pdfs({name: draw(page, TEMPLATES) for name, page in pages.items()}, folder)
    found = {name: PdfReader(path).pages[0].extract_text() for name, path in pdfs.items()}
    return {name: [each.strip() for each in text.split("\n")] for name, text in found.items()}


def _page(widths: tuple[float, ...], filled: Cell) -> Page:
    """Make a landscape sheet whose table has one filled cell, beside the column of times if there is one."""
    before = (cell("5:30", small=filled.small),) if len(widths) > 1 else ()
    row = (*before, filled, *(Cell() for _ in widths[len(before) + 1 :]))
    header = tuple(cell("Day", small=filled.small) for _ in widths)
    table = Table("Groups", header, (row,), "grid", widths)
    return Page("agenda", "Week", (Heading(1, "Week"), table), ("small print",), landscape=True)


@pytest.mark.deep
@pytest.mark.needs_tool("soffice")
def test_an_a4_sheet_holds_the_lines_guessed_and_a_line_has_about_the_letters_guessed(
    real: Curriculum, tmp_path: Path
) -> None:
    lines = laid_out(real, tmp_path)
    held = [sum(each.startswith("line ") for each in lines.pop(name)) for name in ("SHEET_LINES", "a4")]
    assert held == [fitting.SHEET_LINES + 1, fitting.SHEET_LINES]
    for name, found in lines.items():
        letters = [len(each) for each in found if len(each) > 12][:-1]
        mean, guess = sum(letters) / len(letters), getattr(fitting, name)
        assert 0.9 * mean <= guess <= 1.05 * max(letters), (name, guess, mean, max(letters))
