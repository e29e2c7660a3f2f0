"""A good plan is made bad in one way, and the judge names exactly that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.ground.errors import Place
from iop_sessions.judge import judge
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, with_rows
from iop_sessions.program.settings import Calendar
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="""
        | topic_id | group_type | series | part | trigger_content | lengths | ages  |
        | A        | RP         |        |      |                 | 60      | adult |
        | B        | RP         |        |      |                 | 60      | adult |
        | P1       | RP         | road   | 1    |                 | 60      | adult |
        | P2       | RP         | road   | 2    |                 | 60      | adult |
        | T        | RP         |        |      | grief           | 60      | adult |
        | LONG     | RP         |        |      |                 | 50; 90  | adult |
        | YOUNG    | RP         |        |      |                 | 60      | youth |
        | S        | SD         |        |      |                 | 60      | adult |
        """
)
PROGRAM = small.program(
    "| day | group_type |\n| mon | RP |\n| mon | RP |\n| mon | SD |\n| wed | RP |",
    weeks=2, spacing={"RP": 2}, closed=["2027-01-13"], stay_weeks=[1],
)  # fmt: skip
GOOD = small.plan(
    PROGRAM,
    """
    | mon-1 | mon-2 | mon-3 | wed-1  |
    | P1    | P2    | S     | A      |
    | B     | T     | S     | closed |
    """,
)
FIRST = "2027-01-04-mon-1"


def placed(made: Plan) -> Plan:
    """Give each session the line it would have in plan.csv."""
    lines = enumerate(made.sessions, 2)
    sessions = tuple(each.model_copy(update={"place": Place("plan.csv", line)}) for line, each in lines)
    return replace(made, sessions=sessions)


def said_of(made: Plan, program: object = PROGRAM) -> list[str]:
    return [str(problem) for problem in judge(Case(CURRICULUM, program, made)).problems]  # type: ignore[arg-type]


def unsigned(made: Plan) -> Plan:
    """Sign the rows as they are now, so that nothing is said of an edit."""
    return replace(made, sheet=with_rows(made.sheet, made.sessions))


def change(session_id: str = FIRST, **values: object) -> Plan:
    return unsigned(small.changed(placed(GOOD), session_id, **values))


def test_a_good_plan_has_no_problem() -> None:
    verdict = judge(Case(CURRICULUM, PROGRAM, placed(GOOD)))
    assert (verdict.problems, verdict.cost, verdict.edited) == ((), 0, ())


def test_a_dropped_session_is_missed_by_date_and_slot() -> None:
    made = placed(GOOD)
    assert said_of(replace(made, sessions=made.sessions[:3] + made.sessions[4:])) == [
        (
            "plan.csv: 2027-01-06-wed-1: the session of Wednesday, January 6, 2027, slot wed-1, is missing "
            "— put its row back; to cancel it, write cancelled under state"
        )
    ]


def test_a_session_that_stands_twice_is_named() -> None:
    made = placed(GOOD)
    twice = replace(
        made, sessions=(*made.sessions, made.sessions[-1].model_copy(update={"place": Place("plan.csv", 9)}))
    )
    assert (
        said_of(twice)[0] == "plan.csv:9: session_id: session 2027-01-11-mon-3 stands twice — remove one row"
    )


def test_a_foreign_session_is_named_with_what_to_do() -> None:
    made = placed(GOOD)
    renamed = made.sessions[0].model_copy(update={"session_id": "2027-01-04-mon-9"})
    assert said_of(replace(made, sessions=(renamed, *made.sessions[1:]))) == [
        (
            "plan.csv: 2027-01-04-mon-1: the session of Monday, January 4, 2027, slot mon-1, is missing "
            "— put its row back; to cancel it, write cancelled under state"
        ),
        (
            "plan.csv:2: session_id: no meeting '2027-01-04-mon-9' in this program "
            "— remove the row, or write why it is there under reason"
        ),
    ]


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"date": date(2027, 1, 7)}, "date", "from 2027-01-06 to 2027-01-07 — put 2027-01-06 back"),
        ({"start": time(16), "end": time(17)}, "start", "from 17:30 to 16:00 — put 17:30 back"),
    ],
)
def test_a_session_moved_by_hand_is_named_exactly(values: dict[str, object], column: str, said: str) -> None:
    moved = f"plan.csv:5: {column}: session 2027-01-06-wed-1 was moved {said}, or write why under reason"
    assert said_of(change("2027-01-06-wed-1", **values))[0] == moved


def test_a_move_with_its_reason_is_only_said() -> None:
    assert said_of(change("2027-01-06-wed-1", date=date(2027, 1, 7), reason="leak")) == [
        "plan.csv:5: date: warning: session 2027-01-06-wed-1 was moved from 2027-01-06 to 2027-01-07 (leak)"
    ]


def test_a_session_on_a_closed_day_is_named_with_the_closure() -> None:
    assert said_of(change("2027-01-06-wed-1", date=date(2027, 1, 13), reason="swap")) == [
        "plan.csv:5: date: warning: session 2027-01-06-wed-1 was moved from 2027-01-06 to 2027-01-13 (swap)",
        (
            "plan.csv:5: date: session 2027-01-06-wed-1 meets on Wednesday, January 13, 2027, "
            "a closed day (Closed) — move it, or take the day out of the calendar's closed days"
        ),
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"week": 2}, "week: session 2027-01-04-mon-1 says 2, its meeting says 1 — write 1"),
        (
            {"slot_id": "wed-1"},
            "slot_id: session 2027-01-04-mon-1 says wed-1, its meeting says mon-1 — write mon-1",
        ),
    ],
)
def test_a_row_that_disagrees_with_its_meeting_is_named(values: dict[str, object], said: str) -> None:
    assert said_of(change(**values)) == [f"plan.csv:2: {said}"]


@pytest.mark.parametrize(
    ("topic_id", "said"),
    [
        ("X", "no topic 'X' — choose one of topics.csv"),
        ("YOUNGE", "no topic 'YOUNGE' — did you mean 'YOUNG'?"),
        ("S", "S is no topic of RP groups — choose one of RP"),
        ("LONG", "LONG is written for 50 or 90 minutes, the session has 60 — choose another topic"),
        ("YOUNG", "YOUNG is not written for ages 'adult' — choose another topic"),
    ],
)
def test_a_topic_that_does_not_exist_or_fit_is_named(topic_id: str, said: str) -> None:
    assert said_of(change("2027-01-11-mon-1", topic_id=topic_id)) == [f"plan.csv:6: topic_id: {said}"]


def test_a_topic_that_comes_again_too_soon_is_named_with_the_count() -> None:
    assert said_of(change("2027-01-11-mon-1", topic_id="A")) == [
        (
            "plan.csv:6: topic_id: A comes twice in a row, "
            "[spacing] asks for 2 meetings of RP between — choose another topic"
        )
    ]


WEEK = "| day |\n| mon |\n| tue |\n| wed |\n| thu |"
TWICE = "A comes twice in a row"


def spaced(grid: str, distance: int, **states: str) -> list[str]:
    """Judge the spacing of a week in which some groups came to be in another state."""
    program = small.program(WEEK, weeks=1, spacing={"RP": distance}, stay_weeks=[1])
    made = small.plan(program, f"| mon-1 | tue-1 | wed-1 | thu-1 |\n{grid}")
    sessions = tuple(
        each.model_copy(update={"state": states.get(each.slot_id[:3], "planned")}) for each in made.sessions
    )
    made = unsigned(replace(made, sessions=sessions))
    return [each.message for each in judge(Case(CURRICULUM, program, made)).problems]


def test_a_group_that_was_cancelled_counts_between_two_runs() -> None:
    assert spaced("| A | B | B | A |", 2, tue="cancelled") == []
    assert spaced("| A | B | B | A |", 3, tue="cancelled") == [
        "A comes again after 2 meetings of RP (1 cancelled), [spacing] asks for 3"
    ]


def test_a_topic_twice_in_a_row_is_named_however_many_groups_were_cancelled_between() -> None:
    asks = "[spacing] asks for {} of RP between, at least one that takes place"
    gone = {"tue": "cancelled", "wed": "cancelled"}
    assert spaced("| A | B | B | A |", 5, **gone) == [
        f"{TWICE} (2 cancelled between), {asks.format('5 meetings')}"
    ]
    assert spaced("| A | B | B | A |", 1, **gone) == [
        f"{TWICE} (2 cancelled between), {asks.format('1 meeting')}"
    ]
    assert spaced("| A | B | B | A |", 0, **gone) == []


def test_a_run_that_was_cancelled_was_none() -> None:
    assert spaced("| A | A | B | A |", 1, tue="cancelled") == []
    assert spaced("| A | A | B | A |", 1) == [f"{TWICE}, [spacing] asks for 1 meeting of RP between"]


def test_a_group_held_partly_was_held() -> None:
    assert spaced("| A | B | A | B |", 1, mon="held", tue="partly") == [
        "session 2027-01-05-tue-1 was held partly, for 0 of its 60 minutes"  # nothing of spacing
    ]


def test_a_cancelled_group_of_the_past_counts_between_two_runs() -> None:
    past = small.plan(small.program(WEEK, weeks=1), "| mon-1 | tue-1 | wed-1 | thu-1 |\n| B | A | B | B |")
    gone = small.changed(past, "2027-01-07-thu-1", state="cancelled").sessions
    program = small.program(
        "| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 2}, stay_weeks=[1]
    )
    said = {
        topic_id: [each.message for each in judge(Case(CURRICULUM, program, made)).problems]
        for topic_id in "AB"
        for made in (small.plan(program, f"| mon-1 |\n| {topic_id} |", history=gone),)
    }
    assert said == {
        "A": [],
        "B": [
            (
                "B comes twice in a row (1 cancelled between), [spacing] asks for 2 meetings of RP between, "
                "at least one that takes place"
            )
        ],
    }


def test_two_swapped_parts_break_their_series_in_each_place() -> None:
    made = small.changed(change(topic_id="P2"), "2027-01-04-mon-2", topic_id="P1")
    assert said_of(unsigned(made)) == [
        "plan.csv:2: topic_id: P2 does not follow P1 — hold P1 in the meeting before",
        "plan.csv:5: topic_id: P2 must follow P1 here — write P2",
    ]


def test_a_series_that_the_last_meeting_begins_has_no_end() -> None:
    short = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| P1 |")
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    assert said_of(placed(short), program) == [
        "plan.csv:2: topic_id: P1 is the last meeting, P2 has no place — choose another topic"
    ]


def test_a_cancelled_session_changes_who_is_last_and_who_is_next() -> None:
    cancelled = change("2027-01-11-mon-3", state="cancelled")
    assert said_of(cancelled) == [
        (
            "plan.csv:7: topic_id: T holds trigger content (grief) and is the last group of the day "
            "— move it to the middle of a day"
        )
    ]
    assert said_of(change("2027-01-04-mon-2", state="cancelled")) == [
        "plan.csv:5: topic_id: P2 must follow P1 here — write P2"
    ]


def test_trigger_content_at_the_start_of_a_day_is_named() -> None:
    made = small.changed(change("2027-01-11-mon-1", topic_id="T"), "2027-01-11-mon-2", topic_id="B")
    assert said_of(unsigned(made)) == [
        (
            "plan.csv:6: topic_id: T holds trigger content (grief) and is the first group of the day "
            "— move it to the middle of a day"
        )
    ]


def with_a_row_more(**values: object) -> Plan:
    made = placed(GOOD)
    wednesday = next(each for each in made.sessions if each.session_id.endswith("wed-1"))
    extra = wednesday.model_copy(
        update={"session_id": "extra", "slot_id": "extra", "date": date(2027, 1, 7), **values}
    )
    return placed(replace(made, sessions=(*made.sessions, extra)))


def test_a_row_that_was_added_needs_a_reason_and_is_then_only_said() -> None:
    assert said_of(with_a_row_more(reason="make-up for Monday"))[0] == (
        "plan.csv:9: session_id: warning: session extra is no meeting of the program (make-up for Monday)"
    )
    assert said_of(with_a_row_more())[0] == (
        "plan.csv:9: session_id: no meeting 'extra' in this program "
        "— remove the row, or write why it is there under reason"
    )


def test_rows_that_came_or_went_explain_a_cost() -> None:
    explained = "— the rows changed by hand explain it"
    made = with_a_row_more(reason="make-up", topic_id="")
    lost = replace(placed(GOOD), sessions=placed(GOOD).sessions[1:])
    for each in (made, lost):
        wrong = replace(each, sheet=replace(each.sheet, cost=7))
        said = said_of(wrong)[-1]
        assert said.startswith("plan.toml: cost: warning: says the plan costs 7, its sessions cost ")
        assert said.endswith(explained)
    wrong = replace(placed(GOOD), sheet=replace(GOOD.sheet, cost=7))
    assert said_of(wrong) == [
        "plan.toml: cost: says the plan costs 7, its sessions cost 0 — make the plan again"
    ]


def test_a_row_edited_by_hand_is_said_and_explains_its_cost() -> None:
    edited = small.changed(placed(GOOD), "2027-01-11-mon-1", topic_id="")
    verdict = judge(Case(CURRICULUM, PROGRAM, edited))
    assert (verdict.edited, verdict.cost) == (("2027-01-11-mon-1",), 10_000)
    assert [str(problem) for problem in verdict.problems] == [
        "plan.csv:6: 2027-01-11-mon-1: warning: was changed by hand since the plan was made",
        (
            "plan.toml: cost: warning: says the plan costs 0, its sessions cost 10000 "
            "— the rows changed by hand explain it"
        ),
    ]


def test_a_cost_that_nobody_can_explain_is_an_error() -> None:
    assert said_of(replace(GOOD, sheet=replace(GOOD.sheet, cost=7))) == [
        "plan.toml: cost: says the plan costs 7, its sessions cost 0 — make the plan again"
    ]


def test_a_tied_topic_outside_the_week_before_a_closure_is_named() -> None:
    curriculum = small.curriculum(topics="| topic_id | calendar_tie |\n| H | before_closure |")
    program = small.program("| day |\n| mon |", weeks=2, closed=["2027-01-13"])
    made = small.plan(program, "| mon-1 |\n| H |\n| H |")
    assert [str(each) for each in judge(Case(curriculum, program, made)).problems] == [
        "plan.csv: topic_id: H belongs to the week before a closed day — choose another topic"
    ]


def test_a_cohort_is_checked_for_its_order_openings_and_closings() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role | after |\n| A | | |\n| B | | A |\n| O | opening | |\n| Z | closing | |"
    )
    program = small.program("| day |\n| mon |", weeks=4, admission="cohort", stay_weeks=[4])
    made = placed(small.plan(program, "| mon-1 |\n| B |\n| Z |\n| O |\n| A |"))
    assert [str(each) for each in judge(Case(curriculum, program, made)).problems] == [
        "plan.csv:2: topic_id: B comes before A, which it builds on — change their order",
        "plan.csv: O: the opening topic O is not held in the first week — hold it in the first week",
        "plan.csv: Z: the closing topic Z is not held in the last two weeks — hold it in the last two weeks",
    ]


def test_the_past_is_not_judged_but_counts() -> None:
    program = small.program(
        "| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 2}, stay_weeks=[1]
    )
    past = small.plan(
        small.program("| day |\n| mon |\n| wed |", weeks=1), "| mon-1 | wed-1 |\n| T | A |"
    ).sessions
    made = placed(small.plan(program, "| mon-1 |\n| A |", history=past))
    assert said_of(made, program) == [
        (
            "plan.csv:2: topic_id: A comes twice in a row, "
            "[spacing] asks for 2 meetings of RP between — choose another topic"
        )
    ]


OR_PARTLY = "— empty the cell, or write partly under state"
CLOSED_LATER = PROGRAM.model_copy(
    update={"calendar": {"main": Calendar(closed=(date(2027, 1, 6), date(2027, 1, 13)))}}
)


def test_a_session_cancelled_because_its_day_closed_later_is_right() -> None:
    assert said_of(change("2027-01-06-wed-1", state="cancelled"), CLOSED_LATER) == []


def test_a_session_on_a_day_that_closed_later_is_to_be_cancelled() -> None:
    assert said_of(GOOD, CLOSED_LATER) == [
        "plan.csv: session_id: the day of meeting '2027-01-06-wed-1' is closed — write cancelled under state",
        (
            "plan.csv: date: session 2027-01-06-wed-1 meets on Wednesday, January 6, 2027, "
            "a closed day (Closed) — move it, or take the day out of the calendar's closed days"
        ),
    ]


def test_a_session_cancelled_on_a_closed_day_may_stand_only_once() -> None:
    made = change("2027-01-06-wed-1", state="cancelled")
    again = made.sessions[3].model_copy(update={"place": Place("plan.csv", 9)})
    assert said_of(replace(made, sessions=(*made.sessions, again)), CLOSED_LATER) == [
        "plan.csv:9: session_id: session 2027-01-06-wed-1 stands twice — remove one row"
    ]


def test_a_cancelled_session_that_was_never_a_meeting_is_foreign() -> None:
    added = (
        placed(GOOD)
        .sessions[3]
        .model_copy(
            update={"session_id": "2027-01-07-thu-1", "state": "cancelled", "place": Place("plan.csv", 9)}
        )
    )
    assert said_of(unsigned(replace(placed(GOOD), sessions=(*placed(GOOD).sessions, added)))) == [
        (
            "plan.csv:9: session_id: no meeting '2027-01-07-thu-1' in this program "
            "— remove the row, or write why it is there under reason"
        )
    ]


@pytest.mark.parametrize(("start", "end"), [(time(18, 30), time(17, 30)), (time(17, 30), time(17, 30))])
def test_a_session_that_ends_before_it_starts_is_named(start: time, end: time) -> None:
    said = said_of(change(start=start, end=end, reason="swap", state="partly"))
    asked = ("plan.csv:2: end: session", "plan.csv:2: held_minutes")
    assert [each for each in said if each.startswith(asked)] == [
        (
            f"plan.csv:2: end: session {FIRST} ends at 17:30 but starts at {start:%H:%M} "
            "— write an end after the start"
        )
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"state": "partly"},
            f"session {FIRST} was held partly, for 0 of its 60 minutes — write 1 to 60",
        ),
        (
            {"state": "partly", "held_minutes": 61},
            f"session {FIRST} was held partly, for 61 of its 60 minutes — write 1 to 60",
        ),
        (
            {"state": "held", "held_minutes": 40},
            f"session {FIRST} says 40 minutes held, but its state is held {OR_PARTLY}",
        ),
        (
            {"held_minutes": 40},
            f"session {FIRST} says 40 minutes held, but its state is planned {OR_PARTLY}",
        ),
    ],
)
def test_held_minutes_that_cannot_be_true_are_named(values: dict[str, object], said: str) -> None:
    assert said_of(change(**values)) == [f"plan.csv:2: held_minutes: {said}"]


@pytest.mark.parametrize("minutes", [30, 60])
def test_a_session_held_partly_says_its_minutes(minutes: int) -> None:
    assert said_of(change(state="partly", held_minutes=minutes)) == []


def test_a_session_moved_onto_another_is_named_even_with_a_reason() -> None:
    said = said_of(change("2027-01-04-mon-2", start=time(18, 0), end=time(19, 0), reason="room flooded"))
    assert [each for each in said if ": start: session" in each and "while" in each] == [
        (
            f"plan.csv:3: start: session 2027-01-04-mon-2 starts at 18:00 while {FIRST} meets until 18:30 "
            "on 2027-01-04 — move one of them, or write cancelled under state"
        )
    ]


def test_a_cancelled_session_is_in_nobodys_way() -> None:
    moved = change("2027-01-04-mon-2", start=time(18, 0), end=time(19, 0), reason="flood", state="cancelled")
    assert [each for each in said_of(moved) if "while" in each] == []
