"""Published versions: frozen whole, never changed, read like a plan, taken along by what comes after."""

from __future__ import annotations

import hashlib
import io
import shutil
import tomllib
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground import disk
from iop_sessions.ground.errors import CannotWrite, IopError, ProblemsFound
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.export import calendar
from iop_sessions.jobs.publish import Published, PublishedOtherwise, publish
from iop_sessions.jobs.read import verify
from iop_sessions.plans import store
from iop_sessions.plans.changes import read_changes
from tests.lib.workspaces import small_workspace

DAY = date(2027, 1, 4)
VERSION = "evening/versions/2027-01-04"
FILES = ["SHA256SUMS", "curriculum.zip", "plan.csv", "plan.toml", "program.toml", "version.toml"]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_workspace(tmp_path_factory.mktemp("publishing") / "small").root


@pytest.fixture
def space(tmp_path: Path, planned: Path) -> Workspace:
    shutil.copytree(planned, tmp_path / "mine")
    return Workspace(tmp_path / "mine")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def words(space: Workspace, name: str = "evening", on: date = DAY) -> str:
    with pytest.raises(IopError) as raised:
        publish(space, name, on)
    return str(raised.value)


def test_a_version_holds_the_plan_its_program_its_curriculum_and_their_sums(space: Workspace) -> None:
    published = publish(space, "evening", DAY)
    found = files_of(published.folder)
    assert (published.folder, list(found)) == (space.plans / VERSION, FILES)
    assert found["plan.csv"] == (space.plans / "evening" / "plan.csv").read_bytes()
    assert found["program.toml"] == space.program_file("evening").read_bytes()
    sums = [f"{hashlib.sha256(found[name]).hexdigest()}  {name}" for name in FILES[1:]]
    assert found["SHA256SUMS"].decode().splitlines() == sums
    about = tomllib.loads(found["version.toml"].decode())
    assert (about["plan"], about["published_on"]) == ("evening", DAY)
    with zipfile.ZipFile(io.BytesIO(found["curriculum.zip"])) as archive:
        assert archive.read("topics.csv") == (space.curriculum / "topics.csv").read_bytes()
        assert "handouts/en/RP-01a.md" in archive.namelist()


def test_records_of_patients_are_never_frozen_with_a_curriculum(space: Workspace) -> None:
    (space.curriculum / "attendance.csv").write_text("code,date\n", encoding="utf-8")
    assert words(space).splitlines()[0] == (
        "attendance.csv: records of patients have no place in a curriculum — "
        "move it out of the curriculum folder"
    )
    assert not (space.plans / VERSION).exists()


def test_publishing_the_same_again_is_done_and_changes_nothing(space: Workspace) -> None:
    first = publish(space, "evening", DAY)
    before = files_of(first.folder)
    again = publish(space, "evening", DAY)
    assert (first.again, again.again) == (False, True)
    assert files_of(first.folder) == before


