"""Make the sheets of a week: the client's timetable, who signs in, what the chart says, what to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from itertools import pairwise, takewhile
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.colors import INK, tint
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.handout import held, is_written, written_length
from iop_sessions.pages.meetings import (
    ONE_TO_ONE,
    GroupSection,
    Pile,
    english_instead,
    has_tracks,
    is_group,
    parts_of,
    piles,
    place_words,
    places,
    sections_of,
    session_title,
    sheets,
)
from iop_sessions.pages.papers.parts import blank_rows, staff_page, week_sessions
from iop_sessions.pages.runsheet import GuideText
from iop_sessions.pages.shelf import Kind, Shelf
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.sections import census_of
from iop_sessions.program.settings import Census, Slot

_LONGEST_BREAK: Final = 60  # minutes; a longer gap is no break
_SOME_MONDAY: Final = date(2024, 1, 1)

Stretch = tuple[int, int]
"""First and last minute of the day in which groups meet without a gap."""


def timetables(program: Program, speech: Speech) -> tuple[Block, ...]:
    """Say when groups meet for a newcomer: a table for each track, and for how long it is so."""
    blocks: list[Block] = []
    for journey in first_journeys(program):
        if has_tracks(program):
            blocks.append(Heading(3, capital(track_words(speech, journey.track))))
        blocks.append(timetable(program, speech, journey))
        weeks = len(list(takewhile(journey.slots[0].__eq__, journey.slots)))
        if weeks < journey.weeks:
            blocks.append(Paragraph(line(speech.count(weeks, "timetable.first-weeks"))))
    return tuple(blocks)


def first_journeys(program: Program) -> list[Journey]:
    """List the first way through the program in each track, that of a newcomer of whom no more is known."""
    found = journeys(program)
    return [each for each in found if each.path == found[0].path]


def timetable(program: Program, speech: Speech, journey: Journey | None = None) -> Table:
    """Give each day of groups a row: from when to when, and the breaks between.

    Parameters
    ----------
    journey
        Whose first week it is. Default: everybody's.
    """
    days: dict[int, list[Slot]] = {}
    for slot in program.slots:
        if slot.kind not in ONE_TO_ONE and (journey is None or slot.id in journey.slots[0]):
            days.setdefault(slot.weekday, []).append(slot)
    rows = tuple(_row(speech, day, slots) for day, slots in sorted(days.items()))
    header = tuple(cell(speech(f"timetable.{column}")) for column in ("day", "groups", "breaks"))
    return Table(speech("timetable.table"), header, rows, "plain", (1.5, 2.0, 3.7))


def day_word(speech: Speech, weekday: int) -> str:
    """Name a day of the week by its number, 0 for Monday."""
    return capital(speech.weekday(_SOME_MONDAY + timedelta(days=weekday)))


def stretches(slots: Iterable[Slot]) -> list[Stretch]:
    """List when groups meet without a gap; groups side by side count once."""
    found: list[Stretch] = []
    for slot in sorted(slots, key=lambda slot: slot.first_minute):
        if found and slot.first_minute <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], slot.last_minute))
        else:
            found.append((slot.first_minute, slot.last_minute))
    return found


def _gaps(slots: Iterable[Slot]) -> list[Stretch]:
    return [(before[1], after[0]) for before, after in pairwise(stretches(slots))]


def _row(speech: Speech, day: int, slots: list[Slot]) -> tuple[Cell, ...]:
    hours = (_span(speech, stretch) for stretch in _hours(slots))
    short = (gap for gap in _gaps(slots) if gap[1] - gap[0] <= _LONGEST_BREAK)
    breaks = ", ".join(_span(speech, stretch) for stretch in short)
    return cell(day_word(speech, day), header=True), cell(*hours), cell(breaks or speech("timetable.none"))


def _hours(slots: list[Slot]) -> list[Stretch]:
    """Say from when to when people are there; a gap too long for a break parts the day in two."""
    edges = [gap for gap in _gaps(slots) if gap[1] - gap[0] > _LONGEST_BREAK]
    whole = stretches(slots)
    starts = [whole[0][0], *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), whole[-1][1]]
    return list(zip(starts, ends, strict=True))


def _span(speech: Speech, stretch: Stretch) -> str:
    return speech.span(*(time(minute // 60 % 24, minute % 60) for minute in stretch))


_SIGN_IN_COLUMNS: Final = ("time-in", "name", "signature", "time-out")
_LEADER_COLUMNS: Final = ("number", "name", "credential", "signature")


def sign_in_sheet(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], *, language: str = "en"
) -> Page:
    """Make a blank sign-in sheet for each group and each section of it, each on a sheet of its own.

    What is between one client and staff has none, nor has a mutual-help meeting, whose people stay unnamed.

    Raises
    ------
    UsageError
        When no group takes place.
    """
    say = curriculum.speech(language)
    found = held(each for each in sessions if is_group(each))
    blocks: list[Block] = []
    for part in (part for each in found for part in parts_of(curriculum, program, each)):
        blocks += [*([PageBreak()] if blocks else []), *_sheet(curriculum, program, part, say)]
    days = common.days_words(say, found[0].date, found[-1].date)
    footer = (say("sign-in.record"), program.title)
    return staff_page(program, say("sign-in.title", days=days), blocks, footer, language, template="sign-in")


def _sheet(curriculum: Curriculum, program: Program, part: GroupSection, say: Speech) -> tuple[Block, ...]:
    session = part.session
    title = session_title(curriculum, session, language=say.language)
    if part.letter:
        title = say("sign-in.section", group=title, letter=part.letter)
    minutes = say.count(session.minutes, "guide.minutes")
    when = f"{capital(say.long_day(session.date))}, {say.span(session.start, session.end)}, {minutes}"
    track = track_words(say, session.track) if has_tracks(program) else ""
    place = place_words(session, language=say.language, own=curriculum.labels)
    where = " · ".join(text for text in (track, place) if text)
    return (
        Heading(2, title, session.group_type),
        Paragraph(line(f"{when}{f' · {where}' if where else ''}")),
        _blank(say, "sign-in.table", title, _SIGN_IN_COLUMNS, places(program, session), (1.0, 2.6, 2.6, 1.1)),
        Heading(3, say("sign-in.leader")),
        _blank(say, "sign-in.leader-table", title, _LEADER_COLUMNS, 1, (1.2, 2.2, 1.5, 2.4)),
    )


def _blank(
    say: Speech, name: str, title: str, columns: Sequence[str], count: int, widths: tuple[float, ...]
) -> Table:
    header = [say(f"sign-in.{column}") for column in columns]
    return blank_rows(say(name, group=title), header, count, widths)


def group_content(case: Case, week: int, *, language: str = "en") -> Page:
    """Make the content paragraphs of one week.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    curriculum, program = case.curriculum, case.program
    say = curriculum.speech(language)
    blocks: list[Block] = [Paragraph(line(say("chart.note")), "note")]
    for session in filter(is_group, week_sessions(case.plan, week)):
        title = session_title(curriculum, session, language=language)
        track = track_words(say, session.track) if has_tracks(program) else ""
        hours = say.span(session.start, session.end)
        when = ", ".join(text for text in (capital(say.short_day(session.date)), hours, track) if text)
        blocks += [
            Heading(2, f"{when}: {title}", session.group_type),
            Paragraph(line(content_words(curriculum, session, language=language))),
        ]
    footer = plan_footer(case, week, language=language)
    return staff_page(program, say("chart.title", week=week), blocks, footer, language, template="chart")


