"""Name the promises of a plan that hang on one session: where it has no slack."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iop_sessions.coverage.covering import Coverage, Stay, as_taught, time_line
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective
from iop_sessions.plans.plan import Session


@dataclass(frozen=True)
class Hinge:
    """One session without which people of some start dates are not taught an objective in time."""

    session: Session
    week: int
    objective_id: str
    starts: tuple[date, ...]
    journey: str = ""  # empty where the program has only one


def hinges(coverages: Iterable[Coverage]) -> list[Hinge]:
    """List what hangs on one session that is still to be held, in the order of the sessions.

    A promise counts whose window lies wholly in history and plan; beyond it a later plan may teach it again.
    """
    found = [hinge for coverage in coverages for hinge in _of(coverage)]
    return sorted(found, key=lambda each: (each.session.order, each.journey, each.objective_id))


def _of(coverage: Coverage) -> list[Hinge]:
    """List the hinges of one way through the program."""
    lived = as_taught(coverage.case.program, time_line(coverage.case.plan))
    own = {each.session_id: each for each in coverage.case.plan.own.sessions if each.state == "planned"}
    found: dict[tuple[str, str], list[date]] = {}
    for objective in coverage.objectives:
        runs = _Runs.of(coverage.case.curriculum, objective, lived)
        for start in coverage.starts if not runs.one_to_one else ():
            answer = coverage.answer(objective.objective_id, start)
            if answer.state == "met" and answer.due <= coverage.case.plan.horizon:
                for session_id in runs.needed(Stay(start, coverage.journey), answer.due) & own.keys():
                    found.setdefault((session_id, objective.objective_id), []).append(start)
    name = coverage.journey.name
    return [
        Hinge(own[session_id], coverage.case.plan.week_of(own[session_id]), objective_id, tuple(starts), name)
        for (session_id, objective_id), starts in found.items()
    ]


@dataclass(frozen=True)
class _Runs:
    """The sessions that have to do with one objective, in order, and what counts when."""

    sessions: tuple[Session, ...]
    open_ids: frozenset[str]  # topics that count for anybody who is there
    standing: frozenset[str]  # group types of which every meeting teaches it
    building: dict[str, frozenset[str]]  # topics that count only after those they build on
    known: frozenset[str]  # what everybody has met before the first group
    taught_by: dict[str, frozenset[str]]  # standing topics of each group type
    one_to_one: bool

    @classmethod
    def of(cls, curriculum: Curriculum, objective: Objective, lived: Sequence[Session]) -> _Runs:
        """Look an objective up in the sessions, which are in order."""
        topics = curriculum.topics_of_objective[objective.objective_id]
        open_ids = frozenset(topic.topic_id for topic in topics if topic.entry == "open")
        standing = frozenset(topic.group_type for topic in topics if topic.delivery == "standing")
        building = {topic.topic_id: frozenset(topic.after) for topic in topics if topic.entry == "after"}
        before = frozenset().union(*building.values())
        taught_by: dict[str, frozenset[str]] = {}
        for topic in curriculum.topics:
            if topic.delivery == "standing" and topic.topic_id in before:
                taught_by[topic.group_type] = taught_by.get(topic.group_type, frozenset()) | {topic.topic_id}
        ids, types = open_ids | building.keys() | before, standing | taught_by.keys()
        known = (topic.topic_id for topic in curriculum.topics if topic.delivery == "orientation")
        return cls(
            sessions=tuple(each for each in lived if each.topic_id in ids or each.group_type in types),
            open_ids=open_ids,
            standing=standing,
            building=building,
            known=frozenset(known),
            taught_by=taught_by,
            one_to_one=any(topic.delivery == "orientation" for topic in topics),
        )

    def needed(self, stay: Stay, due: date) -> set[str]:
        """Name each session without which a stay, which meets the objective, would not."""
        first = bisect_left(self.sessions, stay.start, key=lambda each: each.date)
        last = bisect_left(self.sessions, due, key=lambda each: each.date)
        there = [each for each in self.sessions[first:last] if stay.has(each)]
        certain = [each.session_id for each in there if self._is_open(each)]
        if len(certain) > 1:
            return set()
        if not self.building:
            return set(certain)
        return {each.session_id for each in there if not self._met(there, each)}

    def _is_open(self, session: Session) -> bool:
        return session.topic_id in self.open_ids or session.group_type in self.standing

    def _met(self, there: Iterable[Session], without: Session) -> bool:
        """Say whether the objective is met in a row of sessions, one left out."""
        seen = set(self.known)
        for session in there:
            if session is without:
                continue
            after = self.building.get(session.topic_id)
            if self._is_open(session) or (after is not None and seen >= after):
                return True
            seen |= {session.topic_id, *self.taught_by.get(session.group_type, ())}
        return False
