"""Every verb that writes changes all that it is to change or nothing, and what it says is so.

Each call of the system fails in turn, for once and for good; and the command is killed at each of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.doors import verbs
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.workspace import Workspace
from iop_sessions.ground.writing import PREFIX, holding
from tests.lib.disk_faults import CALLS, FULL, REFUSED, Play, Stage, failing, files_in, killing, refusing
from tests.lib.workspaces import small_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be split there")

VERBS = {
    "replan": ("replan", "evening", "--closed", "2027-01-11", "--reason", "snow"),
    "held": ("held", "evening", "2027-01-04"),
    "publish": ("publish", "evening", "--on", "2027-01-04"),
    "release": ("release", "evening"),
    "new": ("new", "mine"),
    "export": ("export", "evening", "--only", "agendas,wall"),
    "print": ("print", "evening", "2027-01-04"),
    "calendar": ("calendar", "evening"),
    "print a topic": ("print", "RP-01"),
}
"""What is played of each verb."""
FEW = ("replan", "print")
UNTOUCHED = ("the old files are untouched", "nothing was written", "changed nothing")
LATER = "not every file is as it was; the next command that uses them puts them right first"
PATHS = re.compile(r"(?:Written: |Ready to print: |Wrote |it is kept as )([^\n:]+)")


class _Room(Stage):
    """A small workspace in which a plan was exported, printed and changed before."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.mended: dict[int, dict[str, bytes]] = {}
        self.number = 0

    def look(self, play: Play) -> None:
        """Let the next command look at what was left: first at the plan, then at the output."""
        workspace = Workspace(self.root)
        workspace.find_plan("evening")
        for folder in ("output/evening", "output/print", "mine", "plans/evening"):
            with holding(self.root / folder):
                pass
        self.mended[id(play)] = {
            name: data
            for name, data in files_in(self.root).items()
            if not name.startswith("output/.iop-sample")
        }


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Room:
    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]  # a plain date will do
            return date(2027, 1, 4)

    monkeypatch.setattr(verbs, "date", Day)
    workspace = small_workspace(tmp_path / "clinic")
    for name in ("agendas/week-01-agenda.docx", "agendas/old.docx", "print/mine.docx"):
        path = workspace.output / "evening" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    monkeypatch.chdir(workspace.root)
    return _Room(workspace.root)


def lies(room: _Room, play: Play, after: dict[str, bytes]) -> list[str]:
    """List what a play says, or leaves, that is not so."""
    left = {name: data for name, data in play.files.items() if f"{PREFIX}" not in name}
    then = room.mended[id(play)]
    found = []
    if then not in (room.before, after):
        found.append(f"neither all nor nothing: {sorted(set(then) ^ set(after))[:5]}")
    if play.code is None:
        return found
    if play.code not in (0, CannotWrite.exit_code):
        found.append(f"ended with {play.code}: {play.said[-300:]}")
    if play.code == 0 and left != after:
        found.append("said that it was done")
    said = [words for words in (*UNTOUCHED, LATER) if words in play.said]
    if play.code == CannotWrite.exit_code and (len(said) != 1 or then != room.before):
        found.append(
            f"said {said} of {'the old' if then == room.before else 'other'} files: {play.said[-300:]}"
        )
    if any(words in play.said for words in UNTOUCHED) and left != room.before:
        found.append("said that nothing changed")
    if LATER in play.said and left == room.before:
        found.append("said that something changed")
    written = PATHS.findall(play.said)
    return found + [
        f"said that {each} was written" for each in written if left.get(each, b"") != after.get(each)
    ]


def counted(room: _Room, words: tuple[str, ...]) -> tuple[Play, dict[str, bytes]]:
    """Play a verb as it is; return the play, and the files that it leaves."""
    (play,) = room.play(words, [("as it is", lambda *_: None)])
    assert play.code == 0, play.said
    return play, play.files


def every_failure(counts: dict[str, int], step: int = 1) -> Iterator[tuple[str, object]]:
    for kind in CALLS:
        for number in range(1, counts.get(kind, 0) + 1, step):
            for for_good in (False, True):
                for error in (FULL, REFUSED):
                    name = f"{kind} {number} {error.errno} {for_good}"
                    yield name, failing(kind, number, error, for_good=for_good)


def names(few: tuple[str, ...]) -> list[object]:
    return [pytest.param(each, marks=() if each in few else pytest.mark.deep) for each in VERBS]


@pytest.mark.parametrize("verb", names(("held",)))
def test_whatever_fails_all_is_changed_or_nothing_and_what_is_said_is_so(verb: str, room: _Room) -> None:
    clean, after = counted(room, VERBS[verb])
    plays = room.play(VERBS[verb], every_failure(clean.counts, 1 if verb != "new" else 29))
    assert {each.name: found for each in plays if (found := lies(room, each, after))} == {}
    assert len(plays) > 40


@pytest.mark.parametrize("verb", names(("replan",)))
def test_killed_anywhere_all_is_changed_or_nothing(verb: str, room: _Room) -> None:
    clean, after = counted(room, VERBS[verb])
    total = clean.counts.total()
    moments = sorted({1 + number * total // 200 for number in range(200)})
    plays = room.play(VERBS[verb], [(str(number), killing(number)) for number in moments])
    assert [each.code for each in plays] == [None] * len(moments)
    assert {each.name: found for each in plays if (found := lies(room, each, after))} == {}


@pytest.mark.parametrize("verb", names(("replan",)))
def test_one_refusal_in_twenty_stops_nothing(verb: str, room: _Room) -> None:
    _, after = counted(room, VERBS[verb])
    plays = room.play(VERBS[verb], [(str(seed), refusing(1 / 20, seed)) for seed in range(20)])
    assert [(each.name, each.said) for each in plays if each.code or room.mended[id(each)] != after] == []
