"""README and its neighbors say what is so: files are there, commands are understood, numbers are right."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from pathlib import Path

import make_readme
import pytest

import iop_sessions
from iop_sessions.ground.errors import CannotWrite, Clash, IopError, UsageError
from iop_sessions.judge.pricing import FLAWS
from iop_sessions.program.program import read_program
from tests.lib.verbs import COMMANDS, reads
from tests.lib.workspaces import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "curriculum/README.md", "benchmarks/README.md")
    for path in ROOT.glob(pattern)
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What comes into being when the program runs.
MADE_LATER = ("output/", "plans/", "NAME", ".venv")


def code_in(text: str) -> list[str]:
    """Return the commands of a page: lines of its code blocks, and code within its lines."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    return [re.sub(r"\s+#.*", "", code).strip() for code in lines + inline]


def commands_in(text: str) -> list[str]:
    starts = ("python3 start.py", "py start.py", "iop-sessions")
    return [code for code in code_in(text) if code.startswith(starts)]


def understood(command: str) -> bool:
    """Say whether start.py or the command line knows what to do with a command."""
    words = shlex.split(command)
    rest = words[1:] if words[0] == "iop-sessions" else words[2:]
    if words[0] != "iop-sessions" and (not rest or rest[0] == "test"):
        return True
    if not rest or rest == ["VERB"] or rest[0] == "--help":
        return True
    return reads(rest)


def test_the_pages_are_there() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "curriculum/README.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    folder = (ROOT / page).parent
    inside = [target.partition("#")[0] for target in targets if "://" not in target]
    assert [target for target in inside if target and not (folder / target).exists()] == []


def test_every_picture_has_words_that_stand_for_it_and_opens() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.+?)\)", README)
    assert len(pictures) >= 2
    assert [target for words, target in pictures if len(words.split()) < 4] == []
    assert {(ROOT / target).read_bytes()[:8] for _, target in pictures} == {b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_a_page_is_understood(page: str) -> None:
    commands = commands_in((ROOT / page).read_text(encoding="utf-8"))
    assert [command for command in commands if not understood(command)] == []


def test_the_readme_holds_commands() -> None:
    assert len(commands_in(README)) >= 15


def test_every_verb_stands_in_the_table_with_what_its_help_says() -> None:
    rows = re.findall(r"^\| `([a-z]+(?: [a-z]+)*)(.*?)` \| (.+?) \|$", README, re.MULTILINE)
    assert [verb for verb, _, _ in rows] == list(COMMANDS)


def test_its_tables_of_verbs_and_of_kinds_are_those_that_are_registered() -> None:
    assert make_readme.filled(README) == README, "write them anew: python tools/make_readme.py"
    assert [f"<!-- {name} -->\n\n| " in README for name in ("verbs", "kinds")] == [True, True]


def test_every_option_in_the_table_is_one_of_its_verb() -> None:
    for verb, _, says in re.findall(r"^\| `([a-z]+(?: [a-z]+)*)(.*?)` \| (.+?) \|$", README, re.MULTILINE):
        known = {name for each in COMMANDS[verb].params for name in each.opts}
        assert set(re.findall(r"--[a-z-]+", says)) <= known, verb


def test_no_option_of_plan_and_export_is_left_out_of_the_table() -> None:
    rows = dict(re.findall(r"^\| `([a-z]+).*?` \| (.+?) \|$", README, re.MULTILINE))
    for verb in ("plan", "export"):
        own = {name for each in COMMANDS[verb].params for name in each.opts if name.startswith("--")}
        assert own - set(re.findall(r"--[a-z-]+", rows[verb])) == {"--json"}, verb


def test_the_exit_codes_are_those_of_the_program() -> None:
    listed = README.partition("Exit codes: ")[2].split("\n\n")[0].replace("\n", " ")
    assert [int(code) for code in re.findall(r"(?:^|, )(\d+) ", listed)] == [
        0, IopError.exit_code, UsageError.exit_code, Clash.exit_code, CannotWrite.exit_code, 70, 130,
    ]  # fmt: skip


def test_the_files_it_names_are_there() -> None:
    named = [code for code in code_in(README) if re.fullmatch(r"[\w./-]+\.(?:md|csv|toml|py|yml|docx)", code)]
    assert len(named) >= 5
    assert [name for name in named if not name.startswith(MADE_LATER) and not (ROOT / name).exists()] == []


def test_the_pythons_it_names_are_those_that_start_py_takes() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    found = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("OLDEST", "NEWEST")
    }
    oldest, newest = (".".join(map(str, found[name])) for name in ("OLDEST", "NEWEST"))
    assert f"You need Python {oldest} to {newest} " in README


@pytest.mark.parametrize(
    ("program", "says", "hours"),
    [
        ("evening-12-week", "three groups of 60 minutes on three evenings: 9 clinical hours", 9),
        ("evening-3x3", "three classes of 50 minutes: only 7.5 clinical hours", 7.5),
    ],
)
def test_the_hours_it_gives_of_a_program_are_those_of_its_slots(
    program: str, says: str, hours: float
) -> None:
    path = ROOT / "curriculum" / "programs" / f"{program}.toml"
    read, problems = read_program(path, path.name)
    assert read is not None, problems
    assert f"- `{program}`: {says}" in README
    assert sum(slot.minutes for slot in read.slots) / 60 == hours
    assert len({slot.day for slot in read.slots}) == 3


def test_it_names_every_ready_program() -> None:
    ready = [path.stem for path in sorted((ROOT / "curriculum" / "programs").glob("*.toml"))]
    assert [name for name in ready if f"`{name}`" not in README] == []
    assert (len(ready), "Eleven programs are ready" in README) == (11, True)


def test_it_names_every_wish_for_good_weeks() -> None:
    bullet = README.partition("- **Good weeks.**")[2].partition("\n- **")[0]
    assert [name for name in FLAWS if f"`{name}`" not in bullet] == []


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", text, re.MULTILINE)
    assert versions[0] == iop_sessions.__version__


def test_the_curriculum_has_a_version_of_three_numbers() -> None:
    told = tomllib.loads((ROOT / "curriculum" / "curriculum.toml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work)/\w|[A-Z]:\\")
    assert [page for page in PAGES if pattern.search(Path(ROOT / page).read_text(encoding="utf-8"))] == []
