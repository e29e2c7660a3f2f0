"""An export that is killed, or that fails, at any of its steps leaves the old set or the new one, whole.

Steps are counted, not timed: each call that looks at or changes files, each four kibibytes written, each
flush. What was written before a kill is safe with the system: this is about killed processes, no power cut.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground import disk, transaction, writing
from iop_sessions.ground import writing as exporting
from iop_sessions.ground.errors import CannotWrite
from iop_sessions.jobs import printing
from iop_sessions.jobs.export import ExportRequest, export
from iop_sessions.jobs.read import verify
from iop_sessions.plans import store
from iop_sessions.plans.store import Successor
from tests.formats.exports.crashes import (
    MINE,
    Sets,
    broken_files_in,
    make_sets,
    manifest_faults_in,
    start,
    told,
)
from tests.lib.crash import SIGKILL, read
from tests.lib.workspaces import small_workspace

KILLS = 40
DAY = date(2027, 1, 3)
ENDED_BY_KILL = (-SIGKILL, SIGKILL)  # POSIX says which signal it was, Windows the exit code
FULL = (
    "output/evening: could not be written: no space is left on the disk; the old files are untouched — "
    "free some room and try again"
)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    return make_sets(tmp_path_factory.mktemp("sets"))


@dataclass(frozen=True)
class Killed:
    """What an export left that was killed at a step."""

    step: int
    done: int  # sets that it had written before
    faults: tuple[str, ...]  # of files, right after, and of the manifest, once the next command ran
    version: int  # of the set, once the next command ran
    mine: bool  # whether the person's files are as they were
    left: tuple[str, ...]  # what lies about, once the next command ran


def kill(work: str, step: int, sets: Sets, place: Path) -> Killed:
    """Kill an export at a step, then export one document of another kind."""
    folder = sets.lay_out(place)
    killed = start(work, folder, sets, step)
    done = len(told(killed))
    assert killed.returncode in ENDED_BY_KILL
    faults = broken_files_in(folder)
    exporting.export(folder, {"coverage/coverage.docx": b"the next command"}, whole=False)
    faults += manifest_faults_in(folder)
    mine = {name: (folder / name).read_bytes() for name in MINE if (folder / name).is_file()} == MINE
    beside = [path.name for path in folder.parent.iterdir() if path != folder]
    left = (*beside, *(path.name for path in folder.rglob(f"{writing.PREFIX}*")))
    return Killed(step, done, tuple(faults), sets.version(folder), mine, left)


@pytest.fixture(scope="module", params=[6, pytest.param(1, marks=pytest.mark.deep)])
def kills(
    sets: Sets, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Killed]:
    """Kill an export at each sixth or each of its steps, and of some of a second one, two at a time."""
    place = tmp_path_factory.mktemp("killed")
    first, second, _ = (each["steps"] for each in told(start("careful-die", sets.lay_out(place / "0"), sets)))
    every = [*range(1, first + 1), *range(first + 1, second + 1, 5)]
    steps = [*every[:: request.param], second]
    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda step: kill("careful-die", step, sets, place / str(step)), steps))


def test_after_forty_kills_and_more_no_file_is_broken(
    kills: list[Killed], request: pytest.FixtureRequest
) -> None:
    assert {each.step: each.faults for each in kills if each.faults} == {}
    assert len(kills) >= (KILLS if "[1]" in request.node.name else KILLS // 6)


def test_the_next_command_finds_the_old_set_or_the_new_one_whole(kills: list[Killed]) -> None:
    assert [each for each in kills if each.version not in (each.done, each.done + 1)] == []
    assert {each.version for each in kills} == {0, 1, 2}


def test_nothing_of_a_persons_is_lost_and_nothing_of_ours_lies_about(kills: list[Killed]) -> None:
    assert [each for each in kills if not each.mine or each.left] == []


def test_the_kills_would_break_the_files_of_a_careless_writer(sets: Sets, tmp_path: Path) -> None:
    found = [kill("careless-die", step, sets, tmp_path / str(step)) for step in (2, 4, 8)]
    assert [each.step for each in found if each.faults or each.version == -1] == [2, 4, 8]


def test_whichever_step_fails_the_old_set_stays_or_the_new_one_is_there(sets: Sets, tmp_path: Path) -> None:
    place = sets.lay_out(tmp_path / "new")
    old = read(place)
    exporting.export(place, sets.versions[1])
    new = read(place)
    tried = told(start("fail", sets.lay_out(tmp_path), sets))
    assert {each["said"] for each in tried if each["files"] == old} == {FULL}
    assert {each["said"] for each in tried if each["files"] == new} == {""}
    assert [each for each in tried if each["files"] not in (old, new)] == []
    # what the system would not let go of lies there until the next export
    lying = {name for each in tried for name in each["beside"]}
    assert lying <= {"evening", ".iop-evening.tmp", ".iop-evening.lock"}
    assert len(tried) > KILLS


def half_changed(folder: Path, *names: str) -> None:
    """Leave files of a folder as a kill between two moves does: the old ones aside, no new one there."""
    with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt), writing.holding(folder) as held:
        patch.setattr(transaction._Step, "put_back", lambda _: None)
        patch.setattr(disk, "remove", interrupted)  # the journal stays
        held.put(dict.fromkeys(folder / name for name in names))
    assert not any((folder / name).exists() for name in names)


def interrupted(_: Path) -> None:
    raise KeyboardInterrupt


def test_what_is_printed_after_a_killed_export_lies_beside_the_old_set(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    export(workspace, ExportRequest("evening", ("agendas",)))
    folder = workspace.output / "evening"
    (folder / "agendas" / "week-01-agenda.docx").write_bytes(b"with our notes")
    before = read(folder)
    half_changed(folder, "agendas/week-01-agenda.docx")
    printing.print_day(workspace, printing.PrintRequest("evening", "2027-01-06"), DAY)
    assert before.items() <= read(folder).items()
    assert [path.name for path in workspace.output.iterdir()] == ["evening"]


def test_nothing_is_printed_while_the_plan_is_exported(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    with writing.holding(workspace.output / "evening"), pytest.raises(CannotWrite) as error:
        printing.print_day(workspace, printing.PrintRequest("evening", "2027-01-06"), DAY)
    assert str(error.value) == (
        "output/evening: could not be written: another export is writing it; this one changed nothing — "
        "wait until it is done, then try again"
    )


def test_a_plan_put_aside_by_a_kill_is_there_for_the_next_command(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    before = read(workspace.plans)
    half_changed(workspace.plans / "evening", "plan.csv", "plan.toml")
    kept, verdict = verify(workspace, "evening")
    assert (kept.name, verdict.problems) == ("evening", ())
    assert read(workspace.plans) == before


def test_held_rows_put_aside_by_a_kill_are_not_planned_over(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    path = workspace.plans / "evening" / "plan.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",planned,", ",held,", 1), encoding="utf-8")
    half_changed(workspace.plans / "evening", "plan.csv", "plan.toml")
    with pytest.raises(store.PlanHeld):
        store.guard(workspace, "evening", Successor("evening", date(2027, 1, 4), 2))
