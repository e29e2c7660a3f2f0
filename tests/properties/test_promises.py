"""Promises to whoever starts on any day, walked day by day and compared with the program's own answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from iop_sessions.coverage import covering
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.ground.errors import Clash
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program
from tests.lib.examples import tried
from tests.properties.test_planner import tasks

EXAMPLES = [10, pytest.param(300, marks=pytest.mark.deep)]
DAY = timedelta(days=1)
Answer = tuple[str, date, str, date | None]
"""An objective, a start date, whether it is met, and when first."""


@dataclass(frozen=True)
class Walk:
    """One way through a program, walked day by day with nothing but its tables in hand."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    track: str
    weeks: tuple[int, ...]  # the phase of each week; 0 where there are none

    def comes(self, session: Session, start: date) -> bool:
        """Say whether somebody who started on a day sits in a session."""
        week = (session.date - start).days // 7
        if session.kind == "make-up":
            missed = next(each for each in self.plan.sessions if each.session_id == session.slot_id)
            return 0 <= week < len(self.weeks) and self.comes(missed, start)
        slot = next(each for each in self.program.slots if each.id == session.slot_id)
        if not 0 <= week < len(self.weeks) or slot.track not in ("", self.track):
            return False
        phase = next((each for each in self.program.phases if each.number == self.weeks[week]), None)
        if phase is None:
            return True
        in_phase = not slot.phases or phase.number in slot.phases
        return (
            in_phase
            and (not phase.slots or slot.id in phase.slots)
            and (not phase.days or slot.day in phase.days)
        )

    def met(self, start: date, first: date, last: date, *states: str) -> list[Session]:
        """List the sessions that somebody sits in from one day to another, day after day."""
        found: list[Session] = []
        day = first
        while day <= last:
            here = [each for each in _lived(self.plan) if each.date == day and self.comes(each, start)]
            here = [each for each in here if not states or each.state in states]
            found += sorted(here, key=lambda each: (each.start, each.session_id))
            day += DAY
        return found

    def starts(self) -> list[date]:
        """List the days on which somebody can start: those with a group for a newcomer."""
        days = sorted({each.date for each in _lived(self.plan) if each.kind != "make-up"})
        if self.program.admission == "cohort":
            return days[:1]
        return [day for day in days if self.met(day, day, day)]

    def due(self, objective: Objective, start: date) -> date:
        """Return the first day that is too late."""
        weeks = min(objective.within_weeks or len(self.weeks), len(self.weeks))
        return start + timedelta(days=7 * weeks)

    def answer(self, objective: Objective, start: date) -> Answer:
        """Walk through a stay until an objective is taught."""
        due = self.due(objective, start)
        pairs = {
            each.topic_id
            for each in self.curriculum.topic_objectives
            if each.objective_id == objective.objective_id
        }
        topics = [each for each in self.curriculum.topics if each.topic_id in pairs]
        if any(each.delivery == "orientation" for each in topics):
            return objective.objective_id, start, "met", start
        known = self._taught(topics, self.met(start, start, due - DAY, "held", "partly"))
        first = known or self._taught(topics, self.met(start, start, due - DAY))
        beyond = due > self.plan.sheet.start + timedelta(days=7 * self.plan.sheet.weeks)
        state = "met" if first else "undecided" if beyond else "missed"
        return objective.objective_id, start, state, first

    def _taught(self, topics: list[Topic], sessions: list[Session]) -> date | None:
        seen = {each.topic_id for each in self.curriculum.topics if each.delivery == "orientation"}
        for session in sessions:
            for topic in topics:
                standing = topic.delivery == "standing" and topic.group_type == session.group_type
                held = topic.topic_id == session.topic_id
                in_order = topic.entry == "open" or set(topic.after) <= seen
                if standing or (held and in_order):
                    return session.date
            seen.add(session.topic_id)
            seen |= {
                each.topic_id
                for each in self.curriculum.topics
                if each.delivery == "standing" and each.group_type == session.group_type
            }
        return None


