"""Freeze a plan as it is on a date, with its program and curriculum, for whoever asks what was planned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from iop_sessions.curriculum.library import folder_digest, folder_files
from iop_sessions.ground import writing
from iop_sessions.ground.errors import IopError, UsageError, errors_of
from iop_sessions.ground.workspace import (
    PLAN_FILE,
    PROGRAM_FILE,
    SHEET_FILE,
    VERSION_FILE,
    VERSIONS,
    Workspace,
)
from iop_sessions.ground.writing import zipped
from iop_sessions.jobs.read import Tell, be_silent, verify
from iop_sessions.plans.store import Kept

CURRICULUM_FILE: Final = "curriculum.zip"
SUMS_FILE: Final = "SHA256SUMS"


class PublishedOtherwise(IopError):
    """A version of this date says something else."""

    def __init__(self, folder: str, files: list[str]) -> None:
        super().__init__(
            f"{folder} is published already, with another {', '.join(files)} — "
            "give --on another date; delete that folder only if nobody has worked with it"
        )


@dataclass(frozen=True)
class Published:
    """A version of a plan, and whether it was there already."""

    plan: str
    on: date
    folder: Path
    sums: Mapping[str, str]  # the sha256 of each file
    again: bool


def publish(workspace: Workspace, name: str, on: date, tell: Tell = be_silent) -> Published:
    """Freeze a plan under a date, whole or not at all.

    Raises
    ------
    UsageError
        When it is a published version itself.
    PublishedOtherwise
        When a version of this date says something else.
    """
    kept, verdict = verify(workspace, name)
    if kept.name != kept.folder.name:
        what = "is published already" if f"/{VERSIONS}/" in kept.name else "is a copy of what was replaced"
        raise UsageError(f"{kept.name} {what} — name the plan: {kept.name.split('/')[0]}")
    for problem in (*kept.warnings, *verdict.problems):
        tell(str(problem))
    folder = kept.folder / VERSIONS / on.isoformat()
    with writing.holding(kept.folder):  # else a new plan could be put in place meanwhile
        files = _frozen(workspace, kept, on)
        again = _is_there(workspace, folder, files)
        if not again:
            writing.write_set(folder, files)
    broken = len(errors_of(verdict.problems))
    if broken:
        count = "1 problem stays" if broken == 1 else f"{broken} problems stay"
        tell(f"It is published as it stands: {count} in it.")
    return Published(kept.name, on, folder, _sums(files), again)


def _frozen(workspace: Workspace, kept: Kept, on: date) -> dict[str, bytes]:
    """Gather what a version holds; line ends are alike on every system."""
    import tomli_w

    about = {"plan": kept.name, "published_on": on, "curriculum": folder_digest(workspace.curriculum)}
    program = workspace.program_file(kept.plan.sheet.program)
    files = {
        PLAN_FILE: _text(kept.folder / PLAN_FILE),
        SHEET_FILE: _text(kept.folder / SHEET_FILE),
        PROGRAM_FILE: _text(program),
        # Not deflated: the same curriculum shall give the same bytes on every system.
        CURRICULUM_FILE: zipped(folder_files(workspace.curriculum), deflated=False),
        VERSION_FILE: tomli_w.dumps(about).encode("utf-8"),
    }
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(_sums(files).items()))
    return {**files, SUMS_FILE: lines.encode("utf-8")}


def _text(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _sums(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != SUMS_FILE}


def _is_there(workspace: Workspace, folder: Path, files: Mapping[str, bytes]) -> bool:
    """Say whether a version is published already, and refuse to change one."""
    writing.mend(folder)
    if not folder.exists():
        return False
    other = [name for name in files if name != SUMS_FILE and _bytes_of(folder / name) != files[name]]
    if other:
        raise PublishedOtherwise(workspace.shown(folder), other)
    return True


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def publish_lines(shown: str, published: Published) -> list[str]:
    """Return what was published, as a person reads it."""
    done = "was published before, the same" if published.again else "is published"
    return [f"Plan {published.plan} of {published.on} {done}: {shown}/ ({', '.join(published.sums)})."]


def publish_facts(shown: str, published: Published) -> dict[str, object]:
    """Return what was published, as a script reads it."""
    return {
        "plan": published.plan, "on": published.on.isoformat(), "folder": shown,
        "sha256": dict(published.sums), "again": published.again,
    }  # fmt: skip
