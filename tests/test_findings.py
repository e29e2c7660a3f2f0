from __future__ import annotations

from datetime import date

import pytest
from lib import small

from iop_sessions.findings import find, hours_by_week, rules_for

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
    found = find(small.curriculum(rules=RULES + rule), program, plan)
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
        ("| pack | IOP | | 2027-01-05 | |", {}, False),
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
