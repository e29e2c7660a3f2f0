"""Check that what the sessions teach fits them, stands in order, and keeps its distance and its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from iop_sessions.coverage.covering import Stay
from iop_sessions.curriculum.library import id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.errors import Place, Problem, no_such
from iop_sessions.ground.workspace import PLAN_FILE
from iop_sessions.judge.bench import Bench, at, length
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import closures


def check_topics_exist_and_fit(bench: Bench) -> list[Problem]:
    """Check that a topic exists, is of the session's group type, and is written for its minutes and ages."""
    named = (session for session in bench.plan.sessions if session.topic_id)
    return [problem for session in named for problem in _misfits(bench, session)]


def _misfits(bench: Bench, session: Session) -> Iterator[Problem]:
    topic = bench.topic(session)
    if topic is None and session.topic_id in bench.library.topic_by_id:
        message = f"{session.topic_id} is not among the topics of this program"
        yield Problem(at(session), message, "choose another topic, or change collection or lists of topics")
        return
    if topic is None:
        known, remedy = bench.curriculum.topic_by_id, "choose one of topics.csv"
        yield Problem(at(session), *no_such("topic", session.topic_id, known, remedy))
        return
    if topic.group_type != session.group_type or topic.delivery != "group":
        message = f"{topic.topic_id} is no topic of {session.group_type} groups"
        yield Problem(at(session), message, f"choose one of {session.group_type}")
    if length(session) not in topic.lengths:
        lengths = joined(topic.lengths, "or")
        message = f"{topic.topic_id} is written for {lengths} minutes, the session has {length(session)}"
        yield Problem(at(session), message, "choose another topic")
    if not bench.for_ages(topic):
        message = f"{topic.topic_id} is not written for ages '{bench.program.ages}'"
        yield Problem(at(session), message, "choose another topic")


def check_spacing(bench: Bench) -> list[Problem]:
    """Check that a topic comes again only after as many meetings of its type as [spacing] asks for.

    One that was cancelled counts too, for as much time passes; at least one of them takes place.
    """
    found = (
        problem
        for name, distance in bench.program.spacing.items()
        for track in bench.tracks
        for problem in _too_near(bench, bench.places_of_type(name, track), distance)
    )
    return list(dict.fromkeys(found))


def _too_near(bench: Bench, sessions: list[Session], distance: int) -> Iterator[Problem]:
    last: dict[str, int] = {}
    for number, session in enumerate(sessions):
        if not session.takes_place:
            continue
        earlier = last.get(session.topic_id)
        if session.topic_id and earlier is not None and bench.is_new(session):
            between = sessions[earlier + 1 : number]
            held = sum(each.takes_place for each in between)
            if len(between) < distance or (distance and not held):
                message = _nearness(session, held, len(between) - held, distance)
                yield Problem(at(session), message, "choose another topic")
        last[session.topic_id] = number


def _nearness(session: Session, held: int, cancelled: int, distance: int) -> str:
    topic_id, kind, asked = session.topic_id, session.group_type, counted(distance, "meeting")
    if held == 0 and cancelled:
        gap = f"({cancelled} cancelled between), [spacing] asks for {asked} of {kind} between"
        return f"{topic_id} comes twice in a row {gap}, at least one that takes place"
    if held == 0:
        return f"{topic_id} comes twice in a row, [spacing] asks for {asked} of {kind} between"
    gap = f" ({cancelled} cancelled)" if cancelled else ""
    there = f"{counted(held + cancelled, 'meeting')} of {kind}{gap}"
    return f"{topic_id} comes again after {there}, [spacing] asks for {distance}"


def check_series(bench: Bench) -> list[Problem]:
    """Check that the parts of a series follow each other in adjacent meetings of their type."""
    types = dict.fromkeys(topic.group_type for topic in bench.curriculum.topics if topic.series)
    found = (
        problem
        for group_type in types
        for track in bench.tracks
        for problem in _broken_series(bench, bench.held_of_type(group_type, track))
    )
    return list(dict.fromkeys(found))


def _broken_series(bench: Bench, meetings: list[Session]) -> Iterator[Problem]:
    for earlier, later in pairwise([None, *meetings]):
        if later is not None and bench.is_new(later):
            yield from _not_followed(bench, earlier, later) if earlier else ()
            yield from _not_following(bench, earlier.topic_id if earlier else "", later)
    if meetings and bench.is_new(meetings[-1]):
        after = _part(bench, meetings[-1].topic_id, +1)
        if after is not None:
            message = f"{meetings[-1].topic_id} is the last meeting, {after.topic_id} has no place"
            yield Problem(at(meetings[-1]), message, "choose another topic")


def _not_followed(bench: Bench, earlier: Session, later: Session) -> Iterator[Problem]:
    """Name a part without its next one; a part of the past is let off where the next meeting does not fit."""
    wanted = _part(bench, earlier.topic_id, +1)
    if wanted is None or later.topic_id == wanted.topic_id:
        return
    if bench.is_new(earlier) or bench.fits(wanted, later):
        message = f"{wanted.topic_id} must follow {earlier.topic_id} here"
        yield Problem(at(later), message, f"write {wanted.topic_id}")


