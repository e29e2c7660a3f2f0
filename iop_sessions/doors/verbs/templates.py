"""Check the Word templates that staff edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sessions.doors.verbs.shared import Json, show, workspace
from iop_sessions.ground.errors import IopError, NotFound, errors_of

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
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.formats import word

    checked = [word.check_template(_find(file))] if file else word.check_templates(workspace().templates)
    show(reports.template_lines(checked), reports.template_facts(checked), as_json=as_json)
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
