"""Freeze a plan, write its Word documents and its calendars, print an evening or a topic."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Context
from typer.core import TyperCommand, TyperOption

from iop_sessions.doors.verbs import Json, NoPerson, PlanName, end, show, tell, today, workspace
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.ground.workspace import SAMPLE, read_when

verbs = typer.Typer()

Language = Annotated[str, typer.Option(metavar="CODE", help="en, or es for Spanish.")]
LargePrint = Annotated[bool, typer.Option("--large-print", help="Client pages in 18-point type.")]


def refuse_unknown(language: str) -> None:
    """Raise when a language is none of ours."""
    if language not in ("en", "es"):
        raise NotFound("language", language, ("en", "es"))


@verbs.command(epilog="Example: iop-sessions publish evening-12-week --on 2027-01-04")
def publish(
    plan: PlanName,
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Date of the version: today, or such as 2027-01-04.")
    ],
    no_person_meant: NoPerson = False,
    as_json: Json = False,
) -> None:
    """Freeze a plan with its program and curriculum, under a date."""
    from iop_sessions.jobs import publish as publishing

    here = workspace()
    published = publishing.publish(here, plan, read_when(on, today()), tell, no_person_meant=no_person_meant)
    shown = here.shown(published.folder)
    lines = publishing.publish_lines(shown, published)
    show(lines, publishing.publish_facts(shown, published), as_json=as_json)


class _Export(TyperCommand):
    """The verb whose help lists every kind; they are read when it is shown, for pages are slow to import."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override]  # typer hides what it hands over
        """Return the help, the kinds filled in."""
        from iop_sessions.pages.kinds import KINDS, STANDARD

        others = ", ".join(name for name in KINDS if name not in STANDARD)
        only = next(each for each in self.params if isinstance(each, TyperOption) and each.name == "only")
        only.help = (only.help or "").format(standard=", ".join(STANDARD), others=others)
        return super().get_help(ctx)


@verbs.command(cls=_Export, epilog="Example: iop-sessions export evening-12-week --only agendas,handouts")
def export(
    plan: PlanName,
    only: Annotated[
        str,
        typer.Option(
            metavar="KIND,…",
            help="Kinds to write, with commas: {standard} (these by default); {others}.",
        ),
    ] = "",
    language: Language = "en",
    large_print: LargePrint = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Accessible PDF files too; needs LibreOffice.")] = False,
    no_person_meant: NoPerson = False,
    as_json: Json = False,
) -> None:
    """Write the Word documents of a plan."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import export as exporting

    here = workspace()
    kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
    refuse_unknown(language)
    request = exporting.ExportRequest(
        plan, kinds, language, large_print, pdf, today() if no_person_meant else None, as_of=today()
    )
    exported, untranslated = exporting.export(here, request, tell)
    shown = here.shown(exported.folder)
    lines = reports.export_lines(shown, exported, untranslated)
    show(lines, reports.export_facts(shown, exported, untranslated), as_json=as_json)
    exported.refuse_open()
    end(exported.problems)


@verbs.command(epilog="Example: iop-sessions print evening-12-week tomorrow", name="print")
def print_(  # noqa: PLR0913, PLR0917  # typer makes each argument a word or option of the verb
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A plan, or a topic such as RP-04.")],
    when: Annotated[
        str, typer.Argument(metavar="DAY", help="today, tomorrow, yesterday, a date, or a session's id.")
    ] = "",
    week: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="A week of the plan, in place of a day.")
    ] = None,
    newcomer: Annotated[bool, typer.Option("--newcomer", help="The pack of who starts that day.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="One sheet a group, for whoever steps in.")] = False,
    notice: Annotated[
        bool, typer.Option("--notice", help="What was changed on that day, and whom to tell.")
    ] = False,
    copies: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Copies of each handout to make.")
    ] = None,
    language: Language = "en",
    large_print: LargePrint = False,
    no_person_meant: NoPerson = False,
    as_json: Json = False,
) -> None:
    """Write what one evening needs, or one week, or one topic."""
    from iop_sessions.jobs import notices, printing

    if (newcomer or notice or (brief and week is None)) and not when:
        raise UsageError("which day? — write today, tomorrow or a date after the plan's name")
    if when and week is not None:
        raise UsageError(f"both a day and a week — leave {when} or --week {week} away")
    refuse_unknown(language)
    here, meant = workspace(), today() if no_person_meant else None
    request = printing.PrintRequest(
        what, when, week, copies, language=language, large_print=large_print, no_person_on=meant
    )
    if newcomer:
        made = printing.print_newcomer(here, request, today(), tell)
    elif notice:
        made = notices.print_notice(here, request, today(), tell)
    elif brief:
        made = printing.print_briefs(here, request, today(), tell)
    elif when or week is not None:
        made = printing.print_day(here, request, today(), tell)
    else:
        made = printing.print_topic(here, request, tell)
    written, kept = (
        [here.shown(made.folder / name) for name in names] for names in (made.written, made.kept)
    )
    lines = [f"Ready to print: {name}" for name in written]
    lines += [f"You had changed a file; it is kept as {name}" for name in kept]
    show(lines, {"written": written, "kept": kept}, as_json=as_json)
    made.refuse_open()
    end(made.problems)


@verbs.command(epilog="Example: iop-sessions calendar evening-12-week")
def calendar(
    plan: PlanName, language: Language = "en", no_person_meant: NoPerson = False, as_json: Json = False
) -> None:
    """Write calendar feeds, with neutral titles for clients and relatives."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import export as exporting

    refuse_unknown(language)
    here = workspace()
    exported = exporting.calendar(here, plan, language, tell, today() if no_person_meant else None)
    shown = here.shown(exported.folder)
    show(reports.feed_lines(shown, exported), reports.feed_facts(shown, exported), as_json=as_json)
    exported.refuse_open()
    end(exported.problems)


@verbs.command(epilog="Example: iop-sessions release")
def release(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN", help="The plan to show beside. Default: the sample's.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Put every guide and handout, as Word, and a plan into one ZIP."""
    from iop_sessions.jobs.publish import release as make_zip

    here = workspace()
    made = make_zip(here, plan or SAMPLE, tell)
    path = here.shown(made.path)
    lines = [f"Wrote {path}:", *(f"  {name}: {number}" for name, number in made.folders.items())]
    show(lines, {"file": path, "folders": dict(made.folders)}, as_json=as_json)
    end(made.problems)
