"""What a plan teaches, to whom, by when: objectives, weeks and stays as plain sets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice, takewhile
from typing import Literal

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.choosing import chosen
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program

State = Literal["met", "missed", "undecided"]


@dataclass(frozen=True)
class Stay:
    """One possible client path: a start date and a journey, never a person."""

    start: date
    journey: Journey

    def by(self, weeks: int) -> date:
        """Return the first day that lies so many weeks after the start, at most the end of the stay."""
        end = self.journey.end(self.start)
        return min(self.start + timedelta(days=7 * weeks), end) if weeks else end

    def has(self, session: Session) -> bool:
        """Say whether the client comes to a session."""
        return self.journey.comes(session.slot_id, session.track, self.start, session.date)


@dataclass(frozen=True)
class Answer:
    """Whether one stay meets one objective in time, and when first."""

    objective_id: str
    start: date
    state: State
    first: date | None
    due: date  # first day that is too late

    @property
    def wait(self) -> int:
        """Count the days from the start to the first teaching; 0 where there is none."""
        return (self.first - self.start).days if self.first else 0


@dataclass(frozen=True)
class Coverage:
    """What a plan covers: every objective for every start date."""

    case: Case
    objectives: tuple[Objective, ...]
    answers: tuple[Answer, ...]
    journey: Journey

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

    @cached_property
    def _by_start(self) -> dict[date, list[Answer]]:
        found: dict[date, list[Answer]] = {}
        for answer in self.answers:
            found.setdefault(answer.start, []).append(answer)
        return found

    def missed(self, start: date) -> list[Answer]:
        """List what a newcomer of this date is not taught in time."""
        return [answer for answer in self._by_start.get(start, ()) if answer.state == "missed"]

    def decided(self, start: date) -> list[Answer]:
        """List what the plan already decides for a newcomer of this date."""
        return [answer for answer in self._by_start.get(start, ()) if answer.state != "undecided"]

    def weeks_of(self, objective_id: str) -> list[int]:
        """List the weeks of the plan in which an objective is taught in a group; its date says the week."""
        topics = {topic.topic_id for topic in self.case.curriculum.topics_of_objective[objective_id]}
        held = (each for each in self.case.plan.sessions if each.takes_place and each.topic_id in topics)
        return sorted({self.case.plan.week_of(each) for each in held})

    def teaches_all(self, start: date) -> bool:
        """Say whether the plan decides all that a newcomer of this date is promised, and keeps it."""
        decided = self.decided(start)
        return len(decided) == len(self.objectives) and all(each.state == "met" for each in decided)

    def worst_start(self, starts: Iterable[date]) -> date | None:
        """Return the start date with most missed, then latest, objectives; None when nothing is decided."""
        decided = [start for start in starts if self.decided(start)]
        return max(decided, key=self.hardship, default=None)

    def hardship(self, start: date) -> tuple[int, int, int]:
        """Return what start dates are compared by: what is missed, the longest wait, the earlier of two."""
        waits = [(answer.first - start).days for answer in self.decided(start) if answer.first is not None]
        return (len(self.missed(start)), max(waits, default=0), -start.toordinal())


def core_objectives(curriculum: Curriculum, program: Program) -> list[Objective]:
    """List the objectives the program promises: its core, and every essential of that core."""
    levels = {"short"} if program.core == "short" else {"short", "full"}
    return [each for each in chosen(curriculum, program).objectives if each.level in levels]


def lived_sessions(plan: Plan) -> list[Session]:
    """List what takes place, in order: the past up to the plan's start, then the plan."""
    past = (session for session in plan.history if session.date < plan.sheet.start)
    held = (session for session in (*past, *plan.sessions) if session.takes_place)
    return sorted(held, key=lambda session: session.order)


def service_days(sessions: Iterable[Session]) -> list[date]:
    """List the days on which people meet."""
    return sorted({session.date for session in sessions if session.takes_place})


def start_dates(program: Program, plan: Plan, journey: Journey | None = None) -> list[date]:
    """List the days a journey can start: every day on which newcomers have a group; the first for a cohort.

    Parameters
    ----------
    journey
        The way through the program. Default: the program's first.
    """
    way = journey or journeys(program)[0]
    sessions = lived_sessions(plan)
    if program.admission == "cohort":
        return service_days(sessions)[:1]  # of the whole cohort: its tracks count their weeks from one day
    return service_days(each for each in sessions if Stay(each.date, way).has(each))


