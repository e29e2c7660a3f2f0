"""Check that what the sessions teach keeps the rules of topics: fit, spacing, series, order, care."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place, Problem, did_you_mean
from iop_sessions.plans import PLAN_FILE, Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Topic


def _place(session: Session) -> Place:
    return Place(PLAN_FILE, session.place.line, "topic_id")


def _held(plan: Plan) -> list[Session]:
    """List history and plan as people lived it, cancelled sessions left out."""
    return sorted((session for session in plan.lived if session.takes_place), key=lambda session: session.order)


def _ours(plan: Plan, session: Session) -> bool:
    return session.date >= plan.sheet.start


def check_topics_exist_and_fit(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """A topic exists, is of the session's group type, and is written for its minutes and ages."""
    return [
        problem
        for session in plan.sessions
        if session.topic_id
        for problem in _misfits(curriculum, program, session)
    ]


def _misfits(curriculum: Curriculum, program: Program, session: Session) -> Iterator[Problem]:
    topic = curriculum.topic_by_id.get(session.topic_id)
    if topic is None:
        hint = did_you_mean(session.topic_id, curriculum.topic_by_id)
        yield Problem(_place(session), f"no topic '{session.topic_id}'", hint or "choose one of topics.csv")
        return
    if topic.group_type != session.group_type or topic.delivery != "group":
        message = f"{topic.topic_id} is no topic of a {session.group_type} group"
        yield Problem(_place(session), message, f"choose a {session.group_type} topic")
    planned = (session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute
    if planned not in topic.lengths:
        lengths = " or ".join(str(length) for length in topic.lengths)
        message = f"{topic.topic_id} is written for {lengths} minutes, the session has {planned}"
        yield Problem(_place(session), message, "choose another topic")
    if "both" not in (program.ages, topic.ages) and topic.ages != program.ages:
        yield Problem(_place(session), f"{topic.topic_id} is not written for ages '{program.ages}'", "choose another topic")


def check_spacing(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """A topic comes again only after the number of meetings of its type that [spacing] asks for."""
    found = []
    for group_type, distance in program.spacing.items():
        meetings = [session for session in _held(plan) if session.group_type == group_type]
        last: dict[str, int] = {}
        for number, session in enumerate(meetings):
            between = number - last.get(session.topic_id, -1000) - 1
            if session.topic_id and between < distance and _ours(plan, session):
                message = f"{session.topic_id} comes again after {between} {group_type} meetings, [spacing] asks for {distance}"
                found.append(Problem(_place(session), message, "choose another topic"))
            last[session.topic_id] = number
    return found


def check_series(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """The parts of a series follow each other in adjacent meetings of their type."""
    found = []
    for group_type in {topic.group_type for topic in curriculum.topics if topic.series}:
        meetings = [session for session in _held(plan) if session.group_type == group_type]
        for earlier, later in pairwise([None, *meetings]):
            found += _broken_after(curriculum, earlier, later) if later is not None and _ours(plan, later) else []
        if meetings and (after := _part(curriculum, meetings[-1].topic_id, +1)):
            message = f"{meetings[-1].topic_id} is the last meeting, {after.topic_id} has no place"
            found.append(Problem(_place(meetings[-1]), message, "choose another topic"))
    return found


def _broken_after(curriculum: Curriculum, earlier: Session | None, later: Session) -> list[Problem]:
    before_id = earlier.topic_id if earlier is not None else ""
    wanted, needed = _part(curriculum, before_id, +1), _part(curriculum, later.topic_id, -1)
    found = []
    if wanted is not None and later.topic_id != wanted.topic_id:
        found.append(Problem(_place(later), f"{wanted.topic_id} must follow {before_id} here", f"write {wanted.topic_id}"))
    if needed is not None and before_id != needed.topic_id:
        message = f"{later.topic_id} does not follow {needed.topic_id}"
        found.append(Problem(_place(later), message, f"hold {needed.topic_id} in the meeting before"))
    return found


def _part(curriculum: Curriculum, topic_id: str, step: int) -> Topic | None:
    """Return the part of a series that stands so many steps from a topic."""
    topic = curriculum.topic_by_id.get(topic_id)
    if topic is None or not topic.series:
        return None
    parts = {other.part: other for other in curriculum.topics if other.series == topic.series}
    return parts.get(topic.part + step)


def check_trigger_content(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """Trigger content is neither the first nor the last meeting of a day."""
    days: dict[date, list[Session]] = {}
    for session in _held(plan):
        days.setdefault(session.date, []).append(session)
    found = []
    for sessions in days.values():
        for session in {id(each): each for each in (sessions[0], sessions[-1])}.values():
            topic = curriculum.topic_by_id.get(session.topic_id)
            if topic is not None and topic.trigger_content and _ours(plan, session):
                edge = "first" if session is sessions[0] else "last"
                message = f"{topic.topic_id} holds trigger content ({topic.trigger_content}) and is the {edge} group of the day"
                found.append(Problem(_place(session), message, "move it to the middle of a day"))
    return found


def check_cohort_order(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """In a cohort a topic comes after every topic it builds on."""
    if program.admission != "cohort":
        return []
    seen: set[str] = set()
    found = []
    for session in _held(plan):
        topic = curriculum.topic_by_id.get(session.topic_id)
        missing = [each for each in topic.after if each not in seen] if topic is not None else []
        if missing and _ours(plan, session):
            message = f"{session.topic_id} comes before {', '.join(missing)}, which it builds on"
            found.append(Problem(_place(session), message, "change their order"))
        seen.add(session.topic_id)
    return found


def check_cohort_opens_and_closes(curriculum: Curriculum, program: Program, plan: Plan) -> list[Problem]:
    """In a cohort openings come in the first week and closings in the last two."""
    if program.admission != "cohort" or plan.history:
        return []
    types = {slot.group_type for slot in program.slots}
    stretches = {
        "opening": (plan.sheet.start, plan.sheet.start + timedelta(days=7), "the first week"),
        "closing": (plan.sheet.end - timedelta(days=14), plan.sheet.end, "the last two weeks"),
    }
    found = []
    for topic in curriculum.topics:
        if topic.role in stretches and topic.group_type in types and topic.delivery == "group":
            first, due, words = stretches[topic.role]
            if not any(each.topic_id == topic.topic_id and first <= each.date < due for each in _held(plan)):
                message = f"the {topic.role} topic {topic.topic_id} is not held in {words}"
                found.append(Problem(Place(PLAN_FILE, 0, topic.topic_id), message, f"hold it in {words}"))
    return found
