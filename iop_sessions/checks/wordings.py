"""Check that text can be read by its readers, and that its words respect people."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.curriculum import language
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.fields import Record

PRINTED_COLUMNS = ("title", "aim", "statement", "activity", "purpose")


def check_word_patterns(curriculum: Curriculum) -> list[Problem]:
    """Every pattern of the word list is a regular expression."""
    return language.check_patterns(curriculum.wording)


def check_words_of_tables(curriculum: Curriculum) -> list[Problem]:
    """Titles, aims, statements and activities say nothing that the word list refuses."""
    printed: tuple[tuple[Record, ...], ...] = (
        curriculum.group_types, curriculum.topics, curriculum.objectives,
        curriculum.segments, curriculum.handouts,
    )  # fmt: skip
    units = [unit for records in printed for record in records for unit in _units(record)]
    return language.check_wording(units, curriculum.wording)


def _units(record: Record) -> Iterator[Unit]:
    for column in PRINTED_COLUMNS:
        text = getattr(record, column, "")
        if text:
            yield Unit(text, record.place.at(column), "cell")


def check_words_of_documents(curriculum: Curriculum) -> list[Problem]:
    """Guides and handouts say nothing that the word list of their language refuses."""
    found = []
    for documents in (curriculum.guides, curriculum.sheets):
        for key, document in documents.items():
            found += language.check_wording(document.units, curriculum.wording, key.split("/", 1)[0])
    return found


def check_reading_of_documents(curriculum: Curriculum) -> list[Problem]:
    """Handouts read at grade 6 or lower, guides at grade 10 or lower (AMA, PEMAT-P; INFLESZ for Spanish)."""
    found = []
    for key, document in curriculum.sheets.items():
        found += language.check_reading(document.units, "handout", key[:2], _terms(curriculum, key[:2]))
    for key, document in curriculum.guides.items():
        found += language.check_reading(document.units, "guide", key[:2], _terms(curriculum, key[:2]))
    return found


def _terms(curriculum: Curriculum, code: str) -> list[str]:
    return [entry.term for entry in curriculum.glossary if entry.language == code]
