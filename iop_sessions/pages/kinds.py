"""Say which documents a plan needs, and make their pages, each under its file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypedDict

from iop_sessions import pages
from iop_sessions.coverage import covering
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.pages import papers
from iop_sessions.pages.meetings import is_group
from iop_sessions.pages.papers.parts import week_sessions
from iop_sessions.plans.case import Case
from iop_sessions.program.choosing import chosen


class Look(TypedDict):
    """In what language and size a client page is printed."""

    language: str
    large_print: bool


@dataclass(frozen=True)
class Shelf:
    """What documents are made from, and how client pages shall look."""

    case: Case
    language: str = "en"
    large_print: bool = False
    every_topic: bool = False  # topics that the plan leaves out too

    def folder(self, kind: str) -> str:
        """Name the folder of a kind: one for each language and size."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"{kind}{language}{'-large-print' if self.large_print else ''}"

    @property
    def look(self) -> Look:
        """Return what a client page is told of its language and size."""
        return {"language": self.language, "large_print": self.large_print}

    @property
    def topics(self) -> list[str]:
        """List the topics the plan uses, orientation first, in the order of the topics table."""
        planned = {session.topic_id for session in self.case.plan.sessions}
        taught = chosen(self.case.curriculum, self.case.program).topic_by_id
        return [
            topic.topic_id
            for topic in self.case.curriculum.topics
            if topic.content == "full"
            and (self.every_topic or topic.topic_id in planned or self._opens_a_stay(topic, taught))
        ]

    @staticmethod
    def _opens_a_stay(topic: Topic, taught: Mapping[str, Topic]) -> bool:
        return topic.delivery == "orientation" and topic.topic_id in taught

    @property
    def handouts(self) -> list[Handout]:
        """List the handouts of those topics that are ours to print."""
        used = [each for topic_id in self.topics for each, _ in self.case.curriculum.handouts_of(topic_id)]
        return [handout for handout in dict.fromkeys(used) if handout.kind != "external"]

    @property
    def untranslated(self) -> list[str]:
        """List the handouts that have no text in the language asked for."""
        texts = self.case.curriculum.sheets
        return [
            each.handout_id for each in self.handouts if f"{self.language}/{each.handout_id}" not in texts
        ]


def slug(title: str) -> str:
    """Write a title as part of a file name."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-")


def handouts(shelf: Shelf) -> dict[str, Page]:
    """Make every handout the plan uses that has a text in the language asked for."""
    missing = set(shelf.untranslated)
    return {
        f"{shelf.folder('handouts')}/{_name(shelf, handout)}.docx": pages.handout_page(
            shelf.case.curriculum,
            shelf.case.program,
            handout.handout_id,
            shelf.language,
            large_print=shelf.large_print,
        )
        for handout in shelf.handouts
        if handout.handout_id not in missing
    }


def _name(shelf: Shelf, handout: Handout) -> str:
    title = shelf.case.curriculum.handout_title(handout.handout_id, shelf.language)
    return f"{handout.handout_id}-{slug(title)}"


def guides(shelf: Shelf) -> dict[str, Page]:
    """Make the guide of every topic the plan uses, for each length it is planned at."""
    made = {}
    for topic_id in shelf.topics:
        topic = shelf.case.curriculum.topic_by_id[topic_id]
        planned = {each.planned_minutes for each in shelf.case.plan.sessions if each.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = pages.guide_page(
                shelf.case.curriculum, shelf.case.program, topic_id, length
            )
    return made


def cards(shelf: Shelf) -> dict[str, Page]:
    """Make the role-play cards of every topic the plan uses that has scenarios in the language asked for."""
    curriculum, folder = shelf.case.curriculum, shelf.folder("cards")
    titles = {
        topic_id: curriculum.topic_title(topic_id, shelf.language)
        for topic_id in shelf.topics
        if curriculum.scenarios_of(topic_id, shelf.language)
    }
    return {
        f"{folder}/{topic_id}-{slug(title)}-cards.docx": papers.role_play_cards(
            curriculum, shelf.case.program, topic_id, **shelf.look
        )
        for topic_id, title in titles.items()
    }


def make_up(shelf: Shelf) -> dict[str, Page]:
    """Bind what the groups of each week did, for clients who were away; one file a week."""
    plan = shelf.case.plan
    made = {}
    for week in range(1, plan.sheet.weeks + 1):
        held = [each for each in plan.in_week(week) if each.takes_place]
        topics = [each.topic_id for each in held if each.topic_id in shelf.case.curriculum.topic_by_id]
        if topics:
            made[f"{shelf.folder('make-up')}/week-{week:02}-make-up.docx"] = papers.make_up_packet(
                shelf.case,
                topics,
                since=plan.sheet.start + timedelta(weeks=week),
                **shelf.look,
            )
    return made


def workbooks(shelf: Shelf) -> dict[str, Page]:
    """Bind what clients take home, one workbook for each four weeks."""
    return {
        f"{shelf.folder('workbooks')}/{_weeks_name(weeks)}-workbook.docx": papers.workbook(
            shelf.case, number, **shelf.look
        )
        for number, weeks in enumerate(papers.workbook_weeks(shelf.case.plan), 1)
    }


def _weeks_name(weeks: range) -> str:
    """Name the weeks of a file: weeks-01-to-04."""
    if len(weeks) == 1:
        return f"week-{weeks[0]:02}"
    return f"weeks-{weeks[0]:02}-to-{weeks[-1]:02}"


def agendas(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week."""
    return {
        f"{shelf.folder('agendas')}/week-{week:02}-agenda.docx": pages.week_agenda(
            shelf.case, week, language=shelf.language
        )
        for week in range(1, shelf.case.plan.sheet.weeks + 1)
    }


