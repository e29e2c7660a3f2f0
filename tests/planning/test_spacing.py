from __future__ import annotations

from dataclasses import replace

import pytest

from iop_sessions.planning.search import Task
from iop_sessions.program.calendar import meetings
from iop_sessions.program.program import Program
from tests.lib import planner, small

TOPICS = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")


def test_a_topic_comes_again_after_the_spacing() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=2, spacing={"RP": 2})
    task = planner.task(TOPICS, program)
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-13-wed-1": "A"}) == "optimal"


def test_a_topic_never_comes_again_before_the_spacing() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=2, spacing={"RP": 2})
    task = planner.task(TOPICS, program)
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-11-mon-1": "A"}) == "infeasible"
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "A"}) == "infeasible"


def test_without_spacing_a_topic_may_follow_itself() -> None:
    program = small.program("| day |\n| mon |\n| wed |", weeks=1)
    task = planner.task(TOPICS, program)
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "A"}) == "optimal"


def test_only_meetings_of_the_type_count() -> None:
    curriculum = small.curriculum(topics="| topic_id | group_type |\n| A | RP |\n| B | RP |\n| S | SD |")
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| tue | SD |\n| wed | RP |", weeks=1, spacing={"RP": 1}
    )
    task = planner.task(curriculum, program)
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "A"}) == "infeasible"


def test_the_past_counts_and_what_was_cancelled_was_not_held() -> None:
    past = small.program("| day |\n| mon |\n| wed |", weeks=1)
    history = small.plan(past, "| mon-1 | wed-1 |\n| A | B |").sessions
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, start="2027-01-11", spacing={"RP": 2})
    held = planner.task(TOPICS, program, history)
    assert planner.forced(held, {"2027-01-11-mon-1": "A"}) == "infeasible"
    assert planner.forced(held, {"2027-01-13-wed-1": "A"}) == "optimal"
    cancelled = [history[0].model_copy(update={"state": "cancelled"}), history[1]]
    assert planner.forced(planner.task(TOPICS, program, cancelled), {"2027-01-11-mon-1": "A"}) == "optimal"


def test_too_few_topics_leave_a_meeting_empty_at_its_price() -> None:
    made = planner.plan(TOPICS, small.program("| day |\n| mon |\n| wed |", weeks=2, spacing={"RP": 3}))
    assert made.sheet.cost == 10_000
    assert sorted(session.topic_id for session in made.sessions) == ["", "A", "B", "C"]


TRACKS = "| day | id | track |\n| mon | m1 | am |\n| mon | e1 | pm |\n| wed | both | |"


def test_meetings_of_another_track_do_not_count() -> None:
    task = planner.task(TOPICS, small.program(TRACKS, weeks=1, spacing={"RP": 1}))
    assert planner.forced(task, {"2027-01-04-m1": "A", "2027-01-04-e1": "A"}) == "optimal"
    assert planner.forced(task, {"2027-01-04-m1": "A", "2027-01-06-both": "A"}) == "infeasible"


def test_the_past_of_each_track_counts_for_itself() -> None:
    past = small.plan(small.program(TRACKS, weeks=1), "| m1 | e1 | both |\n| A | A | B |").sessions
    evening = [each for each in past if each.track != "am"]
    program = small.program(TRACKS, weeks=1, start="2027-01-11", spacing={"RP": 2})
    held = {"2027-01-11-m1": "A", "2027-01-11-e1": "A"}
    assert planner.forced(planner.task(TOPICS, program, past), held) == "infeasible"
    assert planner.forced(planner.task(TOPICS, program, evening), {"2027-01-11-m1": "A"}) == "optimal"
    assert planner.forced(planner.task(TOPICS, program, evening), {"2027-01-11-e1": "A"}) == "infeasible"


