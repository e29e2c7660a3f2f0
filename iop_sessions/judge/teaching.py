"""Check that what the sessions teach fits them, keeps its distance, and keeps its parts together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.judge.case import Case, at, length
from iop_sessions.plans.plan import Session


def check_topics_exist_and_fit(case: Case) -> list[Problem]:
    """Check that a topic exists, is of the session's group type, and is written for its minutes and ages."""
    named = (session for session in case.plan.sessions if session.topic_id)
    return [problem for session in named for problem in _misfits(case, session)]


def _misfits(case: Case, session: Session) -> Iterator[Problem]:
    topic = case.topic(session)
    if topic is None and session.topic_id in case.library.topic_by_id:
        message = f"{session.topic_id} is not among the topics of this program"
        yield Problem(at(session), message, "choose another topic, or change collection or lists of topics")
        return
    if topic is None:
        hint = did_you_mean(session.topic_id, case.curriculum.topic_by_id)
        yield Problem(at(session), f"no topic '{session.topic_id}'", hint or "choose one of topics.csv")
        return
    if topic.group_type != session.group_type or topic.delivery != "group":
        message = f"{topic.topic_id} is no topic of {session.group_type} groups"
        yield Problem(at(session), message, f"choose one of {session.group_type}")
    if length(session) not in topic.lengths:
        lengths = " or ".join(str(minutes) for minutes in topic.lengths)
        message = f"{topic.topic_id} is written for {lengths} minutes, the session has {length(session)}"
        yield Problem(at(session), message, "choose another topic")
    if not case.for_ages(topic):
        message = f"{topic.topic_id} is not written for ages '{case.program.ages}'"
        yield Problem(at(session), message, "choose another topic")


def check_spacing(case: Case) -> list[Problem]:
    """Check that a topic comes again only after as many meetings of its type as [spacing] asks for.

    One that was cancelled counts too, for as much time passes; at least one of them takes place.
    """
    found = (
        problem
        for name, distance in case.program.spacing.items()
        for track in case.tracks
        for problem in _too_near(case, case.places_of_type(name, track), distance)
    )
    return list(dict.fromkeys(found))


def _too_near(case: Case, sessions: list[Session], distance: int) -> Iterator[Problem]:
    last: dict[str, int] = {}
    for number, session in enumerate(sessions):
        if not session.takes_place:
            continue
        earlier = last.get(session.topic_id)
        if session.topic_id and earlier is not None and case.is_new(session):
            between = sessions[earlier + 1 : number]
            held = sum(each.takes_place for each in between)
            if len(between) < distance or (distance and not held):
                message = _nearness(session, held, len(between) - held, distance)
                yield Problem(at(session), message, "choose another topic")
        last[session.topic_id] = number


def _nearness(session: Session, held: int, cancelled: int, distance: int) -> str:
    topic_id, kind, asked = session.topic_id, session.group_type, _counted(distance)
    if held == 0 and cancelled:
        gap = f"({cancelled} cancelled between), [spacing] asks for {asked} of {kind} between"
        return f"{topic_id} comes twice in a row {gap}, at least one that takes place"
    if held == 0:
        return f"{topic_id} comes twice in a row, [spacing] asks for {asked} of {kind} between"
    gap = f" ({cancelled} cancelled)" if cancelled else ""
    there = f"{_counted(held + cancelled)} of {kind}{gap}"
    return f"{topic_id} comes again after {there}, [spacing] asks for {distance}"


def _counted(meetings: int) -> str:
    return f"{meetings} {'meeting' if meetings == 1 else 'meetings'}"


def check_series(case: Case) -> list[Problem]:
    """Check that the parts of a series follow each other in adjacent meetings of their type."""
    types = dict.fromkeys(topic.group_type for topic in case.curriculum.topics if topic.series)
    found = (
        problem
        for group_type in types
        for track in case.tracks
        for problem in _broken_series(case, case.held_of_type(group_type, track))
    )
    return list(dict.fromkeys(found))


def _broken_series(case: Case, meetings: list[Session]) -> Iterator[Problem]:
    for earlier, later in pairwise([None, *meetings]):
        if later is not None and case.is_new(later):
            yield from _not_followed(case, earlier, later) if earlier else ()
            yield from _not_following(case, earlier.topic_id if earlier else "", later)
    if meetings and case.is_new(meetings[-1]):
        after = _part(case, meetings[-1].topic_id, +1)
        if after is not None:
            message = f"{meetings[-1].topic_id} is the last meeting, {after.topic_id} has no place"
            yield Problem(at(meetings[-1]), message, "choose another topic")


def _not_followed(case: Case, earlier: Session, later: Session) -> Iterator[Problem]:
    """Name a part without its next one; a part of the past is let off where the next meeting does not fit."""
    wanted = _part(case, earlier.topic_id, +1)
    if wanted is None or later.topic_id == wanted.topic_id:
        return
    if case.is_new(earlier) or case.fits(wanted, later):
        message = f"{wanted.topic_id} must follow {earlier.topic_id} here"
        yield Problem(at(later), message, f"write {wanted.topic_id}")


def _not_following(case: Case, before_id: str, later: Session) -> Iterator[Problem]:
    needed = _part(case, later.topic_id, -1)
    if needed is not None and before_id != needed.topic_id:
        message = f"{later.topic_id} does not follow {needed.topic_id}"
        yield Problem(at(later), message, f"hold {needed.topic_id} in the meeting before")


def _part(case: Case, topic_id: str, step: int) -> Topic | None:
    """Return the part of a series that stands so many steps from a topic."""
    topic = case.curriculum.topic_by_id.get(topic_id)
    if topic is None or not topic.series:
        return None
    held = (other for other in case.curriculum.topics if other.delivery == "group")
    return {other.part: other for other in held if other.series == topic.series}.get(topic.part + step)


def check_tracks_in_step(case: Case) -> list[Problem]:
    """Check that every track hears in a week what the track with most groups of the type hears.

    Groups to which every track comes are alike by themselves.
    """
    weeks: dict[tuple[int, str], dict[str, list[Session]]] = {}
    for session in case.plan.sessions:
        if session.track and session.takes_place and case.needs_topic(session):
            tracks = weeks.setdefault((session.week, session.group_type), {})
            tracks.setdefault(session.track, []).append(session)
    return [problem for tracks in weeks.values() for problem in _out_of_step(case, tracks)]


def _out_of_step(case: Case, tracks: dict[str, list[Session]]) -> Iterator[Problem]:
    most = max((tracks[name] for name in case.tracks if name in tracks), key=len, default=[])
    for name in case.tracks if most else ():  # a track that nobody knows is named elsewhere
        left = Counter(session.topic_id for session in most)
        for session in tracks.get(name, ()):
            left[session.topic_id] -= 1
            if session.topic_id and left[session.topic_id] < 0:
                message = (
                    f"the {name} track hears {session.topic_id} in week {session.week}, "
                    f"the {most[0].track} track does not"
                )
                yield Problem(at(session), message, "hold the same topics in every track of a week")
