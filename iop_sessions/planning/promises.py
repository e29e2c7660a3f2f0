"""What the plan owes to each possible newcomer, as rows with a priced way out.

Windows that hold the same meetings collapse into one row, so a start on every service day stays cheap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sessions.planning.board import Board
from iop_sessions.records import Objective, Topic


@dataclass(frozen=True)
class Promise:
    """One row: these start dates need one of these variables, or the row's price is paid."""

    subject: str  # objective, or topic of a wish
    starts: tuple[date, ...]
    missed: int  # the variable that pays the price
    price: int


def start_days(board: Board) -> list[date]:
    """List the days on which a client can start: every service day, or the first of all for a cohort."""
    task = board.task
    days = sorted({*(session.date for session in task.lived), *(meeting.day for meeting in task.meetings)})
    return days[:1] if task.program.admission == "cohort" else days


def promise_core(board: Board) -> list[Promise]:
    """Promise the program's core objectives to every start date whose window the plan decides."""
    levels = {"short"} if board.task.program.core == "short" else {"short", "full"}
    return _promise(board, levels, board.task.program.weights.shortfall)


def wish_full_core(board: Board) -> list[Promise]:
    """Wish for the rest of the full core too, where only the short core is promised."""
    program = board.task.program
    return _promise(board, {"full"}, program.weights.full_core) if program.core == "short" else []


def _promise(board: Board, levels: set[str], price: int) -> list[Promise]:
    made: list[Promise] = []
    for objective in board.task.objectives:
        topics = board.task.topics_of_objective[objective.objective_id]
        met_on_day_one = any(topic.delivery == "orientation" for topic in topics)
        if price and objective.level in levels and not met_on_day_one:
            made += _promise_objective(board, objective, topics, price)
    return made


def _promise_objective(
    board: Board, objective: Objective, topics: Iterable[Topic], price: int
) -> list[Promise]:
    """Collapse the windows of one objective and add a row for each that is left."""
    windows: dict[tuple[tuple[int, ...], date | None], list[date]] = {}
    ordered = any(topic.entry == "after" for topic in topics)
    for start in start_days(board):
        due = window_end(board, start, objective.within_weeks)
        if _decided(board, due) and not _already_met(board, topics, start, due):
            key = (tuple(_open_runs(board, topics, start, due)), start if ordered else None)
            windows.setdefault(key, []).append(start)
    return [_row(board, objective, topics, tuple(starts), price) for starts in windows.values()]


def _row(
    board: Board, objective: Objective, topics: Iterable[Topic], starts: tuple[date, ...], price: int
) -> Promise:
    due = window_end(board, starts[0], objective.within_weeks)
    terms = _open_runs(board, topics, starts[0], due)
    for topic in topics:
        if topic.entry == "after":
            terms |= _ordered_runs(board, topic, starts[0], due)
    return _priced(board, objective.objective_id, terms, starts, price)


def _priced(
    board: Board, subject: str, terms: dict[int, float], starts: tuple[date, ...], price: int
) -> Promise:
    missed = board.model.fraction(cost=price * len(starts))
    board.model.at_least(terms | {missed: 1.0}, 1)
    return Promise(subject, starts, missed, price * len(starts))


def _open_runs(board: Board, topics: Iterable[Topic], start: date, due: date) -> dict[int, float]:
    return board.runs([topic.topic_id for topic in topics if topic.entry == "open"], start, due)


def _ordered_runs(board: Board, topic: Topic, start: date, due: date) -> dict[int, float]:
    """Count a run of a topic only where all it builds on was met earlier in the same stay."""
    counted: dict[int, float] = {}
    for run, meeting in board.dated_runs(topic.topic_id, start, due):
        counts = board.model.fraction()
        board.model.at_most({counts: 1.0, run: -1.0}, 0)
        for earlier in topic.after:
            if not board.met_anyway(earlier, start, meeting):
                before = board.runs_before(earlier, start, meeting)
                board.model.at_most({counts: 1.0} | dict.fromkeys(before, -1.0), 0)
        counted[counts] = 1.0
    return counted


def _decided(board: Board, due: date) -> bool:
    """Say whether a window that ends on a date is for this plan to decide, not for the past or the next."""
    return board.task.start < due <= board.task.end


def _already_met(board: Board, topics: Iterable[Topic], start: date, due: date) -> bool:
    """Say whether the past, or a standing part of some meeting, already keeps the promise."""
    open_ids = [topic.topic_id for topic in topics if topic.entry == "open"]
    after = [topic for topic in topics if topic.entry == "after"]
    standing = {topic.group_type for topic in topics if topic.delivery == "standing"}
    in_past = board.was_held(open_ids, start, due) or any(
        board.past_in_order(topic, start) for topic in after
    )
    return in_past or board.any_meeting(standing, start, due)


def window_end(board: Board, start: date, weeks: int) -> date:
    """Return the first day that is too late for a promise made on a start date."""
    stay = board.task.program.stay
    return start + timedelta(days=7 * (min(weeks, stay) if weeks else stay))


def wish_openings(board: Board) -> list[Promise]:
    """Wish an opening topic within a week of each start (orientation first: rule R1)."""
    spans = {start: (start, start + timedelta(days=7)) for start in start_days(board)}
    return _wish_role(board, "opening", spans, board.task.program.weights.opening)


def wish_closings(board: Board) -> list[Promise]:
    """Wish a closing topic in the last two weeks of each stay (closing last: rule R2)."""
    ends = {start: window_end(board, start, 0) for start in start_days(board)}
    spans = {start: (end - timedelta(days=14), end) for start, end in ends.items()}
    return _wish_role(board, "closing", spans, board.task.program.weights.closing)


def _wish_role(board: Board, role: str, spans: dict[date, tuple[date, date]], price: int) -> list[Promise]:
    """Wish each topic of a role to each newcomer; a cohort has a hard rule instead."""
    if not price or board.task.program.admission == "cohort":
        return []
    types = board.task.group_types
    wished = [topic for topic in board.task.topics if topic.role == role and topic.group_type in types]
    return [promise for topic in wished for promise in _wish_topic(board, topic, spans, price)]


def _wish_topic(
    board: Board, topic: Topic, spans: dict[date, tuple[date, date]], price: int
) -> list[Promise]:
    windows: dict[tuple[int, ...], list[date]] = {}
    for start, (first, due) in spans.items():
        if _decided(board, due) and not board.was_held([topic.topic_id], first, due):
            windows.setdefault(tuple(board.runs([topic.topic_id], first, due)), []).append(start)
    return [
        _priced(board, topic.topic_id, dict.fromkeys(runs, 1.0), tuple(starts), price)
        for runs, starts in windows.items()
    ]
