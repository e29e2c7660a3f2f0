"""What is told of a shortfall: numbers, and the changes that were tried and help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.reports import plan as reports
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.planning.remedies import trials
from iop_sessions.planning.remedies.trials import shortfalls_of, with_remedies
from iop_sessions.planning.solver.highs import Solution
from iop_sessions.planning.solver.model import Model, ModelPart
from iop_sessions.program.program import Program
from tests.lib import planner, small


def told(curriculum: Curriculum, program: Program) -> str:
    """Return what is told of a plan's shortfalls."""
    made = with_remedies(planner.task(curriculum, program), planner.plan(curriculum, program))
    return "\n".join(reports.shortfall_lines(curriculum, made.sheet.shortfalls))


def taught_by(topics: str, **texts: str) -> Curriculum:
    """Make a curriculum in which each topic teaches an objective of its own, named after it."""
    rows = small.rows(topics)
    pairs = "\n".join(f"| {row['topic_id']} | {row['topic_id'].lower()} |" for row in rows)
    return small.curriculum(topics=topics, topic_objectives=f"| topic_id | objective_id |\n{pairs}", **texts)


AB = "| topic_id |\n| A |\n| B |"
ONE = "to anyone who starts on Mon, Jan 4"


def test_a_closure_that_takes_the_only_family_night() -> None:
    curriculum = taught_by(
        "| topic_id | group_type |\n| A | RP |\n| F | FG |",
        objectives="| objective_id | statement |\n| f | Talk at home |",
    )
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| wed | FG |", weeks=2, stay_weeks=[1], closed=["2027-01-06"]
    )
    assert told(curriculum, program) == (
        f"  - 'Talk at home' is not taught within 1 week {ONE}: it needs F, "
        "and that window holds 0 meetings of their kind; Wed, Jan 6 is closed\n"
        "    Tried:\n"
        "      - add one FG slot on Monday at 6:40 pm: then 0 instead of 1 start date misses it\n"
        "      - meet on Wed, Jan 6: then 0 instead of 1 start date misses it\n"
        "      - mark the objective of F elective: then 0 instead of 1 start date misses it"
    )


def test_too_few_meetings_are_told_with_what_is_needed_what_exists_and_since_when() -> None:
    topics = ["| topic_id | group_type |", *(f"| PE-{number} | PE |" for number in (14, 15, 16, 20))]
    program = small.program(
        "| day | group_type |\n| mon | PE |\n| wed | PE |\n| fri | PG |",
        weeks=2,
        admission="cohort",
        calendar={"main": {"us_federal": ["Martin Luther King Jr. Day"]}},
        start="2027-01-11",
    )
    curriculum = taught_by("\n".join(topics), group_types="| group_type | needs_topic |\n| PG | no |")
    lines = told(curriculum, program).splitlines()
    assert lines[0].endswith(
        "and that window holds 3 meetings of their kind; all that is promised by then needs at least "
        "4 PE meetings; 3 exist since Mon, Jan 18 (Martin Luther King Jr. Day) is closed"
    )
    assert lines[1:] == [
        "    Tried:",
        "      - add one PE slot on Friday at 6:40 pm: then 0 instead of 1 start date misses it",
        "      - meet on Mon, Jan 18 (Martin Luther King Jr. Day): then 0 instead of 1 start date misses it",
        (
            "      - mark the objective of PE-20 or PE-14 or PE-15 elective: "
            "then 0 instead of 1 start date misses it"
        ),
    ]


def test_a_topic_written_for_other_minutes() -> None:
    curriculum = taught_by("| topic_id | lengths |\n| A | 60 |\n| B | 90 |")
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])
    assert told(curriculum, program) == (
        f"  - 'Do a thing' is not taught within 1 week {ONE}: it needs B, "
        "and that window holds 2 meetings of their kind; it is not written for their 60 minutes\n"
        "    Tried:\n"
        "      - write B for 60 minutes too: then 0 instead of 1 start date misses it\n"
        "      - mark the objective of B elective: then 0 instead of 1 start date misses it"
    )


def test_spacing_that_keeps_topics_apart_is_lowered_no_further_than_helps() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |\n| D |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    program = small.program("| day |\n| mon |\n| wed |", weeks=4, stay_weeks=[1], spacing={"RP": 3})
    lines = told(curriculum, program).splitlines()
    assert (
        "      - lower [spacing] RP from 3 to 1: then 0 instead of 6 promises to start dates are missed"
        in lines
    )


