"""Check what stands first and last: trigger content, topics tied to closures, and the order of a cohort."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from iop_sessions.coverage.covering import Stay
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.judge.case import Case, at
from iop_sessions.plans.plan import PLAN_FILE, Session
from iop_sessions.program.calendar import closures


def check_trigger_content(case: Case) -> list[Problem]:
    """Check that trigger content is nobody's first group, and never the last group of anybody's day.

    Anybody may come new on any day of a rolling program, and on the first day of a cohort. People of other
    phases and tracks come to other groups. Groups side by side count alike.
    """
    return [problem for session in case.held for problem in _at_edge(case, session)]


def _at_edge(case: Case, session: Session) -> list[Problem]:
    topic = case.topic(session)
    if topic is None or not topic.trigger_content or not case.is_new(session):
        return []
    same_day = [each for each in case.held if each.date == session.date]
    first = any(_opens(session, some) for some in _days_of(case.newcomers(session.date), same_day))
    last = any(_ends(session, some) for some in _days_of(case.anybody(session.date), same_day))
    edge = "first" if first else "last"
    what = f"{topic.topic_id} holds trigger content ({topic.trigger_content})"
    message = f"{what} and is the {edge} group of the day"
    return [Problem(at(session), message, "move it to the middle of a day")] if first or last else []


def _days_of(people: Iterable[Stay], same_day: list[Session]) -> list[list[Session]]:
    """List a day as each kind of people has it."""
    return [list(filter(stay.has, same_day)) for stay in people]


def _opens(session: Session, day: list[Session]) -> bool:
    return session in day and session.start == min(each.start for each in day)


def _ends(session: Session, day: list[Session]) -> bool:
    return session in day and session.end == max(each.end for each in day)


def check_calendar_ties(case: Case) -> list[Problem]:
    """Check that a topic tied to closures stands in the week before a closed day of its site."""
    sheet = case.plan.sheet
    sites = {session.site for session in case.plan.sessions}
    due = sheet.end + timedelta(days=7)
    closed = {site: closures(case.program, sheet.start, due, site) for site in sites}
    tied = {topic.topic_id for topic in case.curriculum.topics if topic.calendar_tie == "before_closure"}
    held = (each for each in case.plan.sessions if each.takes_place and each.topic_id in tied)
    return [
        Problem(at(each), f"{each.topic_id} belongs to the week before a closed day", "choose another topic")
        for each in held
        if not any(1 <= (day - each.date).days <= 7 for day in closed[each.site])
    ]


def check_cohort_order(case: Case) -> list[Problem]:
    """Check that in a cohort a topic comes after every topic it builds on, in each track.

    Orientation comes before all.
    """
    if case.program.admission != "cohort":
        return []
    found = (problem for track in case.tracks for problem in _out_of_order(case, track))
    return list(dict.fromkeys(found))


def _out_of_order(case: Case, track: str) -> list[Problem]:
    seen = {topic.topic_id for topic in case.curriculum.topics if topic.delivery == "orientation"}
    found = []
    for session in (each for each in case.held if each.track in ("", track)):
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
    """Check that in a cohort each track has its openings in the first week, its closings in the last two."""
    if case.program.admission != "cohort":
        return []
    when = {"closing": "the last two weeks"}
    if all(case.is_new(session) for session in case.held):
        when["opening"] = "the first week"
    return [
        _role_problem(topic, when[topic.role], track)
        for topic in case.curriculum.topics
        if topic.role in when and topic.delivery == "group"
        for track in case.tracks_of_type(topic.group_type)
        if not _held_in_time(case, topic, track)
    ]


def _held_in_time(case: Case, topic: Topic, track: str) -> bool:
    """Say whether an opening is held in the first week, a closing in the last two.

    A type that does not meet then, for a week that fell out, opens in the week of its first meeting, and
    closes in the two weeks up to its last.
    """
    sheet = case.plan.sheet
    new = [each for each in case.held_of_type(topic.group_type, track) if case.is_new(each)]
    days = [(each.date - sheet.start).days for each in new]
    length = (sheet.end - sheet.start).days
    if topic.role == "opening":
        first = 0 if min(days, default=0) < 7 else min(days)
        span = range(first, first + 7)
    else:
        last = length if max(days, default=length) >= length - 14 else max(days) + 1
        span = range(last - 14, last)
    return any(each.topic_id == topic.topic_id and day in span for each, day in zip(new, days, strict=True))


def _role_problem(topic: Topic, when: str, track: str) -> Problem:
    whose = f" in the {track} track" if track else ""
    message = f"the {topic.role} topic {topic.topic_id} is not held{whose} in {when}"
    return Problem(Place(PLAN_FILE, 0, topic.topic_id), message, f"hold it in {when}")