def content_words(curriculum: Curriculum, session: Session, *, language: str = "en") -> str:
    """Write what a session held, in one paragraph."""
    say = curriculum.speech(language)
    topic = curriculum.topic_by_id.get(session.topic_id)
    values = {"day": say.long_day(session.date), "hours": say.span(session.start, session.end)}
    bare = session.group_type or session_title(curriculum, session, language=language)
    name = _name(curriculum.group_title(bare, language), say)
    if not session.takes_place:
        return say("chart.not-held", group=say("chart.the-group", name=name), **values)
    group = say("chart.an-group" if name[:1].casefold() in "aeiou" else "chart.a-group", name=name)
    if topic:
        title = curriculum.topic_title(topic.topic_id, language)
        held = say("chart.covered", group=group, topic=title, **values)
    else:
        held = say("chart.held", group=group, **values)
    told = _topic_words(curriculum, session, topic, say) if topic else []
    led = say("chart.led", codes=say.listed(session.facilitators)) if session.facilitators else ""
    return " ".join(text for text in (held, say.count(session.minutes, "chart.lasted"), *told, led) if text)


def _name(title: str, say: Speech) -> str:
    """Name a group within a sentence: relapse prevention group."""
    name = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return name if say("chart.group-word") in name.split() else say("chart.group", name=name)


