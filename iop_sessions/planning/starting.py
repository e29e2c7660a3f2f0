"""A quick plan to start the search from: at each meeting, the topic that has waited longest."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.planning.board import Board
from iop_sessions.planning.constraints import part_before


def quick_plan(board: Board) -> dict[int, float]:
    """Return values to start from; a rule they break costs time, never the proof."""
    values: dict[int, float] = {}
    for group_type in board.task.group_types:
        held = _Rotation(board, group_type).held()
        for index in board.meetings_of_type(group_type):
            variable = board.choices(index).get(held.get(index, ""), board.empty[index])
            values[variable] = 1.0
    return values


class _Rotation:
    """The topics of one group type, one meeting after another."""

    def __init__(self, board: Board, group_type: str) -> None:
        self._board = board
        self._distance = board.task.program.spacing.get(group_type, 0)
        self._indices = board.meetings_of_type(group_type)
        topics = board.topics_of_type(group_type)
        befores = {topic.topic_id: part_before(board.task, topic) for topic in topics}
        self._first_parts = [topic_id for topic_id, before in befores.items() if before is None]
        self._next_part = {
            before.topic_id: topic_id for topic_id, before in befores.items() if before is not None
        }
        past = board.past_of_type(group_type)
        self._last = {topic_id: -1 - back for back, topic_id in reversed(list(enumerate(past)))}
        self._wanted = self._next_part.get(past[0], "") if past else ""

    def held(self) -> dict[int, str]:
        """Choose a topic for each meeting in turn; a meeting that none may stand in stays out."""
        chosen: dict[int, str] = {}
        for place, index in enumerate(self._indices):
            topic_id = self._longest_waiting(place, [self._wanted] if self._wanted else self._first_parts)
            self._wanted = self._next_part.get(topic_id, "")
            if topic_id:
                self._last[topic_id] = place
                chosen[index] = topic_id
        return chosen

    def _longest_waiting(self, place: int, candidates: Iterable[str]) -> str:
        free = [topic_id for topic_id in candidates if self._may_stand(topic_id, place)]
        return min(free, key=lambda topic_id: self._last.get(topic_id, -1000), default="")

    def _may_stand(self, topic_id: str, place: int) -> bool:
        """Say whether a topic, and every later part of its series, may be held from a meeting on."""
        if place >= len(self._indices) or not self._board.allows(topic_id, self._indices[place]):
            return False
        if place - self._last.get(topic_id, -1000) <= self._distance:
            return False
        after = self._next_part.get(topic_id)
        return after is None or self._may_stand(after, place + 1)
