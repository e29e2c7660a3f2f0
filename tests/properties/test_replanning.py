"""For any small program after any surprise: what stands stays, and no plan changes less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import strategies as st

from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Clash, errors_of
from iop_sessions.jobs.replan import ReplanRequest
from iop_sessions.jobs.replan.propose import Proposal, propose_for, slid
from iop_sessions.judge import judge
from iop_sessions.judge.pricing import price
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session, plan_bytes, row_digest, sheet_bytes, with_rows
from iop_sessions.plans.store import Kept
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise, SurpriseKind, with_surprises
from tests.lib import small
from tests.lib.examples import tried
from tests.properties.test_planner import tasks

EXAMPLES = [8, pytest.param(300, marks=pytest.mark.deep)]
REFUSED = "refused"


@dataclass(frozen=True)
class Edited:
    """A plan with what people did to its rows, and what they ask for."""

    task: Task
    kept: Kept
    request: ReplanRequest

    @property
    def program(self) -> Program:
        """Return the program after the surprise."""
        return with_surprises(self.kept.program, self.request.surprises)


@st.composite
def cases(draw: st.DrawFn, *, ways: bool = False, edits: int = 3, **sizes: int) -> Edited:
    task = draw(tasks(ways=ways, **sizes))
    try:
        made = solve(task)
    except Clash:
        return draw(cases(ways=ways, edits=edits, **sizes))
    if draw(st.booleans()):
        made = draw(worse(made, task))
    plan = replace(made, sheet=with_rows(made.sheet, made.sessions))
    day = task.start + timedelta(days=draw(st.sampled_from([-1, -1, *range(7 * task.weeks)])))
    request = ReplanRequest(
        "small",
        day,
        draw(st.lists(surprises(task, day), min_size=1, max_size=2).map(tuple)),
        again=True,
        fewest=draw(st.booleans()),
    )
    for _ in range(draw(st.integers(0, edits)) if plan.sessions else 0):
        plan = draw(touched(plan, task, request))
    kept = Kept("small", Path("small"), task.program, plan)
    return Edited(task, kept, request)


@st.composite
def worse(draw: st.DrawFn, plan: Plan, task: Task) -> Plan:
    """Give groups any topic of their type, so that the plan is far from the best one."""
    fitting = {
        row.session_id: ["", *(each.topic_id for each in task.topics if _fits(each, row))]
        for row in plan.sessions
        if row.kind == "group" and task.curriculum.needs_topic(row.group_type)
    }
    sessions = (
        row.model_copy(update={"topic_id": draw(st.sampled_from(fitting.get(row.session_id, [""])))})
        for row in plan.sessions
    )
    return replace(plan, sessions=tuple(sessions))


def _fits(topic: Topic, row: Session) -> bool:
    return topic.group_type == row.group_type and row.planned_minutes in topic.lengths


@st.composite
def surprises(draw: st.DrawFn, task: Task, today: date) -> Surprise:
    kinds: list[SurpriseKind] = ["closed", "closed", "late", "early"]
    kind = draw(st.sampled_from(kinds))
    first = max(today + timedelta(days=draw(st.integers(-1, 6))), task.start)
    first = min(first, task.end - timedelta(days=1))
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 6])))
    clock = None if kind == "closed" else time(draw(st.integers(10, 19)))
    return Surprise(kind=kind, first=first, last=last, clock=clock)


@st.composite
def touched(draw: st.DrawFn, plan: Plan, task: Task, request: ReplanRequest) -> Plan:
    """Let a person mark, pin, fill or move a row; what was held is not on a day that falls out."""
    row = draw(st.sampled_from(plan.sessions))
    falls_out = any(each.takes_out(row.date, row.start, row.end, row.site) for each in request.surprises)
    past = row.date <= request.made_on
    ways: dict[str, dict[str, object]] = {
        "pinned": {"pinned": True},
        "cancelled": {"state": "cancelled", "reason": "nobody came"},
        "topic": {"topic_id": draw(st.sampled_from(["", *(each.topic_id for each in task.topics)]))},
        "note": {"note": "Bring pens"},
        "moved": {"date": row.date + timedelta(days=1), "reason": "asked for"},
    }
    if past and not falls_out:
        ways |= {"held": {"state": "held"}, "not held": {"state": "not held"}}
        ways |= {f"partly {each}": {"state": "partly", "held_minutes": each} for each in (20, 40)}
    way = draw(st.sampled_from(sorted(ways)))
    made = small.changed(plan, row.session_id, **ways[way])
    return replace(made, sessions=tuple(sorted(made.sessions, key=lambda each: each.order)))


def proposed(case: Edited) -> Proposal | None:
    try:
        return propose_for(case.task.curriculum, case.kept, case.request)
    except Clash as refused:
        if refused.reasons:
            return None
        raise


def stands(case: Edited, row: Session) -> bool:
    """Say whether nothing but the surprise itself may change a row; the test's own words of the rule."""
    by_hand = dict(case.kept.plan.sheet.rows)[row.session_id] != row_digest(row)
    return row.state != "planned" or row.pinned or row.date <= case.request.made_on or by_hand


