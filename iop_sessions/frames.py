"""Coverage as pandas tables, for leads who work on in a notebook; the only room that knows pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iop_sessions.covering import Coverage
from iop_sessions.dates import short_day
from iop_sessions.findings import find, hours_by_week

if TYPE_CHECKING:
    import pandas as pd


def by_week(coverage: Coverage) -> pd.DataFrame:
    """Return objective by week: how often a group teaches it."""
    import pandas as pd

    weeks = range(1, coverage.plan.sheet.weeks + 1)
    rows = {each.objective_id: _counts(coverage, each.objective_id) for each in coverage.objectives}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=[f"week {week}" for week in weeks]
    ).rename_axis("objective")


def _counts(coverage: Coverage, objective_id: str) -> list[int]:
    topics = {topic.topic_id for topic in coverage.curriculum.topics_of_objective[objective_id]}
    plan = coverage.plan
    held = [plan.week_of(each) for each in plan.sessions if each.takes_place and each.topic_id in topics]
    return [held.count(week) for week in range(1, coverage.plan.sheet.weeks + 1)]


def by_start(coverage: Coverage) -> pd.DataFrame:
    """Return objective by start date: the first date met, 'missed', or 'not yet decided'."""
    import pandas as pd

    columns = {
        start: [_word(coverage, each.objective_id, start) for each in coverage.objectives]
        for start in coverage.starts
    }
    index = pd.Index([each.objective_id for each in coverage.objectives], name="objective")
    return pd.DataFrame({start.isoformat(): words for start, words in columns.items()}, index=index)


def _word(coverage: Coverage, objective_id: str, start: object) -> str:
    answer = coverage.answer(objective_id, start)  # type: ignore[arg-type]  # a date of coverage.starts
    if answer.first is not None:
        return answer.first.isoformat()
    return "missed" if answer.state == "missed" else "not yet decided"


NEWCOMERS = ["starts on", "met", "missed", "not yet decided", "longest wait, days", "what is missed"]


def newcomers(coverage: Coverage) -> pd.DataFrame:
    """Return one row a start date, the worst newcomer first."""
    import pandas as pd

    rows = []
    for start in coverage.starts:
        decided = coverage.decided(start)
        waits = [(each.first - start).days for each in decided if each.first is not None]
        missed = coverage.missed(start)
        rows.append(
            {
                "starts on": short_day(start),
                "met": sum(each.state == "met" for each in decided),
                "missed": len(missed),
                "not yet decided": len(coverage.objectives) - len(decided),
                "longest wait, days": max(waits, default=0),
                "what is missed": "; ".join(each.objective_id for each in missed),
            }
        )
    order = ["missed", "longest wait, days", "not yet decided"]
    return (
        pd.DataFrame(rows, columns=NEWCOMERS)
        .sort_values(order, ascending=[False, False, True], kind="stable")
        .reset_index(drop=True)
    )


def worst_days(coverage: Coverage) -> pd.DataFrame:
    """Return the worst start day of each week among those whose whole stay is decided."""
    import pandas as pd

    rows = []
    for week in range(1, coverage.plan.sheet.weeks + 1):
        days = {each.date for each in coverage.plan.in_week(week) if each.takes_place}
        whole = [day for day in sorted(days) if len(coverage.decided(day)) == len(coverage.objectives)]
        worst = coverage.worst_start(whole)
        if worst is not None:
            waits = [(each.first - worst).days for each in coverage.decided(worst) if each.first is not None]
            rows.append(
                {
                    "week": week,
                    "worst start": short_day(worst),
                    "missed": len(coverage.missed(worst)),
                    "longest wait, days": max(waits, default=0),
                }
            )
    return pd.DataFrame(rows, columns=["week", "worst start", "missed", "longest wait, days"])


def hours(coverage: Coverage) -> pd.DataFrame:
    """Return each week's clinical and seat hours, and what the rules of its packs say of them."""
    import pandas as pd

    findings = find(coverage.curriculum, coverage.program, coverage.plan)
    rows = []
    for week in hours_by_week(coverage.program, coverage.plan):
        broken = [each.rule.title for each in findings if each.week == week.week and each.state == "broken"]
        rows.append(
            {
                "week": week.week,
                "clinical hours": week.clinical / 60,
                "seat hours": week.seat / 60,
                "falls short of": "; ".join(broken),
            }
        )
    return pd.DataFrame(rows)
