"""Say on one page what a plan teaches, to whom, by when, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iop_sessions.blocks import Block, Box, Heading, Page, PageBreak, Paragraph, line
from iop_sessions.calendars import hours, short_day
from iop_sessions.covering import Coverage
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.counts import detail_table, hours_table, statement, summary_table, wait
from iop_sessions.pages.hours import Week, closures_words, limit_words, remedy, week_hours, week_words
from iop_sessions.pages.meetings import session_title

LEGEND = (
    "Wait: most days from a start to the first teaching. Met: start dates taught in time, of those decided. "
    "A field shows its worst."
)
STATUS = {
    "optimal": "proved the best there is",
    "feasible": "good, not proved best",
    "stopped": "stopped early",
}


@dataclass(frozen=True)
class _Starts:
    """The start dates, parted by what the plan already tells of them."""

    met: tuple[date, ...]
    short: tuple[date, ...]
    open: tuple[date, ...]

    @property
    def decided(self) -> int:
        return len(self.met) + len(self.short)


def coverage_page(coverage: Coverage, *, details: bool = False) -> Page:
    """Make the summary of what a plan covers: one page to hand to whoever asks.

    Parameters
    ----------
    details
        True adds a second sheet with every objective on a row of its own.
    """
    weeks = week_hours(coverage.curriculum, coverage.program, coverage.plan)
    starts = _parted(coverage)
    title = f"Coverage: {coverage.program.title}"
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *(Paragraph(line(text), "purpose") for text in _messages(coverage, starts, weeks)),
        *_shortfalls(coverage, starts, weeks),
        hours_table(coverage, weeks),
        Paragraph(line(f"{_undecided(coverage, starts)} {_worst(coverage)}".strip())),
        summary_table(coverage),
        common.small(f"{LEGEND} {_counted(coverage)} {_plan_words(coverage)}"),
        *((PageBreak(), Heading(2, "Every objective"), detail_table(coverage)) if details else ()),
    )
    footer = plan_footer(coverage.curriculum, coverage.program, coverage.plan)
    return Page("coverage", title, blocks, footer, paper=coverage.program.paper)


def _parted(coverage: Coverage) -> _Starts:
    short = tuple(start for start in coverage.starts if coverage.missed(start))
    rest = [start for start in coverage.starts if start not in short]
    full = len(coverage.objectives)
    met = tuple(start for start in rest if len(coverage.decided(start)) == full)
    return _Starts(met, short, tuple(start for start in rest if start not in met))


def _messages(coverage: Coverage, starts: _Starts, weeks: Sequence[Week]) -> tuple[str, ...]:
    """Say first of all, a line each, whether the teaching and the hours are in order."""
    broken = sum(bool(week.broken) for week in weeks)
    said = f"Hours break a rule in {broken} of {common.count(len(weeks), 'week')}."
    return (_taught(coverage, starts), *((said,) if broken else ()))


def _taught(coverage: Coverage, starts: _Starts) -> str:
    total = common.count(len(coverage.objectives), "core objective")
    if starts.short:
        return f"{len(starts.short)} of {starts.decided} decided start dates miss a part of the {total}."
    if not starts.met:
        return "No stay is decided yet: each ends after the plan."
    who = "newcomer whose stay the plan decides" if starts.open else "newcomer"
    return f"Every {who} is taught all {total} in time."


def _undecided(coverage: Coverage, starts: _Starts) -> str:
    every = common.count(len(coverage.starts), "start date")
    if not starts.open:
        return f"All {every} are decided."
    left = f"{len(starts.open)} {'are' if len(starts.open) > 1 else 'is'} not yet decided"
    return f"{starts.decided} of {every} are decided. {left}: the plan ends before the stay does."


def _worst(coverage: Coverage) -> str:
    start = coverage.worst_start(coverage.starts)
    if start is None:
        return ""
    missed = coverage.missed(start)
    if missed:
        names = "; ".join(statement(coverage, answer) for answer in missed)
        return f"Worst start: {short_day(start)}, which misses: {names}."
    held = [answer for answer in coverage.decided(start) if answer.first is not None]
    last = max(held, key=wait)
    when = short_day(last.first or start)
    taught = f"Who starts on {short_day(start)} is taught “{statement(coverage, last)}” on {when}."
    return f"Longest wait: {common.count(wait(last), 'day')}. {taught}"


def _shortfalls(coverage: Coverage, starts: _Starts, weeks: Sequence[Week]) -> tuple[Block, ...]:
    """List in words all that the plan lacks."""
    items = [*_broken(coverage, weeks), *_missed(coverage, starts), *_empty(coverage)]
    if not items:
        return ()
    return (Box("warning", "What falls short", tuple(Paragraph(line(text)) for text in items)),)


def _broken(coverage: Coverage, weeks: Sequence[Week]) -> list[str]:
    """Name the weeks that break a rule, those of the same kind in one sentence."""
    found: dict[tuple[str, str], list[Week]] = {}
    for week in weeks:
        for finding in week.broken:
            kind = finding.rule.minutes or coverage.program.minutes.count
            about = (
                f"{hours(round(finding.value * 60))} of {kind} hours, against {limit_words(finding.rule)}."
            )
            found.setdefault((about, remedy(week, finding)), []).append(week)
    return [_alike(about, mend, same) for (about, mend), same in found.items()]


def _alike(about: str, mend: str, weeks: Sequence[Week]) -> str:
    closed = closures_words([closure for week in weeks for closure in week.closed])
    head = f"{week_words(week.number for week in weeks)}: {about}"
    return " ".join(text for text in (head, closed, mend) if text)


def _missed(coverage: Coverage, starts: _Starts) -> list[str]:
    found: dict[str, list[date]] = {}
    for start in starts.short:
        for answer in coverage.missed(start):
            found.setdefault(statement(coverage, answer), []).append(start)
    return [f"{name}: not in time for who starts on {_dates(days)}." for name, days in found.items()]


def _dates(days: Sequence[date]) -> str:
    shown = "; ".join(short_day(day) for day in days[:4])
    return shown + (f"; and {len(days) - 4} more" if len(days) > 4 else "")


def _empty(coverage: Coverage) -> list[str]:
    curriculum = coverage.curriculum
    sessions = (
        each
        for each in coverage.plan.sessions
        if each.takes_place and each.topic_id not in curriculum.topic_by_id
    )
    return [
        f"{short_day(each.date)}: {session_title(curriculum, each)}."
        for each in sessions
        if curriculum.needs_topic(each.group_type)
    ]


def _counted(coverage: Coverage) -> str:
    source = coverage.program.minutes.source.rstrip(".")
    return f"The payer counts {coverage.program.minutes.count} hours{f' ({source})' if source else ''}."


def _plan_words(coverage: Coverage) -> str:
    sheet = coverage.plan.sheet
    gap = f", at most {sheet.gap:.0f} % from the best" if sheet.status != "optimal" else ""
    return f"The plan is {STATUS[sheet.status]}{gap}."
