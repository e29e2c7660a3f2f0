from __future__ import annotations

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Clash
from iop_sessions.pages.wording.lacking import changes_words
from iop_sessions.planning.remedies.causes import causes
from iop_sessions.planning.remedies.changes import families
from iop_sessions.planning.remedies.trials import with_remedies
from iop_sessions.planning.search import draft
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib import planner, small

THREE = small.curriculum(topics="| topic_id |\n| RP-2 |\n| RP-10 |\n| RP-1 |")
MONDAYS = "| day |\n| mon |"


def remedies(curriculum: Curriculum, program: Program) -> list[str]:
    """Return what is offered against the first shortfall."""
    made = with_remedies(planner.task(curriculum, program), planner.plan(curriculum, program))
    return list(planner.tried(curriculum, made.sheet.shortfalls[0]))


def held(made: Plan) -> list[str]:
    return [session.topic_id for session in made.sessions]


def test_a_fixed_sequence_begins_with_the_first_id_and_comes_round() -> None:
    made = planner.plan(THREE, small.program(MONDAYS, weeks=4, sequence={"RP": "fixed"}))
    assert held(made) == ["RP-1", "RP-2", "RP-10", "RP-1"]
    assert made.sheet.cost == 0


def test_a_cycle_begins_where_it_keeps_most_promises() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |\n| C |",
        objectives="| objective_id | within_weeks |\n| now | 1 |",
        topic_objectives="| topic_id | objective_id |\n| C | now |",
    )
    program = small.program(MONDAYS, weeks=1, stay_weeks=[1], sequence={"RP": "cycle"})
    assert held(planner.plan(curriculum, program)) == ["C"]
    longer = small.program(MONDAYS, weeks=3, stay_weeks=[3], sequence={"RP": "cycle"})
    assert held(planner.plan(curriculum, longer)) in (["C", "A", "B"], ["A", "B", "C"], ["B", "C", "A"])


@pytest.mark.parametrize("order", ["cycle", "fixed"])
def test_a_sequence_goes_on_after_the_past(order: str) -> None:
    history = small.plan(small.program(MONDAYS, weeks=1), "| mon-1 |\n| RP-2 |").sessions
    program = small.program(MONDAYS, weeks=2, start="2027-01-11", sequence={"RP": order})
    assert held(planner.plan(THREE, program, history)) == ["RP-10", "RP-1"]


def test_a_topic_waits_for_a_meeting_in_which_it_may_stand_and_the_hole_is_explained() -> None:
    curriculum = small.curriculum(topics="| topic_id | trigger_content |\n| A | |\n| B | grief |\n| C | |")
    slots = "| day |\n| mon |\n| wed |\n| wed |\n| wed |"
    made = planner.plan(curriculum, small.program(slots, weeks=1, sequence={"RP": "fixed"}))
    assert held(made) == ["A", "", "B", "C"]
    assert planner.lacks(curriculum, made) == [
        (
            "Wed, Jan 6, wed-1: no RP topic: A, C may stand there, but the rules of order "
            'and [sequence] RP = "fixed" keep them away'
        )
    ]
    assert remedies(curriculum, small.program(slots, weeks=1, sequence={"RP": "fixed"})) == [
        'write [sequence] RP = "cycle": then 0 instead of 1 meeting stays empty',
        "make wed-1 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
        (
            "write one more RP topic of 60 minutes, with an id that comes after A: "
            "then 0 instead of 1 meeting stays empty"
        ),
    ]


def test_every_way_to_mend_a_hole_of_a_sequence_is_known_the_cheapest_first() -> None:
    """A, C and D do not fit the meetings of 90 minutes, and B none of the others."""
    curriculum = small.curriculum(
        topics="| topic_id | lengths | role |\n| A | 60 | |\n| B | 90 | |\n| C | 60 | |\n| D | 60 | closing |"
    )
    program = small.program(
        "| day | minutes |\n| mon | 60 |\n| wed | 60 |\n| fri | 90 |", weeks=5, stay_weeks=[5],
        admission="cohort", sequence={"RP": "fixed"},
    )  # fmt: skip
    task, made = planner.task(curriculum, program), planner.plan(curriculum, program)
    empty = dict.fromkeys(each.slot_id for each in made.sessions if not each.topic_id)
    (cause,) = causes(draft(task, wishes=False), made.sheet.shortfalls).values()
    say = curriculum.speech("en")
    ways = [changes_words(each.changes, say) for family in families(task, cause) for each in family.changes]
    assert ways == [
        'write [sequence] RP = "cycle"',
        'write [sequence] RP = "free"',
        *(f"make {slot} an open group, which needs no topic" for slot in empty),
        *(
            f"write one more RP topic of 60 and 90 minutes, with an id that comes after {place}"
            for place in "DAB"
        ),
        *(
            f"leave {slot} out of the program, {90 if slot == 'fri-1' else 60} minutes a week less"
            for slot in empty
        ),
    ]


