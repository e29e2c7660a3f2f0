"""Coverage as pandas tables, for leads who work on in a notebook; the only room that knows pandas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from iop_sessions.coverage.covering import Coverage
from iop_sessions.coverage.rules import find, hours_by_week
from iop_sessions.ground.speech import ENGLISH

if TYPE_CHECKING:
    import pandas as pd


def by_week(coverage: Coverage) -> pd.DataFrame:
    """Return objective by week: how often a group teaches it."""
    import pandas as pd

    weeks = range(1, coverage.case.plan.sheet.weeks + 1)
    rows = {each.objective_id: _counts(coverage, each.objective_id) for each in coverage.objectives}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=[f"week {week}" for week in weeks]
    ).rename_axis("objective")


def _counts(coverage: Coverage, objective_id: str) -> list[int]:
    held = [coverage.case.plan.week_of(each) for each in coverage.sessions_of([objective_id])]
    return [held.count(week) for week in range(1, coverage.case.plan.sheet.weeks + 1)]


def by_start(*coverages: Coverage) -> pd.DataFrame:
    """Return objective by start date: the first date met, 'by appointment', 'missed', 'not yet decided'.

    Parameters
    ----------
    coverages
        What the plan covers for each way through the program; of several, each column names its own.
    """
    import pandas as pd

    columns = {
        ", ".join((start.isoformat(), *_way(coverages, coverage))): [
            _word(coverage, each.objective_id, start) for each in coverage.objectives
        ]
        for coverage in coverages
        for start in coverage.starts
    }
    index = pd.Index([each.objective_id for each in coverages[0].objectives], name="objective")
    return pd.DataFrame(columns, index=index)


def _way(coverages: Sequence[Coverage], coverage: Coverage) -> tuple[str, ...]:
    """Return the name of a way through the program; none where it is the only one."""
    return (coverage.journey.name,) if len(coverages) > 1 else ()


def _named(coverages: Sequence[Coverage], columns: Sequence[str]) -> list[str]:
    """Return the columns of a table, the last for the way through the program where there are several."""
    return [*columns, *(["path and track"] if len(coverages) > 1 else [])]


def _word(coverage: Coverage, objective_id: str, start: object) -> str:
    answer = coverage.answer(objective_id, start)  # type: ignore[arg-type]  # a date of coverage.starts
    if answer.claim == "by appointment":
        return answer.claim
    if answer.first is not None:
        return answer.first.isoformat()
    return "missed" if answer.state == "missed" else "not yet decided"


NEWCOMERS = ["starts on", "met", "missed", "not yet decided", "longest wait, days", "what is missed"]


def newcomers(*coverages: Coverage) -> pd.DataFrame:
    """Return one row a start date, the worst newcomer first."""
    import pandas as pd

    rows = []
    for coverage, start in ((each, start) for each in coverages for start in each.starts):
        decided = coverage.decided(start)
        waits = [(each.first - start).days for each in decided if each.first is not None]
        missed = coverage.missed(start)
        rows.append(
            {
                "starts on": ENGLISH.short_day(start),
                "met": sum(each.state == "met" for each in decided),
                "missed": len(missed),
                "not yet decided": len(coverage.objectives) - len(decided),
                "longest wait, days": max(waits, default=0),
                "what is missed": "; ".join(each.objective_id for each in missed),
                "path and track": coverage.journey.name,
            }
        )
    order = ["missed", "longest wait, days", "not yet decided"]
    return (
        pd.DataFrame(rows, columns=_named(coverages, NEWCOMERS))
        .sort_values(order, ascending=[False, False, True], kind="stable")
        .reset_index(drop=True)
    )


WORST_DAYS = ["week", "worst start", "missed", "longest wait, days"]


def worst_days(*coverages: Coverage) -> pd.DataFrame:
    """Return the worst start day of each week among those whose whole stay is decided."""
    import pandas as pd

    rows = []
    for week in range(1, coverages[0].case.plan.sheet.weeks + 1):
        found = [(each, day) for each in coverages if (day := _worst_day(each, week)) is not None]
        if found:
            coverage, worst = max(found, key=lambda pair: pair[0].hardship(pair[1]))
            waits = [(each.first - worst).days for each in coverage.decided(worst) if each.first is not None]
            rows.append(
                {
                    "week": week,
                    "worst start": ENGLISH.short_day(worst),
                    "missed": len(coverage.missed(worst)),
                    "longest wait, days": max(waits, default=0),
                    "path and track": coverage.journey.name,
                }
            )
    return pd.DataFrame(rows, columns=_named(coverages, WORST_DAYS))


def _worst_day(coverage: Coverage, week: int) -> date | None:
    days = {each.date for each in coverage.case.plan.in_week(week) if each.takes_place}
    whole = [day for day in sorted(days) if len(coverage.decided(day)) == len(coverage.objectives)]
    return coverage.worst_start(whole)


def hours(coverage: Coverage) -> pd.DataFrame:
    """Return each week's clinical and seat hours, and what the rules of its packs say of them."""
    import pandas as pd

    findings = find(coverage.case)
    rows = []
    weeks = hours_by_week(coverage.case.program, coverage.case.plan, coverage.case.as_of)
    for week in weeks:
        about = [each for each in findings if (each.week, each.whom) == (week.week, week.whom)]
        broken = [each.rule.title for each in about if each.falls_short]
        rows.append(
            {
                "week": week.week,
                "clinical hours": week.clinical / 60,
                "seat hours": week.seat / 60,
                "falls short of": "; ".join(broken),
                **({"who": str(week.whom)} if len(weeks) > coverage.case.plan.sheet.weeks else {}),
            }
        )
    return pd.DataFrame(rows)
