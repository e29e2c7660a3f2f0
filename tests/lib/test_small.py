from __future__ import annotations

from datetime import date, time

import pytest

from tests.lib import small


def test_a_text_table_is_read_row_by_row() -> None:
    table = """
        | id | title     |
        |----|-----------|
        | A  | First one |
        | B  |           |
    """
    assert small.rows(table) == [{"id": "A", "title": "First one"}, {"id": "B", "title": ""}]


def test_a_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(AssertionError, match="has other columns than"):
        small.rows("| id |\n| A | B |")


def test_a_curriculum_fills_in_what_a_table_leaves_out() -> None:
    made = small.curriculum(
        topics="| topic_id | group_type |\n| A | RT |",
        topic_objectives="| topic_id | objective_id |\n| A | say-no |",
    )
    assert (made.topics[0].lengths, made.topics[0].delivery, made.topics[0].place.line) == ((60,), "group", 2)
    assert [each.group_type for each in made.group_types] == ["RT"]
    assert [(each.objective_id, each.level) for each in made.objectives] == [("say-no", "short")]
    assert [each.topic_id for each in made.topics_of_objective["say-no"]] == ["A"]


def test_given_cells_win_over_defaults() -> None:
    made = small.curriculum(
        topics="| topic_id | lengths |\n| A | 50; 90 |",
        group_types="| group_type | needs_topic |\n| RP | no |",
    )
    assert made.topics[0].lengths == (50, 90)
    assert [(each.group_type, each.needs_topic) for each in made.group_types] == [("RP", False)]


def test_a_faulty_cell_fails_with_its_problem() -> None:
    with pytest.raises(AssertionError, match=r"topics\.csv:2: role: 'first' is not one of the words for it"):
        small.curriculum(topics="| topic_id | role |\n| A | first |")


def test_slots_are_numbered_within_their_day() -> None:
    made = small.program("| day | group_type |\n| mon | RP |\n| mon | RT |\n| wed | |", closed=["2027-01-06"])
    assert [(slot.id, slot.start, slot.group_type) for slot in made.slots] == [
        ("mon-1", time(17, 30), "RP"), ("mon-2", time(18, 40), "RT"), ("wed-1", time(17, 30), "RP"),
    ]  # fmt: skip
    assert [span.days for span in made.calendar["main"].closed] == [(date(2027, 1, 6),)]


def test_a_plan_reads_back_as_the_grid_it_was_made_of() -> None:
    of = small.program("| day |\n| mon |\n| wed |", closed=["2027-01-13"])
    grid = "| mon-1 | wed-1  |\n| A     | B      |\n| -     | closed |"
    made = small.plan(of, grid)
    assert [each.session_id for each in made.sessions] == [
        "2027-01-04-mon-1",
        "2027-01-06-wed-1",
        "2027-01-11-mon-1",
    ]
    assert small.grid(made, of) == grid


def test_a_changed_plan_keeps_its_sheet() -> None:
    of = small.program("| day |\n| mon |", weeks=1)
    made = small.plan(of, "| mon-1 |\n| A |")
    edited = small.changed(made, "2027-01-04-mon-1", topic_id="B")
    assert [each.topic_id for each in edited.sessions] == ["B"]
    assert edited.sheet == made.sheet
