"""Say on one page what a plan teaches, to whom, by when, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from iop_sessions.coverage.covering import Coverage
from iop_sessions.ground.blocks import Block, Box, Heading, ItemList, Page, PageBreak, Paragraph, Table, line
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.judge import people
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.counts import detail_table, hours_table, journeys_block, states_block, summary_table
from iop_sessions.pages.meetings import lacks_topic, session_title
from iop_sessions.pages.wording import remedy_words
from iop_sessions.pages.wording.coverage import (
    alike,
    each_way,
    headed,
    journey_words,
    parted,
    starts_words,
    statement,
    taught_words,
    undecided_words,
    wanted_words,
    whom_words,
    worst_words,
)
from iop_sessions.pages.wording.hours import (
    Week,
    caveats_words,
    closures_words,
    override_words,
    payer_words,
    remedy,
    stand_words,
    week_hours,
    weeks_words,
)
from iop_sessions.plans.plan import Session
from iop_sessions.program.settings import Slot

_MOST_MEETINGS: Final = 4  # named in one sentence
_MOST_REMEDIES: Final = 3  # the page stays one page; the terminal lists all

Counted = Callable[[Session, Slot], int]
"""How many leaders or rooms a meeting lacks."""


def unstaffed_words(coverage: Coverage, say: Speech) -> list[str]:
    """Name the meetings that lack a leader, a co-leader or a room: a sentence for each kind of lack."""
    curriculum, program = coverage.case.curriculum, coverage.case.program
    lacks: dict[str, Counted] = {
        "leader": lambda session, slot: people.missing_leaders(curriculum, program, session, slot),
        "co-leader": lambda session, slot: people.missing_co_leaders(curriculum, program, session, slot),
        "room": lambda session, slot: people.missing_rooms(program, session, slot),
    }
    found = ((name, _lacking(coverage, missing)) for name, missing in lacks.items())
    return [_words(name, sessions, say) for name, sessions in found if sessions]


def _lacking(coverage: Coverage, missing: Counted) -> list[Session]:
    slots = coverage.case.program.slot_by_id
    held = (each for each in coverage.case.plan.sessions if each.takes_place and each.slot_id in slots)
    return sorted(
        (each for each in held if missing(each, slots[each.slot_id])), key=lambda session: session.order
    )


def _words(name: str, sessions: Sequence[Session], say: Speech) -> str:
    shown = "; ".join(
        say.moment(each.date, each.start) + (f" ({each.group_type})" if each.group_type else "")
        for each in sessions[:_MOST_MEETINGS]
    )
    more = len(sessions) - _MOST_MEETINGS
    days = say("coverage.and-more", days=shown, number=more) if more > 0 else shown
    meetings = say.count(len(sessions), "coverage.meetings")
    return say(f"coverage.no-{name}", meetings=meetings, days=days)


def tried_blocks(coverage: Coverage, say: Speech) -> tuple[Block, ...]:
    """List what was tried when the plan was made, and would help."""
    tried = remedy_words(coverage.case.plan.sheet.remedies_after(coverage.case.as_of), say)
    if not tried:
        return ()
    more = len(tried) - _MOST_REMEDIES
    rest = (line(say("coverage.more-tried", number=more)),) if more > 0 else ()
    items = (*(line(each) for each in tried[:_MOST_REMEDIES]), *rest)
    return (Paragraph(line(say("coverage.tried"))), ItemList("bullets", items))


_MOST_DATES = 4  # named in one sentence
_MOST_BROKEN = 4  # kinds of weeks that break a rule, before the table of hours must tell the others


def coverage_page(*coverages: Coverage, details: bool = False, language: str = "en") -> Page:
    """Make the summary of what a plan covers: one page to hand to whoever asks.

    Parameters
    ----------
    coverages
        What the plan covers for each way through the program.
    details
        True adds a sheet for each way, with every objective on a row of its own.
    """
    coverage = coverages[0]
    say = coverage.case.curriculum.speech(language)
    weeks = week_hours(coverage.case)
    title = say("coverage.title", program=coverage.case.program.title)
    messages = _messages(coverages, weeks, say)
    if len(coverages) > 1 and len(messages) == 2:  # the tables of several ways need the room
        messages = (" ".join(messages),)
    every = (block for each in coverages for block in _details(coverages, each, say))
    caveats = caveats_words(say, [each for week in weeks for each in week.findings])
    told = (say("coverage.legend"), _counted(coverage, say), _plan_words(coverage, say), *caveats)
    legend = " ".join(told)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        *(Paragraph(line(text), "purpose") for text in messages),
        *_shortfalls(coverages, weeks, say),
        *states_block(coverage.case, say),
        hours_table(coverage, weeks, say),
        *_teaching(coverages, common.small(legend), say),
        *(every if details else ()),
    )
    footer = plan_footer(coverage.case, language=language)
    return Page("coverage", title, blocks, footer, common.LOCALES[language], coverage.case.program.paper)


def _teaching(coverages: Sequence[Coverage], legend: Paragraph, say: Speech) -> tuple[Block, ...]:
    """Say who waits longest, and set out the objectives; where a table of ways says more, less is said."""
    if not coverages[0].objectives:
        return (legend,)
    undecided, worst = each_way(coverages, say, undecided_words), worst_words(coverages, say)
    ways = journeys_block(coverages, say) if len(coverages) > 1 else None
    if not isinstance(ways, Table):
        told = Paragraph(line(" ".join((*undecided, worst)).strip()))
        return (told, *((ways,) if ways else ()), summary_table(coverages, say), legend)
    longest = (Paragraph(line(worst)),) if worst else ()
    return (*longest, ways, legend, summary_table(coverages, say))


def _details(coverages: Sequence[Coverage], coverage: Coverage, say: Speech) -> tuple[Block, ...]:
    name = [capital(journey_words(say, coverage.journey))] if len(coverages) > 1 else []
    title = headed(name, say("coverage.every"))
    return (PageBreak(), Heading(2, title), detail_table(coverage, say))


def _messages(coverages: Sequence[Coverage], weeks: Sequence[Week], say: Speech) -> tuple[str, ...]:
    """Say first of all, a line each, whether the teaching and the hours are in order."""
    broken = len({week.number for week in weeks if week.broken})
    count = say.count(coverages[0].case.plan.sheet.weeks, "coverage.weeks")
    said = say("coverage.hours-broken", number=broken, weeks=count)
    return (*each_way(coverages, say, taught_words), *((said,) if broken else ()))


def _shortfalls(coverages: Sequence[Coverage], weeks: Sequence[Week], say: Speech) -> tuple[Block, ...]:
    """List in words all that the plan lacks."""
    names = [journey_words(say, each.journey) for each in coverages]
    told = ((name, text) for name, way in zip(names, coverages, strict=True) for text in _missed(way, say))
    first = coverages[0]
    broken = _broken(weeks, say)
    unstaffed = unstaffed_words(first, say)
    more = len(broken) - _MOST_BROKEN
    rest = [say("coverage.more-weeks", number=more)] if more > 0 else []
    items = [
        *broken[:_MOST_BROKEN],
        *rest,
        *alike(told, names),
        *_empty(first, say),
        *unstaffed,
        *wanted_words(first, say),
    ]
    tried = tried_blocks(first, say)
    if not items and not tried:
        return ()
    texts = (Paragraph(line(text)) for text in items)
    return (Box("warning", say("coverage.short"), (*texts, *tried)),)


def _broken(weeks: Sequence[Week], say: Speech) -> list[str]:
    """Name the weeks that break a rule, those of the same kind in one sentence."""
    names = list(dict.fromkeys(whom_words(say, week.minutes.whom) for week in weeks))
    told = (
        (name, text)
        for name in names
        for text in _broken_of([each for each in weeks if whom_words(say, each.minutes.whom) == name], say)
    )
    return alike(told, names)


def _broken_of(weeks: Sequence[Week], say: Speech) -> list[str]:
    found: dict[tuple[str, str], list[Week]] = {}
    for week in weeks:
        for finding in week.broken:
            about = f"{stand_words(say, finding)}."
            if finding.override:
                about = f"{about} {capital(override_words(say, finding.override))}."
            mend = remedy(say, finding, week.minutes, over=week.over)
            found.setdefault((about, mend), []).append(week)
    return [_alike(about, mend, same, say) for (about, mend), same in found.items()]


def _alike(about: str, mend: str, weeks: Sequence[Week], say: Speech) -> str:
    closed = closures_words(say, [closure for week in weeks for closure in week.closed])
    head = weeks_words(say, [week.number for week in weeks], about)
    return " ".join(text for text in (head, closed, mend) if text)


def _missed(coverage: Coverage, say: Speech) -> list[str]:
    found: dict[str, list[date]] = {}
    for start in parted(coverage).short:
        for answer in coverage.missed(start):
            found.setdefault(statement(coverage, answer, say), []).append(start)
    return [
        say("coverage.not-in-time", objective=name, who=starts_words(coverage, days, say, most=_MOST_DATES))
        for name, days in found.items()
    ]


def _empty(coverage: Coverage, say: Speech) -> list[str]:
    curriculum = coverage.case.curriculum
    held = (
        each for each in coverage.case.plan.sessions if each.takes_place and lacks_topic(curriculum, each)
    )
    named = [(each.date, session_title(curriculum, each, language=say.language)) for each in held]
    if not coverage.case.program.wanted:
        return [f"{capital(say.short_day(day))}: {title}." for day, title in named]
    days: dict[str, list[date]] = {}
    for day, title in named:
        days.setdefault(title, []).append(day)
    return [
        say(
            "coverage.empty-many",
            title=title,
            meetings=say.count(len(found), "coverage.meetings"),
            day=say.short_day(found[0]),
        )
        for title, found in days.items()
    ]


def _counted(coverage: Coverage, say: Speech) -> str:
    source = coverage.case.program.minutes.source.rstrip(".")
    said = payer_words(say, coverage.case.program)
    return say("coverage.by", said=said.rstrip("."), source=source) if source else said


def _plan_words(coverage: Coverage, say: Speech) -> str:
    sheet = coverage.case.plan.sheet
    if sheet.status == "optimal":
        return say("coverage.plan-optimal")
    return say(f"coverage.plan-{sheet.status}", gap=f"{sheet.gap:.0f}")
