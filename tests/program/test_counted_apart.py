"""Count anew what planner and judge both ask: days that meet, who comes, what is chosen, the order of ids.

An error in any of these would be hidden from both, so each is held against a count of its own: day after day,
from the bare TOML of every program that ships, with none of the product's records.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_sessions.curriculum.library import Curriculum, id_order
from iop_sessions.curriculum.loading import load
from iop_sessions.program.calendar import meetings
from iop_sessions.program.choosing import chosen
from iop_sessions.program.journeys import journeys
from iop_sessions.program.program import Program, read_program
from tests.lib import small
from tests.lib.workspaces import ROOT

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FILES = sorted((ROOT / "curriculum" / "programs").glob("*.toml"))
each_program = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path: Path) -> tuple[Program, dict[str, Any]]:
    program, problems = read_program(path, path.name)
    assert program is not None, problems
    return program, tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def library() -> Curriculum:
    return load(ROOT / "curriculum", documents=False)[0]


def days_between(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


@lru_cache
def federal(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("US", years=[year, year + 1], observed=True)


def is_closed(calendar: dict[str, Any], day: date) -> bool:
    for span in calendar.get("closed", []):
        first, _, last = str(span).partition("..")
        if date.fromisoformat(first) <= day <= date.fromisoformat(last or first):
            return True
    wanted = calendar.get("us_federal", False)
    name = federal(day.year).get(day, "")
    return bool(name) and (wanted is True or (wanted is not False and name.split(" (")[0] in wanted))


def is_shut_by_half_day(calendar: dict[str, Any], day: date, start: time, minutes: int) -> bool:
    begin = start.hour * 60 + start.minute
    for half in calendar.get("half_days", []):
        if date.fromisoformat(str(half["date"])) == day:
            opens = time.fromisoformat(half.get("start", "00:00"))
            shuts = time.fromisoformat(half.get("end", "23:59"))
            if begin < opens.hour * 60 + opens.minute or begin + minutes > shuts.hour * 60 + shuts.minute:
                return True
    return False


@each_program
def test_a_program_meets_on_the_days_that_a_walk_through_the_calendar_finds(path: Path) -> None:
    program, text = read(path)
    start, weeks = program.start, program.weeks
    walked = set()
    for day in days_between(start, start + timedelta(days=7 * weeks - 1)):
        for slot in text["slots"]:
            calendars = text.get("calendar", {})
            calendar = calendars.get(slot.get("site", ""), calendars.get("main", {}))
            at = time.fromisoformat(str(slot["start"]))
            meets = slot["day"].lower()[:3] == WEEKDAYS[day.weekday()] and not is_closed(calendar, day)
            if meets and not is_shut_by_half_day(calendar, day, at, slot["minutes"]):
                walked.add((day, at, slot["minutes"], (day - start).days // 7 + 1))
    found = meetings(program, start, weeks)
    assert {(each.day, each.slot.start, each.slot.minutes, each.week) for each in found} == walked
    assert found == sorted(found, key=lambda each: (each.day, each.slot.start, each.slot.id))
    assert walked


def phase_of(text: dict[str, Any], path: dict[str, Any] | None, week: int) -> dict[str, Any] | None:
    """Walk through the phases of a path week by week; without a path, through all of them in their order."""
    phases = {each["number"]: each for each in text.get("phases", [])}
    in_order = sorted(phases.values(), key=lambda each: each["weeks"][0])
    lengths = [(each["number"], each["weeks"][-1] - each["weeks"][0] + 1) for each in in_order]
    walked = [number for number, weeks in (path["phases"] if path else lengths) for _ in range(weeks)]
    return phases[walked[week]] if week < len(walked) else None


def comes(slot: dict[str, Any], slot_id: str, phase: dict[str, Any] | None) -> bool:
    if phase is None:
        return True
    return (
        (not phase.get("days") or slot["day"].lower()[:3] in {each.lower()[:3] for each in phase["days"]})
        and (not phase.get("slots") or slot_id in phase["slots"])
        and (not slot.get("phases") or phase["number"] in slot["phases"])
    )


@each_program
def test_somebody_comes_to_what_a_walk_through_their_phases_finds(path: Path) -> None:
    program, text = read(path)
    paths: list[dict[str, Any] | None] = list(text.get("paths", [])) or [None]
    names = list(dict.fromkeys(slot["track"] for slot in text["slots"] if slot.get("track"))) or [""]
    ways = journeys(program)
    assert [(way.path, way.track) for way in ways] == [
        (each["id"] if each else "", track) for each in paths for track in names
    ]
    start = program.start + timedelta(days=2)
    for way, (each, track) in zip(ways, [(one, track) for one in paths for track in names], strict=True):
        length = way.weeks
        assert length == (
            sum(weeks for _, weeks in each["phases"])
            if each
            else sum(one["weeks"][-1] - one["weeks"][0] + 1 for one in text.get("phases", []))
            or program.stay_weeks[0]
        )
        for day in days_between(start - timedelta(days=3), start + timedelta(days=7 * length + 3)):
            week = (day - start).days // 7
            for ours, slot in zip(program.slots, text["slots"], strict=True):
                there = 0 <= week < length and slot.get("track", "") in ("", track)
                expected = there and comes(slot, ours.id, phase_of(text, each, week))
                assert way.comes(ours.id, ours.track, start, day) == expected, (way.name, day, ours.id)


@each_program
def test_a_program_teaches_the_topics_that_a_list_by_hand_names(path: Path) -> None:
    program, text = read(path)
    collections = text.get("collection", "house")
    collections = [collections] if isinstance(collections, str) else collections
    only, without, wanted = (text.get(key, []) for key in ("only_topics", "leave_out", "wanted"))
    ages = text.get("ages", "adult")
    by_hand = [
        topic.topic_id
        for topic in library().topics
        if topic.collection in collections
        and (not only or topic.topic_id in [*only, *wanted])
        and topic.topic_id not in without
        and (not (only or without or wanted) or ages == "both" or topic.ages in (ages, "both"))
    ]
    taught = chosen(library(), program)
    assert [topic.topic_id for topic in taught.topics] == by_hand
    pairs = [(each.topic_id, each.objective_id) for each in library().topic_objectives]
    orphans = {each.objective_id for each in library().objectives} - {one for _, one in pairs}
    left = {objective for topic, objective in pairs if topic in by_hand} | orphans
    assert {each.objective_id for each in taught.objectives} == left


@given(st.lists(st.tuples(st.sampled_from("ABZ"), st.integers(0, 120), st.integers(0, 99)), unique=True))
def test_ids_stand_in_the_order_of_their_numbers(ids: list[tuple[str, int, int]]) -> None:
    names = [f"{letter}-{first}.{second}" for letter, first, second in ids]
    assert sorted(names, key=id_order) == [
        f"{letter}-{first}.{second}" for letter, first, second in sorted(ids)
    ]


@given(
    first=st.integers(0, 40), length=st.integers(0, 20), weeks=st.integers(1, 6),
    days=st.sets(st.sampled_from(WEEKDAYS[:5]), min_size=1),
)  # fmt: skip
def test_closed_days_anywhere_take_out_what_a_walk_takes_out(
    first: int, length: int, weeks: int, days: set[str]
) -> None:
    begin = date(2027, 1, 1) + timedelta(days=first)
    closed = [f"{begin}..{begin + timedelta(days=length)}"]
    table = "\n".join(["| day |", *(f"| {day} |" for day in sorted(days))])
    program = small.program(table, closed=closed)
    walked = [
        day
        for day in days_between(program.start, program.start + timedelta(days=7 * weeks - 1))
        if WEEKDAYS[day.weekday()] in days and not begin <= day <= begin + timedelta(days=length)
    ]
    assert [each.day for each in meetings(program, program.start, weeks)] == walked
