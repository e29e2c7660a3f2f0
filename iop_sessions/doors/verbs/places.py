"""Find a topic, make a workspace, check the templates, open the notebooks, start."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from iop_sessions.doors.verbs import Json, end, show, tell, workspace
from iop_sessions.ground.errors import IopError, NotFound, UsageError, errors_of
from iop_sessions.ground.workspace import SAMPLE, new_workspace

verbs = typer.Typer()


@verbs.command(epilog="Example: iop-sessions find craving")
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What it is about.")],
    as_json: Json = False,
) -> None:
    """List topics and handouts about something."""
    from iop_sessions.curriculum import search
    from iop_sessions.doors.reports import plan
    from iop_sessions.jobs.read import read_curriculum

    asked = " ".join(words)
    curriculum = read_curriculum(workspace())
    hits = search.find(curriculum, asked)
    show(plan.hit_lines(asked, hits), plan.hit_facts(hits), as_json=as_json)
    faults = [each for found in curriculum.broken.values() for each in found]
    for each in faults:
        tell(f"{each}; it was not searched")
    end(faults)


@verbs.command(epilog="Example: iop-sessions new my-program")
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet.")],
    as_json: Json = False,
) -> None:
    """Make a workspace of your own."""
    made = new_workspace(folder)
    there = f'"{made.root}"' if " " in str(made.root) else str(made.root)
    lines = [f"Made {made.root}. Next: cd {there}, then: iop-sessions plan evening-12-week"]
    show(lines, {"workspace": made.root.as_posix()}, as_json=as_json)


_NO_NETWORK = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
)
"""JupyterLab would otherwise ask for news, updates and extensions."""


@verbs.command(
    epilog="Example: iop-sessions lab",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def lab(context: typer.Context) -> None:
    """Open the notebooks in JupyterLab; it takes Jupyter's options."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed — run: python3 start.py lab")
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        *_NO_NETWORK,
        "--LabApp.default_url=/lab/tree/notebooks",
    ]
    raise typer.Exit(subprocess.call([*command, *context.args], cwd=workspace().root))


@verbs.command(hidden=True)
def start() -> None:
    """Plan the sample program if no plan exists, and write its Word documents."""
    from iop_sessions.doors.reports import plan
    from iop_sessions.jobs import export
    from iop_sessions.jobs.plan import PlanRequest, make_plan

    here = workspace()
    if not (here.plans / SAMPLE / "plan.csv").exists():
        made = make_plan(here, PlanRequest(SAMPLE), tell)
        print("\n".join(plan.plan_lines(made)))
    exported, untranslated = export.export(here, export.ExportRequest(SAMPLE), tell)
    print("\n".join(plan.export_lines(here.shown(exported.folder), exported, untranslated)))
    exported.refuse_open()
    end(exported.problems)
    print("Next: open the documents in Word, or see what else there is: python3 start.py --help")


template = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check the Word templates that you edit.",
    epilog="Example: iop-sessions template check handout",
)


@template.command(epilog="Example: iop-sessions template check handout")
def check(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A template: its name in templates/, or its file. Default: all of them."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Name all that a template lacks, with the remedies in Word."""
    from iop_sessions.doors.reports import plan
    from iop_sessions.formats import word

    checked = [word.check_template(_find(file))] if file else word.check_templates(workspace().templates)
    show(plan.template_lines(checked), plan.template_facts(checked), as_json=as_json)
    if any(errors_of(each.problems) for each in checked):
        raise typer.Exit(IopError.exit_code)


def _find(name: str) -> Path:
    """Find a template by its file, seen from here, or by its name in the workspace."""
    path = Path(name)
    if path.is_file():
        return path
    folder = workspace().templates
    for path in (folder / name, folder / f"{name}.docx"):
        if path.is_file():
            return path
    raise NotFound("template", name, [each.stem for each in folder.glob("*.docx")])
