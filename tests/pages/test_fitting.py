"""What is guessed of a sheet's room is near what an office program finds there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Cell, Heading, Page, Table, cell, line
from iop_sessions.pages import fitting
from tests.pages.papers.test_drawn import sheets

THREE_DAYS = (0.64, *(5.36 / 3,) * 3)


@pytest.fixture(scope="module")
def laid(real: Curriculum, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, list[str]]]:
    """Return a function that lays out a sheet for each guess, and returns its lines."""
    from pypdf import PdfReader

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

    def lay(office: str) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("fitting")
        made = {name: _page(*given) for name, given in cells.items()}
        sheets(made | {"a4": replace(made["SHEET_LINES"], paper="a4")}, office, folder)
        found = {name: PdfReader(folder / f"{name}.pdf").pages[0].extract_text() for name in (*made, "a4")}
        return {name: [each.strip() for each in text.split("\n")] for name, text in found.items()}

    return lay


def _page(widths: tuple[float, ...], filled: Cell) -> Page:
    """Make a landscape sheet whose table has one filled cell, beside the column of times if there is one."""
    before = (cell("5:30", small=filled.small),) if len(widths) > 1 else ()
    row = (*before, filled, *(Cell() for _ in widths[len(before) + 1 :]))
    header = tuple(cell("Day", small=filled.small) for _ in widths)
    table = Table("Groups", header, (row,), "grid", widths)
    return Page("agenda", "Week", (Heading(1, "Week"), table), ("small print",), landscape=True)


def test_an_a4_sheet_holds_the_lines_guessed_and_a_line_has_about_the_letters_guessed(
    laid: Callable[[str], dict[str, list[str]]], needs_tool: Callable[[str], str]
) -> None:
    lines = laid(needs_tool("soffice"))
    held = [sum(each.startswith("line ") for each in lines.pop(name)) for name in ("SHEET_LINES", "a4")]
    assert held == [fitting.SHEET_LINES + 1, fitting.SHEET_LINES]
    for name, found in lines.items():
        letters = [len(each) for each in found if len(each) > 12][:-1]
        mean, guess = sum(letters) / len(letters), getattr(fitting, name)
        assert 0.9 * mean <= guess <= 1.05 * max(letters), (name, guess, mean, max(letters))
