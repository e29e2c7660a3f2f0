"""Say who may step in for a leader who is away, ranked, and which topics need no preparation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iop_sessions import judge
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import errors_of
from iop_sessions.jobs.replan.propose import Proposal
from iop_sessions.plans.case import Case
from iop_sessions.plans.leaders import Candidate, candidates
from iop_sessions.plans.plan import Session
from iop_sessions.program.choosing import for_ages


@dataclass(frozen=True)
class StepIn:
    """A session whose leader is away: who may lead it, ranked, who may not, and what needs no preparation."""

    session: Session
    able: tuple[Candidate, ...]
    unable: tuple[Candidate, ...]
    offers: tuple[Topic, ...]  # only where nobody may lead it


def step_ins(proposal: Proposal) -> list[StepIn]:
    """List the sessions that have another leader now, or none."""
    return [
        _step_in(proposal, each.after)
        for each in proposal.found
        if each.what == "leader" and each.after is not None
    ]


def _step_in(proposal: Proposal, session: Session) -> StepIn:
    ranked = candidates(proposal.case.curriculum, proposal.case.program, _unled(proposal), session)
    able = tuple(each for each in ranked if each.may_lead)
    unable = tuple(each for each in ranked if not each.may_lead)
    return StepIn(session, able, unable, () if able else tuple(_offers(proposal, session)))


def _unled(proposal: Proposal) -> list[Session]:
    """Return the sessions as they are when the leader is away and nobody has stepped in yet."""
    open_ids = {each.session.session_id for each in proposal.found if each.what == "leader"}
    return [
        each.model_copy(update={"facilitators": ()}) if each.session_id in open_ids else each
        for each in proposal.case.plan.sessions
    ]


def _offers(proposal: Proposal, session: Session) -> list[Topic]:
    """List the topics that need no preparation and break no rule there, each tried by the judge."""
    topics = proposal.case.taught.topics
    return [
        topic
        for topic in sorted(topics, key=lambda each: each.topic_id)
        if topic.zero_prep
        and topic.group_type == session.group_type
        and session.planned_minutes in topic.lengths
        and for_ages(proposal.case.program, topic)
        and not _breaks(proposal, session, topic)
    ]


def _breaks(proposal: Proposal, session: Session, topic: Topic) -> bool:
    """Say whether a rule of planning that holds now would not hold with the topic there."""
    put = session.model_copy(update={"topic_id": topic.topic_id})
    case, plan = proposal.case, proposal.case.plan
    rows = tuple(put if each.session_id == session.session_id else each for each in plan.sessions)
    return _faults(case.with_plan(replace(plan, sessions=rows))) > _faults(case)


def _faults(case: Case) -> int:
    verdict = judge.judge(case)
    return len([each for each in errors_of(verdict.problems) if each.place.column != "cost"])
