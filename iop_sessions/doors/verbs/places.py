"""Find a topic, make a workspace, open the notebooks, start."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from iop_sessions.doors.verbs.shared import Json, show, tell, workspace
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import new_workspace


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What it is about.")],
    as_json: Json = False,
) -> None:
    """List topics and handouts about something."""
    from iop_sessions.curriculum import search as finding
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import plan as pipeline

    asked = " ".join(words)
    hits = finding.find(pipeline.read_curriculum(workspace()), asked)
    show(reports.hit_lines(asked, hits), reports.hit_facts(hits), as_json=as_json)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet.")],
    as_json: Json = False,
) -> None:
    """Make a workspace of your own."""
    made = new_workspace(folder)
    there = f'"{made.root}"' if " " in str(made.root) else str(made.root)
    lines = [f"Made {made.root}. Next: cd {there}, then: iop-sessions plan evening-12-week"]
    show(lines, {"workspace": made.root.as_posix()}, as_json=as_json)


def lab() -> None:
    """Open the notebooks in JupyterLab."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed — run: python3 start.py lab")
    quiet = "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"
    code = subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", quiet], cwd=workspace().root / "notebooks"
    )
    raise typer.Exit(code)


def start() -> None:
    """Plan the sample program if no plan exists, and write its Word documents."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import plan as pipeline

    here = workspace()
    name = pipeline.SAMPLE
    if not (here.plans / name / "plan.csv").exists():
        made = pipeline.make_plan(here, pipeline.PlanRequest(name), tell)
        print("\n".join(reports.plan_lines(made)))
    exported, untranslated = pipeline.export(here, pipeline.ExportRequest(name), tell)
    print("\n".join(reports.export_lines(here.shown(exported.folder), exported, untranslated)))
    print("Next: open the documents in Word, or see what else there is: python3 start.py --help")
