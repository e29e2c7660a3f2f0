from __future__ import annotations

from datetime import date
from pathlib import Path

from iop_sessions.coverage.covering import (
    Coverage,
    clinical_minutes,
    cover,
    cover_all,
    seat_minutes,
    worst_of,
)
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import plan_bytes, read_sessions, read_sheet, sheet_bytes
from iop_sessions.program.program import Program
from tests.lib import small

MON_WED = "| day |\n| mon |\n| wed |"
TWO = small.curriculum(
    topics="| topic_id |\n| A |\n| B |",
    topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
)
PROGRAM = small.program(MON_WED, weeks=2, stay_weeks=[1])


def covered(curriculum: Curriculum, program: Program, grid: str, history: str = "") -> Coverage:
    past = (
        small.plan(small.program(MON_WED, weeks=1), history, start=date(2026, 12, 28)).sessions
        if history
        else ()
    )
    return cover(Case(curriculum, program, small.plan(program, grid, history=past)))


def states(coverage: Coverage) -> str:
    """Write one line a start date, one column an objective."""
    lines = [["start", *(each.objective_id for each in coverage.objectives)]]
    for start in coverage.starts:
        answers = [coverage.answer(each.objective_id, start) for each in coverage.objectives]
        shown = [each.state + (f" {each.first:%m-%d}" if each.first else "") for each in answers]
        lines.append([f"{start:%m-%d}", *shown])
    return "\n".join(" | ".join(line) for line in lines)


def test_an_objective_taught_only_on_mondays_is_not_met_in_week_one_by_a_wednesday_joiner() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        objectives="| objective_id | within_weeks |\n| one | 1 |",
        topic_objectives="| topic_id | objective_id |\n| A | one |",
    )
    program = small.program("| day |\n| wed |\n| mon |", weeks=3, start="2027-01-06", stay_weeks=[2])
    made = cover(
        Case(curriculum, program, small.plan(program, "| wed-1 | mon-1 |\n| B | B |\n| B | A |\n| B | A |"))
    )
    assert states(made) == (
        "start | one\n"
        "01-06 | missed\n"  # Monday the 11th holds B; A comes on the 18th, after their first week
        "01-11 | missed\n"
        "01-13 | met 01-18\n"
        "01-18 | met 01-18\n"
        "01-20 | met 01-25\n"
        "01-25 | met 01-25"
    )


def test_a_wednesday_joiner_has_not_met_mondays_topic() -> None:
    grid = "| mon-1 | wed-1 |\n| A | B |\n| B | A |"
    assert states(covered(TWO, PROGRAM, grid)) == (
        "start | one | two\n"
        "01-04 | met 01-04 | met 01-06\n"
        "01-06 | missed | met 01-06\n"
        "01-11 | met 01-13 | met 01-11\n"
        "01-13 | met 01-13 | undecided"
    )


def test_a_stay_past_the_plans_end_is_undecided_never_missed() -> None:
    program = small.program(MON_WED, weeks=1, stay_weeks=[2])
    assert states(covered(TWO, program, "| mon-1 | wed-1 |\n| A | A |")) == (
        "start | one | two\n01-04 | met 01-04 | undecided\n01-06 | met 01-06 | undecided"
    )


def test_the_day_a_window_ends_is_too_late() -> None:
    program = small.program("| day |\n| mon |", weeks=2, stay_weeks=[1])
    assert states(covered(TWO, program, "| mon-1 |\n| A |\n| B |")) == (
        "start | one | two\n01-04 | met 01-04 | missed\n01-11 | missed | met 01-11"
    )


def test_the_past_counts_up_to_the_plans_start() -> None:
    grid = "| mon-1 | wed-1 |\n| B | A |\n| B | A |"
    assert states(covered(TWO, PROGRAM, grid, "| mon-1 | wed-1 |\n| B | A |")).splitlines()[1:3] == [
        "12-28 | met 12-30 | met 12-28",
        "12-30 | met 12-30 | met 01-04",
    ]


