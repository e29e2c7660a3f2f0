from __future__ import annotations

from lib import planner, small

from iop_sessions.planning.board import Board
from iop_sessions.planning.constraints import CONSTRAINTS
from iop_sessions.planning.model import Model
from iop_sessions.planning.search import Task
from iop_sessions.planning.starting import quick_plan


def rotation(task: Task) -> str:
    board = Board(task, Model())
    for constraint in CONSTRAINTS:
        constraint.build(board)
    chosen = board.choice(quick_plan(board))
    return " ".join(chosen.get(index, "-") for index in range(len(task.meetings)))


def test_topics_take_turns() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    program = small.program("| day |\n| mon |\n| wed |", weeks=3, spacing={"RP": 2})
    assert rotation(planner.task(curriculum, program)) == "A B C A B C"


def test_the_topic_that_waited_longest_in_the_past_comes_first() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| A |\n| B |\n| C |")
    history = small.plan(
        small.program("| day |\n| mon |\n| wed |", weeks=1), "| mon-1 | wed-1 |\n| C | A |"
    ).sessions
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, start="2027-01-11", spacing={"RP": 2})
    assert rotation(planner.task(curriculum, program, history)) == "B C"


def test_a_series_stays_together_and_never_begins_in_the_last_meeting() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | series | part |\n| A | s | 1 |\n| B | s | 2 |\n| C | | |"
    )
    program = small.program("| day |\n| mon |\n| tue |\n| wed |\n| thu |", weeks=1, spacing={"RP": 2})
    assert rotation(planner.task(curriculum, program)) == "A B C -"


def test_a_topic_stays_out_of_meetings_that_a_rule_closes_to_it() -> None:
    curriculum = small.curriculum(topics="| topic_id | trigger_content |\n| A | grief |\n| B | |")
    program = small.program("| day |\n| mon |\n| mon |\n| mon |", weeks=1)
    assert rotation(planner.task(curriculum, program)) == "B A B"
