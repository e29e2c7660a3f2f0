"""Choose the papers to look at: of every kind the fullest, in each paper, language and size it comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import groupby, product
from pathlib import PurePosixPath

from iop_sessions.ground.blocks import Page
from iop_sessions.jobs import publish
from iop_sessions.pages import kinds
from iop_sessions.pages.common import Paper
from iop_sessions.pages.kinds import Shelf
from iop_sessions.pages.packet import client_packet, leader_packet
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.pages.papers.first_days import newcomer_pack
from iop_sessions.pages.papers.standard import start_here
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.plans.changes import Change, What
from iop_sessions.plans.plan import Session

PAPERS: tuple[Paper, ...] = ("letter", "a4")


@dataclass(frozen=True)
class Variant:
    """On what paper, in what language and size a document is printed."""

    paper: Paper = "letter"
    language: str = "en"
    large_print: bool = False

    @property
    def name(self) -> str:
        """Name it for files: ``a4-es-large-print``."""
        return f"{self.paper}-{self.language}{'-large-print' if self.large_print else ''}"

    def of(self, shelf: Shelf) -> Shelf:
        """Return a shelf whose documents are printed so."""
        program = shelf.case.program.model_copy(update={"paper": self.paper})
        case = replace(shelf.case, program=program)
        return replace(shelf, case=case, language=self.language, large_print=self.large_print)


VARIANTS = tuple(
    Variant(paper, language, large) for large, language, paper in product((False, True), ("en", "es"), PAPERS)
)


def fullest(shelf: Shelf) -> dict[str, Page]:
    """Choose the fullest paper of every kind that comes in the shelf's language and size, by its kind."""
    best: dict[str, Page] = {}
    for sort, page in everything(shelf):
        if sort not in best or _letters(page) > _letters(best[sort]):
            best[sort] = page
    return best


def everything(shelf: Shelf) -> Iterable[tuple[str, Page]]:
    """Make every paper in the shelf's language and size, each beside its kind."""
    for kind in kinds.KINDS:
        if kinds.comes_in(kind, shelf.language, large_print=shelf.large_print):
            yield from ((_sort(shelf, kind, name), page) for name, page in kinds.make(shelf, [kind]).items())
    for sort, further in FURTHER.items():
        if further.comes_in(shelf):
            yield from ((sort, page) for page in further.make(shelf))


def _sort(shelf: Shelf, kind: str, file: str) -> str:
    """Name the sort of paper within a kind: a handout by its own kind, a form by its name."""
    stem = PurePosixPath(file).stem
    if kind == "handouts":
        handout_id = "-".join(stem.split("-")[:2])
        return f"handout-{shelf.case.curriculum.handout_by_id[handout_id].kind}"
    if kind == "forms":
        return stem
    if kind == "family":
        return "family-week" if stem.startswith("week") else "family-calendar"
    return kind


def _letters(value: object) -> int:
    """Count the letters in all of a page's blocks."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(_letters, value))
    if is_dataclass(value):
        return sum(_letters(getattr(value, each.name)) for each in fields(value))
    return 0


@dataclass(frozen=True)
class Further:
    """A kind of paper that no export writes, and in what languages and sizes it comes."""

    make: Callable[[Shelf], list[Page]]
    spanish: bool = True
    large_print: bool = False

    def comes_in(self, shelf: Shelf) -> bool:
        """Say whether it comes in a shelf's language and size."""
        return (self.spanish or shelf.language == "en") and (self.large_print or not shelf.large_print)


def _held(shelf: Shelf, key: Callable[[Session], object]) -> list[list[Session]]:
    """Group the sessions that take place, by their day or week."""
    held = sorted(
        (each for each in shelf.case.plan.sessions if each.takes_place), key=lambda each: each.order
    )
    return [list(found) for _, found in groupby(held, key)]


def _with_most_handouts(shelf: Shelf, groups: Iterable[Sequence[Session]]) -> Sequence[Session]:
    def handouts(sessions: Sequence[Session]) -> int:
        return sum(len(shelf.case.curriculum.handouts_of(each.topic_id)) for each in sessions)

    return max(groups, key=handouts)


def _day(session: Session) -> date:
    return session.date


def _week(session: Session) -> int:
    return session.week


def _clients(key: Callable[[Session], object]) -> Callable[[Shelf], list[Page]]:
    def make(shelf: Shelf) -> list[Page]:
        sessions = _with_most_handouts(shelf, _held(shelf, key))
        return [client_packet(shelf.case.curriculum, shelf.case.program, sessions, **shelf.edition)]

    return make


def _leader(shelf: Shelf) -> list[Page]:
    sessions = _with_most_handouts(shelf, _held(shelf, _day))
    return [leader_packet(shelf.case.curriculum, shelf.case.program, sessions)]


def _newcomer(shelf: Shelf) -> list[Page]:
    start = shelf.case.plan.sheet.start + timedelta(weeks=2)  # so that there is a past to tell of
    return [newcomer_pack(shelf.case, start, **shelf.edition)]


def _briefs(shelf: Shelf) -> list[Page]:
    first = {each.topic_id: each for each in reversed(shelf.case.plan.sessions) if each.topic_id}
    return [
        substitute_brief(shelf.case.curriculum, shelf.case.program, each, language=shelf.language)
        for each in first.values()
    ]


def _notice(shelf: Shelf) -> list[Page]:
    first, second, third = [each for each in shelf.case.plan.sessions if each.topic_id][:3]
    cancelled, other_time = "Medicines for opioids and alcohol, room A", "7:50 to 8:50 pm, room A"
    snow, cold = "Snow: the building is closed", "The heating failed in the whole wing"
    changes = (
        _change(first, "leader", "F1", "F2", "F1 away"),
        _change(second, "cancelled", cancelled, "Cancelled", snow),
        _change(third, "time", other_time, "5:30 to 6:30 pm, by video", cold),
    )
    own = shelf.case.curriculum.labels
    names = [shelf.case.curriculum.topic_title(each.topic_id, shelf.language) for each in (first, second)]
    became = [
        Became(f"{first.topic_id} {names[0]}", first, third),
        Became(f"{second.topic_id} {names[1]}", second),
    ]
    return [
        change_notice(
            shelf.case.program, changes, became=became, weeks=(1, 2), language=shelf.language, own=own
        )
    ]


def _change(session: Session, what: What, before: str, after: str, reason: str) -> Change:
    return Change(
        made_on=session.date, session_id=session.session_id, date=session.date, start=session.start,
        what=what, before=before, after=after, reason=reason, who="director", tell=("F1", "F2", "clients"),
    )  # fmt: skip


def _start_here(shelf: Shelf) -> list[Page]:
    folders = dict.fromkeys((*publish.CURRICULUM_KINDS, "handouts-es", "handouts-large-print"), 33)
    return [start_here(shelf.case.curriculum, shelf.case.program, {**folders, publish.SAMPLE_FOLDER: 25})]


FURTHER = {
    "packet-clients": Further(_clients(_day), large_print=True),
    "packet-leader": Further(_leader, spanish=False),
    "packet-week": Further(_clients(_week), large_print=True),
    "newcomer-pack": Further(_newcomer, large_print=True),
    "substitute-brief": Further(_briefs),
    "change-notice": Further(_notice),
    "start-here": Further(_start_here, spanish=False),
}
"""The papers that come of an evening, of a change, or with a release."""
