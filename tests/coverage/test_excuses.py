"""A reason for a short week holds where the calendar, a surprise or a step-down shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.coverage.excuses import shown_reasons
from iop_sessions.coverage.rules import find
from iop_sessions.curriculum.loading import load
from iop_sessions.doors.reports.coverage import hold, rule_lines
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise, with_surprises
from tests.lib import small
from tests.lib.workspaces import ROOT

DAYS = "| day |\n| mon |\n| wed |\n| fri |"
GRID = "| mon-1 | wed-1 | fri-1 |\n"
CODES = "holiday; closure; weather; emergency; taper"
RULES = f"| rule_id | operator | value | reason_codes |\n| MIN | >= | 3 | {CODES} |"
WEDNESDAY = date(2027, 1, 6)
SNOW = Surprise(kind="closed", first=WEDNESDAY, last=WEDNESDAY, reason="snow")
LATE = Surprise(kind="late", first=WEDNESDAY, last=WEDNESDAY, clock=time(18))
AWAY = Surprise(kind="absent", first=WEDNESDAY, last=WEDNESDAY, subject="F1")
SATURDAY = date(2027, 1, 9)


def case_of(program: Program, *surprises: Surprise, rules: str = RULES) -> Case:
    changed = with_surprises(program, surprises)
    made = small.plan(changed, GRID + "| RP-01 | RP-01 | RP-01 |\n" * program.weeks)
    made = replace(made, sheet=replace(made.sheet, surprises=surprises))
    return Case(small.curriculum(rules=rules), changed, made)


def noted(*codes: str, weeks: int = 1, **settings: object) -> Program:
    notes = [{"week": week, "reason_code": code} for week in range(1, weeks + 1) for code in codes]
    given = {"rules": {"packs": ["pack"]}, "weeks": weeks, "stay_weeks": [1], **settings}
    return small.program(DAYS, week_notes=notes, **given)


@pytest.mark.parametrize(
    ("closed", "surprises", "codes"),
    [
        ([], (), set()),
        ([WEDNESDAY], (), {"holiday", "closure"}),
        ([SATURDAY], (), set()),  # nobody meets on it
        ([], (SNOW,), {"closure", "weather", "emergency"}),
        ([], (LATE,), {"closure", "weather", "emergency"}),
        ([], (AWAY,), set()),
        ([WEDNESDAY, date(2027, 1, 8)], (SNOW,), {"holiday", "closure", "weather", "emergency"}),
    ],
)
def test_what_the_calendar_and_the_surprises_show(
    closed: list[date], surprises: tuple[Surprise, ...], codes: set[str]
) -> None:
    case = case_of(noted(closed=closed), *surprises)
    slots = {"mon-1", "wed-1", "fri-1"}
    assert shown_reasons(case, small.MONDAY, slots, 0, "") == codes
    assert shown_reasons(case, small.MONDAY, slots - {"wed-1", "fri-1"}, 0, "") == set()


def test_a_federal_holiday_is_one_even_where_it_snowed_too() -> None:
    king = date(2027, 1, 18)
    snow = Surprise(kind="closed", first=king, last=king, reason="snow")
    program = noted(start=king, calendar={"main": {"us_federal": True}})
    assert "holiday" in shown_reasons(case_of(program, snow), king, {"mon-1"}, 0, "")


def states(case: Case) -> list[str]:
    return [f"{each.week} {each.state} {each.reason or each.claimed}".strip() for each in find(case)]


@pytest.mark.parametrize("code", ["closure", "weather", "emergency"])
def test_snow_on_record_is_a_reason_and_no_holiday(code: str) -> None:
    assert states(case_of(noted(code), SNOW)) == [f"1 excused {code}"]
    assert states(case_of(noted("holiday"), SNOW)) == ["1 broken holiday"]
    assert states(case_of(noted("holiday", code), SNOW)) == [f"1 excused {code}"]


def lines(case: Case) -> list[str]:
    return rule_lines(hold(case), mended=False)


def test_twelve_false_holidays_excuse_nothing() -> None:
    rules = RULES.replace(">= | 3", ">= | 4")
    assert lines(case_of(noted("holiday", weeks=12), rules=rules)) == [
        "Rules of pack: 12 of 12 weeks break one.",
        (
            'Weeks 1-12: 3 h clinical; 4 h or more, falls short by 1 h; "holiday" does not excuse it: the '
            "calendar closes no day of the week on which these people meet (MIN, A source)."
        ),
    ]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("weather", '"weather" does not excuse it: nothing on record took a group out of the week'),
        ("taper", '"taper" does not excuse it: the week is not one of the first two of a step-down'),
        ("census", '"census" is no excuse under this rule'),
    ],
)
def test_a_reason_that_does_not_hold_is_told_with_why(code: str, why: str) -> None:
    told = f"2 h clinical; 3 h or more, falls short by 1 h; {why} (MIN, A source)."
    assert lines(case_of(noted(code, closed=[WEDNESDAY]))) == [
        "Rules of pack: 1 of 1 weeks breaks one.",
        f"Week 1: {told}",
    ]


def test_excused_is_counted_apart_and_never_kept() -> None:
    assert lines(case_of(noted("holiday", closed=[WEDNESDAY]))) == [
        "Rules of pack: no week breaks one, 1 excused.",
        "Week 1: 2 h clinical; 3 h or more, excused: holiday (MIN, A source).",
    ]


STEP = [{"number": 1, "weeks": [1, 2]}, {"number": 2, "weeks": [3, 6], "days": ["Monday"]}]


def tapering(admission: str, last: int = 6) -> list[str]:
    phases = [STEP[0], {**STEP[1], "weeks": [3, last]}]
    case = case_of(noted("taper", weeks=6, stay_weeks=[last], phases=phases, admission=admission))
    told = zip(states(case), find(case), strict=True)
    return [each for each, found in told if found.whom.phase == 2]


def test_the_first_two_weeks_of_a_step_down_are_a_taper_and_no_later_ones() -> None:
    assert tapering("cohort") == [
        "3 excused taper", "4 excused taper", "5 broken taper", "6 broken taper",
    ]  # fmt: skip


def test_in_a_rolling_program_somebody_is_in_each_week_of_a_step_down_so_it_has_to_be_short() -> None:
    assert {each.partition(" ")[2] for each in tapering("rolling")} == {"broken taper"}
    assert {each.partition(" ")[2] for each in tapering("rolling", last=4)} == {"excused taper"}


def test_no_reason_excuses_too_many_hours() -> None:
    rules = RULES.replace(">= | 3", "<= | 1")
    assert states(case_of(noted("holiday", closed=[WEDNESDAY]), rules=rules)) == ["1 broken holiday"]


def marked(plan: Plan, **states: str) -> Plan:
    for slot, state in states.items():
        session = next(each for each in plan.sessions if each.slot_id == slot)
        plan = small.changed(plan, session.session_id, state=state)
    return plan


def test_a_week_that_rests_on_what_nobody_confirmed_says_so() -> None:
    case = case_of(noted())
    assert lines(case) == ["Rules of pack: every week keeps them."]
    late = replace(case.with_plan(marked(case.plan, **{"mon-1": "held"})), as_of=date(2027, 1, 7))
    assert lines(late) == [
        "Rules of pack: every week keeps them, if what is not confirmed was held.",
        (
            "Week 1: 3 h clinical, 1 h of them not confirmed; 3 h or more, kept only if what is not "
            "confirmed was held (MIN, A source)."
        ),
    ]
    sure = case.with_plan(marked(case.plan, **dict.fromkeys(("mon-1", "wed-1", "fri-1"), "held")))
    assert lines(replace(sure, as_of=date(2027, 2, 1))) == ["Rules of pack: every week keeps them."]


def test_what_was_not_held_gives_no_hours_and_what_was_held_partly_gives_its_minutes() -> None:
    case = case_of(noted())
    gone = case.with_plan(marked(case.plan, **{"mon-1": "not held"}))
    assert [each.value for each in find(gone)] == [2]
    partly = small.changed(case.plan, "2027-01-04-mon-1", state="partly", held_minutes=30)
    assert [each.value for each in find(case.with_plan(partly))] == [2.5]


def test_what_nobody_verified_is_never_called_required_and_what_is_not_checked_is_named() -> None:
    rules = """
        | rule_id | operator | value | severity | verified | unchecked              |
        | MAX     | <=       | 2     | should   | no       |                        |
        | MIN     | >=       | 3     | must     | yes      | 3 h a day; 19 h a week |
        """
    assert lines(case_of(noted(), rules=rules)) == [
        "Rules of pack: no week breaks one, 1 beside a recommendation, which need not be kept.",
        "Week 1: 3 h clinical; 2 h or less recommended, unverified; 1 h above (MAX, A source; unverified).",
        "Unverified: MAX.",
        "Of what the source of pack asks for, 2 of 4 checked; not checked: 3 h a day; 19 h a week.",
    ]


def test_the_pack_of_virginia_says_of_two_hour_days_what_of_its_source_is_not_checked() -> None:
    days = "| day | minutes |\n" + "".join(
        f"| {day} | 120 |\n" for day in ("mon", "tue", "wed", "thu", "fri")
    )
    program = small.program(days, weeks=1, rules={"packs": ["us-virginia"]})
    made = small.plan(program, "| mon-1 | tue-1 | wed-1 | thu-1 | fri-1 |\n| A | A | A | A | A |")
    shipped, _ = load(ROOT / "curriculum", documents=False)
    assert lines(Case(shipped, program, made)) == [
        "Rules of us-virginia: every week keeps them.",
        (
            "Of what the source of us-virginia asks for, 1 of 3 checked; "
            "not checked: 3 hours or more each service day; 19 hours a week or fewer."
        ),
    ]
