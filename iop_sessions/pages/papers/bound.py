"""Bind handouts for a client: a workbook of four weeks, or what was missed.

A workbook goes home, where others may see it: it names no client, the clinic only where pages may, and
neither a handout that stays on site nor the topic that uses one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Table,
    WriteLines,
    cell,
    line,
)
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.handout import bound, is_written, part_name
from iop_sessions.pages.meetings import has_tracks, is_private, session_title
from iop_sessions.pages.papers.parts import ClientPaper, client_page, stays_on_site
from iop_sessions.pages.shelf import Kind, Shelf
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session

WORKBOOK: Final = ClientPaper("workbook", "information")
SPAN: Final = 4
"""The weeks that one workbook is for; the last one of a plan may be shorter."""
_STEPS: Final = ("bring", "do", "check", "choose")
_REASONS: Final = ("shelf", "english", "family", "on-site")


def workbook_weeks(plan: Plan) -> tuple[range, ...]:
    """List the weeks of each workbook of a plan."""
    last = plan.sheet.weeks
    return tuple(range(first, min(first + SPAN, last + 1)) for first in range(1, last + 1, SPAN))


@dataclass(frozen=True)
class _Binding:
    """What one workbook is made of."""

    case: Case
    speech: Speech
    sessions: tuple[Session, ...]  # that clients come to, in order
    uses: Mapping[Handout, Sequence[Session]]  # in the order of first use
    parts: Mapping[Handout, str]  # those that are bound, each with the name of its part


def workbook(case: Case, number: int, *, language: str = "en", large_print: bool = False) -> Page:
    """Make the workbook of four weeks of a plan.

    Parameters
    ----------
    number
        Which four weeks, counted from 1.

    Raises
    ------
    NotFound
        When the plan is not that long.
    """
    spans = workbook_weeks(case.plan)
    if not 1 <= number <= len(spans):
        raise NotFound("workbook", str(number), (str(each) for each in range(1, len(spans) + 1)))
    binding = _gathered(case, spans[number - 1], language)
    blocks: tuple[Block, ...] = (
        *_cover(binding, spans[number - 1]),
        *_contents(binding),
        *_progress(binding),
        *bound(case.curriculum, case.program, binding.parts, language),
    )
    page = client_page(
        case.curriculum, case.program, WORKBOOK, blocks, language=language, large_print=large_print
    )
    return replace(page, template="workbook")


def _gathered(case: Case, weeks: range, language: str) -> _Binding:
    curriculum, ages = case.curriculum, case.program.ages
    topics = curriculum.topic_by_id
    sessions = sorted(
        (
            each
            for each in case.plan.sessions
            if case.plan.week_of(each) in weeks
            and each.takes_place
            and not is_private(each)
            and not each.is_make_up
            and not (each.topic_id in topics and topics[each.topic_id].audience == "relatives")
        ),
        key=lambda session: session.order,
    )
    uses: dict[Handout, list[Session]] = {}
    for session in sessions:
        for handout, _ in curriculum.handouts_of(session.topic_id):
            if ages == "both" or handout.ages in ("both", ages):
                uses.setdefault(handout, []).append(session)
    ours = (
        each for each in uses if each.take_home and each.audience != "relatives"
    )  # who get theirs from staff
    taken = [each for each in ours if is_written(curriculum, each, language)]
    parts = {each: part_name(curriculum, number, language) for number, each in enumerate(taken, 1)}
    return _Binding(case, curriculum.speech(language), tuple(sessions), uses, parts)


def _cover(binding: _Binding, weeks: range) -> tuple[Block, ...]:
    speech, first = binding.speech, binding.case.plan.sheet.start
    start = first + timedelta(weeks=weeks[0] - 1)
    end = first + timedelta(weeks=weeks[-1], days=-1)
    begins = speech.month_day(start) if start.year == end.year else speech.full_day(start)
    span = "workbook.weeks" if len(weeks) > 1 else "workbook.week"
    when = speech(span, first=weeks[0], last=weeks[-1], start=begins, end=speech.full_day(end))
    shown = common.clinic_name(binding.case.program)
    return (
        Heading(2, when),
        *((Paragraph(line(binding.case.program.title)),) if shown else ()),
        Heading(3, speech("workbook.use")),
        ItemList("steps", tuple(line(speech(f"workbook.use-{step}")) for step in _STEPS)),
        Heading(3, speech("workbook.private")),
        Paragraph(line(speech("workbook.no-name"))),
        Paragraph(line(speech("workbook.yours"))),
    )


def _contents(binding: _Binding) -> tuple[Block, ...]:
    """List the parts by number, and what to ask for."""
    speech = binding.speech
    header = tuple(cell(speech(f"workbook.{column}")) for column in ("part", "page", "used"))
    rows = tuple(
        (
            cell(name, header=True),
            cell(_workbook_title(binding, handout)),
            _used(binding, binding.uses[handout]),
        )
        for handout, name in binding.parts.items()
    )
    inside = Table(speech("workbook.inside"), header, rows, "plain", (1.2, 3.1, 2.7))
    none = Paragraph(line(speech("workbook.nothing")))
    return (
        PageBreak(),
        Heading(2, speech("workbook.inside")),
        inside if rows else none,
        *_outside(binding),
    )


def _workbook_title(binding: _Binding, handout: Handout) -> str:
    return binding.case.curriculum.handout_title(handout.handout_id, binding.speech.language)


def _used(binding: _Binding, sessions: Sequence[Session]) -> Cell:
    """Say on which days a handout is used; the badge is that of the first group."""
    speech = binding.speech
    dated = ((binding.case.plan.week_of(each), speech.short_day(each.date)) for each in sessions)
    days = (speech("workbook.on", week=week, day=day) for week, day in dated)
    return _badged(binding, sessions[0], *dict.fromkeys(days))


def _group(binding: _Binding, session: Session) -> str:
    """Name a group by its topic; one whose page stays on site, by its type alone."""
    used = (handout for handout, _ in binding.case.curriculum.handouts_of(session.topic_id))
    if any(not handout.take_home for handout in used):
        return binding.case.curriculum.group_title(session.group_type, binding.speech.language)
    return session_title(binding.case.curriculum, session, language=binding.speech.language)


def _outside(binding: _Binding) -> tuple[Block, ...]:
    """Name what a client gets from staff; of what stays on site, only that there is some."""
    speech = binding.speech
    missing = [each for each in binding.uses if each not in binding.parts]
    blocks: list[Block] = []
    for reason in _REASONS:
        titles = [_workbook_title(binding, each) for each in missing if _reason(binding, each) == reason]
        if titles:
            blocks += [Paragraph(line(speech(f"workbook.ask-{reason}")))]
            blocks += [ItemList("bullets", tuple(map(line, titles)))] if reason != "on-site" else []
    return (Heading(3, speech("workbook.outside")), *blocks) if blocks else ()


def _reason(binding: _Binding, handout: Handout) -> str:
    """Say why a handout is not in the workbook."""
    if not handout.take_home:
        return "on-site"
    if handout.audience == "relatives":
        return "family"
    return "english" if is_written(binding.case.curriculum, handout) else "shelf"


def _progress(binding: _Binding) -> tuple[Block, ...]:
    """Give room to keep track: each group with its pages, then skills and confidence."""
    speech = binding.speech
    weeks = [(week, list(found)) for week, found in groupby(binding.sessions, key=binding.case.plan.week_of)]
    groups = [block for week, found in weeks for block in _week(binding, week, found)]
    none = [Paragraph(line(speech("workbook.no-group")))]
    return (
        PageBreak(),
        Heading(2, speech("workbook.progress")),
        Paragraph(line(speech("workbook.progress-use"))),
        *(groups or none),
        PageBreak(),  # else the last scale stands alone on a page now and then
        Heading(3, speech("workbook.skills")),
        WriteLines(5),
        Heading(3, speech("workbook.sure")),
        Paragraph(line(speech("workbook.sure-start"))),
        Scale(0, 10),
        Paragraph(line(speech("workbook.sure-end"))),
        Scale(0, 10),
    )


def _once(sessions: Sequence[Session]) -> list[Session]:
    """Name once a group that several tracks have on a day: a client goes to one of them."""
    found = {(each.date, each.group_type, each.kind, each.topic_id): each for each in reversed(sessions)}
    return sorted(found.values(), key=lambda session: session.order)


def _week(binding: _Binding, week: int, sessions: Sequence[Session]) -> tuple[Block, ...]:
    speech = binding.speech
    header = tuple(cell(speech(f"workbook.{column}")) for column in ("group", "did", "take"))
    rows = tuple(
        (
            _badged(binding, session, capital(speech.short_day(session.date)), _group(binding, session)),
            _boxes(binding, session),
            Cell(),
        )
        for session in (_once(sessions) if has_tracks(binding.case.program) else sessions)
    )
    title = speech("workbook.week-name", week=week)
    return (Heading(3, title), Table(title, header, rows, "plain", (2.5, 1.9, 2.6)))


def _badged(binding: _Binding, session: Session, *words: str) -> Cell:
    color = common.color_of(binding.case.curriculum, session.group_type)
    return cell(*words, badge=session.group_type, color=color)


def _boxes(binding: _Binding, session: Session) -> Cell:
    """Give a box to check for each page of a group that is in the workbook."""
    used = (handout for handout, _ in binding.case.curriculum.handouts_of(session.topic_id))
    names = tuple(line(binding.parts[each]) for each in used if each in binding.parts)
    return Cell(parts=(ItemList("boxes", names),)) if names else cell(binding.speech("workbook.no-page"))


MAKE_UP_PACKET: Final = ClientPaper("make-up-packet", "information")


def make_up_packet(
    case: Case,
    topic_ids: Sequence[str],
    *,
    since: date,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Make the packet of some missed topics.

    Parameters
    ----------
    since
        The day from which a topic's next date counts.

    Raises
    ------
    NotFound
        When there is no such topic.
    UsageError
        When no topic is named.
    """
    if not topic_ids:
        raise UsageError("no topic was missed — name the topics to bind")
    curriculum = case.curriculum
    speech = curriculum.speech(language)
    topics = [common.topic_of(curriculum, topic_id) for topic_id in dict.fromkeys(topic_ids)]
    used = (handout for topic in topics for handout, _ in curriculum.handouts_of(topic.topic_id))
    home = (each for each in dict.fromkeys(used) if each.take_home)
    handouts = [each for each in home if is_written(curriculum, each, language)]
    parts = {each: part_name(curriculum, number, language) for number, each in enumerate(handouts, 1)}
    blocks: list[Block] = [
        _missed(case, speech, topics, since, parts),
        Heading(2, speech("make-up-packet.take")),
        Paragraph(line(speech("make-up-packet.write"))),
        WriteLines(4),
    ]
    blocks += bound(curriculum, case.program, handouts, language)
    return client_page(
        curriculum, case.program, MAKE_UP_PACKET, blocks, language=language, large_print=large_print
    )


