"""What the plan owes to each possible newcomer, as rows with a priced way out.

Windows that hold the same meetings collapse into one row, so a start on every service day stays cheap.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from iop_sessions.curriculum.records import Objective, Topic
from iop_sessions.planning.rules.board import Board, Guest, start_days


@dataclass(frozen=True)
class Prerequisite:
    """A topic that must be met before another: its runs that a guest can meet, each with its meeting."""

    runs: tuple[tuple[int, int], ...]

    def before(self, meeting: int) -> frozenset[int]:
        """Return its runs that lie before a meeting."""
        return frozenset(run for run, where in self.runs if where < meeting)

    def met(self, chosen: Container[int], meeting: int) -> bool:
        """Say whether one of the runs is chosen before a meeting."""
        return any(where < meeting and run in chosen for run, where in self.runs)


@dataclass(frozen=True)
class Chance:
    """One way to keep a promise: a topic held at a meeting, after what it needs."""

    run: int
    meeting: int
    needs: tuple[Prerequisite, ...] = ()
    counts: int | None = None  # of an ordered topic: the variable that says whether any of its runs counts

    def follows(self, chosen: Container[int]) -> bool:
        """Say whether all that it needs is chosen before it."""
        return all(need.met(chosen, self.meeting) for need in self.needs)


@dataclass(frozen=True)
class Promise:
    """One row: these guests need one of these variables, or the row's price is paid."""

    subject: str  # objective, or topic of a wish
    guests: tuple[Guest, ...]
    missed: int  # the variable that pays the price
    price: int
    chances: tuple[Chance, ...]

    def kept(self, chosen: Container[int]) -> bool:
        """Say whether some choices keep it."""
        return any(chance.run in chosen and chance.follows(chosen) for chance in self.chances)

    @property
    def starts(self) -> tuple[date, ...]:
        """Return the start dates, each once, in order."""
        return tuple(sorted({guest.start for guest in self.guests}))


def guests(board: Board) -> list[Guest]:
    """List whom promises are made to: every journey on every day it can start, or a cohort's first day."""
    task = board.task
    return [Guest(way, day) for way in task.journeys for day in start_days(task, way)]


def promise_core(board: Board) -> list[Promise]:
    """Promise the program's core objectives to every guest whose window the plan decides."""
    levels = {"short"} if board.task.program.core == "short" else {"short", "full"}
    return _promise(board, levels, board.task.program.weights.shortfall)


def wish_full_core(board: Board) -> list[Promise]:
    """Wish for the rest of the full core too, where only the short core is promised."""
    program = board.task.program
    return _promise(board, {"full"}, program.weights.full_core) if program.core == "short" else []


def _promise(board: Board, levels: set[str], price: int) -> list[Promise]:
    made: list[Promise] = []
    everybody = guests(board) if price else []
    for objective in board.task.objectives:
        topics = board.task.topics_of_objective[objective.objective_id]
        met_on_day_one = any(topic.delivery == "orientation" for topic in topics)
        if price and objective.level in levels and not met_on_day_one:
            made += _promise_objective(board, objective, topics, everybody, price)
    return made


def _promise_objective(
    board: Board, objective: Objective, topics: Sequence[Topic], everybody: Iterable[Guest], price: int
) -> list[Promise]:
    """Collapse the windows of one objective and add a row for each that is left."""
    windows: dict[tuple[tuple[Chance, ...], ...], list[Guest]] = {}
    free = [topic.topic_id for topic in topics if topic.entry == "open"]
    built_on = [topic for topic in topics if topic.entry == "after"]
    for guest in everybody:
        due = window_end(guest, objective.within_weeks)
        if _decided(board, due) and not _already_met(board, topics, guest, due):
            opened = tuple(_chances(board, free, guest, guest.start, due))
            ordered = [_ordered_chances(board, topic, guest, due) for topic in built_on]
            windows.setdefault((opened, *ordered), []).append(guest)
    made = []
    for (opened, *ordered), same in windows.items():
        counted = (_counted(board, chances) for chances in ordered if chances)
        chances = (*opened, *(chance for each in counted for chance in each))
        made.append(_priced(board, objective.objective_id, chances, tuple(same), price))
    return made


def _priced(
    board: Board, subject: str, chances: Iterable[Chance], same: tuple[Guest, ...], price: int
) -> Promise:
    missed = board.model.fraction(cost=price * len(same))
    made = tuple(chances)
    terms = {each.run if each.counts is None else each.counts: 1.0 for each in made}
    board.model.at_least(terms | {missed: 1.0}, 1)
    return Promise(subject, same, missed, price * len(same), made)


