"""Help: instant, in plain words, and with an example that can be typed as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from iop_sessions.pages import kinds
from tests.doors.conftest import Run
from tests.lib.verbs import COMMANDS, reads
from tests.lib.workspaces import ROOT

HEAVY = {
    "pandas",
    "numpy",
    "docx",
    "lxml",
    "highspy",
    "markdown_it",
    "holidays",
    "rich",
    "IPython",
    "icalendar",
}


def example_of(verb: str) -> list[str]:
    """Return the words of a verb's example, after the program's name."""
    epilog = str(COMMANDS[verb].epilog)
    assert epilog.startswith("Example: iop-sessions "), epilog
    return shlex.split(epilog)[2:]


@pytest.mark.parametrize("verb", COMMANDS)
def test_each_verb_is_run_by_a_test_of_its_own(verb: str) -> None:
    words = re.escape(", ".join(f'"{word}"' for word in verb.split()))
    others = (path for path in sorted(ROOT.glob("tests/*/**/test_*.py")) if path != Path(__file__))
    assert [path.name for path in others if re.search(rf"[(\[]{words}", path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("verb", COMMANDS)
def test_help_says_what_a_verb_does_and_ends_with_an_example(verb: str, run: Run) -> None:
    ended = run(*verb.split(), "--help")
    assert (ended.code, ended.err) == (0, "")
    assert str(COMMANDS[verb].help) in ended.out
    assert ended.out.rstrip().splitlines()[-1].strip() == COMMANDS[verb].epilog


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_example_can_be_typed_as_it_stands(verb: str) -> None:
    words = example_of(verb)
    assert words[: len(verb.split())] == verb.split()
    assert reads(words)


@pytest.mark.parametrize("verb", COMMANDS)
def test_an_option_says_what_to_write_and_no_type_of_a_programming_language(verb: str, run: Run) -> None:
    options = run(*verb.split(), "--help").out.partition("Options:")[2]
    assert "--help" in options
    assert re.findall(".*<[a-z].*", options) == []


def test_help_of_replan_shows_the_form_of_each_option(run: Run) -> None:
    shown = [line.split("  ")[1] for line in run("replan", "--help").out.splitlines() if line[:4] == "  --"]
    assert shown == [
        "--closed DAY", "--late DAY=TIME", "--early DAY=TIME", "--absent CODE:DAY", "--room CODE:DAY",
        "--pin SESSION", "--cancel SESSION", "--put SESSION=TOPIC", "--bump", "--fewest", "--again",
        "--from DAY", "--reason WORDS", "--who ROLE", "--no-person-meant",
            "--look", "--json", "--help",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_argument_and_option_is_explained(verb: str) -> None:
    assert [each.name for each in COMMANDS[verb].params if not str(getattr(each, "help", "") or "")] == []


def test_help_of_export_lists_every_kind(run: Run) -> None:
    says = " ".join(run("export", "--help").out.split()).partition("with commas: ")[2].partition(". --")[0]
    standard, _, others = says.replace("print- runs", "print-runs").partition(" (these by default); ")
    assert standard.split(", ") == [*kinds.STANDARD]
    assert sorted([*standard.split(", "), *others.split(", ")]) == sorted(kinds.KINDS)


def test_help_lists_the_verbs_in_the_order_of_their_work(run: Run) -> None:
    lines = run("--help").out.splitlines()
    listed = [
        line.split()[0]
        for line in lines[lines.index("Commands:") + 1 :]
        if line.startswith("  ") and line[2] != " "
    ]
    assert listed[:-1] == [
        "check", "plan", "verify", "coverage", "people", "explain", "rules", "replan", "diff", "held",
        "undo", "makeup", "publish", "export", "print", "calendar", "release", "find", "new", "lab",
        "template",
    ]  # fmt: skip
    assert listed[-1] == "Example:"


def test_every_reporting_verb_takes_json() -> None:
    without = [
        name for name, command in COMMANDS.items() if "as_json" not in {each.name for each in command.params}
    ]
    assert without == ["lab"]


def test_no_verb_at_all_shows_the_help_and_ends_with_2(run: Run) -> None:
    ended = run()
    assert ended.code == 2
    assert ended.out + ended.err == run("--help").out


def modules_after(*lines: tuple[str, ...]) -> set[str]:
    """Run verbs in a process of their own, and return what it imported."""
    script = (
        "import sys; from iop_sessions.doors.cli import main\n"
        f"for words in {lines!r}:\n try: main(words)\n except SystemExit as ended: assert not ended.code\n"
        "print('modules:', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = set(done.stdout.rpartition("modules:")[2].split())
    assert "iop_sessions.doors.cli" in modules
    return modules


def test_help_imports_nothing_heavy() -> None:
    assert modules_after(("--help",)) & {*HEAVY, "pydantic"} == set()


def test_a_verbs_help_imports_nothing_heavy_of_ours() -> None:
    # Here typer itself asks for pydantic.
    assert modules_after(*((verb, "--help") for verb in ("plan", "print", "export"))) & HEAVY == set()
