"""A change of a plan that others continue: what they lose by it is named, and how it may be kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iop_sessions.doors.reports.replan import promise_lines, proposal_facts, proposal_lines
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.replan import Proposal, accept, notice_page
from iop_sessions.plans import store
from iop_sessions.plans.plan import Plan
from iop_sessions.program.surprises import Surprise
from tests.jobs.replan.conftest import Ask
from tests.lib import small
from tests.lib.counting import Broken, Written, broken_in

FEBRUARY_15 = date(2027, 2, 15)
LAST_WEEK = Surprise(kind="closed", first=date(2027, 2, 8), last=date(2027, 2, 12), reason="storm")
HEADER = "| mon-1 | mon-2 | mon-3 | wed-1 | wed-2 | wed-3 | fri-1 | fri-2 | fri-3 |\n"
LATER = "| RP-02 | RT-02 | PE-02 | RP-02 | RT-02 | PE-01 | RP-01 | RT-02 | - |\n"


def go_on(space: Workspace, start: date = FEBRUARY_15, name: str = "second") -> None:
    """Continue the plan `evening` for six weeks; some topics come late or never."""
    program = store.read(space.find_plan("evening")).program.model_copy(update={"start": start})
    made = small.plan(program, HEADER + LATER * 6, start=start)
    noted = store.with_digests(space, made, space.program_file("evening"), "evening")
    store.write_plan(space, name, noted, replace_old=True)


def counted(proposal: Proposal, plan: Plan) -> set[Broken]:
    """Count by brute force what is missed with a plan in the first one's place."""
    line = [
        Written(proposal.kept.program, plan.sheet.start, plan.sheet.weeks, plan.sessions),
        *(
            Written(each.program, each.plan.sheet.start, each.plan.sheet.weeks, each.plan.sessions)
            for each in proposal.later
        ),
    ]
    return broken_in(proposal.case.curriculum, line)


def named(proposal: Proposal) -> set[Broken]:
    return {
        (coverage.journey.track, answer.objective_id, answer.start)
        for coverage, answer in proposal.newly_missed(proposal.case.plan)
    }


def test_what_the_next_plan_loses_by_a_closure_is_named_with_what_may_keep_it(
    space: Workspace, ask: Ask
) -> None:
    alone = ask(LAST_WEEK)
    assert (alone.later, alone.to_plan_anew) == ((), [])
    go_on(space)
    proposal = ask(LAST_WEEK)
    lost = counted(proposal, proposal.case.plan) - counted(proposal, proposal.kept.plan)
    assert named(proposal) == lost
    assert len(lost) > len(named(alone))
    assert promise_lines(proposal)[0] == (
        "Missed now by those who start on Wed, Feb 3; Fri, Feb 5; Mon, Feb 8: "
        "Wait until a craving is over — teach it one to one."
    )
    assert "Then plan anew what follows: replan second --again." in proposal_lines(proposal)
    facts = proposal_facts(proposal)
    assert facts["then"] == ["replan second --again"]
    assert len(facts["missed"]) == len(lost)
    told = str(notice_page(proposal))
    assert "Wait until a craving is over: not in time for who starts on" in told
    assert "Plan anew what follows: replan --again for second." in told


def test_the_next_plan_is_planned_anew_with_what_was_closed_before_it(space: Workspace, ask: Ask) -> None:
    go_on(space)
    proposal = ask(LAST_WEEK)
    accept(space, proposal)
    again = ask(plan="second", again=True)
    assert counted(again, again.kept.plan) >= counted(again, again.case.plan)
    assert named(again) == set()


def test_a_day_that_the_next_plan_owns_is_changed_there(space: Workspace, ask: Ask) -> None:
    go_on(space, date(2027, 2, 8))
    with pytest.raises(UsageError) as raised:
        ask(LAST_WEEK)
    assert str(raised.value) == (
        "2027-02-08 belongs to plans/second, which continues this plan — name that one"
    )
    before = LAST_WEEK.model_copy(update={"first": date(2027, 2, 5)})
    assert (
        "The days from Mon, Feb 8 on belong to plans/second: write the same for replan second."
    ) in proposal_lines(ask(before))


def test_a_next_plan_that_cannot_be_read_does_not_stand_in_the_way(space: Workspace, ask: Ask) -> None:
    go_on(space)
    (space.plans / "second" / "plan.csv").write_text("session_id\nx\n", encoding="utf-8")
    assert ask(LAST_WEEK).later == ()


@pytest.mark.deep
def test_twenty_closures_name_every_promise_that_is_lost(space: Workspace, ask: Ask) -> None:
    go_on(space)
    lost = 0
    for number in range(20):
        day = date(2027, 1, 5) + timedelta(days=2 * number)
        closed = Surprise(kind="closed", first=day, last=day + timedelta(days=number % 5))
        proposal = ask(closed)
        now = counted(proposal, proposal.case.plan) - counted(proposal, proposal.kept.plan)
        assert named(proposal) == now, str(closed)
        lost += len(now)
    assert lost > 5