def test_trigger_content_is_never_taken_away_a_day_of_three_groups_is_offered() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | trigger_content |\n| A | |\n| T | grief |",
        topic_objectives="| topic_id | objective_id |\n| T | mourn |",
    )
    assert told(curriculum, small.program("| day |\n| mon |\n| mon |", weeks=1, stay_weeks=[1])) == (
        f"  - 'Do a thing' is not taught within 1 week {ONE}: it needs T, "
        "and that window holds 2 meetings of their kind; "
        "T holds trigger content, and none of these has a group before and after it\n"
        "    Tried:\n"
        "      - make Monday a day of three groups: add RP at 4:20 pm: "
        "then 0 instead of 1 start date misses it\n"
        "      - add one RP slot on Monday at 7:50 pm: then 0 instead of 1 start date misses it\n"
        "      - mark the objective of T elective: then 0 instead of 1 start date misses it"
    )


def test_an_objective_on_safety_or_with_a_due_week_is_never_offered_as_elective() -> None:
    safe = taught_by("| topic_id | safety |\n| A | yes |\n| B | yes |")
    due = taught_by(AB, objectives="| objective_id | within_weeks |\n| a | 1 |\n| b | 1 |")
    of_safety = taught_by(AB, objectives="| objective_id | domain |\n| a | safety |\n| b | safety |")
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    for curriculum in (safe, due, of_safety):
        assert "add one RP slot" in told(curriculum, program)
        assert "elective" not in told(curriculum, program)


def test_a_topic_that_builds_on_another_may_stand_alone() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | after | entry |\n| A | | |\n| B | A | after |",
        topic_objectives="| topic_id | objective_id |\n| B | two |",
    )
    lines = told(curriculum, small.program("| day |\n| mon |", weeks=1, stay_weeks=[1]))
    assert "      - empty the column `after` of B: then 0 instead of 1 start date misses it" in lines


def test_a_remedy_that_does_not_help_is_not_offered() -> None:
    """A second slot, another spacing or the holiday does not make room for what is written for 90 minutes."""
    curriculum = taught_by(
        "| topic_id | lengths |\n| A | 60 |\n| B | 90 |",
        objectives="| objective_id | within_weeks |\n| b | 1 |",
    )
    slots, closed = "| day |\n| mon |\n| wed |\n| fri |", ["2027-01-08"]
    program = small.program(slots, weeks=1, stay_weeks=[1], closed=closed, admission="cohort")
    _, *tried = told(curriculum, program).splitlines()
    assert tried == [
        "    Tried:",
        "      - write B for 60 minutes too: then 0 instead of 1 start date misses it",
    ]


def test_what_no_change_and_no_two_changes_mend_is_said_to_have_no_known_remedy() -> None:
    """A topic of the week before a closed day, due in the first week, where nothing ever closes."""
    curriculum = taught_by(
        "| topic_id | calendar_tie |\n| A | |\n| B | before_closure |",
        objectives="| objective_id | within_weeks |\n| b | 1 |",
    )
    assert told(curriculum, small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])) == (
        f"  - 'Do a thing' is not taught within 1 week {ONE}: it needs B, "
        "and that window holds 2 meetings of their kind; "
        "B stands in the week before a closed day, and none of these does\n"
        "    Tried:\n"
        "      - none of the changes that were tried is known to help"
    )


def test_an_objective_that_no_topic_teaches_has_nothing_to_try() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |", objectives="| objective_id |\n| lost |")
    assert told(curriculum, small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])).endswith(
        "it needs a topic that teaches it, and that window holds 0 meetings of their kind\n"
        "    Tried:\n"
        "      - no change to the program is known that could help"
    )


def test_each_track_gets_a_slot_of_its_own() -> None:
    program = small.program(
        "| day | track | start |\n| mon | morning | 09:00 |\n| mon | evening | 18:00 |",
        weeks=1,
        stay_weeks=[1],
        admission="cohort",
    )
    assert (
        "      - add one RP slot on Monday at 10:10 am (morning track) and one at 7:10 pm (evening track): "
        "then 0 instead of 2 "
    ) in told(taught_by(AB), program)


def test_an_empty_meeting_is_told_with_what_would_fill_it() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, spacing={"RP": 1})
    assert told(small.curriculum(topics="| topic_id |\n| A |"), program) == (
        "  - Wed, Jan 6, wed-1: no RP topic: A may stand there, "
        "but the rules of order and [spacing] RP = 1 keep it away: it asks for 2 topics, and 1 exists\n"
        "    Tried:\n"
        "      - lower [spacing] RP from 1 to 0: then 0 instead of 1 meeting stays empty\n"
        "      - make wed-1 an open group, which needs no topic: then 0 instead of 1 meeting stays empty\n"
        "      - write one more RP topic of 60 minutes: then 0 instead of 1 meeting stays empty"
    )