def wall(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week for the wall: no leaders, no copies, no hours."""
    return _weekly(shelf, "wall", partial(pages.week_agenda, wall=True))


def sign_in(shelf: Shelf) -> dict[str, Page]:
    """Make blank sign-in sheets, one file a week."""
    plan = shelf.case.plan
    weeks = {week: week_sessions(plan, week) for week in range(1, plan.sheet.weeks + 1)}
    return {
        f"{shelf.folder('sign-in')}/week-{week:02}-sign-in.docx": papers.sign_in_sheet(
            shelf.case.curriculum, shelf.case.program, sessions, language=shelf.language
        )
        for week, sessions in weeks.items()
        if any(each.takes_place and is_group(each) for each in sessions)
    }


def chart(shelf: Shelf) -> dict[str, Page]:
    """Make the neutral paragraphs for the chart, one file a week."""
    return _weekly(shelf, "chart", papers.group_content)


def print_runs(shelf: Shelf) -> dict[str, Page]:
    """Make the list of what to print, one file a week."""
    return _weekly(shelf, "print-runs", papers.print_run)


def family(shelf: Shelf) -> dict[str, Page]:
    """Make the calendar of family groups, and what relatives need of a week; nothing without such groups."""
    folder = shelf.folder("family")
    if not papers.has_family_groups(shelf.case):
        return {}
    made = {f"{folder}/family-calendar.docx": papers.family_calendar(shelf.case, **shelf.look)}
    if not papers.family_sessions(shelf.case):
        return made
    return made | {
        f"{folder}/week-{week:02}-family.docx": papers.family_agenda(shelf.case, week, **shelf.look)
        for week in range(1, shelf.case.plan.sheet.weeks + 1)
    }


def _weekly(shelf: Shelf, kind: str, make: Callable[..., Page]) -> dict[str, Page]:
    """Make one page a week, each in its own file."""
    name = {"print-runs": "print-run"}.get(kind, kind)
    return {
        f"{shelf.folder(kind)}/week-{week:02}-{name}.docx": make(shelf.case, week, language=shelf.language)
        for week in range(1, shelf.case.plan.sheet.weeks + 1)
    }


__all__ = [
    "CLIENT_KINDS",
    "KINDS",
    "STANDARD",
    "Kind",
    "Look",
    "Shelf",
    "agendas",
    "comes_in",
    "coverage",
    "forms",
    "guides",
    "handouts",
    "make",
    "needs_translations",
    "refuse_for_nobody",
    "slug",
]


def coverage(shelf: Shelf) -> dict[str, Page]:
    """Make the page on what the plan covers."""
    covered = covering.cover_all(shelf.case)
    page = pages.coverage_page(*covered, language=shelf.language)
    return {f"{shelf.folder('coverage')}/coverage.docx": page}


def forms(shelf: Shelf) -> dict[str, Page]:
    """Make the sheets that no week changes: agreement, slips, first and last day, certificate."""
    made = {
        "group-agreement": papers.group_agreement,
        "first-day": papers.first_day_sheet,
        "last-day": papers.last_day_sheet,
        "weekend-plan": papers.weekend_plan,
        "check-in-slips": papers.check_in_slip,
        "feedback-slips": papers.feedback_slip,
        "certificate": papers.certificate,
    }
    return {
        f"{shelf.folder('forms')}/{name}.docx": make(shelf.case.curriculum, shelf.case.program, **shelf.look)
        for name, make in made.items()
    }


@dataclass(frozen=True)
class Kind:
    """A kind of document, and in what languages and sizes it comes."""

    make: Callable[[Shelf], dict[str, Page]]
    spanish: bool = True
    large_print: bool = False


KINDS: dict[str, Kind] = {
    "agendas": Kind(agendas),
    "handouts": Kind(handouts, large_print=True),
    "guides": Kind(guides, spanish=False),
    "cards": Kind(cards, large_print=True),
    "coverage": Kind(coverage),
    "wall": Kind(wall),
    "sign-in": Kind(sign_in),
    "chart": Kind(chart),
    "print-runs": Kind(print_runs),
    "family": Kind(family, large_print=True),
    "forms": Kind(forms, large_print=True),
    "make-up": Kind(make_up, large_print=True),
    "workbooks": Kind(workbooks, large_print=True),
}
"""Every kind of document; a kind is the name of its folder in ``output/``, before its language and size."""

HANDOUT_KINDS = frozenset({"handouts", "workbooks", "make-up"})
"""The kinds that hold the texts of handouts."""

STANDARD = ("agendas", "handouts", "guides", "coverage")
"""What an export writes when no kind is named."""

CLIENT_KINDS = ("handouts", "family", "forms")
"""What an export in another language or in large print writes when no kind is named."""


def comes_in(kind: str, language: str, *, large_print: bool) -> bool:
    """Say whether a kind comes in a language and a size."""
    found = KINDS[kind]
    return (found.spanish or language == "en") and (found.large_print or not large_print)


def needs_translations(kinds: Iterable[str]) -> bool:
    """Say whether any of the kinds holds handouts, whose text may not be translated yet."""
    return not HANDOUT_KINDS.isdisjoint(tuple(kinds) or STANDARD)


def refuse_for_nobody(shelf: Shelf, kinds: Iterable[str]) -> None:
    """Raise when pages for relatives are asked for by name, and no relative is ever asked to come.

    Raises
    ------
    UsageError
        With what would give them something to say.
    """
    if "family" not in kinds or papers.has_family_groups(shelf.case):
        return
    types = [each.group_type for each in shelf.case.curriculum.group_types if each.service_kind == "family"]
    slot = f'write group_type = "{types[0]}" in one of its slots' if types else "add a family group type"
    message = f"the program {shelf.case.program.name} has no family group, so there is no page for relatives"
    raise UsageError(f"{message} — {slot}, or leave family out of --only")


def make(shelf: Shelf, kinds: Iterable[str] = ()) -> dict[str, Page]:
    """Make every page of some kinds, by file name.

    Raises
    ------
    NotFound
        If there is no such kind.
    """
    made: dict[str, Page] = {}
    for kind in tuple(kinds) or STANDARD:
        if kind not in KINDS:
            raise NotFound("kind of document", kind, KINDS)
        made |= KINDS[kind].make(shelf)
    return made
