"""Word what changes: a proposal and why nothing does, two plans side by side, what was held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from iop_sessions.coverage.covering import cover_all
from iop_sessions.coverage.rules import Finding
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.reports import Facts
from iop_sessions.doors.reports.coverage import hold
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.speech import ENGLISH, Speech
from iop_sessions.jobs.read import Comparison
from iop_sessions.jobs.replan.propose import Missed, Proposal, by_promise, topic_name
from iop_sessions.jobs.replan.stepping_in import StepIn, step_ins
from iop_sessions.pages.common import ranges
from iop_sessions.pages.wording.hours import findings_words
from iop_sessions.pages.wording.lacking import candidate_words
from iop_sessions.plans.changes import CHANGES_FILE, TOGETHER, Difference, Fate, next_meeting, words_of
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.calendar import closures
from iop_sessions.program.surprises import Surprise

SHOWN_LINES: Final = 12
"""So many lines of a list fit on a screen beside the others."""
FEW_STARTS: Final = 2
"""More start dates than these, when they are all there are, are everybody."""


def proposal_lines(proposal: Proposal) -> list[str]:
    """Return a proposal as a person reads it."""
    pinned = _pinned_lines(proposal)
    if not proposal.found:
        something = pinned or proposal.case.plan != proposal.kept.plan
        changes = f"Plan {proposal.kept.name}: {'no session' if something else 'nothing'} changes."
        return [changes, *idle_lines(proposal), *pinned]
    return [
        first_line(proposal),
        *section("Changes:", [difference_line(proposal.case.curriculum, each) for each in proposal.found]),
        *section("Moved:", moved_lines(proposal)),
        *section("Fell out:", fell_out_lines(proposal)),
        *step_in_lines(proposal),
        *section("Too few leaders:", _lone_lines(proposal)),
        *section("No room:", _homeless_lines(proposal)),
        *section("Breaks a rule of planning:", broken_lines(proposal)),
        *pinned,
        *promise_lines(proposal),
        *_next_lines(proposal),
        *hour_lines(proposal),
        tell_line(proposal),
        agenda_line(proposal),
    ]


def first_line(proposal: Proposal) -> str:
    """Say in a sentence how much changes, and whether fewer changes would do."""
    cancelled = sum(each.what == "cancelled" for each in proposal.found)
    moved = sum(each.what == "topic" for each in proposal.found)
    led = sum(each.what == "leader" and bool(each.session.facilitators) for each in proposal.found)
    unled = sum(each.what == "leader" and not each.session.facilitators for each in proposal.found)
    housed = sum(each.what == "room" and bool(each.session.room) for each in proposal.found)
    homeless = sum(each.what == "room" and not each.session.room for each in proposal.found)
    other = "other" if cancelled else "session"
    pieces = [
        (cancelled, "session falls out", "sessions fall out"),
        (moved, f"{other} holds another topic", f"{other}s hold another topic"),
        (led, "session has another leader", "sessions have another leader"),
        (unled, "session has nobody to lead it", "sessions have nobody to lead them"),
        (housed, "session meets in another room", "sessions meet in another room"),
        (homeless, "session has no room", "sessions have no room"),
    ]
    proof = f"; {_proof(proposal)}" if proposal.fewest and moved else ""
    said = ", ".join(counted(*each) for each in pieces if each[0]) or counted(len(proposal.found), "change")
    return f"Plan {proposal.kept.name}: {said}{proof}."


def _proof(proposal: Proposal) -> str:
    if proposal.request.fewest:
        return "no plan changes fewer: proved"
    return "no plan that keeps as many promises changes fewer: proved"


def _when(session: Session) -> str:
    return ENGLISH.moment(session.date, session.start)


def _homeless_lines(proposal: Proposal) -> list[str]:
    """Say why a session has no room, and what would help."""
    return [words for each, words in _new_lacks(proposal) if each.kind == "room"]


def _lone_lines(proposal: Proposal) -> list[str]:
    """Say which sessions have a leader, but not one for each section, or nobody beside."""
    led = {each.session_id for each in proposal.case.plan.sessions if each.facilitators}
    kinds = ("leader", "co-leader")
    return [words for each, words in _new_lacks(proposal) if each.kind in kinds and each.subject in led]


def _new_lacks(proposal: Proposal) -> list[tuple[Shortfall, str]]:
    """Word what is lacking now and was not before."""
    from iop_sessions.pages.wording import shortfall_words

    curriculum, say = proposal.case.curriculum, proposal.case.curriculum.speech("en")
    old, new = (
        {shortfall_words(each, curriculum, say): each for each in plan.sheet.shortfalls}
        for plan in (proposal.kept.plan, proposal.case.plan)
    )
    return [(each, words) for words, each in new.items() if words not in old]


def section(title: str, lines: list[str]) -> list[str]:
    """List a few lines under a title; whoever wants them all finds them in the log."""
    more = len(lines) - SHOWN_LINES
    rest = [f"  - … and {more} more, in {CHANGES_FILE} once the plan is changed"] if more > 0 else []
    return [title, *(f"  - {each}" for each in lines[:SHOWN_LINES]), *rest] if lines else []


def moved_lines(proposal: Proposal) -> list[str]:
    """Say of each topic that lost a meeting and has another one when that is."""
    return [
        f"{topic_name(proposal, each)}: from {_when(each.was)} to {_when(each.now)}"
        for each in proposal.fates
        if each.now is not None
    ]


def fell_out_lines(proposal: Proposal) -> list[str]:
    """Say of each topic that lost a meeting without another one when it comes next, if it does."""
    return [
        f"{topic_name(proposal, each)}, {_when(each.was)}; {_next(proposal.case.plan, each)}"
        for each in proposal.fates
        if each.now is None
    ]


def broken_lines(proposal: Proposal) -> list[str]:
    """Name the rules of planning that the plan breaks by the change."""
    later = (f"plans/{name}: {each}" for name, all_ in proposal.broken_later.items() for each in all_)
    return [*(f"{each.message} — {each.remedy}" for each in proposal.problems), *later]


def _pinned_lines(proposal: Proposal) -> list[str]:
    """Name what is pinned now, and what was pinned and falls out all the same."""
    pins = ", ".join(dict.fromkeys(proposal.request.pins))
    lost = ", ".join(
        each.session.session_id for each in proposal.found if each.what == "cancelled" and each.session.pinned
    )
    lines = [f"Pinned, so that no new plan moves it: {pins}."] if pins else []
    return lines + ([f"Was pinned, and falls out all the same: {lost}."] if lost else [])


def _next(plan: Plan, fate: Fate) -> str:
    """Say when people meet a topic next without anything having been moved for it."""
    found = next_meeting(plan, fate)
    return f"next on {_when(found)}" if found else "not again in this plan"


def promise_lines(proposal: Proposal) -> list[str]:
    """Say what newcomers miss by the change, and what they would miss if no topic moved."""
    moved = any(each.what == "topic" for each in proposal.found)
    saved, kept = (_saved_words(proposal), _kept_words(proposal)) if moved else ("", "")
    reasons = joined(each for each in (saved, kept) if each)
    missed = _missed_lines(proposal, proposal.case.plan)
    if missed:
        told = [f"If no topic moved, {reasons}."] if reasons else []
        return [*missed, *_fallen_start_lines(proposal), *told]
    moves = any(each.what in ("topic", "cancelled") for each in proposal.found)
    well = "Nothing that was promised is missed by it" if moves else "No topic moves"
    return [f"{well}; if no topic moved, {reasons}." if reasons else f"{well}."]


def _fallen_start_lines(proposal: Proposal) -> list[str]:
    """Say that who was to start on a day that fell out is counted from that day, where they miss anything."""
    missed = {answer.start for _, answer in proposal.newly_missed(proposal.case.plan)}
    days = [day for day in proposal.fallen_starts if day in missed]
    told = f"Who was to start on {ENGLISH.days(days)} has no group then; their time is counted from that day."
    return [told] if days else []


def _saved_words(proposal: Proposal) -> str:
    """Say how many promises would be missed if no topic moved."""
    without, now = (len(proposal.newly_missed(plan)) for plan in (proposal.untouched, proposal.case.plan))
    promises, instead = counted(without, "promise"), f" instead of {now}" if now else ""
    return f"{promises} would be missed{instead}" if without > now else ""


def _kept_words(proposal: Proposal) -> str:
    """Say how often the rules would be broken if no topic moved, where topics were searched for."""
    broken = len(proposal.newly_broken(proposal.untouched)) if proposal.fewest is not None else 0
    return f"the rules of planning would be broken in {counted(broken, 'place')}" if broken else ""


def _missed_lines(proposal: Proposal, plan: Plan) -> list[str]:
    found = []
    for (journey, objective_id), promises in by_promise(proposal.newly_missed(plan)).items():
        statement = proposal.case.curriculum.objective_by_id[objective_id].statement
        who = who_starts(promises) + (f" ({journey})" if journey else "")
        found.append(f"Missed now by {who}: {statement} — teach it one to one.")
    return found


def who_starts(promises: Sequence[Missed]) -> str:
    """Name in few words those who miss the same."""
    every, starts = promises[-1][0].starts, [answer.start for _, answer in promises]
    if len(every) > FEW_STARTS and set(every) == set(starts):
        return f"everybody: {len(every)} start dates"
    return f"those who start on {ENGLISH.days(starts, every)}"


def _next_lines(proposal: Proposal) -> list[str]:
    """Say how to go on where something is missed now, or where a stay has come to end after the plan."""
    name, program = proposal.kept.name, proposal.case.plan.sheet.program
    lines = [f"What else would help: explain {name}."] if proposal.newly_missed(proposal.case.plan) else []
    lines += [f"Then plan anew what follows: {each}." for each in then_lines(proposal)]
    if lines and proposal.request.bump:  # sliding looks at no promise
        lines.insert(0, f"Then move as little as keeps more promises: replan {name} --again.")
    later, last = ENGLISH.days(_later_starts(proposal)), (name, *proposal.kept.continued_by)[-1]
    goes_on = f"Those who start on {later} now stay on after this plan ends: plan {program} --after {last}."
    return [*lines, *_beyond_lines(proposal), *([goes_on] if later else [])]


def then_lines(proposal: Proposal) -> list[str]:
    """Return what is to be run for the plans that continue it, where they lose something by the change."""
    return [f"replan {name} --again" for name in proposal.to_plan_anew]


def _beyond_lines(proposal: Proposal) -> Iterator[str]:
    """Say of days that a later plan owns that they are to be told there."""
    sequel = proposal.kept.plan.sequel
    if sequel and any(each.last >= sequel.start for each in proposal.request.surprises):
        day, owner = ENGLISH.short_day(sequel.start), sequel.owner(sequel.start)
        yield f"The days from {day} on belong to plans/{owner}: write the same for replan {owner}."


def _later_starts(proposal: Proposal) -> list[date]:
    """List the start dates that the change brought and whose stay ends after the plan."""
    end = proposal.case.plan.horizon
    before = {day for each in cover_all(proposal.before) for day in each.starts}
    after = cover_all(proposal.case)
    found = {day for each in after for day in each.starts if each.journey.end(day) > end}
    return sorted(found - before)


def hour_lines(proposal: Proposal) -> list[str]:
    """Name the weeks that break a rule, unless they broke it as much before, and what would mend them."""
    before = {_key(finding) for finding, _ in hold(proposal.before).broken}
    fresh = [held for held in hold(proposal.case).broken if _key(held[0]) not in before]
    return findings_words(proposal.case.curriculum.speech("en"), fresh)


def _key(finding: Finding) -> tuple[str, int, str, float]:
    return (finding.rule.rule_id, finding.week, finding.who, finding.value)


def tell_line(proposal: Proposal) -> str:
    """Say who must be told: leaders by their codes, then clients and relatives."""
    every = dict.fromkeys(who for change in proposal.changes for who in change.tell)
    told = sorted(every, key=lambda who: TOGETHER.index(who) if who in TOGETHER else -1)
    return f"Tell: {', '.join(told) or 'nobody'}."


def agenda_line(proposal: Proposal) -> str:
    """Say which agendas must be printed again."""
    what = "the agenda of week" if len(proposal.weeks) == 1 else "the agendas of weeks"
    return f"Print again: {what} {ranges(proposal.weeks)}."


def proposal_facts(proposal: Proposal) -> Facts:
    """Return a proposal as a script reads it."""
    return {
        "plan": proposal.kept.name,
        "status": proposal.case.plan.sheet.status,
        "cost": proposal.case.plan.sheet.cost,
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
            for each, answer in proposal.newly_missed(proposal.case.plan)
        ],
        "fallen_starts": [day.isoformat() for day in proposal.fallen_starts],
        "then": then_lines(proposal),
    }


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
        return f"{surprise.subject} leads nothing {days} that is still to come, and is given nothing then"
    if surprise.kind == "room":
        return f"nothing that is still to come meets in {surprise.subject} {days}, and nothing will"
    if not any(each.takes_place for each in here):
        return _why_nobody_meets(proposal, surprise, here)
    moment = ENGLISH.clock(surprise.clock) if surprise.clock else ""
    return f"no group {days} {'starts before' if surprise.kind == 'late' else 'ends after'} {moment}"


def _why_nobody_meets(proposal: Proposal, surprise: Surprise, here: Sequence[Session]) -> str:
    days = _days(surprise)
    if here:
        reasons = ", ".join(dict.fromkeys(each.reason for each in here if each.reason))
        return f"every group {days} is cancelled already" + (f" ({reasons})" if reasons else "")
    closed = closures(proposal.kept.program, surprise.first, surprise.last, surprise.subject)
    if surprise.first == surprise.last and surprise.first in closed:
        day, name = ENGLISH.short_day(surprise.first), closed[surprise.first].name
        return f"the calendar has {day} closed already ({name})"
    return f"nothing meets {days}"


def _days(surprise: Surprise) -> str:
    site = f"at {surprise.subject} " if surprise.moves_topics and surprise.subject else ""
    if surprise.first == surprise.last:
        return f"{site}on {ENGLISH.short_day(surprise.first)}"
    return f"{site}from {ENGLISH.short_day(surprise.first)} to {ENGLISH.short_day(surprise.last)}"


def comparison_lines(compared: Comparison) -> list[str]:
    """Return the differences as a person reads them."""
    first, second = compared.before.name, compared.after.name
    if not compared.found:
        return [f"{first} and {second} hold the same sessions."]
    title = f"From {first} to {second}: {counted(len(compared.found), 'difference')}."
    return [title, *(f"  - {difference_line(compared.curriculum, each)}" for each in compared.found)]


def difference_line(curriculum: Curriculum, each: Difference) -> str:
    """Say of one session what is and what was."""
    session = each.session
    when = ENGLISH.moment(session.date, session.start)
    was, now = (words_of(curriculum, side, each.what) for side in (each.before, each.after))
    if each.what == "cancelled":
        return f"{when}: {was} — cancelled ({session.reason or 'no reason given'})"
    if each.what == "not held":
        return f"{when}: {was} — not held"
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


_SHOWN_NAMES, _SHOWN_SESSIONS = 3, 4
"""So many names and sessions are enough at four in the afternoon."""


def step_in_lines(proposal: Proposal) -> list[str]:
    """Return who may step in, as a person reads it: where nobody may comes first, the rest can be many."""
    say = proposal.case.curriculum.speech("en")
    found = sorted(step_ins(proposal), key=lambda each: (bool(each.able), each.session.order))
    shown = [each for number, each in enumerate(found) if not each.able or number < _SHOWN_SESSIONS]
    more = len(found) - len(shown)
    rest = [f"… and {more} more; print … --brief writes a page for each"] if more else []
    return [*(line for each in shown for line in _step_in_lines(each, say)), *rest]


def _step_in_lines(each: StepIn, say: Speech) -> list[str]:
    session = each.session
    where = f"{_when(session)}, {session.topic_id or session.group_type}"
    if each.able:
        named = [f"  - {candidate_words(candidate, say)}" for candidate in each.able[:_SHOWN_NAMES]]
        best = ", the best choice first" if len(each.able) > 1 else ""
        return [f"{where}: who may lead it{best}:", *named]
    why = [f"  - {candidate_words(candidate, say)}" for candidate in each.unable]
    offers = [
        f"  - {topic.topic_id} {topic.title} needs no preparation: "
        f"replan … --put {session.session_id}={topic.topic_id}"
        for topic in each.offers
    ]
    nothing = "no topic of its kind fits there without preparation"
    end = offers or [f"  - {nothing}: ask elsewhere, or replan … --cancel {session.session_id}"]
    return [f"{where}: nobody may lead it:", *why, *end]
