"""Gather the kinds of documents that the papers declare, and make the pages of those that a user asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound, Problem, UsageError
from iop_sessions.pages import papers
from iop_sessions.pages.papers.family import has_family_groups
from iop_sessions.pages.shelf import Edition, Kind, Shelf, slug

__all__ = [
    "CLIENT_KINDS",
    "DECLARED",
    "KINDS",
    "STANDARD",
    "Edition",
    "Kind",
    "Shelf",
    "comes_in",
    "faults_of_texts",
    "make",
    "needs_translations",
    "refuse_for_nobody",
    "slug",
]

STANDARD: Final = ("agendas", "handouts", "guides", "coverage")
"""What an export writes when no kind is named."""

CLIENT_KINDS: Final = ("handouts", "family", "forms")
"""What an export in another language or in large print writes when no kind is named."""


def _declared() -> Iterator[Kind]:
    for each in iter_modules(papers.__path__, f"{papers.__name__}."):
        yield from (value for value in vars(import_module(each.name)).values() if isinstance(value, Kind))


_FOUND: Final = {kind.name: kind for kind in _declared()}
DECLARED: Final = {name: _FOUND[name] for name in (*STANDARD, *sorted(_FOUND.keys() - {*STANDARD}))}
"""Every kind of paper by its name: the standard ones first, then in the order of the alphabet."""

KINDS: Final = {name: kind for name, kind in DECLARED.items() if kind.make}
"""Every kind that an export writes."""


def comes_in(kind: str, language: str, *, large_print: bool) -> bool:
    """Say whether a kind comes in a language and a size."""
    found = KINDS[kind]
    return (found.spanish or language == "en") and (found.large_print or not large_print)


def needs_translations(kinds: Iterable[str]) -> bool:
    """Say whether any of the kinds holds handouts, whose text may not be translated yet."""
    return any(KINDS[kind].holds_handouts for kind in tuple(kinds) or STANDARD)


def faults_of_texts(shelf: Shelf, kinds: Iterable[str]) -> tuple[Problem, ...]:
    """Name the faults of the guides and handouts that pages of some kinds would hold, and go without."""
    chosen = [KINDS[kind] for kind in tuple(kinds) or STANDARD if kind in KINDS]
    curriculum = shelf.case.curriculum
    guides = [each for each in shelf.topics if any(kind.holds_guides for kind in chosen)]
    handouts = [each for each in shelf.topics if any(kind.holds_handouts for kind in chosen)]
    found = [problem for each in guides for problem in curriculum.guide_faults(each)]
    found += [problem for each in handouts for problem in curriculum.handout_faults(each, shelf.language)]
    return tuple(dict.fromkeys(found))


def refuse_for_nobody(shelf: Shelf, kinds: Iterable[str]) -> None:
    """Raise when pages for relatives are asked for by name, and no relative is ever asked to come.

    Raises
    ------
    UsageError
        With what would give them something to say.
    """
    if "family" not in kinds or has_family_groups(shelf.case):
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
    for name in tuple(kinds) or STANDARD:
        kind = KINDS.get(name)
        if kind is None or kind.make is None:
            raise NotFound("kind of document", name, KINDS)
        for_staff = kind.audience == "staff" or kind.holds_handouts
        made |= kind.make(shelf if for_staff else shelf.sound)
    return made