def _topic_words(curriculum: Curriculum, session: Session, topic: Topic, say: Speech) -> list[str]:
    length = written_length(topic, session.planned_minutes)
    segments = [each for each in curriculum.segments_of(topic.topic_id, length) if each.kind != "break"]
    guide = GuideText.of(curriculum, topic.topic_id, say)
    parts = "; ".join(guide.title_of(segment) for segment in segments)
    # of a group held in part, staff strike what was left out
    planned = "chart.parts-planned" if session.state == "partly" else "chart.parts"
    handouts = "; ".join(
        f"{each.handout_id}, {curriculum.handout_title(each.handout_id, say.language)}"
        for each, _ in curriculum.handouts_of(topic.topic_id)
    )
    return [
        say("chart.aim", aim=curriculum.topic_aim(topic.topic_id, say.language)),
        say(planned, parts=parts) if parts else "",
        say("chart.methods", methods=_methods(topic, segments, say)),
        say("chart.handouts", handouts=handouts) if handouts else "",
    ]


def _methods(topic: Topic, segments: list[Segment], say: Speech) -> str:
    kinds = {segment.kind for segment in segments}
    more = (say(f"chart.method-{kind}") for kind in ("practice", "share") if kind in kinds)
    return ", ".join([say(f"chart.method-{topic.format}"), *more])


_PRINT_COLUMNS: Final = ("handout", "language", "size", "copies")
_WIDTHS: Final = (3.8, 1.0, 1.1, 0.8)


def print_run(case: Case, week: int, *, language: str = "en") -> Page:
    """Make the print list of one week: by day and group, then the totals.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    curriculum, program = case.curriculum, case.program
    say = curriculum.speech(language)
    sessions = [each for each in week_sessions(case.plan, week) if each.takes_place]
    found = [piles(curriculum, program, session) for session in sessions]
    totals = sum(found, Counter[Pile]())
    again = sum(map(len, found)) > len(totals)
    counted = _totals(curriculum, program, totals, say, again=again) if totals else ()
    blocks = (*_days(curriculum, program, sessions, say), *counted)
    nothing = (Paragraph(line(say("print-run.nothing"))),)
    signed = sheets(program, [each for each in sessions if is_group(each)])
    sign_in = (Paragraph(line(say.count(signed, "print-run.sign-in"))),) if signed else ()
    manual = _from_a_manual(curriculum, sessions, say)
    footer = plan_footer(case, week, language=language)
    title = say("print-run.title", week=week)
    return staff_page(
        program,
        title,
        (*(blocks if totals or manual else nothing), *manual, *sign_in),
        footer,
        language,
        template="print-run",
    )


def _days(
    curriculum: Curriculum, program: Program, sessions: Iterable[Session], say: Speech
) -> Iterable[Block]:
    """Make one table of all days, for a week of five days shall stand on one sheet with its totals."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(session.date, []).append(session)
    rows: list[tuple[Cell, ...]] = []
    for day, meetings in days.items():
        found = [
            (
                _when(program, session, say),
                *_cells(curriculum, census_of(program, session.track), pile, number, say)[:-1],
                _copies(pile, number, sections_of(program, session), say),
            )
            for session in meetings
            for pile, number in piles(curriculum, program, session).items()
        ]
        rows += [_day_row(say, day), *found] if found else []
    if rows:
        yield Table(say("print-run.days"), _header(say, "group-at"), tuple(rows), "grid", (1.15, *_WIDTHS))


def _day_row(say: Speech, day: date) -> tuple[Cell, ...]:
    ground = tint(INK)
    first = cell(capital(say.short_day(day)), tint=ground, small=True, header=True)
    return (first, *(Cell(tint=ground, small=True) for _ in _PRINT_COLUMNS))


def _from_a_manual(curriculum: Curriculum, sessions: Iterable[Session], say: Speech) -> tuple[Block, ...]:
    """List the sessions whose handouts stand in a published manual; how many each has is not known here."""
    lines = tuple(
        line(f"{capital(say.short_day(each.date))}, {each.topic_id} {title}. {manual}.")
        for each in sessions
        if (manual := common.manual_words(curriculum, each.topic_id, say.language))
        for title in (curriculum.topic_title(each.topic_id, say.language),)
    )
    return (Heading(2, say("print-run.manual")), ItemList("bullets", lines)) if lines else ()


