"""Word what somebody who starts on one day is taught, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from iop_sessions.coverage.covering import Answer, Coverage
from iop_sessions.ground.dates import long_day, short_day
from iop_sessions.ground.errors import UsageError

Facts = dict[str, Any]


def newcomer_lines(name: str, coverages: Sequence[Coverage], start: date) -> list[str]:
    """Return what somebody who starts on a date is taught and when, as a person reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = _of_start(coverages, start)
    lines = [line for each in theirs for line in _newcomer(each, start)]
    sheet = theirs[0].plan.sheet
    if any(each.state == "undecided" for one in theirs for each in _answers(one, start)):
        lines.append(f"Not yet decided is what lies after this plan: plan {sheet.program} --after {name}.")
    return lines


def newcomer_facts(name: str, coverages: Sequence[Coverage], start: date) -> Facts:
    """Return what somebody who starts on a date is taught and when, as a script reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = _of_start(coverages, start)
    return {
        "plan": name,
        "start": start.isoformat(),
        "ways": [_newcomer_facts(each, start) for each in theirs],
    }


def _newcomer_facts(coverage: Coverage, start: date) -> Facts:
    rows = [
        {
            "objective_id": each.objective_id,
            "state": each.state,
            "first": each.first.isoformat() if each.first else None,
            "due": each.due.isoformat(),
        }
        for each in _answers(coverage, start)
    ]
    return {"journey": coverage.journey.name, "weeks": coverage.journey.weeks, "objectives": rows}


def _of_start(coverages: Sequence[Coverage], start: date) -> list[Coverage]:
    theirs = [each for each in coverages if start in each.starts]
    if not theirs:
        if not any(each.objectives for each in coverages):
            raise UsageError(
                "this plan promises nothing yet: no topic of its program teaches a core objective"
            )
        days = sorted({day for each in coverages for day in each.starts})
        after = next((day for day in days if day > start), None)
        remedy = f"the next start is on {long_day(after)}" if after else "the plan ends before"
        raise UsageError(f"nobody can start on {long_day(start)} — {remedy}")
    return theirs


def _answers(coverage: Coverage, start: date) -> list[Answer]:
    """List the answers, the first taught first."""
    answers = [coverage.answer(each.objective_id, start) for each in coverage.objectives]
    return sorted(answers, key=lambda each: (each.first is None, each.first or each.due))


def _newcomer(coverage: Coverage, start: date) -> list[str]:
    whose = f", {coverage.journey.name}" if coverage.journey.name else ""
    title = f"Somebody who starts on {long_day(start)} and stays {coverage.journey.weeks} weeks{whose}:"
    return [title, *(f"  - {_answer_line(coverage, each)}" for each in _answers(coverage, start))]


def _answer_line(coverage: Coverage, answer: Answer) -> str:
    statement = coverage.curriculum.objective_by_id[answer.objective_id].statement
    if answer.state == "missed":
        return f"not in time: {statement} — teach it one to one"
    if answer.first is None:
        return f"not yet decided: {statement}"
    return f"{short_day(answer.first)}: {statement}"
