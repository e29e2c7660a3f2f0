"""What a plan teaches, to whom, by when: objectives, weeks and stays as plain sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from iop_sessions.curriculum import Curriculum
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Objective

State = Literal["met", "missed", "undecided"]


@dataclass(frozen=True)
class Stay:
    """One possible client path: a start date and a length, never a person."""

    start: date
    weeks: int

    def by(self, weeks: int) -> date:
        """Return the first day that lies so many weeks after the start, at most the end of the stay."""
        return self.start + timedelta(days=7 * (min(weeks, self.weeks) if weeks else self.weeks))


@dataclass(frozen=True)
class Answer:
    """Whether one stay meets one objective in time, and when first."""

    objective_id: str
    start: date
    state: State
    first: date | None
    due: date  # first day that is too late


@dataclass(frozen=True)
class Coverage:
    """What a plan covers: every objective for every start date."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    objectives: tuple[Objective, ...]
    answers: tuple[Answer, ...]

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """Return the start dates, in order."""
        return tuple(sorted({answer.start for answer in self.answers}))

    @cached_property
    def _by_pair(self) -> dict[tuple[str, date], Answer]:
        return {(answer.objective_id, answer.start): answer for answer in self.answers}

    def answer(self, objective_id: str, start: date) -> Answer:
        """Return the answer for one objective and one start date."""
        return self._by_pair[objective_id, start]

    def missed(self, start: date) -> list[Answer]:
        """List what a newcomer of this date is not taught in time."""
        return [answer for answer in self.answers if answer.start == start and answer.state == "missed"]

    def decided(self, start: date) -> list[Answer]:
        """List what the plan already decides for a newcomer of this date."""
        return [answer for answer in self.answers if answer.start == start and answer.state != "undecided"]

    def weeks_of(self, objective_id: str) -> list[int]:
        """List the weeks of the plan in which an objective is taught in a group."""
        topics = {topic.topic_id for topic in self.curriculum.topics_of_objective[objective_id]}
        sessions = (session for session in self.plan.sessions if session.takes_place and session.topic_id in topics)
        return sorted({session.week for session in sessions})

    def worst_start(self, starts: Iterable[date]) -> date | None:
        """Return the start date with most missed, then latest, objectives; None when nothing is decided."""
        decided = [start for start in starts if self.decided(start)]
        return max(decided, key=self._hardship, default=None)

    def _hardship(self, start: date) -> tuple[int, int, int]:
        waits = [(answer.first - start).days for answer in self.decided(start) if answer.first is not None]
        return (len(self.missed(start)), max(waits, default=0), -start.toordinal())


def core_objectives(curriculum: Curriculum, program: Program) -> list[Objective]:
    """List the objectives the program promises: its core, and every essential of that core."""
    levels = {"short"} if program.core == "short" else {"short", "full"}
    return [objective for objective in curriculum.objectives if objective.level in levels]


def service_days(sessions: Iterable[Session]) -> list[date]:
    """List the days on which people meet."""
    return sorted({session.date for session in sessions if session.takes_place})


def start_dates(program: Program, plan: Plan) -> list[date]:
    """List the days a client can start: every service day, or the first one only for a cohort."""
    days = service_days(plan.lived)
    return days if program.admission == "rolling" else service_days(plan.sessions)[:1]


def cover(curriculum: Curriculum, program: Program, plan: Plan, objectives: Sequence[Objective] = ()) -> Coverage:
    """Work out what a plan covers.

    Parameters
    ----------
    curriculum, program, plan
        What was planned, for whom.
    objectives
        The objectives to look at. Default: the program's core.
    """
    wanted = tuple(objectives) or tuple(core_objectives(curriculum, program))
    sessions = sorted((session for session in plan.lived if session.takes_place), key=lambda session: session.order)
    answers = [
        answer_for(curriculum, sessions, Stay(start, program.stay), objective, plan.sheet.end)
        for start in start_dates(program, plan)
        for objective in wanted
    ]
    return Coverage(curriculum, program, plan, wanted, tuple(answers))


def answer_for(
    curriculum: Curriculum, sessions: Sequence[Session], stay: Stay, objective: Objective, horizon: date
) -> Answer:
    """Say whether a stay meets an objective, misses it, or lies partly beyond the plan."""
    due = stay.by(objective.within_weeks)
    first = first_met(curriculum, sessions, stay, objective, due)
    state: State = "met" if first is not None else "missed" if due <= horizon else "undecided"
    return Answer(objective.objective_id, stay.start, state, first, due)


def first_met(
    curriculum: Curriculum, sessions: Sequence[Session], stay: Stay, objective: Objective, due: date
) -> date | None:
    """Return the first date in time on which any topic of an objective is held while the client is there."""
    topics = curriculum.topics_of_objective[objective.objective_id]
    if any(topic.delivery == "orientation" for topic in topics):
        return stay.start
    standing = {topic.group_type for topic in topics if topic.delivery == "standing"}
    by_id = {topic.topic_id: topic for topic in topics}
    seen: set[str] = set()
    for session in sessions:
        if not stay.start <= session.date < due:
            continue
        topic = by_id.get(session.topic_id)
        ready = topic is not None and (topic.entry == "open" or seen.issuperset(topic.after))
        if ready or session.group_type in standing:
            return session.date
        seen.add(session.topic_id)
    return None


def clinical_minutes(sessions: Iterable[Session]) -> int:
    """Add up the minutes of group; breaks are not among them."""
    return sum(session.minutes for session in sessions if session.takes_place)


def seat_minutes(sessions: Iterable[Session]) -> int:
    """Add up the minutes from the first start to the last end of each day."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        if session.takes_place:
            days.setdefault(session.date, []).append(session)
    return sum(_span(day) for day in days.values())


def _span(sessions: Sequence[Session]) -> int:
    first, last = min(each.start for each in sessions), max(each.end for each in sessions)
    return (last.hour - first.hour) * 60 + last.minute - first.minute
