"""Check that topics can be run: minutes add up, practice gets its share, objectives are taught."""

from __future__ import annotations

from itertools import groupby

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Segment
from iop_sessions.ground.errors import Problem


def _timetables(curriculum: Curriculum) -> list[list[Segment]]:
    """Gather the segments of each topic and length, of topics whose rows could all be read."""
    whole = (
        each for each in curriculum.segments if not curriculum.lost("segments", "topic_id", each.topic_id)
    )
    ordered = sorted(whole, key=lambda each: (each.topic_id, each.length, each.order))
    return [list(rows) for _, rows in groupby(ordered, key=lambda each: (each.topic_id, each.length))]


def check_segment_sums(curriculum: Curriculum) -> list[Problem]:
    """Segments of a topic add up to its length (rule R19: TAP 19)."""
    found = []
    for rows in _timetables(curriculum):
        total, length = sum(row.minutes for row in rows), rows[0].length
        if total != length:
            parts = " + ".join(str(row.minutes) for row in rows)
            message = f"the segments of {rows[0].topic_id} for {length} minutes add up to {total} ({parts})"
            remedy = f"{'take away' if total > length else 'add'} {abs(total - length)} minutes"
            found.append(Problem(rows[-1].place.at("minutes"), message, remedy))
    return found


def check_segment_orders(curriculum: Curriculum) -> list[Problem]:
    """Segments are numbered 1, 2, 3 … without a gap."""
    found = []
    for rows in _timetables(curriculum):
        for number, row in enumerate(rows, 1):
            if row.order != number:
                message = f"the segments of {row.topic_id} for {row.length} minutes have no number {number}"
                found.append(Problem(row.place.at("order"), message, "number them 1, 2, 3 …"))
                break
    return found


def check_lengths_have_segments(curriculum: Curriculum) -> list[Problem]:
    """Every length of a topic has its segments, and no length has segments alone."""
    timed = {(row.topic_id, row.length) for row in curriculum.segments}
    found = [
        Problem(
            topic.place.at("lengths"),
            f"{topic.topic_id} has no segments for {length} minutes",
            "add them to segments.csv",
        )
        for topic in curriculum.topics
        for length in topic.lengths
        if topic.content == "full"
        and (topic.topic_id, length) not in timed
        and not curriculum.lost("segments", "topic_id", topic.topic_id)
    ]
    for rows in _timetables(curriculum):
        topic = curriculum.topic_by_id.get(rows[0].topic_id)
        if topic is not None and rows[0].length not in topic.lengths:
            message = f"{topic.topic_id} does not name the length {rows[0].length} in topics.csv"
            found.append(
                Problem(rows[0].place.at("length"), message, "add it to `lengths`, or remove these rows")
            )
    return found


def check_practice_share(curriculum: Curriculum) -> list[Problem]:
    """Practice gets the share of time its group type asks for (rule R17)."""
    found = []
    for rows in _timetables(curriculum):
        topic = curriculum.topic_by_id.get(rows[0].topic_id)
        kind = curriculum.group_type_by_id.get(topic.group_type) if topic is not None else None
        if kind is None:
            continue
        practice = sum(row.minutes for row in rows if row.kind == "practice")
        needed = -(-kind.practice_share_min * rows[0].length // 100)
        if practice < needed:
            message = f"{rows[0].topic_id} practices {practice} of {rows[0].length} minutes"
            remedy = f"{kind.group_type} needs {needed} ({kind.practice_share_min} %)"
            found.append(Problem(rows[0].place.at("minutes"), message, remedy))
    return found


def check_topics_teach_something(curriculum: Curriculum) -> list[Problem]:
    """Every topic meets at least one objective."""
    taught = {each.topic_id for each in curriculum.topic_objectives}
    return [
        Problem(
            topic.place.at("topic_id"),
            f"{topic.topic_id} meets no objective",
            "add a row to topic_objectives.csv",
            "warning",
        )
        for topic in curriculum.topics
        if not topic.is_in_a_manual
        and topic.topic_id not in taught
        and not curriculum.lost("topic_objectives", "topic_id", topic.topic_id)
    ]


def check_objectives_are_taught(curriculum: Curriculum) -> list[Problem]:
    """Every core objective is met by at least one topic."""
    taught = {each.objective_id for each in curriculum.topic_objectives}
    return [
        Problem(
            each.place.at("objective_id"),
            f"no topic meets the core objective '{each.objective_id}'",
            "add a row to topic_objectives.csv, or make it elective",
        )
        for each in curriculum.objectives
        if each.level != "elective"
        and each.objective_id not in taught
        and not curriculum.lost("topic_objectives", "objective_id", each.objective_id)
    ]
