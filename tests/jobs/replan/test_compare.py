"""Two plans side by side, in words and for scripts."""

from __future__ import annotations

import shutil
from datetime import date, time

import pytest

from iop_sessions.doors.reports.replan import (
    comparison_facts,
    comparison_lines,
)
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import compare
from tests.lib.workspaces import change_rows

MON, TOO, WED = "2027-01-04-mon-1", "2027-01-04-mon-2", "2027-01-06-wed-1"


@pytest.fixture
def two(space: Workspace) -> Workspace:
    """Return a workspace with a second plan, `other`, that is as the first."""
    shutil.copytree(space.plans / "evening", space.plans / "other")
    return space


def lines(space: Workspace) -> list[str]:
    return comparison_lines(compare(space, "evening", "other"))


def test_the_same_plan_twice_is_said_to_be_the_same(two: Workspace) -> None:
    assert lines(two) == ["evening and other hold the same sessions."]
    assert comparison_facts(compare(two, "evening", "other")) == {
        "before": "evening", "after": "other", "differences": []
    }  # fmt: skip


def test_each_difference_is_a_line_that_says_what_is_and_what_was(two: Workspace) -> None:
    changes = {
        MON: {"topic_id": "RP-02", "facilitators": ("F2",), "room": ""},
        TOO: {"state": "cancelled", "reason": "snow"},
        WED: {"start": time(17), "end": time(18), "date": date(2027, 1, 7), "mode": "telehealth"},
    }
    change_rows(two, changes, "other")
    assert lines(two) == [
        "From evening to other: 6 differences.",
        "  - Mon, Jan 4, 5:30 pm: leader F2 (was F1)",
        "  - Mon, Jan 4, 5:30 pm: no room (was room A)",
        "  - Mon, Jan 4, 5:30 pm: RP-02 People and places (was RP-01 How a craving gets started)",
        "  - Mon, Jan 4, 6:40 pm: RT-01 Say no and leave — cancelled (snow)",
        "  - Thu, Jan 7, 5:00 pm: mode telehealth (was room)",
        "  - Thu, Jan 7, 5:00 pm: time Thu, Jan 7, 5:00 pm to 6:00 pm (was Wed, Jan 6, 5:30 pm to 6:30 pm)",
    ]


def test_what_is_cancelled_without_a_reason_and_what_meets_again_is_said(two: Workspace) -> None:
    change_rows(two, {MON: {"state": "cancelled"}}, "other")
    assert lines(two)[1:] == [
        "  - Mon, Jan 4, 5:30 pm: RP-01 How a craving gets started — cancelled (no reason given)"
    ]
    assert comparison_lines(compare(two, "other", "evening")) == [
        "From other to evening: 1 difference.",
        "  - Mon, Jan 4, 5:30 pm: RP-01 How a craving gets started (was cancelled)",
    ]


def test_rows_that_only_one_plan_has_are_said(two: Workspace) -> None:
    plan = two.plans / "other" / "plan.csv"
    kept = [line for line in plan.read_text(encoding="utf-8").splitlines() if not line.startswith(MON)]
    plan.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert lines(two)[1:] == ["  - Mon, Jan 4, 5:30 pm: taken out (was RP-01 How a craving gets started)"]
    assert comparison_lines(compare(two, "other", "evening"))[1:] == [
        "  - Mon, Jan 4, 5:30 pm: RP-01 How a craving gets started (was not there)"
    ]
    assert comparison_facts(compare(two, "evening", "other"))["differences"] == [
        {"session_id": MON, "what": "gone", "before": "RP-01 How a craving gets started", "after": ""}
    ]


def test_a_plan_that_is_not_there_is_named(two: Workspace) -> None:
    with pytest.raises(NotFound) as raised:
        compare(two, "evening", "others")
    assert str(raised.value) == "no plan 'others' — did you mean 'other'?"
