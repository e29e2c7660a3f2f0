"""Every verb that writes changes all that it is to change or nothing, and what it says is so.

Each call of the system fails in turn, once and for good, and the command is killed at each of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.doors import cli, verbs
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.ground.workspace import Workspace
from iop_sessions.ground.writing import PREFIX, holding
from tests.lib.disk_faults import (
    CALLS,
    FULL,
    REFUSED,
    Decide,
    Play,
    Stage,
    failing,
    interrupting,
    killing,
    refusing,
)
from tests.lib.workspaces import small_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be split there")

VERBS = {
    "replan": ("replan", "evening", "--closed", "2027-01-11", "--reason", "snow"),
    "undo": ("undo", "evening"),
    "makeup": ("makeup", "evening", "2027-01-07", "16:00", "2027-01-04-mon-1"),
    "plan": ("plan", "evening", "--name", "other"),
    "held": ("held", "evening", "2027-01-04"),
    "publish": ("publish", "evening", "--on", "2027-01-04"),
    "release": ("release", "evening"),
    "new": ("new", "mine/here"),
    "export": ("export", "evening", "--only", "agendas,wall"),
    "print": ("print", "evening", "2027-01-04"),
    "print a topic": ("print", "RP-01"),
    "calendar": ("calendar", "evening"),
}
"""What is played of each verb."""
MOMENTS = 35
"""At so many moments a verb is killed, or at each of its calls where it has fewer."""
UNTOUCHED = ("the old files are untouched", "nothing of it was written", "changed nothing")
STOPPED = "Stopped; nothing was left half done."
LATER = "not every file is as it was; the next command that uses them puts them right first"
PATHS = re.compile(r"(?:Written: |Ready to print: |Wrote |it is kept as )([^\n:]+)")


class _Room(Stage):
    """A small workspace in which a plan was printed before, and a person has files."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, ("plans", "output", "mine"))
        self.mended: dict[int, dict[str, bytes]] = {}

    def look(self, play: Play) -> None:
        """Let the next commands look at what was left: one that reads the plan, then those that write."""
        Workspace(self.root).find_plan("evening")
        for left in sorted(path for part in self.parts for path in (self.root / part).rglob(f"{PREFIX}*.*")):
            with holding(left.with_name(left.stem.removeprefix(PREFIX))):
                pass
        self.mended[id(play)] = self.files


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Room:
    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]  # a plain date will do
            return date(2027, 1, 4)

    monkeypatch.setattr(verbs, "date", Day)
    workspace = small_workspace(tmp_path / "clinic")
    (workspace.root / "mine").mkdir()
    for name in ("agendas/week-01-agenda.docx", "agendas/old.docx", "print/mine.docx"):
        path = workspace.output / "evening" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    monkeypatch.chdir(workspace.root)
    return _Room(workspace.root)


def lies(room: _Room, play: Play, after: Mapping[str, bytes]) -> list[str]:
    """List what a play left that is neither all nor nothing, and what it said that is not so."""
    left = {name: data for name, data in play.files.items() if PREFIX not in name}
    then = room.mended[id(play)]
    found = [] if then in (room.before, after) else ["neither all nor nothing"]
    if play.code is None:
        return found
    said = [words for words in (*UNTOUCHED, LATER) if words in play.said]
    if play.code == verbs.STOPPED:
        found += ["half done"] * (left not in (room.before, after)) + ["no words"] * (
            STOPPED not in play.said
        )
    elif play.code == 0:
        found += ["it was not done"] * (left != after) + said
    elif play.code == CannotWrite.exit_code:
        found += ["something changed"] * (then != room.before) + ["no words, or two"] * (len(said) != 1)
    else:
        found.append(f"ended with {play.code}: {play.said}")
    if {*said} & {*UNTOUCHED}:
        found += ["what is called untouched changed"] * (left != room.before)
    if LATER in said:
        found += ["what is called changed did not"] * (left == room.before)
    found += ["nobody else was at work"] * ("another export" in play.said)
    for path in PATHS.findall(play.said):
        places = (path, f"output/evening/{path}")
        found += [f"no {path} was written"] * (
            not any(each in left and left[each] == after.get(each) for each in places)
        )
    return found


