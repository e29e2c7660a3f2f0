"""An export is complete, the same each time and everywhere, sound, and tells nothing of who made it."""

from __future__ import annotations

import getpass
import hashlib
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from iop_sessions.ground.workspace import SAMPLE
from iop_sessions.jobs.export import ExportRequest, export
from tests.formats.exports.conftest import Sample, documents
from tests.lib.examples import first_of_each_folder
from tests.lib.outline import parts_of
from tests.lib.word_audit import audit
from tests.lib.workspaces import ROOT, lay_out

MAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
FOLDER = re.compile(rb"(?:/home|/Users|/tmp|/root|/var|/work)/\w|[A-Za-z]:\\\\?\w|file://")


def sums(files: dict[str, bytes]) -> dict[str, str]:
    """Shorten what is compared, so that a difference can be read."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def named(files: dict[str, bytes], kind: str) -> list[str]:
    return [name for name in files if name.startswith(f"{kind}/")]


def test_there_is_an_agenda_for_each_of_the_twelve_weeks(exported: dict[str, bytes]) -> None:
    assert named(exported, "agendas") == [f"agendas/week-{week:02}-agenda.docx" for week in range(1, 13)]


def test_there_is_one_coverage_page(exported: dict[str, bytes]) -> None:
    assert named(exported, "coverage") == ["coverage/coverage.docx"]


def test_every_handout_in_use_is_there_once(sample: Sample, exported: dict[str, bytes]) -> None:
    used = {session.topic_id for session in sample.kept.plan.sessions} | {"OR-01"}
    wanted = {row.handout_id for row in sample.curriculum.topic_handouts if row.topic_id in used}
    own = {each.handout_id for each in sample.curriculum.handouts if each.kind != "external"}
    written = [Path(name).name[:6] for name in named(exported, "handouts")]
    assert sorted(written) == sorted(wanted & own)
    assert len(written) >= 25


def test_every_guide_in_use_is_there_once(sample: Sample, exported: dict[str, bytes]) -> None:
    used = {session.topic_id for session in sample.kept.plan.sessions if session.topic_id} | {"OR-01"}
    assert sorted(Path(name).name[:5] for name in named(exported, "guides")) == sorted(used)


def test_nothing_else_is_there(exported: dict[str, bytes]) -> None:
    kinds = {name.partition("/")[0] for name in exported}
    assert kinds == {"agendas", "handouts", "guides", "coverage"}


def test_a_second_export_leaves_every_byte_as_it_is(sample: Sample) -> None:
    manifest = sample.workspace.output / SAMPLE / "manifest.csv"
    before = manifest.read_bytes()
    export(sample.workspace, ExportRequest(SAMPLE))
    assert sums(documents(sample.workspace.output)) == sums(sample.files)
    assert manifest.read_bytes() == before


@pytest.mark.deep
def test_another_person_elsewhere_on_the_globe_gets_the_same_bytes(
    exported: dict[str, bytes], sample: Sample, tmp_path: Path
) -> None:
    other = lay_out(tmp_path / "another place", ROOT / "curriculum")
    settings = {
        "PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "200",
        "HOME": str(tmp_path / "kowalski"), "USER": "kowalski", "LOGNAME": "kowalski",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "iop_sessions", "start"],
        cwd=other.root, env=os.environ | settings, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert sums(documents(other.output / SAMPLE)) == sums(exported)
    for name in ("plan.csv", "plan.toml"):
        mine = (sample.workspace.plans / SAMPLE / name).read_bytes()
        assert (other.plans / SAMPLE / name).read_bytes() == mine


@pytest.mark.parametrize("most", [2, pytest.param(1000, marks=pytest.mark.deep)])
def test_openxml_audit_finds_no_fault_in_any_file(most: int, sample: Sample) -> None:
    validator, names = OpenXmlValidator(), first_of_each_folder(sample.files, most)
    found = {name: validator.validate(sample.workspace.output / name).errors for name in names}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_our_own_audit_finds_no_fault_in_any_file(sample: Sample) -> None:
    found = {
        name: audit(data, least_points=12 if is_for_clients(name) else 9)
        for name, data in sample.files.items()
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def is_for_clients(name: str) -> bool:
    """Say whether clients get a file, who need larger type than staff."""
    return (
        "/handouts/" in name
        or name.endswith("-clients.docx")
        or re.search(r"print/..-..a-", name) is not None
    )


def test_no_file_tells_of_a_person_a_machine_a_folder_or_an_address(sample: Sample) -> None:
    names = {getpass.getuser(), socket.gethostname(), Path.home().name, ROOT.name, "pytest"}
    own = re.compile(b"|".join(rb"\b" + re.escape(name).encode() + rb"\b" for name in names if len(name) > 4))
    found = [
        (name, part, match.group())
        for name, data in sample.files.items()
        for part, text in parts_of(data).items()
        for pattern in (MAIL, FOLDER, own)
        for match in [pattern.search(text)]
        if match
    ]
    assert found == []


@pytest.mark.parametrize("trace", [b"sam@clinic.org", b"/home/sam", b"C:\\iop", b"file:///x"])
def test_a_trace_would_be_seen(trace: bytes) -> None:
    assert MAIL.search(trace) or FOLDER.search(trace)
