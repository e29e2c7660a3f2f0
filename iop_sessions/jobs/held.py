"""Mark what became of the groups of a day: held, partly, not held, with another topic; or take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from iop_sessions import judge
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import NotFound, ProblemsFound, UsageError, errors_of
from iop_sessions.ground.workspace import Workspace, is_when, read_when
from iop_sessions.jobs.read import Tell, be_silent, fault_lines, open_with, read_curriculum
from iop_sessions.judge.pricing import price
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.chain import require_own
from iop_sessions.plans.plan import Plan, Session, row_digest
from iop_sessions.plans.store import Kept, Opened

MARKS: Final = ("held", "partly", "not held")
"""What a group is marked as once its day has come; what was cancelled stays so."""


@dataclass(frozen=True)
class Marking:
    """What a person says of the groups of a day, or of one."""

    plan: str
    when: str  # today, yesterday, a date, or the one session it is about
    not_held: tuple[str, ...] = ()
    partly: tuple[tuple[str, int], ...] = ()  # session and the minutes that were held
    topics: tuple[tuple[str, str], ...] = ()  # session and the topic that was taught there
    undo: bool = False  # take back what was marked

    @property
    def named(self) -> tuple[str, ...]:
        """Return the sessions of which something is said."""
        return (*self.not_held, *(name for name, _ in self.partly), *(name for name, _ in self.topics))


@dataclass(frozen=True)
class Marked:
    """The sessions a marking is about, as they were and as they are now."""

    kept: Kept
    marking: Marking
    day: date
    before: tuple[Session, ...]
    after: tuple[Session, ...]

    def of(self, state: str) -> tuple[Session, ...]:
        """List the sessions that are in a state now."""
        return tuple(each for each in self.after if each.state == state)

    @property
    def freed(self) -> tuple[Session, ...]:
        """List the sessions whose marks were taken back."""
        pairs = zip(self.before, self.after, strict=True)
        return tuple(new for old, new in pairs if old.state in MARKS and new.state == "planned")


def mark_held(workspace: Workspace, marking: Marking, today: date, tell: Tell = be_silent) -> Marked:
    """Mark the planned sessions of a day as held, but for those that are named otherwise; or take it back.

    Raises
    ------
    ProblemsFound
        If rows cannot be read, or one that would be marked cannot be true.
    UsageError
        If the day has not come yet or holds no session, or what is said of a session cannot be true.
    NotFound
        If a session or a topic is named that is not there.
    """
    curriculum = read_curriculum(workspace, documents=False)
    opened = open_with(curriculum, store.read(workspace.find_plan(marking.plan)))
    kept = opened.kept
    store.refuse_published(kept.name)
    day, before = _asked(kept, marking, today)
    here = {each.session_id: each for each in before}
    _require_sense(marking, here)
    _require_topics(marking, curriculum, here)
    _require_true(opened, marking, before)
    for fault in fault_lines(opened.problems):
        tell(fault)
    after = tuple(_freed(each) if marking.undo else _marked(marking, each) for each in before)
    if after != before:
        plan = _with(kept.plan, marking, after)
        if marking.undo or marking.named:  # only then may the plan be worth another price
            plan = _priced(Case(curriculum, kept.program, plan))
        store.write_plan(workspace, kept.name, plan, replace_old=True, copy=False)
    return Marked(kept, marking, day, before, after)


def _require_true(opened: Opened, marking: Marking, before: Iterable[Session]) -> None:
    """Refuse to mark a row of which nobody can tell what was taught or when; who led it is only told."""
    lines = {each.place.line for each in before}
    faults = [
        each
        for each in errors_of(judge.faults_of_rows(opened.case))
        if each.place.line in lines and each.place.column not in {"session_id", "facilitators", "room"}
    ]
    if faults and not marking.undo:
        raise ProblemsFound(faults)


def _asked(kept: Kept, marking: Marking, today: date) -> tuple[date, tuple[Session, ...]]:
    """Find the sessions it is about: one that is named, or all of a day."""
    named = [each for each in kept.plan.sessions if each.session_id == marking.when]
    if not named and marking.when[:4].isdigit() and not is_when(marking.when):
        raise NotFound("session", marking.when, [each.session_id for each in kept.plan.sessions])
    day = named[0].date if named else read_when(marking.when, today)
    require_own(kept.plan, day)
    if day > today and not marking.undo:
        raise UsageError(f"{day} has not come yet — mark a group as held once it was held")
    found = tuple(named or (each for each in kept.plan.sessions if each.date == day))
    if not found:
        raise UsageError(f"plan {kept.name} has no session on {day}")
    return day, found


def _require_sense(marking: Marking, here: Mapping[str, Session]) -> None:
    """Refuse what contradicts itself, what is marked already, and what a cancelled group cannot have been."""
    if marking.undo and (marking.not_held or marking.partly or marking.topics):
        raise UsageError("--undo sets no mark — write it without --except, --partly and --topic")
    for name in marking.named:
        if name not in here:
            raise NotFound("session", name, here)
    said = [*marking.not_held, *(name for name, _ in marking.partly)]
    for name in said:
        if said.count(name) > 1:
            raise UsageError(f"{name} is named twice — it was held partly, or not at all")
        if here[name].state in MARKS and here[name] != _marked(marking, here[name]):
            raise UsageError(
                f"{name} is marked as {here[name].state} already — "
                f"take that back first: held {marking.plan} {name} --undo"
            )
    for name, minutes in marking.partly:
        _require_minutes(here[name], minutes)


def _require_minutes(session: Session, minutes: int) -> None:
    name, most = session.session_id, session.planned_minutes - 1
    if session.state == "cancelled":
        raise UsageError(f"{name} is cancelled — write its true state into plan.csv")
    if not 1 <= minutes <= most:
        raise UsageError(
            f"{name} is planned for {session.planned_minutes} minutes, and was held partly for {minutes} — "
            f"write 1 to {most}, or nothing where all of it was held"
        )


def _require_topics(marking: Marking, curriculum: Curriculum, here: Mapping[str, Session]) -> None:
    """Refuse a topic that is not there or of another group type, and a group in which nothing was taught."""
    for name, topic_id in marking.topics:
        session, topic = here[name], curriculum.topic_by_id.get(topic_id)
        if topic is None:
            raise NotFound("topic", topic_id, curriculum.topic_by_id)
        if topic.group_type != session.group_type:
            kind = session.group_type or session.kind
            raise UsageError(f"{topic_id} is a topic of {topic.group_type}, {name} is {kind}")
        if not _marked(marking, session).was_held:
            raise UsageError(f"{name} was not held — no topic was taught there")


def _marked(marking: Marking, session: Session) -> Session:
    """Return a session as it is marked now; what was marked or cancelled before stays, but for its topic."""
    name, partly, topics = session.session_id, dict(marking.partly), dict(marking.topics)
    values: dict[str, object] = {"topic_id": topics[name]} if name in topics else {}
    if session.state in ("planned", "partly") and name in partly:
        values |= {"state": "partly", "held_minutes": partly[name]}
    elif name in marking.not_held and session.state not in ("not held", "cancelled"):
        values |= {"state": "not held", "held_minutes": 0}
    elif session.state == "planned":
        values |= {"state": "held"}
    return session.model_copy(update=values)


def _freed(session: Session) -> Session:
    """Return a session as if nothing had been marked."""
    if session.state not in MARKS:
        return session
    return session.model_copy(update={"state": "planned", "held_minutes": 0})


def _with(plan: Plan, marking: Marking, after: Iterable[Session]) -> Plan:
    """Return the plan with its marked rows; a row that a person changed stays known as such.

    That another topic was taught is such a change.
    """
    new, taught = {each.session_id: each for each in after}, dict(marking.topics)
    known = dict(plan.sheet.rows)
    for each in plan.sessions:
        name = each.session_id
        if name in new and known.get(name) == row_digest(each) and name not in taught:
            known[name] = row_digest(new[name])
    # a row that is gone keeps its fingerprint, for it can be put back
    digests = tuple({**{each.session_id: "" for each in plan.sessions}, **known}.items())
    sessions = tuple(new.get(each.session_id, each) for each in plan.sessions)
    return replace(plan, sheet=replace(plan.sheet, rows=digests), sessions=sessions)


def _priced(case: Case) -> Plan:
    """Return the plan with what it costs now; one of which groups were not held is not proved the best."""
    plan, cost = case.plan, price(case).total
    if cost == plan.sheet.cost:
        return plan
    worth = replace(plan.sheet, status="changed", cost=cost, bound=min(plan.sheet.bound, cost))
    return replace(plan, sheet=worth)
