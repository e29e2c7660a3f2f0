"""Check the titles in other languages: each belongs to something, and its words respect people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from iop_sessions.curriculum import language
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit
from iop_sessions.ground.errors import Problem, did_you_mean

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
            f"no {title.kind.replace('_', ' ')} '{title.id}'",
            did_you_mean(title.id, known[title.kind]) or "remove the row",
        )
        for title in curriculum.titles
        if title.id not in known[title.kind] and not curriculum.lost(*_TABLES[title.kind], title.id)
    ]


def check_words_of_titles(curriculum: Curriculum) -> list[Problem]:
    """Titles and aims say nothing that the word list of their language refuses."""
    return [
        problem
        for code in sorted({title.language for title in curriculum.titles})
        for problem in language.check_wording(_units(curriculum, code), curriculum.wording, code)
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
