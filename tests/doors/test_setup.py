"""pyproject.toml, the locks, environment.yml and the wheel agree, and a missing program is named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["base", "lab", "test", "bench"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
NOTE = re.compile(r"# This file was .*|#    requirements/relock| +# via(?: .*)?| +#   .*")


def lines_of(lock: str) -> list[str]:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()


def pins_of(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for line in lines_of(lock):
        if found := PIN.fullmatch(line):
            pins.setdefault(found["name"], set()).add(found["version"])
    return pins


def direct_dependencies(lock: str) -> list[Requirement]:
    extra = PROJECT["project"]["optional-dependencies"].get(lock, [])
    build = PROJECT["build-system"]["requires"] + PROJECT["dependency-groups"]["build"]
    return [Requirement(line) for line in PROJECT["project"]["dependencies"] + build + extra]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_no_index_host_or_path(lock: str) -> None:
    strange = [line for line in lines_of(lock) if not any(form.fullmatch(line) for form in (PIN, HASH, NOTE))]
    hosts = [line for line in lines_of(lock) if "://" in line or re.search(r"\s[./~]*/", line)]
    assert (strange, hosts) == ([], [])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_dependency_stands_in_its_lock_at_a_version_it_allows(lock: str) -> None:
    pins = pins_of(lock)
    assert len(pins) > len(PROJECT["project"]["dependencies"])
    wrong = [
        str(wanted)
        for wanted in direct_dependencies(lock)
        if not all(map(wanted.specifier.contains, pins.get(canonicalize_name(wanted.name), {"0"})))
    ]
    assert wrong == []


@pytest.mark.parametrize("lock", ["lab", "test", "bench"])
def test_a_package_has_the_same_version_in_every_lock(lock: str) -> None:
    base = pins_of("base")
    assert {name: versions for name, versions in pins_of(lock).items() if name in base} == base


def test_conda_asks_for_the_same_python_and_for_an_extra_that_exists() -> None:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    python = re.findall(r"^  - python (.*)$", text, re.MULTILINE)
    extras = re.findall(r"^      - -e \.\[(\w+)\]$", text, re.MULTILINE)
    assert python == [PROJECT["project"]["requires-python"]]
    assert extras == ["lab"]
    assert set(extras) <= set(PROJECT["project"]["optional-dependencies"])


def test_the_validator_is_locked_by_hash_for_the_system_of_the_checks_and_names_no_host() -> None:
    text = (ROOT / "tools" / "ooxml-validator" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    hashed = {name.rpartition("/")[2] for name, package in packages.items() if "integrity" in package}
    assert hashed == {"ooxml-validator", "ooxml-validator-linux-x64"}
    assert ("://" in text, "resolved" in text) == (False, False)


def test_the_wheel_carries_a_workspace(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for folder in ("curriculum", "templates", "notebooks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".csv", ".md", ".toml", ".docx", ".ipynb"}
        and ".ipynb_checkpoints" not in path.parts
    }
    assert {f"iop_sessions/_workspace/{name}" for name in expected} - names == set()
    assert "iop_sessions/ground/workspace_readme.md" in names
    assert not [name for name in names if name.startswith(("tests/", "curriculum/"))]


@pytest.fixture
def asking(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("IOP_REQUIRE_TOOLS", raising=False)
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.needs_tool("soffice")
        def test_marked(): pass

        def test_asking(needs_tool): needs_tool("pdftotext")

        def test_plain(): pass
        """
    )
    pytester.makeini("[pytest]\nmarkers =\n    tools\n    needs_tool")
    return pytester


def test_a_missing_program_is_named_in_the_skip(asking: pytest.Pytester) -> None:
    result = asking.runpytest("-rs")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(["*soffice is missing: install libreoffice-writer*"])
    result.stdout.fnmatch_lines(["*pdftotext is missing: install poppler-utils*"])


def test_where_tools_are_required_a_missing_one_fails(
    asking: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOP_REQUIRE_TOOLS", "1")
    outcomes = asking.runpytest("-m", "tools").parseoutcomes()
    assert {name: outcomes.get(name, 0) for name in ("passed", "skipped", "deselected")} == {
        "passed": 0, "skipped": 0, "deselected": 1,
    }  # fmt: skip
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 2
