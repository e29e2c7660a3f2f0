"""Every remedy that is offered helps: the changed task is planned anew from scratch, and lacks less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from lib import planner
from lib.examples import tried

from iop_sessions.planning import explain
from iop_sessions.planning.needs import need
from iop_sessions.planning.promises import window_end
from iop_sessions.planning.remedies import families
from iop_sessions.planning.search import Task, draft
from iop_sessions.planning.trials import causes, with_remedies
from iop_sessions.plans import Plan, Shortfall
from properties.test_planner import plan_or_clash, tasks

FEW = [15, pytest.param(400, marks=pytest.mark.deep)]
NOTHING = ("none of the changes", "no change to the program", explain.NOT_KNOWN)


def lacking(plan: Plan) -> int:
    return sum(each.cost for each in plan.sheet.shortfalls)


def changed_by(task: Task, shortfalls: Iterable[Shortfall], remedy: str) -> Iterator[Task]:
    """Find the tasks that a remedy stands for: one, or one for each objective it names."""
    words, _, _ = remedy.rpartition(": then ")
    for cause in causes(draft(task, wishes=False), shortfalls).values():
        for family in families(task, cause):
            for told, changed in family.changes:
                named = re.fullmatch("mark the objective of (.*) elective", words) if family.joined else None
                if told == words or (named and told in named[1].split(" or ")):
                    yield changed


@pytest.mark.parametrize("examples", FEW)
def test_every_remedy_that_is_offered_helps_when_planned_anew(examples: int) -> None:
    def check(task: Task) -> list[str]:
        offered: list[str] = []
        made = plan_or_clash(task)
        if made is None or not made.sheet.shortfalls:
            return ["nothing to mend"]
        told = with_remedies(task, made).sheet.shortfalls
        for remedy in dict.fromkeys(remedy for each in told for remedy in each.remedies):
            if remedy.startswith(NOTHING):
                continue
            found = list(changed_by(task, made.sheet.shortfalls, remedy))
            assert found, remedy
            for changed in found:
                offered.append("offered")
                again = planner.plan(changed.curriculum, changed.program, changed.history)
                assert lacking(again) < lacking(made), remedy
        return offered

    tried(examples, tasks(slots=4, weeks=3, topics=5), check, {"offered": examples // 2})


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
                found = need(drafted.board, drafted.promises, guest, window_end(guest, weeks), group_type)
                assert found.missing == 0, found
        return "holds"

    tried(examples, tasks(slots=4, weeks=3, topics=6, ways=True), check, {"holds": examples // 5})