def falls_out(case: Edited, row: Session) -> bool:
    """Say whether a planned row lies on a day, or in hours, that a surprise took away."""
    for each in case.request.surprises:
        if row.state == "planned" and each.first <= row.date <= each.last:
            late = each.kind == "late" and each.clock is not None and row.start < each.clock
            early = each.kind == "early" and each.clock is not None and row.end > each.clock
            if each.kind == "closed" or late or early:
                return True
    return False


@pytest.mark.parametrize("examples", EXAMPLES)
def test_what_stands_stays_byte_for_byte(examples: int) -> None:
    def check(case: Edited) -> str:
        proposal = proposed(case)
        if proposal is None:
            return REFUSED
        before = {each.session_id: each for each in case.kept.plan.sessions}
        after = {each.session_id: each for each in proposal.case.plan.sessions}
        assert after.keys() == before.keys()
        fixed = [name for name, row in before.items() if stands(case, row) and not falls_out(case, row)]
        assert plan_bytes(after[name] for name in fixed) == plan_bytes(before[name] for name in fixed)
        for name, row in before.items():
            if falls_out(case, row):
                gone = row.model_copy(update={"state": "cancelled", "reason": after[name].reason})
                assert after[name] == gone
                assert after[name].reason in ("closed", "late start", "closed early")
            elif name not in fixed:
                assert after[name] == row.model_copy(update={"topic_id": after[name].topic_id})
        return "standing rows" if fixed else "none"

    tried(examples, cases(slots=5, weeks=3, topics=5), check, {"standing rows": examples // 2})


def errors(case: Edited, program: Program, plan: Plan) -> list[str]:
    return [each.message for each in errors_of(judge(Case(case.task.curriculum, program, plan)).problems)]


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("ways", [False, True], ids=["one way", "several ways"])
def test_the_judge_accepts_the_plan_at_its_cost(ways: bool, examples: int) -> None:
    def check(case: Edited) -> str:
        proposal = proposed(case)
        if proposal is None:
            return REFUSED
        plan = proposal.case.plan
        verdict = judge(Case(case.task.curriculum, proposal.case.program, plan))
        assert verdict.cost == plan.sheet.cost
        before = {each.session_id: each for each in case.kept.plan.sessions}
        by_hand = {
            name for name, row in before.items() if dict(case.kept.plan.sheet.rows)[name] != row_digest(row)
        }
        assert set(verdict.edited) == by_hand
        if any(stands(case, each) for each in before.values()):
            return "standing rows"  # what these break is forgiven
        assert errors_of(verdict.problems) == []
        return "free"

    least = {"free": 2, "standing rows": examples // 3}
    tried(examples, cases(slots=5, weeks=3, topics=5, ways=ways, edits=2), check, least)


def rank(case: Edited, plan: Plan) -> tuple[int, int, int]:
    """Return what plans are compared by: promises, changes, cost; changes first where a person asks so."""
    bill = price(Case(case.task.curriculum, case.program, plan))
    before = {each.session_id: each for each in case.kept.plan.sessions}
    changes = sum(
        each.takes_place and before[each.session_id].takes_place
        and each.topic_id != before[each.session_id].topic_id
        for each in plan.sessions
    )  # fmt: skip
    promised = 0 if case.request.fewest else bill.by_name["empty"] + bill.by_name["shortfalls"]
    return promised, changes, bill.total


def every_plan(case: Edited) -> Iterator[Plan]:
    """Go through every way to fill the rows that may change."""
    curriculum = case.task.curriculum
    choices: list[list[Session]] = []
    for row in case.kept.plan.sessions:
        if falls_out(case, row):
            choices.append([row.model_copy(update={"state": "cancelled", "reason": "closed"})])
        elif stands(case, row) or row.kind != "group" or not curriculum.needs_topic(row.group_type):
            choices.append([row])
        else:
            fitting = [each.topic_id for each in case.task.topics if each.group_type == row.group_type]
            choices.append([row.model_copy(update={"topic_id": name}) for name in ["", *fitting]])
    for sessions in product(*choices):
        yield replace(case.kept.plan, sessions=sessions)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_plan_changes_less_and_costs_less(examples: int) -> None:
    def check(case: Edited) -> str:
        proposal = proposed(case)
        allowed = [each for each in every_plan(case) if not _broken(case, each)]
        if not allowed and any(stands(case, each) for each in case.kept.plan.sessions):
            return "standing rows break a rule"
        best = min((rank(case, each) for each in allowed), default=None)
        assert (proposal and rank(case, proposal.case.plan)) == best
        if proposal is None:
            return REFUSED
        assert proposal.fewest
        return "changed" if rank(case, proposal.case.plan)[1] else "as it was"

    least = {"changed": max(2, examples // 10)}
    tried(examples, cases(slots=2, weeks=2, topics=3, edits=1), check, least)


WEEK = "| mon-1 | tue-1 | wed-1 | thu-1 | fri-1 |"


@st.composite
def closings(draw: st.DrawFn) -> Edited:
    """Make a week of one group type, after a week in which some groups fell out, and close a day or two."""
    slots = "| day |\n| mon |\n| tue |\n| wed |\n| thu |\n| fri |"
    before = small.plan(small.program(slots, weeks=1, start="2026-12-28"), f"{WEEK}\n| A | B | C | A | B |")
    fell_out = draw(st.lists(st.integers(0, 4), max_size=2))
    history = (
        each.model_copy(update={"state": "cancelled"}) if number in fell_out else each
        for number, each in enumerate(before.sessions)
    )
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    program = small.program(slots, weeks=1, stay_weeks=[1], spacing={"RP": draw(st.integers(1, 4))})
    task = Task(curriculum, program, program.start, program.weeks, tuple(history))
    made = solve(task)
    plan = replace(made, sheet=with_rows(made.sheet, made.sessions))
    days = draw(st.lists(st.integers(0, 4), min_size=1, max_size=2, unique=True))
    surprise = (
        Surprise(kind="closed", first=day, last=day) for day in (task.start + timedelta(days=n) for n in days)
    )
    fewest = draw(st.booleans())
    request = ReplanRequest("small", task.start - timedelta(days=1), tuple(surprise), fewest=fewest)
    return Edited(task, Kept("small", Path("small"), program, plan), request)


@pytest.mark.parametrize("examples", [4, pytest.param(150, marks=pytest.mark.deep)])
def test_no_plan_changes_less_where_cancelled_groups_count_between_two_runs(examples: int) -> None:
    def check(case: Edited) -> str:
        proposal = proposed(case)
        allowed = (each for each in every_plan(case) if not _broken(case, each))
        assert proposal is not None
        assert _broken(case, proposal.case.plan) == []
        assert rank(case, proposal.case.plan) == min(rank(case, each) for each in allowed)
        return "cancelled groups count" if _is_nearer(case, proposal.case.plan) else "they do not"

    tried(examples, closings(), check, {"cancelled groups count": 2, "they do not": 2})


def _is_nearer(case: Edited, plan: Plan) -> bool:
    """Say whether a topic comes again sooner than spacing asks, counted by the groups that take place."""
    distance = case.program.spacing["RP"]
    held = [each for each in plan.lived if each.takes_place]
    topics = [each.topic_id for each in held]
    return any(
        each.topic_id and each.topic_id in topics[max(place - distance, 0) : place]
        for place, each in enumerate(held)
        if each.date >= plan.sheet.start
    )


def _broken(case: Edited, plan: Plan) -> list[str]:
    """Name the errors of a plan; its cost is no error here, for its sheet is the old one."""
    found = errors(case, case.program, plan)
    return [each for each in found if not each.startswith("says the plan costs")]


@pytest.mark.parametrize("examples", EXAMPLES)
def test_rows_in_another_order_give_the_same_bytes(examples: int) -> None:
    def check(case: Edited) -> str:
        proposal = proposed(case)
        if proposal is None:
            return REFUSED
        kept = replace(case.kept, plan=replace(case.kept.plan, sessions=case.kept.plan.sessions[::-1]))
        other = propose_for(small.turned(case.task.curriculum), kept, case.request)
        assert plan_bytes(other.case.plan.sessions) == plan_bytes(proposal.case.plan.sessions)
        assert replace(other.case.plan.sheet, rows=()) == replace(proposal.case.plan.sheet, rows=())
        assert sorted(other.case.plan.sheet.rows) == sorted(proposal.case.plan.sheet.rows)
        assert sheet_bytes(proposal.case.plan.sheet)
        return "plan"

    tried(examples, cases(slots=4, weeks=3, topics=5), check, {"plan": examples // 2})


@pytest.mark.parametrize("examples", EXAMPLES)
def test_sliding_keeps_the_order_of_topics(examples: int) -> None:
    def check(case: Edited) -> str:
        sessions = case.kept.plan.sessions
        fixed = {each.session_id for each in sessions if stands(case, each)}
        lost = {each.session_id for each in sessions if falls_out(case, each)}
        rows = [
            each.model_copy(update={"state": "cancelled"}) if each.session_id in lost else each
            for each in sessions
        ]
        moved = slid(case.task.curriculum, rows, lost, fixed)
        assert [each.model_copy(update={"topic_id": ""}) for each in moved] == [
            each.model_copy(update={"topic_id": ""}) for each in rows
        ]
        for line in {(each.group_type, each.track) for each in rows}:
            before = _line(sessions, line, fixed - lost)
            after = _line((each for each in moved if each.takes_place), line, fixed)
            assert after == before[: len(after)]
        return "slid" if lost else "nothing lost"

    one_length = cases(slots=5, weeks=3, topics=5).filter(
        lambda case: all(each.lengths[0] == 60 for each in case.task.topics)
    )
    tried(examples, one_length, check, {"slid": examples // 4})


def _line(rows: Iterable[Session], line: tuple[str, str], fixed: set[str]) -> list[str]:
    """List the topics of a line of meetings, without those that stand and those that are empty."""
    inside = (each for each in rows if (each.group_type, each.track) == line and each.kind == "group")
    return [each.topic_id for each in inside if each.session_id not in fixed and each.topic_id]