def _not_following(bench: Bench, before_id: str, later: Session) -> Iterator[Problem]:
    needed = _part(bench, later.topic_id, -1)
    if needed is not None and before_id != needed.topic_id:
        message = f"{later.topic_id} does not follow {needed.topic_id}"
        yield Problem(at(later), message, f"hold {needed.topic_id} in the meeting before")


def _part(bench: Bench, topic_id: str, step: int) -> Topic | None:
    """Return the part of a series that stands so many steps from a topic."""
    topic = bench.curriculum.topic_by_id.get(topic_id)
    if topic is None or not topic.series:
        return None
    held = (other for other in bench.curriculum.topics if other.delivery == "group")
    return {other.part: other for other in held if other.series == topic.series}.get(topic.part + step)


def check_tracks_in_step(bench: Bench) -> list[Problem]:
    """Check that every track hears in a week what the track with most groups of the type hears.

    Groups to which every track comes are alike by themselves.
    """
    weeks: dict[tuple[int, str], dict[str, list[Session]]] = {}
    for session in bench.sessions:
        if session.track and session.takes_place and bench.needs_topic(session):
            tracks = weeks.setdefault((session.week, session.group_type), {})
            tracks.setdefault(session.track, []).append(session)
    return [problem for tracks in weeks.values() for problem in _out_of_step(bench, tracks)]


def _out_of_step(bench: Bench, tracks: dict[str, list[Session]]) -> Iterator[Problem]:
    most = max((tracks[name] for name in bench.tracks if name in tracks), key=len, default=[])
    for name in bench.tracks if most else ():  # a track that nobody knows is named elsewhere
        left = Counter(session.topic_id for session in most)
        for session in tracks.get(name, ()):
            left[session.topic_id] -= 1
            if session.topic_id and left[session.topic_id] < 0:
                message = (
                    f"the {name} track hears {session.topic_id} in week {session.week}, "
                    f"the {most[0].track} track does not"
                )
                yield Problem(at(session), message, "hold the same topics in every track of a week")


def check_trigger_content(bench: Bench) -> list[Problem]:
    """Check that trigger content is nobody's first group, and never the last group of anybody's day.

    Anybody may come new on any day of a rolling program, and on the first day of a cohort. People of other
    phases and tracks come to other groups. Groups side by side count alike.
    """
    return [problem for session in bench.held for problem in _at_edge(bench, session)]


def _at_edge(bench: Bench, session: Session) -> list[Problem]:
    topic = bench.topic(session)
    if topic is None or not topic.trigger_content or not bench.is_new(session):
        return []
    same_day = [each for each in bench.held if each.date == session.date]
    first = any(_opens(session, some) for some in _days_of(bench.newcomers(session.date), same_day))
    last = any(_ends(session, some) for some in _days_of(bench.anybody(session.date), same_day))
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


def check_calendar_ties(bench: Bench) -> list[Problem]:
    """Check that a topic tied to closures stands in the week before a closed day of its site."""
    sheet = bench.plan.sheet
    sites = {session.site for session in bench.plan.sessions}
    due = sheet.end + timedelta(days=7)
    closed = {site: closures(bench.program, sheet.start, due, site) for site in sites}
    tied = {topic.topic_id for topic in bench.curriculum.topics if topic.calendar_tie == "before_closure"}
    there = (each for each in bench.sessions if each.takes_place and not each.is_make_up)
    held = (each for each in there if each.topic_id in tied)
    return [
        Problem(at(each), f"{each.topic_id} belongs to the week before a closed day", "choose another topic")
        for each in held
        if not any(1 <= (day - each.date).days <= 7 for day in closed[each.site])
    ]


def check_cohort_order(bench: Bench) -> list[Problem]:
    """Check that in a cohort a topic comes after every topic it builds on, in each track.

    Orientation comes before all.
    """
    if bench.program.admission != "cohort":
        return []
    found = (problem for track in bench.tracks for problem in _out_of_calendar_order(bench, track))
    return list(dict.fromkeys(found))


def _out_of_calendar_order(bench: Bench, track: str) -> list[Problem]:
    seen = {topic.topic_id for topic in bench.curriculum.topics if topic.delivery == "orientation"}
    found = []
    for session in (each for each in bench.held if each.serves(track)):
        topic = bench.topic(session)
        missing = [each for each in topic.after if each not in seen] if topic is not None else []
        if missing and bench.is_new(session) and not session.is_make_up:
            message = f"{session.topic_id} comes before {', '.join(missing)}, which it builds on"
            found.append(Problem(at(session), message, "change their order"))
        seen |= {session.topic_id, *_standing_in(bench, session)}
    return found


def _standing_in(bench: Bench, session: Session) -> list[str]:
    """List the topics that are a part of every meeting of a session's kind."""
    standing = (topic for topic in bench.curriculum.topics if topic.delivery == "standing")
    return [topic.topic_id for topic in standing if topic.group_type == session.group_type]


