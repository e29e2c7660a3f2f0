from __future__ import annotations

import pytest

from iop_sessions.ground.errors import Clash
from iop_sessions.planning import explain
from iop_sessions.planning.solver import highs
from iop_sessions.planning.solver.highs import Solution, solve_part
from iop_sessions.planning.solver.model import Model, ModelPart
from tests.lib import planner, small

NOT_KNOWN = "not known within the work allowed"
FIRST_WEEK = "comes in the first week, Mon, Jan 4 to Sun, Jan 10; meetings that fit it:"


def clash_of(curriculum: object, program: object, history: object = ()) -> str:
    with pytest.raises(Clash) as caught:
        planner.plan(curriculum, program, history)  # type: ignore[arg-type]  # passed through as given
    return str(caught.value)


def test_an_opening_with_trigger_content_and_no_middle_of_a_day_clashes() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role | trigger_content |\n| A | | |\n| O | opening | grief |"
    )
    program = small.program("| day |\n| mon |\n| mon |", weeks=3, admission="cohort")
    assert clash_of(curriculum, program) == (
        "No plan can hold all of these at once:\n"
        "  - O 'A topic' holds trigger content, so it is nobody's first group, and never the last of a day\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 2\n"
        "What would help:\n"
        "  - make O an ordinary topic (column `role`)"
    )


def test_spacing_is_lowered_no_further_than_needed() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| Z | closing |")
    history = small.plan(small.program("| day |\n| mon |", weeks=1), "| mon-1 |\n| Z |").sessions
    program = small.program(
        "| day |\n| mon |", weeks=2, start="2027-01-11", admission="cohort", spacing={"RP": 5}
    )
    assert clash_of(curriculum, program, history) == (
        "No plan can hold all of these at once:\n"
        "  - RP topics come again only after 5 meetings ([spacing] RP)\n"
        "  - the closing topic Z 'A topic' comes in the last two weeks, Mon, Jan 11 to Sun, Jan 24; "
        "meetings that fit it: 2\n"
        "What would help:\n"
        "  - lower [spacing] RP from 5 to 1\n"
        "  - make Z an ordinary topic (column `role`)"
    )


def test_a_spacing_that_counts_cancelled_meetings_says_so() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| Z | closing |")
    past = small.plan(small.program("| day |\n| mon |", weeks=2), "| mon-1 |\n| Z |\n| A |")
    history = small.changed(past, "2027-01-11-mon-1", state="cancelled").sessions
    program = small.program(
        "| day |\n| mon |", weeks=2, start="2027-01-18", admission="cohort", spacing={"RP": 5}
    )
    assert clash_of(curriculum, program, history) == (
        "No plan can hold all of these at once:\n"
        "  - RP topics come again only after 5 meetings, cancelled ones too ([spacing] RP)\n"
        "  - the closing topic Z 'A topic' comes in the last two weeks, Mon, Jan 18 to Sun, Jan 31; "
        "meetings that fit it: 2\n"
        "What would help:\n"
        "  - lower [spacing] RP from 5 to 2\n"
        "  - make Z an ordinary topic (column `role`)"
    )


def test_an_opening_that_comes_after_another_topic_offers_both_ways_out() -> None:
    curriculum = small.curriculum(topics="| topic_id | role | after |\n| A | | |\n| O | opening | A |")
    program = small.program("| day |\n| mon |", weeks=3, admission="cohort")
    assert clash_of(curriculum, program) == (
        "No plan can hold all of these at once:\n"
        "  - O 'A topic' comes after A 'A topic', on which it builds\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 1\n"
        "What would help:\n"
        "  - empty the column `after` of O\n"
        "  - make O an ordinary topic (column `role`)"
    )


def test_a_series_and_a_calendar_tie_can_be_given_up_where_they_clash() -> None:
    curriculum = small.curriculum(
        topics="""
            | topic_id | role    | series | part | calendar_tie   |
            | A        | opening | s      | 1    |                |
            | B        |         | s      | 2    | before_closure |
            """
    )
    program = small.program("| day |\n| mon |\n| wed |", weeks=3, admission="cohort")
    assert clash_of(curriculum, program) == (
        "No plan can hold all of these at once:\n"
        "  - the parts of the series 's' (A, B) follow each other directly\n"
        "  - B 'A topic' stands in the week before a closed day\n"
        f"  - the opening topic A 'A topic' {FIRST_WEEK} 2\n"
        "What would help:\n"
        "  - take A, B out of the series 's'\n"
        "  - take the calendar tie of B away\n"
        "  - make A an ordinary topic (column `role`)"
    )


