from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.coverage.rules import find, hours_by_week, rules_for
from iop_sessions.plans.case import Case
from iop_sessions.program.program import Program
from tests.lib import small

WEEK = "| day | minutes |\n" + "\n".join(
    f"| {day} | 60 |" for day in ("mon", "mon", "mon", "wed", "wed", "wed", "fri", "fri", "fri")
)
RULES = "| rule_id | operator | value | minutes | reason_codes |\n"
GRID = "| mon-1 | mon-2 | mon-3 | wed-1 | wed-2 | wed-3 | fri-1 | fri-2 | fri-3 |\n" + 2 * (
    "|" + " RP-01 |" * 9 + "\n"
)
PACKS = {"packs": ["pack"]}


def states(rule: str, **settings: object) -> list[str]:
    program = small.program(WEEK, rules=PACKS, **settings)
    plan = small.plan(program, GRID)
    found = find(Case(small.curriculum(rules=RULES + rule), program, plan))
    return [
        f"{each.rule.rule_id} {each.week} {each.state} {each.value:g} {each.reason}".strip() for each in found
    ]


def test_a_week_at_the_limit_keeps_the_rule() -> None:
    assert states("| least | >= | 9 | | |") == ["least 1 kept 9", "least 2 kept 9"]
    assert states("| most | <= | 9 | | |") == ["most 1 kept 9", "most 2 kept 9"]


def test_a_week_with_a_closed_day_breaks_it_and_a_reason_of_the_rule_excuses_it() -> None:
    closed = [date(2027, 1, 13)]
    rule = "| least | >= | 9 | | holiday |"
    assert states(rule, closed=closed)[1] == "least 2 broken 6"
    note = {"week": 2, "reason_code": "holiday", "note": "Clinic holiday"}
    assert states(rule, closed=closed, week_notes=[note])[1] == "least 2 excused 6 Clinic holiday"
    other = {"week": 2, "reason_code": "taper"}
    assert states(rule, closed=closed, week_notes=[other])[1] == "least 2 broken 6"
    elsewhere = {"week": 1, "reason_code": "holiday"}
    assert states(rule, closed=closed, week_notes=[elsewhere])[1] == "least 2 broken 6"


def test_a_session_moved_to_another_week_counts_where_it_is_held() -> None:
    program = small.program(WEEK, rules=PACKS)
    plan = small.changed(small.plan(program, GRID), "2027-01-04-mon-1", date=date(2027, 1, 12), reason="snow")
    assert [(each.week, each.clinical) for each in hours_by_week(program, plan)] == [(1, 480), (2, 600)]


def test_the_rule_or_else_the_payer_says_which_minutes_count() -> None:
    assert states("| a | >= | 10 | seat | |")[0] == "a 1 kept 10"
    assert states("| a | >= | 10 | clinical | |", minutes={"count": "seat"})[0] == "a 1 broken 9"
    assert states("| a | >= | 10 | | |")[0] == "a 1 broken 9"
    assert states("| a | >= | 10 | | |", minutes={"count": "seat"})[0] == "a 1 kept 10"


def test_hours_of_a_week_count_only_what_takes_place() -> None:
    program = small.program(WEEK)
    plan = small.changed(small.plan(program, GRID), "2027-01-04-mon-3", state="cancelled")
    first, second = hours_by_week(program, plan)
    assert (first.clinical, first.seat, first.counted) == (480, 130 + 200 + 200, 480)
    assert (second.clinical, second.seat) == (540, 600)


@pytest.mark.parametrize(
    ("rule", "settings", "applies"),
    [
        ("| pack | IOP | | | |", {}, True),
        ("| other | IOP | | | |", {}, False),
        ("| pack | PHP | | | |", {}, False),
        ("| pack | IOP | adult | | |", {}, True),
        ("| pack | IOP | youth | | |", {}, False),
        ("| pack | IOP | youth | | |", {"ages": "youth"}, True),
        ("| pack | IOP | youth | | |", {"ages": "both"}, True),
        ("| pack | IOP | adult | | |", {"ages": "both"}, True),
        ("| pack | IOP | | 2027-01-04 | 2027-01-04 |", {}, True),
        ("| pack | IOP | | 2027-01-05 | |", {}, True),
        ("| pack | IOP | | 2027-01-12 | |", {}, False),
        ("| pack | IOP | | | 2027-01-03 |", {}, False),
    ],
)
def test_a_rule_judges_programs_of_its_pack_kind_ages_and_dates(
    rule: str, settings: dict[str, object], applies: bool
) -> None:
    header = "| rule_id | pack | applies_to | target | in_force_from | in_force_to |\n| a "
    curriculum = small.curriculum(rules=header + rule)
    program = small.program("| day |\n| mon |", rules=PACKS, **settings)
    assert bool(rules_for(curriculum, program)) == applies


