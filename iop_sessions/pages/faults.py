"""Say on staff's pages which rows of a plan are not sound; short, for the judge has found what is wrong."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from iop_sessions.ground.blocks import Block, Paragraph, line
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.speech import Speech
from iop_sessions.plans.case import Case

SHOWN: Final = 6
"""So many faults stand on a page; a plan with more is one to mend before it is printed."""


def fault_notes(case: Case, days: Collection[date], say: Speech) -> tuple[Block, ...]:
    """Name what is wrong with the rows of some days, and with rows of which no day is known."""
    when = {
        each.place.line: (each.date, say.moment(each.date, each.start))
        for each in case.plan.sessions
        if each.place.line
    }
    told = [
        _words(fault, when[fault.place.line][1] if fault.place.line in when else "")
        for fault in case.faults
        if _day_of(fault, {number: day for number, (day, _) in when.items()}) in {*days, None}
    ]
    if not told:
        return ()
    more = [say("agenda.more-faults", number=len(told) - SHOWN)] if len(told) > SHOWN else []
    return (Paragraph(line(say("agenda.faults", faults="; ".join([*told[:SHOWN], *more]))), "note"),)


def _day_of(fault: Problem, days: dict[int, date]) -> date | None:
    """Return the day a fault is about: that of its row, or of the id of a row that is gone."""
    if fault.place.line in days:
        return days[fault.place.line]
    try:
        return date.fromisoformat(fault.place.column[:10])
    except ValueError:
        return None


def _words(fault: Problem, when: str) -> str:
    where = f"{when}: " if when else ""
    return f"{where}{fault.message} ({Place(fault.place.file, fault.place.line)})"