def test_line_ends_of_another_system_are_the_same_version(space: Workspace) -> None:
    published = publish(space, "evening", DAY)
    for path in (space.program_file("evening"), space.curriculum / "topics.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert publish(space, "evening", DAY).sums == published.sums


def test_a_date_that_is_published_otherwise_is_refused_and_stays(space: Workspace) -> None:
    before = files_of(publish(space, "evening", DAY).folder)
    edit(space.plans / "evening" / "plan.csv", "planned,,no,,", "planned,,no,,Bring pens")
    assert words(space) == (
        f"plans/{VERSION} is published already, with another plan.csv — "
        "give --on another date; delete that folder only if nobody has worked with it"
    )
    assert files_of(space.plans / VERSION) == before
    assert publish(space, "evening", date(2027, 1, 11)).folder.name == "2027-01-11"


def test_a_version_cannot_be_published_again(space: Workspace) -> None:
    publish(space, "evening", DAY)
    assert words(space, VERSION) == f"{VERSION} is published already — name the plan: evening"


def test_a_plan_that_breaks_a_rule_is_published_and_told(space: Workspace) -> None:
    edit(space.plans / "evening" / "plan.csv", "group,RP,RP-02", "group,RP,RP-01")
    told: list[str] = []
    publish(space, "evening", DAY, told.append)
    assert told == [
        (
            "plan.csv:5: topic_id: RP-01 comes twice in a row, [spacing] asks for 1 meeting of RP between — "
            "choose another topic"
        ),
        "plan.csv:5: 2027-01-06-wed-1: warning: was changed by hand since the plan was made",
        "It is published as it stands: 1 problem stays in it.",
    ]


def test_a_plan_with_a_row_that_cannot_be_true_is_not_published(space: Workspace) -> None:
    edit(space.plans / "evening" / "plan.csv", "group,RP,RP-01", "group,RP,PE-01")
    assert words(space) == (
        "plan.csv:2: topic_id: PE-01 is no topic of RP groups — choose one of RP\n"
        "1 problem to mend; nothing was written."
    )
    assert not (space.plans / VERSION).exists()


def test_a_plan_that_was_published_otherwise_is_not_told_to_be_published(space: Workspace) -> None:
    publish(space, "evening", DAY)
    edit(space.plans / "evening" / "plan.csv", "group,RP,RP-02", "group,RP,RP-01")
    told: list[str] = []
    with pytest.raises(PublishedOtherwise):
        publish(space, "evening", DAY, told.append)
    assert not [each for each in told if each.startswith("It is published")]


def test_a_disk_that_fails_leaves_no_half_a_version(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, data: bytes) -> None:
        if path.name == "new-4":
            raise OSError(28, "No space left on device")
        path.write_bytes(data)

    monkeypatch.setattr(disk, "write", fail)
    with pytest.raises(CannotWrite):
        publish(space, "evening", DAY)
    monkeypatch.undo()
    assert sorted(path.name for path in (space.plans / "evening").iterdir()) == ["plan.csv", "plan.toml"]
    assert isinstance(publish(space, "evening", DAY), Published)


def test_a_version_is_read_by_its_name_with_its_own_program(space: Workspace) -> None:
    publish(space, "evening", DAY)
    edit(space.program_file("evening"), 'title = "Evenings"', 'title = "Mornings"')
    kept = store.read(space.find_plan(VERSION))
    assert (kept.name, kept.program.title, kept.program.name) == (VERSION, "Evenings", "evening")
    assert kept.warnings == ()
    assert store.read(space.find_plan(str(space.plans / VERSION))).name == VERSION
    assert store.read(space.find_plan("evening")).program.title == "Mornings"


def test_a_version_does_not_need_the_program_any_more(space: Workspace) -> None:
    publish(space, "evening", DAY)
    space.program_file("evening").unlink()
    assert verify(space, VERSION)[1].problems == ()


def test_a_version_whose_curriculum_changed_since_says_so(space: Workspace) -> None:
    publish(space, "evening", DAY)
    edit(space.curriculum / "topics.csv", "How a craving gets started", "How cravings start")
    (warning,) = store.read(space.find_plan(VERSION)).warnings
    assert str(warning) == (
        f"{VERSION}: warning: the curriculum was changed since this was published — "
        "what it said then lies in curriculum.zip"
    )


def test_where_a_version_is_not_there_those_that_are_stand_beside(space: Workspace) -> None:
    publish(space, "evening", DAY)
    with pytest.raises(IopError) as raised:
        store.read(space.find_plan("evening/versions/2027-01-05"))
    assert str(raised.value) == f"no plan 'evening/versions/2027-01-05' — there are: {VERSION}"


def test_a_plan_that_takes_the_place_of_a_published_one_takes_its_versions_along(space: Workspace) -> None:
    before = files_of(publish(space, "evening", DAY).folder)
    plan = store.read(space.find_plan("evening")).plan
    moved = replace(plan, sessions=plan.sessions[:-1])
    store.write_plan(space, "evening", moved, replace_old=True)
    assert files_of(space.plans / VERSION) == before


def test_an_export_of_a_version_lies_under_its_plan_and_survives_the_next_export(space: Workspace) -> None:
    publish(space, "evening", DAY)
    calendar(space, VERSION)
    inner = files_of(space.output / VERSION / "calendar")
    calendar(space, "evening")
    assert files_of(space.output / VERSION / "calendar") == inner
    assert files_of(space.output / "evening" / "calendar") == inner


def test_a_note_with_a_name_is_not_published_unless_the_user_says_that_nobody_is_meant(
    space: Workspace,
) -> None:
    kept = store.read(space.find_plan("evening"))
    first = kept.plan.sessions[0]
    plan = replace(
        kept.plan, sessions=(first.model_copy(update={"note": "Priya Raman"}), *kept.plan.sessions[1:])
    )
    store.write_plan(space, "evening", plan, replace_old=True, copy=False)
    with pytest.raises(ProblemsFound) as refused:
        publish(space, "evening", DAY)
    assert str(refused.value) == (
        "evening/plan.csv:2: note: 'Priya Raman' looks like a name — write a code or a role instead, such as "
        "F1 or 'a client'; if nobody is meant, add --no-person-meant\n1 problem to mend; nothing was written."
    )
    assert not (kept.folder / "versions").exists()
    assert not publish(space, "evening", DAY, no_person_meant=True).again
    (row,) = read_changes(kept.folder)
    assert (row.session_id, row.what, row.before, row.after) == (
        first.session_id, "note", "Priya Raman", "[no person meant]",
    )  # fmt: skip
    assert publish(space, "evening", DAY).again
