"""Say which meetings lack a leader, somebody beside or a room, and what was tried that would help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from iop_sessions.coverage.covering import Coverage
from iop_sessions.ground.blocks import Block, ItemList, Paragraph, line
from iop_sessions.ground.speech import Speech
from iop_sessions.judge import lacking
from iop_sessions.plans.plan import Session
from iop_sessions.program.timetable import Slot

_MOST_MEETINGS: Final = 4  # named in one sentence
_MOST_REMEDIES: Final = 3  # the page stays one page; the terminal lists all

Counted = Callable[[Session, Slot], int]
"""How many leaders or rooms a meeting lacks."""


def unstaffed_words(coverage: Coverage, say: Speech) -> list[str]:
    """Name the meetings that lack a leader, a co-leader or a room: a sentence for each kind of lack."""
    curriculum, program = coverage.curriculum, coverage.program
    lacks: dict[str, Counted] = {
        "leader": lambda session, slot: lacking.missing_leaders(curriculum, program, session, slot),
        "co-leader": lambda session, slot: lacking.missing_co_leaders(curriculum, program, session, slot),
        "room": lambda session, slot: lacking.missing_rooms(program, session, slot),
    }
    found = ((name, _lacking(coverage, missing)) for name, missing in lacks.items())
    return [_words(name, sessions, say) for name, sessions in found if sessions]


def _lacking(coverage: Coverage, missing: Counted) -> list[Session]:
    slots = {slot.id: slot for slot in coverage.program.slots}
    held = (each for each in coverage.plan.sessions if each.takes_place and each.slot_id in slots)
    return sorted(
        (each for each in held if missing(each, slots[each.slot_id])), key=lambda session: session.order
    )


def _words(name: str, sessions: Sequence[Session], say: Speech) -> str:
    shown = "; ".join(
        f"{say.short_day(each.date)}, {say.clock(each.start)}"
        + (f" ({each.group_type})" if each.group_type else "")
        for each in sessions[:_MOST_MEETINGS]
    )
    more = len(sessions) - _MOST_MEETINGS
    days = say("coverage.and-more", days=shown, number=more) if more > 0 else shown
    meetings = say.count(len(sessions), "coverage.meetings")
    return say(f"coverage.no-{name}", meetings=meetings, days=days)


def tried_blocks(coverage: Coverage, say: Speech) -> tuple[Block, ...]:
    """List what was tried when the plan was made, and would help."""
    tried = coverage.plan.sheet.remedies
    if not tried:
        return ()
    more = len(tried) - _MOST_REMEDIES
    rest = (line(say("coverage.more-tried", number=more)),) if more > 0 else ()
    items = (*(line(each) for each in tried[:_MOST_REMEDIES]), *rest)
    return (Paragraph(line(say("coverage.tried"))), ItemList("bullets", items))