def test_an_opening_no_meeting_fits_clashes_alone() -> None:
    curriculum = small.curriculum(topics="| topic_id | role | lengths |\n| A | | 60 |\n| O | opening | 90 |")
    assert clash_of(curriculum, small.program("| day |\n| mon |", weeks=3, admission="cohort")) == (
        "No plan can hold this:\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 0\n"
        "What would help:\n"
        "  - make O an ordinary topic (column `role`)"
    )


def test_of_two_clashes_one_is_named_with_two_changes_that_mend_both() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role | lengths |\n| A | | 60 |\n| O | opening | 90 |\n| P | opening | 90 |"
    )
    assert clash_of(curriculum, small.program("| day |\n| mon |", weeks=3, admission="cohort")) == (
        "No plan can hold this:\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 0\n"
        "What would help:\n"
        "  - make O an ordinary topic (column `role`) and make P an ordinary topic (column `role`)"
    )


def test_three_clashes_are_named_with_the_honest_word_that_nothing_small_helps() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | role | lengths |\n| A | | 60 |\n| O | opening | 90 |\n| P | opening | 90 |\n"
        "| Q | opening | 90 |"
    )
    assert clash_of(curriculum, small.program("| day |\n| mon |", weeks=3, admission="cohort")) == (
        "No plan can hold this:\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 0\n"
        "What would help:\n"
        "  - none of the changes that were tried lets a plan exist, and no two of them"
    )


def too_little_work_below(enough: int) -> object:
    """Stand in for the solver: with fewer nodes than enough it proves nothing."""

    def solve(model: Model, part: ModelPart, values: list[float], nodes: int) -> Solution:
        return solve_part(model, part, values, nodes) if nodes >= enough else Solution("stopped", {}, 0, 0)

    return solve


LAST_WEEKS = "comes in the last two weeks, Mon, Jan 18 to Sun, Jan 31; meetings that fit it:"
CLOSING = f"  - the closing topic Z 'A topic' {LAST_WEEKS} 2\n"


@pytest.mark.parametrize(
    ("enough", "named_too", "remedy_too"),
    [
        (highs.MOST_NODES, "", ""),  # the hard rules alone are proved to clash: their part is narrower
        (highs.MOST_NODES + 1, CLOSING, f"\n  - {NOT_KNOWN}: make Z an ordinary topic (column `role`)"),
    ],
)
def test_a_clash_whose_trials_run_out_of_work_is_named_by_what_was_proved(
    enough: int, named_too: str, remedy_too: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explain, "solve_part", too_little_work_below(enough))
    curriculum = small.curriculum(
        topics="| topic_id | role | lengths |\n| A | | 60 |\n| O | opening | 90 |\n| Z | closing | 60 |",
        topic_objectives="| topic_id | objective_id |\n| A | one |",
    )
    program = small.program("| day |\n| mon |", weeks=4, stay_weeks=[4], admission="cohort")
    assert clash_of(curriculum, program) == (
        "No plan can hold all of these at once:\n"
        "  - each RP meeting holds one topic\n"  # no trial could prove that the rest clashes without it
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 0\n"
        f"{named_too}"
        "What would help:\n"
        f"  - {NOT_KNOWN}: make O an ordinary topic (column `role`){remedy_too}"
    )


def test_a_clash_that_only_the_search_proves_leaves_other_groups_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "solve_part", too_little_work_below(highs.MOST_NODES + 1))
    curriculum = small.curriculum(
        topics="""
            | topic_id | group_type | role    | after |
            | S        | SD         |         |       |
            | A        | RP         |         |       |
            | O        | RP         | opening | A     |
            """
    )
    program = small.program("| day | group_type |\n| mon | SD |\n| wed | RP |", weeks=3, admission="cohort")
    assert clash_of(curriculum, program) == (
        "No plan can hold all of these at once:\n"
        "  - each RP meeting holds one topic\n"
        "  - O 'A topic' comes after A 'A topic', on which it builds\n"
        f"  - the opening topic O 'A topic' {FIRST_WEEK} 1\n"
        "What would help:\n"
        f"  - {NOT_KNOWN}: empty the column `after` of O\n"
        f"  - {NOT_KNOWN}: make O an ordinary topic (column `role`)"
    )
