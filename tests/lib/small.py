"""Small curricula, programs and plans out of text tables, so that an input stands beside its assertion.

Columns that a table leaves out, and cells it leaves empty, take the defaults below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from iop_sessions.curriculum import records
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground import tables
from iop_sessions.ground.errors import Place
from iop_sessions.ground.fields import Label, Record
from iop_sessions.plans.plan import Plan, Session, Sheet, with_rows
from iop_sessions.program.calendar import Meeting, meetings
from iop_sessions.program.program import Program
from iop_sessions.program.settings import WEEKDAYS

TABLES: dict[str, type[Record]] = {
    "group_types": records.GroupType,
    "topics": records.Topic,
    "objectives": records.Objective,
    "topic_objectives": records.TopicObjective,
    "topic_tags": records.TopicTag,
    "segments": records.Segment,
    "handouts": records.Handout,
    "topic_handouts": records.TopicHandout,
    "scenarios": records.Scenario,
    "topic_scenarios": records.TopicScenario,
    "reviews": records.Review,
    "sources": records.Source,
    "rules": records.Rule,
    "help_lines": records.HelpLine,
    "glossary": records.GlossaryTerm,
    "wording": records.Wording,
    "titles": records.Title,
    "labels": Label,
}

DEFAULTS: dict[str, dict[str, str]] = {
    "group_types": {
        "title": "Group", "purpose": "Meet.", "minutes": "60", "service_kind": "counseling",
        "color": "#1F4E79",
    },
    "topics": {
        "collection": "house", "content": "full", "group_type": "RP", "title": "A topic", "aim": "Do a thing",
        "lengths": "60", "format": "skills", "rights": "CC BY 4.0", "version": "1",
    },
    "objectives": {"statement": "Do a thing", "domain": "relapse prevention", "level": "short"},
    "segments": {
        "length": "60", "order": "1", "kind": "topic", "minutes": "60", "title": "Topic",
        "activity": "Talk it over",
    },
    "handouts": {"title": "A sheet", "kind": "worksheet", "rights": "CC BY 4.0", "version": "1"},
    "scenarios": {
        "language": "en", "form": "act", "about": "any", "offerer": "A friend", "pressure": "Asks once.",
        "setting": "At the park.", "difficulty": "1", "skill_steps": "Say no; Leave",
        "they_say": "Want some?", "safer_exit": "Walk home.", "swap": "Both may swap.",
        "debrief": "What helped?", "opt_out": "Say pass.", "version": "1",
        "unsafe": "Leave it out if you fear the friend.",
    },
    "topic_scenarios": {"order": "1"},
    "reviews": {"kind": "topic", "language": "en", "version": "1", "state": "draft"},
    "sources": {"title": "A source", "rights": "public domain"},
    "rules": {
        "pack": "pack", "title": "A rule", "applies_to": "IOP", "scope": "program", "measure": "week_hours",
        "operator": ">=", "value": "9", "unit": "hours", "period": "week", "severity": "must",
        "source": "A source", "checked_on": "2026-12-01", "verified": "yes",
    },
    "help_lines": {
        "language": "en", "call": "Call 988", "hours": "always", "source": "A source",
        "checked_on": "2026-12-01",
    },
    "glossary": {"language": "en", "meaning": "a plain meaning"},
    "wording": {"language": "en", "level": "error", "say": "a better word", "source": "A source"},
    "titles": {"kind": "handout", "language": "es", "title": "Una hoja"},
}  # fmt: skip

MONDAY = date(2027, 1, 4)
LISTS = ("lead", "phases")
DAYS = {name[:3].casefold(): name for name in WEEKDAYS}


def rows(table: str) -> list[dict[str, str]]:
    """Read a text table: a header line, then one line a row, cells between bars."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    header, body = split[0], [cells for cells in split[1:] if set("".join(cells)) - set("-: ")]
    for cells in body:
        assert len(cells) == len(header), f"the row {cells} has other columns than {header}"
    return [dict(zip(header, cells, strict=True)) for cells in body]


def curriculum(**texts: object) -> Curriculum:
    """Make a curriculum out of text tables, one argument a table.

    Group types that only topics name, and objectives that only topic_objectives name, are made with defaults.
    Arguments that are no tables (`version`, `guides`, `sheets` …) go to the curriculum as they are.
    """
    cells = {name: rows(str(text)) for name, text in texts.items() if name in TABLES}
    _add_named(cells, "group_types", "group_type", "topics", "group_type")
    _add_named(cells, "objectives", "objective_id", "topic_objectives", "objective_id")
    made = {name: _records(name, found) for name, found in cells.items()}
    others: dict[str, Any] = {name: value for name, value in texts.items() if name not in TABLES}
    return Curriculum(**made, **others)  # type: ignore[arg-type]  # each table's records fit its own field


