"""Sliding: what fell out comes next, everything after it one meeting later."""

from __future__ import annotations

from collections.abc import Collection

from iop_sessions.jobs.replan.propose import slid
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="""
        | topic_id | group_type | lengths |
        | RP-01    | RP         | 60; 90  |
        | RP-02    | RP         | 60; 90  |
        | RP-03    | RP         | 60      |
        | RP-04    | RP         | 60; 90  |
        | PE-01    | PE         | 60; 90  |
        | PE-02    | PE         | 60; 90  |
    """,
    group_types="| group_type | needs_topic |\n| RP | yes |\n| PE | yes |\n| PG | no |",
)
WEEK = small.program("| day |\n| mon |\n| tue |\n| wed |\n| thu |", weeks=1)
HEAD = "| mon-1 | tue-1 | wed-1 | thu-1 |\n"
MON, TUE, WED, THU = "2027-01-04-mon-1", "2027-01-05-tue-1", "2027-01-06-wed-1", "2027-01-07-thu-1"
FOUR = "| RP-01 | RP-02 | RP-03 | RP-04 |"


def after(
    grid: str, *lost: str, standing: Collection[str] = (), program: Program = WEEK, head: str = HEAD
) -> str:
    """Return the topics of a plan after some sessions fell out."""
    rows = small.plan(program, head + grid).sessions
    return line([out(each) if each.session_id in lost else each for each in rows], lost, standing)


def line(rows: list[Session], lost: Collection[str], standing: Collection[str] = ()) -> str:
    moved = slid(CURRICULUM, rows, lost, standing)
    return " ".join(each.topic_id or "-" if each.takes_place else "x" for each in moved)


def out(row: Session) -> Session:
    return row.model_copy(update={"state": "cancelled"})


def test_everything_after_a_lost_session_comes_one_meeting_later_and_the_last_falls_out() -> None:
    assert after(FOUR, MON) == "x RP-01 RP-02 RP-03"
    assert after(FOUR, TUE) == "RP-01 x RP-02 RP-03"
    assert after(FOUR, THU) == "RP-01 RP-02 RP-03 x"


def test_two_lost_sessions_slide_all_by_two() -> None:
    assert after(FOUR, MON, TUE) == "x x RP-01 RP-02"
    assert after(FOUR, MON, WED) == "x RP-01 x RP-02"


def test_nothing_lost_moves_nothing() -> None:
    assert after(FOUR) == "RP-01 RP-02 RP-03 RP-04"


def test_an_empty_meeting_takes_up_the_slide() -> None:
    assert after("| RP-01 | - | RP-03 | RP-04 |", MON) == "x RP-01 RP-03 RP-04"
    assert after("| - | RP-02 | RP-03 | RP-04 |", MON) == "x RP-02 RP-03 RP-04"


def test_what_stands_keeps_its_topic_and_the_rest_slides_over_it() -> None:
    assert after(FOUR, MON, standing=[WED]) == "x RP-01 RP-03 RP-02"
    assert after(FOUR, MON, standing=[TUE, WED, THU]) == "x RP-02 RP-03 RP-04"


def test_what_was_cancelled_before_is_neither_lost_nor_filled() -> None:
    rows = [*small.plan(WEEK, HEAD + FOUR).sessions]
    rows[0], rows[1] = out(rows[0]), out(rows[1])
    assert line(rows, [MON]) == "x x RP-01 RP-03"


def test_a_topic_too_long_or_short_for_a_meeting_waits_for_one_that_fits() -> None:
    program = small.program(
        "| day | minutes |\n| mon | 60 |\n| tue | 90 |\n| wed | 60 |\n| thu | 60 |", weeks=1
    )
    grid = "| RP-03 | RP-01 | RP-02 | RP-04 |"
    assert after(grid, MON, program=program) == "x RP-01 RP-03 RP-02"


def test_each_type_and_each_track_slides_for_itself() -> None:
    program = small.program(
        "| day | group_type | track |\n| mon | RP | am |\n| mon | RP | pm |\n| mon | PE | am |\n"
        "| tue | RP | am |\n| tue | RP | pm |\n| tue | PE | am |",
        weeks=1,
    )
    head = "| mon-1 | mon-2 | mon-3 | tue-1 | tue-2 | tue-3 |\n"
    grid = "| RP-01 | RP-02 | PE-01 | RP-03 | RP-04 | PE-02 |"
    assert after(grid, MON, program=program, head=head) == "x RP-02 PE-01 RP-01 RP-04 PE-02"
    everything = ("2027-01-04-mon-1", "2027-01-04-mon-2", "2027-01-04-mon-3")
    assert after(grid, *everything, program=program, head=head) == "x x x RP-01 RP-02 PE-01"


def test_groups_without_topics_do_not_slide() -> None:
    program = small.program("| day | group_type |\n| mon | PG |\n| tue | PG |", weeks=1)
    rows = small.plan(program, "| mon-1 | tue-1 |\n| RP-01 | PE-01 |").sessions
    assert line([out(rows[0]), rows[1]], [MON]) == "x PE-01"


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = small.plan(WEEK, HEAD + FOUR).sessions
    turned = [out(each) if each.session_id == MON else each for each in rows][::-1]
    assert line(turned, [MON]) == "RP-03 RP-02 RP-01 x"
