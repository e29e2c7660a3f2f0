"""Read a curriculum folder: every table, guide and handout, with every problem at once."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from iop_sessions.curriculum import records
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Document
from iop_sessions.ground import csvfiles
from iop_sessions.ground.cells import shown, tidy
from iop_sessions.ground.errors import Place, Problem, did_you_mean, no_such
from iop_sessions.ground.fields import Label, Record, columns_of
from iop_sessions.ground.tables import Unread, is_private, read_whole_table, required_columns
from iop_sessions.ground.tomlfiles import read_toml

TABLES: tuple[type[Record], ...] = (
    records.GroupType, records.Topic, records.Objective, records.TopicObjective, records.TopicTag,
    records.Segment, records.Handout, records.TopicHandout, records.Scenario, records.TopicScenario,
    records.Review, records.Source, records.Rule, records.HelpLine, records.GlossaryTerm, records.Wording,
    records.Title, Label,
)  # fmt: skip
"""Every table of a curriculum, in the order the data dictionary lists them."""

LANGUAGES = ("en", "es")
OPTIONAL_TABLES = ("titles", "labels", "scenarios", "topic_scenarios")
"""Tables a curriculum can do without: titles in other languages, words of its own for labels, cards."""
IDENTITY_KEYS = ("id", "version", "in_force_from")
TABLE_SUFFIXES = (".csv", ".xlsx", ".xls", ".ods")
PATIENT_FILES = ("attendance", "enrollment", "enrolment", "client", "patient", "pacient", "roster", "intake")
"""Words in the name of a table that holds people."""
LONGEST_HEADER = 10_000  # letters

Reader = Callable[[str, str, str], tuple[Document, list[Problem]]]


def load(folder: Path, *, documents: bool = True) -> tuple[Curriculum, list[Problem]]:
    """Read the curriculum of a folder; planning needs no documents, which are its guides and handouts."""
    if not folder.is_dir():
        place = Place(folder.name or str(folder))
        return Curriculum(), [Problem(place, "there is no such folder", "name a curriculum folder")]
    identity, problems = _identity(folder)
    parts: dict[str, Any] = dict(identity)
    unread: dict[str, Unread] = {}
    for table in TABLES:
        name = f"{table.table}.csv"
        if table.table in OPTIONAL_TABLES and not (folder / name).exists():
            continue
        found = read_whole_table(table, folder / name, name)
        parts[table.table], unread[table.table] = found.records, found.unread
        problems += found.problems
    problems += _strangers(folder)
    if documents:
        from iop_sessions.curriculum.markdown import read_guide, read_handout

        parts["guides"], faults = _documents(folder, "guides", lambda text, file, _: read_guide(text, file))
        parts["sheets"], others = _documents(folder, "handouts", read_handout)
        problems += [*faults, *others]
    return Curriculum(**parts, unread=unread), problems


def _strangers(folder: Path) -> list[Problem]:
    """Name the tables that nobody reads, and those that hold people and have no place here, at any depth."""
    known = {f"{table.table}.csv" for table in TABLES}
    message = "no table of this name: it is not read"
    found: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix.casefold() in TABLE_SUFFIXES and name not in known and not is_passing(path):
            people = _people_in(path, name)
            remedy = did_you_mean(name, known) or "move it elsewhere"
            stranger = [] if people or "/" in name else [Problem(Place(name), message, remedy, "warning")]
            found += people or stranger
    return found


def _people_in(path: Path, name: str) -> list[Problem]:
    """Refuse a table that holds people, by its name or by one of its headings."""
    remedy = "move it out of the curriculum folder"
    if any(word in path.stem.casefold() for word in PATIENT_FILES):
        return [Problem(Place(name), "records of patients have no place in a curriculum", remedy)]
    line, headings = _headings_of(path, name)
    columns = {csvfiles.column_name(heading) for heading in headings}
    # Where all that one of our tables needs stands in it, a heading of that table asks for no person.
    ours = {name for table in TABLES if columns >= set(required_columns(table)) for name in columns_of(table)}
    private = (each for each in headings if is_private(each) and csvfiles.column_name(each) not in ours)
    message = "a column about a person, {}, has no place here"
    return [
        Problem(Place(name, line, each), message.format(shown(each)), remedy) for each in islice(private, 1)
    ]


def _headings_of(path: Path, name: str) -> tuple[int, list[str]]:
    """Read the headings of a table that is not ours: of its first lines, that of most cells."""
    data, problems = csvfiles.read_bytes(path, name) if path.suffix.casefold() == ".csv" else (b"", [])
    text = "" if problems else csvfiles.decode(data, name)[0]
    lines = enumerate(csvfiles.LINE_END.split(text), 1)
    first = islice(((number, line) for number, line in lines if line.strip()), csvfiles.LINES_TO_A_HEADER)
    cut = [(number, _cells(line[:LONGEST_HEADER])) for number, line in first]
    return max(cut, key=lambda line: len(line[1]), default=(0, []))


def _cells(line: str) -> list[str]:
    """Cut a line at the mark that makes the most cells of it."""
    cut = (next(csv.reader([line], delimiter=mark), []) for mark in csvfiles.DELIMITERS)
    return max(([tidy(cell) for cell in found if tidy(cell)] for found in cut), key=len)


def is_passing(path: Path) -> bool:
    """Say whether a file is one that Excel, LibreOffice or a Mac leaves beside another."""
    return path.name.startswith((".", "~$"))


def _identity(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read which curriculum this is."""
    file = "curriculum.toml"
    values, problems = read_toml(folder / file, file, "it holds id, version and in_force_from")
    if values is None:
        return {}, problems
    for key in (each for each in values if each not in IDENTITY_KEYS):
        problems.append(Problem(Place(file, 0, key), *no_such("setting", key, IDENTITY_KEYS, "remove it")))
    for key, kind in zip(IDENTITY_KEYS, (str, str, date), strict=True):
        value = values.get(key)
        if not isinstance(value, kind) or isinstance(value, datetime) or value == "":
            remedy = "write a date: 2027-01-04" if kind is date else 'write it in quotes: "1.0"'
            problems.append(Problem(Place(file, 0, key), "is missing or of the wrong kind", remedy))
    return {"curriculum_id": str(values.get("id", "")), "version": str(values.get("version", ""))}, problems


def _documents(folder: Path, kind: str, reader: Reader) -> tuple[dict[str, Document], list[Problem]]:
    """Read every Markdown file of one kind, in each language."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        paths = (path for path in (folder / kind / language).glob("*.md") if path.is_file())
        for path in sorted(path for path in paths if not is_passing(path)):
            file = f"{kind}/{language}/{path.name}"
            document, found = _read_document(path, file, language, reader)
            documents[f"{language}/{path.stem}"] = document
            problems += found
    return documents, problems


def _read_document(path: Path, file: str, language: str, reader: Reader) -> tuple[Document, list[Problem]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Document(file), [Problem(Place(file), "is not UTF-8 text", "save it as UTF-8 and try again")]
    except OSError:
        remedy = "is it open in another program?"
        return Document(file), [Problem(Place(file), "the file cannot be opened", remedy)]
    document, problems = reader(text, file, language)
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()
    return replace(document, digest=digest), problems
