"""What one document of each kind says, line by line, beside what it said when somebody last looked at it.

The plan is laid out here, not solved, so that the outlines are the same on every system. After a change
that is meant, write them anew with --update-golden and look at the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from iop_sessions.coverage import covering
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats import word
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Sheet, with_rows
from iop_sessions.program.calendar import meetings
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program
from tests.lib import small
from tests.lib.outline import outline
from tests.lib.ready import library, ready
from tests.lib.workspaces import ROOT

GOLDEN = ROOT / "tests" / "golden"


@dataclass(frozen=True)
class Book:
    """What the pages are made of."""

    curriculum: Curriculum
    program: Program
    plan: Plan


@pytest.fixture(scope="module")
def book() -> Book:
    """The sample program with the topics of each group type in the order of their table, over and over."""
    curriculum, program = library(), ready("evening-12-week")
    taught = chosen(curriculum, program)
    topics = {
        each.group_type: cycle([topic.topic_id for topic in taught.topics if is_planned(topic, each)])
        for each in curriculum.group_types
    }
    sessions = tuple(
        small.session(meeting, next(topics[meeting.slot.group_type], ""))
        for meeting in meetings(program, program.start, program.weeks)
    )
    sheet = Sheet("evening-12-week", program.start, program.weeks, "optimal", 0, 0)
    return Book(curriculum, program, Plan(with_rows(sheet, sessions), sessions))


def is_planned(topic: object, group_type: object) -> bool:
    own = getattr(topic, "group_type", "") == getattr(group_type, "group_type", None)
    return own and getattr(topic, "delivery", "") == "group"


PAGES: dict[str, Callable[[Book], Page]] = {
    "agenda": lambda book: week_agenda(Case(book.curriculum, book.program, book.plan), 3),
    "handout": lambda book: handout_page(book.curriculum, book.program, "RP-04a"),
    "guide": lambda book: guide_page(book.curriculum, book.program, "RP-04", 60),
    "coverage": lambda book: coverage_page(covering.cover(Case(book.curriculum, book.program, book.plan))),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_document_says_what_it_said(name: str, book: Book, update_golden: bool) -> None:
    compare(GOLDEN / f"{name}.txt", outline(word.draw(PAGES[name](book), ROOT / "templates")), update_golden)


def compare(path: Path, said: str, update: bool) -> None:
    """Compare an outline with its golden file, or write it."""
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path.name} is missing: write it with --update-golden, and read it"
    assert said == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_document() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(PAGES)


def test_a_missing_golden_file_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"lost\.txt is missing: write it with --update-golden"):
        compare(tmp_path / "lost.txt", "words\n", update=False)


def test_a_changed_word_fails_and_is_written_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    compare(path, "old words\n", update=True)
    with pytest.raises(AssertionError, match="new words"):
        compare(path, "new words\n", update=False)
    assert path.read_text(encoding="utf-8") == "old words\n"
