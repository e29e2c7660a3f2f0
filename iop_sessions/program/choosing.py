"""Choose what of a library a program teaches: its collections, and the topics it names or leaves out.

Planner, judge, checks and coverage all work on the curriculum that comes out; pages keep the whole one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class Wanted:
    """A topic that a program needs and the library lacks."""

    topic_id: str
    title: str
    why: str  # what the library has instead; empty where it has nothing of this id


def chosen(curriculum: Curriculum, program: Program) -> Curriculum:
    """Return the curriculum with what a program teaches; the same one where that is all of it.

    An objective goes where its topics go. One that has no topic at all stays, for it is a fault to be named.
    """
    any_age = not _is_selective(program)
    topics = tuple(
        topic
        for topic in curriculum.topics
        if is_chosen(program, topic) and (any_age or for_ages(program, topic))
    )
    left = {topic.topic_id for topic in topics}
    ways = {name: {each.topic_id for each in found} for name, found in curriculum.topics_of_objective.items()}
    objectives = tuple(
        each
        for each in curriculum.objectives
        if not ways[each.objective_id] or ways[each.objective_id] & left
    )
    if len(topics) == len(curriculum.topics) and len(objectives) == len(curriculum.objectives):
        return curriculum
    pairs = tuple(each for each in curriculum.topic_objectives if each.topic_id in left)
    return replace(curriculum, topics=topics, objectives=objectives, topic_objectives=pairs)


def is_chosen(program: Program, topic: Topic) -> bool:
    """Say whether a program teaches a topic, if its groups and ages allow."""
    named = not program.only_topics or topic.topic_id in (*program.only_topics, *program.wanted)
    return topic.collection in program.collection and named and topic.topic_id not in program.leave_out


def for_ages(program: Program, topic: Topic) -> bool:
    """Say whether a topic is written for a program's ages."""
    return "both" in (program.ages, topic.ages) or topic.ages == program.ages


def _is_selective(program: Program) -> bool:
    """Say whether a program chooses its topics, so that it promises no more than these can teach."""
    return bool(program.wanted or program.only_topics or program.leave_out)


def wanted_topics(curriculum: Curriculum, program: Program) -> list[Wanted]:
    """List the topics that a program wants and cannot have yet, in the order it names them."""
    found = []
    for topic_id, title in program.wanted.items():
        topic = curriculum.topic_by_id.get(topic_id)
        if topic is None:
            found.append(Wanted(topic_id, title, ""))
        elif not for_ages(program, topic):
            found.append(Wanted(topic_id, title, f"ages '{topic.ages}'"))
        elif not is_chosen(program, topic):
            found.append(Wanted(topic_id, title, f"collection '{topic.collection}'"))
    return found


def not_promised(curriculum: Curriculum, program: Program) -> list[Objective]:
    """List the core objectives of a program's collections that none of its topics can teach yet.

    One that names its topics one by one has another core, so nothing is missing from it.
    """
    if program.only_topics:
        return []
    promised = {each.objective_id for each in chosen(curriculum, program).objectives}
    levels = {"short"} if program.core == "short" else {"short", "full"}
    return [
        each
        for each in curriculum.objectives
        if each.level in levels
        and each.objective_id not in promised
        and any(
            topic.collection in program.collection
            for topic in curriculum.topics_of_objective[each.objective_id]
        )
    ]
