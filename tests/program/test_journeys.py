"""Journeys: who comes to which slot, by path, phase and track."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sessions.program.journeys import Journey, journeys, of_track, tracks
from iop_sessions.program.program import Program
from tests.lib import small

THREE = "| day |\n| mon |\n| wed |\n| fri |"
STEP_DOWN: list[dict[str, object]] = [
    {"number": 1, "weeks": [1, 2]},
    {"number": 2, "weeks": [3], "days": ["Monday", "Friday"]},
    {"number": 3, "weeks": [4], "slots": ["fri-1"]},
]
ALL = ["mon-1", "wed-1", "fri-1"]


def shown(program: Program) -> dict[str, list[str]]:
    """Write each journey as its weeks, the slots of a week in the order of the program."""
    order = [slot.id for slot in program.slots]
    return {
        journey.name: [" ".join(each for each in order if each in week) for week in journey.slots]
        for journey in journeys(program)
    }


def test_without_phases_paths_and_tracks_everybody_comes_to_everything_for_the_shortest_stay() -> None:
    program = small.program(THREE, stay_weeks=[12, 3])
    assert shown(program) == {"": [" ".join(ALL)] * 3}
    only = journeys(program)[0]
    assert (only.path, only.track, only.phases, only.weeks) == ("", "", (0, 0, 0), 3)


def test_phases_follow_each_other_by_their_weeks_and_step_down() -> None:
    program = small.program(THREE, phases=STEP_DOWN[::-1], stay_weeks=[6])
    assert shown(program) == {"": [" ".join(ALL), " ".join(ALL), "mon-1 fri-1", "fri-1"]}
    assert journeys(program)[0].phases == (1, 1, 2, 3)


def test_a_slot_says_itself_for_which_phases_it_is() -> None:
    table = "| day | phases |\n| mon | 1; 2 |\n| wed | 2 |\n| fri | |"
    program = small.program(table, phases=[{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2]}])
    assert shown(program) == {"": ["mon-1 fri-1", "mon-1 wed-1 fri-1"]}


def test_a_path_is_an_order_of_phases_and_may_come_back_to_one() -> None:
    paths = [{"id": "up", "phases": [[2, 1], [1, 1]]}, {"id": "again", "phases": [[1, 1], [3, 2], [1, 1]]}]
    assert shown(small.program(THREE, phases=STEP_DOWN, paths=paths)) == {
        "path up": ["mon-1 fri-1", " ".join(ALL)],
        "path again": [" ".join(ALL), "fri-1", "fri-1", " ".join(ALL)],
    }


TRACKS = """
    | day | id    | track   |
    | mon | mon-m | morning |
    | mon | mon-e | evening |
    | wed | both  |         |
    """


def test_each_track_has_journeys_of_its_own_and_shares_the_slots_of_all() -> None:
    program = small.program(TRACKS, stay_weeks=[1])
    assert tracks(program) == ("morning", "evening")
    assert shown(program) == {"morning track": ["mon-m both"], "evening track": ["mon-e both"]}
    assert [slot.id for slot in of_track(program.slots, "evening")] == ["mon-e", "both"]


def test_each_path_goes_through_each_track() -> None:
    steps = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2], "days": ["Wednesday"]}]
    paths = [{"id": "down", "phases": [[1, 1], [2, 1]]}, {"id": "late", "phases": [[2, 1]]}]
    assert shown(small.program(TRACKS, phases=steps, paths=paths)) == {
        "path down, morning track": ["mon-m both", "both"],
        "path down, evening track": ["mon-e both", "both"],
        "path late, morning track": ["both"],
        "path late, evening track": ["both"],
    }


START = date(2027, 1, 6)  # a Wednesday


def days_of(journey: Journey, slot_id: str, track: str = "") -> list[int]:
    """List the days after the start on which somebody comes to a slot, were it every day."""
    return [
        number
        for number in range(-7, 36)
        if journey.comes(slot_id, track, START, START + timedelta(days=number))
    ]


def test_weeks_of_a_stay_are_counted_from_the_day_somebody_starts() -> None:
    journey = journeys(small.program(THREE, phases=STEP_DOWN))[0]
    assert journey.end(START) == date(2027, 2, 3)
    assert days_of(journey, "fri-1") == list(range(28))
    assert days_of(journey, "mon-1") == list(range(21))
    assert days_of(journey, "wed-1") == list(range(14))


def test_a_slot_that_the_program_no_longer_has_is_judged_by_its_track() -> None:
    morning = journeys(small.program(TRACKS, stay_weeks=[1]))[0]
    assert days_of(morning, "old") == list(range(7))
    assert days_of(morning, "old", "morning") == list(range(7))
    assert days_of(morning, "old", "evening") == []
    assert days_of(morning, "mon-e", "evening") == []
