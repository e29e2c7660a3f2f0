"""start.py: what it installs and when, what it runs, and what it says to an old Python."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path, PurePath
from types import ModuleType

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """start.py as it would be in a fresh clone, in a folder with a space in its name."""
    clone = tmp_path / "a clone"
    locks = ["requirements/base.txt", "requirements/lab.txt", "requirements/test.txt"]
    for name in ["start.py", "pyproject.toml", *locks]:
        copy = clone / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    specification = importlib.util.spec_from_file_location("start", clone / "start.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def steps(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of a set-up without uv, in words; nothing is installed, and every command succeeds."""
    done: list[str] = []
    monkeypatch.setattr(start, "find_uv", lambda: None)
    monkeypatch.setattr(start, "run", pretender(start, done))
    return done


def pretender(start: ModuleType, done: list[str], code: int = 0) -> Callable[[list[str], str], int]:
    def run(command: list[str], _folder: str) -> int:
        done.append(" ".join(command[1:]).replace(start.ROOT, "ROOT").replace(os.sep, "/"))
        if command[1:3] == ["-m", "venv"]:
            python = Path(start.PYTHON)
            python.parent.mkdir(parents=True)
            python.touch()
            Path(start.PIP).touch()
        if "-r" in command and code == 0:
            pretend_to_install(start, Path(command[-1]))
        return code

    return run


def packages_of(start: ModuleType) -> Path:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return Path(start.ENVIRONMENT) / "lib" / version / "site-packages"


