"""Forty faults of a plan.csv, each planted in a plan that was sound: every verb that prints names each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from iop_sessions.formats import word
from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Run
from tests.lib.examples import shown_by

Rows = list[dict[str, str]]
PRINTING = (
    "export evening --only agendas", "print evening 2027-01-04", "print evening 2027-01-04 --newcomer",
    "print evening 2027-01-04 --brief", "calendar evening", "coverage evening", "people evening",
    "publish evening --on 2027-01-04", "release evening",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A way to spoil a plan.csv, and words by which it is named."""

    plant: Callable[[Rows], Rows]
    named: str


def cell(column: str, value: str, named: str, row: int = 0) -> Fault:
    """Plant a wrong cell."""

    def plant(rows: Rows) -> Rows:
        rows[row][column] = value
        return rows

    return Fault(plant, named)


def cells(named: str, row: int = 0, **values: str) -> Fault:
    """Plant several cells of one row."""
    return Fault(lambda rows: [*rows[:row], rows[row] | values, *rows[row + 1 :]], named)


def lost(column: str) -> Fault:
    """Take a column out."""
    return Fault(
        lambda rows: [{name: value for name, value in row.items() if name != column} for row in rows],
        f"the column '{column}' is missing",
    )


def gone(first: int, last: int, named: str) -> Fault:
    """Take rows out."""
    return Fault(lambda rows: rows[:first] + rows[last:], named)


def renamed(old: str, new: str, named: str) -> Fault:
    """Give a column another name."""
    return Fault(
        lambda rows: [{new if name == old else name: value for name, value in row.items()} for row in rows],
        named,
    )


def added(named: str, **values: str) -> Fault:
    """Plant a row more, like the first but for some cells."""
    return Fault(lambda rows: [*rows, rows[0] | values], named)


MONDAY, ELSEWHERE = "2027-01-04-mon-1", "2027-01-05"
FAULTS = {
    "mistyped topic": cell("topic_id", "RP-99", "no topic 'RP-99'"),
    "topic in small letters": cell("topic_id", "rp-01", "no topic 'rp-01'"),
    "topic of another type": cell("topic_id", "PE-01", "PE-01 is no topic of RP groups"),
    "two topics in a cell": cell("topic_id", "RP-01; RP-02", "no topic 'RP-01; RP-02'"),
    "a topic's title": cell("topic_id", "Cravings", "no topic 'Cravings'"),
    "end before start": cell("end", "16:30", f"{MONDAY} ends at 16:30 but starts at 17:30"),
    "end at start": cell("end", "17:30", f"{MONDAY} ends at 17:30 but starts at 17:30"),
    "too short for its topic": cell("end", "17:50", f"{MONDAY} was moved from 18:30 to 17:50"),
    "start in the morning": cell("start", "5:30", f"{MONDAY} was moved from 17:30 to 05:30"),
    "start later": cell("start", "18:00", f"{MONDAY} was moved from 17:30 to 18:00"),
    "another day": cell("date", ELSEWHERE, f"{MONDAY} was moved from 2027-01-04 to 2027-01-05"),
    "another week": cell("date", "2027-01-11", f"{MONDAY} was moved from 2027-01-04 to 2027-01-11"),
    "another year": cell("date", "2026-01-04", f"{MONDAY} was moved from 2027-01-04 to 2026-01-04"),
    "a closed day": cell("date", "2027-01-18", f"{MONDAY} was moved from 2027-01-04 to 2027-01-18"),
    "the first row gone": gone(0, 1, "the session of Monday, January 4, 2027, slot mon-1, is missing"),
    "a row gone": gone(9, 10, "slot mon-1, is missing"),
    "the last row gone": gone(-1, 999, "slot fri-3, is missing"),
    "a day gone": gone(3, 6, "the session of Wednesday, January 6, 2027, slot wed-1, is missing"),
    "most rows gone": gone(12, 45, "2027-01-13-wed-1"),
    "state lost": lost("state"),
    "topics lost": lost("topic_id"),
    "leaders lost": lost("facilitators"),
    "rooms lost": lost("room"),
    "dates lost": lost("date"),
    "a column renamed": renamed("topic_id", "topic", "is it the column 'topic'? rename it"),
    "a row twice": added(f"'{MONDAY}' stands already at line 2"),
    "an id twice": added(f"'{MONDAY}' stands already at line 2", topic_id="RP-03"),
    "an id in capitals": added("differs only in capitals", session_id="2027-01-04-MON-1"),
    "a mistyped id": cell("session_id", "2027-01-04-mon-7", "no meeting '2027-01-04-mon-7' in this program"),
    "a row more": added("no meeting 'extra' in this program", session_id="extra"),
    "an unknown leader": cell("facilitators", "F9", "no facilitator 'F9'"),
    "a leader's name": cell("facilitators", "Anna", "no facilitator 'Anna'"),
    "an unknown room": cell("room", "Z", "no room 'Z'"),
    "another slot": cell("slot_id", "wed-1", f"{MONDAY} says wed-1, its meeting says mon-1"),
    "a wrong week": cell("week", "3", f"{MONDAY} says 3, its meeting says 1"),
    "another group type": cell("group_type", "PE", f"{MONDAY} says PE, its meeting says RP"),
    "a track nobody has": cell("track", "night", f"{MONDAY} says night, its meeting says"),
    "another kind": cell("kind", "open", f"{MONDAY} says open, its meeting says group"),
    "an unknown state": cell("state", "helt", "plan.csv:2: state: "),
    "minutes held of a planned one": cell("held_minutes", "30", "says 30 minutes held, but its state is"),
    "held partly for no time": cell("state", "partly", "was held partly, for 0 of its 60 minutes"),
    "held partly for longer": cells("for 90 of its 60 minutes", state="partly", held_minutes="90"),
    "a day nobody can read": cell("date", "soon", "plan.csv:2: date: "),
    "a start nobody can read": cell("start", "evening", "plan.csv:2: start: "),
    "an error of Excel's": cell("topic_id", "#REF!", "Excel shows an error here: #REF!"),
    "two at once": cells("starts at 17:30 while", row=1, start="17:30", end="18:30"),
    "twice in a row": cell("topic_id", "RP-01", "RP-01 comes twice in a row", row=3),
    "a column about a client": Fault(
        lambda rows: [row | {"client": ""} for row in rows], "a column about a person, 'client', has no place"
    ),
}  # fmt: skip
FEW = ("mistyped topic", "most rows gone", "an unknown state", "state lost")


def plant(path: Path, fault: Fault) -> None:
    """Spoil a plan.csv."""
    rows = fault.plant(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


@pytest.mark.parametrize("name", shown_by(FAULTS, *FEW))
def test_every_verb_that_prints_names_a_planted_fault(
    name: str, space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "draw_set", lambda made, *_: dict.fromkeys(made, b""))
    fault = FAULTS[name]
    plant(space.plans / "evening" / "plan.csv", fault)
    ended = {verb: run(*verb.split()) for verb in PRINTING}
    assert [verb for verb, each in ended.items() if fault.named not in each.err] == []
    assert [verb for verb, each in ended.items() if each.code not in (1, 2)][:1] == (
        ["publish evening --on 2027-01-04"] if name == "twice in a row" else []
    )


def test_there_are_forty_faults_and_nine_verbs() -> None:
    assert len(FAULTS) >= 40
    assert len(PRINTING) == 9