def _when(program: Program, session: Session, say: Speech) -> Cell:
    track = [capital(track_words(say, session.track))] if has_tracks(program) and session.track else []
    sections = sections_of(program, session)
    split = [say("print-run.sections", number=sections)] if sections > 1 else []
    return cell(say.clock(session.start), *track, *split, small=True, header=True)


def _header(say: Speech, *before: str) -> tuple[Cell, ...]:
    return tuple(cell(say(f"print-run.{name}"), small=True) for name in (*before, *_PRINT_COLUMNS))


def _cells(curriculum: Curriculum, census: Census, pile: Pile, number: int, say: Speech) -> tuple[Cell, ...]:
    handout, size = pile.handout.handout_id, "large" if pile.large_print else "standard"
    title = f"{handout} {curriculum.handout_title(handout, pile.language)}"
    return (
        cell(title, *_notes(curriculum, census, pile, say), small=True),
        cell(say(f"print-run.language-{pile.language}"), small=True),
        cell(say(f"print-run.size-{size}"), small=True),
        cell(str(number), small=True),
    )


def _copies(pile: Pile, number: int, sections: int, say: Speech) -> Cell:
    """Count the copies, and those for each section; in which one large print is read, nobody knows here."""
    split = sections > 1 and not pile.large_print
    each = [say("print-run.each", sections=sections, number=number // sections)] if split else []
    return cell(str(number), *each, small=True)


def _notes(curriculum: Curriculum, census: Census, pile: Pile, say: Speech) -> Iterable[str]:
    """Say where a handout is that is not ours, and who gets the English one for want of another."""
    if not is_written(curriculum, pile.handout):
        yield say("print-run.shelf")
    people = english_instead(curriculum, census, pile)
    if people:
        yield say.count(people, "print-run.no-spanish")


def _totals(
    curriculum: Curriculum, program: Program, totals: Counter[Pile], say: Speech, *, again: bool
) -> tuple[Block, ...]:
    """Sum the copies up; in a table where something is used again, for else the list by day says all."""
    ordered = sorted(totals, key=lambda pile: (pile.handout.handout_id, pile.large_print, pile.language))
    rows = tuple(_cells(curriculum, program.census, pile, totals[pile], say) for pile in ordered)
    names = dict.fromkeys(_draft_name(pile, say) for pile in ordered if _is_draft(curriculum, pile))
    drafts = (Paragraph(line(say("print-run.drafts", handouts=", ".join(names)))),) if names else ()
    return (
        Heading(2, say.count(totals.total(), "print-run.totals")),
        *((Table(say("print-run.totals-table"), _header(say), rows, "plain", _WIDTHS),) if again else ()),
        *drafts,
    )


def _is_draft(curriculum: Curriculum, pile: Pile) -> bool:
    here = is_written(curriculum, pile.handout, pile.language)
    return here and common.review_of(curriculum, "handout", pile.handout, pile.language) is None


def _draft_name(pile: Pile, say: Speech) -> str:
    handout = pile.handout.handout_id
    return handout if pile.language == "en" else say(f"print-run.draft-{pile.language}", handout=handout)


def sign_in(shelf: Shelf) -> dict[str, Page]:
    """Make blank sign-in sheets, one file a week."""
    case = shelf.case
    weeks = {week: week_sessions(case.plan, week) for week in range(1, case.plan.sheet.weeks + 1)}
    return {
        f"{shelf.folder('sign-in')}/week-{week:02}-sign-in.docx": sign_in_sheet(
            case.curriculum, case.program, sessions, language=shelf.language
        )
        for week, sessions in weeks.items()
        if any(each.takes_place and is_group(each) for each in sessions)
    }


def chart(shelf: Shelf) -> dict[str, Page]:
    """Make the neutral paragraphs for the chart, one file a week."""
    return shelf.weekly(
        "chart", "chart", lambda week: group_content(shelf.case, week, language=shelf.language)
    )


def print_runs(shelf: Shelf) -> dict[str, Page]:
    """Make the list of what to print, one file a week."""
    return shelf.weekly(
        "print-runs", "print-run", lambda week: print_run(shelf.case, week, language=shelf.language)
    )


SIGN_IN: Final = Kind("sign-in", "blank sign-in sheets of each week", "staff", sign_in, "sign-in")
CHART: Final = Kind("chart", "neutral paragraphs for the chart, of each week", "staff", chart, "chart")
PRINT_RUNS: Final = Kind("print-runs", "what to print for each week", "staff", print_runs, "print-run")
