"""Feeds that phones import one after the other: what is shown in the end is the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.export import calendar
from iop_sessions.jobs.replan import ReplanRequest, accept, propose
from iop_sessions.jobs.undo import undo
from iop_sessions.plans import store
from iop_sessions.plans.fed import read_fed
from iop_sessions.program.surprises import Surprise
from tests.lib.calendars import READERS, Phone, outlook_faults, skip_without
from tests.lib.workspaces import change_rows, small_workspace

SUNDAY, MONDAY = date(2027, 1, 3), date(2027, 1, 11)
FILES = ("program", "facilitator-F1", "clients")
MOVED = {"2027-01-13-wed-1": {"date": date(2027, 1, 14), "reason": "the room is painted"}}
ZONE = ZoneInfo("America/New_York")
Told = list[tuple[dict[str, bytes], set[tuple[datetime, datetime]]]]
"""The feeds after each step of a story, and when people meet by the plan."""


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Return a small workspace with the plan `evening`."""
    return small_workspace(tmp_path / "clinic")


def fed(space: Workspace) -> dict[str, bytes]:
    """Write the feeds and return them."""
    calendar(space, "evening")
    return {name: (space.output / "evening" / "calendar" / f"{name}.ics").read_bytes() for name in FILES}


def truth(space: Workspace) -> set[tuple[datetime, datetime]]:
    """Return when people meet by the plan, in UTC."""
    rows = (each for each in store.read(space.find_plan("evening")).plan.sessions if each.takes_place)
    return {(_utc(each.date, each.start), _utc(each.date, each.end)) for each in rows}


def _utc(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZONE).astimezone(UTC)


def close_monday(space: Workspace) -> None:
    closed = Surprise(kind="closed", first=MONDAY, last=MONDAY, reason="snow")
    accept(space, propose(space, ReplanRequest("evening", SUNDAY, (closed,))))


def move_by_hand(space: Workspace) -> None:
    change_rows(space, MOVED)


def take_back(space: Workspace) -> None:
    accept(space, undo(space, "evening", SUNDAY))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return the feeds after each step of a story, and when people meet by the plan."""
    space = small_workspace(tmp_path_factory.mktemp("story") / "clinic")
    told = [(fed(space), truth(space))]
    steps: list[Callable[[Workspace], None]] = [close_monday, take_back, move_by_hand]
    for step in steps:
        step(space)
        told.append((fed(space), truth(space)))
    return told


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("skipped", [(), (1,), (1, 2)])
def test_a_phone_ends_at_the_plans_truth_whatever_it_missed(
    story: Told, reader: str, name: str, skipped: tuple[int, ...]
) -> None:
    skip_without(reader)
    phone = Phone()
    for number, (files, plan) in enumerate(story):
        if number not in skipped:
            phone.take(READERS[reader](files[name]))
            assert {(start, end) for start, end, _ in phone.shown.values()} == plan
            assert outlook_faults(files[name]) == []


@pytest.mark.deep
def test_numbers_only_grow_and_feeds_written_twice_are_the_same(space: Workspace) -> None:
    seen: dict[str, int] = {}
    for step in (close_monday, take_back, move_by_hand, take_back):
        first = fed(space)
        assert fed(space) == first
        now = {each.session_id: each.sequence for each in read_fed(space.plans / "evening")}
        assert all(now[name] >= number for name, number in seen.items())
        seen = now
        step(space)
    assert max(seen.values()) == 2


@pytest.mark.deep
def test_another_language_and_a_published_version_count_on(space: Workspace) -> None:
    calendar(space, "evening")
    before = (space.plans / "evening" / "feeds.csv").read_bytes()
    calendar(space, "evening", "es")
    assert (space.plans / "evening" / "feeds.csv").read_bytes() == before


def test_a_row_that_is_gone_by_mistake_cancels_nothing(space: Workspace) -> None:
    calendar(space, "evening")
    path = space.plans / "evening" / "plan.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[5:]))
    done = calendar(space, "evening")
    assert [str(each) for each in done.problems] != []
    assert all(each.sequence == 0 for each in read_fed(space.plans / "evening"))
    assert b"CANCELLED" not in (space.output / "evening" / "calendar" / "program.ics").read_bytes()


def test_a_program_without_a_zone_gets_no_feed_and_leaves_nothing(space: Workspace) -> None:
    path = space.program_file("evening")
    path.write_bytes(path.read_bytes().replace(b'time_zone = "America/New_York"\n', b""))
    with pytest.raises(UsageError, match="the program names no time zone"):
        calendar(space, "evening")
    assert not (space.plans / "evening" / "feeds.csv").exists()
    assert not (space.output / "evening").exists()
