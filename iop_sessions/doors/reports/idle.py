"""Say why nothing changes by what was asked for: the day is closed already, or nobody meets on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_sessions.ground.dates import clock, short_day
from iop_sessions.jobs.replan.proposing import Proposal
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import closures
from iop_sessions.program.surprises import Surprise


def idle_lines(proposal: Proposal) -> list[str]:
    """Return a line for each thing that was asked for and changes no session."""
    return [f"  - {line}" for line in dict.fromkeys(_reasons(proposal))]


def _reasons(proposal: Proposal) -> Iterator[str]:
    request = proposal.request
    yield from (_why_idle(proposal, each) for each in request.surprises)
    yield from (f"{session_id} is cancelled already" for session_id in request.cancels)
    yield from (f"{session_id} holds {topic_id} already" for session_id, topic_id in request.puts)
    if request.again:
        yield "no change would keep more promises"


def _why_idle(proposal: Proposal, surprise: Surprise) -> str:
    days = _days(surprise)
    rows = proposal.kept.plan.sessions
    here = [each for each in rows if each.date in surprise.span and surprise.is_at(each.site)]
    if surprise.kind == "absent":
        return f"{surprise.subject} leads nothing {days} that is still to come"
    if surprise.kind == "room":
        return f"nothing that is still to come meets in {surprise.subject} {days}"
    if not any(each.takes_place for each in here):
        return _why_nobody_meets(proposal, surprise, here)
    moment = clock(surprise.clock) if surprise.clock else ""
    return f"no group {days} {'starts before' if surprise.kind == 'late' else 'ends after'} {moment}"


def _why_nobody_meets(proposal: Proposal, surprise: Surprise, here: Sequence[Session]) -> str:
    days = _days(surprise)
    if here:
        reasons = ", ".join(dict.fromkeys(each.reason for each in here if each.reason))
        return f"every group {days} is cancelled already" + (f" ({reasons})" if reasons else "")
    closed = closures(proposal.kept.program, surprise.first, surprise.last, surprise.subject)
    if surprise.first == surprise.last and surprise.first in closed:
        return f"the calendar has {short_day(surprise.first)} closed already ({closed[surprise.first].name})"
    return f"nothing meets {days}"


def _days(surprise: Surprise) -> str:
    site = f"at {surprise.subject} " if surprise.moves_topics and surprise.subject else ""
    if surprise.first == surprise.last:
        return f"{site}on {short_day(surprise.first)}"
    return f"{site}from {short_day(surprise.first)} to {short_day(surprise.last)}"
