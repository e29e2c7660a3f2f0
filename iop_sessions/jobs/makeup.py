"""Add a make-up group: for those who missed a group, at a time of its own, outside all rules of order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from iop_sessions.ground.errors import NotFound, Problem, UsageError
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.persons import refuse_who
from iop_sessions.jobs.putting_back import open_whole
from iop_sessions.jobs.read import Tell, be_silent
from iop_sessions.jobs.replan.propose import Proposal
from iop_sessions.jobs.replan.request import ReplanRequest
from iop_sessions.judge.pricing import price
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Change, differences
from iop_sessions.plans.plan import Plan, Session, row_digest
from iop_sessions.program.settings import MAKE_UP

_DAY: Final = 24 * 60


@dataclass(frozen=True)
class MakeUpRequest:
    """What a person wants: when, and which group it is to make up for."""

    plan: str
    made_on: date
    day: date
    start: time
    missed: str  # a session, or the topic of one
    minutes: int | None = None  # None = as long as the group that was missed
    lead: tuple[str, ...] = ()  # none = who led that
    room: str = ""  # none = where that met
    who: str = ""  # who decided: a code or a role, never a name


@dataclass(frozen=True)
class MakingUp(Proposal):
    """A plan with a make-up group, beside the plan as it is."""

    missed: Session
    added: Session

    @property
    def changes(self) -> list[Change]:
        """Return the rows of the log, which say what is made up for."""
        return [each.model_copy(update={"reason": reason_of(self.missed)}) for each in super().changes]

    @property
    def is_for_all(self) -> bool:
        """Say whether everybody missed the group, for it fell out."""
        return not self.missed.takes_place


def reason_of(missed: Session) -> str:
    """Say for which group one makes up."""
    return f"makes up for {ENGLISH.moment(missed.date, missed.start)}"


def make_up(workspace: Workspace, wanted: MakeUpRequest, tell: Tell = be_silent) -> MakingUp:
    """Propose a make-up group; accepting it is what writes the plan.

    Raises
    ------
    ProblemsFound
        If rows of the plan cannot be read or are gone.
    UsageError
        If the group that was missed cannot be told, was not missed yet, or the new one cannot be where and
        when it is wanted: with all that stands against it.
    """
    opened = open_whole(workspace, wanted.plan, tell)
    kept, curriculum = opened.kept, opened.case.curriculum
    store.refuse_published(kept.name)
    refuse_who(wanted.who, kept.program)
    missed = _missed(kept.plan, wanted)
    added = _row(kept.plan, missed, wanted)
    sheet = kept.plan.sheet
    rows = tuple(sorted((*kept.plan.sessions, added), key=lambda each: each.order))
    sheet = replace(sheet, rows=(*sheet.rows, (added.session_id, row_digest(added))))
    case = _worth(Case(curriculum, kept.program, replace(kept.plan, sheet=sheet, sessions=rows)))
    request = ReplanRequest(kept.name, wanted.made_on, who=wanted.who)
    found = tuple(differences(kept.plan.sessions, rows))
    made = MakingUp(request, kept, case, kept.plan, found, None, missed=missed, added=added)
    if made.problems:
        raise UsageError("\n".join(_refusal(each) for each in made.problems))
    return made


def _refusal(problem: Problem) -> str:
    remedy = problem.remedy
    for end in (", or write why under reason", "; else write why under reason"):
        remedy = remedy.removesuffix(end)
    return f"{problem.message} — {remedy}"


def _missed(plan: Plan, wanted: MakeUpRequest) -> Session:
    """Find the group that was missed: by its id, or the last one before the day that had a topic."""
    groups = {each.session_id: each for each in plan.lived if not each.is_make_up}
    found = groups.get(wanted.missed) or _last_of_topic(groups.values(), wanted)
    if found is None:
        topics = {each.topic_id for each in groups.values() if each.topic_id}
        raise NotFound("session or topic", wanted.missed, {*groups, *topics})
    if not found.topic_id:
        raise UsageError(f"{found.session_id} has no topic — nothing of it can be made up for")
    if found.takes_place and found.date > wanted.made_on:
        raise UsageError(
            f"{found.session_id} has not come yet — a group is made up for once somebody missed it, "
            "or once it is cancelled"
        )
    return found


def _last_of_topic(groups: Iterable[Session], wanted: MakeUpRequest) -> Session | None:
    """Find the last group before the new one that had a topic.

    Raises
    ------
    UsageError
        If several tracks had it on that day.
    """
    earlier = [
        each
        for each in groups
        if each.topic_id == wanted.missed and (each.date, each.start) < (wanted.day, wanted.start)
    ]
    last = max((each.date for each in earlier), default=None)
    of_day = [each for each in earlier if each.date == last]
    if len(of_day) > 1:
        names = ", ".join(each.session_id for each in of_day)
        raise UsageError(
            f"{wanted.missed} was in several groups on {last} — name the one that was missed: {names}"
        )
    return of_day[0] if of_day else None


def _row(plan: Plan, missed: Session, wanted: MakeUpRequest) -> Session:
    """Make the row of the new group."""
    sheet = plan.sheet
    if not sheet.start <= wanted.day < sheet.end:
        last = date.fromordinal(sheet.end.toordinal() - 1)
        raise UsageError(f"{wanted.day} lies outside the plan, which covers {sheet.start} to {last}")
    name = f"{wanted.day}-make-up-{wanted.start:%H%M}"
    taken = {each.session_id for each in plan.sessions}
    others = (f"{name}-{number}" for number in range(2, 100))
    minutes = wanted.minutes or missed.planned_minutes
    end = wanted.start.hour * 60 + wanted.start.minute + minutes
    if end >= _DAY:
        begin = ENGLISH.clock(wanted.start)
        raise UsageError(f"a group of {minutes} minutes from {begin} on would end on the next day")
    return missed.model_copy(
        update={
            "session_id": name if name not in taken else next(each for each in others if each not in taken),
            "slot_id": missed.session_id, "kind": MAKE_UP, "state": "planned", "held_minutes": 0,
            "date": wanted.day, "start": wanted.start, "end": dt.time(end // 60, end % 60),
            "week": (wanted.day - sheet.start).days // 7 + 1, "pinned": False, "reason": "", "note": "",
            "facilitators": wanted.lead or missed.facilitators, "room": wanted.room or missed.room,
        }
    )  # fmt: skip


def _worth(case: Case) -> Case:
    """Return the case with what its plan costs; one with another cost is proved nothing."""
    plan, cost = case.plan, price(case).total
    if cost == plan.sheet.cost:
        return case
    sheet = replace(plan.sheet, status="changed", cost=cost, bound=min(plan.sheet.bound, cost))
    return case.with_plan(replace(plan, sheet=sheet))
