"""Tell staff what changed in the plan: what was, what is, why, and who decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from iop_sessions.blocks import Page, Paragraph, Table, cell, line
from iop_sessions.calendars import short_day
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.programs import Program

_DO: Final = "Take down the old agenda, and tell the leaders and the groups on these days."


@dataclass(frozen=True)
class Change:
    """One change of a session; reason and who are codes or plain words, never about a client."""

    session_id: str
    date: date
    before: str
    after: str
    reason: str
    who: str


def change_notice(program: Program, changes: Sequence[Change]) -> Page:
    """Make the notice of some changes, the first day on top.

    Raises
    ------
    UsageError
        When nothing changed.
    """
    if not changes:
        raise UsageError("nothing changed — there is no notice to print")
    ordered = sorted(changes, key=lambda change: (change.date, change.session_id))
    rows = tuple(
        (
            cell(short_day(change.date), header=True),
            cell(change.before),
            cell(change.after),
            cell(change.reason),
            cell(change.who),
        )
        for change in ordered
    )
    header = tuple(cell(name) for name in ("Day", "Before", "Now", "Why", "Who"))
    first, last = common.full_day(ordered[0].date), common.full_day(ordered[-1].date)
    days = first if first == last else f"{first} to {last}"
    return staff_page(
        program,
        f"Changes: {days}",
        (
            Paragraph(line(f"{common.count(len(ordered), 'change')}. {_DO}")),
            Table("Changes of the plan", header, rows, "plain", (1.3, 2.0, 2.0, 1.4, 0.7)),
            common.small("Sessions: " + ", ".join(change.session_id for change in ordered) + "."),
        ),
        (program.title,),
    )
