"""Take the last change of a plan back, as a change of its own; what was held or edited since stays.

Each accepted change leaves the plan as it was before and as it was after beside the plan. Taking it back is
such a change too, so taking that back brings the first one again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.fields import columns_of
from iop_sessions.ground.workspace import PLAN_FILE, Workspace
from iop_sessions.jobs.persons import refuse_who
from iop_sessions.jobs.putting_back import open_whole
from iop_sessions.jobs.read import Tell, be_silent
from iop_sessions.jobs.replan.accept import AFTER, BEFORE
from iop_sessions.jobs.replan.propose import Proposal, plans_after
from iop_sessions.jobs.replan.request import ReplanRequest
from iop_sessions.judge.pricing import price
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Change, differences, read_changes, words_of
from iop_sessions.plans.plan import Session, Sheet
from iop_sessions.plans.store import Kept

HAPPENED: Final = ("held", "partly", "not held")
"""The states of a session whose day has come: what happened is not taken back."""
_BACK, _AGAIN = "taken back", "holds again"


@dataclass(frozen=True)
class Way:
    """A plan before a change and after it, and as it stands now."""

    before: Kept
    after: Kept
    now: Kept

    @cached_property
    def touched(self) -> frozenset[str]:
        """Return the ids of the sessions that the change made, took out or changed."""
        old, new = _by_id(self.before), _by_id(self.after)
        return frozenset(name for name in old | new if old.get(name) != new.get(name))

    @cached_property
    def happened(self) -> tuple[str, ...]:
        """List the changed sessions that were marked since; they stay as they are."""
        return tuple(name for name in self._edited if _by_id(self.now)[name].state in HAPPENED)

    @cached_property
    def by_hand(self) -> tuple[str, ...]:
        """List the changed sessions that a person edited since; what they wrote stays."""
        return tuple(name for name in self._edited if name not in self.happened)

    @cached_property
    def _edited(self) -> tuple[str, ...]:
        left = _by_id(self.after)
        rows = (each for each in self.now.plan.sessions if each.session_id in self.touched)
        return tuple(each.session_id for each in rows if each != left.get(each.session_id))

    @cached_property
    def rows(self) -> tuple[Session, ...]:
        """Return the sessions without the change."""
        return tuple(sorted(self._rows(), key=lambda each: each.order))

    def _rows(self) -> Iterator[Session]:
        old, left, new = _by_id(self.before), _by_id(self.after), _by_id(self.now)
        for name in old | new:
            row = new.get(name)
            if name in self.touched and name not in self.happened:
                row = _without(old.get(name), left.get(name), row)
            if row is not None:
                yield row

    @property
    def sheet(self) -> Sheet:
        """Return the sheet as it was before, with the fingerprints that the rows bear."""
        now, old = dict(self.now.plan.sheet.rows), dict(self.before.plan.sheet.rows)
        known = {
            each.session_id: (now if each == _by_id(self.now).get(each.session_id) else old).get(
                each.session_id, ""
            )
            for each in self.rows
        }
        gone = {
            name: digest for name, digest in old.items() if name not in known and name not in self.touched
        }
        return replace(self.before.plan.sheet, rows=tuple((known | gone).items()))


def _by_id(kept: Kept) -> dict[str, Session]:
    return {each.session_id: each for each in kept.plan.sessions}


def _without(old: Session | None, left: Session | None, now: Session | None) -> Session | None:
    """Return a row without its change; a cell that a person filled since stays as they filled it."""
    if now is None or left is None:
        return old if left is None and now is None else now
    if now == left or old is None:
        return old if now == left else now
    cells = {name: getattr(now, name) for name in columns_of(Session)}
    since = {name: cell for name, cell in cells.items() if cell != getattr(left, name)}
    return old.model_copy(update=since)


@dataclass(frozen=True)
class Undoing(Proposal):
    """A plan with its last change taken back, beside the plan as it is."""

    way: Way
    log: tuple[Change, ...]  # the rows that logged the change, as far as they are there

    @property
    def changes(self) -> list[Change]:
        """Return the rows of the log, each with why the first change was made."""
        return [each.model_copy(update={"reason": self._why(each)}) for each in super().changes]

    def _why(self, each: Change) -> str:
        """Say that a change is taken back, or that one that was taken back holds again."""
        reason = next((one.reason for one in self.log if _answers(one, each)), self.reason)
        head = _AGAIN if reason.startswith(_BACK) else _BACK
        rest = reason.removeprefix(_BACK).removeprefix(_AGAIN).removeprefix(": ")
        return f"{head}: {rest}" if rest else head

    @property
    def reason(self) -> str:
        """Return why the change that is taken back was made; empty where nobody said."""
        return next((each.reason for each in self.log if each.reason), "")

    @property
    def gone_by(self) -> tuple[str, ...]:
        """List the sessions of days gone by that are as they were planned before."""
        rows = (each.session for each in self.found if each.session.date < self.request.made_on)
        return tuple(dict.fromkeys(each.session_id for each in rows))


def _answers(one: Change, other: Change) -> bool:
    """Say whether one row of the log takes back another."""
    return (one.session_id, one.what, one.before, one.after) == (
        other.session_id, _OPPOSITE.get(other.what, other.what), other.after, other.before,
    )  # fmt: skip


_OPPOSITE: Final = {"takes place": "cancelled", "cancelled": "takes place", "added": "gone", "gone": "added"}


def undo(workspace: Workspace, name: str, made_on: date, who: str = "", tell: Tell = be_silent) -> Undoing:
    """Propose a plan without its last change; accepting it is what writes it.

    Parameters
    ----------
    made_on
        The day on which the user asks.
    who
        Who decided: a code or a role, never a name.

    Raises
    ------
    UsageError
        If there is no change to take back, or the plan was made anew since.
    """
    opened = open_whole(workspace, name, tell)
    kept, curriculum = opened.kept, opened.case.curriculum
    store.refuse_published(kept.name)
    refuse_who(who, kept.program)
    way = Way(*_sides(workspace, kept), kept)
    _require_something(way)
    plan = replace(kept.plan, sheet=way.sheet, sessions=way.rows)
    case = _worth(Case(curriculum, way.before.program, plan), way.before)
    found = tuple(differences(kept.plan.sessions, plan.sessions))
    request = ReplanRequest(kept.name, made_on, who=who)
    return Undoing(
        request, kept, case, kept.plan, found, None,
        way=way, log=_log_of(way, curriculum), later=tuple(plans_after(workspace, kept, tell)),
    )  # fmt: skip


def _log_of(way: Way, curriculum: Curriculum) -> tuple[Change, ...]:
    """Find the rows of the log that say what the last change changed, the latest first."""
    found = differences(way.before.plan.sessions, way.after.plan.sessions)
    told = {(one.session.session_id, one.what, words_of(curriculum, one.before, one.what)) for one in found}
    log = [each for each in read_changes(way.now.folder) if (each.session_id, each.what, each.before) in told]
    latest = max((each.made_on for each in log), default=date.min)
    return tuple(each for each in reversed(log) if each.made_on == latest)


def _sides(workspace: Workspace, kept: Kept) -> tuple[Kept, Kept]:
    """Read the plan as it was before its last change and after it.

    Raises
    ------
    UsageError
        If nothing was changed yet, or the plan was made anew since.
    """
    folders = [kept.folder / BEFORE, kept.folder / AFTER]
    if not all((folder / PLAN_FILE).is_file() for folder in folders):
        raise UsageError(
            f"plans/{kept.name} was not changed since it was made — there is nothing to take back"
        )
    before, after = (store.read(workspace.find_plan(str(folder))) for folder in folders)
    if _made_of(after.plan.sheet) != _made_of(kept.plan.sheet):
        raise UsageError(
            f"plans/{kept.name} was made anew since its last change — there is nothing to take back; "
            "what a new plan replaced lies in its folder 'replaced'"
        )
    return before, after


def _require_something(way: Way) -> None:
    """Raise where all that the last change did was marked or edited since."""
    same_surprises = way.before.plan.sheet.surprises == way.now.plan.sheet.surprises
    if same_surprises and way.rows == tuple(sorted(way.now.plan.sessions, key=lambda each: each.order)):
        named = ", ".join((*way.happened, *way.by_hand))
        since = f"; marked or edited since: {named}" if named else ""
        raise UsageError(f"plans/{way.now.name}: nothing of its last change is left to take back{since}")


def _made_of(sheet: Sheet) -> tuple[object, ...]:
    """Return what a plan was made of; marking what was held changes none of it."""
    return (sheet.program, sheet.start, sheet.weeks, sheet.after, dict(sheet.digests), sheet.surprises)


def _worth(case: Case, before: Kept) -> Case:
    """Return the case with what its plan costs; it is proved what it was only where it is as it was."""
    plan, cost = case.plan, price(case).total
    if plan.sessions == before.plan.sessions or cost == plan.sheet.cost:
        return case
    sheet = replace(plan.sheet, status="changed", cost=cost, bound=min(plan.sheet.bound, cost))
    return case.with_plan(replace(plan, sheet=sheet))