def as_it_is(room: _Room, verb: str) -> Play:
    """Play a verb on a disk that works."""
    if verb == "undo":  # there must be something to take back
        cli.main(["replan", "evening", "--cancel", "2027-01-13-wed-2"])
        room.before = room.files
    (play,) = room.play(VERBS[verb], [("", lambda *_: None)])
    assert play.code == 0, play.said
    return play


def every_failure(counts: Mapping[str, int], least: int) -> Iterator[tuple[str, Decide]]:
    """Name failures of each call; where calls of a kind are many, of some of them."""
    for kind in CALLS:
        step = 1 + counts.get(kind, 0) // least
        for number in range(1, counts.get(kind, 0) + 1, step):
            yield f"{kind} {number}, full", failing(kind, number, FULL, for_good=False)
            yield f"{kind} {number}, refused for good", failing(kind, number, REFUSED, for_good=True)


def tried(few: int, many: int, *verbs_by_default: str) -> list[object]:
    """Return the verbs, each with how much is played of it: little by default, all with ``-m deep``."""
    default = [pytest.param(verb, few, id=verb) for verb in verbs_by_default]
    return default + [pytest.param(verb, many, id=f"{verb}, all", marks=pytest.mark.deep) for verb in VERBS]


@pytest.mark.parametrize(("verb", "least"), tried(1, 2, "replan", "print"))
def test_whatever_fails_all_is_changed_or_nothing_and_what_is_said_is_so(
    verb: str, least: int, room: _Room
) -> None:
    clean = as_it_is(room, verb)
    plays = room.play(VERBS[verb], every_failure(clean.counts, least))
    assert {each.name: found for each in plays if (found := lies(room, each, clean.files))} == {}
    assert {each.code for each in plays} == {0, CannotWrite.exit_code}


@pytest.mark.parametrize(("verb", "moments"), tried(12, MOMENTS, "replan"))
def test_killed_anywhere_all_is_changed_or_nothing(verb: str, moments: int, room: _Room) -> None:
    clean = as_it_is(room, verb)
    total = clean.counts.total()
    chosen = sorted({1 + number * total // moments for number in range(moments)})
    plays = room.play(VERBS[verb], [(str(number), killing(number)) for number in chosen])
    assert [each.code for each in plays] == [None] * len(chosen)
    assert {each.name: found for each in plays if (found := lies(room, each, clean.files))} == {}


@pytest.mark.parametrize(("verb", "moments"), tried(4, 6, "replan"))
def test_stopped_anywhere_nothing_is_left_half_done(verb: str, moments: int, room: _Room) -> None:
    clean = as_it_is(room, verb)
    total = clean.counts.total()
    plays = room.play(
        VERBS[verb],
        [(str(number), interrupting(number)) for number in range(1, total + 1, 1 + total // moments)],
    )
    assert {each.code for each in plays} == {verbs.STOPPED}
    assert {each.name: found for each in plays if (found := lies(room, each, clean.files))} == {}


@pytest.mark.parametrize(("verb", "seeds"), tried(3, 3, "replan"))
def test_one_refusal_in_twenty_stops_nothing(verb: str, seeds: int, room: _Room) -> None:
    clean = as_it_is(room, verb)
    plays = room.play(VERBS[verb], [(str(seed), refusing(1 / 20, seed)) for seed in range(seeds)])
    assert [(each.name, each.said) for each in plays if each.code] == []
    assert [each.name for each in plays if room.mended[id(each)] != clean.files] == []


def test_the_plays_would_find_a_writer_that_takes_no_care(
    room: _Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = as_it_is(room, "print")
    monkeypatch.setattr("iop_sessions.ground.transaction._Step.put_back", lambda _: None)
    plays = room.play(VERBS["print"], [(str(n), failing("rename", n, FULL)) for n in range(1, 5)])
    assert [bool(lies(room, each, clean.files)) for each in plays] == [False, False, True, True]