def test_orientation_meets_on_day_one_and_a_standing_part_in_any_meeting_of_its_kind() -> None:
    curriculum = small.curriculum(
        topics="""
            | topic_id | delivery    | group_type |
            | O        | orientation | RP         |
            | S        | standing    | SD         |
            | A        | group       | RP         |
            """,
        topic_objectives="| topic_id | objective_id |\n| O | day-one |\n| S | check-in |",
    )
    program = small.program("| day | group_type |\n| mon | RP |\n| wed | SD |", weeks=1, stay_weeks=[1])
    assert states(covered(curriculum, program, "| mon-1 | wed-1 |\n| A | - |")) == (
        "start | day-one | check-in\n01-04 | met 01-04 | met 01-06\n01-06 | met 01-06 | met 01-06"
    )


def test_any_one_of_several_topics_meets_an_objective() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | one |",
    )
    assert states(covered(curriculum, PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| B | A |")).splitlines()[
        1:3
    ] == [
        "01-04 | met 01-04",
        "01-06 | met 01-06",
    ]


def test_entry_after_counts_only_once_what_it_builds_on_was_met_in_the_stay() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | entry | after |\n| A | open | |\n| B | after | A |",
        topic_objectives="| topic_id | objective_id |\n| B | deep |",
    )
    assert states(covered(curriculum, PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| A | B |")) == (
        "start | deep\n01-04 | met 01-06\n01-06 | missed\n01-11 | met 01-13\n01-13 | undecided"
    )


def test_a_cancelled_session_teaches_nobody_and_nobody_starts_on_its_day() -> None:
    made = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| A | B |")
    gone = small.changed(made, "2027-01-04-mon-1", state="cancelled")
    assert cover(Case(TWO, PROGRAM, gone)).starts == (date(2027, 1, 6), date(2027, 1, 11), date(2027, 1, 13))


def test_a_cohort_starts_on_its_first_day_alone() -> None:
    program = small.program(MON_WED, weeks=1, stay_weeks=[1], admission="cohort")
    assert covered(TWO, program, "| mon-1 | wed-1 |\n| A | B |").starts == (date(2027, 1, 4),)


def test_the_worst_start_misses_most_then_waits_longest() -> None:
    made = covered(TWO, PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| B | A |")
    assert made.worst_start(made.starts) == date(2027, 1, 6)
    assert [answer.objective_id for answer in made.missed(date(2027, 1, 6))] == ["one"]
    assert made.worst_start([]) is None


def test_the_weeks_of_an_objective_are_those_that_teach_it_in_a_group() -> None:
    made = covered(TWO, PROGRAM, "| mon-1 | wed-1 |\n| A | A |\n| B | A |")
    assert (made.weeks_of("one"), made.weeks_of("two")) == ([1, 2], [2])


def test_an_elective_is_covered_only_when_asked_for() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |",
        objectives="| objective_id | level |\n| core | short |\n| extra | elective |",
        topic_objectives="| topic_id | objective_id |\n| A | core |\n| A | extra |",
    )
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    made = small.plan(program, "| mon-1 |\n| A |")
    assert [each.objective_id for each in cover(Case(curriculum, program, made)).objectives] == ["core"]
    assert (
        cover(Case(curriculum, program, made), curriculum.objectives).answer("extra", small.MONDAY).state
        == "met"
    )


def test_clinical_minutes_leave_breaks_out_and_seat_minutes_keep_them() -> None:
    program = small.program("| day |\n| mon |\n| mon |\n| wed |", weeks=1)
    sessions = small.plan(program, "| mon-1 | mon-2 | wed-1 |\n| A | B | A |").sessions
    assert (clinical_minutes(sessions), seat_minutes(sessions)) == (180, 190)


def test_a_date_beyond_every_calendar_is_refused_before_anything_is_covered(tmp_path: Path) -> None:
    made = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| A | B |")
    rows = plan_bytes(made.sessions).replace(b",2027-01-13,", b",9999-12-31,")
    (tmp_path / "plan.csv").write_bytes(rows.replace(b",2027-01-04,", b",1999-12-31,"))
    (tmp_path / "plan.toml").write_bytes(sheet_bytes(made.sheet).replace(b"= 2027-01-04", b"= 9999-12-31"))
    sessions, problems = read_sessions(tmp_path / "plan.csv", "plan.csv", small.MONDAY)
    assert [str(each) for each in (*problems, *read_sheet(tmp_path / "plan.toml", "plan.toml")[1])] == [
        "plan.csv:2: date: 1999-12-31 is out of range — allowed: 2000-01-01 to 2100-12-31",
        "plan.csv:5: date: 9999-12-31 is out of range — allowed: 2000-01-01 to 2100-12-31",
        "plan.toml: start: 9999-12-31 is out of range — undo the change, or make the plan again",
    ]
    assert len(sessions) == 2


def test_the_worst_newcomer_is_the_worst_of_all_tracks() -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |", weeks=2, stay_weeks=[1])
    ways = cover_all(Case(TWO, program, small.plan(program, "| mon-1 | mon-2 |\n| A | - |\n| B | - |")))
    worst = worst_of(ways)
    assert worst is not None
    assert (worst[0].journey.name, worst[1]) == ("pm track", date(2027, 1, 4))
    both = small.plan(program, "| mon-1 | mon-2 |\n| A | A |\n| B | B |")
    only = [each for each in TWO.objectives if each.objective_id == "one"]
    taught = [each.teaches_all(date(2027, 1, 4)) for each in cover_all(Case(TWO, program, both), only)]
    assert taught == [True, True]


def test_nobody_is_worst_where_nothing_is_decided() -> None:
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[2])
    assert worst_of(cover_all(Case(TWO, program, small.plan(program, "| mon-1 |\n| - |")))) is None


