"""What stands and cannot be changed: sessions that were held, pinned, moved by hand, or lie in the past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from iop_sessions.planning.solver.model import Model, Row
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Meeting
from iop_sessions.program.days import WEEKDAYS
from iop_sessions.program.program import Program
from iop_sessions.program.timetable import Slot


def with_standing(
    program: Program, planned: Iterable[Meeting], standing: Iterable[Session]
) -> tuple[Meeting, ...]:
    """Put what stands in the place of what the calendar says; what was cancelled does not meet."""
    rows = tuple(standing)
    told = {row.session_id for row in rows}
    rest = (meeting for meeting in planned if meeting.meeting_id not in told)
    found = [*rest, *(_meeting_of(program, row) for row in rows if row.takes_place)]
    return tuple(sorted(found, key=lambda meeting: meeting.order))


def _meeting_of(program: Program, row: Session) -> Meeting:
    """Return the meeting as it takes place, which a person may have moved to another day or time."""
    told: dict[str, Any] = {
        "id": row.slot_id, "day": WEEKDAYS[row.date.weekday()], "start": row.start,
        "minutes": row.planned_minutes, "group_type": row.group_type, "track": row.track, "site": row.site,
        "kind": row.kind,
    }  # fmt: skip
    known = next((slot for slot in program.slots if slot.id == row.slot_id), None)
    slot = known.model_copy(update=told) if known else Slot.model_construct(None, **told)
    return Meeting(slot, row.week, row.date, row.session_id)


def settle(model: Model, settled: Mapping[int, float]) -> None:
    """Fix the variables that what stands has decided, and forgive it the rules that it breaks.

    A person may have had reasons; the rules ask of the rest what they still can.
    """
    if not settled:
        return
    model.rows[:] = [_forgiven(row, settled) for row in model.rows]
    for variable, value in settled.items():
        model.equals({variable: 1.0}, value)


def _forgiven(row: Row, settled: Mapping[int, float]) -> Row:
    """Widen the limits of a row as far as what stands makes it necessary."""
    if row.rule is None or settled.keys().isdisjoint(row.terms):
        return row
    done = sum(factor * settled[variable] for variable, factor in row.terms.items() if variable in settled)
    free = [factor for variable, factor in row.terms.items() if variable not in settled]
    least = done + sum(factor for factor in free if factor < 0)
    most = done + sum(factor for factor in free if factor > 0)
    return replace(row, low=min(row.low, most), high=max(row.high, least))
