"""One test for each check of a program against its curriculum."""

from __future__ import annotations

from datetime import date

from lib import small

from iop_sessions.checks import check_program, programs
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Problem
from iop_sessions.tables import Unread

NOTHING = Curriculum()


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("p.toml: ") for problem in problems]


def topics(*rows: str) -> Curriculum:
    return small.curriculum(
        topics="| topic_id | group_type | lengths | ages |\n" + "\n".join(f"| {row} |" for row in rows)
    )


def test_check_ids_are_unique_counts_them() -> None:
    program = small.program(
        "| id | day |\n| a | mon |\n| a | tue |\n| b | wed |",
        rooms=[{"code": "R", "seats": 8}, {"code": "R", "seats": 9}],
        facilitators=[{"code": "F1"}, {"code": "F1"}, {"code": "F1"}],
    )
    assert told(programs.check_ids_are_unique(NOTHING, program, "p.toml")) == [
        "slots: 'a' stands 2 times — give each its own id",
        "rooms: 'R' stands 2 times — give each its own id",
        "facilitators: 'F1' stands 3 times — give each its own id",
    ]


def test_check_names_are_known_offers_the_nearest_or_lists_what_there_is() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        rules="| rule_id | pack | reason_codes |\n| R1 | us-guidance | holiday |",
    )
    program = small.program(
        "| day | group_type | lead | room |\n| mon | RP | F1 | A |\n| tue | RPP | F1; F7 | B |",
        rooms=[{"code": "A", "seats": 8}],
        facilitators=[{"code": "F1"}],
        spacing={"RT": 1},
        rules={"packs": ["us-guidanse"]},
        week_notes=[{"week": 1, "reason_code": "holyday"}],
        calendar={"main": {}, "mian": {}},
    )
    assert told(programs.check_names_are_known(curriculum, program, "p.toml")) == [
        "slots[2].group_type: no group type 'RPP' — did you mean 'RP'?",
        "slots[2].lead: no facilitator 'F7' — did you mean 'F1'?",
        "slots[2].room: no room 'B' — there are: A",
        "spacing.RT: no group type 'RT' — did you mean 'RP'?",
        "calendar.mian: no calendar 'mian' — did you mean 'main'?",
        "rules.packs: no rule pack 'us-guidanse' — did you mean 'us-guidance'?",
        "week_notes[1].reason_code: no reason 'holyday' — did you mean 'holiday'?",
    ]


def test_check_names_are_known_says_nothing_of_what_stands_in_a_broken_row() -> None:
    program = small.program("| day | group_type |\n| mon | RT |")
    lost = Curriculum(unread={"group_types": Unread(values=frozenset({("group_type", "RT")}))})
    assert told(programs.check_names_are_known(lost, program, "p.toml")) == []
    assert told(programs.check_names_are_known(NOTHING, program, "p.toml")) == [
        "slots[1].group_type: no group type 'RT' — there is none yet: add it"
    ]


def test_check_slots_do_not_overlap_names_both_and_the_day() -> None:
    program = small.program(
        """
        | id | day | start | minutes |
        | c  | tue | 18:00 | 60      |
        | b  | mon | 18:59 | 60      |
        | a  | mon | 18:00 | 60      |
        | d  | mon | 19:59 | 60      |
        """
    )
    assert told(programs.check_slots_do_not_overlap(NOTHING, program, "p.toml")) == [
        "slots[2].start: b starts at 18:59, a ends at 19:00 on the same Monday — move one of them"
    ]


def test_check_slots_do_not_overlap_finds_two_at_the_same_time() -> None:
    program = small.program("| id | day | start |\n| a | mon | 18:00 |\n| a | mon | 18:00 |")
    assert told(programs.check_slots_do_not_overlap(NOTHING, program, "p.toml")) == [
        "slots[2].start: a starts at 18:00, a ends at 19:00 on the same Monday — move one of them"
    ]


def test_check_slots_end_before_midnight() -> None:
    program = small.program(
        "| id | day | start |\n| a | mon | 22:59 |\n| b | tue | 23:00 |\n| c | wed | 23:30 |"
    )
    assert told(programs.check_slots_end_before_midnight(NOTHING, program, "p.toml")) == [
        "slots[2].minutes: b would end after midnight — start earlier",
        "slots[3].minutes: c would end after midnight — start earlier",
    ]


def test_check_stay_fits_the_plan() -> None:
    slots = "| day |\n| mon |"
    program = small.program(slots, weeks=4, stay_weeks=[6, 12])
    assert told(programs.check_stay_fits_the_plan(NOTHING, program, "p.toml")) == [
        "stay_weeks: a stay of 6 weeks is longer than the plan of 4 — plan 6 weeks or more"
    ]
    assert (
        programs.check_stay_fits_the_plan(
            NOTHING, small.program(slots, weeks=6, stay_weeks=[6, 12]), "p.toml"
        )
        == []
    )


def week(groups: int, length: int = 60, **settings: object) -> list[str]:
    days = ["mon", "tue", "wed", "thu", "fri"]
    rows = "\n".join(f"| {days[number % 5]} | {length} |" for number in range(groups))
    program = small.program("| day | minutes |\n" + rows, **settings)
    return told(programs.check_weekly_hours(NOTHING, program, "p.toml"))


