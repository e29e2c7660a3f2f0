"""Word what somebody who starts on one day is taught, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iop_sessions.covering import Answer, Coverage
from iop_sessions.dates import long_day, short_day
from iop_sessions.errors import UsageError


def newcomer_lines(coverages: Sequence[Coverage], start: date) -> list[str]:
    """Return what somebody who starts on a date is taught and when, as a person reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = [each for each in coverages if start in each.starts]
    if not theirs:
        days = sorted({day for each in coverages for day in each.starts})
        after = next((day for day in days if day > start), None)
        remedy = f"the next start is on {long_day(after)}" if after else "the plan ends before"
        raise UsageError(f"nobody can start on {long_day(start)} — {remedy}")
    return [line for each in theirs for line in _newcomer(each, start)]


def _newcomer(coverage: Coverage, start: date) -> list[str]:
    answers = [coverage.answer(each.objective_id, start) for each in coverage.objectives]
    ordered = sorted(answers, key=lambda each: (each.first is None, each.first or each.due))
    whose = f", {coverage.journey.name}" if coverage.journey.name else ""
    title = f"Somebody who starts on {long_day(start)} and stays {coverage.journey.weeks} weeks{whose}:"
    return [title, *(f"  - {_answer_line(coverage, each)}" for each in ordered)]


def _answer_line(coverage: Coverage, answer: Answer) -> str:
    statement = coverage.curriculum.objective_by_id[answer.objective_id].statement
    if answer.state == "missed":
        return f"not in time: {statement} — teach it one to one"
    if answer.first is None:
        return f"not yet decided: {statement}"
    return f"{short_day(answer.first)}: {statement}"
