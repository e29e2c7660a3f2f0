"""Leaders and rooms of a plan: kept as wanted where that works out, else the best there is, and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import strategies as st

from iop_sessions.judge import judge
from iop_sessions.judge.pricing import price
from iop_sessions.pages.wording import shortfall_words
from iop_sessions.planning.replanning import replan
from iop_sessions.planning.search import least_shortfalls, session
from iop_sessions.planning.staff.rota import Rota, rota
from iop_sessions.planning.staff.vacancies import room_hindrance
from iop_sessions.planning.task import Task
from iop_sessions.plans.case import Case
from iop_sessions.plans.leaders import hindrance, monday_of, overlap
from iop_sessions.plans.plan import Plan, Session, Sheet, with_rows
from iop_sessions.program import sections
from iop_sessions.program.calendar import WEEK
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise, with_surprises
from tests.lib import planner, small
from tests.lib.examples import tried
from tests.lib.planner import proved_unavoidable
from tests.lib.ready import READY, library, ready

CURRICULUM = small.curriculum(
    group_types="""
        | group_type | service_kind | needs_topic |
        | RP         | counseling   | no          |
        | PE         | education    | no          |
        | AL         | support      | no          |
        """
)


def task(table: str, **values: object) -> Task:
    program = small.program(table, **values)
    return Task(CURRICULUM, program, program.start, program.weeks)


def unstaffed(made: Task) -> list[Session]:
    return [session(meeting, "") for meeting in made.meetings]


def accepted(made: Task, found: Rota) -> Rota:
    """Let the judge look at a rota before anybody else does."""
    sheet = Sheet(made.program.name, made.start, made.weeks, "optimal", found.cost, found.bound)
    plan = Plan(with_rows(sheet, found.sessions), found.sessions, made.history)
    verdict = judge(Case(made.curriculum, made.program, plan))
    assert [str(problem) for problem in verdict.problems] == []
    assert verdict.cost == found.cost >= found.bound
    return found


def led(table: str, **values: object) -> dict[str, str]:
    """Staff a program, and return who leads each session by id."""
    made = task(table, **values)
    found = accepted(made, rota(made, unstaffed(made)))
    return {each.session_id: " ".join(each.facilitators) for each in found.sessions}


def placed(table: str, **values: object) -> dict[str, str]:
    made = task(table, **values)
    found = accepted(made, rota(made, unstaffed(made)))
    return {each.session_id: each.room for each in found.sessions}


def words_of(found: Rota) -> list[str]:
    return [shortfall_words(each, CURRICULUM, CURRICULUM.speech("en")) for each in found.shortfalls]


def lacking(table: str, **values: object) -> list[str]:
    made = task(table, **values)
    found = accepted(made, rota(made, unstaffed(made)))
    return words_of(found)


F1, F2, F3 = {"code": "F1"}, {"code": "F2"}, {"code": "F3"}


def test_who_is_wanted_leads_wherever_they_may() -> None:
    assert led("| day | lead |\n| mon | F2 |\n| mon | F2; F1 |", facilitators=[F1, F2], weeks=1) == {
        "2027-01-04-mon-1": "F2",
        "2027-01-04-mon-2": "F2 F1",
    }


def test_a_program_that_names_no_facilitators_is_left_as_it_is() -> None:
    assert set(led("| day |\n| mon |").values()) == {""}


def test_somebody_on_leave_is_replaced_for_these_days_only() -> None:
    away = {"code": "F1", "leave": ["2027-01-05..2027-01-12"]}
    assert led("| day | lead |\n| mon | F1 |", facilitators=[away, F2], weeks=3) == {
        "2027-01-04-mon-1": "F1",
        "2027-01-11-mon-1": "F2",
        "2027-01-18-mon-1": "F1",
    }


def test_the_one_who_stays_leads_alone_where_the_kind_may() -> None:
    away = {"code": "F1", "leave": ["2027-01-04"]}
    peer = {"code": "P1", "kind": "peer"}
    table = "| day | lead | group_type |\n| mon | F1; P1 | AL |\n| mon | F1; P1 | RP |"
    assert led(table, facilitators=[away, peer, F3], weeks=1) == {
        "2027-01-04-mon-1": "P1",
        "2027-01-04-mon-2": "P1 F3",  # who is wanted comes first
    }


def test_a_full_week_goes_to_somebody_else() -> None:
    busy = {"code": "F1", "max_week": 1}
    found = led("| day | lead |\n| mon | F1 |\n| tue | F1 |", facilitators=[busy, F2], weeks=2)
    assert sorted(found.values()) == ["F1", "F1", "F2", "F2"]
    assert found["2027-01-04-mon-1"] == found["2027-01-11-mon-1"]  # the same slot goes to the same leader


def test_a_full_week_counts_the_groups_of_the_plan_before_it() -> None:
    busy = {"code": "F1", "max_week": 1}
    table = "| day | lead |\n| mon | F1 |\n| fri | F1 |"
    made = task(table, facilitators=[busy, F2], weeks=1, start="2027-01-06")
    past = small.plan(made.program, "| fri-1 | mon-1 |\n| A | A |", start=small.MONDAY)
    made = replace(made, history=tuple(each for each in past.sessions if each.slot_id == "mon-1"))
    found = accepted(made, rota(made, unstaffed(made)))
    assert [each.facilitators for each in found.sessions] == [("F2",), ("F1",)]


def test_slots_without_a_lead_are_shared_out_and_keep_their_leader() -> None:
    table = "| day |\n| mon |\n| mon |\n| tue |\n| tue |\n| wed |\n| wed |"
    found = led(table, facilitators=[F1, F2, F3], weeks=3, closed=["2027-01-05"])
    counts = {code: list(found.values()).count(code) for code in ("F1", "F2", "F3")}
    assert max(counts.values()) - min(counts.values()) <= 2
    by_slot: dict[str, set[str]] = {}
    for session_id, code in found.items():
        by_slot.setdefault(session_id[11:], set()).add(code)
    assert {slot: len(codes) for slot, codes in by_slot.items()} == dict.fromkeys(by_slot, 1)


def test_after_a_leave_a_slot_goes_back_to_whom_it_mostly_had() -> None:
    away = {"code": "F1", "leave": ["2027-01-18", "2027-01-25"]}
    found = led("| day |\n| mon |", facilitators=[away, F2], weeks=5)
    assert list(found.values()) == ["F1", "F1", "F2", "F2", "F1"]


def test_who_is_away_in_the_first_week_gets_their_share_after_it() -> None:
    away = {"code": "F1", "leave": ["2027-01-04..2027-01-08"]}
    found = led("| day |\n| mon |\n| tue |", facilitators=[away, F2], weeks=4)
    weeks = list(found.values())
    assert weeks[:2] == ["F2", "F2"]
    assert [sorted(weeks[number : number + 2]) for number in (2, 4, 6)] == [["F1", "F2"]] * 3
    assert weeks[2:4] == weeks[4:6] == weeks[6:]


def test_who_is_away_for_most_of_a_plan_is_counted_on_by_no_slot() -> None:
    away = {"code": "F1", "leave": ["2027-01-04..2027-01-20"]}
    found = led("| day |\n| mon |\n| tue |", facilitators=[away, F2], weeks=4)
    assert set(found.values()) == {"F2"}


def test_a_plan_keeps_the_habits_of_the_one_before_it() -> None:
    made = task("| day |\n| mon |\n| tue |", facilitators=[F1, F2], weeks=2, start="2027-01-11")
    past = small.plan(made.program, "| mon-1 | tue-1 |\n| A | A |", start=small.MONDAY).sessions
    for pair in (("F1", "F2"), ("F2", "F1")):
        history = tuple(
            each.model_copy(update={"facilitators": (code,)}) for each, code in zip(past, pair, strict=True)
        )
        after = replace(made, history=history)
        found = accepted(after, rota(after, unstaffed(after)))
        assert [each.facilitators[0] for each in found.sessions] == [*pair, *pair]


def test_kinds_lead_what_they_may_and_the_rest_is_beside() -> None:
    people = [
        {"code": "E1", "kind": "educator"},
        {"code": "P1", "kind": "peer"},
        {"code": "G", "kind": "guest"},
    ]
    table = "| day | group_type |\n| mon | PE |\n| mon | AL |\n| mon | RP |"
    made = task(table, facilitators=people, weeks=1)
    found = accepted(made, rota(made, unstaffed(made)))
    assert [each.facilitators for each in found.sessions] == [("E1",), ("P1",), ()]


def test_a_large_group_gets_somebody_beside_its_leader() -> None:
    people = [F1, {"code": "P1", "kind": "peer"}, {"code": "G1", "kind": "guest", "days": ["Tuesday"]}]
    values: dict[str, Any] = {"facilitators": people, "weeks": 1, "people": {"co_leader_from": 12}}
    table = "| day | lead |\n| mon | F1 |\n| tue | F1; G1 |"
    assert led(table, **values, census={"en": 11}) == {
        "2027-01-04-mon-1": "F1",
        "2027-01-05-tue-1": "F1 G1",
    }
    assert led(table, **values, census={"en": 11, "es": 1}) == {
        "2027-01-04-mon-1": "F1 P1",
        "2027-01-05-tue-1": "F1 G1",
    }


def test_nobody_beside_the_leader_of_a_large_group_is_named() -> None:
    made = lacking("| day | lead |\n| mon | F1 |", facilitators=[F1], weeks=1, people={"co_leader_from": 10})
    assert made == ["Mon, Jan 4, mon-1: 1 co-leader missing for 10 people (from 10 on)"]


def test_each_section_has_a_leader_and_a_room_of_its_own() -> None:
    table = "| day | lead | room | sections |\n| mon | F2 | B | 2 |"
    rooms = [{"code": code, "seats": seats} for code, seats in (("A", 20), ("B", 5), ("C", 8), ("D", 4))]
    values: dict[str, Any] = {"facilitators": [F1, F2], "rooms": rooms, "weeks": 1}
    assert led(table, **values) == {"2027-01-04-mon-1": "F2 F1"}
    assert placed(table, **values) == {"2027-01-04-mon-1": "B; C"}


def test_a_section_without_a_leader_or_a_room_is_named() -> None:
    table = "| day | lead | room | sections |\n| mon | F1 | A | 2 |"
    rooms = [{"code": "A", "seats": 5}, {"code": "B", "seats": 4}]
    assert lacking(table, facilitators=[F1], rooms=rooms, weeks=1) == [
        (
            "Mon, Jan 4, mon-1: 1 of 2 sections: nobody can lead RP: F1 is there already. "
            "What would help: one more counselor, free from 17:30 to 18:30"
        ),
        (
            "Mon, Jan 4, mon-1: 1 of 2 sections: no room: A is taken already; "
            "B has 4 seats for 5 people. What would help: one more room with 5 seats"
        ),
    ]


def test_a_session_that_nobody_can_lead_is_named_with_who_is_away_and_what_would_help() -> None:
    people = [
        {"code": "F1", "leave": ["2027-01-04..2027-01-08"]},
        {"code": "F2", "max_week": 1},
        {"code": "F3", "kind": "educator"},
        {"code": "F4", "to": "18:00"},
    ]
    table = """
        | id | day | lead | start | track |
        | a  | mon | F2   | 12:00 | one   |
        | b  | tue | F2   | 12:00 | one   |
        | c  | tue | F2   | 12:30 | two   |
        | d  | tue | F1   | 17:30 | two   |
        """
    made = task(table, facilitators=people, weeks=1)
    found = accepted(made, rota(made, unstaffed(made)))
    empty = {each.subject[-1]: words for each, words in zip(found.shortfalls, words_of(found), strict=True)}
    assert (found.cost, found.bound) == (100, 100)
    assert [each.kind for each in found.shortfalls] == ["leader"]
    leaders = {each.slot_id: each.facilitators for each in found.sessions}
    assert leaders["a"] == ("F4",)
    assert sorted([leaders["b"], leaders["c"]]) == [("F2",), ("F4",)]
    assert empty == {
        "d": "Tue, Jan 5, d: nobody can lead RP: F1 is away through Fri, Jan 8; "
        "F2 has 1 group that week already (max_week = 1); F3 (educator) may not lead counseling alone; "
        "F4 works until 18:00. What would help: F1 without the leave, or F2 with one group more a week, "
        "or F4 with longer hours, or one more counselor, free from 17:30 to 18:30"
    }


def test_leave_of_the_program_is_offered_back_and_what_a_surprise_takes_is_not() -> None:
    """F1 is ill, which nobody can undo; F2 has leave that the clinic gave; F3 has both on that day."""
    people = [{"code": "F1"}, *({"code": code, "leave": ["2027-01-04"]} for code in ("F2", "F3"))]
    planned = task("| day | lead |\n| mon | F1 |", facilitators=people, weeks=1)
    ill = tuple(
        Surprise(kind="absent", first=planned.start, last=last, subject=code)
        for code, last in (("F1", planned.start), ("F3", planned.start + timedelta(days=3)))
    )
    made = replace(planned, program=with_surprises(planned.program, ill), surprises=ill)
    found = accepted(made, rota(made, unstaffed(made)))
    assert words_of(found) == [
        (
            "Mon, Jan 4, mon-1: nobody can lead RP: F1 is away on Mon, Jan 4; F2 is away on Mon, Jan 4; "
            "F3 is away on Mon, Jan 4. What would help: F2 without the leave, "
            "or one more counselor, free from 17:30 to 18:30"
        )
    ]


def test_missing_leaders_and_rooms_cost_what_the_program_says_and_are_in_the_bound() -> None:
    made = task(
        "| day | lead |\n| mon | F1 |", facilitators=[{"code": "F1", "days": ["Tuesday"]}],
        rooms=[{"code": "A", "seats": 1}], weeks=2, weights={"leader": 7, "room": 3},
        people={"co_leader_from": 2},
    )  # fmt: skip
    found = accepted(made, rota(made, unstaffed(made)))
    assert (found.cost, found.bound) == (2 * (7 + 3 + 10), 2 * (7 + 3 + 10))
    plan = Plan(Sheet("small", made.start, 2, "optimal", 0, 0), found.sessions)
    bill = price(Case(CURRICULUM, made.program, plan)).by_name
    assert (bill["leaders"], bill["rooms"], bill["co_leaders"]) == (14, 6, 20)


def test_a_plan_without_a_leader_says_so_and_proves_that_none_has_less_missing() -> None:
    made = small.program(
        "| day |\n| mon |\n| tue |", facilitators=[{"code": "F1", "days": ["Monday"]}], weeks=1
    )
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |")
    plan = planner.plan(curriculum, made)
    assert [each.kind for each in plan.sheet.shortfalls] == ["leader"]
    assert (plan.sheet.status, plan.sheet.cost, plan.sheet.bound) == ("optimal", 100, 100)
    asked = Task(curriculum, made, made.start, made.weeks)
    assert least_shortfalls(asked) == 100
    assert proved_unavoidable(asked, plan)


def test_standing_sessions_stay_and_what_they_take_is_taken() -> None:
    table = (
        "| id | day | start | track | lead |\n| a | mon | 17:00 | one | F1 |\n| b | mon | 17:30 | two | F2 |"
    )
    made = task(table, facilitators=[F1, F2, F3], weeks=1)
    sessions = [each.model_copy(update={"facilitators": ("F2",)}) for each in unstaffed(made)]
    found = rota(made, sessions, {"2027-01-04-a"}).sessions
    assert found[0] == sessions[0]
    assert found[1].facilitators == ("F1",)  # F2, whom its slot wants, is taken


def test_a_cancelled_session_needs_nobody() -> None:
    made = task("| day | lead |\n| mon | F1 |", facilitators=[{"code": "F1", "days": ["Tuesday"]}], weeks=1)
    gone = [each.model_copy(update={"state": "cancelled"}) for each in unstaffed(made)]
    assert rota(made, gone) == Rota(tuple(gone), (), 0, 0)


def test_who_led_before_leads_again_where_nobody_is_wanted() -> None:
    made = task("| day |\n| mon |\n| tue |\n| wed |", facilitators=[F1, F2, F3], weeks=1)
    first = rota(made, unstaffed(made)).sessions
    turned = {"F1": "F3", "F2": "F1", "F3": "F2"}
    before = {
        each.session_id: each.model_copy(
            update={"facilitators": tuple(turned[code] for code in each.facilitators)}
        )
        for each in first
    }
    again = rota(made, unstaffed(made), before=before).sessions
    assert [each.facilitators for each in again] == [before[each.session_id].facilitators for each in again]
    assert [each.facilitators for each in again] != [each.facilitators for each in first]


def test_replanning_keeps_what_stands_and_who_led_before() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |")
    program = small.program("| day |\n| mon |\n| tue |", facilitators=[F1, F2, F3], weeks=2)
    first = planner.plan(curriculum, program)
    others = {"F1": ("F3",), "F2": ("F1",), "F3": ("F2",)}
    before = [
        each.model_copy(update={"facilitators": others[each.facilitators[0]]}) for each in first.sessions
    ]
    stands = (before[0].model_copy(update={"state": "held", "facilitators": ("F9",)}),)
    asked = Task(curriculum, program, program.start, program.weeks, standing=stands)
    made = replan(asked, before).plan
    assert [each.facilitators for each in made.sessions] == [
        ("F9",), *(each.facilitators for each in before[1:])
    ]  # fmt: skip


ROOMS = [{"code": "A", "seats": 12}, {"code": "B", "seats": 20}, {"code": "C", "seats": 8}]


def test_a_slot_gets_the_smallest_free_room_with_enough_seats() -> None:
    table = """
        | id | day | start | track | room | mode       | kind      |
        | a  | mon | 17:00 | one   |      |            |           |
        | b  | mon | 17:30 | two   |      |            |           |
        | c  | mon | 18:40 | one   |      | telehealth |           |
        | d  | mon | 20:00 | one   | B    |            |           |
        | e  | mon | 21:30 | one   |      |            | drug_test |
        """
    found = placed(table, rooms=ROOMS, weeks=1, census={"en": 20})
    assert sorted([found.pop("2027-01-04-a"), found.pop("2027-01-04-b")]) == ["A", "B"]
    assert list(found.values()) == ["", "B", ""]


def test_a_lost_room_is_replaced_for_these_days_and_the_wanted_one_comes_back() -> None:
    lost = [{"code": "A", "seats": 12, "closed": ["2027-01-11..2027-01-12"]}, *ROOMS[1:]]
    assert placed("| day | room |\n| mon | A |", rooms=lost, weeks=3, census={"en": 12}) == {
        "2027-01-04-mon-1": "A",
        "2027-01-11-mon-1": "B",
        "2027-01-18-mon-1": "A",
    }


def test_rooms_are_of_the_site_and_shared_by_no_young_people_with_adults() -> None:
    rooms = [
        {"code": "A", "seats": 12, "site": "south"},
        {"code": "B", "seats": 13, "ages": "adult"},
        {"code": "C", "seats": 14, "ages": "youth"},
        {"code": "D", "seats": 15, "site": "north"},
    ]
    table = "| day | site |\n| mon | north |\n| mon | south |\n| mon | |"
    assert list(placed(table, rooms=rooms, weeks=1).values()) == ["B", "A", "B"]
    assert list(placed(table, rooms=rooms, weeks=1, ages="youth").values()) == ["C", "A", "C"]


def test_a_session_without_a_room_is_named_with_why() -> None:
    table = """
        | id | day | start | track | room | site |
        | a  | mon | 17:00 | one   | A    | n    |
        | b  | mon | 17:30 | two   | A    | n    |
        """
    rooms = [
        {"code": "A", "seats": 12}, {"code": "B", "seats": 2}, {"code": "C", "seats": 12, "site": "m"},
        {"code": "D", "seats": 12, "closed": ["2027-01-04"]}, {"code": "E", "seats": 12, "ages": "youth"},
    ]  # fmt: skip
    told = lacking(table, rooms=rooms, weeks=1)
    assert len(told) == 1
    assert told[0].partition(": no room: ")[2] in {
        (
            f"A holds {other}; B has 2 seats for 5 people; C is at m; D is closed; "
            "E is a room for ages 'youth'. What would help: one more room with 5 seats at n"
        )
        for other in ("a until 18:00", "b until 18:30")
    }


def test_rows_in_another_order_change_nothing() -> None:
    table = "| day | group_type |\n| mon | RP |\n| mon | PE |\n| tue | RP |\n| tue | PE |\n| wed | AL |"
    made = task(table, facilitators=[F1, F2, F3, {"code": "E", "kind": "educator"}], rooms=ROOMS, weeks=2)
    turned = made.program.model_copy(
        update={name: getattr(made.program, name)[::-1] for name in ("slots", "facilitators", "rooms")}
    )
    other = Task(small.turned(CURRICULUM), turned, made.start, made.weeks)
    first = {each.session_id: each for each in rota(made, unstaffed(made)).sessions}
    assert {each.session_id: each for each in rota(other, unstaffed(other)[::-1]).sessions} == first


# Brute force: the least number of leaders missing in any rota at all.


@st.composite
def programs(draw: st.DrawFn) -> Program:
    hours = st.sampled_from(["17:00", "17:30", "18:10", "19:20"])
    days = ["mon", "mon", "tue"]
    slots = [
        {
            "id": f"s{number}",
            "day": draw(st.sampled_from(days)),
            "start": draw(hours),
            "track": f"t{number}",
            "group_type": draw(st.sampled_from(["RP", "RP", "PE", "AL"])),
            "lead": "; ".join(draw(st.lists(st.sampled_from(["F0", "F1"]), max_size=1))),
            "sections": draw(st.sampled_from([1, 1, 1, 2])),
            "kind": draw(st.sampled_from(["group", "group", "group", "individual", "drug_test"])),
        }
        for number in range(draw(st.integers(1, 4)))
    ]
    people = [
        {
            "code": f"F{number}",
            "kind": draw(st.sampled_from(["counselor", "counselor", "educator", "peer"])),
            "days": draw(st.sampled_from([[], [], ["Monday"]])),
            "leave": draw(st.sampled_from([[], [], ["2027-01-04"], ["2027-01-11..2027-01-12"]])),
            "max_week": draw(st.sampled_from([None, None, 1, 2])),
        }
        for number in range(2 + draw(st.integers(0, 1)))
    ]
    rooms = [
        {
            "code": f"R{number}",
            "seats": draw(st.sampled_from([2, 5, 10])),
            "closed": draw(st.sampled_from([[], [], ["2027-01-05..2027-01-11"]])),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    for slot in slots:
        slot["room"] = draw(st.sampled_from(["", rooms[0]["code"]])) if rooms else ""
    lines = [list(slots[0]), *([str(value) for value in slot.values()] for slot in slots)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return small.program(
        table,
        facilitators=people,
        rooms=rooms,
        census={"en": 6},
        start=small.MONDAY + timedelta(days=draw(st.sampled_from([0, 0, 1]))),
        weeks=draw(st.integers(1, 2)),
        people=draw(st.sampled_from([{}, {"co_leader_from": 2}])),
    )


def fewest_missing(
    left: list[Session],
    slots: dict[str, int],
    free: Callable[[Session, list[Session]], list[str]],
    column: str,
) -> int:
    """Try every way to fill the places of sessions, one session after another."""

    def missing(left: list[Session], done: list[Session]) -> int:
        if not left:
            return 0
        first, *rest = left
        able, needed = free(first, done), slots[first.slot_id]
        choices = [pick for size in range(needed + 1) for pick in combinations(able, size)]
        return min(
            needed - len(pick) + missing(rest, [*done, filled(first, column, pick)]) for pick in choices
        )

    return missing(left, [])


def filled(session: Session, column: str, pick: tuple[str, ...]) -> Session:
    return session.model_copy(update={column: pick if column == "facilitators" else "; ".join(pick)})


def fewest_without_a_leader(made: Task) -> int:
    weeks: dict[object, list[Session]] = {}
    for each in unstaffed(made):
        weeks.setdefault(monday_of(each.date), []).append(each.model_copy(update={"facilitators": ()}))
    past = [each for each in made.lived if each.facilitators]

    def free(session: Session, done: list[Session]) -> list[str]:
        people = made.program.facilitators
        led = [*past, *done]
        return [who.code for who in people if not hindrance(CURRICULUM, made.program, who, session, led)]

    needed = {slot.id: sections.leaders_needed(made.program, slot) for slot in made.program.slots}
    return sum(fewest_missing(week, needed, free, "facilitators") for week in weeks.values())


def fewest_without_a_room(made: Task) -> int:
    days: dict[object, list[Session]] = {}
    for each in unstaffed(made):
        days.setdefault(each.date, []).append(each.model_copy(update={"room": ""}))
    slots = {slot.id: slot for slot in made.program.slots}

    def free(session: Session, done: list[Session]) -> list[str]:
        slot, rooms = slots[session.slot_id], made.program.rooms
        return [room.code for room in rooms if not room_hindrance(made.program, room, slot, session, done)]

    needed = {slot.id: sections.rooms_needed(made.program, slot) for slot in made.program.slots}
    return sum(fewest_missing(day, needed, free, "room") for day in days.values())


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Draw a program, and sometimes a week before it."""
    program = draw(programs())
    past: tuple[Session, ...] = ()
    if draw(st.booleans()):
        line = " | ".join("x" for _ in program.slots)
        grid = f"| {' | '.join(slot.id for slot in program.slots)} |\n| {line} |"
        codes = [each.code for each in program.facilitators]
        past = tuple(
            each.model_copy(update={"facilitators": (draw(st.sampled_from(codes)),)})
            for each in small.plan(program, grid, start=program.start - WEEK).sessions
        )
    return Task(CURRICULUM, program, program.start, program.weeks, past)


