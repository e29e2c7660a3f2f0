"""Count what a plan covers, in tables: hours by week, objectives by field, every objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_sessions.blocks import Cell, Table, cell
from iop_sessions.calendars import hours
from iop_sessions.colors import ALERT
from iop_sessions.covering import Answer, Coverage
from iop_sessions.pages import common
from iop_sessions.pages.hours import Week, rule_words
from iop_sessions.records import Objective

_WIDTHS = (2.2, 1.8, 0.55, 0.8, 0.6)
_HOURS_WIDTHS = (1.05, 0.8, 0.85, 0.85, 2.55, 1.4)


def statement(coverage: Coverage, answer: Answer) -> str:
    """Return what an answer is about."""
    return coverage.curriculum.objective_by_id[answer.objective_id].statement.rstrip(".")


def wait(answer: Answer) -> int:
    """Return the days from a start to the first teaching."""
    return (answer.first - answer.start).days if answer.first else 0


def hours_table(coverage: Coverage, weeks: Sequence[Week]) -> Table:
    """Set the hours beside the limits; weeks that are alike share a row."""
    groups: dict[tuple[tuple[str, ...], ...], list[Week]] = {}
    for week in weeks:
        groups.setdefault(_hours_row(week), []).append(week)
    rows = tuple(
        (
            cell(common.ranges(week.number for week in same), small=True, header=True),
            *(cell(*lines, small=True) for lines in texts),
            cell(_reasons(coverage, same), small=True),
        )
        for texts, same in groups.items()
    )
    names = ("Weeks", "Clinical", "Seat", "Counted", "Rules", "Reason")
    header = tuple(cell(name, small=True) for name in names)
    return Table("Hours by week", header, rows, "plain", _HOURS_WIDTHS)


def _hours_row(week: Week) -> tuple[tuple[str, ...], ...]:
    """Return what the cells of a week say, line by line."""
    unkept = [finding for finding in week.findings if finding.state != "kept"]
    result = rule_words(unkept or week.findings) or ["no rule"]
    figures = (week.minutes.clinical, week.minutes.seat, week.minutes.counted)
    return (*((hours(each),) for each in figures), tuple(result))


def _reasons(coverage: Coverage, weeks: Sequence[Week]) -> str:
    numbers = {week.number for week in weeks}
    notes = (each for each in coverage.program.week_notes if each.week in numbers)
    noted = [
        f"Week {each.week}, {each.reason_code}{f': {each.note}' if each.note else ''}." for each in notes
    ]
    days = ", ".join(common.month_day(closure.day) for week in weeks for closure in week.closed)
    return " ".join([*([f"Closed {days}."] if days else []), *noted]) or "None"


def summary_table(coverage: Coverage) -> Table:
    """Sum the objectives up by field; a missed one keeps a row of its own, on top."""
    missed = [each for each in coverage.objectives if _answers(coverage, [each], "missed")]
    fields: dict[str, list[Objective]] = {}
    for each in coverage.objectives:
        if each not in missed:
            fields.setdefault(each.domain, []).append(each)
    rows = [_summary_row(coverage, f"Missed: {each.statement}", [each], ALERT) for each in missed]
    rows += [
        _summary_row(coverage, f"{name[:1].upper()}{name[1:]}: {_number(each)}", each)
        for name, each in fields.items()
    ]
    return Table(
        "Core objectives by field", _header("Core objectives by field"), tuple(rows), "plain", _WIDTHS
    )


def _number(objectives: Sequence[Objective]) -> str:
    return common.count(len(objectives), "objective")


def _header(first: str) -> tuple[Cell, ...]:
    return tuple(cell(name, small=True) for name in (first, "Weeks (times)", "Wait", "Met", "Open"))


def _summary_row(
    coverage: Coverage, name: str, objectives: Sequence[Objective], color: str = ""
) -> tuple[Cell, ...]:
    first = Cell(cell(name).lines, small=True, header=True, color=color)
    return (
        first,
        *(cell(text, small=True) for text in (_held(coverage, objectives), *_figures(coverage, objectives))),
    )


def _held(coverage: Coverage, objectives: Sequence[Objective]) -> str:
    """Say in which weeks a group teaches any of the objectives."""
    topics = [
        topic for each in objectives for topic in coverage.curriculum.topics_of_objective[each.objective_id]
    ]
    held = common.ranges(week for each in objectives for week in coverage.weeks_of(each.objective_id))
    if any(topic.delivery == "orientation" for topic in topics):
        return f"day one{f'; {held}' if held else ''}"
    ids = {topic.topic_id for topic in topics}
    times = sum(session.takes_place and session.topic_id in ids for session in coverage.plan.sessions)
    return f"{held} ({times})" if held else "none"


def _figures(coverage: Coverage, objectives: Sequence[Objective]) -> tuple[str, str, str]:
    """Return the longest wait, the start dates met of those decided, and those not yet decided; the worst."""
    waits = [wait(answer) for answer in _answers(coverage, objectives, "met")]
    met = [len(_answers(coverage, [each], "met")) for each in objectives]
    missed = [len(_answers(coverage, [each], "missed")) for each in objectives]
    opened = [len(_answers(coverage, [each], "undecided")) for each in objectives]
    least, decided = min(zip(met, (a + b for a, b in zip(met, missed, strict=True)), strict=True))
    return (f"{max(waits, default=0)} d", f"{least} of {decided}", str(max(opened)))


def _answers(coverage: Coverage, objectives: Iterable[Objective], state: str) -> list[Answer]:
    every = (coverage.answer(each.objective_id, start) for each in objectives for start in coverage.starts)
    return [answer for answer in every if answer.state == state]


def detail_table(coverage: Coverage) -> Table:
    """Give every objective a row: how often and when it is taught, who waits longest, for whom it is met."""
    rows = tuple(_detail_row(coverage, each) for each in coverage.objectives)
    return Table("Every objective", _header("Objective"), rows, "plain", _WIDTHS)


def _detail_row(coverage: Coverage, objective: Objective) -> tuple[Cell, ...]:
    texts = (objective.statement, _held(coverage, [objective]), *_figures(coverage, [objective]))
    return tuple(cell(text, small=True) for text in texts)