def _add_named(cells: dict[str, list[dict[str, str]]], name: str, column: str, source: str, key: str) -> None:
    """Add the rows that another table speaks of and this one leaves out."""
    known = {row[column] for row in cells.get(name, [])}
    named = dict.fromkeys(row.get(key) or DEFAULTS[source][key] for row in cells.get(source, []))
    cells[name] = [*cells.get(name, []), *({column: each} for each in named if each not in known)]


def _records(name: str, cells: Iterable[Mapping[str, str]]) -> tuple[Record, ...]:
    return tuple(_record(name, values, number) for number, values in enumerate(cells, 2))


def _record(name: str, values: Mapping[str, str], line: int) -> Record:
    filled = DEFAULTS.get(name, {}) | {column: value for column, value in values.items() if value}
    record, problems = tables.make_record(TABLES[name], filled, Place(f"{name}.csv", line))
    assert record is not None, f"{name}: {values}: {'; '.join(map(str, problems))}"
    return record


def program(slots: str, **settings: object) -> Program:
    """Make a program out of a table of slots and any settings; `closed` lists days on which nothing meets.

    A slot needs its `day` (mon or Monday). Its id counts up within the day (mon-1), its start from 17:30
    by 70 minutes.
    """
    calendar = settings.pop("calendar", {"main": {"closed": settings.pop("closed", ())}})
    given = {
        "name": "small", "title": "Small", "start": MONDAY, "weeks": 2, "stay_weeks": [2],
        "time_zone": "America/New_York", **settings,
    }  # fmt: skip
    return Program.model_validate({"calendar": calendar, "slots": _slots(slots)} | given)


def _slots(table: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for row in rows(table):
        day = DAYS[row["day"][:3].casefold()]
        number = sum(slot["day"] == day for slot in made)
        start = datetime.combine(MONDAY, datetime.min.time()) + timedelta(hours=17, minutes=30 + 70 * number)
        identity = {"id": f"{day[:3].casefold()}-{number + 1}", "start": f"{start:%H:%M}"}
        slot = identity | {"minutes": 60, "group_type": "RP"}
        given: dict[str, Any] = {column: value for column, value in row.items() if value} | {"day": day}
        lists = {name: [each.strip() for each in row[name].split(";")] for name in LISTS if row.get(name)}
        numbers = {"minutes": int(given.get("minutes", 60)), "sections": int(given.get("sections", 1))}
        phases = {"phases": [int(each) for each in lists.pop("phases", [])]}
        made.append(slot | given | numbers | lists | phases)
    return made


def plan(
    of: Program, grid: str, *, start: date | None = None, history: tuple[Session, ...] = (), cost: int = 0
) -> Plan:
    """Make a plan out of a grid: one column a slot, one line a week, a topic a cell; '-' holds none."""
    weeks = rows(grid)
    first = start or of.start
    sessions = tuple(
        session(meeting, _topic(weeks[meeting.week - 1][meeting.slot.id]))
        for meeting in meetings(of, first, len(weeks))
    )
    sheet = Sheet(of.name, first, len(weeks), "optimal", cost, cost)
    return Plan(with_rows(sheet, sessions), sessions, history)


def _topic(cell: str) -> str:
    return "" if cell in ("-", "closed") else cell


def session(meeting: Meeting, topic_id: str, **changes: object) -> Session:
    """Make the row of a meeting that holds a topic."""
    slot = meeting.slot
    values = {
        "session_id": meeting.meeting_id, "slot_id": slot.id, "week": meeting.week, "date": meeting.day,
        "start": slot.start, "end": slot.end, "track": slot.track, "site": slot.site, "mode": slot.mode,
        "kind": slot.kind, "group_type": slot.group_type, "topic_id": topic_id,
        "facilitators": slot.lead, "room": slot.room,
    }  # fmt: skip
    return Session.model_validate(values | changes)


def grid(made: Plan, of: Program) -> str:
    """Write a plan as the grid that `plan` reads: '-' for an empty meeting, 'closed' where nothing meets."""
    header = [slot.id for slot in of.slots]
    held = {(each.week, each.slot_id): each.topic_id or "-" for each in made.sessions}
    lines = [[held.get((week, slot), "closed") for slot in header] for week in range(1, made.sheet.weeks + 1)]
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in [header, *lines]
    )


def changed(made: Plan, session_id: str, **values: object) -> Plan:
    """Return the plan with one session changed as in Excel; its sheet stays as it is."""
    assert any(each.session_id == session_id for each in made.sessions), f"no session {session_id}"
    sessions = (
        each.model_copy(update=values) if each.session_id == session_id else each for each in made.sessions
    )
    return replace(made, sessions=tuple(sessions))


def turned(made: Curriculum) -> Curriculum:
    """Return the same curriculum with the rows of its tables in the opposite order."""
    return replace(made, **{name: getattr(made, name)[::-1] for name in TABLES})
