"""Count what a plan covers, in tables: hours by week, objectives by field, every objective."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from iop_sessions.blocks import Cell, Table, cell
from iop_sessions.colors import ALERT
from iop_sessions.covering import Answer, Coverage
from iop_sessions.dates import capital, hours
from iop_sessions.pages import common
from iop_sessions.pages.hours import Week, rule_words
from iop_sessions.records import Objective
from iop_sessions.speech import Speech

_WIDTHS = (2.2, 1.8, 0.55, 0.8, 0.6)
_HOURS_WIDTHS = (1.05, 0.8, 0.85, 0.85, 2.55, 1.4)
_HOURS_COLUMNS = ("weeks", "clinical", "seat", "counted", "rules", "reason")


def wait(answer: Answer) -> int:
    """Return the days from a start to the first teaching."""
    return (answer.first - answer.start).days if answer.first else 0


def hours_table(coverage: Coverage, weeks: Sequence[Week], say: Speech) -> Table:
    """Set the hours beside the limits; weeks that are alike share a row."""
    groups: dict[tuple[tuple[str, ...], ...], list[Week]] = {}
    for week in weeks:
        groups.setdefault(_hours_row(week, say), []).append(week)
    rows = tuple(
        (
            cell(common.ranges(week.number for week in same), small=True, header=True),
            *(cell(*lines, small=True) for lines in texts),
            cell(_reasons(coverage, same, say), small=True),
        )
        for texts, same in groups.items()
    )
    header = tuple(cell(say(f"coverage.column-{name}"), small=True) for name in _HOURS_COLUMNS)
    return Table(say("coverage.hours-table"), header, rows, "plain", _HOURS_WIDTHS)


def _hours_row(week: Week, say: Speech) -> tuple[tuple[str, ...], ...]:
    """Return what the cells of a week say, line by line."""
    unkept = [finding for finding in week.findings if finding.state != "kept"]
    result = rule_words(say, unkept or week.findings) or [say("coverage.no-rule")]
    figures = (week.minutes.clinical, week.minutes.seat, week.minutes.counted)
    return (*((hours(each),) for each in figures), tuple(result))


def _reasons(coverage: Coverage, weeks: Sequence[Week], say: Speech) -> str:
    numbers = {week.number for week in weeks}
    days = ", ".join(say.month_day(closure.day) for week in weeks for closure in week.closed)
    noted = [
        say("coverage.noted", week=each.week, code=each.reason_code, note=each.note)
        if each.note
        else say("coverage.coded", week=each.week, code=each.reason_code)
        for each in coverage.program.week_notes
        if each.week in numbers
    ]
    closed = [say("coverage.closed", days=days)] if days else []
    return " ".join([*closed, *noted]) or say("coverage.no-reason")


def summary_table(coverage: Coverage, say: Speech) -> Table:
    """Sum the objectives up by field; a missed one keeps a row of its own, on top."""
    missed = [each for each in coverage.objectives if _answers(coverage, [each], "missed")]
    fields: dict[str, list[Objective]] = {}
    for each in coverage.objectives:
        if each not in missed:
            fields.setdefault(each.domain, []).append(each)
    rows = [
        _summary_row(coverage, say("coverage.row-missed", objective=_said(coverage, each, say)), [each], say)
        for each in missed
    ]
    rows = [(Cell(first.lines, small=True, header=True, color=ALERT), *rest) for first, *rest in rows]
    rows += [
        _summary_row(coverage, _field_words(name, each, say), each, say) for name, each in fields.items()
    ]
    name = say("coverage.fields")
    return Table(name, _header(name, say), tuple(rows), "plain", _WIDTHS)


def _said(coverage: Coverage, objective: Objective, say: Speech) -> str:
    return coverage.curriculum.statement(objective.objective_id, say.language)


def _field_words(domain: str, objectives: Sequence[Objective], say: Speech) -> str:
    """Name a field with its number of objectives; a field that has no other name keeps its own."""
    key = f"coverage.field-{re.sub('[^a-z]+', '-', domain.casefold())}"
    name = say(key) if key in say.labels else capital(domain)
    return say("coverage.row-field", field=name, objectives=say.count(len(objectives), "coverage.objectives"))


def _header(first: str, say: Speech) -> tuple[Cell, ...]:
    names = (say(f"coverage.column-{name}") for name in ("times", "wait", "met", "open"))
    return tuple(cell(name, small=True) for name in (first, *names))


def _summary_row(
    coverage: Coverage, name: str, objectives: Sequence[Objective], say: Speech
) -> tuple[Cell, ...]:
    figures = (_held(coverage, objectives, say), *_figures(coverage, objectives, say))
    return (cell(name, small=True, header=True), *(cell(text, small=True) for text in figures))


def _held(coverage: Coverage, objectives: Sequence[Objective], say: Speech) -> str:
    """Say in which weeks a group teaches any of the objectives."""
    topics = [
        topic for each in objectives for topic in coverage.curriculum.topics_of_objective[each.objective_id]
    ]
    held = common.ranges(week for each in objectives for week in coverage.weeks_of(each.objective_id))
    if any(topic.delivery == "orientation" for topic in topics):
        return say("coverage.day-one-and", weeks=held) if held else say("coverage.day-one")
    ids = {topic.topic_id for topic in topics}
    times = sum(session.takes_place and session.topic_id in ids for session in coverage.plan.sessions)
    return f"{held} ({times})" if held else say("coverage.never")


def _figures(coverage: Coverage, objectives: Sequence[Objective], say: Speech) -> tuple[str, str, str]:
    """Return the longest wait, the start dates met of those decided, and those not yet decided; the worst."""
    waits = [wait(answer) for answer in _answers(coverage, objectives, "met")]
    met = [len(_answers(coverage, [each], "met")) for each in objectives]
    missed = [len(_answers(coverage, [each], "missed")) for each in objectives]
    opened = [len(_answers(coverage, [each], "undecided")) for each in objectives]
    least, decided = min(zip(met, (a + b for a, b in zip(met, missed, strict=True)), strict=True))
    days = say("coverage.days-short", number=max(waits, default=0))
    return (days, say("coverage.part-of", number=least, whole=decided), str(max(opened)))


def _answers(coverage: Coverage, objectives: Iterable[Objective], state: str) -> list[Answer]:
    every = (coverage.answer(each.objective_id, start) for each in objectives for start in coverage.starts)
    return [answer for answer in every if answer.state == state]


def detail_table(coverage: Coverage, say: Speech) -> Table:
    """Give every objective a row: how often and when it is taught, who waits longest, for whom it is met."""
    rows = tuple(_detail_row(coverage, each, say) for each in coverage.objectives)
    header = _header(say("coverage.objective"), say)
    return Table(say("coverage.every"), header, rows, "plain", _WIDTHS)


def _detail_row(coverage: Coverage, objective: Objective, say: Speech) -> tuple[Cell, ...]:
    figures = _figures(coverage, [objective], say)
    texts = (_said(coverage, objective, say), _held(coverage, [objective], say), *figures)
    return tuple(cell(text, small=True) for text in texts)
