"""Mark which groups of a day were held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.plans import store
from iop_sessions.plans.plan import Plan, Session, row_digest
from iop_sessions.plans.store import Kept


@dataclass(frozen=True)
class Marked:
    """The sessions of a day that are marked as held, and those that are not."""

    kept: Kept
    day: date
    held: tuple[str, ...]
    left: tuple[str, ...]


def mark_held(workspace: Workspace, name: str, day: date, others: tuple[str, ...], today: date) -> Marked:
    """Mark the planned sessions of a day as held.

    Parameters
    ----------
    others
        Ids of sessions of the day that were not held; they stay as they are.

    Raises
    ------
    UsageError
        If the day has not come yet, or holds no session.
    """
    kept = store.read(workspace.find_plan(name))
    store.refuse_published(kept.name)
    here = [each for each in kept.plan.sessions if each.date == day]
    if day > today:
        raise UsageError(f"{day} has not come yet — mark a group as held once it was held")
    if not here:
        raise UsageError(f"plan {kept.name} has no session on {day}")
    ids = [each.session_id for each in here]
    for other in others:
        if other not in ids:
            raise NotFound("session", other, ids)
    _refuse_held(here, others)
    marked = [each for each in here if each.state == "planned" and each.session_id not in others]
    if marked:
        store.write_plan(workspace, kept.name, _with_held(kept, marked), replace_old=True, copy=False)
    held = tuple(each.session_id for each in here if each.state == "held" or each in marked)
    return Marked(kept, day, held, tuple(name for name in ids if name not in held))


def _refuse_held(here: list[Session], others: tuple[str, ...]) -> None:
    """Raise when a session is said not to have been held that is marked as held."""
    for each in here:
        if each.session_id in others and each.state in ("held", "partly"):
            raise UsageError(
                f"{each.session_id} is marked as {each.state} already — write its true state into plan.csv: "
                "planned, partly or cancelled"
            )


def _with_held(kept: Kept, marked: list[Session]) -> Plan:
    """Return the plan with its marked rows; a row changed by hand before stays known as such."""
    known, new = dict(kept.plan.sheet.rows), {each.session_id: _held(each) for each in marked}
    sessions = tuple(new.get(each.session_id, each) for each in kept.plan.sessions)
    digests = tuple(
        (each.session_id, row_digest(new[each.session_id]))
        if each.session_id in new and known.get(each.session_id) == row_digest(each)
        else (each.session_id, known.get(each.session_id, ""))
        for each in kept.plan.sessions
    )
    return replace(kept.plan, sheet=replace(kept.plan.sheet, rows=digests), sessions=sessions)


def _held(session: Session) -> Session:
    return session.model_copy(update={"state": "held"})
