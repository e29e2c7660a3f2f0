"""Word a proposal: what falls out, what moves, who must be told, and what newcomers lose by it."""

from __future__ import annotations

from typing import Any

from iop_sessions import findings
from iop_sessions.changes import Fate
from iop_sessions.dates import clock, hours, short_day
from iop_sessions.findings import Finding
from iop_sessions.plans import Plan, Session
from iop_sessions.replans.comparing import difference_line
from iop_sessions.replans.proposing import Proposal

Facts = dict[str, Any]


def proposal_lines(proposal: Proposal) -> list[str]:
    """Return a proposal as a person reads it."""
    pinned = _pinned_lines(proposal)
    if not proposal.found:
        return [f"Plan {proposal.kept.name}: {'no session' if pinned else 'nothing'} changes.", *pinned]
    return [
        _first_line(proposal),
        *(f"  - {difference_line(proposal.curriculum, each)}" for each in proposal.found),
        *_section("Moved:", moved_lines(proposal)),
        *_section("Fell out:", fell_out_lines(proposal)),
        *_section("Breaks a rule of planning:", broken_lines(proposal)),
        *pinned,
        *_promise_lines(proposal),
        *_hour_lines(proposal),
        _tell_line(proposal),
    ]


def _first_line(proposal: Proposal) -> str:
    cancelled = sum(each.what == "cancelled" for each in proposal.found)
    moved = sum(each.what == "topic" for each in proposal.found)
    led = sum(each.what == "leader" for each in proposal.found)
    other = "other" if cancelled else "session"
    pieces = [
        _count(cancelled, "session falls out", "sessions fall out"),
        _count(moved, f"{other} holds another topic", f"{other}s hold another topic"),
        _count(led, "has another leader", "have another leader"),
    ]
    proof = "; no plan that keeps as many promises changes fewer: proved" if proposal.fewest and moved else ""
    said = ", ".join(piece for piece in pieces if piece) or f"{len(proposal.found)} changes"
    return f"Plan {proposal.kept.name}: {said}{proof}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _when(session: Session) -> str:
    return f"{short_day(session.date)}, {clock(session.start)}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  - {each}" for each in lines)] if lines else []


def moved_lines(proposal: Proposal) -> list[str]:
    """Say of each topic that lost a meeting and has another one when that is."""
    return [
        f"{_name(proposal, each)}: from {_when(each.was)} to {_when(each.now)}"
        for each in proposal.fates
        if each.now is not None
    ]


def fell_out_lines(proposal: Proposal) -> list[str]:
    """Say of each topic that lost a meeting without another one when it comes next, if it does."""
    return [
        f"{_name(proposal, each)}, {_when(each.was)}; {_next(proposal.plan, each)}"
        for each in proposal.fates
        if each.now is None
    ]


def broken_lines(proposal: Proposal) -> list[str]:
    """Name the rules of planning that the plan breaks by the change."""
    return [f"{each.message} — {each.remedy}" for each in proposal.problems]


def _pinned_lines(proposal: Proposal) -> list[str]:
    pins = dict.fromkeys(proposal.request.pins)
    return [f"Pinned, so that no new plan moves it: {', '.join(pins)}."] if pins else []


def _name(proposal: Proposal, fate: Fate) -> str:
    topic = proposal.curriculum.topic_by_id.get(fate.topic_id)
    return f"{fate.topic_id} {topic.title}" if topic else fate.topic_id


def _next(plan: Plan, fate: Fate) -> str:
    """Say when people meet a topic next without anything having been moved for it."""
    later = (each for each in plan.sessions if each.takes_place and each.topic_id == fate.topic_id)
    following = sorted((each for each in later if each.order > fate.was.order), key=lambda each: each.order)
    return f"next on {_when(following[0])}" if following else "not again in this plan"


def _promise_lines(proposal: Proposal) -> list[str]:
    """Say what newcomers miss by the change, and what they would miss if no topic moved."""
    lines = _missed_lines(proposal, proposal.plan) or ["Nothing that was promised is missed by it."]
    reasons = _why_topics_move(proposal) if any(each.what == "topic" for each in proposal.found) else []
    return lines + ([f"If no topic moved, {' and '.join(reasons)}."] if reasons else [])


def _why_topics_move(proposal: Proposal) -> list[str]:
    """Say what would be if no topic moved."""
    without, now = (len(proposal.newly_missed(plan)) for plan in (proposal.untouched, proposal.plan))
    broken = len(proposal.newly_broken(proposal.untouched)) if proposal.fewest is not None else 0
    promises = _count(without, "promise", "promises") if without > now else ""
    places = _count(broken, "place", "places")
    missed = f"{promises} would be missed instead of {now}" if promises else ""
    rules = f"the rules of planning would be broken in {places}" if places else ""
    return [each for each in (missed, rules) if each]


def _missed_lines(proposal: Proposal, plan: Plan) -> list[str]:
    missed: dict[tuple[str, str], list[str]] = {}
    for coverage, answer in proposal.newly_missed(plan):
        missed.setdefault((coverage.journey.name, answer.objective_id), []).append(short_day(answer.start))
    found = []
    for (journey, objective_id), starts in missed.items():
        statement = proposal.curriculum.objective_by_id[objective_id].statement
        whose = f" ({journey})" if journey else ""
        found.append(f"Missed now by those who start on {', '.join(starts)}{whose}: {statement}.")
    return found


def _hour_lines(proposal: Proposal) -> list[str]:
    """Name the weeks that break a rule on hours which they kept before."""
    before = {_key(each) for each in _broken(proposal, proposal.kept.plan, changed=False)}
    return [
        f"Week {each.week}{f', {each.who}' if each.who else ''}: {hours(round(each.value * 60))} — "
        f"{each.rule.title}. Add a session, move one, or write a reason code under week_notes."
        for each in _broken(proposal, proposal.plan, changed=True)
        if _key(each) not in before
    ]


def _key(finding: Finding) -> tuple[str, int, str]:
    return (finding.rule.rule_id, finding.week, finding.who)


def _broken(proposal: Proposal, plan: Plan, *, changed: bool) -> list[Finding]:
    program = proposal.program if changed else proposal.kept.program
    return [each for each in findings.find(proposal.curriculum, program, plan) if each.state == "broken"]


def _tell_line(proposal: Proposal) -> str:
    told = dict.fromkeys(who for change in proposal.changes for who in change.tell)
    return f"Tell: {', '.join(told) or 'nobody'}."


def proposal_facts(proposal: Proposal) -> Facts:
    """Return a proposal as a script reads it."""
    return {
        "plan": proposal.kept.name,
        "status": proposal.plan.sheet.status,
        "cost": proposal.plan.sheet.cost,
        "fewest": proposal.fewest,
        "changes": [change.model_dump(mode="json") | {"tell": [*change.tell]} for change in proposal.changes],
        "moved": moved_lines(proposal),
        "fell_out": fell_out_lines(proposal),
        "problems": broken_lines(proposal),
        "missed": [
            {
                "objective_id": answer.objective_id,
                "start": answer.start.isoformat(),
                "journey": each.journey.name,
            }
            for each, answer in proposal.newly_missed(proposal.plan)
        ],
    }
