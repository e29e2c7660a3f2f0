"""Try a change on a copy of a plan: the same curriculum and templates, but plans and output of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iop_sessions.ground import writing
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import PLAN_FILE, SHEET_FILE, VERSIONS, Workspace
from iop_sessions.plans import store
from iop_sessions.plans.changes import CHANGES_FILE
from iop_sessions.plans.plan import Plan, plan_bytes, sheet_bytes, with_rows


@dataclass(frozen=True)
class Practice(Workspace):
    """A workspace to practise in; everything written there lies in its folder ``practice/``."""

    @property
    def plans(self) -> Path:
        """Return the folder of the copied plans."""
        return self.root / "practice" / "plans"

    @property
    def output(self) -> Path:
        """Return the folder of what was exported while practising."""
        return self.root / "practice" / "output"


def practise_on(workspace: Workspace, name: str, plan: Plan) -> Practice:
    """Copy a plan, and the plans before and after it, to practise on; what was practised before is gone.

    Parameters
    ----------
    plan
        The plan itself, for a program whose plan no file holds.

    Raises
    ------
    UsageError
        If it is a published version.
    CannotWrite
        If the disk does not let us.
    """
    practice = Practice(workspace.root)
    sets = _sets(workspace, name, plan)
    output = practice.output / name
    folders = dict.fromkeys(practice.plans / each.split("/")[0] for each in sets)
    with writing.holding(*folders, output) as held:
        changes = {**writing.whole_set(output, {})}  # so that notices are counted afresh
        for each, files in sets.items():
            changes |= writing.whole_set(practice.plans / each, files)
        held.put(changes)
    return practice


def _sets(workspace: Workspace, name: str, plan: Plan) -> dict[str, dict[str, bytes]]:
    """Return the files of each plan that is copied, by its name."""
    if not (workspace.plans / name / PLAN_FILE).is_file():
        return {name: _files_of(workspace, name, plan)}
    kept = store.read(workspace.find_plan(name))
    if VERSIONS in Path(kept.name).parts:
        raise UsageError(f"plans/{kept.name} was published and does not change — practise on its plan")
    sets = {}
    chain = (kept.name, *kept.continues, *kept.continued_by)
    for each in sorted(chain, key=len):  # a version lies in the folder of its plan
        found = (workspace.plans / each / file for file in (PLAN_FILE, SHEET_FILE, CHANGES_FILE))
        sets[each] = {path.name: path.read_bytes() for path in found if path.is_file()}
    return sets


def _files_of(workspace: Workspace, name: str, plan: Plan) -> dict[str, bytes]:
    """Return the files of a plan that was made and not written."""
    noted = store.with_digests(workspace, plan, workspace.program_file(name), "")
    sheet = with_rows(noted.sheet, noted.sessions)
    return {PLAN_FILE: plan_bytes(noted.sessions), SHEET_FILE: sheet_bytes(sheet)}
