"""Check that tables, guides and handouts belong together."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Document
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.ground.errors import Place, Problem, did_you_mean


def check_topics_have_guides(curriculum: Curriculum) -> list[Problem]:
    """Every full topic has its guide."""
    return [
        Problem(
            topic.place.at("topic_id"),
            f"{topic.topic_id} has no guide",
            f"write guides/en/{topic.topic_id}.md",
        )
        for topic in curriculum.topics
        if topic.content == "full" and f"en/{topic.topic_id}" not in curriculum.guides
    ]


def check_handouts_have_sheets(curriculum: Curriculum) -> list[Problem]:
    """Every handout that is ours has its text."""
    return [
        Problem(
            each.place.at("handout_id"),
            f"{each.handout_id} has no text",
            f"write handouts/en/{each.handout_id}.md",
        )
        for each in curriculum.handouts
        if each.kind != "external" and f"en/{each.handout_id}" not in curriculum.sheets
    ]


def check_documents_have_rows(curriculum: Curriculum) -> list[Problem]:
    """Every guide and every handout text has its row in the tables."""
    kinds = (
        (curriculum.guides, set(curriculum.topic_by_id), "topic", "topics.csv"),
        (curriculum.sheets, set(curriculum.handout_by_id), "handout", "handouts.csv"),
    )
    return [
        Problem(
            Place(document.file), f"no {noun} '{name}'", did_you_mean(name, known) or f"add it to {table}"
        )
        for documents, known, noun, table in kinds
        for name, document in ((key.split("/", 1)[1], document) for key, document in documents.items())
        if name not in known and not curriculum.lost(table.removesuffix(".csv"), f"{noun}_id", name)
    ]


def check_handouts_are_used(curriculum: Curriculum) -> list[Problem]:
    """Every handout is used by a topic, and every full topic uses one (rule R18)."""
    used = {each.handout_id for each in curriculum.topic_handouts}
    using = {each.topic_id for each in curriculum.topic_handouts}
    remedy = "add a row to topic_handouts.csv"
    unused = [
        Problem(each.place.at("handout_id"), f"no topic uses {each.handout_id}", remedy, "warning")
        for each in curriculum.handouts
        if each.handout_id not in used
        and not curriculum.lost("topic_handouts", "handout_id", each.handout_id)
    ]
    return unused + [
        Problem(each.place.at("topic_id"), f"{each.topic_id} uses no handout", remedy, "warning")
        for each in curriculum.topics
        if each.content == "full"
        and each.topic_id not in using
        and not curriculum.lost("topic_handouts", "topic_id", each.topic_id)
    ]


def check_guides_follow_their_segments(curriculum: Curriculum) -> list[Problem]:
    """Every numbered heading of a guide is a segment of its topic, for every length."""
    found: list[Problem] = []
    for topic in curriculum.topics:
        guide = curriculum.guides.get(f"en/{topic.topic_id}")
        if guide is not None and not curriculum.lost("segments", "topic_id", topic.topic_id):
            found += dict.fromkeys(_departures(curriculum, topic, guide))
    return found


def _departures(curriculum: Curriculum, topic: Topic, guide: Document) -> Iterator[Problem]:
    headings = {section.number: section for section in guide.sections if section.number}
    for length in topic.lengths:
        segments: dict[int, Segment] = {
            each.order: each for each in curriculum.segments_of(topic.topic_id, length)
        }
        for order, segment in segments.items():
            section = headings.get(order)
            wanted = f"write '## {order} {segment.title}'"
            if section is None:
                yield Problem(Place(guide.file), f"no heading for segment {order} '{segment.title}'", wanted)
            elif section.title != segment.title:
                message = f"the heading says '{section.title}', segments.csv says '{segment.title}'"
                yield Problem(Place(guide.file, section.line), message, wanted)
        for order, section in headings.items():
            if segments and order not in segments:
                message = f"'{section.heading}' is no segment of {topic.topic_id} for {length} minutes"
                yield Problem(
                    Place(guide.file, section.line), message, "add it to segments.csv, or remove it"
                )
