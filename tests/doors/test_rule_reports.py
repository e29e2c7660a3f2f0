"""Rules against weeks, in words: what falls short, by how much, and what would mend it."""

from __future__ import annotations

from datetime import date

from iop_sessions.coverage.covering import cover_all
from iop_sessions.coverage.rules import find
from iop_sessions.doors.reports.coverage import coverage_lines, hold, rule_facts, rule_lines
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib import small

DAYS = "| day |\n" + "| mon |\n| wed |\n| fri |\n"
GRID = "| mon-1 | wed-1 | fri-1 |\n" + "| RP-01 | RP-01 | RP-01 |\n" * 3
RULES = "| rule_id | operator | value | reason_codes | severity | in_force_from | in_force_to |\n"
LEAST = "| MIN | >= | 3 | holiday; taper | must | | |\n"
AGREED = {"rule_id": "MIN", "value": 2, "reason": "Small census.", "by": "F1", "until": date(2027, 1, 11)}


def program_of(**settings: object) -> Program:
    given = {"rules": {"packs": ["pack"]}, "weeks": 3, **settings}
    return small.program(DAYS, facilitators=[{"code": "F1"}], **given)


def lines(rules: str = LEAST, program: Program | None = None, plan: Plan | None = None) -> list[str]:
    used = program or program_of()
    made = plan or small.plan(used, GRID)
    return rule_lines(hold(Case(small.curriculum(rules=RULES + rules), used, made)))


MOVE = "  - move: hold on another day of the week what falls out on Wednesday, January 13 (wed-1; 1 h)"
ADD = "  - add a session: 1 h of group"
EXCUSE = '  - write a reason code under [[week_notes]] of the program: week = 2, reason_code = "holiday"'
SHORT = "2 h clinical; 3 h or more, falls short by 1 h (MIN, A source)"


def test_a_plan_that_keeps_every_rule_says_so() -> None:
    assert lines() == ["Rules of pack: every week keeps them."]


def test_a_program_without_rules_says_so() -> None:
    assert lines(program=program_of(rules={})) == ["The program names no rule pack."]
    assert lines(program=program_of(level_of_care="OP")) == ["No rule of pack applies."]


def test_a_week_with_a_closed_day_is_named_with_its_hours_and_the_options() -> None:
    program = program_of(closed=[date(2027, 1, 13)])
    told = ["Rules of pack: 1 of 3 weeks breaks one.", f"Week 2: {SHORT}.", MOVE, ADD, EXCUSE]
    assert lines(program=program) == told


def test_a_cancelled_session_is_one_that_falls_out_too() -> None:
    program = program_of()
    plan = small.changed(small.plan(program, GRID), "2027-01-13-wed-1", state="cancelled")
    assert lines(program=program, plan=plan)[2] == MOVE


def test_an_excused_week_says_why_and_needs_no_option() -> None:
    note = {"week": 2, "reason_code": "holiday", "note": "The clinic's day."}
    program = program_of(closed=[date(2027, 1, 13)], week_notes=[note])
    assert lines(program=program) == [
        "Rules of pack: no week breaks one, 1 excused.",
        "Week 2: 2 h clinical; 3 h or more, excused: The clinic's day (MIN, A source).",
    ]


def test_weeks_that_are_alike_are_told_together_and_no_code_excuses_what_has_none() -> None:
    assert lines("| MIN | >= | 4 | | must | | |\n") == [
        "Rules of pack: 3 of 3 weeks break one.",
        "Weeks 1-3: 3 h clinical; 4 h or more, falls short by 1 h (MIN, A source).",
        ADD,
    ]


def test_what_is_recommended_is_told_apart_from_what_is_required() -> None:
    held = lines("| MAX | <= | 2 | | should | | |\n")
    said = [
        "Rules of pack: no week breaks one, 3 beside a recommendation, which need not be kept.",
        "Weeks 1-3: 3 h clinical; 2 h or less recommended, not required; 1 h above (MAX, A source).",
    ]
    assert held == [
        *said,
        "  - move 1 h of group to another week, or leave it out",
    ]
    program = program_of()
    made = small.curriculum(rules=RULES + "| MAX | <= | 2 | | should | | |\n")
    told = coverage_lines("p", cover_all(Case(made, program, small.plan(program, GRID))))
    assert told[-3:-1] == said


def test_a_rule_judges_the_weeks_that_begin_while_it_is_in_force() -> None:
    def weeks(dates: str) -> list[int]:
        made = small.curriculum(rules=RULES + f"| MIN | >= | 9 | | must | {dates} |\n")
        program = program_of()
        return [each.week for each in find(Case(made, program, small.plan(program, GRID)))]

    assert weeks("2027-01-11 | ") == [2, 3]
    assert weeks("2027-01-12 | ") == [3]
    assert weeks(" | 2027-01-10") == [1]
    assert weeks(" | 2027-01-11") == [1, 2]
    assert weeks("2027-02-01 | ") == []


def overridden() -> tuple[Program, Plan]:
    closed = [date(2027, 1, day) for day in (6, 13, 20)]
    program = program_of(closed=closed, rules={"packs": ["pack"], "override": [AGREED]})
    return program, small.plan(program, GRID)


def test_an_override_counts_in_weeks_that_begin_until_its_date_and_is_named() -> None:
    program, plan = overridden()
    assert lines(program=program, plan=plan) == [
        "Rules of pack: 1 of 3 weeks breaks one.",
        "MIN: overridden to 2 h until January 11, 2027 by F1: Small census.",
        f"Week 3: {SHORT}.",
        "  - move: hold on another day of the week what falls out on Wednesday, January 20 (wed-1; 1 h)",
        ADD,
        EXCUSE.replace("week = 2", "week = 3"),
    ]


def test_coverage_names_an_override_too() -> None:
    program, plan = overridden()
    made = small.curriculum(rules=RULES + LEAST)
    assert coverage_lines("p", cover_all(Case(made, program, plan)))[-3:-1] == [
        "MIN: overridden to 2 h until January 11, 2027 by F1: Small census.",
        f"Week 3: {SHORT}.",
    ]


def test_scripts_get_every_finding_with_its_limit_severity_override_and_options() -> None:
    program, plan = overridden()
    first, _, third = rule_facts(hold(Case(small.curriculum(rules=RULES + LEAST), program, plan)))
    common = {"rule_id": "MIN", "value": 2.0, "source": "A source", "severity": "must"} | {
        "verified": True, "held": 0.0, "not_confirmed": 0.0,
    }  # fmt: skip
    override = {"by": "F1", "reason": "Small census.", "until": "2027-01-11"}
    assert first == common | {"state": "kept", "week": 1, "limit": 2.0, "override": override}
    told = [line.removeprefix("  - ") for line in lines(program=program, plan=plan)[3:]]
    assert third == common | {"state": "broken", "week": 3, "limit": 3.0, "options": told}
