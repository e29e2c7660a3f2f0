"""Say which documents a plan needs, and make their pages, each under its file name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from iop_sessions import pages
from iop_sessions.coverage import covering
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.pages import papers
from iop_sessions.pages.kinds.shelves import Look, Shelf, slug
from iop_sessions.pages.kinds.taught import (
    cards,
    guides,
    handouts,
    make_up,
    workbooks,
)
from iop_sessions.pages.kinds.weekly import (
    agendas,
    chart,
    family,
    print_runs,
    sign_in,
    wall,
)

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
    covered = covering.cover_all(shelf.curriculum, shelf.program, shelf.plan)
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
        f"{shelf.folder('forms')}/{name}.docx": make(shelf.curriculum, shelf.program, **shelf.look)
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
    curriculum, program = shelf.curriculum, shelf.program
    if "family" not in kinds or papers.has_family_groups(curriculum, program, shelf.plan):
        return
    types = [each.group_type for each in curriculum.group_types if each.service_kind == "family"]
    slot = f'write group_type = "{types[0]}" in one of its slots' if types else "add a family group type"
    message = f"the program {program.name} has no family group, so there is no page for relatives"
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
