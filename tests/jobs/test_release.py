"""The release: one ZIP with the whole curriculum and a plan, usable with nothing installed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.ground.writing import zipped
from iop_sessions.jobs.plan import PlanRequest
from iop_sessions.jobs.publish import Released, release
from iop_sessions.jobs.read import read_curriculum
from tests.lib.word_audit import audit
from tests.lib.workspaces import small_workspace


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return small_workspace(tmp_path_factory.mktemp("release") / "small")


@pytest.fixture(scope="module")
def made(space: Workspace) -> Released:
    return release(space, "evening")


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_zip_holds_the_curriculum_the_plan_and_a_page_to_start_with(made: Released) -> None:
    names = names_in(made.path)
    assert names[0] == "Start here.docx"
    kinds = ("cards", "forms")
    looks = ("", "-es", "-es-large-print", "-large-print")
    assert {name.split("/")[0] for name in names[1:]} == {
        *(f"{kind}{look}" for kind in kinds for look in looks),
        *("guides", "handouts", "handouts-large-print", "sample-plan"),
    }
    assert {"sample-plan/plan.csv", "sample-plan/evening.toml", "sample-plan/coverage/coverage.docx"} <= set(
        names
    )
    assert sum(made.folders.values()) == len(names) - 1


def test_every_topic_is_in_it_whether_the_plan_uses_it_or_not(space: Workspace, made: Released) -> None:
    curriculum = read_curriculum(space)
    full = [topic.topic_id for topic in curriculum.topics if topic.content == "full"]
    guides = [Path(name).name[:5] for name in names_in(made.path) if name[:7] == "guides/"]
    assert sorted(guides) == sorted(full)


def test_every_page_in_it_is_sound(made: Released) -> None:
    with zipfile.ZipFile(made.path) as archive:
        found = {
            name: audit(archive.read(name), least_points=9) for name in archive.namelist() if ".docx" in name
        }
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_same_curriculum_gives_the_same_bytes(space: Workspace, made: Released) -> None:
    first = made.path.read_bytes()
    assert release(space, "evening").path.read_bytes() == first


def test_a_zip_holds_no_clock_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"b.csv": b"b", "a.docx": b"a"}))) as archive:
        entries = [(each.filename, each.date_time, each.create_system) for each in archive.infolist()]
    assert entries == [("a.docx", (1980, 1, 1, 0, 0, 0), 3), ("b.csv", (1980, 1, 1, 0, 0, 0), 3)]


def test_the_verb_says_where_the_zip_is_and_what_it_holds(
    space: Workspace, made: Released, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from iop_sessions.doors import cli

    monkeypatch.chdir(space.root)
    cli.main(["release", "evening", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["file"].startswith("output/")
    assert told["folders"] == dict(made.folders)
    cli.main(["release", "evening"])
    assert capsys.readouterr().out.splitlines()[0] == f"Wrote {told['file']}:"


def test_the_sample_is_planned_first_where_it_has_no_plan(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stop(_: Workspace, request: PlanRequest, _tell: Callable[[str], None]) -> None:
        asked.append(request.program)
        raise KeyboardInterrupt

    monkeypatch.setattr("iop_sessions.jobs.publish.make_plan", stop)
    with pytest.raises(KeyboardInterrupt):
        release(space)
    assert asked == [SAMPLE]
