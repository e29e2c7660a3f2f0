"""Write the Word documents of a plan, an evening or a topic."""

from __future__ import annotations

from typing import Annotated

import typer

from iop_sessions.doors.verbs.shared import Json, PlanName, show, tell, today, workspace
from iop_sessions.ground.errors import NotFound, UsageError

Language = Annotated[str, typer.Option(metavar="CODE", help="en, or es for Spanish.")]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Client pages in 18-point type.")]


def refuse_unknown(language: str) -> None:
    """Raise when a language is none of ours."""
    if language not in ("en", "es"):
        raise NotFound("language", language, ("en", "es"))


def export(
    plan: PlanName,
    only: Annotated[
        str,
        typer.Option(
            metavar="KIND,…",
            help="Kinds to write, with commas: agendas, handouts, guides, coverage (these by default); "
            "wall, sign-in, chart, print-runs, family, forms, cards, workbooks.",
        ),
    ] = "",
    language: Language = "en",
    large_print: LargePrint = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Accessible PDF files too; needs LibreOffice.")] = False,
    as_json: Json = False,
) -> None:
    """Write the Word documents of a plan."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import plan as pipeline

    here = workspace()
    kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
    refuse_unknown(language)
    request = pipeline.ExportRequest(plan, kinds, language, large_print, pdf)
    exported, untranslated = pipeline.export(here, request, tell)
    shown = here.shown(exported.folder)
    lines = reports.export_lines(shown, exported, untranslated)
    show(lines, reports.export_facts(shown, exported, untranslated), as_json=as_json)


def print_(  # noqa: PLR0913, PLR0917  # typer makes each argument a word or option of the verb
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A plan, or a topic such as RP-04.")],
    when: Annotated[
        str, typer.Argument(metavar="DAY", help="today, tomorrow, a date, or a session's id.")
    ] = "",
    week: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="A week of the plan, in place of a day.")
    ] = None,
    newcomer: Annotated[bool, typer.Option("--newcomer", help="The pack of who starts that day.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="One page a group, for whoever steps in.")] = False,
    copies: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Copies of each handout to make.")
    ] = None,
    language: Language = "en",
    large_print: LargePrint = False,
    as_json: Json = False,
) -> None:
    """Write what one evening needs, or one week, or one topic."""
    from iop_sessions.jobs import printing

    if (newcomer or (brief and week is None)) and not when:
        raise UsageError("which day? — write today, tomorrow or a date after the plan's name")
    if when and week is not None:
        raise UsageError(f"both a day and a week — leave {when} or --week {week} away")
    refuse_unknown(language)
    here, request = workspace(), printing.PrintRequest(what, when, week, copies, language, large_print)
    if newcomer:
        made = printing.print_newcomer(here, request, today())
    elif brief:
        made = printing.print_briefs(here, request, today())
    elif when or week is not None:
        made = printing.print_day(here, request, today())
    else:
        made = printing.print_topic(here, request)
    written, kept = (
        [here.shown(made.folder / name) for name in names] for names in (made.written, made.kept)
    )
    lines = [f"Ready to print: {name}" for name in written]
    lines += [f"You had changed a file; it is kept as {name}" for name in kept]
    show(lines, {"written": written, "kept": kept}, as_json=as_json)


def release(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN", help="The plan to show beside. Default: the sample's.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Put every guide and handout, as Word, and a plan into one ZIP."""
    from iop_sessions.jobs import plan as pipeline
    from iop_sessions.jobs import release as releasing

    here = workspace()
    made = releasing.release(here, plan or pipeline.SAMPLE, tell)
    path = here.shown(made.path)
    lines = [f"Wrote {path}:", *(f"  {name}: {number}" for name, number in made.folders.items())]
    show(lines, {"file": path, "folders": dict(made.folders)}, as_json=as_json)