def cover(case: Case, objectives: Sequence[Objective] = (), journey: Journey | None = None) -> Coverage:
    """Work out what a plan covers for those who go one way through the program.

    Parameters
    ----------
    objectives
        The objectives to look at. Default: the program's core.
    journey
        The way through the program. Default: the program's first.
    """
    wanted = tuple(objectives) or tuple(core_objectives(case.curriculum, case.program))
    taught, lived = case.taught, lived_sessions(case.plan)
    way = journey or journeys(case.program)[0]
    starts = [Stay(start, way) for start in start_dates(case.program, case.plan, way)]
    teachings = {each.objective_id: _Teaching.of(taught, lived, each) for each in wanted}
    answers = tuple(
        answer_for(teachings[objective.objective_id], stay, objective, case.plan.sheet.end)
        for stay in starts
        for objective in wanted
    )
    return Coverage(case, wanted, answers, way)


def cover_all(case: Case, objectives: Sequence[Objective] = ()) -> list[Coverage]:
    """Work out what a plan covers for each way through the program."""
    return [cover(case, objectives, journey) for journey in journeys(case.program)]


def worst_of(coverages: Iterable[Coverage]) -> tuple[Coverage, date] | None:
    """Return the worst start date over all ways through a program; None when nothing is decided."""
    found = [(each, start) for each in coverages if (start := each.worst_start(each.starts)) is not None]
    return max(found, key=lambda pair: pair[0].hardship(pair[1]), default=None)


def answer_for(teaching: _Teaching, stay: Stay, objective: Objective, horizon: date) -> Answer:
    """Say whether a stay meets an objective, misses it, or lies partly beyond the plan."""
    due = stay.by(objective.within_weeks)
    first = teaching.first(stay, due)
    state: State = "met" if first is not None else "missed" if due <= horizon else "undecided"
    return Answer(objective.objective_id, stay.start, state, first, due)


@dataclass(frozen=True)
class _Teaching:
    """Where one objective is taught, sorted so that each stay finds its first meeting soon."""

    on_day_one: bool  # orientation comes before the first group
    counted: tuple[Session, ...]  # those that count for anybody who is there
    building: tuple[Topic, ...]  # topics that count only after those they build on
    past: _Past

    @classmethod
    def of(cls, curriculum: Curriculum, sessions: Sequence[Session], objective: Objective) -> _Teaching:
        """Look an objective up in the sessions, which are in order."""
        topics = curriculum.topics_of_objective[objective.objective_id]
        standing = {topic.group_type for topic in topics if topic.delivery == "standing"}
        open_ids = {topic.topic_id for topic in topics if topic.entry == "open"}
        counted = (each for each in sessions if each.topic_id in open_ids or each.group_type in standing)
        return cls(
            any(topic.delivery == "orientation" for topic in topics),
            tuple(counted),
            tuple(topic for topic in topics if topic.entry == "after"),
            _Past(curriculum, tuple(sessions)),
        )

    def first(self, stay: Stay, due: date) -> date | None:
        """Return the first date in time on which the objective is taught while the client is there."""
        if self.on_day_one:
            return stay.start
        open_day = next((each.date for each in _from(self.counted, stay.start, due) if stay.has(each)), None)
        found = [open_day, *(self.past.first_in_order(topic, stay, due) for topic in self.building)]
        return min((day for day in found if day is not None), default=None)


def _from(sessions: Sequence[Session], start: date, due: date) -> Iterable[Session]:
    """Yield the sessions from one date up to, not with, another."""
    place = bisect_left(sessions, start, key=lambda session: session.date)
    return takewhile(lambda session: session.date < due, islice(sessions, place, None))


@dataclass(frozen=True)
class _Past:
    """The sessions in order, asked what a stay has met before what."""

    curriculum: Curriculum
    sessions: tuple[Session, ...]

    def first_in_order(self, topic: Topic, stay: Stay, due: date) -> date | None:
        """Return the first date of a topic in a stay that has met all it builds on before."""
        seen = {each.topic_id for each in self.curriculum.topics if each.delivery == "orientation"}
        standing = [each for each in self.curriculum.topics if each.delivery == "standing"]
        for session in filter(stay.has, _from(self.sessions, stay.start, due)):
            if session.topic_id == topic.topic_id and seen.issuperset(topic.after):
                return session.date
            seen |= {
                session.topic_id,
                *(each.topic_id for each in standing if each.group_type == session.group_type),
            }
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
