"""Check that topics come in the order of their ids where a program asks for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_sessions.curriculum.library import id_order
from iop_sessions.ground.errors import Problem
from iop_sessions.judge.case import Case, at
from iop_sessions.plans.plan import Session

Weeks = dict[int, dict[str, list[Session]]]
"""The groups of a type by week and track, in order."""


def check_topics_in_sequence(case: Case) -> list[Problem]:
    """Check that topics come round in the order of their ids, and that other tracks keep pace.

    A meeting without a topic skips nothing. The track with most groups of the type in a week sets the pace.
    """
    asked = {name: order for name, order in case.program.sequence.items() if order != "free"}
    return [problem for name, order in sorted(asked.items()) for problem in _faults(case, name, order)]


def _faults(case: Case, group_type: str, order: str) -> Iterator[Problem]:
    ids = _ids(case, group_type)
    weeks: Weeks = {}
    for session in case.held:
        if case.is_new(session) and case.needs_topic(session) and session.group_type == group_type:
            tracks = weeks.setdefault(case.plan.week_of(session), {})
            tracks.setdefault(session.track, []).append(session)
    line = [session for tracks in weeks.values() for session in _leading(case, tracks)]
    yield from _out_of_order(case, sorted(line, key=lambda each: each.order), ids, order)
    for week, tracks in weeks.items():
        yield from _out_of_pace(case, week, tracks)


def _ids(case: Case, group_type: str) -> list[str]:
    """List the topics of a type that some slot can hold, in the order of their ids."""
    slots = [each for each in case.program.slots if (each.group_type, each.kind) == (group_type, "group")]
    lengths = {slot.minutes for slot in slots}
    topics = case.curriculum.topics_of_type(group_type)
    found = (each.topic_id for each in topics if lengths & set(each.lengths) and case.for_ages(each))
    return sorted(found, key=id_order)


def _own(case: Case, tracks: dict[str, list[Session]]) -> list[list[Session]]:
    """List the groups that tracks have to themselves, those of the track with most of them first."""
    own = [tracks[name] for name in case.tracks if name and name in tracks]
    return sorted(own, key=lambda groups: -len(groups))


def _leading(case: Case, tracks: dict[str, list[Session]]) -> list[Session]:
    own = _own(case, tracks)
    return tracks.get("", []) + (own[0] if own else [])


def _out_of_order(case: Case, line: Sequence[Session], ids: Sequence[str], order: str) -> Iterator[Problem]:
    due = _first_due(case, line, ids, order)
    for session in line:
        if session.topic_id in ids:
            if due not in ("", session.topic_id):
                group_type = session.group_type
                message = f'{session.topic_id} is not next: {due} is, by [sequence] {group_type} = "{order}"'
                yield Problem(at(session), message, f'write {due}, or [sequence] {group_type} = "free"')
            due = _after(ids, session.topic_id)


def _first_due(case: Case, line: Sequence[Session], ids: Sequence[str], order: str) -> str:
    """Return the topic that goes on after the past, or begins; empty where any may."""
    group_type = line[0].group_type if line else ""
    for track in case.tracks:
        held = case.held_of_type(group_type, track)
        past = [each.topic_id for each in held if not case.is_new(each) and each.topic_id in ids]
        if past:
            return _after(ids, past[-1])
    return ids[0] if order == "fixed" and ids else ""


def _after(ids: Sequence[str], topic_id: str) -> str:
    return ids[(ids.index(topic_id) + 1) % len(ids)]


def _out_of_pace(case: Case, week: int, tracks: dict[str, list[Session]]) -> Iterator[Problem]:
    """Name the groups of other tracks that hold something else than the same group of the leading track."""
    first, *others = _own(case, tracks) or [[]]
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