def claims(plan_of: dict[str, dict[str, object]], as_of: date) -> str:
    made = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| A | B |\n| A | B |")
    for session_id, values in plan_of.items():
        made = small.changed(made, session_id, **values)
    coverage = cover(Case(TWO, PROGRAM, made, as_of))
    return "; ".join(
        f"{start:%d}: {', '.join(str(coverage.answer(each, start).claim) for each in ('one', 'two'))}"
        for start in coverage.starts
    )


MON, WED = "2027-01-04-mon-1", "2027-01-06-wed-1"


def test_a_promise_rests_on_a_group_that_was_held_or_on_one_planned_or_on_one_nobody_confirmed() -> None:
    assert (
        claims({}, date.min)
        == "04: planned, planned; 06: planned, planned; 11: planned, planned; 13: None, planned"
    )
    held = claims({MON: {"state": "held"}}, date(2027, 1, 11))
    assert (
        held
        == "04: taught, not confirmed; 06: planned, not confirmed; 11: planned, planned; 13: None, planned"
    )


def test_a_group_that_was_not_held_teaches_nobody_and_one_held_partly_does_from_its_share_on() -> None:
    assert claims({MON: {"state": "not held"}}, date.min).startswith("06: planned, planned; 11")
    brief = {MON: {"state": "partly", "held_minutes": 29}}
    assert claims(brief, date.min).startswith("04: None, planned; ")
    assert claims({MON: {"state": "partly", "held_minutes": 30}}, date.min).startswith(
        "04: taught, planned; "
    )


def test_the_talk_one_to_one_is_by_appointment_and_never_taught() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | delivery |\n| A | orientation |\n| B | group |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    made = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| B | B |\n| B | B |")
    covered_by = cover(Case(curriculum, PROGRAM, made))
    assert {each.claim for each in covered_by.answers if each.objective_id == "one"} == {"by appointment"}
