"""Plans that follow each other are one row of time: each knows what continues it, and who owns a day."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from iop_sessions.coverage.covering import cover
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.printing import sessions_for
from iop_sessions.jobs.read import read_plan
from iop_sessions.plans import store
from iop_sessions.plans.store import Kept
from iop_sessions.program.program import Program, read_program
from tests.lib import small
from tests.lib.faults import BAD

GRID = "| " + " | ".join(f"{day}-{number}" for day in ("mon", "wed", "fri") for number in (1, 2, 3)) + " |\n"
WEEK = "| RP-01 | RT-01 | PE-01 | RP-02 | RT-02 | PE-02 | RP-03 | RT-01 | - |\n"
START = date(2027, 1, 4)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    shutil.copytree(BAD / "good", tmp_path / "curriculum")
    return Workspace(tmp_path)


def program_of(space: Workspace) -> Program:
    found, problems = read_program(space.program_file("evening"), "evening.toml")
    assert found is not None, problems
    return found


def write(space: Workspace, name: str, week: int = 0, after: str = "", weeks: int = 2) -> None:
    """Write a plan that starts so many weeks after the first day."""
    plan = small.plan(program_of(space), GRID + WEEK * weeks, start=START + timedelta(weeks=week))
    store.write_plan(space, name, store.with_digests(space, plan, space.program_file("evening"), after))


def read(space: Workspace, name: str) -> Kept:
    return store.read(space.find_plan(name))


def told(space: Workspace, name: str) -> list[str]:
    return [str(each) for each in read(space, name).rivalry]


def test_a_plan_knows_what_continues_it_and_what_is_planned_there(space: Workspace) -> None:
    write(space, "first")
    write(space, "second", 2, "first")
    write(space, "third", 4, "second")
    first = read(space, "first")
    assert (first.continued_by, read(space, "second").continued_by) == (("second", "third"), ("third",))
    assert (read(space, "third").continued_by, read(space, "third").plan.sequel) == ((), None)
    assert first.plan.horizon == START + timedelta(weeks=6)
    sequel = first.plan.sequel
    assert sequel is not None
    assert sequel.sessions == (*read(space, "second").plan.sessions, *read(space, "third").plan.sessions)
    assert [sequel.owner(START + timedelta(weeks=week)) for week in (1, 2, 4)] == ["", "second", "third"]
    assert first.plan.own is first.plan
    assert told(space, "first") == []


def test_a_published_version_is_continued_as_its_plan_is(space: Workspace) -> None:
    write(space, "first")
    version = space.plans / "first" / "versions" / "2027-01-01"
    version.mkdir(parents=True)
    for file in ("plan.csv", "plan.toml"):
        shutil.copy(space.plans / "first" / file, version)
    write(space, "second", 2, "first/versions/2027-01-01")
    assert read(space, "first").continued_by == read(space, "first/versions/2027-01-01").continued_by
    assert read(space, "first").continued_by == ("second",)


def test_a_stay_that_runs_past_the_end_is_decided_by_the_plan_that_continues_it(space: Workspace) -> None:
    write(space, "first")
    late = START + timedelta(days=11)
    assert {each.state for each in cover(read_plan(space, "first").case).answers if each.start == late} == {
        "met", "undecided",
    }  # fmt: skip
    write(space, "second", 2, "first", weeks=8)
    covered = cover(read_plan(space, "first").case)
    assert covered.starts[-1] == late, "the days of the second plan are none of its own"
    assert {each.state for each in covered.answers} == {"met"}


def test_a_day_that_a_later_plan_owns_is_not_printed_from_the_earlier_one(space: Workspace) -> None:
    write(space, "first")
    write(space, "second", 1, "first")
    opened = read_plan(space, "first")
    assert told(space, "first") == [
        (
            "first: warning: the days from Mon, Jan 11 on belong to plans/second, which continues this plan"
            " — print, export and change them there: second"
        )
    ]
    own = opened.own.plan
    assert (own.sheet.weeks, max(each.date for each in own.sessions)) == (1, START + timedelta(days=4))
    assert len(opened.case.plan.sessions) > len(own.sessions), "the file keeps its rows"
    with pytest.raises(UsageError) as raised:
        sessions_for(own, "2027-01-11", START)
    assert str(raised.value) == (
        "2027-01-11 belongs to plans/second, which continues this plan — name that one"
    )


def test_two_plans_that_continue_the_same_one_are_named_in_each_of_them(space: Workspace) -> None:
    write(space, "first")
    write(space, "second", 2, "first")
    write(space, "other", 3, "first")
    both = [
        (
            "other/plan.toml: after: plans/second and plans/other both continue plans/first, and both own "
            "the days from 2027-01-25 to 2027-01-31 — keep one of them, and take the folder of the other away"
        )
    ]
    assert [told(space, name) for name in ("first", "second", "other")] == [both] * 3
    first = read(space, "first")
    assert (first.continued_by, first.plan.horizon) == ((), START + timedelta(weeks=2))
    assert [str(each) for each in read_plan(space, "second").problems] == both


def test_two_plans_that_continue_the_same_one_and_share_no_day_are_a_warning(space: Workspace) -> None:
    write(space, "first")
    write(space, "second", 2, "first")
    write(space, "other", 4, "first")
    assert told(space, "first") == [
        (
            "other/plan.toml: after: warning: plans/second and plans/other both continue plans/first"
            ' — write after = "second" there'
        )
    ]


def test_a_plan_whose_next_one_cannot_be_read_says_that_it_knows_nothing_of_it(space: Workspace) -> None:
    write(space, "first")
    write(space, "second", 2, "first")
    (space.plans / "second" / "plan.csv").write_text("session_id\nx\n", encoding="utf-8")
    assert told(space, "first") == [
        (
            "second/plan.csv: warning: cannot be read, so nothing is known of what continues there after "
            "2027-01-18 — verify second says why"
        )
    ]
    assert read(space, "first").plan.horizon == START + timedelta(weeks=2)
