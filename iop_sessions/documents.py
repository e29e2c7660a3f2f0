"""Say which documents a plan needs, and make their pages, each under its file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from iop_sessions import covering, pages
from iop_sessions.blocks import Page
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import NotFound
from iop_sessions.pages import papers
from iop_sessions.plans import Plan
from iop_sessions.programs import Program
from iop_sessions.records import Handout


@dataclass(frozen=True)
class Shelf:
    """What documents are made from, and how client pages shall look."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    language: str = "en"
    large_print: bool = False

    @property
    def client_folder(self) -> str:
        """Name the folder of client handouts: one for each language and size."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"handouts{language}{self._size}"

    @property
    def forms_folder(self) -> str:
        """Name the folder of forms: one for each size."""
        return f"forms{self._size}"

    @property
    def _size(self) -> str:
        return "-large-print" if self.large_print else ""

    @property
    def topics(self) -> list[str]:
        """List the topics the plan uses, orientation first, in the order of the topics table."""
        planned = {session.topic_id for session in self.plan.sessions}
        return [
            topic.topic_id
            for topic in self.curriculum.topics
            if topic.content == "full" and (topic.topic_id in planned or topic.delivery == "orientation")
        ]

    @property
    def handouts(self) -> list[Handout]:
        """List the handouts of those topics that are ours to print."""
        used = [each for topic_id in self.topics for each, _ in self.curriculum.handouts_of(topic_id)]
        return [handout for handout in dict.fromkeys(used) if handout.kind != "external"]

    @property
    def untranslated(self) -> list[str]:
        """List the handouts that have no text in the language asked for."""
        texts = self.curriculum.sheets
        return [
            each.handout_id for each in self.handouts if f"{self.language}/{each.handout_id}" not in texts
        ]


def agendas(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week."""
    return {
        f"agendas/week-{week:02}-agenda.docx": pages.week_agenda(
            shelf.curriculum, shelf.program, shelf.plan, week
        )
        for week in range(1, shelf.plan.sheet.weeks + 1)
    }


def handouts(shelf: Shelf) -> dict[str, Page]:
    """Make every handout the plan uses that has a text in the language asked for."""
    missing = set(shelf.untranslated)
    return {
        f"{shelf.client_folder}/{_name(shelf, handout)}.docx": pages.handout_page(
            shelf.curriculum,
            shelf.program,
            handout.handout_id,
            shelf.language,
            large_print=shelf.large_print,
        )
        for handout in shelf.handouts
        if handout.handout_id not in missing
    }


def _name(shelf: Shelf, handout: Handout) -> str:
    title = shelf.curriculum.handout_title(handout.handout_id, shelf.language)
    return f"{handout.handout_id}-{slug(title)}"


def guides(shelf: Shelf) -> dict[str, Page]:
    """Make the guide of every topic the plan uses, for each length it is planned at."""
    made = {}
    for topic_id in shelf.topics:
        topic = shelf.curriculum.topic_by_id[topic_id]
        planned = {each.planned_minutes for each in shelf.plan.sessions if each.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = pages.guide_page(
                shelf.curriculum, shelf.program, topic_id, length
            )
    return made


def coverage(shelf: Shelf) -> dict[str, Page]:
    """Make the page on what the plan covers."""
    covered = covering.cover(shelf.curriculum, shelf.program, shelf.plan)
    return {"coverage/coverage.docx": pages.coverage_page(covered)}


def wall(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week for the wall: no leaders, no copies, no hours."""
    return _weekly(shelf, "wall", lambda *parts: pages.week_agenda(*parts, wall=True))


def sign_in(shelf: Shelf) -> dict[str, Page]:
    """Make blank sign-in sheets, one file a week."""
    weeks = {session.week for session in shelf.plan.sessions}
    return {
        f"sign-in/week-{week:02}-sign-in.docx": papers.sign_in_sheet(
            shelf.curriculum, shelf.program, [each for each in shelf.plan.sessions if each.week == week]
        )
        for week in sorted(weeks)
    }


def chart(shelf: Shelf) -> dict[str, Page]:
    """Make the neutral paragraphs for the chart, one file a week."""
    return _weekly(shelf, "chart", papers.group_content)


def print_runs(shelf: Shelf) -> dict[str, Page]:
    """Make the list of what to print, one file a week."""
    return _weekly(shelf, "print-runs", papers.print_run)


def family(shelf: Shelf) -> dict[str, Page]:
    """Make the calendar of family groups."""
    return {
        "family/family-calendar.docx": papers.family_calendar(shelf.curriculum, shelf.program, shelf.plan)
    }


def forms(shelf: Shelf) -> dict[str, Page]:
    """Make the sheets that no week changes: agreement, slips, first and last day, certificate."""
    made = {
        "group-agreement": papers.group_agreement,
        "first-day": papers.first_day_sheet,
        "last-day": papers.last_day_sheet,
        "weekend-plan": papers.weekend_plan,
        "check-in-slips": papers.check_in_slip,
        "feedback-slips": papers.feedback_slip,
    }
    folder, large = shelf.forms_folder, shelf.large_print
    drawn = {
        f"{folder}/{name}.docx": make(shelf.curriculum, shelf.program, large_print=large)
        for name, make in made.items()
    }
    return drawn | {f"{folder}/certificate.docx": papers.certificate(shelf.program, large_print=large)}


def _weekly(
    shelf: Shelf, kind: str, make: Callable[[Curriculum, Program, Plan, int], Page]
) -> dict[str, Page]:
    """Make one page a week, each in its own file."""
    weeks = range(1, shelf.plan.sheet.weeks + 1)
    name = {"print-runs": "print-run"}.get(kind, kind)
    return {
        f"{kind}/week-{week:02}-{name}.docx": make(shelf.curriculum, shelf.program, shelf.plan, week)
        for week in weeks
    }


MAKERS: dict[str, Callable[[Shelf], dict[str, Page]]] = {
    "agendas": agendas,
    "handouts": handouts,
    "guides": guides,
    "coverage": coverage,
    "wall": wall,
    "sign-in": sign_in,
    "chart": chart,
    "print-runs": print_runs,
    "family": family,
    "forms": forms,
}
"""Every kind of document; a kind is the name of its folder in ``output/``, before its language and size."""

STANDARD = ("agendas", "handouts", "guides", "coverage")
"""What an export writes when no kind is named."""

CLIENT_KINDS = ("handouts",)
"""The kinds that come in other languages and in large print."""


def make(shelf: Shelf, kinds: Iterable[str] = ()) -> dict[str, Page]:
    """Make every page of some kinds, by file name.

    Raises
    ------
    NotFound
        If there is no such kind.
    """
    made: dict[str, Page] = {}
    for kind in tuple(kinds) or STANDARD:
        if kind not in MAKERS:
            raise NotFound("kind of document", kind, MAKERS)
        made |= MAKERS[kind](shelf)
    return made


def slug(title: str) -> str:
    """Write a title as part of a file name."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-")
