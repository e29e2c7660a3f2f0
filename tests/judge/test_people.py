"""Each fault of leaders and rooms is named exactly; with a reason beside it, it is only said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iop_sessions.ground.errors import Place
from iop_sessions.judge import judge
from iop_sessions.judge.people import heads
from iop_sessions.judge.pricing import price
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session, with_rows
from iop_sessions.program.program import Program
from iop_sessions.program.sections import section_size
from tests.lib import small

CURRICULUM = small.curriculum(
    group_types="""
        | group_type | service_kind | needs_topic |
        | RP         | counseling   | no          |
        | PE         | education    | no          |
        | AL         | support      | no          |
        """
)
PEOPLE = [
    {"code": "F1", "from": "17:00", "to": "19:00", "leave": ["2027-01-11..2027-01-12"]},
    {"code": "F2", "days": ["Monday"], "group_types": ["RP"], "max_week": 1},
    {"code": "F3"},
    {"code": "E1", "kind": "educator"},
    {"code": "P1", "kind": "peer"},
]
ROOMS = [
    {"code": "A", "seats": 10, "closed": ["2027-01-11"]},
    {"code": "B", "seats": 4},
    {"code": "C", "seats": 10, "site": "north"},
    {"code": "Y", "seats": 10, "ages": "youth"},
    {"code": "D", "seats": 20},
]
SLOTS = """
    | id | day | start | track | group_type | lead | room |
    | a  | mon | 17:00 | one   | RP         | F1   | A    |
    | b  | mon | 17:30 | two   | PE         | E1   | D    |
    | c  | tue | 17:30 | one   | RP         | F3   | A    |
    """
PROGRAM = small.program(SLOTS, facilitators=PEOPLE, rooms=ROOMS, census={"en": 20})
A1, B1, C1 = "2027-01-04-a", "2027-01-04-b", "2027-01-05-c"
A2, B2, C2 = "2027-01-11-a", "2027-01-11-b", "2027-01-12-c"


def plan(program: Program, changes: dict[str, dict[str, Any]]) -> Plan:
    """Make two weeks as the slots say, with some rows otherwise; they have their lines."""
    made = small.plan(program, "| a | b | c |\n| x | x | x |\n| x | x | x |")
    good = {A2: {"facilitators": ("F3",), "room": "D"}, B2: {"room": "A"}}
    rows: list[Session] = []
    for line, each in enumerate(made.sessions, 2):
        update = {"topic_id": "", "place": Place("plan.csv", line)}
        update |= (good.get(each.session_id, {}) if program is PROGRAM else {}) | changes.get(
            each.session_id, {}
        )
        rows.append(each.model_copy(update=update))
    return Plan(with_rows(made.sheet, rows), tuple(rows))


def told(changes: dict[str, dict[str, Any]], program: Program = PROGRAM) -> list[str]:
    base: dict[str, dict[str, Any]] = {B2: {"state": "cancelled"}}
    merged = {key: base.get(key, {}) | changes.get(key, {}) for key in {*base, *changes}}
    made = plan(program, merged)
    cost = price(Case(CURRICULUM, program, made)).total
    made = replace(made, sheet=replace(made.sheet, cost=cost))
    return [str(problem) for problem in judge(Case(CURRICULUM, program, made)).problems]


WHY = ", or write why under reason"


def test_a_plan_whose_leaders_and_rooms_fit_has_no_problem() -> None:
    assert told({}) == []


@pytest.mark.parametrize(
    ("session_id", "change", "said"),
    [
        (
            A1,
            {"facilitators": ("F9",)},
            "plan.csv:2: facilitators: session 2027-01-04-a: no facilitator 'F9' — name another",
        ),
        (
            A2,
            {"facilitators": ("F1",)},
            (
                "plan.csv:5: facilitators: session 2027-01-11-a: F1 is on leave on Monday, January 11, 2027 "
                "— name another leader"
            ),
        ),
        (
            C1,
            {"facilitators": ("F2",)},
            (
                "plan.csv:4: facilitators: session 2027-01-05-c: F2 does not work on Tuesday, January 5, "
                "2027, 17:30 to 18:30 — name another leader"
            ),
        ),
        (
            B1,
            {"facilitators": ("F2",)},
            "plan.csv:3: facilitators: session 2027-01-04-b: F2 does not lead PE — name another leader",
        ),
        (
            C1,
            {"facilitators": ("E1", "P1")},
            (
                "plan.csv:4: facilitators: session 2027-01-05-c: E1 and P1 may not lead counseling without "
                "somebody who may — add somebody who may lead it"
            ),
        ),
        (
            B1,
            {"facilitators": ("F1",)},
            (
                "plan.csv:3: facilitators: session 2027-01-04-b: F1 is in 2027-01-04-a until 18:00, and "
                "2027-01-04-b begins before — name another leader"
            ),
        ),
        (
            B1,
            {"room": "A"},
            (
                "plan.csv:3: room: session 2027-01-04-b: room A is in 2027-01-04-a until 18:00, and "
                "2027-01-04-b begins before — name another room"
            ),
        ),
        (
            A2,
            {"room": "A"},
            (
                "plan.csv:5: room: session 2027-01-11-a: room A is closed on Monday, January 11, 2027 "
                "— name another room"
            ),
        ),
        (A1, {"room": "R"}, "plan.csv:2: room: session 2027-01-04-a: no room 'R' — name another"),
        (
            A1,
            {"room": "B"},
            (
                "plan.csv:2: room: session 2027-01-04-a: room B has 4 seats, 10 people come to a section "
                "— name a larger room"
            ),
        ),
        (
            A1,
            {"room": "C"},
            (
                "plan.csv:2: room: session 2027-01-04-a: room C is at north, the session is not "
                "— name a room of its site"
            ),
        ),
        (
            A1,
            {"room": "Y"},
            (
                "plan.csv:2: room: session 2027-01-04-a: room Y is for ages 'youth', the program "
                "for ages 'adult' — young people share no room with adults"
            ),
        ),
    ],
)
def test_a_fault_is_named_exactly_and_with_a_reason_is_only_said(
    session_id: str, change: dict[str, Any], said: str
) -> None:
    end = "; else write why under reason" if said.endswith("?") else WHY
    assert told({session_id: change}) == [said + end]
    place, message = said.partition(" — ")[0].split(": session ")
    assert told({session_id: change | {"reason": "swap"}}) == [f"{place}: warning: session {message} (swap)"]


def test_a_peer_beside_a_counselor_is_fine() -> None:
    assert told({A1: {"facilitators": ("P1", "F1")}, C1: {"facilitators": ("F3", "P1")}}) == []


def test_a_cancelled_session_takes_nobody_and_no_room() -> None:
    assert told({A1: {"state": "cancelled"}, B1: {"facilitators": ("F1",), "room": "A"}}) == []


def test_the_first_group_over_the_week_of_a_leader_is_named_and_a_reason_in_that_week_excuses_it() -> None:
    program = PROGRAM.model_copy(
        update={
            "facilitators": tuple(each.model_copy(update={"max_week": 1}) for each in PROGRAM.facilitators)
        }
    )
    base = {A2: {"facilitators": ("F2",), "room": "D"}}
    over = base | {C1: {"facilitators": ("F1",)}}
    words = "session 2027-01-05-c: F1 leads 2 groups from Monday, January 4, 2027 on, more than 1"
    assert told(base, program) == []
    assert told(over, program) == [f"plan.csv:4: facilitators: {words} — name another leader{WHY}"]
    excused = over | {A1: {"reason": "flu"}}
    assert told(excused, program) == [f"plan.csv:4: facilitators: warning: {words} (flu)"]


def test_the_reason_may_stand_beside_the_session_that_was_edited() -> None:
    clash = {A1: {"facilitators": ("E1", "F1"), "reason": "training"}}
    words = "session 2027-01-04-b: E1 is in 2027-01-04-a until 18:00, and 2027-01-04-b begins before"
    assert told(clash) == [f"plan.csv:3: facilitators: warning: {words} (training)"]


def test_a_program_without_facilitators_and_rooms_is_asked_nothing() -> None:
    program = small.program("| id | day |\n| a | mon |\n| b | mon |\n| c | tue |")
    changes = {A1: {"facilitators": ("F9",), "room": "R"}, B1: {"facilitators": ("F9",), "room": "R"}}
    made = plan(program, changes | {A2: {"room": ""}, B2: {"room": ""}})
    assert judge(Case(CURRICULUM, program, made)).problems == ()
    assert price(Case(CURRICULUM, program, made)).total == 0


def bill(changes: dict[str, dict[str, Any]], **settings: object) -> tuple[int, int, int]:
    program = small.program(SLOTS, facilitators=PEOPLE, rooms=ROOMS, census={"en": 20}, **settings)
    found = price(Case(CURRICULUM, program, plan(program, changes)))
    return found.by_name["leaders"], found.by_name["co_leaders"], found.by_name["rooms"]


def test_what_sessions_lack_is_priced_by_name() -> None:
    assert bill({}) == (0, 0, 0)
    assert bill({A1: {"facilitators": ()}, B1: {"room": ""}, C1: {"facilitators": (), "room": ""}}) == (
        200,
        0,
        100,
    )
    assert bill({A1: {"facilitators": ("P1",)}}) == (100, 0, 0)
    assert bill({A1: {"facilitators": ("F9",)}}) == (0, 0, 0)  # whom the program does not know may well lead
    assert bill({A1: {"facilitators": (), "state": "cancelled"}}) == (0, 0, 0)
    assert bill({A1: {"facilitators": ("P1",)}}, people={"leads": {"counseling": ["peer", "counselor"]}}) == (
        0, 0, 0
    )  # fmt: skip
    weights = {"leader": 3, "co_leader": 5, "room": 7}
    two = {A1: {"facilitators": ("F1", "P1")}, B1: {"facilitators": ()}, A2: {"room": ""}}
    assert bill(two, people={"co_leader_from": 10}, weights=weights) == (3, 5 * 5, 7)
    assert bill(two, people={"co_leader_from": 11}, weights=weights) == (3, 0, 7)


def test_how_many_sit_in_a_group_is_counted_by_its_track_where_the_track_has_a_census() -> None:
    """The judge counts for itself, and counts as the planner does."""
    table = """
        | id | day | sections | track |
        | a  | mon |          | am    |
        | b  | mon | 2        | pm    |
        | c  | mon |          | night |
        | d  | mon |          |       |
        """
    tables = (
        {}, {"am": {"en": 5}, "pm": {"en": 6, "es": 2, "large_print": 1}, "night": {"es": 3}},
        {"pm": {"en": 5, "es": 4}}, {"pm": {"en": 20}}, {"am": {"en": 0}}, {"other": {"en": 3}},
    )  # fmt: skip
    counted = []
    for tracks in tables:
        program = small.program(table, census={"en": 12, "es": 5, "large_print": 1, **tracks})
        counted.append([heads(program, slot) for slot in program.slots])
        assert counted[-1] == [section_size(program, slot) for slot in program.slots]
    assert counted[:3] == [[6, 3, 6, 18], [5, 5, 3, 18], [6, 5, 6, 18]]


def test_a_room_too_small_for_the_people_of_a_track_is_named() -> None:
    program = small.program(SLOTS, facilitators=PEOPLE, rooms=ROOMS, census={"en": 20, "one": {"en": 11}})
    found = [each.message for each in judge(Case(CURRICULUM, program, plan(program, {}))).problems]
    assert [each for each in found if "seats" in each] == [
        f"session {name}: room A has 10 seats, 11 people come to a section" for name in (A1, C1, A2, C2)
    ]
