"""Check the tables against each other: every id leads somewhere, titles, labels and rules are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pydantic.fields import FieldInfo

from iop_sessions.curriculum.language import check_wording
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Problem, did_you_mean, no_such
from iop_sessions.ground.fields import Label, Record, Refers, columns_of
from iop_sessions.ground.speech import placeholders, program_labels
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
                wrong = no_such(refers.noun, name, known[refers.table], f"add it to {refers.table}.csv")
                yield Problem(record.place.at(column), *wrong)


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


_TABLES: Final = {
    "topic": ("topics", "topic_id"),
    "handout": ("handouts", "handout_id"),
    "group_type": ("group_types", "group_type"),
    "objective": ("objectives", "objective_id"),
}
"""Where the ids of each kind stand."""


def check_titles_belong_to_something(curriculum: Curriculum) -> list[Problem]:
    """Every title in another language is of a topic, handout, group type or objective that there is."""
    known = {kind: _ids(curriculum, table, column) for kind, (table, column) in _TABLES.items()}
    return [
        Problem(
            title.place.at("id"),
            *no_such(title.kind.replace("_", " "), title.id, known[title.kind], "remove the row"),
        )
        for title in curriculum.titles
        if title.id not in known[title.kind] and not curriculum.lost(*_TABLES[title.kind], title.id)
    ]


def check_words_of_titles(curriculum: Curriculum) -> list[Problem]:
    """Titles and aims say nothing that the word list of their language refuses."""
    return [
        problem
        for code in sorted({title.language for title in curriculum.titles})
        for problem in check_wording(_units(curriculum, code), curriculum.wording, code)
    ]


def _ids(curriculum: Curriculum, table: str, column: str) -> list[str]:
    records: Iterable[object] = getattr(curriculum, table)
    return [str(getattr(record, column)) for record in records]


def _units(curriculum: Curriculum, code: str) -> list[Unit]:
    return [
        Unit(text, title.place.at(column), "cell")
        for title in curriculum.titles
        if title.language == code
        for column, text in (("title", title.title), ("aim", title.aim))
        if text
    ]


def check_labels_are_known(curriculum: Curriculum) -> list[Problem]:
    """Every label of the curriculum stands in place of one that the program prints."""
    known = [label.key for label in program_labels()]
    return [
        Problem(
            label.place.at("key"),
            f"the program prints no label '{label.key}'",
            did_you_mean(label.key, known) or "remove the row",
        )
        for label in curriculum.labels
        if label.key not in known
    ]


def check_labels_fill_the_same_places(curriculum: Curriculum) -> list[Problem]:
    """Labels of the curriculum have the names in braces that the program's labels have."""
    known = {label.key: label for label in program_labels()}
    return [
        problem
        for label in curriculum.labels
        if label.key in known
        for problem in _misfits(label, known[label.key])
    ]


def _misfits(label: Label, ours: Label) -> Iterator[Problem]:
    for language in ("en", "es"):
        words, wanted = label.words(language), placeholders(ours.words(language))
        if words and placeholders(words) != wanted:
            names = ", ".join(f"{{{name}}}" for name in sorted(wanted or ()))
            remedy = f"write {names} in it, each as it is" if names else "write it without braces"
            yield Problem(
                label.place.at(language), "the places to fill are other ones than the program's", remedy
            )


def check_rules_are_of_what_is_measured(curriculum: Curriculum) -> list[Problem]:
    """Hours of a week are those of a program; nobody else's are measured."""
    return [
        Problem(
            rule.place.at("scope"),
            f"{rule.measure} is measured of a program, not of a {rule.scope}",
            "write program, or remove the row",
        )
        for rule in curriculum.rules
        if rule.scope != "program"
    ]