TRACKS = """
    | day | track   |
    | mon | morning |
    | mon | evening |
    | wed | evening |
    | fri |         |
"""
TRACK_GRID = "| mon-1 | mon-2 | wed-1 | fri-1 |\n" + 2 * "| RP-01 | RP-01 | RP-01 | RP-01 |\n"
TWO_DAYS = "| day |\n| mon |\n| wed |"
TWO_DAY_GRID = "| mon-1 | wed-1 |\n" + 2 * "| RP-01 | RP-01 |\n"
PHASES = [
    {"number": 1, "weeks": [1, 1]},
    {"number": 2, "weeks": [2, 2], "days": ["Monday"], "level": "OP"},
]


def told(rule: str, program: Program, grid: str) -> list[str]:
    found = find(Case(small.curriculum(rules=RULES + rule), program, small.plan(program, grid)))
    return [f"{each.week} {each.who}: {each.state} {each.value:g}" for each in found]


def test_hours_are_those_of_one_client_never_the_sum_of_the_tracks() -> None:
    program = small.program(TRACKS, rules=PACKS)
    assert told("| least | >= | 3 | | |", program, TRACK_GRID)[:2] == [
        "1 morning track: broken 2",
        "1 evening track: kept 3",
    ]


def test_a_phase_of_another_level_is_not_judged_by_the_rules_of_the_program() -> None:
    program = small.program(TWO_DAYS, rules=PACKS, phases=PHASES)
    assert told("| least | >= | 2 | | |", program, TWO_DAY_GRID) == ["1 phase 1: kept 2", "2 phase 1: kept 2"]
    first, second, *_ = hours_by_week(program, small.plan(program, TWO_DAY_GRID))
    assert (str(first.whom), first.level, first.clinical) == ("phase 1", "IOP", 120)
    assert (str(second.whom), second.level, second.clinical) == ("phase 2", "OP", 60)


def test_a_phase_of_another_level_is_judged_by_the_rules_of_its_own() -> None:
    program = small.program(TWO_DAYS, rules=PACKS, phases=PHASES)
    made = small.curriculum(rules="| rule_id | applies_to | value |\n| out | OP | 2 |")
    found = find(Case(made, program, small.plan(program, TWO_DAY_GRID)))
    assert [(each.week, each.who, each.state) for each in found] == [
        (1, "phase 2", "broken"),
        (2, "phase 2", "broken"),
    ]


def test_a_phase_in_two_tracks_is_named_with_its_track() -> None:
    program = small.program(TRACKS, phases=PHASES)
    assert [str(each.whom) for each in hours_by_week(program, small.plan(program, TRACK_GRID))][:4] == [
        "phase 1, morning track",
        "phase 2, morning track",
        "phase 1, evening track",
        "phase 2, evening track",
    ]


def test_a_cohort_is_judged_only_in_the_phase_in_which_it_is() -> None:
    program = small.program(TWO_DAYS, phases=PHASES, admission="cohort")
    weeks = hours_by_week(program, small.plan(program, TWO_DAY_GRID))
    assert [(each.week, str(each.whom), each.clinical) for each in weeks] == [
        (1, "phase 1", 120),
        (2, "phase 2", 60),
    ]


def test_minutes_count_as_their_slot_says() -> None:
    program = small.program(
        """
        | day | kind       | counts   |
        | mon | group      |          |
        | mon | medication |          |
        | mon | drug_test  |          |
        | wed | drug_test  | clinical |
        """,
        weeks=1,
    )
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 | wed-1 |\n| RP-01 | - | - | - |\n")
    (week,) = hours_by_week(program, plan)
    assert (week.clinical, week.seat) == (120, 130 + 60)


def test_a_session_of_a_slot_that_is_no_more_counts_for_its_own_track() -> None:
    program = small.program(TRACKS, weeks=1)
    plan = small.changed(small.plan(program, TRACK_GRID), "2027-01-06-wed-1", slot_id="old")
    assert [each.clinical for each in hours_by_week(program, plan)][:2] == [120, 180]


@pytest.mark.parametrize(
    ("kind", "clinical", "seat"),
    [
        ("group", 60, 60),
        ("open", 60, 60),
        ("individual", 60, 60),
        ("orientation", 60, 60),
        ("case_management", 60, 60),
        ("medication", 0, 60),
        ("drug_test", 0, 0),
        ("mutual_help", 0, 0),
    ],
)
def test_an_hour_of_each_kind_counts_as_its_kind_usually_does(kind: str, clinical: int, seat: int) -> None:
    """Hold each kind against SAMHSA's advisory (2021), which names the core services."""
    program = small.program(f"| day | kind |\n| mon | {kind} |", weeks=1)
    (week,) = hours_by_week(program, small.plan(program, "| mon-1 |\n| closed |\n"))
    assert (week.clinical, week.seat) == (clinical, seat)


def test_a_rule_judges_the_ages_it_is_about() -> None:
    rules = """
    | rule_id | target | value |
    | adult   | adult  | 9     |
    | youth   | youth  | 6     |
    | all     |        | 1     |
    """
    told = {
        ages: [
            each.rule_id
            for each in rules_for(small.curriculum(rules=rules), small.program(WEEK, rules=PACKS, ages=ages))
        ]
        for ages in ("adult", "youth", "both")
    }
    assert told == {"adult": ["adult", "all"], "youth": ["youth", "all"], "both": ["adult", "youth", "all"]}
