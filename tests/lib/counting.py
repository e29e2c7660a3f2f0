"""Count by brute force which promises a row of plans breaks: day after day, from the bare rows of the tables.

Nothing here asks the product who comes, who starts when, or what is taught: it is written apart, to disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Slot

Broken = tuple[str, str, date]
"""A track, an objective, and the day on which somebody starts who is not taught it in time."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Written:
    """A plan as it stands in its files: its program, its first day, its weeks, its rows."""

    program: Program
    start: date
    weeks: int
    rows: tuple[Session, ...]

    @property
    def end(self) -> date:
        """Return the first day after it."""
        return self.start + timedelta(days=7 * self.weeks)


def broken_in(curriculum: Curriculum, line: Sequence[Written]) -> set[Broken]:
    """Name every promise that any plan of a row of plans sees broken, each plan with its own program."""
    rows = sorted(_in_force(line), key=lambda each: (each.date, each.start, each.session_id))
    found: set[Broken] = set()
    for number, plan in enumerate(line):
        later = [each.start for each in line[number + 1 :]]
        known = [row for row in rows if row.date < min(later, default=date.max)]
        for track in sorted({slot.track for slot in plan.program.slots if slot.track}) or [""]:
            walk = _Walk(curriculum, plan.program, rows, track)
            groups = [row for row in known if row.kind != "make-up"]  # nobody starts on the day of one
            for start in sorted({row.date for row in groups if walk.comes(row, row.date)}):
                found |= {
                    (track, objective.objective_id, start)
                    for objective in curriculum.objectives
                    if plan.program.core == "full" or objective.level == "short"
                    if walk.breaks(objective, start, line[-1].end)
                }
    return found


def _in_force(line: Sequence[Written]) -> Iterator[Session]:
    """Yield the rows that stand: of each plan those before the first day of any that comes after it."""
    for number, plan in enumerate(line):
        later = [each.start for each in line[number + 1 :]]
        yield from (row for row in plan.rows if row.date < min(later, default=date.max))


@dataclass(frozen=True)
class _Walk:
    """What those of one track live through, day after day."""

    curriculum: Curriculum
    program: Program
    rows: Sequence[Session]
    track: str

    def comes(self, row: Session, start: date) -> bool:
        """Say whether somebody who started on a day sits in a group, were it held."""
        day = (row.date - start).days
        if day < 0 or day >= 7 * min(self.program.stay_weeks):
            return False
        slots = {each.id: each for each in self.program.slots}
        if row.kind == "make-up" and row.slot_id[11:] in slots:  # it names the day and the slot of the other
            missed = date.fromisoformat(row.slot_id[:10])
            names = {"date": missed, "slot_id": row.slot_id[11:], "kind": "group"}
            return self.comes(row.model_copy(update=names), start)
        slot = slots.get(row.slot_id)
        if slot is None:  # of another program: by its track alone
            return row.track in ("", self.track)
        return slot.track in ("", self.track) and self._in_phase(slot, day // 7 + 1)

    def _in_phase(self, slot: Slot, week: int) -> bool:
        for phase in self.program.phases:
            if phase.weeks[0] <= week <= phase.weeks[-1]:
                return not phase.days or WEEKDAYS[slot.weekday] in phase.days
        return True

    def breaks(self, objective: Objective, start: date, known_to: date) -> bool:
        """Say whether it is certain that somebody is not taught an objective in time."""
        weeks = min(self.program.stay_weeks)
        due = start + timedelta(days=7 * min(objective.within_weeks or weeks, weeks))
        return due <= known_to and not self._taught(objective, start, due)

    def _taught(self, objective: Objective, start: date, due: date) -> bool:
        pairs = [(each.objective_id, each.topic_id) for each in self.curriculum.topic_objectives]
        named = {topic_id for objective_id, topic_id in pairs if objective_id == objective.objective_id}
        topics = [each for each in self.curriculum.topics if each.topic_id in named]
        if any(topic.delivery == "orientation" for topic in topics):
            return True
        heard = {each.topic_id for each in self.curriculum.topics if each.delivery == "orientation"}
        for row in self.rows:
            if not (start <= row.date < due and self.comes(row, start) and _is_worth(self.program, row)):
                continue
            if any(self._is_of(topic, row) and heard.issuperset(topic.after) for topic in topics):
                return True
            heard |= {topic.topic_id for topic in self.curriculum.topics if self._is_of(topic, row)}
        return False

    @staticmethod
    def _is_of(topic: Topic, row: Session) -> bool:
        if topic.delivery == "standing":
            return topic.group_type == row.group_type
        return topic.topic_id == row.topic_id


def _is_worth(program: Program, row: Session) -> bool:
    """Say whether a group was held, or may still be, for as much of its time as the program counts."""
    if row.state == "partly" and row.held_minutes:
        planned = (row.end.hour - row.start.hour) * 60 + row.end.minute - row.start.minute
        return Fraction(row.held_minutes, planned) >= Fraction(program.minutes.partly_counts_from)
    return row.state not in ("not held", "cancelled")
