"""Read a curriculum folder: every table, guide and handout, with every problem at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place, Problem, did_you_mean
from iop_sessions.fields import Record
from iop_sessions.passages import Document
from iop_sessions.records import (
    GroupType,
    Handout,
    Objective,
    Segment,
    Topic,
    TopicHandout,
    TopicObjective,
    TopicTag,
)
from iop_sessions.references import GlossaryTerm, HelpLine, Review, Rule, Source, Wording
from iop_sessions.tables import read_table

TABLES: tuple[type[Record], ...] = (
    GroupType, Topic, Objective, TopicObjective, TopicTag, Segment, Handout, TopicHandout,
    Review, Source, Rule, HelpLine, GlossaryTerm, Wording,
)  # fmt: skip
"""Every table of a curriculum, in the order the data dictionary lists them."""

LANGUAGES = ("en", "es")
IDENTITY_KEYS = ("id", "version", "in_force_from")

Reader = Callable[[str, str, str], tuple[Document, list[Problem]]]


def load(folder: Path, *, documents: bool = True) -> tuple[Curriculum, list[Problem]]:
    """Read a curriculum.

    Parameters
    ----------
    folder
        The folder that holds the tables.
    documents
        Whether to read guides and handouts too; planning alone does not need them.
    """
    identity, problems = _identity(folder)
    parts: dict[str, Any] = dict(identity)
    for table in TABLES:
        name = f"{table.table}.csv"
        records, found = read_table(table, folder / name, name)
        parts[table.table] = tuple(records)
        problems += found
    if documents:
        parts["guides"], found = _documents(folder, "guides", _read_guide)
        problems += found
        parts["sheets"], found = _documents(folder, "handouts", _read_handout)
        problems += found
    return Curriculum(**parts), problems


def _identity(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read which curriculum this is."""
    file = "curriculum.toml"
    try:
        values = tomllib.loads((folder / file).read_bytes().decode("utf-8-sig"))
    except OSError:
        return {}, [Problem(Place(file), "there is no such file", "it holds id, version and in_force_from")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return {}, [Problem(Place(file), f"not readable as TOML: {str(fault).lower()}", "mend the line")]
    problems = [
        Problem(Place(file, 0, key), f"no setting '{key}'", did_you_mean(key, IDENTITY_KEYS) or "remove it")
        for key in values
        if key not in IDENTITY_KEYS
    ]
    for key, kind in zip(IDENTITY_KEYS, (str, str, date), strict=True):
        if not isinstance(values.get(key), kind):
            remedy = "write a date: 2027-01-04" if kind is date else 'write it in quotes: "1.0"'
            problems.append(Problem(Place(file, 0, key), "is missing or of the wrong kind", remedy))
    return {"curriculum_id": str(values.get("id", "")), "version": str(values.get("version", ""))}, problems


def _documents(folder: Path, kind: str, reader: Reader) -> tuple[dict[str, Document], list[Problem]]:
    """Read every Markdown file of one kind, in each language."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        for path in _markdown_files(folder / kind / language):
            file = f"{kind}/{language}/{path.name}"
            document, found = _read_document(path, file, language, reader)
            documents[f"{language}/{path.stem}"] = document
            problems += found
    return documents, problems


def _markdown_files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.glob("*.md") if path.is_file()) if folder.is_dir() else ()


def _read_document(path: Path, file: str, language: str, reader: Reader) -> tuple[Document, list[Problem]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Document(file), [Problem(Place(file), "is not UTF-8 text", "save it as UTF-8 and try again")]
    except OSError:
        return Document(file), [Problem(Place(file), "the file cannot be opened", "is it open in another program?")]
    return reader(text, file, language)


def _read_guide(text: str, file: str, language: str) -> tuple[Document, list[Problem]]:
    from iop_sessions.markdown import read_guide

    return read_guide(text, file)


def _read_handout(text: str, file: str, language: str) -> tuple[Document, list[Problem]]:
    from iop_sessions.markdown import read_handout

    return read_handout(text, file, language)
