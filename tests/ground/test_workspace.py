from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground import disk
from iop_sessions.ground.errors import IopError, UsageError
from iop_sessions.ground.workspace import (
    Workspace,
    find_workspace,
    is_when,
    name_fault,
    new_workspace,
    read_when,
)

TODAY = date(2027, 1, 4)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    for name in ("curriculum/programs", "templates", "plans/evening", "plans/.trash"):
        (tmp_path / "mine" / name).mkdir(parents=True)
    for name in ("evening", "morning", ".evening", "~$evening"):
        (tmp_path / "mine/curriculum/programs" / f"{name}.toml").touch()
    (tmp_path / "mine/plans/evening/plan.csv").write_text("x")
    return Workspace(tmp_path / "mine")


def words(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(IopError) as raised:
        call(*arguments)
    return str(raised.value)


def test_a_workspace_is_found_from_any_folder_inside(space: Workspace) -> None:
    assert find_workspace(space.curriculum / "programs") == space


def test_a_folder_outside_every_workspace_is_told_what_to_do(tmp_path: Path) -> None:
    assert words(find_workspace, tmp_path) == (
        "this folder is no workspace: it has no curriculum/ and templates/ — "
        "go to your workspace, or make one: iop-sessions new my-program"
    )


def test_a_path_is_shown_from_the_workspace_and_never_from_home(space: Workspace, tmp_path: Path) -> None:
    assert space.shown(space.output / "evening" / "a.docx") == "output/evening/a.docx"
    assert space.shown(tmp_path / "elsewhere" / "a.docx") == "a.docx"


def test_a_program_is_found_by_name_by_file_and_from_the_workspace(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = space.curriculum / "programs" / "evening.toml"
    (space.root / "mine.toml").touch()
    monkeypatch.chdir(space.curriculum)
    assert space.program_file("evening") == ready
    assert space.program_file("evening.toml") == ready
    assert space.program_file("programs/evening.toml").resolve() == ready.resolve()
    assert space.program_file("mine.toml") == space.root / "mine.toml"


def test_a_program_that_does_not_exist_is_offered_the_nearest(space: Workspace) -> None:
    assert words(space.program_file, "evning") == "no program 'evning' — did you mean 'evening'?"
    assert words(space.program_file, "xyz") == "no program 'xyz' — there are: evening, morning"


def test_the_name_of_a_program_finds_it_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    own = space.root / "ours" / "evening.toml"
    own.parent.mkdir()
    own.touch()
    monkeypatch.chdir(own.parent)
    for path in (space.curriculum / "programs" / "evening.toml", own):
        name = space.program_name(path)
        assert space.program_file(name).resolve() == path.resolve()
    assert space.program_name(Path("evening.toml")) == "ours/evening.toml"


def test_a_program_outside_the_workspace_gets_no_name_that_nobody_could_find_again(
    space: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "late.toml").touch()
    assert words(space.program_name, tmp_path / "late.toml") == (
        "the program 'late.toml' lies outside this workspace — copy it to curriculum/programs/ first"
    )


def test_a_plan_is_found_by_name_and_by_folder(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.root)
    assert space.find_plan("evening").folder == space.plans / "evening"
    assert space.find_plan("plans/evening").folder == Path("plans/evening").resolve()
    assert words(space.find_plan, "evenin") == "no plan 'evenin' — did you mean 'evening'?"
    assert space.find_plan("plans/evening/plan.csv").folder == space.plans / "evening"
    assert words(Workspace(space.curriculum).find_plan, "x") == "no plan 'x' — there are none yet"


def test_a_plan_whose_sessions_are_gone_says_where_they_may_be(space: Workspace) -> None:
    folder = space.plans / "evening"
    (folder / "plan.toml").touch()
    (folder / "plan.csv").write_bytes(b" \r\n")
    remedy = "put it back from the recycle bin or your backup, or plan it anew"
    assert words(space.find_plan, "evening") == (
        f"plans/evening/plan.csv is empty: a program did not finish writing it — {remedy}"
    )
    (folder / "plan.csv").unlink()
    assert words(space.find_plan, "evening") == f"plans/evening has no plan.csv — {remedy}"
    for day in ("2027-01-04", "2027-02-01"):
        (folder / "versions" / day).mkdir(parents=True)
        (folder / "versions" / day / "plan.csv").write_text("x")
    assert words(space.find_plan, "evening") == (
        "plans/evening has no plan.csv — copy it back from versions/2027-02-01/"
    )
    (folder / "my plan.xlsx").touch()
    assert words(space.find_plan, "evening") == (
        "plans/evening has no plan.csv — open my plan.xlsx in Excel and save it as 'CSV UTF-8' under the "
        "name plan.csv"
    )


def test_a_program_without_a_plan_says_how_to_make_one(space: Workspace) -> None:
    (space.curriculum / "programs" / "winter.toml").touch()
    assert words(space.find_plan, "winter") == (
        "'winter' is a program, and no plan was made from it yet — first: plan winter"
    )


def test_a_new_workspace_holds_curriculum_and_templates_and_nothing_passing(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "new")
    assert find_workspace(made.root) == made
    assert (made.curriculum / "topics.csv").is_file()
    assert not [path for path in made.root.rglob("*") if path.name.startswith((".", "~$", "__pycache__"))]


def test_a_new_workspace_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "file").touch()
    assert words(new_workspace, tmp_path / "full") == (
        "full: could not be written: the folder is not empty — choose a folder that does not exist yet"
    )
    assert words(new_workspace, tmp_path / "file") == (
        "file: could not be written: a file of this name is there — choose a folder that does not exist yet"
    )
    assert (tmp_path / "full" / "mine.txt").exists()


def test_a_new_workspace_that_does_not_fit_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = disk.write

    def full(path: Path, data: bytes) -> None:
        if path.name == "new-19":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(disk, "write", full)
    assert words(new_workspace, tmp_path / "new") == (
        f"{tmp_path.name}/new: could not be written: no space is left on the disk; nothing of it was "
        "written — free some room and try again"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2027, 1, 5)),
        ("2027-02-03", date(2027, 2, 3)),
        ("3.2.2027", date(2027, 2, 3)),
    ],
)
def test_a_date_of_the_command_line(text: str, day: date) -> None:
    assert is_when(text)
    assert read_when(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1/4/2027", "no date '1/4/2027' — did you mean 2027-01-04 or 2027-04-01?"),
        ("2027-02-30", "no date '2027-02-30' — write today, tomorrow, monday or a date: 2027-01-04"),
        ("9999-12-31", "no plan reaches to 9999-12-31 — write a day from 2000-01-01 to 2100-12-31"),
        ("someday", "no date 'someday' — write today, tomorrow, monday or a date: 2027-01-04"),
        ("week 3", "no date 'week 3' — a week is asked for by its number: print PLAN --week 3"),
        ("Jan 6", "no date 'Jan 6' — write the year too: 2027-01-04"),
    ],
)
def test_a_word_that_is_no_date_is_a_mistake_of_use(text: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_when(text, TODAY)
    assert (str(raised.value), raised.value.exit_code) == (told, 2)


def test_a_session_or_a_topic_is_no_date() -> None:
    assert not is_when("2027-01-04-mon-1")
    assert not is_when("RP-01")
    assert is_when("2027-13-45")


BLANK = "Windows takes a blank or dot from the end of a name — leave it away"
DEVICE = "Windows keeps this name for itself — choose another one"
TWIN = (
    "there is 'evening' too, and Windows and macOS hold only one of the two — write evening, or give one of "
    "them another name"
)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("CON", DEVICE), ("nul.toml", DEVICE), ("com1", DEVICE), ("LPT9.txt.gz", DEVICE), ("aux ", DEVICE),
        ("mine ", BLANK), ("mine.", BLANK), ("mine. .", BLANK),
        ("Evening", TWIN), ("EVENING", TWIN),
        ("evening", ""), ("console", ""), ("com10", ""), ("my plan 2.1", ""),
    ],
)  # fmt: skip
def test_a_name_that_one_system_cannot_hold_is_refused_with_words(name: str, fault: str) -> None:
    assert name_fault(name, ["evening", "morning"]) == fault


def test_programs_that_differ_only_by_capitals_are_refused(space: Workspace) -> None:
    if (space.curriculum / "programs" / "EVENING.toml").exists():
        pytest.skip("this disk knows no difference")
    (space.curriculum / "programs" / "Evening.toml").touch()
    assert words(space.program_file, "Evening") == f"the program 'Evening': {TWIN}"


@pytest.mark.parametrize("name", ["mine", "mine.toml", "mine.toml.txt", "curriculum/programs/mine.toml"])
def test_a_program_whose_ending_windows_hides_is_recognized(name: str, space: Workspace) -> None:
    (space.curriculum / "programs" / "mine.toml.txt").touch()
    stem = name.removesuffix(".txt").removesuffix(".toml")
    assert words(space.program_file, name) == (
        f"no program '{stem}' — curriculum/programs/mine.toml.txt: Windows hides the ending .txt; "
        "rename it to mine.toml"
    )