def _missed(
    case: Case,
    speech: Speech,
    topics: Sequence[Topic],
    since: date,
    parts: Mapping[Handout, str],
) -> Table:
    header = tuple(cell(speech(f"make-up-packet.{column}")) for column in ("did", "pages", "next"))
    rows = tuple(
        (
            cell(_packet_title(case.curriculum, speech, topic), badge=topic.group_type, header=True),
            _pages(case.curriculum, speech, topic, parts),
            cell(_next_words(speech, case.plan, topic, since)),
        )
        for topic in topics
    )
    return Table(speech("make-up-packet.table"), header, rows, "plain", (2.6, 2.3, 2.1))


def _packet_title(curriculum: Curriculum, speech: Speech, topic: Topic) -> str:
    """Name a topic; one whose page stays on site, by its group alone, for the packet goes home."""
    if stays_on_site(curriculum, topic.topic_id):
        return curriculum.group_title(topic.group_type, speech.language)
    return curriculum.topic_title(topic.topic_id, speech.language)


def _pages(curriculum: Curriculum, speech: Speech, topic: Topic, parts: Mapping[Handout, str]) -> Cell:
    found = (handout for handout, _ in curriculum.handouts_of(topic.topic_id))
    texts = [_page_words(curriculum, speech, handout, parts) for handout in found]
    return cell(*texts or [speech("make-up-packet.none")])


