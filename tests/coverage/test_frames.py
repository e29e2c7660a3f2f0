from __future__ import annotations

from datetime import date

from iop_sessions.coverage import frames
from iop_sessions.coverage.covering import Coverage, cover, cover_all
from iop_sessions.plans.case import Case
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="| topic_id |\n| RP-01 |\n| RP-02 |",
    objectives="| objective_id |\n| name |\n| change |",
    topic_objectives="| topic_id | objective_id |\n| RP-01 | name |\n| RP-02 | change |",
    rules="| rule_id | title | value |\n| least | 9 hours a week | 9 |",
)
GRID = "| mon-1 |\n| RP-01 |\n| RP-02 |\n| RP-01 |\n"


def coverage(grid: str = GRID, **settings: object) -> Coverage:
    program = small.program("| day |\n| mon |", rules={"packs": ["pack"]}, weeks=3, **settings)
    return cover(Case(CURRICULUM, program, small.plan(program, grid)))


def test_by_week_counts_how_often_a_group_teaches_an_objective() -> None:
    frame = frames.by_week(coverage())
    assert frame.loc["name"].tolist() == [1, 0, 1]
    assert frame.loc["change"].tolist() == [0, 1, 0]
    assert list(frame.columns) == ["week 1", "week 2", "week 3"]


def test_by_start_names_the_day_or_what_is_missing() -> None:
    frame = frames.by_start(coverage(stay_weeks=[2]))
    assert frame["2027-01-04"].tolist() == ["2027-01-04", "2027-01-11"]
    assert frame["2027-01-11"].tolist() == ["2027-01-18", "2027-01-11"]
    assert frame["2027-01-18"].tolist() == ["2027-01-18", "not yet decided"]


def test_by_start_says_of_the_talk_one_to_one_that_it_comes_by_appointment() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | delivery |\n| OR-01 | orientation |",
        topic_objectives="| topic_id | objective_id |\n| OR-01 | rights |",
    )
    program = small.program("| day |\n| mon |", weeks=1, stay_weeks=[1])
    frame = frames.by_start(cover(Case(curriculum, program, small.plan(program, "| mon-1 |\n| A |"))))
    assert frame["2027-01-04"].tolist() == ["by appointment"]


def test_newcomers_puts_the_worst_first() -> None:
    frame = frames.newcomers(coverage(stay_weeks=[1]))
    assert list(frame.columns) == frames.NEWCOMERS
    assert frame["missed"].tolist() == [1, 1, 1]
    assert frame["what is missed"].tolist() == ["change", "name", "change"]


def test_newcomers_of_a_plan_without_meetings_is_an_empty_table() -> None:
    closed = [date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]
    frame = frames.newcomers(coverage(closed=closed))
    assert frame.empty
    assert list(frame.columns) == frames.NEWCOMERS


def test_worst_days_has_one_row_a_week_whose_stays_are_decided() -> None:
    frame = frames.worst_days(coverage(stay_weeks=[2]))
    assert frame["week"].tolist() == [1, 2]
    assert frame["missed"].tolist() == [0, 0]


def test_hours_says_which_rules_a_week_falls_short_of() -> None:
    frame = frames.hours(coverage())
    assert frame["clinical hours"].tolist() == [1, 1, 1]
    assert frame["falls short of"].tolist() == ["9 hours a week"] * 3


def test_tables_of_several_tracks_name_the_track() -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |", stay_weeks=[1], weeks=1)
    ways = cover_all(Case(CURRICULUM, program, small.plan(program, "| mon-1 | mon-2 |\n| RP-01 | - |")))
    assert list(frames.by_start(*ways).columns) == ["2027-01-04, am track", "2027-01-04, pm track"]
    assert frames.newcomers(*ways)["path and track"].tolist() == ["pm track", "am track"]
    assert frames.worst_days(*ways)["path and track"].tolist() == ["pm track"]
    assert frames.hours(ways[0])["who"].tolist() == ["am track", "pm track"]