def test_check_weekly_hours_warns_below_9_and_above_19_as_the_payer_counts() -> None:
    assert week(9) == []
    assert week(8) == [
        (
            "slots: warning: a full week holds 8 h clinical (8 h clinical, 8 h 30 min seat)"
            " — 9 hours are the least for this level of care: add 60 minutes"
        )
    ]
    assert week(9, length=55) == [
        (
            "slots: warning: a full week holds 8 h 15 min clinical (8 h 15 min clinical, 9 h 15 min seat)"
            " — 9 hours are the least for this level of care: add 45 minutes"
        )
    ]
    assert week(9, length=55, minutes={"count": "seat"}) == []
    assert week(20) == [
        (
            "slots: warning: a full week holds 20 h clinical (20 h clinical, 22 h 30 min seat)"
            " — 19 hours are the most for this level of care"
        )
    ]


def test_check_weekly_hours_knows_youth_and_other_levels_of_care() -> None:
    assert week(6, ages="youth") == []
    assert len(week(5, ages="youth")) == 1
    assert week(1, level_of_care="OP") == []


def test_check_weekly_hours_counts_past_midnight() -> None:
    program = small.program("| day | start | minutes |\n| mon | 14:00 | 480 |\n| mon | 22:30 | 120 |")
    assert told(programs.check_weekly_hours(NOTHING, program, "p.toml")) == []


def test_check_slots_have_topics_of_their_minutes_and_ages() -> None:
    curriculum = topics("RP-01 | RP | 50; 60 | adult", "RP-02 | RP | 90 | youth")
    program = small.program("| day | minutes |\n| mon | 60 |\n| tue | 90 |\n| wed | 75 |")
    assert told(programs.check_slots_have_topics(curriculum, program, "p.toml")) == [
        f"slots[{number}].minutes: no RP topic is written for {minutes} minutes and ages 'adult'"
        " — change the minutes, or add a topic"
        for number, minutes in ((2, 90), (3, 75))
    ]
    both = small.program("| day | minutes |\n| tue | 90 |", ages="both")
    assert told(programs.check_slots_have_topics(curriculum, both, "p.toml")) == []


def test_check_spacing_leaves_a_choice() -> None:
    curriculum = topics("RP-01 | RP | 60 | adult", "RP-02 | RP | 60 | adult")
    slots = "| day |\n| mon |"
    assert told(
        programs.check_spacing_leaves_a_choice(curriculum, small.program(slots, spacing={"RP": 2}), "p.toml")
    ) == ["spacing.RP: 2 RP topics cannot fill meetings that are 2 apart — write 1 or less, or add topics"]
    assert (
        programs.check_spacing_leaves_a_choice(curriculum, small.program(slots, spacing={"RP": 1}), "p.toml")
        == []
    )


def essential(*topic_ids: str, **settings: object) -> list[str]:
    curriculum = small.curriculum(
        topics="| topic_id |\n" + "\n".join(f"| {each} |" for each in ("RP-01", "RP-02")),
        objectives="| objective_id | within_weeks |\n| safety | 2 |",
        topic_objectives="| topic_id | objective_id |\n"
        + "\n".join(f"| {each} | safety |" for each in topic_ids),
    )
    program = small.program("| day |\n| mon |\n| wed |", **settings)
    return told(programs.check_essentials_can_recur(curriculum, program, "p.toml"))


def test_check_essentials_can_recur_shows_its_arithmetic() -> None:
    assert essential("RP-01", spacing={"RP": 4}) == [
        (
            "spacing.RP: 'safety' hangs on RP-01 alone within 2 weeks: 2 x 2 = 4 RP meetings, "
            "but spacing keeps 4 meetings between two runs"
            " — let a second topic meet it, allow more weeks, or write 3 or less"
        )
    ]
    assert essential("RP-01", spacing={"RP": 3}) == []
    assert essential("RP-01", "RP-02", spacing={"RP": 4}) == []
    assert essential("RP-01", spacing={"RP": 4}, admission="cohort") == []


def test_check_closed_days_lie_in_the_plan_and_a_day_counts_once() -> None:
    closed = [date(2027, 1, 4), date(2027, 1, 17), date(2027, 1, 18), date(2026, 1, 4), date(2026, 1, 4)]
    program = small.program("| day |\n| mon |", closed=closed)
    assert told(programs.check_closed_days_lie_in_the_plan(NOTHING, program, "p.toml")) == [
        f"calendar.main.closed: warning: {day} lies outside the plan — is the year right?"
        for day in ("2027-01-18", "2026-01-04")
    ]


def test_check_some_day_is_open() -> None:
    closed = [date(2027, 1, 4), date(2027, 1, 11)]
    program = small.program("| day |\n| mon |", closed=closed)
    assert told(programs.check_some_day_is_open(NOTHING, program, "p.toml")) == [
        "calendar.main.closed: every day of the plan is closed — take some days out, or plan more weeks"
    ]
    assert (
        programs.check_some_day_is_open(
            NOTHING, small.program("| day |\n| mon |", closed=closed[:1]), "p.toml"
        )
        == []
    )


def test_all_checks_of_a_program_are_told_at_once() -> None:
    curriculum = topics("RP-01 | RP | 60 | adult")
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| tue | XX |", stay_weeks=[3], level_of_care="OP"
    )
    assert told(check_program(curriculum, program, "p.toml")) == [
        "slots[2].group_type: no group type 'XX' — there are: RP",
        "stay_weeks: a stay of 3 weeks is longer than the plan of 2 — plan 3 weeks or more",
    ]
