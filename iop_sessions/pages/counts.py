"""Count what a plan covers, in tables: hours by week, objectives by field, every objective."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from iop_sessions.coverage.covering import Answer, Coverage
from iop_sessions.curriculum.records import Objective
from iop_sessions.ground.blocks import Block, Cell, Paragraph, Table, cell, line
from iop_sessions.ground.colors import ALERT
from iop_sessions.ground.speech import Speech, capital, hours
from iop_sessions.pages import common
from iop_sessions.pages.wording.coverage import (
    groups_by_state,
    journey_words,
    state_name,
    which_words,
    whom_words,
)
from iop_sessions.pages.wording.hours import Week, rule_words, split_words
from iop_sessions.plans.case import Case

_WIDTHS = (2.2, 1.8, 0.55, 0.8, 0.6)
_HOURS_WIDTHS = (1.05, 0.8, 0.85, 0.85, 2.55, 1.4)
_HOURS_COLUMNS = ("weeks", "clinical", "seat", "counted", "rules", "reason")


def states_block(case: Case, say: Speech) -> tuple[Block, ...]:
    """Count what became of the groups, and name those of which not all was held; nothing before the first."""
    groups = groups_by_state(case)
    rows = tuple(
        (
            cell(capital(state_name(say, state)), small=True, header=True),
            cell(str(len(sessions)), small=True),
            cell(which_words(case, sessions, say), small=True),
        )
        for state, sessions in groups.items()
    )
    header = tuple(cell(say(f"state.column-{name}"), small=True) for name in ("state", "groups", "which"))
    return (Table(say("state.title"), header, rows, "plain", (1.5, 0.7, 5.3)),) if rows else ()


def hours_table(coverage: Coverage, weeks: Sequence[Week], say: Speech) -> Table:
    """Set the hours beside the limits; weeks that are alike share a row."""
    rows = tuple(
        (
            cell(*names, small=True, header=True),
            *(cell(*lines, small=True) for lines in texts),
            cell(reason, small=True),
        )
        for names, texts, reason in _hours_rows(coverage, weeks, say)
    )
    header = tuple(cell(say(f"coverage.column-{name}"), small=True) for name in _HOURS_COLUMNS)
    return Table(say("coverage.hours-table"), header, rows, "plain", _HOURS_WIDTHS)


def _hours_rows(
    coverage: Coverage, weeks: Sequence[Week], say: Speech
) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]]:
    """Return the weeks and whom they are about, their figures, and the reasons; what is alike only once."""
    groups: dict[tuple[str, tuple[tuple[str, ...], ...]], list[Week]] = {}
    for week in weeks:
        groups.setdefault((whom_words(say, week.minutes.whom), _hours_row(coverage, week, say)), []).append(
            week
        )
    everybody = {whom for whom, _ in groups}
    found: dict[tuple[str, tuple[tuple[str, ...], ...], str], list[str]] = {}
    for (whom, texts), same in groups.items():
        numbers = common.ranges(week.number for week in same)
        found.setdefault((numbers, texts, _reasons(coverage, same, say)), []).append(whom)
    return [
        ((numbers, *(() if set(whom) == everybody else whom)), texts, reason)
        for (numbers, texts, reason), whom in found.items()
    ]


def _hours_row(coverage: Coverage, week: Week, say: Speech) -> tuple[tuple[str, ...], ...]:
    """Return what the cells of a week say, line by line."""
    unkept = [finding for finding in week.findings if finding.state != "kept" or finding.is_unsure]
    result = rule_words(say, unkept or week.findings) or [say("coverage.no-rule")]
    result += split_words(say, week.minutes, coverage.case.program.minutes.count)
    figures = (week.minutes.clinical, week.minutes.seat, week.minutes.counted)
    return (*((hours(each),) for each in figures), tuple(result))


def _reasons(coverage: Coverage, weeks: Sequence[Week], say: Speech) -> str:
    numbers = {week.number for week in weeks}
    days = ", ".join(say.month_day(closure.day) for week in weeks for closure in week.closed)
    noted = [
        say("coverage.noted", week=each.week, code=each.reason_code, note=each.note)
        if each.note
        else say("coverage.coded", week=each.week, code=each.reason_code)
        for each in coverage.case.program.week_notes
        if each.week in numbers
    ]
    closed = [say("coverage.closed", days=days)] if days else []
    return " ".join([*closed, *noted]) or say("coverage.no-reason")


def journeys_block(coverages: Sequence[Coverage], say: Speech) -> Table | Paragraph:
    """Give every way through the program a row: for how many start dates all is taught in time.

    Where nothing tells them apart, one sentence says so.
    """
    told = [_journey_row(each, say) for each in coverages]
    if len({row[1:] for row in told}) == 1:
        names = [journey_words(say, each.journey) for each in coverages]
        return Paragraph(line(say("coverage.journeys-alike", names=say.listed(names))))
    rows = tuple(
        tuple(cell(text, small=True, header=not column) for column, text in enumerate(row)) for row in told
    )
    columns = ("journey", "wait", "met", "open")
    header = tuple(cell(say(f"coverage.column-{name}"), small=True) for name in columns)
    return Table(say("coverage.journeys"), header, rows, "plain", (4.0, 0.6, 0.9, 0.6))


def _journey_row(coverage: Coverage, say: Speech) -> tuple[str, ...]:
    full = len(coverage.objectives)
    taught = [start for start in coverage.starts if coverage.teaches_all(start)]
    short = [start for start in coverage.starts if coverage.missed(start)]
    waits = [answer.wait for start in coverage.starts for answer in coverage.decided(start)]
    opened = [each for each in coverage.starts if each not in short and len(coverage.decided(each)) < full]
    return (
        capital(journey_words(say, coverage.journey)),
        say("coverage.days-short", number=max(waits, default=0)),
        say("coverage.part-of", number=len(taught), whole=len(taught) + len(short)),
        str(len(opened)),
    )


def summary_table(coverages: Sequence[Coverage], say: Speech) -> Table:
    """Sum the objectives up by field; a missed one keeps a row of its own, on top."""
    first = coverages[0]
    missed = [each for each in first.objectives if any(_answers(way, [each], "missed") for way in coverages)]
    fields: dict[str, list[Objective]] = {}
    for each in first.objectives:
        if each not in missed:
            fields.setdefault(each.domain, []).append(each)
    rows = [
        _summary_row(coverages, say("coverage.row-missed", objective=_said(first, each, say)), [each], say)
        for each in missed
    ]
    rows = [(Cell(head.lines, small=True, header=True, color=ALERT), *rest) for head, *rest in rows]
    rows += [
        _summary_row(coverages, _field_words(name, each, say), each, say) for name, each in fields.items()
    ]
    name = say("coverage.fields")
    return Table(name, _header(name, say), tuple(rows), "plain", _WIDTHS)


def _said(coverage: Coverage, objective: Objective, say: Speech) -> str:
    return coverage.case.curriculum.statement(objective.objective_id, say.language)


def _field_words(domain: str, objectives: Sequence[Objective], say: Speech) -> str:
    """Name a field with its number of objectives; a field that has no other name keeps its own."""
    key = f"coverage.field-{re.sub('[^a-z]+', '-', domain.casefold())}"
    name = say(key) if say.knows(key) else capital(domain)
    return say("coverage.row-field", field=name, objectives=say.count(len(objectives), "coverage.objectives"))


def _header(first: str, say: Speech) -> tuple[Cell, ...]:
    names = (say(f"coverage.column-{name}") for name in ("times", "wait", "met", "open"))
    return tuple(cell(name, small=True) for name in (first, *names))


def _summary_row(
    coverages: Sequence[Coverage], name: str, objectives: Sequence[Objective], say: Speech
) -> tuple[Cell, ...]:
    figures = (_held(coverages[0], objectives, say), *_figures(coverages, objectives, say))
    return (cell(name, small=True, header=True), *(cell(text, small=True) for text in figures))


def _held(coverage: Coverage, objectives: Sequence[Objective], say: Speech) -> str:
    """Say in which weeks a group teaches any of the objectives."""
    topics = [
        topic
        for each in objectives
        for topic in coverage.case.curriculum.topics_of_objective[each.objective_id]
    ]
    held = common.ranges(week for each in objectives for week in coverage.weeks_of(each.objective_id))
    if any(topic.delivery == "orientation" for topic in topics):
        return say("coverage.day-one-and", weeks=held) if held else say("coverage.day-one")
    times = len(coverage.sessions_of(each.objective_id for each in objectives))
    return f"{held} ({times})" if held else say("coverage.never")


def _figures(
    coverages: Sequence[Coverage], objectives: Sequence[Objective], say: Speech
) -> tuple[str, str, str]:
    """Return the longest wait, the start dates met of those decided, and those not yet decided; the worst."""
    waits = [answer.wait for way in coverages for answer in _answers(way, objectives, "met")]
    opened = [len(_answers(way, [each], "undecided")) for way in coverages for each in objectives]
    least, decided = min(
        (_met(way, objectives) for way in coverages), key=lambda pair: (pair[0] - pair[1], pair)
    )
    days = say("coverage.days-short", number=max(waits, default=0))
    return (days, say("coverage.part-of", number=least, whole=decided), str(max(opened)))


def _met(coverage: Coverage, objectives: Sequence[Objective]) -> tuple[int, int]:
    """Return for how many start dates the worst objective is met, and for how many it is decided."""
    met = [len(_answers(coverage, [each], "met")) for each in objectives]
    missed = [len(_answers(coverage, [each], "missed")) for each in objectives]
    return min(zip(met, (a + b for a, b in zip(met, missed, strict=True)), strict=True))


def _answers(coverage: Coverage, objectives: Iterable[Objective], state: str) -> list[Answer]:
    every = (coverage.answer(each.objective_id, start) for each in objectives for start in coverage.starts)
    return [answer for answer in every if answer.state == state]


def detail_table(coverage: Coverage, say: Speech) -> Table:
    """Give every objective a row: how often and when it is taught, who waits longest, for whom it is met."""
    rows = tuple(_detail_row(coverage, each, say) for each in coverage.objectives)
    header = _header(say("coverage.objective"), say)
    return Table(say("coverage.every"), header, rows, "plain", _WIDTHS)


def _detail_row(coverage: Coverage, objective: Objective, say: Speech) -> tuple[Cell, ...]:
    figures = _figures([coverage], [objective], say)
    texts = (_said(coverage, objective, say), _held(coverage, [objective], say), *figures)
    return tuple(cell(text, small=True) for text in texts)