def test_a_meeting_of_a_length_that_nothing_is_written_for() -> None:
    program = small.program("| day | minutes |\n| mon | 60 |\n| mon | 90 |", weeks=1)
    assert told(small.curriculum(topics="| topic_id |\n| A |"), program) == (
        "  - Mon, Jan 4, mon-2: no RP topic: none is written for 90 minutes and ages 'adult'\n"
        "    Tried:\n"
        "      - write A for 90 minutes too: then 0 instead of 1 meeting stays empty\n"
        "      - make mon-2 an open group, which needs no topic: then 0 instead of 1 meeting stays empty\n"
        "      - write one more RP topic of 60 and 90 minutes: then 0 instead of 1 meeting stays empty"
    )


def test_a_trial_that_runs_out_of_work_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(model: Model, part: ModelPart, values: list[float], nodes: int) -> Solution:  # noqa: ARG001 - as the solver
        return Solution("stopped", {}, 0, 0)

    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    made = planner.plan(taught_by(AB), program)
    monkeypatch.setattr(trials, "solve_part", stop)
    monkeypatch.setattr(ModelPart, "holds", lambda part, values: False)  # noqa: ARG005 - nothing is solved at sight
    (lack,) = with_remedies(planner.task(taught_by(AB), program), made).sheet.shortfalls
    assert planner.tried(taught_by(AB), lack) == (
        "not known within the work allowed: add one RP slot on Monday at 6:40 pm",
    )


def test_a_change_that_check_would_refuse_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_two_slots(_: Curriculum, program: Program, file: str) -> list[Problem]:
        return [Problem(Place(file), "is not ours")] if len(program.slots) > 1 else []

    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    assert "add one RP slot" in told(taught_by(AB), program)
    monkeypatch.setattr(trials.checks, "check_program", refuse_two_slots)
    assert "mark the objective of B or A elective" in told(taught_by(AB), program)
    assert "add one RP slot" not in told(taught_by(AB), program)


def test_large_programs_get_fewer_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "MOST_WORK", 1)
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1], spacing={"RP": 5})
    three = taught_by("| topic_id |\n| A |\n| B |\n| C |")
    assert told(three, program).count("      - ") == 1  # one trial, and so one remedy at most


def test_windows_of_one_objective_stand_in_one_line() -> None:
    curriculum = taught_by("| topic_id | lengths |\n| A | 60 |\n| B | 90 |")
    program = small.program("| day |\n| mon |", weeks=3, stay_weeks=[1])
    line, *_ = told(curriculum, program).splitlines()
    assert line.count("Jan 4") == 1


def test_a_plan_without_a_shortfall_is_not_tried() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])
    said: list[str] = []
    made = planner.plan(taught_by(AB), program)
    assert with_remedies(planner.task(taught_by(AB), program), made, said.append) is made
    assert said == []


def test_what_a_plan_lacks_is_read_from_its_sessions_as_they_stand() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])
    task, made = planner.task(taught_by(AB), program), planner.plan(taught_by(AB), program)
    assert shortfalls_of(task, made) == ()
    twice = small.changed(made, "2027-01-06-wed-1", topic_id=made.sessions[0].topic_id)
    assert [each.subject for each in shortfalls_of(task, twice)] == [made.sessions[1].topic_id.lower()]
    cancelled = small.changed(made, "2027-01-06-wed-1", state="cancelled")
    assert {each.subject for each in shortfalls_of(task, cancelled)} >= {made.sessions[1].topic_id.lower()}


def test_a_group_without_a_leader_is_named_beside_what_is_not_taught() -> None:
    away = {"code": "F1", "leave": ["2027-01-04"]}
    program = small.program("| day | lead |\n| mon | F1 |", weeks=1, stay_weeks=[1], facilitators=[away])
    task = planner.task(taught_by(AB), program)
    plan = small.changed(small.plan(program, "| mon-1 |\n| A |"), "2027-01-04-mon-1", facilitators=())
    sheet = replace(plan.sheet, shortfalls=shortfalls_of(task, plan))
    made = with_remedies(task, replace(plan, sheet=sheet))
    promise, leader = made.sheet.shortfalls
    assert planner.tried(taught_by(AB), promise) == (
        "add one RP slot on Tuesday at 5:30 pm (F1 is free then): then 0 instead of 1 start date misses it",
        "mark the objective of B or A elective: then 0 instead of 1 start date misses it",
        "lengthen the stay from 1 to 2 weeks: then 0 instead of 1 start date misses it",
    )
    assert leader.remedies == ()
    assert planner.lacks(taught_by(AB), made)[1] == (
        "Mon, Jan 4, mon-1: nobody can lead RP: F1 is away on Mon, Jan 4. "
        "What would help: F1 without the leave, or one more counselor, free from 17:30 to 18:30"
    )
    assert shortfalls_of(task, made)[-1] == leader
    assert leader not in shortfalls_of(task, small.changed(made, leader.subject, state="held"))
