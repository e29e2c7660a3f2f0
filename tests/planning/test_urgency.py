from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from iop_sessions.planning.needs import moments
from iop_sessions.planning.search import Draft, Task, draft
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import meetings
from tests.lib import planner, small

MON_WED = "| day |\n| mon |\n| wed |"


def values_of(made: Draft) -> list[float]:
    return [made.start.get(variable, 0.0) for variable in range(len(made.model.costs))]


def rotation(task: Task) -> str:
    made = draft(task)
    chosen = made.board.choice(made.start)
    return " ".join(chosen.get(index, "-") for index in range(len(task.meetings)))


def in_week(days: str, topics: str, history: Sequence[Session] = (), **settings: object) -> str:
    """Plan one week of slots by urgency."""
    table = "| day |\n" + "\n".join(f"| {day} |" for day in days.split())
    program = small.program(table, **{"weeks": 1, "spacing": {"RP": 2}, **settings})
    return rotation(planner.task(small.curriculum(topics=topics), program, history))


def test_topics_take_turns() -> None:
    held = in_week("mon tue wed thu fri sat", "| topic_id |\n| A |\n| B |\n| C |").split()
    assert sorted(held[:3]) == ["A", "B", "C"]
    assert held[3:] == held[:3]


def test_the_topic_that_waited_longest_in_the_past_comes_first() -> None:
    past = small.plan(small.program(MON_WED, weeks=1), "| mon-1 | wed-1 |\n| C | A |").sessions
    topics = "| topic_id |\n| A |\n| B |\n| C |"
    assert in_week("mon wed", topics, past, start="2027-01-11") == "B C"


def test_a_series_stays_together_and_never_begins_in_the_last_meeting() -> None:
    topics = "| topic_id | series | part |\n| A | s | 1 |\n| B | s | 2 |\n| C | | |"
    assert in_week("mon tue wed", topics) in ("A B C", "C A B")
    assert in_week("mon tue", topics, spacing={"RP": 0}) in ("A B", "C C")
    assert in_week("mon", topics) == "C"


def test_a_series_that_the_past_began_goes_on() -> None:
    topics = "| topic_id | series | part |\n| A | s | 1 |\n| B | s | 2 |\n| C | | |"
    past = small.plan(small.program(MON_WED, weeks=1), "| mon-1 | wed-1 |\n| C | A |").sessions
    assert in_week("mon wed", topics, past, start="2027-01-11") == "B C"


def test_a_topic_stays_out_of_meetings_that_a_rule_closes_to_it() -> None:
    topics = "| topic_id | trigger_content |\n| A | grief |\n| B | |"
    assert in_week("mon mon mon", topics, spacing={}) in ("B A B", "B B B")


def test_a_promise_about_to_run_out_comes_before_one_with_time_left() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        objectives="| objective_id | within_weeks |\n| later | |\n| urgent | 1 |",
        topic_objectives="| topic_id | objective_id |\n| A | later |\n| B | urgent |",
    )
    settings = {"weeks": 3, "stay_weeks": [3], "admission": "cohort", "spacing": {"RP": 1}}
    task = planner.task(curriculum, small.program("| day |\n| mon |", **settings))
    assert rotation(task).startswith("B A")


def test_an_ordered_topic_waits_for_what_it_builds_on() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | entry | after |\n| A | after | B |\n| B | open | |",
        topic_objectives="| topic_id | objective_id |\n| A | deep |\n| B | basic |",
    )
    task = planner.task(curriculum, small.program(MON_WED, weeks=1, stay_weeks=[1], admission="cohort"))
    assert rotation(task) == "B A"


def test_the_tracks_of_a_week_hold_the_same_topics() -> None:
    slots = "| day | id | track |\n| mon | m1 | am |\n| wed | m2 | am |\n| mon | e1 | pm |\n| thu | e2 | pm |"
    task = planner.task(
        small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |"),
        small.program(slots, weeks=2, spacing={"RP": 1}),
    )
    made = draft(task)
    chosen = made.board.choice(made.start)
    weeks: dict[tuple[int, str], set[str]] = {}
    for index, meeting in enumerate(task.meetings):
        weeks.setdefault((meeting.week, meeting.slot.track), set()).add(chosen[index])
    assert weeks[1, "am"] == weeks[1, "pm"]
    assert weeks[2, "am"] == weeks[2, "pm"]


def test_a_moment_joins_the_meetings_of_tracks_in_step() -> None:
    slots = "| day | id | track |\n| mon | m1 | am |\n| tue | both | |\n| wed | m2 | am |\n| thu | e1 | pm |"
    task = planner.task(small.curriculum(topics="| topic_id |\n| A |"), small.program(slots, weeks=1))
    found = moments(draft(task).board, "RP")
    named = [[task.meetings[index].slot.id for index in moment] for moment in found]
    assert named == [["m1", "e1"], ["both"], ["m2"]]


def cost_of(values: Mapping[int, float], made: Draft) -> int:
    return made.model.cost_of(values)


def test_what_the_choices_mean_for_the_promises_is_worked_out() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    made = draft(planner.task(curriculum, program))
    assert all(row.holds(values_of(made)) for row in made.model.rows)
    assert cost_of(made.start, made) == 1000


def test_a_meeting_that_no_topic_may_fill_is_marked_empty() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |")
    made = draft(planner.task(curriculum, small.program(MON_WED, weeks=1, spacing={"RP": 1})))
    assert all(row.holds(values_of(made)) for row in made.model.rows)
    assert cost_of(made.start, made) == 10_000


def test_meetings_that_were_cancelled_let_a_topic_come_again_sooner_but_never_twice_in_a_row() -> None:
    program = small.program("| day |\n| mon |\n| tue |\n| wed |\n| thu |", weeks=1, spacing={"RP": 2})
    days = meetings(program, program.start, program.weeks)
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |")
    for fell_out, start in (("tue", "B A B"), ("tue wed", "B A"), ("mon", "B A -")):
        rows = (small.session(each, "A") for each in days if each.slot.id[:3] in fell_out)
        gone = tuple(row.model_copy(update={"state": "cancelled"}) for row in rows)
        task = replace(planner.task(curriculum, program), standing=gone, cancelled=gone)
        made = draft(task)
        assert rotation(task) == start
        assert all(row.holds(values_of(made)) for row in made.model.rows)


def test_a_cancelled_meeting_of_the_past_lets_a_topic_come_again_sooner() -> None:
    past = small.plan(small.program(MON_WED, weeks=1), "| mon-1 | wed-1 |\n| A | B |").sessions
    gone = [past[0], past[1].model_copy(update={"state": "cancelled"})]
    assert in_week("mon wed", "| topic_id |\n| A |", past, start="2027-01-11") == "- A"
    assert in_week("mon wed", "| topic_id |\n| A |", gone, start="2027-01-11") == "- A"
    assert in_week("mon wed", "| topic_id |\n| A |", gone, start="2027-01-11", spacing={"RP": 3}) == "- -"


def test_the_same_task_starts_alike() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    program = small.program(MON_WED, weeks=3, spacing={"RP": 1})
    first, turned = planner.task(curriculum, program), planner.task(small.turned(curriculum), program)
    assert rotation(first) == rotation(turned)
