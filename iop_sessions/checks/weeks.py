"""Check what a program asks of its weeks: themes that some topic carries, sequences that can be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from iop_sessions.checks.programs import unknown
from iop_sessions.curriculum.library import Curriculum, id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Place, Problem, did_you_mean
from iop_sessions.program.program import Program


def check_week_notes_lie_in_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a reason for a week that the plan never reaches: it excuses nothing."""
    message, remedy = "the plan has weeks 1 to {}, not {}", "count the weeks from the start of the plan"
    return [
        Problem(
            Place(file, 0, f"week_notes[{number}].week"),
            message.format(program.weeks, note.week),
            remedy,
            "warning",
        )
        for number, note in enumerate(program.week_notes, 1)
        if note.week > program.weeks
    ]


def check_themes_are_known(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every theme of a week is one that a topic carries."""
    known = sorted({each.tag for each in curriculum.topic_tags if each.scheme == "theme"})
    if curriculum.lost("topic_tags", "scheme", "theme"):
        return []
    return [
        Problem(
            Place(file, 0, f"good_weeks.themes[{number}]"),
            f"no topic carries the theme '{theme}'",
            did_you_mean(theme, known) or "add it to topic_tags.csv, or choose another",
        )
        for number, theme in enumerate(program.good_weeks.themes, 1)
        if theme and theme not in known
    ]


def check_themes_weigh_something(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of themes that no plan would heed."""
    if not any(program.good_weeks.themes) or program.weights.themes:
        return []
    message = "is 0, so that no plan heeds [good_weeks] themes"
    return [Problem(Place(file, 0, "weights.themes"), message, "write what a missed one costs: 2", "warning")]


def check_sequences_are_of_known_groups(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every group type of [sequence] exists."""
    types = set(curriculum.group_type_by_id)
    return [
        unknown(Place(file, 0, f"sequence.{name}"), "group type", name, types)
        for name in program.sequence
        if name not in types and not curriculum.lost("group_types", "group_type", name)
    ]


def check_sequences_can_be_held(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Refuse an order of ids that slots, a series, or in a cohort what topics build on cannot follow."""
    asked = [name for name, order in program.sequence.items() if order != "free"]
    return [
        Problem(Place(file, 0, f"sequence.{name}"), message, remedy)
        for name in asked
        for message, remedy in _faults(curriculum, program, name)
    ]


Fault = tuple[str, str]
"""What is wrong, and what to do."""


def _faults(curriculum: Curriculum, program: Program, group_type: str) -> Iterator[Fault]:
    slots = [each for each in program.slots if (each.group_type, each.kind) == (group_type, "group")]
    lengths = sorted({slot.minutes for slot in slots})
    topics = [
        topic
        for topic in curriculum.topics_of_type(group_type)
        if set(lengths) & set(topic.lengths)
        and (program.ages == "both" or topic.ages in ("both", program.ages))
    ]
    topics.sort(key=lambda topic: id_order(topic.topic_id))
    yield from (fault for topic in topics for fault in _unwritten(topic, lengths))
    yield from _series_apart(topics, group_type)
    if program.admission == "cohort" and program.sequence[group_type] == "fixed":
        yield from _too_early(topics)


def _unwritten(topic: Topic, lengths: Sequence[int]) -> Iterator[Fault]:
    lacking = [str(minutes) for minutes in lengths if minutes not in topic.lengths]
    if lacking:
        message = (
            f"{topic.topic_id} is not written for {' or '.join(lacking)} minutes, and is due in any slot"
        )
        yield message, f'write it for each length, or write {topic.group_type} = "free"'


def _series_apart(topics: Sequence[Topic], group_type: str) -> Iterator[Fault]:
    """Name parts of a series that the order of ids does not put next to each other."""
    for topic, after in pairwise([*topics, *topics[:1]]):
        parts = {other.part: other for other in topics if topic.series and other.series == topic.series}
        wanted = parts.get(topic.part + 1)
        if wanted is not None and wanted is not after:
            message = (
                f"the series '{topic.series}' asks for {wanted.topic_id} after {topic.topic_id}, "
                f"the order of ids for {after.topic_id}"
            )
            yield message, f'number the parts one after the other, or write {group_type} = "free"'


def _too_early(topics: Sequence[Topic]) -> Iterator[Fault]:
    places = {topic.topic_id: place for place, topic in enumerate(topics)}
    for place, topic in enumerate(topics):
        late = [each for each in topic.after if places.get(each, -1) > place]
        if late:
            message = f"{topic.topic_id} builds on {', '.join(late)}, but the order of ids puts it first"
            yield message, f'change the ids, or write {topic.group_type} = "free"'
