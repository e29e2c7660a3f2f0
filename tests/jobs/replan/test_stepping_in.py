"""Who may step in for a leader who is away, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from iop_sessions.doors.reports.replan import step_in_lines
from iop_sessions.jobs.replan import ReplanRequest
from iop_sessions.jobs.replan.propose import Proposal, propose_for
from iop_sessions.plans.store import Kept
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise
from tests.lib import small

FRIDAY = date(2027, 1, 15)
CURRICULUM = small.curriculum(
    group_types="| group_type | needs_topic |\n| RP | yes |",
    topics="""
        | topic_id | group_type | title | zero_prep |
        | RP-01    | RP         | One   | no        |
        | RP-02    | RP         | Two   | no        |
        | RP-03    | RP         | Three | no        |
        | RP-04    | RP         | Four  | yes       |
    """,
)


def program(*people: dict[str, object]) -> Program:
    slots = "| day | lead |\n| mon | F3 |\n| wed | F2 |\n| fri | F1 |"
    return small.program(slots, weeks=2, stay_weeks=[1], spacing={"RP": 1}, facilitators=list(people))


def proposed(program: Program) -> Proposal:
    plan = small.plan(
        program, "| mon-1 | wed-1 | fri-1 |\n| RP-01 | RP-02 | RP-03 |\n| RP-01 | RP-02 | RP-03 |"
    )
    away = Surprise(kind="absent", first=FRIDAY, last=FRIDAY, subject="F1")
    request = ReplanRequest("small", date(2027, 1, 14), (away,))
    return propose_for(CURRICULUM, Kept("small", Path("small"), program, plan), request)


def test_those_who_may_lead_are_ranked_and_the_plan_takes_the_first() -> None:
    people = ({"code": "F1"}, {"code": "F2"}, {"code": "F3"}, {"code": "F4"}, {"code": "F5"})
    found = proposed(program(*people))
    assert [each.session.facilitators for each in found.found] == [("F2",)]
    assert step_in_lines(found) == [
        "Fri, Jan 15, 5:30 pm, RP-03: who may lead it, the best choice first:",
        "  - F2: led RP 2 times; 1 group this week",
        "  - F3: led RP 2 times; 1 group this week",
        "  - F4: 0 groups this week",
    ]


def test_with_nobody_free_it_says_why_and_offers_what_needs_no_preparation() -> None:
    people = ({"code": "F1"}, {"code": "F2", "days": ["Wednesday"]}, {"code": "F3", "days": ["Monday"]})
    assert step_in_lines(proposed(program(*people))) == [
        "Fri, Jan 15, 5:30 pm, RP-03: nobody may lead it:",
        "  - F1 is away on Fri, Jan 15",
        "  - F2 does not work on Friday",
        "  - F3 does not work on Friday",
        "  - RP-04 Four needs no preparation: replan … --put 2027-01-15-fri-1=RP-04",
    ]
