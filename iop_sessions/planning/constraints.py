"""What every plan must hold: one class, one sentence, one source each; the list is the clinic's policy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import ClassVar

from iop_sessions.planning.board import Board
from iop_sessions.records import Topic


class Constraint(ABC):
    """A rule that no plan may break."""

    sentence: ClassVar[str]
    remedy: ClassVar[str]

    @abstractmethod
    def build(self, board: Board) -> None:
        """Add the rule to the model."""


class OneTopicPerMeeting(Constraint):
    """A meeting that needs a topic holds exactly one, or is named as empty."""

    sentence = "every meeting that needs a topic holds exactly one"
    remedy = "mark the group type as open (needs_topic = no)"

    def build(self, board: Board) -> None:
        """Add one row a meeting."""
        for index, empty in board.empty.items():
            board.model.equals(dict.fromkeys([empty, *board.choices(index)], 1.0), 1)


class Spacing(Constraint):
    """A topic comes again only after so many meetings of its type (repetition: rules-and-users, feature 13)."""

    sentence = "a topic comes again only after the number of meetings that [spacing] asks for"
    remedy = "lower [spacing]"

    def build(self, board: Board) -> None:
        """Add one row for each topic and each stretch of meetings."""
        for group_type in board.group_types:
            distance = board.task.program.spacing.get(group_type, 0)
            if distance:
                self._keep_apart(board, group_type, distance)

    def _keep_apart(self, board: Board, group_type: str, distance: int) -> None:
        indices = board.meetings_of_type(group_type)
        recent = board.past_of_type(group_type)[:distance]
        for topic in board.task.curriculum.topics_of_type(group_type):
            for first in range(-len(recent), len(indices)):
                stretch = indices[max(first, 0) : max(first + distance + 1, 0)]
                runs = [board.holds(topic.topic_id, index) for index in stretch]
                past = first < 0 and topic.topic_id in recent[: -first]
                board.model.at_most({run: 1.0 for run in runs if run is not None}, 0 if past else 1)


class SeriesInOrder(Constraint):
    """Parts of a series meet in adjacent meetings of their type, in order (MATCH, Anger Management 7-8)."""

    sentence = "the parts of a series follow each other in adjacent meetings"
    remedy = "remove the series of the topics named"

    def build(self, board: Board) -> None:
        """Tie each part to the part before it."""
        for topic in board.topics:
            before = part_before(board, topic)
            if before is not None:
                self._tie(board, before, topic)

    def _tie(self, board: Board, before: Topic, topic: Topic) -> None:
        indices = board.meetings_of_type(topic.group_type)
        past = board.past_of_type(topic.group_type)[:1]
        for place, index in enumerate(indices):
            here = board.holds(topic.topic_id, index)
            earlier = board.holds(before.topic_id, indices[place - 1]) if place else None
            begun = 1.0 if not place and past and past[0] == before.topic_id else 0.0
            terms = {variable: factor for variable, factor in ((here, 1.0), (earlier, -1.0)) if variable is not None}
            board.model.equals(terms, begun if here is not None else 0)
        last = board.holds(before.topic_id, indices[-1]) if indices else None
        if last is not None:
            board.model.equals({last: 1.0}, 0)


class TriggerContentMidDay(Constraint):
    """Content that can stir a person up is nobody's first group, and never the last of a day (topics: cautions)."""

    sentence = "trigger content stands neither first nor last on a day"
    remedy = "add a third group to a day, or leave the topic out"

    def build(self, board: Board) -> None:
        """Forbid trigger content at the edges of each day; in a cohort only the first day's start is a first group."""
        for index in board.empty:
            if at_edge(board, index):
                for topic in board.topics:
                    variable = board.holds(topic.topic_id, index) if topic.trigger_content else None
                    if variable is not None:
                        board.model.equals({variable: 1.0}, 0)


class CohortOrder(Constraint):
    """In a cohort a topic comes only after the topics it builds on (order rules R3, R4)."""

    sentence = "in a cohort a topic comes after the topics it builds on"
    remedy = "shorten the `after` lists"

    def build(self, board: Board) -> None:
        """Tie each run of a topic to an earlier run of each topic before it."""
        if board.task.program.admission == "cohort":
            for topic in board.topics:
                for earlier_id in topic.after:
                    self._tie(board, topic, earlier_id)

    def _tie(self, board: Board, topic: Topic, earlier_id: str) -> None:
        for index in board.meetings_of_type(topic.group_type):
            here = board.holds(topic.topic_id, index)
            if here is None or earlier_id in board.ever_held:
                continue
            earlier = [
                variable
                for other in range(index)
                if (variable := board.holds(earlier_id, other)) is not None
            ]
            board.model.at_most({here: 1.0} | dict.fromkeys(earlier, -1.0), 0)


class CohortOpensAndCloses(Constraint):
    """In a cohort openings come in the first week and closings in the last two (order rules R1, R2)."""

    sentence = "in a cohort opening topics come in the first week and closing topics in the last two"
    remedy = "add a slot of their type in those weeks, or change the topic's role"

    def build(self, board: Board) -> None:
        """Ask for each opening and closing once in its stretch."""
        task = board.task
        if task.program.admission != "cohort" or task.lived:
            return
        stretches = {"opening": (task.start, task.start + timedelta(days=7)), "closing": (task.end - timedelta(days=14), task.end)}
        for topic in board.topics:
            if topic.role in stretches and topic.group_type in board.group_types:
                board.model.at_least(board.runs([topic.topic_id], *stretches[topic.role]), 1)


CONSTRAINTS: tuple[Constraint, ...] = (
    OneTopicPerMeeting(),
    Spacing(),
    SeriesInOrder(),
    TriggerContentMidDay(),
    CohortOrder(),
    CohortOpensAndCloses(),
)


def part_before(board: Board, topic: Topic) -> Topic | None:
    """Return the part of a series that comes before a topic."""
    for other in board.topics:
        if topic.series and other.series == topic.series and other.part == topic.part - 1:
            return other
    return None


def at_edge(board: Board, index: int) -> bool:
    """Say whether a meeting is the first or the last of its day."""
    meetings = board.task.meetings
    same_day = [place for place, meeting in enumerate(meetings) if meeting.day == meetings[index].day]
    return index in (same_day[0], same_day[-1])
