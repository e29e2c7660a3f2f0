"""Check that every id leads somewhere, and that order rules do not run in circles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pydantic.fields import FieldInfo

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.ground.fields import Record, Refers, columns_of
from iop_sessions.ground.tables import Unread


def check_references(curriculum: Curriculum) -> list[Problem]:
    """Every id in a table stands in the table it refers to."""
    known = {refers.table: _known(curriculum, refers) for refers in _all_references()}
    return [
        problem
        for table in _referring_tables()
        for record in _records(curriculum, table)
        for problem in _dangling(curriculum, record, known)
    ]


def _known(curriculum: Curriculum, refers: Refers) -> set[str]:
    """List the ids of a table, those of rows that could not be read among them."""
    unread = curriculum.unread.get(refers.table, Unread())
    lost = {value for column, value in unread.values if column == refers.column}
    return lost | {str(getattr(record, refers.column)) for record in _records(curriculum, refers.table)}


def _dangling(curriculum: Curriculum, record: Record, known: dict[str, set[str]]) -> Iterator[Problem]:
    for column, refers in _references(type(record)).items():
        value = getattr(record, column)
        for name in value if isinstance(value, tuple) else (value,):
            if name not in known[refers.table] and not curriculum.lost(refers.table, refers.column, name):
                remedy = did_you_mean(name, known[refers.table]) or f"add it to {refers.table}.csv"
                yield Problem(record.place.at(column), f"no {refers.noun} '{name}'", remedy)


@cache
def _references(record: type[Record]) -> dict[str, Refers]:
    found = {column: _refers(record.model_fields[column]) for column in columns_of(record)}
    return {column: refers for column, refers in found.items() if refers is not None}


def _refers(field: FieldInfo) -> Refers | None:
    return next((piece for piece in field.metadata if isinstance(piece, Refers)), None)


@cache
def _record_types() -> tuple[type[Record], ...]:
    return tuple(Record.__subclasses__())


def _all_references() -> set[Refers]:
    return {refers for record in _record_types() for refers in _references(record).values()}


def _referring_tables() -> list[str]:
    return [
        record.table
        for record in _record_types()
        if _references(record) and hasattr(Curriculum(), record.table)
    ]


def _records(curriculum: Curriculum, table: str) -> tuple[Record, ...]:
    records: tuple[Record, ...] = getattr(curriculum, table)
    return records


def check_after_cycles(curriculum: Curriculum) -> list[Problem]:
    """No topic has to come after itself, by whatever detour."""
    seen: set[str] = set()
    circles = [circle for topic in curriculum.topics for circle in _circles(curriculum, topic.topic_id, seen)]
    return [_circle_problem(curriculum.topic_by_id[circle[0]], circle) for circle in circles]


def _circles(curriculum: Curriculum, start: str, seen: set[str]) -> Iterator[list[str]]:
    """Follow `after` from one topic, without recursion; a topic seen before is not followed again."""
    path: dict[str, None] = {}
    stack = [(start, False)]
    while stack:
        name, leaving = stack.pop()
        if leaving:
            del path[name]
        elif name in path:
            names = list(path)
            yield [*names[names.index(name) :], name]
        elif name not in seen and name in curriculum.topic_by_id:
            seen.add(name)
            path[name] = None
            stack.append((name, True))
            stack += [(before, False) for before in reversed(curriculum.topic_by_id[name].after)]


def _circle_problem(topic: Topic, circle: list[str]) -> Problem:
    message = f"these topics wait for each other: {' → '.join(circle)}"
    if len(circle) == 2:
        message = f"{topic.topic_id} waits for itself"
    return Problem(topic.place.at("after"), message, "take one of them out of `after`")


def check_series(curriculum: Curriculum) -> list[Problem]:
    """Parts of a series are numbered 1, 2, … and belong to one group type."""
    found = []
    for name in dict.fromkeys(topic.series for topic in curriculum.topics if topic.series):
        parts = sorted(
            (topic for topic in curriculum.topics if topic.series == name), key=lambda each: each.part
        )
        numbers = [topic.part for topic in parts]
        if numbers != list(range(1, len(parts) + 1)):
            message = f"the series '{name}' has the parts {', '.join(str(number) for number in numbers)}"
            found.append(Problem(parts[-1].place.at("part"), message, f"number them 1 to {len(parts)}"))
        if len({topic.group_type for topic in parts}) > 1:
            types = ", ".join(topic.group_type for topic in parts)
            message = f"the parts of the series '{name}' belong to {types}"
            found.append(
                Problem(parts[-1].place.at("group_type"), message, "keep a series in one group type")
            )
    return found