def check_cohort_opens_and_closes(bench: Bench) -> list[Problem]:
    """Check that in a cohort each track has its openings in the first week, its closings in the last two."""
    if bench.program.admission != "cohort":
        return []
    when = {"closing": "the last two weeks"}
    if all(bench.is_new(session) for session in bench.held):
        when["opening"] = "the first week"
    return [
        _role_problem(topic, when[topic.role], track)
        for topic in bench.curriculum.topics
        if topic.role in when and topic.delivery == "group"
        for track in bench.tracks_of_type(topic.group_type)
        if not _held_in_time(bench, topic, track)
    ]


def _held_in_time(bench: Bench, topic: Topic, track: str) -> bool:
    """Say whether an opening is held in the first week, a closing in the last two.

    A type that does not meet then, for a week that fell out, opens in the week of its first meeting, and
    closes in the two weeks up to its last.
    """
    sheet = bench.plan.sheet
    new = [each for each in bench.held_of_type(topic.group_type, track) if bench.is_new(each)]
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


Weeks = dict[int, dict[str, list[Session]]]
"""The groups of a type by week and track, in order."""


def check_topics_in_sequence(bench: Bench) -> list[Problem]:
    """Check that topics come round in the order of their ids, and that other tracks keep pace.

    A meeting without a topic skips nothing. The track with most groups of the type in a week sets the pace.
    """
    asked = {name: order for name, order in bench.program.sequence.items() if order != "free"}
    return [problem for name, order in sorted(asked.items()) for problem in _faults(bench, name, order)]


def _faults(bench: Bench, group_type: str, order: str) -> Iterator[Problem]:
    ids = _ids(bench, group_type)
    weeks: Weeks = {}
    for session in bench.held:
        if bench.is_new(session) and bench.needs_topic(session) and session.group_type == group_type:
            tracks = weeks.setdefault(bench.plan.week_of(session), {})
            tracks.setdefault(session.track, []).append(session)
    line = [session for tracks in weeks.values() for session in _leading(bench, tracks)]
    yield from _out_of_sequence(bench, sorted(line, key=lambda each: each.order), ids, order)
    for week, tracks in weeks.items():
        yield from _out_of_pace(bench, week, tracks)


def _ids(bench: Bench, group_type: str) -> list[str]:
    """List the topics of a type that some slot can hold, in the order of their ids."""
    slots = [each for each in bench.program.slots if (each.group_type, each.kind) == (group_type, "group")]
    lengths = {slot.minutes for slot in slots}
    topics = bench.curriculum.topics_of_type(group_type)
    found = (each.topic_id for each in topics if lengths & set(each.lengths) and bench.for_ages(each))
    return sorted(found, key=id_order)


def _own(bench: Bench, tracks: dict[str, list[Session]]) -> list[list[Session]]:
    """List the groups that tracks have to themselves, those of the track with most of them first."""
    own = [tracks[name] for name in bench.tracks if name and name in tracks]
    return sorted(own, key=lambda groups: -len(groups))


def _leading(bench: Bench, tracks: dict[str, list[Session]]) -> list[Session]:
    own = _own(bench, tracks)
    return tracks.get("", []) + (own[0] if own else [])


def _out_of_sequence(
    bench: Bench, line: Sequence[Session], ids: Sequence[str], order: str
) -> Iterator[Problem]:
    due = _first_due(bench, line, ids, order)
    for session in line:
        if session.topic_id in ids:
            if due not in ("", session.topic_id):
                group_type = session.group_type
                message = f'{session.topic_id} is not next: {due} is, by [sequence] {group_type} = "{order}"'
                yield Problem(at(session), message, f'write {due}, or [sequence] {group_type} = "free"')
            due = _after(ids, session.topic_id)


def _first_due(bench: Bench, line: Sequence[Session], ids: Sequence[str], order: str) -> str:
    """Return the topic that goes on after the past, or begins; empty where any may."""
    group_type = line[0].group_type if line else ""
    for track in bench.tracks:
        held = bench.held_of_type(group_type, track)
        past = [each.topic_id for each in held if not bench.is_new(each) and each.topic_id in ids]
        if past:
            return _after(ids, past[-1])
    return ids[0] if order == "fixed" and ids else ""


def _after(ids: Sequence[str], topic_id: str) -> str:
    return ids[(ids.index(topic_id) + 1) % len(ids)]


def _out_of_pace(bench: Bench, week: int, tracks: dict[str, list[Session]]) -> Iterator[Problem]:
    """Name the groups of other tracks that hold something else than the same group of the leading track."""
    first, *others = _own(bench, tracks) or [[]]
    for number, leading in enumerate(first):
        for other in others:
            here = other[number] if number < len(other) else leading
            if here.topic_id not in ("", leading.topic_id):
                message = (
                    f"{here.group_type} group {number + 1} of week {week} holds {here.topic_id} in the "
                    f"{here.track} track, {leading.topic_id or 'no topic'} in the {leading.track} track"
                )
                yield Problem(
                    at(here), message, f"write {leading.topic_id}" if leading.topic_id else "empty it"
                )
