"""Print anew the notice of what was changed on a day, from the log beside the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats import word
from iop_sessions.ground import writing
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.english import joined
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace, read_when
from iop_sessions.jobs.persons import without_persons
from iop_sessions.jobs.printing import PrintRequest
from iop_sessions.jobs.read import Tell, be_silent, read_plan
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Change, Difference, fates, next_meeting, read_changes, topic_words
from iop_sessions.plans.plan import Session


def print_notice(
    workspace: Workspace, request: PrintRequest, today: date, tell: Tell = be_silent
) -> writing.Exported:
    """Write the notice of all that was changed on a day, as the log says.

    Raises
    ------
    UsageError
        If nothing was changed on that day.
    """
    opened = without_persons(read_plan(workspace, request.what, tell), tell, request.no_person_on)
    day = read_when(request.when, today)
    kept, labels = opened.kept, opened.case.curriculum.labels
    page = notice_of(opened.case, read_changes(kept.folder), day, kept.name)
    files = word.draw_set({f"{day}-change-notice.docx": page}, workspace.templates, labels)
    folder = workspace.output / kept.name / "print"
    exported = writing.export(folder, files, whole=False, within=folder.parent)
    return replace(exported, problems=opened.problems)


def notice_of(case: Case, log: Iterable[Change], day: date, name: str) -> Page:
    """Make the notice of what the log of a plan says of a day.

    Raises
    ------
    UsageError
        If it says nothing of that day: with the days of which it does.
    """
    log = list(log)
    changes = [each for each in log if each.made_on == day and each.what != "note"]
    if not changes:
        days = joined(sorted({each.made_on for each in log if each.what != "note"}))
        remedy = f"changes were made on {days}" if days else "no change was made yet"
        raise UsageError(f"nothing of plans/{name} was changed on {day} — {remedy}")
    rows = {each.session_id: each for each in case.plan.sessions}
    there = [(rows[each.session_id], each) for each in changes if each.session_id in rows]
    became = fates([_difference(case.curriculum, row, each) for row, each in there])
    return change_notice(
        case.program, changes,
        became=[
            Became(
                topic_words(case.curriculum, each.was), each.was, each.now,
                None if each.now else next_meeting(case.plan, each),
            )
            for each in became
        ],
        groups={row.session_id: row.group_type for row, _ in there},
        weeks=sorted({case.plan.week_of(row) for row, _ in there}),
        own=case.curriculum.labels,
    )  # fmt: skip


def _difference(curriculum: Curriculum, row: Session, each: Change) -> Difference:
    """Read a row of the log back: what it says of the topic that a session held, and holds."""
    return Difference(each.what, *(_as(curriculum, row, each, words) for words in (each.before, each.after)))


def _as(curriculum: Curriculum, row: Session, each: Change, words: str) -> Session:
    first = words.partition(" ")[0]
    values = {
        "date": each.date, "start": each.start,
        "topic_id": first if first in curriculum.topic_by_id else "",
        "state": "cancelled" if words in ("cancelled", "not held") else "planned",
    }  # fmt: skip
    return row.model_copy(update=values)
