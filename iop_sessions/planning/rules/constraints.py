"""What every plan must hold: one class, one sentence, one source each; the list is the clinic's policy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import ClassVar, Literal

from iop_sessions.curriculum.library import id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.planning.rules.board import Board, Everybody, edges_of_days
from iop_sessions.planning.solver.model import HardRule
from iop_sessions.planning.task import Task
from iop_sessions.plans import facts
from iop_sessions.program.calendar import WEEK
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class Altered:
    """What is changed, one thing or two, and the task as it would then be."""

    changes: facts.Changes
    task: Task


class Constraint(ABC):
    """A rule that no plan may break."""

    sentence: ClassVar[str]

    @abstractmethod
    def build(self, board: Board) -> None:
        """Add the rule to the model."""

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:  # noqa: ARG002 - a rule may have no remedy
        """Offer what a clinic could change so that the rule asks for less, the smallest change first."""
        yield from ()

    def rule(self, subject: str, fact: facts.Clashing) -> HardRule:
        """Name one case of the constraint."""
        return HardRule(type(self).__name__, subject, fact)


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
                fact = facts.OfType(kind="in-sequence", group_type=group_type, order=order)
                self._build(board, group_type, order, self.rule(group_type, fact))

    def _build(self, board: Board, group_type: str, order: str, rule: HardRule) -> None:
        ids = topics_in_order(board.task.program, board.topics_of_type(group_type))
        if ids:
            line, pairs = _in_step(board, group_type)
            _walk(board, line, ids, _begin(board, group_type, ids, order), rule)
            for other, leading in pairs:
                _follow(board, other, leading, ids, rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer to plan the topics in any order."""
        yield loosened(task, subject, "free")


def topics_in_order(program: Program, topics: Sequence[Topic]) -> list[str]:
    """List the topics of a type that some slot of the program can hold, in the order of their ids."""
    groups = {(slot.group_type, slot.minutes) for slot in program.slots if slot.kind == "group"}
    of_age = (each for each in topics if program.ages == "both" or each.ages in ("both", program.ages))
    found = (each for each in of_age if not groups.isdisjoint((each.group_type, it) for it in each.lengths))
    return sorted((each.topic_id for each in found), key=id_order)


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


def _walk(board: Board, line: Sequence[int], ids: Sequence[str], begin: str, rule: HardRule) -> None:
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


def _follow(board: Board, other: int, leading: int, ids: Sequence[str], rule: HardRule) -> None:
    """Let a meeting of another track hold what the leading track's holds, or nothing."""
    for topic_id in ids:
        here, there = board.holds(topic_id, other), board.holds(topic_id, leading)
        if here is not None:
            board.model.at_most({here: 1.0} | ({there: -1.0} if there is not None else {}), 0, rule)


Stretch = tuple[date, date]
"""The first day, and the first day after it."""
DAY, FORTNIGHT = timedelta(days=1), 2 * WEEK


class OneTopicPerMeeting(Constraint):
    """A meeting that needs a topic holds exactly one, or is named as empty."""

    sentence = "every meeting that needs a topic holds exactly one"

    def build(self, board: Board) -> None:
        """Add one row a meeting."""
        for index, empty in board.empty.items():
            group_type = board.task.meetings[index].slot.group_type
            rule = self.rule(group_type, facts.OfType(kind="one-topic", group_type=group_type))
            board.model.equals(dict.fromkeys([empty, *board.choices(index).values()], 1.0), 1, rule)


