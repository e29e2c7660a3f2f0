"""How a run ends: its exit code, its result on one stream, what it says besides on the other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iop_sessions.formats import word
from iop_sessions.ground import disk
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs import read
from tests.doors.conftest import Clock, Ended, Run, edit, files_in


def test_a_check_without_a_problem_ends_with_0(run: Run) -> None:
    assert run("check") == Ended(0, "No problem found.\n", "")


def test_warnings_too_end_with_0(clock: Clock, run: Run) -> None:
    clock("2028-02-01")
    assert run("check") == Ended(
        0,
        "help_lines.csv:2: checked_on: warning: the number of 'emergency' was last checked on 2026-11-21 — "
        "call it, then write the date\n"
        "help_lines.csv:3: checked_on: warning: the number of 'crisis' was last checked on 2026-11-21 — "
        "call it, then write the date\n"
        "No problem found, 2 warnings.\n",
        "",
    )


PROBLEM = (
    "topic_objectives.csv:2: objective_id: no objective 'name-a-triger' — did you mean 'name-a-trigger'?\n"
)


def misspell(space: Workspace) -> None:
    edit(space.curriculum / "topic_objectives.csv", "name-a-trigger", "name-a-triger")


def test_a_problem_in_a_table_ends_with_1(space: Workspace, run: Run) -> None:
    misspell(space)
    assert run("check") == Ended(1, PROBLEM + "1 problem to mend.\n", "")


def test_a_program_that_nobody_finds_by_its_name_is_a_problem(space: Workspace, run: Run) -> None:
    programs = space.curriculum / "programs"
    (programs / "mine.toml.txt").touch()
    shutil.copy(programs / "evening.toml", programs / "nul.toml")
    assert run("check") == Ended(
        1,
        "programs/nul.toml: Windows keeps this name for itself — choose another one\n"
        "programs/mine.toml.txt: is no program to anybody — Windows hides the ending .txt; "
        "rename it to mine.toml\n"
        "2 problems to mend.\n",
        "",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "evening"),
        ("verify", "evening"),
        ("coverage", "evening"),
        ("people", "evening"),
        ("export", "evening"),
        ("print", "evening", "2027-01-04"),
        ("print", "RP-01"),
        ("find", "craving"),
    ],
    ids=" ".join,
)
def test_no_verb_works_on_faulty_tables(words: tuple[str, ...], space: Workspace, run: Run) -> None:
    misspell(space)
    before = files_in(space.root)
    assert run(*words) == Ended(1, "", PROBLEM + "1 problem to mend; nothing was written.\n")
    assert files_in(space.root) == before


NOTHING_HERE = {
    ("plan", "evenin"): "no program 'evenin' — did you mean 'evening'?",
    ("plan", "x"): "no program 'x' — there are: evening, summer, winter",
    ("plan", "evening", "--start", "soon"): (
        "no date 'soon' — write today, tomorrow, monday or a date: 2027-01-04"
    ),
    ("plan", "evening", "--start", "4/5/2027"): "no date '4/5/2027' — did you mean 2027-04-05 or 2027-05-04?",
    ("plan", "evening", "--after", "morning"): "no plan 'morning' — did you mean 'evening'?",
    ("plan", "evening", "--name", "../away"): (
        "no name for a plan: '../away' — use letters, digits, spaces, - and _, at most 80"
    ),
    ("plan", "evening", "--name", "Evening"): (
        "no name for a plan: 'Evening': there is 'evening' too, and Windows and macOS hold only one of "
        "the two — write evening, or give one of them another name"
    ),
    ("plan", "evening", "--name", "NUL"): (
        "no name for a plan: 'NUL': Windows keeps this name for itself — choose another one"
    ),
    ("verify", "morning"): "no plan 'morning' — did you mean 'evening'?",
    ("people", "x"): "no plan 'x' — there are: evening",
    ("coverage", "x"): "no plan 'x' — there are: evening",
    ("export", "x"): "no plan 'x' — there are: evening",
    ("export", "evening", "--only", "agendas,handout"): (
        "no kind of document 'handout' — did you mean 'handouts'?"
    ),
    ("print", "RP-99"): "no topic 'RP-99' — there are: PE-01, PE-02, RP-01, RP-02, RP-03, RT-01, RT-02",
    ("print", "evening"): "which day of the plan evening? — write: iop-sessions print evening tomorrow",
    ("print", "x", "today"): "no plan 'x' — there are: evening",
}


@pytest.mark.parametrize(
    ("words", "told"), NOTHING_HERE.items(), ids=[" ".join(each) for each in NOTHING_HERE]
)
def test_a_word_that_means_nothing_ends_with_2(
    words: tuple[str, ...], told: str, space: Workspace, run: Run
) -> None:
    before = files_in(space.root)
    assert run(*words) == Ended(2, "", told + "\n")
    assert files_in(space.root) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plam", "evening"), "No such command 'plam'."),
        (("plan",), "Missing argument 'PROGRAM'."),
        (("plan", "evening", "--week", "3"), "No such option: --week"),
        (("check", "--jason"), "No such option: --jason"),
    ],
)
def test_a_line_that_cannot_be_read_ends_with_2_and_says_where_help_is(
    words: tuple[str, ...], told: str, run: Run
) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: iop-sessions ")
    assert "--help' for help.\n" in ended.err
    assert told in ended.err


@pytest.mark.parametrize("weeks", ["0", "53", "many"])
def test_a_number_of_weeks_out_of_reason_ends_with_2(weeks: str, run: Run) -> None:
    ended = run("plan", "evening", "--weeks", weeks)
    assert (ended.code, ended.out) == (2, "")
    assert "Invalid value for '--weeks'" in ended.err


def test_outside_of_a_workspace_a_verb_says_how_to_make_one(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["check"], ["find", "craving"], ["plan", "evening"], ["print", "RP-01"], ["lab"]):
        assert run(*words) == Ended(
            2,
            "",
            "this folder is no workspace: it has no curriculum/ and templates/ — "
            "go to your workspace, or make one: iop-sessions new my-program\n",
        )


def test_a_verb_works_from_any_folder_of_the_workspace(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(space.curriculum / "handouts")
    assert run("verify", "evening") == Ended(
        0, "Plan evening holds: every planning rule is kept, and its cost of 0 is right.\n", ""
    )


def test_constraints_that_clash_end_with_3_and_remedies(space: Workspace, run: Run) -> None:
    edit(space.curriculum / "topics.csv", "60,ordinary,open,,,", "60,opening,open,RP-02,,")
    program = space.curriculum / "programs" / "evening.toml"
    edit(program, "weeks = 6", 'weeks = 6\nadmission = "cohort"')
    edit(program, "closed = [", "closed = [2027-01-06, 2027-01-08, ")
    before = files_in(space.root)
    ended = run("plan", "evening")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.endswith(
        "No plan can hold all of these at once:\n"
        "  - RP-01 'How a craving gets started' comes after RP-02 'People and places', on which it builds\n"
        "  - the opening topic RP-01 'How a craving gets started' comes in the first week, "
        "Mon, Jan 4 to Sun, Jan 10; meetings that fit it: 1\n"
        "What would help:\n"
        "  - empty the column `after` of RP-01\n"
        "  - make RP-01 an ordinary topic (column `role`)\n"
    )
    assert files_in(space.root) == before


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("export", "evening"), "output/evening"),
        (("print", "evening", "2027-01-04"), "output/evening"),
        (("print", "RP-01"), "output/print"),
    ],
    ids=["export", "print a day", "print a topic"],
)
def test_a_file_that_cannot_be_written_ends_with_4(
    words: tuple[str, ...], place: str, space: Workspace, run: Run
) -> None:
    space.output.write_text("a file where a folder should be", encoding="utf-8")
    ended = run(*words)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.splitlines()[-1] == (
        f"{place}: could not be written: a file stands where a folder should be; "
        "nothing of it was written — "
        "move that file away and try again"
    )


MARK = "~$ek-01-agenda.docx"
OPEN_IN_WORD = "'week-01-agenda.docx' is open in Word or LibreOffice"
CLOSE = f"close it and try again (if it is not open anywhere, delete '{MARK}')"


def open_agenda(space: Workspace) -> Path:
    """Change the agenda of the first week, and open it in Word."""
    path = space.output / "evening" / "agendas" / "week-01-agenda.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"with our notes")
    path.with_name(MARK).touch()
    return path


def test_a_file_open_in_word_is_named_and_ends_with_4_while_the_others_are_written(
    space: Workspace, run: Run
) -> None:
    path = open_agenda(space)
    assert run("export", "evening", "--only", "agendas") == Ended(
        4,
        "Word documents are in output/evening/: 5 in agendas/.\n",
        "Drawing 6 documents …\n"
        f"output/evening: {OPEN_IN_WORD}; it is as it was, everything else is written — {CLOSE}\n",
    )
    assert path.read_bytes() == b"with our notes"
    path.with_name(MARK).unlink()
    assert run("export", "evening", "--only", "agendas").code == 0


def test_where_nothing_but_the_open_file_is_to_be_written_nothing_is(space: Workspace, run: Run) -> None:
    run("print", "evening", "2027-01-04-mon-1", "--brief")
    path = space.output / "evening" / "print" / "2027-01-04-mon-1-brief.docx"
    path.write_bytes(b"with our notes")
    path.with_name(f"~${path.name[2:]}").touch()
    before = files_in(space.output)
    ended = run("print", "evening", "2027-01-04-mon-1", "--brief")
    assert (ended.code, ended.out) == (4, "")
    assert "is open in Word or LibreOffice; the old files are untouched — " in ended.err
    assert files_in(space.output) == before


@pytest.mark.parametrize(
    "words",
    [
        ("print", "evening", "2027-01-04"),
        ("calendar", "evening"),
        ("replan", "evening", "--pin", "2027-01-04-mon-1"),
        ("replan", "evening", "--cancel", "2027-01-04-mon-1"),
    ],
)
def test_an_open_file_stops_nothing_that_does_not_write_it(
    words: tuple[str, ...], space: Workspace, run: Run
) -> None:
    open_agenda(space)
    yesterdays = space.output / "evening" / "print" / "2027-01-02-leader.docx"
    yesterdays.parent.mkdir()
    yesterdays.write_bytes(b"yesterday's")
    yesterdays.with_name(f"~${yesterdays.name[2:]}").touch()
    assert run(*words).code == 0


def test_a_plan_open_in_excel_is_named_so(space: Workspace, run: Run) -> None:
    (space.plans / "evening" / "~$plan.xlsx").touch()
    before = files_in(space.root)
    assert run("replan", "evening", "--pin", "2027-01-04-mon-1").err.splitlines()[-1] == (
        "plans/evening: could not be written: 'plan.xlsx' is open in Excel or LibreOffice; the old files are "
        "untouched — close it and try again (if it is not open anywhere, delete '~$plan.xlsx')"
    )
    assert files_in(space.root) == before


def test_a_bug_ends_with_70_and_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("a nut came loose")

    monkeypatch.setattr(read, "check", break_down)
    ended = run("check")
    assert (ended.code, ended.out) == (70, "")
    assert ended.err.startswith("Traceback (most recent call last):\n")
    assert ended.err.endswith(
        "RuntimeError: a nut came loose\n\nThis is a bug in iop-sessions. Please report the lines above.\n"
    )
    assert "in break_down\n" in ended.err


STOPPED = "Stopped; nothing was left half done.\n"


def test_ctrl_c_while_pages_are_drawn_ends_with_130(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "draw_set", lambda *_: signal.raise_signal(signal.SIGINT))
    before = files_in(space.root)
    assert run("export", "evening") == Ended(130, "", "Drawing 21 documents …\n" + STOPPED)
    assert files_in(space.root) == before


def test_ctrl_c_while_files_are_written_leaves_the_old_ones(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = space.output / "evening" / "agendas" / "week-03-agenda.docx"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    before = files_in(space.root)
    write = disk.write

    def stop_at_the_third(path: Path, data: bytes) -> None:
        if path.name == "new-3":
            signal.raise_signal(signal.SIGINT)
        write(path, data)

    monkeypatch.setattr(disk, "write", stop_at_the_third)
    assert run("export", "evening") == Ended(130, "", "Drawing 21 documents …\n" + STOPPED)
    assert files_in(space.root) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["check"], 0, id="done", marks=pytest.mark.deep),
        pytest.param(["check", "nowhere/curriculum"], 1, id="problems", marks=pytest.mark.deep),
        pytest.param(["verify", "nowhere"], 2, id="usage", marks=pytest.mark.deep),
        pytest.param(["new", "."], 4, id="not written", marks=pytest.mark.deep),
        pytest.param([], 2, id="no verb"),
    ],
)
def test_a_real_process_ends_with_the_same_codes(words: list[str], code: int, space: Workspace) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iop_sessions", *words], cwd=space.root, capture_output=True, check=False
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send")
def test_a_real_process_that_is_stopped_ends_with_130(space: Workspace) -> None:
    script = (
        "import os, signal; from iop_sessions.doors import cli; from iop_sessions.formats import word;"
        "word.draw_set = lambda *_: os.kill(os.getpid(), signal.SIGINT);"
        "cli.main(['export', 'evening'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=space.root, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode() == "Drawing 21 documents …\n" + STOPPED