def pretend_to_install(start: ModuleType, lock: Path) -> None:
    for name in re.findall(r"^([a-z0-9-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE):
        plain = name.replace("-", "_")
        for folder in (plain, f"{plain}-1.dist-info"):
            (packages_of(start) / folder).mkdir(parents=True, exist_ok=True)
        (packages_of(start) / plain / "__init__.py").touch()
        record = packages_of(start) / f"{plain}-1.dist-info" / "RECORD"
        record.write_text(f"{plain}/__init__.py,,\n{plain}/inner/gone.py,,\n", encoding="utf-8")


PIP = "-m pip install --quiet --disable-pip-version-check --no-input "
LOCKED = PIP + "--require-hashes --only-binary :all: -r ROOT/requirements/"
FROM_NOTHING = ["-m venv ROOT/.venv", LOCKED + "base.txt", PIP + "--no-deps --no-build-isolation -e ROOT"]


NEWER_GRAMMAR = (
    ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Match, ast.YieldFrom, ast.Nonlocal,
    ast.Starred, ast.MatMult,
)  # fmt: skip


def is_newer_grammar(node: ast.AST) -> bool:
    """Whether Python 2.7 could not read this part of a program."""
    annotated = getattr(node, "annotation", None) or getattr(node, "returns", None)
    chained = isinstance(node, ast.Raise) and node.cause
    keyword_only = isinstance(node, ast.arguments) and (node.kwonlyargs or node.posonlyargs)
    return bool(annotated or chained or keyword_only or isinstance(node, NEWER_GRAMMAR))


def test_an_old_python_can_parse_start_py() -> None:
    source = (ROOT / "start.py").read_text(encoding="ascii")
    assert [ast.unparse(node) for node in ast.walk(ast.parse(source)) if is_newer_grammar(node)] == []
    assert re.findall(r"\d_\d", source) == []
    assert "from __future__ import print_function" in source


@pytest.mark.parametrize(
    "line",
    [
        "f'{1}'",
        "x: int = 1",
        "(x := 1)",
        "def f(*, a): pass",
        "def f(a) -> int: pass",
        "raise A from b",
        "[*a]",
    ],
)
def test_what_an_old_python_cannot_parse_would_be_seen(line: str) -> None:
    assert any(is_newer_grammar(node) for node in ast.walk(ast.parse(line)))


def test_a_python_that_is_too_old_is_told_so_in_plain_words(start: ModuleType) -> None:
    assert start.refuse_version((2, 7, 18, "final", 0)) == (
        "This is Python 2.7, which is too old: iop-sessions needs Python 3.11 to 3.14.\n"
        "Install Python 3.14 from python.org, then run: python3.14 start.py (Windows: py -3.14 start.py)"
    )


def test_start_py_takes_the_pythons_that_the_project_takes(start: ModuleType) -> None:
    allowed = SpecifierSet(PROJECT["requires-python"])
    for version in [(3, 6), (3, 10), (3, 11), (3, 12), (3, 13), (3, 14), (3, 15), (4, 0)]:
        assert (start.refuse_version((*version, 0)) == "") == allowed.contains(f"{version[0]}.{version[1]}.0")


def test_the_first_run_installs_the_base_and_the_second_only_starts(
    start: ModuleType, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main([]) == 0
    assert capsys.readouterr() == ("", "Setting up in .venv. The first time this takes a minute or two ...\n")
    assert steps == [*FROM_NOTHING, "-m iop_sessions start"]
    steps.clear()
    assert start.main(["plan", "evening", "--weeks", "12"]) == 0
    assert capsys.readouterr() == ("", "")
    assert steps == ["-m iop_sessions plan evening --weeks 12"]


def test_the_tests_bring_their_tools_once(start: ModuleType, steps: list[str]) -> None:
    start.main(["test", "-x"])
    assert steps == [*FROM_NOTHING, LOCKED + "lab.txt", LOCKED + "test.txt", "-m pytest -x"]
    steps.clear()
    start.main(["test"])
    assert steps == ["-m pytest"]


def test_a_changed_lock_is_installed_over_the_old_one(start: ModuleType, steps: list[str]) -> None:
    start.main([])
    steps.clear()
    with Path(start.lock_file("base")).open("a") as lock:
        lock.write("# changed\n")
    start.main([])
    assert steps == [*FROM_NOTHING[1:], "-m iop_sessions start"]


def test_an_environment_that_uv_made_gets_pip_when_uv_has_gone(start: ModuleType, steps: list[str]) -> None:
    start.main([])
    Path(start.PIP).unlink()
    steps.clear()
    start.main(["lab"])
    assert steps[:2] == ["-m ensurepip --default-pip", LOCKED + "lab.txt"]


NOT_FINISHED = (
    "The set-up is not finished; the lines above say why. It needs the network and about 1 GB of disk.\n"
    "Run the same command again: it starts over.\n"
)
STOPPED = "\nStopped. Run the same command again to finish the set-up.\n"


@pytest.mark.parametrize(("code", "words"), [(1, NOT_FINISHED), (130, STOPPED)])
def test_a_set_up_that_broke_off_says_so_and_starts_over(
    start: ModuleType,
    steps: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
    words: str,
) -> None:
    start.main([])
    with monkeypatch.context() as broken:
        broken.setattr(start, "run", pretender(start, steps, code))
        assert start.main(["lab"]) == code
    assert capsys.readouterr().err.endswith(" ...\n" + words)
    steps.clear()
    assert start.main(["lab"]) == 0
    assert steps[:4] == [*FROM_NOTHING, LOCKED + "lab.txt"]


def test_a_folder_that_was_moved_is_set_up_again(start: ModuleType, steps: list[str]) -> None:
    start.main([])
    stamp = Path(start.stamp_file("base"))
    stamp.write_text(stamp.read_text().replace("a clone", "elsewhere"))
    steps.clear()
    start.main(["check"])
    assert steps == [*FROM_NOTHING, "-m iop_sessions check"]


def test_jupyter_is_started_by_the_verb_which_asks_no_network(start: ModuleType, steps: list[str]) -> None:
    start.main(["lab", "--no-browser"])
    assert steps[-1] == "-m iop_sessions lab --no-browser"


def test_verbs_run_in_the_workspace_the_user_stands_in(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert start.folder_for(["check"]) == start.ROOT
    assert start.folder_for(["new", "clinic"]) == str(tmp_path)
    for name in ("curriculum", "templates"):
        (tmp_path / name).mkdir()
    assert start.folder_for(["check"]) == str(tmp_path)
    assert start.folder_for([]) == start.ROOT
    inside = tmp_path / "curriculum" / "handouts"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert start.folder_for(["check"]) == str(inside)


def test_a_package_lost_from_the_environment_is_named_and_all_is_made_anew(
    start: ModuleType, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    start.main([])
    package = packages_of(start) / "babel"
    (package / "__init__.py").unlink()
    steps.clear()
    capsys.readouterr()
    assert start.main(["check"]) == 0
    assert capsys.readouterr().err == (
        "Something took these out of .venv: babel. It is made anew.\n"
        "Setting up in .venv. The first time this takes a minute or two ...\n"
    )
    assert steps == [*FROM_NOTHING, "-m iop_sessions check"]
    steps.clear()
    shutil.rmtree(packages_of(start) / "lxml-1.dist-info")
    start.main(["check"])
    assert capsys.readouterr().err.startswith("Something took these out of .venv: lxml. It is made anew.\n")


def test_pip_settings_of_the_user_do_not_lead_it_out_of_the_environment(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example")
    settings = start.clean_settings()
    assert [settings.get(name) for name in ("PIP_TARGET", "PIP_USER", "PIP_INDEX_URL")] == [
        None, "0", "https://packages.example",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(
    start: ModuleType, steps: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start.SETTING_UP = str(tmp_path / "absent" / "lock")
    assert start.main([]) == 1
    assert capsys.readouterr().err == (
        f"Could not write into the folder {start.ROOT}: No such file or directory\n"
        "The set-up needs a folder that you may write to: copy this one to your documents and run start.py "
        "there.\n"
    )
    assert steps == []


@pytest.mark.skipif(os.name == "nt", reason="the lock is taken in another way there")
def test_of_two_starts_at_once_the_second_waits_and_finds_all_done(
    start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    taken: list[bool] = []

    def take(_lock: object, patient: bool = False) -> bool:
        taken.append(patient)
        if patient:  # the first start is done now
            start.complete([])
            steps.clear()
        return patient

    monkeypatch.setattr(start, "take", take)
    assert start.main(["check"]) == 0
    assert taken == [False, True]
    assert capsys.readouterr().err.startswith("Another start is setting up this folder; waiting for it ...\n")
    assert steps == ["-m iop_sessions check"]


@pytest.mark.skipif(os.name == "nt", reason="the lock is taken in another way there")
def test_a_start_takes_no_lock_that_another_one_holds(start: ModuleType) -> None:
    lock = Path(start.SETTING_UP)
    with lock.open("ab") as first, lock.open("ab") as second:
        assert (start.take(first), start.take(second)) == (True, False)
    with lock.open("ab") as third:
        assert start.take(third)


def test_the_exit_code_of_a_verb_is_passed_on(start: ModuleType) -> None:
    assert start.run([sys.executable, "-c", "raise SystemExit(3)"], start.ROOT) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send")
def test_ctrl_c_is_left_to_the_verb_and_ends_in_130(start: ModuleType) -> None:
    interrupt = "import os, signal; os.kill(os.getppid(), signal.SIGINT); print('ended by itself')"
    assert start.run([sys.executable, "-c", interrupt], start.ROOT) == 130


def test_a_program_that_cannot_run_is_named(start: ModuleType, tmp_path: Path) -> None:
    absent = str(tmp_path / "absent")
    with pytest.raises(
        start.SetUpFailed, match=re.escape(f"Could not run {absent}: No such file or directory")
    ):
        start.run([absent], start.ROOT)


def test_a_path_too_long_for_windows_is_told_before_anything_is_installed(
    start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = "C:\\Users\\Anna\\OneDrive - Clinic".ljust(98, "x")
    monkeypatch.setattr(start, "ROOT", folder)
    monkeypatch.setattr(start, "is_complete", lambda _: False)
    monkeypatch.setattr(start.os, "name", "nt")
    monkeypatch.setattr(start, "takes_long_paths", lambda: False)
    assert (start.main(["lab"]), steps) == (1, [])
    assert capsys.readouterr().err == (
        f"The path of this folder is 98 letters long, and this Windows has room for 97:\n{folder}\n"
        "Move the folder to a shorter place, such as C:\\iop, and run the same command there.\n"
    )
    start.refuse_long_path(folder, [])  # the base alone has shorter paths
    monkeypatch.setattr(start, "takes_long_paths", lambda: True)
    start.refuse_long_path(folder, ["lab"])


@pytest.mark.deep
def test_the_longest_paths_are_those_of_the_locks(start: ModuleType) -> None:
    for lock, longest in start.LONGEST_IN.items():
        pins = re.findall(
            r"^([\w.-]+)==", (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8"), re.MULTILINE
        )
        paths = [str(each) for pin in pins for each in files_of(pin) if ".." not in each.parts]
        assert max(map(len, paths)) <= longest, lock


def files_of(package: str) -> Sequence[PurePath]:
    """List what a package put into site-packages; nothing where it is not for this system."""
    try:
        return metadata.files(package) or ()
    except metadata.PackageNotFoundError:
        return ()


def test_the_python_of_the_microsoft_store_is_told_another_way(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = "C:\\Users\\Anna\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe"
    monkeypatch.setattr(start, "find_uv", lambda: None)
    monkeypatch.setattr(sys, "_base_executable", python)
    assert start.main([]) == 1
    assert capsys.readouterr().err.endswith(
        f"Could not run {python}: No such file or directory\n"
        f"Could not make {start.ENVIRONMENT}. This Python is the one of the Microsoft Store, which may not "
        "write everywhere. Install Python 3.14 from python.org, then run: py -3.14 start.py\n"
    )
