"""Write the documents of a plan: all of them, those of a week, its calendar feeds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from iop_sessions.formats import feeds, pdf, word
from iop_sessions.ground import writing
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.persons import without_persons
from iop_sessions.jobs.read import Tell, be_silent, is_gone, read_plan, tell_texts
from iop_sessions.pages import kinds as documents
from iop_sessions.plans.case import Case
from iop_sessions.plans.fed import FED_FILE, fed_bytes, read_fed


@dataclass(frozen=True)
class ExportRequest:
    """Which documents of a plan a user asks for; no kinds = all of them."""

    plan: str
    kinds: tuple[str, ...] = ()
    language: str = "en"
    large_print: bool = False
    pdf: bool = False
    no_person_on: date | None = None  # the day on which the user says that no text names a person
    as_of: date = date.min  # the day it is asked for

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the kinds asked for; another language or size is first of all about handouts."""
        special = self.language != "en" or self.large_print
        return self.kinds or (documents.CLIENT_KINDS if special else ())

    def refuse_kinds_without_variant(self) -> None:
        """Raise when a kind is asked for that does not come in this language or size."""
        kinds = documents.KINDS
        if self.language != "en":
            self._refuse_but({name for name, kind in kinds.items() if kind.spanish}, "Spanish")
        if self.large_print:
            self._refuse_but({name for name, kind in kinds.items() if kind.large_print}, "large print")

    def _refuse_but(self, kinds: Collection[str], variant: str) -> None:
        others = [kind for kind in self.kinds if kind in documents.KINDS and kind not in kinds]
        if others:
            remedy = f"leave {'them' if len(others) > 1 else 'it'} out of --only"
            raise UsageError(f"not in {variant}: {', '.join(others)} — {remedy}")


def export(
    workspace: Workspace, request: ExportRequest, tell: Tell = be_silent
) -> tuple[writing.Exported, list[str]]:
    """Write Word documents of a plan; return what was written, and the handouts without a translation."""
    request.refuse_kinds_without_variant()
    read = read_plan(workspace, request.plan, tell, as_of=request.as_of)
    opened = without_persons(read, tell, request.no_person_on)
    shelf = documents.Shelf(opened.own, request.language, request.large_print)
    for warning in opened.kept.warnings:
        tell(str(warning))
    documents.refuse_for_nobody(shelf, request.kinds)
    drawn = documents.make(shelf, request.wanted)
    texts = documents.faults_of_texts(shelf, request.wanted)
    tell_texts(texts, tell)
    tell_doubtful(opened.case, tell)
    tell(f"Drawing {counted(len(drawn), 'document')} …")
    files = word.draw_set(drawn, workspace.templates, opened.case.curriculum.labels)
    if request.pdf:
        files |= pdf.to_pdf(files, tell)
    exported = writing.export(workspace.output / opened.kept.name, files)
    exported = replace(exported, problems=(*opened.problems, *texts))
    return exported, shelf.untranslated if documents.needs_translations(request.wanted) else []


def export_week(workspace: Workspace, name: str, shelf: documents.Shelf, week: int) -> list[Path]:
    """Write the agenda, handouts and guides of one week beside the plan's other documents."""
    plan = shelf.case.plan.own
    shelf = replace(shelf, case=shelf.case.with_plan(plan))
    only = replace(shelf, case=shelf.case.with_plan(replace(plan, sessions=tuple(plan.in_week(week)))))
    agendas = documents.make(shelf, ["agendas"])
    drawn = {file: page for file, page in agendas.items() if f"week-{week:02}" in file}
    drawn |= documents.make(only, ["handouts", "guides"])
    folder = workspace.output / name
    files = word.draw_set(drawn, workspace.templates, shelf.case.curriculum.labels)
    writing.export(folder, files, whole=False).refuse_open()
    return [folder / file for file in drawn]


def tell_doubtful(case: Case, tell: Tell) -> None:
    """Say which sessions clients and calendars are not told of, for nobody can tell when they meet."""
    if names := [each.session_id for each in case.doubtful]:
        tell(f"Left out of calendars and of what clients see, until the rows are mended: {', '.join(names)}.")


def calendar(
    workspace: Workspace,
    name: str,
    language: str = "en",
    tell: Tell = be_silent,
    no_person_on: date | None = None,
) -> writing.Exported:
    """Write the calendar feeds of a plan, and beside the plan what calendars are told of each session.

    Parameters
    ----------
    no_person_on
        The day on which the user says that no text names a person.

    Raises
    ------
    UsageError
        If the program names no time zone.
    """
    opened = without_persons(read_plan(workspace, name, tell, documents=False), tell, no_person_on)
    own = opened.own
    if zone := own.program.time_zone:
        tell(f"Times are by the clock of {zone}, as the program's time_zone says.")
    tell_doubtful(own, tell)
    case, of = own.sound, opened.kept.name
    home = opened.kept.folder.parents[1] if "/" in of else opened.kept.folder
    gone = {each.place.column for each in opened.problems if is_gone(each)}
    unsure = {each.session_id for each in own.doubtful} | opened.kept.unread | gone
    fed = feeds.renewed(case, of, read_fed(home), unsure)
    made = feeds.feeds(case, of, language=language, fed=fed, unsure=unsure)
    folder = "calendar" if language == "en" else f"calendar-{language}"
    files = {f"{folder}/{file}": data for file, data in made.items()}
    exported = writing.export(workspace.output / of, files, also={home / FED_FILE: fed_bytes(fed)})
    return replace(exported, problems=opened.problems)
