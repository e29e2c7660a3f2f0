"""What a plan teaches, to whom, by when: objectives, weeks and stays as plain sets."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice, takewhile
from typing import Final, Literal, get_args

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.choosing import chosen
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program

State = Literal["met", "missed", "undecided"]
Claim = Literal["taught", "planned", "not confirmed", "by appointment"]
"""What a promise that is met rests on: a group that was held, one to come, one that nobody has confirmed, or
the talk one to one, which has no hour of its own.
"""
CLAIMS: Final[tuple[Claim, ...]] = get_args(Claim)


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
    claim: Claim | None = None  # of one that is met

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
        """List the weeks of the plan in which a group holds an objective; its date says the week."""
        return sorted({self.case.plan.week_of(each) for each in self.sessions_of([objective_id])})

    def sessions_of(self, objective_ids: Iterable[str]) -> list[Session]:
        """List the sessions of the plan that teach one of some objectives, or will."""
        named = self.case.curriculum.topics_of_objective
        topics = {topic.topic_id for each in objective_ids for topic in named[each]}
        return [each for each in self._sessions if each.takes_place and each.topic_id in topics]

    @cached_property
    def _sessions(self) -> list[Session]:
        return as_taught(self.case.program, self.case.plan.own.sessions)

    def claims(self, answers: Iterable[Answer]) -> Counter[Claim]:
        """Count what the promises that are met rest on."""
        return Counter(answer.claim for answer in answers if answer.claim is not None)

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


def as_taught(program: Program, sessions: Iterable[Session]) -> list[Session]:
    """Return sessions as what they taught: of a group held too briefly, only that people met."""
    return [
        each.model_copy(update={"topic_id": "", "group_type": ""}) if is_too_brief(program, each) else each
        for each in sessions
    ]


def is_too_brief(program: Program, session: Session) -> bool:
    """Say whether a group was held for a smaller share of its minutes than the program counts."""
    share = program.minutes.partly_counts_from
    return session.state == "partly" and session.minutes < share * session.planned_minutes


def time_line(plan: Plan) -> list[Session]:
    """List what takes place, in order, in the plans before a plan, in it, and in those that continue it."""
    later = plan.sequel.sessions if plan.sequel else ()
    after = (session for session in later if session.takes_place)
    return sorted((*lived_sessions(plan.own), *after), key=lambda session: session.order)


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
    usual = [each for each in lived_sessions(plan) if not each.is_make_up]
    if program.admission == "cohort":
        return service_days(usual)[:1]  # of the whole cohort: its tracks count their weeks from one day
    return service_days(each for each in usual if Stay(each.date, way).has(each))


def fallen_starts(program: Program, plan: Plan, journey: Journey) -> list[date]:
    """List the days on which people were to start, had their group not fallen out; a cohort starts later."""
    if program.admission == "cohort":
        return []
    past = (each for each in plan.history if each.date < plan.sheet.start)
    out = (each for each in (*past, *plan.sessions) if not each.takes_place and not each.is_make_up)
    gone = {each.date for each in out if Stay(each.date, journey).has(each)}
    return sorted(gone.difference(start_dates(program, plan, journey)))


def cover(
    case: Case, objectives: Sequence[Objective] = (), journey: Journey | None = None, *, fallen: bool = False
) -> Coverage:
    """Work out what a plan covers for those who go one way through the program.

    Parameters
    ----------
    objectives
        The objectives to look at. Default: the program's core.
    journey
        The way through the program. Default: the program's first.
    fallen
        Whether who was to start on a day that fell out keeps that day.
    """
    wanted = tuple(objectives) or tuple(core_objectives(case.curriculum, case.program))
    taught, lived = case.taught, as_taught(case.program, time_line(case.plan))
    way = journey or journeys(case.program)[0]
    days = start_dates(case.program, case.plan.own, way)
    also = fallen_starts(case.program, case.plan.own, way) if fallen else []
    starts = [Stay(start, way) for start in sorted((*days, *also))]
    evidence = _Evidence(taught, lived, case.as_of, case.plan.horizon)
    found = {each.objective_id: evidence.of(each) for each in wanted}
    answers = tuple(found[each.objective_id].answer(stay) for stay in starts for each in wanted)
    return Coverage(case, wanted, answers, way)


def cover_all(case: Case, objectives: Sequence[Objective] = (), *, fallen: bool = False) -> list[Coverage]:
    """Work out what a plan covers for each way through the program."""
    return [cover(case, objectives, journey, fallen=fallen) for journey in journeys(case.program)]


def worst_of(coverages: Iterable[Coverage]) -> tuple[Coverage, date] | None:
    """Return the worst start date over all ways through a program; None when nothing is decided."""
    found = [(each, start) for each in coverages if (start := each.worst_start(each.starts)) is not None]
    return max(found, key=lambda pair: pair[0].hardship(pair[1]), default=None)


@dataclass(frozen=True)
class _Evidence:
    """The sessions as they were lived and stand in the plan, asked on a day."""

    curriculum: Curriculum
    lived: Sequence[Session]
    as_of: date
    horizon: date  # first day after the plan

    @cached_property
    def held(self) -> list[Session]:
        """Return the sessions of which it is known that they were held."""
        return [each for each in self.lived if each.was_held]

    def of(self, objective: Objective) -> _Outlook:
        """Look one objective up."""
        known = _Teaching.of(self.curriculum, self.held, objective) if self.held else None
        return _Outlook(objective, known, _Teaching.of(self.curriculum, self.lived, objective), self)


@dataclass(frozen=True)
class _Outlook:
    """Where one objective was taught, and where it may have been or will be."""

    objective: Objective
    known: _Teaching | None
    lived: _Teaching
    evidence: _Evidence

    def answer(self, stay: Stay) -> Answer:
        """Say whether a stay meets the objective, misses it, or lies partly beyond the plan, and by what."""
        due = stay.by(self.objective.within_weeks)
        first, claim = self._first(stay, due)
        late = due <= self.evidence.horizon
        state: State = "met" if first is not None else "missed" if late else "undecided"
        return Answer(self.objective.objective_id, stay.start, state, first, due, claim)

    def _first(self, stay: Stay, due: date) -> tuple[date | None, Claim | None]:
        """Return the first teaching in time: one that is known before one that is not."""
        if self.lived.on_day_one:
            return stay.start, "by appointment"
        taught = self.known.first(stay, due) if self.known else None
        if taught is not None:
            return taught, "taught"
        first = self.lived.first(stay, due)
        if first is None:
            return None, None
        return first, "not confirmed" if first < self.evidence.as_of else "planned"


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
    """Add up the minutes from the first start to the last end of each day, less those that fell out."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        if session.takes_place:
            days.setdefault(session.date, []).append(session)
    return sum(_span(day) for day in days.values())


def _span(sessions: Sequence[Session]) -> int:
    first, last = min(each.start for each in sessions), max(each.end for each in sessions)
    lost = sum(each.lost_minutes for each in sessions)
    return (last.hour - first.hour) * 60 + last.minute - first.minute - lost
