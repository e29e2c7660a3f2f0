"""Hold a plan against its rules, freeze it, and write its calendar feeds."""

from __future__ import annotations

from typing import Annotated

import typer

from iop_sessions.doors.verbs.papers import Language, refuse_unknown
from iop_sessions.doors.verbs.shared import Json, PlanName, show, tell, today, workspace
from iop_sessions.ground.errors import IopError
from iop_sessions.ground.workspace import read_when
from iop_sessions.plans.case import Case


def rules(plan: PlanName, as_json: Json = False) -> None:
    """Hold every week against the rules, and say what would mend a short one."""
    from iop_sessions.doors.reports import rules as rule_reports
    from iop_sessions.jobs import plan as pipeline

    curriculum, kept = pipeline.read_plan(workspace(), plan, documents=False)
    held = rule_reports.hold(Case(curriculum, kept.program, kept.plan))
    show(rule_reports.rule_lines(held), rule_reports.rule_facts(held), as_json=as_json)
    if held.broken:
        raise typer.Exit(IopError.exit_code)


def publish(
    plan: PlanName,
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Date of the version: today, or such as 2027-01-04.")
    ],
    as_json: Json = False,
) -> None:
    """Freeze a plan with its program and curriculum, under a date."""
    from iop_sessions.jobs import publish as publishing

    here = workspace()
    published = publishing.publish(here, plan, read_when(on, today()), tell)
    shown = here.shown(published.folder)
    lines = publishing.publish_lines(shown, published)
    show(lines, publishing.publish_facts(shown, published), as_json=as_json)


def calendar(plan: PlanName, language: Language = "en", as_json: Json = False) -> None:
    """Write calendar feeds, with neutral titles for clients and relatives."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import plan as pipeline

    refuse_unknown(language)
    here = workspace()
    exported = pipeline.calendar(here, plan, language)
    shown = here.shown(exported.folder)
    show(reports.feed_lines(shown, exported), reports.feed_facts(shown, exported), as_json=as_json)