def _lived(plan: Plan) -> list[Session]:
    past = [each for each in plan.history if each.date < plan.sheet.start]
    met = [each for each in (*past, *plan.sessions) if each.state in ("planned", "held", "partly")]
    brief = {"topic_id": "", "group_type": ""}  # of half a group or more the topic counts
    return [
        each.model_copy(update=brief) if each.state == "partly" and each.held_minutes < 30 else each
        for each in met
    ]


def walks(task: Task, plan: Plan) -> list[Walk]:
    """List every way through a program."""
    program = task.program
    phases = sorted(program.phases, key=lambda each: each.weeks[0])
    steps: list[Any] = [path.phases for path in program.paths]
    if not steps:
        plain = tuple((each.number, each.weeks[-1] - each.weeks[0] + 1) for each in phases)
        steps = [plain or ((0, min(program.stay_weeks)),)]
    tracks = list(dict.fromkeys(slot.track for slot in program.slots if slot.track)) or [""]
    return [
        Walk(
            task.curriculum,
            program,
            plan,
            track,
            tuple(number for number, weeks in each for _ in range(weeks)),
        )
        for each in steps
        for track in tracks
    ]


@st.composite
def plans(draw: st.DrawFn) -> tuple[Task, Plan]:
    """Draw a plan: the planner's, or one that a person filled at will."""
    task = draw(tasks(slots=5, weeks=4, topics=5, ways=True))
    try:
        plan = solve(task)
    except Clash:
        return draw(plans())
    if draw(st.booleans()):
        return task, plan
    names = ["", *(each.topic_id for each in task.curriculum.topics)]
    states: list[dict[str, object]] = [
        {}, {}, {}, {"state": "held"}, {"state": "not held"}, {"state": "cancelled"},
        {"state": "partly", "held_minutes": 29}, {"state": "partly", "held_minutes": 30},
    ]  # fmt: skip
    sessions = [
        each.model_copy(update={"topic_id": draw(st.sampled_from(names)), **draw(st.sampled_from(states))})
        for each in plan.sessions
    ]
    for number in range(draw(st.integers(0, 2)) if sessions else 0):
        sessions.append(_make_up(draw, sessions, number))
    return task, replace(plan, sessions=tuple(sessions), sheet=replace(plan.sheet, status="changed"))


def _make_up(draw: st.DrawFn, sessions: list[Session], number: int) -> Session:
    """Draw a group for those who missed another, some days after it."""
    missed = draw(st.sampled_from([each for each in sessions if each.kind != "make-up"]))
    update = {"session_id": f"make-up-{number}", "slot_id": missed.session_id, "kind": "make-up"}
    state = draw(st.sampled_from(["planned", "held", "cancelled"]))
    day = missed.date + draw(st.integers(1, 20)) * DAY
    return missed.model_copy(update={**update, "date": day, "state": state, "held_minutes": 0})


@pytest.mark.parametrize("examples", EXAMPLES)
def test_every_start_on_every_day_is_answered_as_a_walk_through_the_stay_answers(examples: int) -> None:
    def check(drawn: tuple[Task, Plan]) -> list[str]:
        task, plan = drawn
        objectives = covering.core_objectives(task.curriculum, task.program)
        walked = [
            [each.answer(objective, start) for start in each.starts() for objective in objectives]
            for each in walks(task, plan)
        ]
        covered = (
            [
                [(each.objective_id, each.start, each.state, each.first) for each in coverage.answers]
                for coverage in covering.cover_all(Case(task.curriculum, task.program, plan))
            ]
            if objectives
            else [[] for _ in walked]
        )
        assert covered == walked
        missed = Counter(
            objective.objective_id
            for each in walks(task, plan)
            for start in each.starts()
            for objective in objectives
            if each.answer(objective, start)[2] == "missed" and each.due(objective, start) > task.start
        )
        if plan.sheet.status == "optimal":
            weight = task.program.weights.shortfall
            short = Counter[str]()
            for each in plan.sheet.shortfalls:
                if each.kind == "objective":
                    short[each.subject] += each.cost // weight
            assert short == missed
        return [state for answers in walked for _, _, state, _ in answers]

    tried(examples, plans(), check, dict.fromkeys(["met", "missed", "undecided"], examples // 8))