def test_a_past_track_that_is_no_more_counts_for_nobody() -> None:
    past = small.plan(small.program(TRACKS, weeks=1), "| m1 | e1 | both |\n| A | A | B |").sessions
    program = small.program("| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 2})
    assert planner.forced(planner.task(TOPICS, program, past), {"2027-01-11-mon-1": "A"}) == "optimal"
    assert planner.forced(planner.task(TOPICS, program, past), {"2027-01-11-mon-1": "B"}) == "infeasible"


def test_individual_meetings_do_not_count() -> None:
    slots = "| day | kind |\n| mon | group |\n| tue | individual |\n| wed | group |"
    task = planner.task(TOPICS, small.program(slots, weeks=1, spacing={"RP": 1}))
    assert planner.forced(task, {"2027-01-04-mon-1": "A", "2027-01-06-wed-1": "A"}) == "infeasible"
    past = small.plan(small.program(slots, weeks=1), "| mon-1 | tue-1 | wed-1 |\n| A | - | B |").sessions
    after = small.program(slots, weeks=1, start="2027-01-11", spacing={"RP": 2})
    assert planner.forced(planner.task(TOPICS, after, past), {"2027-01-11-mon-1": "A"}) == "infeasible"
    assert planner.plan(TOPICS, after, past).sheet.cost == 0


DAILY = "| day |\n| mon |\n| tue |\n| wed |\n| thu |"
MON, TUE, WED, THU = "2027-01-04-mon-1", "2027-01-05-tue-1", "2027-01-06-wed-1", "2027-01-07-thu-1"


def without(program: Program, *fell_out: str) -> Task:
    """Return the task where some meetings fell out after the plan was made."""
    made = planner.task(TOPICS, program)
    rows = (small.session(each, "A") for each in meetings(program, program.start, program.weeks))
    gone = tuple(row.model_copy(update={"state": "cancelled"}) for row in rows if row.session_id in fell_out)
    return replace(made, standing=gone, cancelled=gone)


def test_a_meeting_that_was_cancelled_counts_between_two_runs() -> None:
    task = without(small.program(DAILY, weeks=1, spacing={"RP": 2}), TUE)
    assert planner.forced(task, {MON: "A", WED: "B", THU: "A"}) == "optimal"
    assert planner.forced(task, {MON: "A", WED: "A"}) == "infeasible"
    three = without(small.program(DAILY, weeks=1, spacing={"RP": 3}), TUE)
    assert planner.forced(three, {MON: "A", WED: "B", THU: "A"}) == "infeasible"


def test_a_topic_never_comes_twice_in_a_row_however_many_meetings_were_cancelled() -> None:
    program = small.program(DAILY, weeks=1, spacing={"RP": 1})
    assert planner.forced(without(program, TUE, WED), {MON: "A", THU: "A"}) == "infeasible"
    assert planner.forced(without(program, TUE, WED), {MON: "A", THU: "B"}) == "optimal"
    free = small.program(DAILY, weeks=1)
    assert planner.forced(without(free, TUE, WED), {MON: "A", THU: "A"}) == "optimal"


def test_a_meeting_that_the_plan_has_no_row_for_does_not_count() -> None:
    task = without(small.program(DAILY, weeks=1, spacing={"RP": 2}), TUE)
    removed = replace(task, cancelled=())
    assert planner.forced(removed, {MON: "A", THU: "A"}) == "infeasible"


def test_a_cancelled_meeting_that_takes_place_after_all_is_no_gap() -> None:
    """Explain asks so, when it tries what opening a closed day would do."""
    task = without(small.program(DAILY, weeks=1, spacing={"RP": 3}), TUE)
    opened = replace(task, standing=())
    assert opened.fallen == ()
    assert planner.forced(opened, {MON: "A", THU: "A"}) == "infeasible"


def test_a_day_that_was_closed_when_the_plan_was_made_does_not_count() -> None:
    program = small.program(DAILY, weeks=1, spacing={"RP": 2}, closed=["2027-01-05"])
    assert planner.forced(planner.task(TOPICS, program), {MON: "A", THU: "A"}) == "infeasible"


def test_a_cancelled_meeting_of_the_past_counts_between_two_runs() -> None:
    past = small.plan(small.program(DAILY, weeks=1), "| mon-1 | tue-1 | wed-1 | thu-1 |\n| A | B | C | C |")
    gone = [*past.sessions[:3], past.sessions[3].model_copy(update={"state": "cancelled"})]
    program = small.program("| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 3})
    assert planner.forced(planner.task(TOPICS, program, gone), {"2027-01-11-mon-1": "A"}) == "optimal"
    assert planner.forced(planner.task(TOPICS, program, gone), {"2027-01-11-mon-1": "B"}) == "infeasible"
    one = small.program("| day |\n| mon |", weeks=1, start="2027-01-11", spacing={"RP": 1})
    assert planner.forced(planner.task(TOPICS, one, gone), {"2027-01-11-mon-1": "C"}) == "infeasible"
    assert planner.forced(planner.task(TOPICS, one, gone), {"2027-01-11-mon-1": "B"}) == "optimal"


@pytest.mark.parametrize(("track", "outcome"), [("am", "optimal"), ("", "optimal"), ("pm", "infeasible")])
def test_what_was_cancelled_in_another_track_does_not_count(track: str, outcome: str) -> None:
    slots = f"| day | track |\n| mon | am |\n| tue | {track} |\n| wed | am |\n| thu | am |"
    task = without(small.program(slots, weeks=1, spacing={"RP": 2}), TUE)
    assert planner.forced(task, {MON: "A", WED: "B", THU: "A"}) == outcome
