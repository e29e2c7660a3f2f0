"""Slide topics to the next meeting of their type: what a closed day took comes next, the rest one later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.plan import Session


def slid(
    curriculum: Curriculum, rows: Sequence[Session], lost: Collection[str], standing: Collection[str]
) -> list[Session]:
    """Return the rows with their topics slid along the meetings of each type and track.

    Parameters
    ----------
    rows
        The sessions as they are now, some of them cancelled.
    lost
        Ids of the sessions that fell out just now; their topics come next.
    standing
        Ids of the sessions whose topic does not change.
    """
    lines: dict[tuple[str, str], list[Session]] = {}
    for row in sorted(rows, key=lambda each: each.order):
        if row.kind == "group" and curriculum.needs_topic(row.group_type):
            lines.setdefault((row.group_type, row.track), []).append(row)
    topics: dict[str, str] = {}
    for line in lines.values():
        topics |= _slid(curriculum, line, lost, standing)
    return [row.model_copy(update={"topic_id": topics.get(row.session_id, row.topic_id)}) for row in rows]


def _slid(
    curriculum: Curriculum, line: Iterable[Session], lost: Collection[str], standing: Collection[str]
) -> dict[str, str]:
    """Return the new topics of one line of meetings; what is left at its end falls out."""
    waiting: list[str] = []
    found: dict[str, str] = {}
    for row in line:
        if row.session_id in lost:
            waiting.append(row.topic_id)
        elif row.takes_place and row.session_id not in standing and waiting:
            waiting.append(row.topic_id)
            fitting = (each for each in waiting if _fits(curriculum, each, row))
            found[row.session_id] = next(fitting, row.topic_id)
            waiting.remove(found[row.session_id])
    return found


def _fits(curriculum: Curriculum, topic_id: str, row: Session) -> bool:
    topic = curriculum.topic_by_id.get(topic_id)
    return topic is not None and row.planned_minutes in topic.lengths
