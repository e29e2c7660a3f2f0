"""A workspace held open hands out what it has read, until a file of it says otherwise."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iop_sessions.ground.errors import NotFound, ProblemsFound
from iop_sessions.jobs.library import Library, library_of
from tests.lib.workspaces import small_workspace


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(small_workspace(tmp_path / "clinic"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_same_plan_and_curriculum_are_handed_out_while_no_file_changes(library: Library) -> None:
    first = library.plan("evening")
    assert library.plan("evening") is first
    assert library.curriculum() is first.case.curriculum
    assert first.case.plan is first.kept.plan
    assert first.case.curriculum.guides, "pages need guides and handouts too"


def test_a_row_that_was_edited_is_read_anew_and_the_curriculum_is_not(library: Library) -> None:
    before = library.plan("evening")
    edit(library.workspace.plans / "evening" / "plan.csv", ",planned,", ",held,")
    after = library.plan("evening")
    assert [each.plan.sessions[0].state for each in (before.kept, after.kept)] == ["planned", "held"]
    assert after.case.curriculum is before.case.curriculum


def test_a_file_that_was_only_touched_is_not_read_anew(library: Library) -> None:
    before = library.plan("evening")
    for path in library.workspace.root.rglob("*"):
        if path.is_file():
            os.utime(path, ns=(1, 1))
    assert library.plan("evening") is before


def test_a_change_of_the_same_length_at_the_same_second_is_seen(library: Library) -> None:
    path = library.workspace.curriculum / "topics.csv"
    before = library.curriculum()
    title = before.topics[0].title
    edit(path, title, title[::-1])
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    assert library.curriculum().topics[0].title == title[::-1]


def test_a_curriculum_that_changed_is_that_of_the_plan_too(library: Library) -> None:
    before = library.plan("evening")
    edit(library.workspace.curriculum / "topics.csv", before.case.curriculum.topics[0].title, "Something new")
    after = library.plan("evening")
    assert after.case.curriculum.topics[0].title == "Something new"
    assert after.kept is before.kept


def test_a_guide_that_was_added_is_seen(library: Library) -> None:
    before = library.curriculum()
    (name, _), *_ = before.guides.items()
    path = library.workspace.curriculum / "guides" / f"{name}.md"
    text = path.read_bytes()
    path.unlink()
    assert [*library.curriculum().broken] == [f"guides/{name}.md"]
    path.write_bytes(text)
    assert library.curriculum() == before


def test_a_program_that_changed_is_seen(library: Library) -> None:
    before = library.plan("evening")
    (path,) = (each for each in before.kept.files if each.parent.name == "programs")
    edit(path, before.case.program.title, "Another title")
    assert library.plan("evening").case.program.title == "Another title"


def test_the_plan_before_that_changed_is_seen(library: Library) -> None:
    plans = library.workspace.plans
    (plans / "later").mkdir()
    (plans / "later" / "plan.csv").write_bytes((plans / "evening" / "plan.csv").read_bytes())
    sheet = (plans / "evening" / "plan.toml").read_text(encoding="utf-8")
    (plans / "later" / "plan.toml").write_text(
        sheet.replace('after = ""', 'after = "evening"'), encoding="utf-8"
    )
    before = library.plan("later")
    edit(plans / "evening" / "plan.csv", ",planned,", ",held,")
    assert library.plan("later") is not before
    assert library.plan("later") is library.plan("later")


def test_a_plan_that_cannot_be_read_is_told_each_time_until_it_is_mended(library: Library) -> None:
    before = library.plan("evening")
    path = library.workspace.plans / "evening" / "plan.csv"
    edit(path, "session_id", "session")
    for _ in range(2):
        with pytest.raises(ProblemsFound, match="is it the column 'session'"):
            library.plan("evening")
    edit(path, "session", "session_id")
    edit(path, ",planned,", ",lost,")
    opened = library.plan("evening")
    assert [str(each).split(" — ")[1] for each in opened.problems] == [
        "use one of: planned, held, partly, not held, cancelled"
    ]
    assert len(opened.case.plan.sessions) == len(before.case.plan.sessions) - 1
    edit(path, ",lost,", ",planned,")
    assert library.plan("evening") == before
    with pytest.raises(NotFound, match="no plan 'evenin' — did you mean 'evening'"):
        library.plan("evenin")


def test_threads_that_ask_at_once_get_the_same_plan(library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: library.plan("evening"), range(16)))
    assert all(each is found[0] for each in found)


def test_everybody_gets_the_same_library_of_a_workspace(library: Library) -> None:
    assert library_of(library.workspace) is library_of(library.workspace)
