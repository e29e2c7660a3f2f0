"""Hold the topics of a group type in the order of their ids, where a program asks for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from iop_sessions.curriculum.library import id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.constraint import Constraint, Remedy
from iop_sessions.planning.solver.model import Rule
from iop_sessions.planning.task import Task
from iop_sessions.program.program import Program


class TopicsInSequence(Constraint):
    """Topics of a type come round in the order of their ids and go on after the past (cohort: strict order).

    A meeting left empty skips nothing: its topic waits for the next one. The track with most meetings of the
    type in a week sets the pace: the nth meeting of another track holds the same as its nth.
    """

    sentence = "topics come round in the order of their ids where [sequence] asks for that"

    def build(self, board: Board) -> None:
        """Add a walk through the ids, one step a meeting."""
        for group_type, order in sorted(board.task.program.sequence.items()):
            if order != "free" and group_type in board.task.group_types:
                setting = f'[sequence] {group_type} = "{order}"'
                words = f"{group_type} topics come in the order of their ids ({setting})"
                self._build(board, group_type, order, self.rule(group_type, words))

    def _build(self, board: Board, group_type: str, order: str, rule: Rule) -> None:
        ids = topics_in_order(board.task.program, board.topics_of_type(group_type))
        if ids:
            line, pairs = _in_step(board, group_type)
            _walk(board, line, ids, _begin(board, group_type, ids, order), rule)
            for other, leading in pairs:
                _follow(board, other, leading, ids, rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Remedy]:
        """Offer to plan the topics in any order."""
        sequence = {**task.program.sequence, subject: "free"}
        program = task.program.model_copy(update={"sequence": sequence})
        yield f'write [sequence] {subject} = "free"', replace(task, program=program)


def topics_in_order(program: Program, topics: Sequence[Topic]) -> list[str]:
    """List the topics of a type that some slot of the program can hold, in the order of their ids."""
    lengths: dict[str, set[int]] = {}
    for slot in program.slots:
        if slot.kind == "group":
            lengths.setdefault(slot.group_type, set()).add(slot.minutes)
    found = [
        topic.topic_id
        for topic in topics
        if lengths.get(topic.group_type, set()) & set(topic.lengths)
        and (program.ages == "both" or topic.ages in ("both", program.ages))
    ]
    return sorted(found, key=id_order)


def _in_step(board: Board, group_type: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the meetings that set the pace, in order, and for those of other tracks the one each follows."""
    weeks: dict[int, dict[str, list[int]]] = {}
    for index in board.meetings_of_type(group_type):
        meeting = board.task.meetings[index]
        weeks.setdefault(meeting.week, {}).setdefault(meeting.slot.track, []).append(index)
    line: list[int] = []
    pairs: list[tuple[int, int]] = []
    for tracks in weeks.values():
        own = [tracks[name] for name in board.task.tracks if name and name in tracks]
        leading, *others = sorted(own, key=len, reverse=True) or [[]]
        line += tracks.get("", []) + leading
        pairs += [pair for other in others for pair in zip(other, leading, strict=False)]
    return sorted(line), pairs


def _begin(board: Board, group_type: str, ids: Sequence[str], order: str) -> str:
    """Return the topic that comes first: the one after the last of the past; empty where any may."""
    for track in board.task.tracks:
        past = [topic_id for topic_id in board.past_of_type(group_type, track) if topic_id in ids]
        if past:
            return ids[(ids.index(past[0]) + 1) % len(ids)]
    return ids[0] if order == "fixed" else ""


def _walk(board: Board, line: Sequence[int], ids: Sequence[str], begin: str, rule: Rule) -> None:
    """Let one topic be due at each meeting: held there, or waiting where the meeting stays empty."""
    before: list[list[int]] = []
    for index in line:
        waits = [board.model.fraction() for _ in ids]
        runs = [board.holds(topic_id, index) for topic_id in ids]
        board.model.equals(dict.fromkeys(waits, 1.0) | {board.empty[index]: -1.0}, 0, rule)
        due = [_there(pair) for pair in zip(runs, waits, strict=True)]
        if begin and not before:
            board.model.equals(dict.fromkeys(due[ids.index(begin)], 1.0), 1, rule)
        for here, past in zip(due, before, strict=True) if before else ():
            board.model.equals(dict.fromkeys(here, 1.0) | dict.fromkeys(past, -1.0), 0, rule)
        before = [_there((runs[number - 1], waits[number])) for number in range(len(ids))]


def _there(variables: Iterable[int | None]) -> list[int]:
    return [each for each in variables if each is not None]


def _follow(board: Board, other: int, leading: int, ids: Sequence[str], rule: Rule) -> None:
    """Let a meeting of another track hold what the leading track's holds, or nothing."""
    for topic_id in ids:
        here, there = board.holds(topic_id, other), board.holds(topic_id, leading)
        if here is not None:
            board.model.at_most({here: 1.0} | ({there: -1.0} if there is not None else {}), 0, rule)