def _chances(board: Board, topic_ids: Iterable[str], guest: Guest, first: date, due: date) -> list[Chance]:
    runs = (run for topic_id in topic_ids for run in board.dated_runs(topic_id, guest, first, due))
    return [Chance(run, meeting) for run, meeting in runs]


def _ordered_chances(board: Board, topic: Topic, guest: Guest, due: date) -> tuple[Chance, ...]:
    """List the runs of a topic that count only where all it builds on was met earlier in the same stay."""
    needs = {
        each: Prerequisite(tuple(board.dated_runs(each, guest, guest.start, due))) for each in topic.after
    }
    found = []
    for run, meeting in board.dated_runs(topic.topic_id, guest, guest.start, due):
        unmet = (need for each, need in needs.items() if not board.met_anyway(each, guest, meeting))
        found.append(Chance(run, meeting, tuple(unmet)))
    return tuple(found)


def _counted(board: Board, chances: Sequence[Chance]) -> Iterator[Chance]:
    """Add one variable that says whether any of these runs counts, and the rows that keep it honest.

    A need is met in time where it is met before the last of the runs. So for each run there is a row: the
    need is met before this run, or a later run is held.
    """
    counts = board.model.fraction()
    _at_most_one_of(board, counts, (chance.run for chance in chances))
    for number, chance in enumerate(chances):
        later = [each.run for each in chances[number + 1 :]]
        for need in chance.needs:
            earlier = [run for run, meeting in need.runs if meeting < chance.meeting]
            _at_most_one_of(board, counts, (*earlier, *later))
        yield replace(chance, counts=counts)


def _at_most_one_of(board: Board, counts: int, runs: Iterable[int]) -> None:
    board.model.at_most({counts: 1.0} | dict.fromkeys(runs, -1.0), 0)


def _decided(board: Board, due: date) -> bool:
    """Say whether a window that ends on a date is for this plan to decide, not for the past or the next."""
    return board.task.start < due <= board.task.end


def _already_met(board: Board, topics: Iterable[Topic], guest: Guest, due: date) -> bool:
    """Say whether the past, or a standing part of some meeting, already keeps the promise."""
    open_ids = [topic.topic_id for topic in topics if topic.entry == "open"]
    after = [topic for topic in topics if topic.entry == "after"]
    standing = {topic.group_type for topic in topics if topic.delivery == "standing"}
    in_past = board.was_held(open_ids, guest, guest.start, due)
    in_order = in_past or any(board.past_in_order(topic, guest) for topic in after)
    return in_order or board.any_meeting(standing, guest, guest.start, due)


def window_end(guest: Guest, weeks: int) -> date:
    """Return the first day that is too late for a promise made to a guest."""
    return min(guest.start + timedelta(days=7 * weeks), guest.end) if weeks else guest.end


def wish_openings(board: Board) -> list[Promise]:
    """Wish an opening topic within a week of each start (orientation first: rule R1)."""
    spans = {guest: (guest.start, guest.start + timedelta(days=7)) for guest in guests(board)}
    return _wish_role(board, "opening", spans, board.task.program.weights.opening)


def wish_closings(board: Board) -> list[Promise]:
    """Wish a closing topic in the last two weeks of each stay (closing last: rule R2)."""
    spans = {guest: (guest.end - timedelta(days=14), guest.end) for guest in guests(board)}
    return _wish_role(board, "closing", spans, board.task.program.weights.closing)


def _wish_role(board: Board, role: str, spans: dict[Guest, tuple[date, date]], price: int) -> list[Promise]:
    """Wish each topic of a role to each newcomer; a cohort has a hard rule instead."""
    if not price or board.task.program.admission == "cohort":
        return []
    types = board.task.group_types
    wished = [topic for topic in board.task.topics if topic.role == role and topic.group_type in types]
    return [promise for topic in wished for promise in _wish_topic(board, topic, spans, price)]


def _wish_topic(
    board: Board, topic: Topic, spans: dict[Guest, tuple[date, date]], price: int
) -> list[Promise]:
    windows: dict[tuple[Chance, ...], list[Guest]] = {}
    for guest, (first, due) in spans.items():
        if _decided(board, due) and not board.was_held([topic.topic_id], guest, first, due):
            chances = tuple(_chances(board, [topic.topic_id], guest, first, due))
            windows.setdefault(chances, []).append(guest)
    return [_priced(board, topic.topic_id, chances, tuple(same), price) for chances, same in windows.items()]
