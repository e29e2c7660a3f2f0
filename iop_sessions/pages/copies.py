"""Count the copies of handouts that a group needs, by language and size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.pages.binding import is_written
from iop_sessions.pages.parallel import sections_of, shared
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.sections import census_of
from iop_sessions.program.timetable import Census


@dataclass(frozen=True)
class Pile:
    """What is printed alike: one handout in one language and one size."""

    handout: Handout
    language: str = "en"
    large_print: bool = False


def piles(
    curriculum: Curriculum, program: Program, session: Session, copies: int | None = None
) -> Counter[Pile]:
    """Count the copies that a session needs, the spare ones among those of standard size.

    Each section gets as many as may sit in it, for nobody carries a sheet from one room to another.

    Parameters
    ----------
    copies
        Copies of each handout in the language of most; by default one a person and the spare ones.
    """
    census, sections = census_of(program, session.track), sections_of(program, session)
    found: Counter[Pile] = Counter()
    for handout, each in curriculum.handouts_of(session.topic_id):
        for pile, number in _readers(curriculum, census, handout, sections, copies):
            found[pile] += number * each
    return +found


def english_instead(curriculum: Curriculum, census: Census, pile: Pile) -> int:
    """Return how many readers of Spanish get an English pile, for want of a Spanish text."""
    standard_english = pile.language == "en" and not pile.large_print
    return census.es if standard_english and _lacks_spanish(curriculum, pile.handout) else 0


def _lacks_spanish(curriculum: Curriculum, handout: Handout) -> bool:
    """Say whether we wrote a handout in English alone; what a clinic has on its shelf we do not know."""
    return is_written(curriculum, handout) and not is_written(curriculum, handout, "es")


def _readers(
    curriculum: Curriculum, census: Census, handout: Handout, sections: int, copies: int | None
) -> Iterator[tuple[Pile, int]]:
    spanish = 0 if _lacks_spanish(curriculum, handout) else census.es
    english = census.en + census.es - spanish
    first = "en" if english or not spanish else "es"  # a language that nobody reads needs no spare copies
    standard = {"en": english} if first == "en" else {}
    standard |= {"es": spanish} if spanish else {}
    for language, people in standard.items():
        asked = copies is not None and language == first
        needed = (shared(people, sections) + census.spare) * sections
        yield Pile(handout, language), (copies or 0) if asked else needed
    yield Pile(handout, first, large_print=True), census.large_print
