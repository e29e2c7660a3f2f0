"""Work out what a plan becomes after a surprise, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from iop_sessions import covering
from iop_sessions.calendars import meetings
from iop_sessions.changelog import Change, change
from iop_sessions.changes import Difference, Fate, differences, fates
from iop_sessions.covering import Coverage
from iop_sessions.curriculum import Curriculum
from iop_sessions.pipeline import Tell, be_silent, read_plan
from iop_sessions.planbook import Kept
from iop_sessions.plans import Plan, Session, row_digest
from iop_sessions.programs import Program
from iop_sessions.replans.request import ReplanRequest, require_sense
from iop_sessions.replans.sliding import slid
from iop_sessions.surprises import Surprise, with_surprises
from iop_sessions.workspace import Workspace

if TYPE_CHECKING:
    from iop_sessions.planning.board import Task


@dataclass(frozen=True)
class Proposal:
    """A plan as it would be, beside the plan as it is."""

    request: ReplanRequest
    curriculum: Curriculum
    kept: Kept  # as it is
    program: Program  # as it is after the surprise
    plan: Plan  # as it would be
    untouched: Plan  # as it would be if no topic moved
    found: tuple[Difference, ...]
    fewest: bool | None  # whether fewer changes are proved impossible; None where nothing was searched

    @property
    def fates(self) -> list[Fate]:
        """Return what became of each topic that lost a meeting."""
        return fates(self.found)

    @property
    def weeks(self) -> list[int]:
        """Return the weeks whose agenda is to be printed again."""
        return sorted({self.plan.week_of(each.session) for each in self.found})

    @property
    def changes(self) -> list[Change]:
        """Return the rows of the log."""
        request = self.request
        why = "; ".join(dict.fromkeys(each.words for each in request.surprises))
        return [
            change(self.curriculum, each, request.made_on, why or _asked_for(request), request.who)
            for each in self.found
        ]

    def newly_missed(self, plan: Plan) -> list[tuple[Coverage, covering.Answer]]:
        """List what newcomers would miss by a plan that they do not miss as the plan is."""
        old = {
            (each.journey.name, answer.objective_id, answer.start)
            for each in covering.cover_all(self.curriculum, self.kept.program, self.kept.plan)
            for answer in each.answers
            if answer.state == "missed"
        }
        return [
            (each, answer)
            for each in covering.cover_all(self.curriculum, self.program, plan)
            for answer in each.answers
            if answer.state == "missed" and (each.journey.name, answer.objective_id, answer.start) not in old
        ]


def _asked_for(request: ReplanRequest) -> str:
    if request.bump:
        return "moved on to the next group of its kind"
    return "put there by hand" if request.puts else "planned anew"


def propose(workspace: Workspace, request: ReplanRequest, tell: Tell = be_silent) -> Proposal:
    """Propose a changed plan.

    Raises
    ------
    UsageError
        If the request names what is not there, or closes a day that was held.
    Clash
        If no plan holds every hard rule.
    """
    curriculum, kept = read_plan(workspace, request.plan)
    require_sense(request, curriculum, kept)
    program = with_surprises(kept.program, request.surprises)
    rows = _after(kept, program, request)
    untouched = replace(kept.plan, sessions=tuple(rows))
    made = _Making(curriculum, kept, program, request, untouched, tell)
    plan, fewest = made.plan()
    found = tuple(differences(kept.plan.sessions, plan.sessions))
    return Proposal(request, curriculum, kept, program, plan, untouched, found, fewest)


def _after(kept: Kept, program: Program, request: ReplanRequest) -> list[Session]:
    """Return the rows with what fell out cancelled, and with what a person pinned and put."""
    sheet, puts = kept.plan.sheet, dict(request.puts)
    still = {each.meeting_id for each in meetings(program, sheet.start, sheet.weeks)}
    were = {each.meeting_id for each in meetings(kept.program, sheet.start, sheet.weeks)}
    rows = []
    for row in kept.plan.sessions:
        updates: dict[str, object] = {}
        if row.state == "planned" and row.session_id in were - still:
            updates |= {"state": "cancelled", "reason": _why(row, request.surprises)}
        if row.session_id in request.pins:
            updates["pinned"] = True
        if row.session_id in puts:
            updates["topic_id"] = puts[row.session_id]
        rows.append(row.model_copy(update=updates))
    return rows


def _why(row: Session, surprises: Iterable[Surprise]) -> str:
    """Return why a session falls out: the first surprise that is about its day."""
    return next(
        (each.words for each in reversed([*surprises]) if each.moves_topics and row.date in each.span), ""
    )


@dataclass(frozen=True)
class _Making:
    """The making of the new plan from the rows that still stand."""

    curriculum: Curriculum
    kept: Kept
    program: Program
    request: ReplanRequest
    untouched: Plan
    tell: Tell

    def plan(self) -> tuple[Plan, bool | None]:
        """Return the plan, and whether its changes are proved the fewest."""
        rows = self.untouched.sessions
        if self.request.bump:
            rows = tuple(slid(self.curriculum, rows, self._lost, self._standing.keys()))
        searched = self.request.moves_topics and not self.request.bump
        if not searched and not self.request.moves_topics and not self.request.puts:
            return self._written(self.untouched, rows), None
        return self._solved(rows, every=not searched)

    @property
    def _lost(self) -> set[str]:
        """Return the ids of the sessions that fall out now."""
        before = {each.session_id for each in self.kept.plan.sessions if each.takes_place}
        return {each.session_id for each in self.untouched.sessions if not each.takes_place} & before

    @property
    def _standing(self) -> Mapping[str, Session]:
        """Return the rows that do not change: held, pinned, put, changed by hand, or of days gone by."""
        known = dict(self.kept.plan.sheet.rows)
        edited = {
            each.session_id
            for each in self.kept.plan.sessions
            if known.get(each.session_id, "") != row_digest(each)
        }
        put = {session_id for session_id, _ in self.request.puts}
        return {
            each.session_id: each
            for each in self.untouched.sessions
            if each.state != "planned"
            or each.pinned
            or each.date < self.request.frozen_to
            or each.session_id in edited | put
        }

    def _solved(self, rows: Sequence[Session], *, every: bool) -> tuple[Plan, bool | None]:
        """Search for the plan; where every row stands, only its cost and what it lacks are found."""
        from iop_sessions.planning.replanning import replan

        standing = tuple(rows) if every else tuple(self._standing.values())
        sheet = self.kept.plan.sheet
        task = self._task(standing)
        found = replan(task, rows, self.tell, promises_first=not self.request.fewest)
        chosen = {each.session_id: each.topic_id for each in found.plan.sessions}
        fixed = {each.session_id for each in standing}
        new = [
            each
            if each.session_id in fixed
            else each.model_copy(update={"topic_id": chosen[each.session_id]})
            for each in rows
        ]
        worth = {
            name: getattr(found.plan.sheet, name)
            for name in ("status", "cost", "bound", "shortfalls", "versions")
        }
        plan = replace(self.untouched, sheet=replace(sheet, **worth))
        return self._written(plan, new), None if every else found.fewest

    def _task(self, standing: tuple[Session, ...]) -> Task:
        from iop_sessions.planning.board import Task

        sheet = self.kept.plan.sheet
        return Task(self.curriculum, self.program, sheet.start, sheet.weeks, self.kept.plan.history, standing)

    def _written(self, plan: Plan, rows: Iterable[Session]) -> Plan:
        """Return the plan with its rows, its surprises and the fingerprints that its rows bear."""
        sessions = tuple(rows)
        known, put = dict(plan.sheet.rows), {session_id for session_id, _ in self.request.puts}
        before = {each.session_id: each for each in self.kept.plan.sessions}
        digests = tuple(
            (each.session_id, known.get(each.session_id, ""))
            if each == before.get(each.session_id) or each.session_id in put
            else (each.session_id, row_digest(each))
            for each in sessions
        )
        surprises = (*plan.sheet.surprises, *self.request.surprises)
        return replace(plan, sheet=replace(plan.sheet, rows=digests, surprises=surprises), sessions=sessions)
