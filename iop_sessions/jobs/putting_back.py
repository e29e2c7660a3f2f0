"""Put rows back into a plan that are gone from it, each as its fingerprint proves that it stood there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Problem, ProblemsFound
from iop_sessions.ground.workspace import PLAN_FILE, REPLACED, VERSIONS, Workspace
from iop_sessions.jobs.read import Tell, be_silent, fault_lines, is_gone, listed, read_plan
from iop_sessions.plans import store
from iop_sessions.plans.plan import Session, read_sessions, row_digest
from iop_sessions.plans.store import Opened
from iop_sessions.program.calendar import Meeting, meetings


def open_whole(workspace: Workspace, name: str, tell: Tell = be_silent) -> Opened:
    """Open a plan that is to be written anew, with its texts, and tell what else is wrong with its rows.

    Raises
    ------
    ProblemsFound
        If rows cannot be read or are gone: who writes the plan would lose them.
    """
    opened = read_plan(workspace, name)
    for line in fault_lines([each for each in opened.problems if each not in _lost(opened)]):
        tell(line)
    require_whole(opened)
    return opened


def require_whole(opened: Opened) -> None:
    """Raise when rows of a plan cannot be read or are gone: who writes it would lose them.

    Raises
    ------
    ProblemsFound
        With each of them.
    """
    if lost := _lost(opened):
        raise ProblemsFound(lost)


def _lost(opened: Opened) -> tuple[Problem, ...]:
    return (*opened.kept.faults, *_gone(opened))


def _gone(opened: Opened) -> list[Problem]:
    """List the rows that the plan was made with and that are not there; another meeting never had one."""
    known = dict(opened.kept.plan.sheet.rows)
    return [each for each in opened.problems if is_gone(each) and each.place.column in known]


def put_back(workspace: Workspace, name: str, tell: Tell = be_silent) -> tuple[Session, ...]:
    """Put the rows back into a plan that are gone from it, where a copy or the program's calendar has them.

    Only a row with the fingerprint that stands in plan.toml is put back, so each is as it was. A copy of the
    plan as it stood is kept.

    Raises
    ------
    ProblemsFound
        If a row can be found nowhere: with each that is gone, and nothing is written.
    """
    opened = read_plan(workspace, name, documents=False)
    gone = [each.place.column for each in _gone(opened)]
    if not gone:
        return ()
    if opened.kept.faults:
        require_whole(opened)
    found = {each.session_id: each for each in _rows_of(opened, gone)}
    if len(found) < len(gone):
        require_whole(opened)
    kept = opened.kept
    rows = tuple(sorted((*kept.plan.sessions, *found.values()), key=lambda each: each.order))
    store.write_plan(workspace, kept.name, replace(kept.plan, sessions=rows), replace_old=True)
    count = counted(len(gone), "row that was", "rows that were")
    tell(f"Put back into plans/{kept.name}/{PLAN_FILE} {count} gone: {listed(gone)}.")
    return tuple(found.values())


def _rows_of(opened: Opened, gone: list[str]) -> Iterator[Session]:
    """Yield the rows that are gone, each once, as far as their fingerprints prove them."""
    kept = opened.kept
    known = {name: digest for name, digest in kept.plan.sheet.rows if name in gone}
    for row in _copies(opened):
        if known.get(row.session_id) == row_digest(row):
            del known[row.session_id]
            yield row
    calendar = meetings(kept.program, kept.plan.sheet.start, kept.plan.sheet.weeks)
    for meeting in (each for each in calendar if each.meeting_id in known):
        guesses = (each for each in _guesses(opened, meeting) if row_digest(each) == known[each.session_id])
        yield from islice(guesses, 1)


def _copies(opened: Opened) -> Iterator[Session]:
    """Yield the rows of every copy of a plan: what replanning replaced, what was published."""
    folder, start = opened.kept.folder, opened.kept.plan.sheet.start
    for kind in (REPLACED, VERSIONS):
        for path in sorted(folder.glob(f"{kind}/*/{PLAN_FILE}")):
            yield from read_sessions(path, path.name, start)[0]


def _guesses(opened: Opened, meeting: Meeting) -> Iterator[Session]:
    """Yield what the row of a meeting may have said: each topic of its type, leaders and rooms of others."""
    from iop_sessions.planning.search import session

    bare = session(meeting, "")
    alike = [each for each in opened.kept.plan.sessions if each.group_type == bare.group_type]
    topics = [each.topic_id for each in opened.case.curriculum.topics if each.group_type == bare.group_type]
    leaders = dict.fromkeys((bare.facilitators, *(each.facilitators for each in alike)))
    rooms = dict.fromkeys((bare.room, *(each.room for each in alike)))
    columns = ("room", "facilitators", "topic_id", "state")
    for values in product(rooms, leaders, (*topics, ""), ("planned", "held")):
        yield bare.model_copy(update=dict(zip(columns, values, strict=True)))
