"""Clinics made up by a fixed rule, larger than any library we ship: what the planner is measured on.

Every number stands here; nothing is drawn at random and no clock is asked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import GroupType, Objective, Topic, TopicObjective
from iop_sessions.planning.task import Task
from iop_sessions.program.program import Program

START = date(2027, 1, 4)
TOPICS = {"RP": 32, "RT": 12, "PE": 24, "SD": 20, "FG": 7}
MANY_TOPICS = {"RP": 50, "RT": 20, "PE": 38, "SD": 32, "FG": 10}
HUNDREDS = {"RP": 134, "RT": 53, "PE": 101, "SD": 85, "FG": 27}
SHORT_CORE = 0.6
"""The share of a type's topics whose objective is in the short core; the rest are in the full core."""

HALF_DAYS = {
    "Monday": ("RP", "PE", "SD"),
    "Tuesday": ("SD", "RP", "RT"),
    "Wednesday": ("PE", "RP", "FG"),
    "Thursday": ("RT", "SD", "RP"),
    "Friday": ("RP", "PE", "PG"),
}
MORNING = ("09:00", "10:10", "11:20")
EARLY = ("06:00", "07:10", "08:20")
NOON = ("12:30", "13:40", "14:50")
EVENING = ("17:30", "18:40", "19:50")
PHASES = (
    {"number": 1, "weeks": [1, 4]},
    {"number": 2, "weeks": [5, 8], "days": ["Monday", "Wednesday", "Thursday"]},
    {"number": 3, "weeks": [9, 12], "days": ["Wednesday"]},
)
SPACING = {"RP": 8, "PE": 6, "SD": 6, "RT": 4, "FG": 2}
LEADERS = ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12")


def half_days(weeks: int) -> Task:
    """Make five half-days a week, 95 topics, a step-down from five days to three to one."""
    return Task(curriculum(TOPICS), _program(weeks, (("", MORNING),), LEADERS[:3]), START, weeks)


def two_tracks(weeks: int) -> Task:
    """Make a morning and an evening track, 150 topics, 12 facilitators."""
    tracks = (("morning", MORNING), ("evening", EVENING))
    return Task(curriculum(MANY_TOPICS), _program(weeks, tracks, LEADERS), START, weeks)


def four_tracks(weeks: int) -> Task:
    """Make four tracks of 15 groups a week each, 400 topics, 12 facilitators."""
    tracks = (("early", EARLY), ("morning", MORNING), ("noon", NOON), ("evening", EVENING))
    return Task(curriculum(HUNDREDS), _program(weeks, tracks, LEADERS), START, weeks)


def task_of(name: str, weeks: int) -> Task:
    """Make a task by its name: one of those made up here, or a ready program from its own start."""
    if name in MADE_UP:
        return MADE_UP[name](weeks)
    from iop_sessions.curriculum.loading import load
    from iop_sessions.program.program import read_program

    folder = Path(__file__).resolve().parents[1] / "curriculum"
    program, _ = read_program(folder / "programs" / f"{name}.toml", "program")
    assert program is not None, f"no program {name}"
    return Task(load(folder, documents=False)[0], program, program.start, weeks)


MADE_UP = {"half-days": half_days, "two-tracks": two_tracks, "four-tracks": four_tracks}


def curriculum(topics: dict[str, int]) -> Curriculum:
    """Make topics with order, series and trigger content, each with an objective of its own."""
    made = [(kind, number, most) for kind, most in topics.items() for number in range(1, most + 1)]
    return Curriculum(
        group_types=tuple(_group_type(kind) for kind in (*topics, "PG")),
        topics=tuple(_topic(*each) for each in made),
        objectives=tuple(_objective(*each) for each in made),
        topic_objectives=tuple(
            TopicObjective(topic_id=_topic_id(kind, number), objective_id=_objective_id(kind, number))
            for kind, number, _ in made
        ),
    )


def _topic_id(kind: str, number: int) -> str:
    return f"{kind}-{number:02}"


def _objective_id(kind: str, number: int) -> str:
    return f"o-{kind.lower()}-{number:02}"


def _group_type(kind: str) -> GroupType:
    return GroupType(
        group_type=kind, title=f"Group {kind}", purpose="Meet.", minutes=60, needs_topic=kind != "PG",
        service_kind="counseling", color="#1F4E79",
    )  # fmt: skip


def _topic(kind: str, number: int, most: int) -> Topic:
    return Topic(
        topic_id=_topic_id(kind, number), collection="house", content="outline", group_type=kind,
        title=f"Topic {number}", aim="Do a thing", lengths=(60,), format="skills", rights="CC BY 4.0",
        version="1", **_place(kind, number, most),
    )  # fmt: skip


def _place(kind: str, number: int, most: int) -> dict[str, Any]:
    """Say what a topic asks of its place: order, a series of two parts, an edge of the stay."""
    large = most >= 12
    found: dict[str, Any] = {}
    if large and number in (9, 10):
        found = {"series": f"{kind} in two parts", "part": number - 8}
    if large and number == 10:
        found |= {"entry": "after", "after": (_topic_id(kind, 9),)}
    if number in (5, 6):
        found = {"entry": "after", "after": (_topic_id(kind, 2),)}
    if (kind, number) == ("RP", most):
        found |= {"role": "closing"}
    if (kind, number) == ("FG", 1):
        found |= {"role": "opening"}
    return found | ({"trigger_content": "grief"} if most >= 20 and number == 15 else {})


def _objective(kind: str, number: int, most: int) -> Objective:
    soon = {1: 2, 2: 3}.get(number, 0) if kind in ("RP", "PE") else 0
    level = "short" if number <= round(most * SHORT_CORE) else "full"
    return Objective(
        objective_id=_objective_id(kind, number), statement="Do a thing", domain="recovery", level=level,
        within_weeks=soon,
    )  # fmt: skip


def _program(
    weeks: int, tracks: tuple[tuple[str, tuple[str, ...]], ...], leaders: tuple[str, ...]
) -> Program:
    slots = [
        _slot(track, day, time, kind, leaders)
        for track, times in tracks
        for day, kinds in HALF_DAYS.items()
        for time, kind in zip(times, kinds, strict=True)
    ]
    return Program.model_validate(
        {
            "name": "made-up", "title": "Made up", "start": START, "weeks": weeks, "stay_weeks": [12],
            "calendar": {"main": {"us_federal": True}}, "spacing": SPACING, "phases": PHASES, "slots": slots,
            "facilitators": [{"code": code} for code in leaders],
        }
    )  # fmt: skip


def _slot(track: str, day: str, time: str, kind: str, leaders: tuple[str, ...]) -> dict[str, Any]:
    """Make a slot; leaders take the group types by turns, each track's own."""
    mine = (
        leaders[: len(leaders) // 2]
        if track == "morning"
        else leaders[len(leaders) // 2 :]
        if track
        else leaders
    )
    place = (*TOPICS, "PG").index(kind) % len(mine)
    return {
        "id": f"{track[:2]}-{day[:3].lower()}-{time[:2]}".removeprefix("-"), "day": day, "start": time,
        "minutes": 60, "group_type": kind, "track": track, "lead": [mine[place]],
    }  # fmt: skip
