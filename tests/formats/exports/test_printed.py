"""The pages as LibreOffice prints them: how many, none empty, no heading alone; and Word would open them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.formats.exports.conftest import Sample
from tests.lib.outline import footers, headings

pytestmark = pytest.mark.needs_tool("soffice", "pdftotext")
Printed = dict[str, list[list[str]]]


def long_ones(printed: Printed, folder: str, most: int) -> dict[str, int]:
    chosen = {name: len(pages) for name, pages in printed.items() if f"/{folder}/" in name}
    assert chosen
    return {name: pages for name, pages in chosen.items() if pages > most}


def test_a_week_fits_on_one_page(printed: Printed) -> None:
    assert long_ones(printed, "agendas", 1) == {}


def test_a_handout_fits_on_one_sheet(printed: Printed) -> None:
    assert long_ones(printed, "handouts", 2) == {}


def test_the_coverage_of_either_program_fits_on_one_page(printed: Printed) -> None:
    assert sum("/coverage/" in name for name in printed) == 2
    assert long_ones(printed, "coverage", 1) == {}


def words_of(page: list[str], small_print: list[str]) -> list[str]:
    """Return the lines of a page without its footer."""
    return [line for line in page if line not in small_print and not line.startswith("Page ")]


def test_no_page_is_empty(sample: Sample, printed: Printed) -> None:
    empty = [
        f"{name}, page {number}"
        for name, pages in printed.items()
        for number, page in enumerate(pages, 1)
        if not words_of(page, footers(sample.files[name]))
    ]
    assert empty == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(sample: Sample, printed: Printed) -> None:
    alone = [
        f"{name}, page {number}: {page[-1]}"
        for name, pages in printed.items()
        for number, page in enumerate((words_of(each, footers(sample.files[name])) for each in pages), 1)
        if ends_with_a_heading(page, headings(sample.files[name])) and number < len(pages)
    ]
    assert alone == []


def ends_with_a_heading(page: list[str], titles: list[str]) -> bool:
    """Say whether a page's last one to three lines are one of its headings."""
    return any(" ".join(page[-count:]) in titles for count in (1, 2, 3))


def test_a_heading_at_the_foot_would_be_seen() -> None:
    assert ends_with_a_heading(
        ["Some words.", "A long heading that", "runs on"], ["A long heading that runs on"]
    )
    assert not ends_with_a_heading(["A heading", "Some words."], ["A heading"])


TWO = ("evening-12-week/agendas/week-03-agenda.docx", "evening-12-week/handouts/OR-01a-your-first-day.docx")


def faults_in(validator: str, folder: Path, names: list[str]) -> dict[str, list[object]]:
    """Ask the Open XML SDK about files, two at a time, for it takes one a call."""

    def ask(name: str) -> list[object]:
        done = subprocess.run([validator, str(folder / name)], capture_output=True, check=False)
        told = json.loads(done.stdout)
        return [] if told["ok"] and done.returncode == 0 else told["errors"]

    with ThreadPoolExecutor(2) as two:
        found = dict(zip(names, two.map(ask, names), strict=True))
    return {name: faults for name, faults in found.items() if faults}


def test_the_open_xml_sdk_finds_no_fault_in_an_agenda_and_a_handout(
    sample: Sample, needs_tool: Callable[[str], str]
) -> None:
    assert faults_in(needs_tool("ooxml-validator"), sample.workspace.output, list(TWO)) == {}


@pytest.mark.deep
def test_the_open_xml_sdk_finds_no_fault_in_any_file(
    sample: Sample, needs_tool: Callable[[str], str]
) -> None:
    assert faults_in(needs_tool("ooxml-validator"), sample.workspace.output, list(sample.files)) == {}


def test_the_open_xml_sdk_would_find_a_fault(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    assert list(faults_in(needs_tool("ooxml-validator"), tmp_path, ["broken.docx"])) == ["broken.docx"]
