"""Plan small tasks, force topics into meetings, and compare planner, judge and brute force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.judge import judge
from iop_sessions.judge.pricing import price
from iop_sessions.pages.wording import clashes_in_words, remedy_words, shortfall_words
from iop_sessions.planning.search import Task, draft, least_shortfalls, session, solve
from iop_sessions.planning.solver.parting import best
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Plan, Session, Sheet, with_rows
from iop_sessions.program.program import Program


def task(curriculum: Curriculum, program: Program, history: Sequence[Session] = ()) -> Task:
    """Plan a program from its own start for its own weeks."""
    return Task(curriculum, program, program.start, program.weeks, tuple(history))


def plan(curriculum: Curriculum, program: Program, history: Sequence[Session] = ()) -> Plan:
    """Solve a task, and let the judge agree before anybody looks at the plan."""
    with clashes_in_words(curriculum):
        made = solve(task(curriculum, program, history))
    made = replace(made, sheet=with_rows(made.sheet, made.sessions))
    verdict = judge(Case(curriculum, program, made))
    assert verdict.problems == (), [str(problem) for problem in verdict.problems]
    assert verdict.cost == made.sheet.cost
    assert made.sheet.bound <= made.sheet.cost
    return made


def lacks(curriculum: Curriculum, made: Plan) -> list[str]:
    """Word what a plan lacks."""
    return [shortfall_words(each, curriculum, curriculum.speech("en")) for each in made.sheet.shortfalls]


def tried(curriculum: Curriculum, shortfall: Shortfall) -> tuple[str, ...]:
    """Word what was tried to mend a shortfall."""
    return tuple(remedy_words(shortfall.remedies, curriculum.speech("en")))


def forced(made: Task, topics: Mapping[str, str]) -> str:
    """Return the outcome where meetings must hold the topics given; '' forces a meeting to stay empty."""
    drafted = draft(made)
    for index, meeting in enumerate(made.meetings):
        if meeting.meeting_id in topics:
            topic_id = topics[meeting.meeting_id]
            variable = drafted.board.holds(topic_id, index) if topic_id else drafted.board.empty[index]
            assert variable is not None, f"{topic_id} does not fit {meeting.meeting_id}"
            drafted.model.equals({variable: 1.0}, 1)
    return best(drafted.model, drafted.start).outcome


def every_plan(made: Task) -> Iterator[Plan]:
    """Go through every way to fill the meetings of a tiny task, good or bad."""
    choices = [
        ["", *(each.topic_id for each in made.topics if each.group_type == meeting.slot.group_type)]
        if meeting.slot.kind == "group" and made.curriculum.needs_topic(meeting.slot.group_type)
        else [""]
        for meeting in made.meetings
    ]
    for topic_ids in product(*choices):
        sessions = tuple(session(*pair) for pair in zip(made.meetings, topic_ids, strict=True))
        sheet = Sheet(made.program.name, made.start, made.weeks, "feasible", 0, 0)
        yield Plan(sheet, sessions, made.history)


def cheapest_by_brute_force(made: Task) -> int | None:
    """Return the cost of the best plan the judge allows, out of all there are; None where it allows none."""
    costs = []
    for each in every_plan(made):
        cost = price(Case(made.curriculum, made.program, each)).total
        priced = replace(each, sheet=replace(each.sheet, cost=cost))
        if not judge(Case(made.curriculum, made.program, priced)).problems:
            costs.append(cost)
    return min(costs, default=None)


def cost(curriculum: Curriculum, program: Program, made: Plan) -> int:
    """Return what the judge says a plan costs."""
    return price(Case(curriculum, program, made)).total


def proved_unavoidable(task: Task, plan: Plan) -> bool:
    """Say whether no plan at all has cheaper shortfalls than this one."""
    return sum(shortfall.cost for shortfall in plan.sheet.shortfalls) <= least_shortfalls(task)
