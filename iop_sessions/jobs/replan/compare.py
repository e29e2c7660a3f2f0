"""Compare two plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import read_plan
from iop_sessions.plans import store
from iop_sessions.plans.changes import Difference, differences, words_of
from iop_sessions.plans.store import Kept

Facts = dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    """Two plans and what is different between them."""

    curriculum: Curriculum
    before: Kept
    after: Kept
    found: tuple[Difference, ...]


def compare(workspace: Workspace, before: str, after: str) -> Comparison:
    """Compare two plans by their folders or names."""
    opened = read_plan(workspace, before, documents=False)
    curriculum, old = opened.case.curriculum, opened.kept
    new = store.read(workspace.find_plan(after))
    return Comparison(curriculum, old, new, tuple(differences(old.plan.sessions, new.plan.sessions)))


def comparison_lines(compared: Comparison) -> list[str]:
    """Return the differences as a person reads them."""
    first, second = compared.before.name, compared.after.name
    if not compared.found:
        return [f"{first} and {second} hold the same sessions."]
    count = len(compared.found)
    title = f"From {first} to {second}: {count} {'difference' if count == 1 else 'differences'}."
    return [title, *(f"  - {difference_line(compared.curriculum, each)}" for each in compared.found)]


def difference_line(curriculum: Curriculum, each: Difference) -> str:
    """Say of one session what is and what was."""
    session = each.session
    when = ENGLISH.moment(session.date, session.start)
    was, now = (words_of(curriculum, side, each.what) for side in (each.before, each.after))
    if each.what == "cancelled":
        return f"{when}: {was} — cancelled ({session.reason or 'no reason given'})"
    if each.what == "leader" and each.after and not each.after.facilitators:
        return f"{when}: nobody leads it (was {was})"
    what = f"{each.what} " if each.what in ("leader", "time", "mode") else ""
    return f"{when}: {what}{now or 'taken out'} (was {was or 'not there'})"


def comparison_facts(compared: Comparison) -> Facts:
    """Return the differences as a script reads them."""
    curriculum = compared.curriculum
    rows = [
        {"session_id": each.session.session_id, "what": each.what}
        | {"before": words_of(curriculum, each.before, each.what)}
        | {"after": words_of(curriculum, each.after, each.what)}
        for each in compared.found
    ]
    return {"before": compared.before.name, "after": compared.after.name, "differences": rows}