class Spacing(Constraint):
    """A topic comes again only after so many meetings of its type, so that nobody hears it twice in a row.

    A meeting that was cancelled counts too, for as much time passes; else a closed day would move topics for
    their spacing alone. At least one meeting between two runs takes place.
    """

    sentence = "a topic comes again only after the number of meetings that [spacing] asks for"

    def build(self, board: Board) -> None:
        """Add one row for each topic and each stretch of meetings."""
        for group_type in board.task.group_types:
            distance = board.task.program.spacing.get(group_type, 0)
            lines = [board.line(group_type, track) for track in board.task.tracks if distance]
            stretches = [stretch for line in lines for stretch in line.stretches(distance)]
            gaps = any(line.gaps for line in lines)
            kind: Literal["spaced", "spaced-gaps"] = "spaced-gaps" if gaps else "spaced"
            rule = self.rule(group_type, facts.OfType(kind=kind, group_type=group_type, meetings=distance))
            for topic in board.topics_of_type(group_type):
                for past, indices in stretches:
                    runs = dict.fromkeys(board.runs_in(topic.topic_id, indices), 1.0)
                    board.model.at_most(runs, 0 if topic.topic_id in past else 1, rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer a lower spacing, one meeting less at a time."""
        for lower in range(task.program.spacing[subject] - 1, -1, -1):
            yield spaced(task, subject, lower)


class SeriesInOrder(Constraint):
    """Parts of a series meet in adjacent meetings of their type, in order (MATCH, Anger Management 7-8)."""

    sentence = "the parts of a series follow each other in adjacent meetings"

    def build(self, board: Board) -> None:
        """Tie each part to the part before it."""
        for topic in board.task.topics:
            before = part_before(board.task, topic)
            if before is not None:
                parts = (each for each in board.task.topics if each.series == topic.series)
                ids = tuple(each.topic_id for each in sorted(parts, key=lambda part: part.part))
                rule = self.rule(topic.series, facts.TogetherInOrder(series=topic.series, topics=ids))
                for track in board.task.tracks:
                    self._tie(board, before, topic, rule, track)

    def _tie(self, board: Board, before: Topic, topic: Topic, rule: HardRule, track: str) -> None:
        """Ask for the next part in the next meeting wherever a part is held; the last one begins nothing."""
        indices = board.meetings_of_type(topic.group_type, track)
        begun = board.past_of_type(topic.group_type, track)[:1] == [before.topic_id]
        for earlier, later in zip([None, *indices], [*indices, None], strict=True):
            first = board.holds(before.topic_id, earlier) if earlier is not None else None
            second = board.holds(topic.topic_id, later) if later is not None else None
            terms = {run: factor for run, factor in ((second, 1.0), (first, -1.0)) if run is not None}
            if terms:
                board.model.equals(terms, float(earlier is None and begun), rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer to take the series apart."""
        parts = tuple(topic.topic_id for topic in task.topics if topic.series == subject)
        apart = task.with_topics({each: {"series": "", "part": 0} for each in parts})
        yield Altered((facts.TakeApart(series=subject, topics=parts),), apart)


class TriggerContentMidDay(Constraint):
    """Content that can stir a person up is nobody's first group, and never the last of a day (topic bank)."""

    sentence = "trigger content is nobody's first group, and never the last group of a day"

    def build(self, board: Board) -> None:
        """Keep trigger content from the edges of each day."""
        edges = edges_of_days(board.task)
        for topic in (each for each in board.task.topics if each.trigger_content):
            rule = self.rule(topic.topic_id, facts.OfTopic(kind="mid-day", topic_id=topic.topic_id))
            for index in edges:
                board.forbid(topic.topic_id, index, rule)


class CalendarTie(Constraint):
    """A topic tied to closures stands in the week before one (topic bank)."""

    sentence = "a topic tied to closures stands in the week before a closed day"

    def build(self, board: Board) -> None:
        """Keep such a topic out of every other meeting."""
        for topic in (topic for topic in board.task.topics if topic.calendar_tie == "before_closure"):
            rule = self.rule(topic.topic_id, facts.OfTopic(kind="before-closure", topic_id=topic.topic_id))
            for index in board.meetings_of_type(topic.group_type):
                today, site = board.task.meetings[index].day, board.task.meetings[index].slot.site
                if not any(today < day <= today + WEEK for day in board.task.closed_days[site]):
                    board.forbid(topic.topic_id, index, rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer to hold it at any time of the year."""
        change = facts.FreeTopic(kind="untie", topic_id=subject)
        yield Altered((change,), task.with_topics({subject: {"calendar_tie": ""}}))


class CohortOrder(Constraint):
    """In a cohort a topic comes only after the topics it builds on, in each track (order rules R3, R4)."""

    sentence = "in a cohort a topic comes after the topics it builds on"

    def build(self, board: Board) -> None:
        """Tie each run of a topic to an earlier run of each topic before it."""
        if board.task.program.admission == "cohort":
            for topic, track in product(board.task.topics, board.task.tracks):
                for earlier_id in topic.after:
                    self._tie(board, topic, earlier_id, track)

    def _tie(self, board: Board, topic: Topic, earlier_id: str, track: str) -> None:
        fact = facts.OfTopic(kind="builds-on", topic_id=topic.topic_id, earlier_id=earlier_id)
        rule = self.rule(topic.topic_id, fact)
        people = Everybody(track)
        for index in board.meetings_of_type(topic.group_type, track):
            here = board.holds(topic.topic_id, index)
            if here is not None and not board.met_anyway(earlier_id, people, index):
                runs = board.runs_before(earlier_id, people, index)
                board.model.at_most({here: 1.0} | dict.fromkeys(runs, -1.0), 0, rule)

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer to empty the topic's `after`."""
        yield opened_to_all(task, subject)


class CohortOpensAndCloses(Constraint):
    """In a cohort each track opens in its first week and closes in its last two (order rules R1, R2)."""

    sentence = "in a cohort opening topics come in the first week and closing topics in the last two"

    def build(self, board: Board) -> None:
        """Ask for each opening and closing once in its stretch; a cohort with a past has been opened."""
        task = board.task
        if task.program.admission != "cohort":
            return
        roles = {"closing"} if task.lived else {"opening", "closing"}
        for topic in task.topics:
            if topic.role in roles and topic.group_type in task.group_types:
                for track in tracks_of_type(task, topic.group_type):
                    self._ask(board, topic, track, _stretch(board, topic, track))

    def _ask(self, board: Board, topic: Topic, track: str, stretch: Stretch) -> None:
        first, due = stretch
        found = board.dated_runs(topic.topic_id, Everybody(track), first, due)
        fact = facts.InStretch(
            kind="opening" if topic.role == "opening" else "closing", topic_id=topic.topic_id, track=track,
            first=first, last=due - DAY, fitting=len(found),
        )  # fmt: skip
        board.model.at_least({run: 1.0 for run, _ in found}, 1, self.rule(topic.topic_id, fact))

    def remedies(self, task: Task, subject: str) -> Iterator[Altered]:
        """Offer to give up the topic's role."""
        change = facts.FreeTopic(kind="make-ordinary", topic_id=subject)
        yield Altered((change,), task.with_topics({subject: {"role": "ordinary"}}))


class TracksInStep(Constraint):
    """Every track hears the same topics in the same week, so that a missed group is made up in the other."""

    sentence = "tracks hear the same topics in the same week"

    def build(self, board: Board) -> None:
        """Let each track hear in a week what the track with most meetings of the type hears."""
        for group_type in board.task.group_types:
            rule = self.rule(group_type, facts.OfType(kind="tracks-alike", group_type=group_type))
            for week in range(1, board.task.weeks + 1):
                self._tie(board, group_type, self._by_track(board, group_type, week), rule)

    def _by_track(self, board: Board, group_type: str, week: int) -> list[list[int]]:
        """List the meetings of a week that each track has to itself, the track with most of them first."""
        found: dict[str, list[int]] = {track: [] for track in board.task.tracks}
        for index in board.meetings_of_type(group_type):
            meeting = board.task.meetings[index]
            if meeting.week == week and meeting.slot.track in found:
                found[meeting.slot.track].append(index)
        return sorted(found.values(), key=len, reverse=True)

    def _tie(self, board: Board, group_type: str, tracks: list[list[int]], rule: HardRule) -> None:
        most, *others = tracks
        for other in others:
            for topic in board.topics_of_type(group_type):
                here = dict.fromkeys(board.runs_in(topic.topic_id, other), 1.0)
                there = dict.fromkeys(board.runs_in(topic.topic_id, most), -1.0)
                if here:  # at most, not as often: a hole in one track makes none in the other
                    board.model.at_most(here | there, 0, rule)


def _stretch(board: Board, topic: Topic, track: str) -> Stretch:
    """Return when an opening or a closing comes; where its type does not meet then, in the nearest week."""
    start, end = board.task.start, board.task.end
    days = [board.task.meetings[index].day for index in board.meetings_of_type(topic.group_type, track)]
    if topic.role == "opening":
        first = start if any(day < start + WEEK for day in days) else min(days, default=start)
        return first, first + WEEK
    due = end if any(day >= end - FORTNIGHT for day in days) else max(days, default=end - DAY) + DAY
    return max(start, due - FORTNIGHT), due


CONSTRAINTS: tuple[Constraint, ...] = (
    OneTopicPerMeeting(),
    Spacing(),
    SeriesInOrder(),
    TriggerContentMidDay(),
    CalendarTie(),
    CohortOrder(),
    CohortOpensAndCloses(),
    TracksInStep(),
    TopicsInSequence(),
)


def part_before(task: Task, topic: Topic) -> Topic | None:
    """Return the part of a series that comes before a topic."""
    parts = {other.part: other for other in task.topics if topic.series and other.series == topic.series}
    return parts.get(topic.part - 1)


def tracks_of_type(task: Task, group_type: str) -> list[str]:
    """List the tracks whose people have groups of a type."""
    theirs = [slot for slot in task.program.slots if (slot.group_type, slot.kind) == (group_type, "group")]
    return [track for track in task.tracks if any(slot.serves(track) for slot in theirs)]


def loosened(task: Task, group_type: str, order: str) -> Altered:
    """Let the topics of a type come in a looser order."""
    change = facts.LoosenSequence(group_type=group_type, order=order)
    return Altered((change,), task.with_program(sequence={**task.program.sequence, group_type: order}))


def spaced(task: Task, group_type: str, lower: int) -> Altered:
    """Let the topics of a type come again after fewer meetings."""
    change = facts.LowerSpacing(group_type=group_type, now=task.program.spacing[group_type], then=lower)
    return Altered((change,), task.with_program(spacing={**task.program.spacing, group_type: lower}))


def opened_to_all(task: Task, topic_id: str) -> Altered:
    """Let a topic count whatever came before it."""
    alone = task.with_topics({topic_id: {"after": (), "entry": "open"}})
    return Altered((facts.FreeTopic(kind="empty-after", topic_id=topic_id),), alone)
