"""List what to print for a week: each handout, how many copies, in which language and size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from iop_sessions.blocks import Block, Cell, Heading, Page, Paragraph, Table, cell, line
from iop_sessions.calendars import clock, long_day
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.papers.parts import staff_page, week_sessions
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Handout

_COLUMNS: Final = ("Handout", "Language", "Size", "Copies")
_WIDTHS: Final = (3.6, 1.2, 1.1, 0.9)


@dataclass(frozen=True)
class Pile:
    """What is printed alike: one handout in one language and one size."""

    handout: Handout
    language: str
    size: str


def print_run(curriculum: Curriculum, program: Program, plan: Plan, week: int) -> Page:
    """Make the print list of one week: by day and group, then the totals.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    sessions = [each for each in week_sessions(plan, week) if each.takes_place]
    totals: Counter[Pile] = Counter()
    for session in sessions:
        totals.update(piles(curriculum, program, session))
    blocks = (*_days(curriculum, program, sessions), *_totals(curriculum, totals))
    title = f"Print run, week {week}"
    footer = plan_footer(curriculum, program, plan, f"week {week} of {plan.sheet.weeks}")
    nothing = (Paragraph(line("No handout is used this week.")),)
    return staff_page(program, title, blocks if totals else nothing, footer)


def piles(curriculum: Curriculum, program: Program, session: Session) -> Counter[Pile]:
    """Count the copies a session needs, the spare ones among those of standard size."""
    found: Counter[Pile] = Counter()
    for handout, each in curriculum.handouts_of(session.topic_id):
        found[Pile(handout, "English", "standard")] += common.copies_for(program, None, each)
        found[Pile(handout, "English", "large print")] += program.census.large_print * each
    return +found


def _days(curriculum: Curriculum, program: Program, sessions: Iterable[Session]) -> Iterable[Block]:
    days: dict[str, list[Session]] = {}
    for session in sessions:
        days.setdefault(long_day(session.date), []).append(session)
    for day, meetings in days.items():
        rows = tuple(
            (cell(clock(session.start), header=True), *_cells(curriculum, pile, number))
            for session in meetings
            for pile, number in piles(curriculum, program, session).items()
        )
        if rows:
            yield Heading(2, day)
            yield Table(f"To print for {day}", _header("Group at"), rows, "plain", (1.1, *_WIDTHS))


def _header(*before: str) -> tuple[Cell, ...]:
    return tuple(cell(name) for name in (*before, *_COLUMNS))


def _cells(curriculum: Curriculum, pile: Pile, number: int) -> tuple[Cell, ...]:
    handout = pile.handout
    here = f"en/{handout.handout_id}" in curriculum.sheets
    shelf = () if here else ("From your own shelf.",)
    name = cell(f"{handout.handout_id} {handout.title}", *shelf)
    return (name, cell(pile.language), cell(pile.size), cell(str(number)))


def _totals(curriculum: Curriculum, totals: Counter[Pile]) -> tuple[Block, ...]:
    ordered = sorted(totals, key=lambda pile: pile.handout.handout_id)
    rows = tuple(_cells(curriculum, pile, totals[pile]) for pile in ordered)
    ids = dict.fromkeys(pile.handout.handout_id for pile in ordered if _is_draft(curriculum, pile.handout))
    drafts = f"Drafts, not yet reviewed by a clinician: {', '.join(ids)}." if ids else ""
    return (
        Heading(2, f"Totals: {common.count(totals.total(), 'copy').replace('copys', 'copies')}"),
        Table("Totals of the week", _header(), rows, "plain", _WIDTHS),
        *((Paragraph(line(drafts)),) if drafts else ()),
    )


def _is_draft(curriculum: Curriculum, handout: Handout) -> bool:
    here = f"en/{handout.handout_id}" in curriculum.sheets
    return here and common.review_of(curriculum, "handout", handout, "en") is None
