"""Every remedy that is offered helps: the changed task is planned anew from scratch, and lacks less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import strategies as st

from iop_sessions.checks import check_program
from iop_sessions.ground.errors import errors_of
from iop_sessions.planning import explain
from iop_sessions.planning.needs import Demands
from iop_sessions.planning.remedies.causes import Shortage, causes
from iop_sessions.planning.remedies.changes import families, pairs
from iop_sessions.planning.remedies.trials import MOST_PAIRS, TAUGHT, with_remedies
from iop_sessions.planning.rules.promises import window_end
from iop_sessions.planning.search import Task, draft
from iop_sessions.planning.solver.highs import MOST_NODES, solve_part
from iop_sessions.planning.solver.model import HardRule, ModelPart
from iop_sessions.plans.facts import (
    AddSlots,
    Changes,
    FillOpenSlot,
    Helps,
    LengthenStay,
    MarkElective,
    MeetOn,
    WhoIsFree,
)
from iop_sessions.plans.plan import Plan
from iop_sessions.program.settings import WEEKDAYS, Facilitator, Room
from tests.lib import planner, small
from tests.lib.examples import tried
from tests.properties.test_planner import plan_or_clash, table, tasks, with_sequences

FEW = [6, pytest.param(400, marks=pytest.mark.deep)]


def lacking(plan: Plan) -> int:
    """Return what is missing of promises and meetings costs."""
    return sum(each.cost for each in plan.sheet.shortfalls if each.kind in TAUGHT)


def vacant(plan: Plan) -> int:
    """Return what missing leaders and rooms cost."""
    return sum(each.cost for each in plan.sheet.shortfalls if each.kind not in TAUGHT)


def faults(task: Task) -> set[str]:
    """Return what `check` says against a program."""
    return {each.message for each in errors_of(check_program(task.curriculum, task.program, "program"))}


def guarded(task: Task) -> set[tuple[str, str]]:
    """Return what no remedy may touch: content that can stir a person up, and the level of what is due."""
    stirring = {(each.topic_id, each.trigger_content) for each in task.topics if each.trigger_content}
    return stirring | {(each.objective_id, each.level) for each in task.objectives if each.within_weeks}


def causes_of(task: Task, plan: Plan) -> Iterable[Shortage]:
    taught = [each for each in plan.sheet.shortfalls if each.kind in TAUGHT]
    return causes(draft(task, wishes=False), taught, plan.sessions).values()


def one_each(changes: Changes) -> list[Changes]:
    """Return what is offered one by one: of objectives that help alike each."""
    (change, *others) = changes
    if others or not isinstance(change, MarkElective):
        return [changes]
    return [(MarkElective(objectives=(each,)),) for each in change.objectives]


def changed_by(task: Task, plan: Plan, changes: Changes) -> Iterator[Task]:
    """Find the tasks that a remedy stands for: one, or one for each objective it names."""
    for cause in causes_of(task, plan):
        for family in families(task, cause):
            for each in (*family.changes, *family.otherwise):
                if each.changes in one_each(changes):
                    yield each.task


def changed_twice_by(task: Task, plan: Plan, changes: Changes) -> Iterator[Task]:
    """Find the tasks that a pair of changes stands for."""
    for cause in causes_of(task, plan):
        yield from (each.task for each in islice(pairs(task, cause), MOST_PAIRS) if each.changes == changes)


def offers(task: Task, made: Plan) -> Iterator[Changes]:
    """Yield the changes that are offered, without what comes of them."""
    told = with_remedies(task, made).sheet.shortfalls
    for remedy in dict.fromkeys(remedy for each in told for remedy in each.remedies):
        if isinstance(remedy, Helps):
            yield remedy.changes


@st.composite
def short_of_meetings(draw: st.DrawFn) -> Task:
    """Draw a program of stays of a week, with more to teach each of them than it has meetings."""
    days = draw(st.lists(st.sampled_from(["mon", "tue", "wed"]), min_size=1, max_size=2))
    types = [*draw(st.lists(st.sampled_from(["RP", "SD"]), min_size=2, max_size=3)), "RP"]
    topics = [{"topic_id": f"T{number}", "group_type": kind} for number, kind in enumerate(types)]
    pairs_of_ids = [{"topic_id": each["topic_id"], "objective_id": each["topic_id"]} for each in topics]
    due = [{"objective_id": each["topic_id"], "within_weeks": draw(st.integers(0, 1))} for each in topics]
    curriculum = small.curriculum(
        topics=table(topics), topic_objectives=table(pairs_of_ids), objectives=table(due)
    )
    program = small.program(
        table([{"day": day, "group_type": "RP"} for day in days]),
        weeks=draw(st.integers(1, 2)),
        stay_weeks=[1],
    )
    return planner.task(curriculum, program)


@st.composite
def with_people(draw: st.DrawFn, of: st.SearchStrategy[Task]) -> Task:
    """Give a task leaders who are not always there, and sometimes a room that is not always open."""
    task = draw(of)
    days = st.lists(st.sampled_from(WEEKDAYS[:4]), max_size=3, unique=True)
    some_types = st.lists(st.sampled_from(task.group_types or ("RP",)), max_size=1)
    away = st.lists(st.integers(0, 20).map(lambda number: str(task.program.start.replace(day=number + 4))))
    people = tuple(
        {
            "code": f"F{number}", "days": draw(days), "group_types": draw(some_types),
            "leave": draw(away)[:1], "max_week": draw(st.sampled_from([None, 2, 4])),
            "from": draw(st.sampled_from([None, "16:00", "18:00"])),
        }
        for number in range(draw(st.integers(1, 2)))
    )  # fmt: skip
    rooms = draw(st.sampled_from([(), ({"code": "A", "seats": 20},), ({"code": "A", "seats": 4},)]))
    changes = {
        "facilitators": tuple(map(Facilitator.model_validate, people)),
        "rooms": tuple(map(Room.model_validate, rooms)),
    }
    return replace(task, program=task.program.model_copy(update=changes))


@st.composite
def with_hindrances(draw: st.DrawFn, of: st.SearchStrategy[Task]) -> Task:
    """Let every objective be due soon, so that none is elective, and write most topics for long groups."""
    task = draw(of)
    topics = (
        each.model_copy(update={"lengths": draw(st.sampled_from([(60,), (90,), (90,)]))})
        for each in task.curriculum.topics
    )
    objectives = (
        each.model_copy(update={"within_weeks": draw(st.integers(1, 2)), "level": "short"})
        for each in task.curriculum.objectives
    )
    return replace(
        task, curriculum=replace(task.curriculum, topics=tuple(topics), objectives=tuple(objectives))
    )


def free_of(changes: Changes) -> list[WhoIsFree]:
    """List what is told of those who are free for the meetings that changes add."""
    slots = [new.free for each in changes if isinstance(each, AddSlots) for new in each.times]
    return slots + [each.free for each in changes if isinstance(each, MeetOn | FillOpenSlot | LengthenStay)]


def is_led(changes: Changes) -> bool:
    """Say whether nothing is told to be missing at the meetings that a remedy adds."""
    return not any(each.unled or each.homeless or each.alone for each in free_of(changes))


@pytest.mark.parametrize("examples", FEW)
def test_every_remedy_that_is_offered_helps_when_planned_anew(examples: int) -> None:
    def check(task: Task) -> list[str]:
        made = plan_or_clash(task)
        if made is None or not lacking(made):
            return ["nothing to mend"]
        seen: list[str] = []
        for changes in offers(task, made):
            alone = list(changed_by(task, made, changes))
            found = alone or list(changed_twice_by(task, made, changes))
            assert found, changes
            for changed in found:
                seen.append("offered" if alone else "pair")
                assert faults(changed) <= faults(task), changes
                assert guarded(task) <= guarded(changed), changes
                again = planner.plan(changed.curriculum, changed.program, changed.history)
                assert lacking(again) < lacking(made), changes
        return seen

    small_ones = tasks(slots=4, weeks=3, topics=5)
    few_slots = tasks(slots=2, weeks=2, topics=5)
    of = st.one_of(small_ones, with_sequences(small_ones), with_hindrances(few_slots))
    tried(examples, of, check, {"offered": examples // 2, "pair": 2})


@pytest.mark.deep
@pytest.mark.parametrize("examples", [100])
def test_a_remedy_with_somebody_free_leaves_no_more_meetings_without_a_leader_or_a_room(
    examples: int,
) -> None:
    def check(task: Task) -> list[str]:
        made = plan_or_clash(task)
        if made is None or not lacking(made):
            return ["nothing to mend"]
        seen: list[str] = []
        for changes in offers(task, made):
            for changed in list(changed_by(task, made, changes)) or changed_twice_by(task, made, changes):
                again = planner.plan(changed.curriculum, changed.program, changed.history)
                assert lacking(again) < lacking(made), changes
                if is_led(changes):
                    assert vacant(again) <= vacant(made), changes
                seen += ["somebody"] if any(each.leaders for each in free_of(changes)) else []
                seen += [] if is_led(changes) else ["nobody"]
        return seen

    least = {"somebody": examples, "nobody": examples // 5}
    tried(examples, with_people(short_of_meetings()), check, least)


@pytest.mark.parametrize("examples", FEW)
def test_of_the_rules_that_clash_none_can_be_left_out(examples: int) -> None:
    def outcome(task: Task, rules: Iterable[HardRule]) -> str:
        """Solve a model of these rules alone."""
        model, kept = explain.hard_model(task), {*rules, None}
        rows = tuple(row for row in model.rows if row.rule in kept)
        free = model.priced({})
        part = ModelPart(tuple(range(len(model.costs))), rows)
        return solve_part(free, part, [0.0] * len(model.costs), MOST_NODES).outcome

    def check(task: Task) -> str:
        clashing = explain.clashing_rules(task)
        if explain.possible(task):
            assert clashing == []
            return "plan"
        assert outcome(task, clashing) == "infeasible"
        for each in clashing:
            rest = [rule for rule in clashing if rule != each]
            assert outcome(task, rest) == "optimal", each.fact
        return "clash"

    of = with_sequences(tasks(slots=3, weeks=3, topics=6))
    tried(examples, of, check, {"clash": 3})


@pytest.mark.parametrize("examples", FEW)
def test_a_count_never_says_that_more_is_needed_than_a_plan_without_a_shortfall_holds(examples: int) -> None:
    def check(task: Task) -> str:
        made = plan_or_clash(task)
        if made is None or any(each.kind == "objective" for each in made.sheet.shortfalls):
            return "misses something"
        drafted = draft(task, wishes=False)
        for promise in drafted.promises:
            guest = promise.guests[0]
            weeks = task.curriculum.objective_by_id[promise.subject].within_weeks
            for group_type in task.group_types:
                found = Demands(drafted.board, drafted.promises).of(
                    guest, window_end(guest, weeks), group_type
                )
                assert found.needed <= found.there, found
        return "holds"

    tried(examples, tasks(slots=4, weeks=3, topics=6, ways=True), check, {"holds": examples // 5})