def _page_words(
    curriculum: Curriculum, speech: Speech, handout: Handout, parts: Mapping[Handout, str]
) -> str:
    if not handout.take_home:
        return speech("make-up-packet.on-site")
    title = curriculum.handout_title(handout.handout_id, speech.language)
    if handout in parts:
        return speech("binding.titled", part=parts[handout], title=title)
    return speech("make-up-packet.ask", title=title)


def _next_words(speech: Speech, plan: Plan, topic: Topic, since: date) -> str:
    """Say when a topic comes again; what is past its date is no help."""
    found = sorted(
        (
            each
            for each in plan.sessions
            if each.topic_id == topic.topic_id and each.takes_place and each.date >= since
        ),
        key=lambda session: session.order,
    )
    if not found:
        return speech("make-up-packet.unplanned")
    return capital(speech.moment(found[0].date, found[0].start))


def workbooks(shelf: Shelf) -> dict[str, Page]:
    """Bind what clients take home, one workbook for each four weeks."""
    return {
        f"{shelf.folder('workbooks')}/{_weeks_name(weeks)}-workbook.docx": workbook(
            shelf.case, number, **shelf.edition
        )
        for number, weeks in enumerate(workbook_weeks(shelf.case.plan), 1)
    }


def _weeks_name(weeks: range) -> str:
    """Name the weeks of a file: weeks-01-to-04."""
    if len(weeks) == 1:
        return f"week-{weeks[0]:02}"
    return f"weeks-{weeks[0]:02}-to-{weeks[-1]:02}"


def make_up(shelf: Shelf) -> dict[str, Page]:
    """Bind what the groups of each week did, for clients who were away; one file a week."""
    plan, known = shelf.case.plan, shelf.case.curriculum.topic_by_id
    weeks = range(1, plan.sheet.weeks + 1)
    held = {week: [each.topic_id for each in plan.in_week(week) if each.takes_place] for week in weeks}
    topics = {week: [each for each in found if each in known] for week, found in held.items()}
    return {
        f"{shelf.folder('make-up')}/week-{week:02}-make-up.docx": make_up_packet(
            shelf.case, missed, since=plan.sheet.start + timedelta(weeks=week), **shelf.edition
        )
        for week, missed in topics.items()
        if missed
    }


WORKBOOKS: Final = Kind(
    "workbooks", "what clients take home, bound, one for each four weeks", "clients", workbooks, "workbook",
    large_print=True, holds_handouts=True,
)  # fmt: skip
MAKE_UP: Final = Kind(
    "make-up", "what the groups of each week did, for clients who were away", "clients", make_up,
    large_print=True, holds_handouts=True,
)  # fmt: skip