def test_a_new_topic_before_a_closing_fills_the_hole_before_it() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| B | closing |\n| C | |")
    program = small.program(
        MONDAYS, weeks=4, stay_weeks=[4], admission="cohort", sequence={"RP": "fixed"}, spacing={"RP": 2}
    )
    new = "write one more RP topic of 60 minutes, with an id that comes after A"
    assert f"{new}: then 0 instead of 1 meeting stays empty" in remedies(curriculum, program)


def test_other_tracks_hold_the_same_in_the_same_week_and_a_lost_meeting_skips_one() -> None:
    slots = """
        | day | track | site  | start |
        | mon | am    |       | 9:00  |
        | wed | am    |       | 9:00  |
        | mon | pm    | north | 17:00 |
        | wed | pm    | north | 17:00 |
        """
    program = small.program(
        slots, weeks=2, sequence={"RP": "fixed"},
        calendar={"main": {}, "north": {"closed": ["2027-01-06"]}},
    )  # fmt: skip
    made = planner.plan(THREE, program)
    tracks = {
        track: [each.topic_id for each in made.sessions if each.track == track] for track in ("am", "pm")
    }
    assert tracks == {"am": ["RP-1", "RP-2", "RP-10", "RP-1"], "pm": ["RP-1", "RP-10", "RP-1"]}


def test_a_series_whose_ids_follow_each_other_agrees_with_the_sequence() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | series | part |\n| A | | |\n| B | road | 1 |\n| C | road | 2 |"
    )
    program = small.program(MONDAYS, weeks=3, sequence={"RP": "cycle"}, spacing={"RP": 2})
    assert held(planner.plan(curriculum, program)) in (["A", "B", "C"], ["B", "C", "A"])


def test_a_cohort_whose_opening_is_not_the_first_id_is_told_and_offered_any_order() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| B | opening |\n| C | |")
    program = small.program(MONDAYS, weeks=3, stay_weeks=[3], admission="cohort", sequence={"RP": "fixed"})
    with pytest.raises(Clash) as refused:
        planner.plan(curriculum, program)
    assert str(refused.value) == (
        "No plan can hold all of these at once:\n"
        "  - each RP meeting holds one topic\n"
        "  - the opening topic B 'A topic' comes in the first week, Mon, Jan 4 to Sun, Jan 10; "
        "meetings that fit it: 1\n"
        '  - RP topics come in the order of their ids ([sequence] RP = "fixed")\n'
        "What would help:\n"
        "  - make B an ordinary topic (column `role`)\n"
        '  - write [sequence] RP = "free"'
    )


def test_a_closing_that_comes_too_early_waits_and_each_hole_is_named() -> None:
    curriculum = small.curriculum(topics="| topic_id | role |\n| A | |\n| B | closing |\n| C | |")
    program = small.program(
        MONDAYS, weeks=4, stay_weeks=[4], admission="cohort", sequence={"RP": "fixed"}, spacing={"RP": 2}
    )
    made = planner.plan(curriculum, program)
    assert sorted(held(made)) == ["", "A", "B", "C"]
    assert [shortfall.kind for shortfall in made.sheet.shortfalls] == ["empty"]


def test_topics_for_other_ages_or_lengths_are_not_in_the_round() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | ages | lengths |\n| A | | |\n| B | youth | |\n| C | | 90 |\n| D | both | |"
    )
    program = small.program(MONDAYS, weeks=3, sequence={"RP": "fixed"})
    assert held(planner.plan(curriculum, program)) == ["A", "D", "A"]


@pytest.mark.parametrize("sequence", [{}, {"RP": "free"}])
def test_free_asks_for_nothing(sequence: dict[str, str]) -> None:
    program = small.program(MONDAYS, weeks=2, sequence=sequence)
    task = planner.task(THREE, program)
    assert planner.forced(task, {"2027-01-04-mon-1": "RP-10", "2027-01-11-mon-1": "RP-1"}) == "optimal"
    assert planner.forced(task, {"2027-01-04-mon-1": "RP-10", "2027-01-11-mon-1": "RP-2"}) == "optimal"
