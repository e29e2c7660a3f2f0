"""Work out what a plan becomes after a surprise, without writing anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from iop_sessions import judge
from iop_sessions.coverage import covering
from iop_sessions.coverage.covering import Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import IopError, Problem, errors_of
from iop_sessions.ground.workspace import PLAN_FILE, Workspace
from iop_sessions.jobs.putting_back import open_whole
from iop_sessions.jobs.read import Tell, be_silent
from iop_sessions.jobs.replan.fallout import Fallout, with_new_rows
from iop_sessions.jobs.replan.request import ReplanRequest, require_sense, with_nobody_named
from iop_sessions.judge.pricing import price
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Change, Difference, Fate, change, differences, fates
from iop_sessions.plans.plan import Plan, Session, Sheet, row_digest
from iop_sessions.plans.store import Kept
from iop_sessions.program.journeys import journeys
from iop_sessions.program.surprises import REASONS, Surprise, with_surprises

if TYPE_CHECKING:
    from iop_sessions.planning.staff.rota import Rota
    from iop_sessions.planning.task import Task


def slid(
    curriculum: Curriculum, rows: Sequence[Session], lost: Collection[str], standing: Collection[str]
) -> list[Session]:
    """Return the rows with their topics slid along the meetings of each type and track.

    Parameters
    ----------
    rows
        The sessions as they are now, some of them cancelled.
    lost
        Ids of the sessions that fell out just now; their topics come next.
    standing
        Ids of the sessions whose topic does not change.
    """
    lines: dict[tuple[str, str], list[Session]] = {}
    for row in sorted(rows, key=lambda each: each.order):
        if row.kind == "group" and curriculum.needs_topic(row.group_type):
            lines.setdefault((row.group_type, row.track), []).append(row)
    topics: dict[str, str] = {}
    for line in lines.values():
        topics |= _slid(curriculum, line, lost, standing)
    return [row.model_copy(update={"topic_id": topics.get(row.session_id, row.topic_id)}) for row in rows]


def _slid(
    curriculum: Curriculum, line: Iterable[Session], lost: Collection[str], standing: Collection[str]
) -> dict[str, str]:
    """Return the new topics of one line of meetings; what is left at its end falls out."""
    waiting: list[str] = []
    found: dict[str, str] = {}
    for row in line:
        if row.session_id in lost:
            waiting.append(row.topic_id)
        elif row.takes_place and row.session_id not in standing and waiting:
            waiting.append(row.topic_id)
            fitting = (each for each in waiting if _fits(curriculum, each, row))
            found[row.session_id] = next(fitting, row.topic_id)
            waiting.remove(found[row.session_id])
    return found


def _fits(curriculum: Curriculum, topic_id: str, row: Session) -> bool:
    topic = curriculum.topic_by_id.get(topic_id)
    return topic is not None and row.planned_minutes in topic.lengths


STAFF: Final = frozenset({"leader", "co-leader", "room"})
"""The kinds of shortfalls that are about leaders and rooms."""


def staffed(
    curriculum: Curriculum, fallout: Fallout, sheet: Sheet, rows: Sequence[Session]
) -> tuple[Sheet, tuple[Session, ...]]:
    """Return the rows with new leaders and rooms where they lost theirs, and the sheet that names gaps."""
    free = {each.session_id for each in rows if any(_hits(each, one) for one in fallout.request.surprises)}
    if not free:
        return sheet, tuple(rows)
    found = _rota(curriculum, fallout, [_without(each, fallout) for each in rows], free)
    others = tuple(each for each in sheet.shortfalls if each.kind not in STAFF)
    plan = Plan(sheet, found.sessions, fallout.kept.plan.history)
    cost = price(Case(curriculum, fallout.program, plan)).total
    bound = min(sheet.bound, cost)
    made = replace(sheet, status="changed", cost=cost, bound=bound, shortfalls=(*others, *found.shortfalls))
    return made, found.sessions


def _hits(row: Session, surprise: Surprise) -> bool:
    """Say whether a surprise takes a leader or the room from a session that is still to come."""
    if row.state != "planned" or row.date not in surprise.span:
        return False
    if surprise.kind == "absent":
        return surprise.subject in row.facilitators
    return surprise.kind == "room" and surprise.subject in row.rooms


def _without(row: Session, fallout: Fallout) -> Session:
    """Take who is away, and a lost room, from a session of no slot: the rota knows nothing of it.

    A person added it, and a person finds another leader.
    """
    if row.slot_id in {slot.id for slot in fallout.program.slots}:
        return row
    lost = {each.subject for each in fallout.request.surprises if _hits(row, each)}
    leaders = tuple(each for each in row.facilitators if each not in lost)
    rooms = "; ".join(each for each in row.rooms if each not in lost)
    return row.model_copy(update={"facilitators": leaders, "room": rooms}) if lost else row


def _rota(curriculum: Curriculum, fallout: Fallout, rows: Sequence[Session], free: set[str]) -> Rota:
    from iop_sessions.planning.staff.rota import rota
    from iop_sessions.planning.task import Task

    kept = fallout.kept.plan
    task = Task(
        curriculum, fallout.program, kept.sheet.start, kept.sheet.weeks, kept.history, tuple(rows),
        surprises=fallout.surprises,
    )  # fmt: skip
    standing = {each.session_id for each in rows} - free
    return rota(task, rows, standing, {each.session_id: each for each in kept.sessions})


@dataclass(frozen=True)
class Proposal:
    """A plan as it would be, beside the plan as it is."""

    request: ReplanRequest
    kept: Kept  # as it is
    case: Case  # as it would be
    untouched: Plan  # as it would be if no topic moved
    found: tuple[Difference, ...]
    fewest: bool | None  # whether fewer changes are proved impossible; None where nothing was searched
    later: tuple[Kept, ...] = field(default=(), kw_only=True)  # the plans that continue it, the next first

    @cached_property
    def before(self) -> Case:
        """Return the plan as it is, with its program."""
        return replace(self.case, program=self.kept.program, plan=self.kept.plan)

    @property
    def fates(self) -> list[Fate]:
        """Return what became of each topic that lost a meeting."""
        return fates(self.found)

    @property
    def weeks(self) -> list[int]:
        """Return the weeks whose agenda is to be printed again."""
        return sorted({self.case.plan.week_of(each.session) for each in self.found})

    @property
    def changes(self) -> list[Change]:
        """Return the rows of the log."""
        request = self.request
        return [
            change(self.case.curriculum, each, request.made_on, _why(request, each), request.who)
            for each in self.found
        ]

    @cached_property
    def problems(self) -> list[Problem]:
        """List the rules of planning that the plan would break and does not break as it is."""
        return self.newly_broken(self.case.plan)

    def newly_broken(self, plan: Plan) -> list[Problem]:
        """List the rules of planning that a plan would break and the plan as it is does not."""
        old = _errors(self.before)
        return [each for each in _errors(self.case.with_plan(plan)) if each not in old]

    def newly_missed(self, plan: Plan) -> list[Missed]:
        """List what newcomers would miss by a plan that they do not miss now, in all plans that follow."""
        now = self._missed(self.case.with_plan(plan))
        return [each for promise, each in now.items() if promise not in self._missed_before]

    @cached_property
    def _missed_before(self) -> dict[tuple[str, str, date], Missed]:
        return self._missed(self.before)

    def _missed(self, case: Case) -> dict[tuple[str, str, date], Missed]:
        """Map each promise that is missed to the last plan that says so, which knows every start date."""
        found: dict[tuple[str, str, date], Missed] = {}
        for each in (cover for one in self._in_line(case) for cover in covering.cover_all(one, fallen=True)):
            for answer in each.answers:
                if answer.state == "missed":
                    promise = (each.journey.name, answer.objective_id, answer.start)
                    found[promise] = each, answer
        return found

    def _in_line(self, case: Case) -> Iterator[Case]:
        """Yield a plan, and those that continue it as they are with it before them."""
        yield case
        past = case.plan.own.lived
        for each in self.later:
            before = tuple(row for row in past if row.date < each.plan.sheet.start)
            yield replace(case, program=each.program, plan=replace(each.plan, history=before))
            past = (*before, *each.plan.own.sessions)

    @cached_property
    def fallen_starts(self) -> list[date]:
        """List the days on which people were to start, and no group for newcomers meets any more."""
        now, before = (
            {
                day
                for way in journeys(case.program)
                for day in covering.fallen_starts(case.program, case.plan.own, way)
            }
            for case in (self.case, self.before)
        )
        return sorted(now - before)

    @cached_property
    def to_plan_anew(self) -> list[str]:
        """Name the plans after it that may keep a promise that is missed now, or that break a rule by it."""
        last = max((answer.due for _, answer in self.newly_missed(self.case.plan)), default=date.min)
        broken = self.broken_later
        return [each.name for each in self.later if last > each.plan.sheet.start or broken[each.name]]

    @cached_property
    def broken_later(self) -> dict[str, list[Problem]]:
        """Map each plan after it to the rules of planning that it breaks by the change."""
        before, after = self._in_line(self.before), self._in_line(self.case)
        pairs = [*zip(before, after, strict=True)][1:]
        return {
            each.name: [new for new in _errors(now) if new not in old and new.place.column != "cost"]
            for each, (was, now) in zip(self.later, pairs, strict=True)
            for old in (_errors(was),)
        }


Missed = tuple[Coverage, covering.Answer]
"""A promise that is missed, beside all that is promised to those who go the same way."""


def _errors(case: Case) -> list[Problem]:
    """List the rules that a plan breaks; what its sheet says it costs is none."""
    found = errors_of(judge.judge(case).problems)
    return [each for each in found if each.place.file == PLAN_FILE]


def _why(request: ReplanRequest, each: Difference) -> str:
    """Say why a session changes: of several things that happened, those that change such a thing."""
    if each.what == "topic" and each.session.session_id in dict(request.puts):
        return PUT
    kind = {"leader": "absent", "room": "room"}.get(each.what)
    here = [
        one.words
        for one in request.surprises
        if (one.kind == kind and each.session.date in one.span if kind else one.moves_topics)
    ]
    if request.cancels and not kind:
        here.append(request.reason or REASONS["cancelled"])
    every = [one.words for one in request.surprises]
    return "; ".join(dict.fromkeys(here or every)) or _asked_for(request)


PUT: Final = "put there by hand"


def _asked_for(request: ReplanRequest) -> str:
    if request.bump:
        return "moved on to the next group of its kind"
    return PUT if request.puts else "planned anew"


def propose(workspace: Workspace, request: ReplanRequest, tell: Tell = be_silent) -> Proposal:
    """Propose a changed plan.

    Raises
    ------
    UsageError
        If the request names what is not there, or takes out what was held.
    ProblemsFound
        If rows of the plan cannot be read or are gone.
    Clash
        If no plan holds every hard rule.
    """
    opened = open_whole(workspace, request.plan, tell)
    later = tuple(plans_after(workspace, opened.kept, tell))
    return propose_for(opened.case.curriculum, opened.kept, request, tell, later=later)


def plans_after(workspace: Workspace, kept: Kept, tell: Tell) -> Iterator[Kept]:
    """Read the plans that continue one, up to the first that cannot be read."""
    for name in kept.continued_by:
        try:
            yield store.read(workspace.find_plan(name))
        except IopError:
            tell(f"What plans/{name} loses by this is not known, for it cannot be read: verify {name}")
            return


def propose_for(
    curriculum: Curriculum,
    kept: Kept,
    request: ReplanRequest,
    tell: Tell = be_silent,
    *,
    later: tuple[Kept, ...] = (),
) -> Proposal:
    """Propose a change of a plan that was read already.

    Parameters
    ----------
    later
        The plans that continue it, the next first: what they promise is judged with it.
    """
    require_sense(request, curriculum, kept)
    request = with_nobody_named(request, curriculum, kept)
    program = with_surprises(kept.program, request.surprises)
    fallout = Fallout(kept, program, request)
    plan, fewest = _Making(curriculum, fallout, tell).plan()
    untouched = replace(kept.plan, sessions=fallout.rows)
    found = tuple(differences(kept.plan.sessions, plan.sessions))
    case = Case(curriculum, program, plan, as_of=request.made_on)
    return Proposal(request, kept, case, untouched, found, fewest, later=later)


@dataclass(frozen=True)
class _Making:
    """The making of the new plan from the rows that still stand."""

    curriculum: Curriculum
    fallout: Fallout
    tell: Tell

    @property
    def request(self) -> ReplanRequest:
        """Return what is asked for."""
        return self.fallout.request

    def plan(self) -> tuple[Plan, bool | None]:
        """Return the plan, and whether its changes are proved the fewest."""
        fallout, request = self.fallout, self.request
        if request.bump:
            rows = slid(self.curriculum, fallout.rows, fallout.lost, fallout.standing.keys())
            return self._solved(rows, every=True)
        if fallout.moves_topics or request.puts or fallout.lost:
            return self._solved(fallout.rows, every=not fallout.moves_topics)
        sheet, staff = staffed(self.curriculum, fallout, fallout.kept.plan.sheet, fallout.rows)
        return self._written(sheet, staff), None

    def _solved(self, rows: Sequence[Session], *, every: bool) -> tuple[Plan, bool | None]:
        """Search for the plan; where every row stands, only its cost and what it lacks are found."""
        from iop_sessions.pages.wording import clashes_in_words
        from iop_sessions.planning.replanning import replan

        standing = tuple(rows) if every else tuple(self.fallout.standing.values())
        task = self._task(standing, rows, every=every)
        tell = be_silent if every else self.tell
        with clashes_in_words(self.curriculum):
            found = replan(task, rows, tell, promises_first=not self.request.fewest)
        chosen = {each.session_id: each.topic_id for each in found.plan.sessions}
        fixed = {each.session_id for each in standing}
        new = [
            each
            if each.session_id in fixed
            else each.model_copy(update={"topic_id": chosen[each.session_id]})
            for each in rows
        ]
        made = with_new_rows(new, found.plan.sessions)
        sheet, rows = staffed(self.curriculum, self.fallout, self._worth(found.plan.sheet, made), made)
        return self._written(sheet, rows), None if every else found.fewest

    def _worth(self, found: Sheet, rows: tuple[Session, ...]) -> Sheet:
        """Return the sheet with what the plan costs and lacks now; a changed plan is not proved best."""
        kept = self.fallout.kept.plan
        case = Case(self.curriculum, self.fallout.program, replace(kept, sessions=rows))
        # of the rows as they stand: the search may have given rooms and leaders to rows that keep their own
        cost = price(case).total
        if (rows, cost) == (kept.sessions, kept.sheet.cost):
            return kept.sheet
        return replace(
            kept.sheet,
            status="changed",
            cost=cost,
            bound=min(found.bound, cost),
            shortfalls=found.shortfalls,
            versions=found.versions,
        )

    def _task(self, standing: tuple[Session, ...], rows: Iterable[Session], *, every: bool) -> Task:
        from iop_sessions.planning.search import session
        from iop_sessions.planning.task import Task

        kept = self.fallout.kept
        out = self.fallout.without_row if every else self.fallout.left_out
        absent = (session(each, "").model_copy(update={"state": "cancelled"}) for each in out)
        gone = tuple(each for each in rows if not each.takes_place)  # the judge sees these rows, none else
        sheet = kept.plan.sheet
        return Task(
            self.curriculum, self.fallout.program, sheet.start, sheet.weeks, kept.plan.history,
            standing=(*standing, *absent), cancelled=gone, surprises=self.fallout.surprises,
        )  # fmt: skip

    def _written(self, sheet: Sheet, rows: Iterable[Session]) -> Plan:
        """Return the plan with its rows, its surprises and the fingerprints that its rows bear.

        A row that a person changed or put stays known as changed by hand.
        """
        kept, sessions = self.fallout.kept, tuple(rows)
        by_hand = self.fallout.changed_by_hand | {session_id for session_id, _ in self.request.puts}
        digests = dict(sheet.rows)
        for each in sessions:
            if each.session_id not in by_hand:
                digests[each.session_id] = row_digest(each)
        made = replace(sheet, rows=tuple(digests.items()), surprises=self.fallout.surprises)
        return replace(kept.plan, sheet=made, sessions=sessions)


def by_promise(missed: Iterable[Missed]) -> dict[tuple[str, str], list[Missed]]:
    """Gather what is missed of the same objective by those who go the same way."""
    found: dict[tuple[str, str], list[Missed]] = {}
    for coverage, answer in missed:
        found.setdefault((coverage.journey.name, answer.objective_id), []).append((coverage, answer))
    return found


def topic_name(proposal: Proposal, fate: Fate) -> str:
    """Name a topic by its id and title."""
    topic = proposal.case.curriculum.topic_by_id.get(fate.topic_id)
    return f"{fate.topic_id} {topic.title}" if topic else fate.topic_id