@pytest.mark.parametrize("examples", [15, pytest.param(300, marks=pytest.mark.deep)])
def test_nobody_is_in_two_places_and_no_rota_leaves_fewer_sessions_without_a_leader(examples: int) -> None:
    def check(made: Task) -> str:
        found = rota(made, unstaffed(made))
        for one, other in combinations(found.sessions, 2):
            assert not overlap(one, other) or not {*one.facilitators} & {*other.facilitators}
            assert not overlap(one, other) or not {*one.rooms} & {*other.rooms}
        lone = sum(each.cost for each in found.shortfalls if each.kind == "leader") // 100
        assert lone == fewest_without_a_leader(made)
        homeless = sum(each.cost for each in found.shortfalls if each.kind == "room") // 50
        assert homeless == fewest_without_a_room(made)
        assert found.bound == found.cost
        accepted(made, found)
        return f"{'no leader' if lone else 'led'}, {'no room' if homeless else 'seated'}"

    every = ["led, seated", "led, no room", "no leader, seated", "no leader, no room"]
    tried(examples, tasks(), check, dict.fromkeys(every, 1))


@pytest.mark.parametrize("name", READY)
def test_a_ready_program_is_staffed_as_its_slots_say(name: str) -> None:
    program = ready(name)
    made = Task(library(), program, program.start, program.weeks)
    assert rota(made, unstaffed(made)) == Rota(tuple(unstaffed(made)), (), 0, 0)


def test_who_steps_in_is_the_best_choice_of_those_who_may() -> None:
    table = "| day | lead |\n| mon | F1 |\n| tue | F2 |\n| wed | F3 |"
    made = task(table, facilitators=[F1, F2, F3], weeks=2)
    usual = rota(made, unstaffed(made)).sessions
    away = {"code": "F1", "leave": ["2027-01-11"]}
    changed = task(table, facilitators=[away, F2, {**F3, "group_types": ["RP", "PE"]}], weeks=2)
    known = [
        each.model_copy(update={"facilitators": ("F3",)}) if each.date.day == 5 else each for each in usual
    ]  # F3 led it twice, F2 never
    ill = "2027-01-11-mon-1"
    found = rota(
        changed, known, {each.session_id for each in known} - {ill}, {each.session_id: each for each in known}
    )
    assert [each.facilitators for each in found.sessions if each.session_id == ill] == [("F3",)]
