"""Check what stands first and last: trigger content, topics tied to closures, and the order of a cohort."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sessions.calendars import closures
from iop_sessions.errors import Place, Problem
from iop_sessions.judge.case import Case, at
from iop_sessions.plans import PLAN_FILE, Session
from iop_sessions.records import Topic


def check_trigger_content(case: Case) -> list[Problem]:
    """Check that trigger content is nobody's first group, and never the last group of a day.

    Anybody may come new on any day of a rolling program, and on the first day of a cohort. Groups side by
    side count alike.
    """
    days: dict[date, list[Session]] = {}
    for session in case.held:
        days.setdefault(session.date, []).append(session)
    found = []
    for number, sessions in enumerate(days.values()):
        newcomers = case.program.admission == "rolling" or number == 0
        for session in sessions:
            found += _at_edge(case, session, sessions, newcomers=newcomers)
    return found


def _at_edge(case: Case, session: Session, same_day: list[Session], *, newcomers: bool) -> list[Problem]:
    topic = case.topic(session)
    if topic is None or not topic.trigger_content or not case.is_new(session):
        return []
    first = newcomers and session.start == min(each.start for each in same_day)
    last = session.end == max(each.end for each in same_day)
    edge = "first" if first else "last"
    what = f"{topic.topic_id} holds trigger content ({topic.trigger_content})"
    message = f"{what} and is the {edge} group of the day"
    return [Problem(at(session), message, "move it to the middle of a day")] if first or last else []


def check_calendar_ties(case: Case) -> list[Problem]:
    """Check that a topic tied to closures stands in the week before a closed day."""
    sheet = case.plan.sheet
    closed = closures(case.program, sheet.start, sheet.end + timedelta(days=7))
    tied = {topic.topic_id for topic in case.curriculum.topics if topic.calendar_tie == "before_closure"}
    held = (each for each in case.plan.sessions if each.takes_place and each.topic_id in tied)
    return [
        Problem(at(each), f"{each.topic_id} belongs to the week before a closed day", "choose another topic")
        for each in held
        if not any(1 <= (day - each.date).days <= 7 for day in closed)
    ]


def check_cohort_order(case: Case) -> list[Problem]:
    """Check that in a cohort a topic comes after every topic it builds on; orientation comes before all."""
    if case.program.admission != "cohort":
        return []
    seen = {topic.topic_id for topic in case.curriculum.topics if topic.delivery == "orientation"}
    found = []
    for session in case.held:
        topic = case.topic(session)
        missing = [each for each in topic.after if each not in seen] if topic is not None else []
        if missing and case.is_new(session):
            message = f"{session.topic_id} comes before {', '.join(missing)}, which it builds on"
            found.append(Problem(at(session), message, "change their order"))
        seen |= {session.topic_id, *_standing_in(case, session)}
    return found


def _standing_in(case: Case, session: Session) -> list[str]:
    """List the topics that are a part of every meeting of a session's kind."""
    standing = (topic for topic in case.curriculum.topics if topic.delivery == "standing")
    return [topic.topic_id for topic in standing if topic.group_type == session.group_type]


def check_cohort_opens_and_closes(case: Case) -> list[Problem]:
    """Check that in a cohort openings come in the first week and closings in the last two."""
    if case.program.admission != "cohort":
        return []
    sheet = case.plan.sheet
    stretches = {"closing": (sheet.end - timedelta(days=14), sheet.end, "the last two weeks")}
    if all(case.is_new(session) for session in case.held):
        stretches["opening"] = (sheet.start, sheet.start + timedelta(days=7), "the first week")
    return [
        _role_problem(topic, stretches[topic.role][2])
        for topic in case.curriculum.topics
        if topic.role in stretches
        and topic.delivery == "group"
        and topic.group_type in case.types_with_topics
        if not _held_in(case, topic.topic_id, *stretches[topic.role][:2])
    ]


def _held_in(case: Case, topic_id: str, first: date, due: date) -> bool:
    new = (session for session in case.held if case.is_new(session))
    return any(session.topic_id == topic_id and first <= session.date < due for session in new)


def _role_problem(topic: Topic, when: str) -> Problem:
    message = f"the {topic.role} topic {topic.topic_id} is not held in {when}"
    return Problem(Place(PLAN_FILE, 0, topic.topic_id), message, f"hold it in {when}")
