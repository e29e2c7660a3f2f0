"""Find topics and handouts by what they are about."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Document

LEAST_STEM = 3
ASIDES = ("Materials", "Before group", "Adaptations", "Cautions", "What to chart")


@dataclass(frozen=True)
class Hit:
    """A topic or handout that fits the words, and where they stand in it."""

    item_id: str
    kind: str
    title: str
    why: str
    rank: int


def find(curriculum: Curriculum, words: str) -> list[Hit]:
    """Find the topics and handouts that hold every word, those with the words in their title first."""
    wanted = [_stem(word) for word in re.findall(r"\w+", words.casefold())]
    hits = [hit for hit in (*_topics(curriculum, wanted), *_handouts(curriculum, wanted)) if wanted]
    return sorted(hits, key=lambda hit: hit.rank)


def _stem(word: str) -> str:
    """Cut a plural or an -ing, so that 'cravings' finds 'craving'."""
    for ending in ("ings", "ing", "ies", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _topics(curriculum: Curriculum, wanted: list[str]) -> Iterator[Hit]:
    for topic in curriculum.topics:
        known = curriculum.group_type_by_id.get(topic.group_type)
        objectives = curriculum.objectives_of(topic.topic_id)
        tags = (each.tag for each in curriculum.topic_tags if each.topic_id == topic.topic_id)
        places = (
            ("title", f"{topic.topic_id} {topic.title}"),
            ("aim", topic.aim),
            ("group", known.title if known is not None else ""),
            ("objective", " ".join(each.statement for each in objectives)),
            ("tag", " ".join(tags)),
            ("guide", _text(curriculum.guides.get(f"en/{topic.topic_id}"))),
        )
        yield from _hit(topic.topic_id, "topic", topic.title, places, wanted)


def _handouts(curriculum: Curriculum, wanted: list[str]) -> Iterator[Hit]:
    for handout in curriculum.handouts:
        text = _text(curriculum.sheets.get(f"en/{handout.handout_id}"))
        places = (("title", f"{handout.handout_id} {handout.title}"), ("kind", handout.kind), ("text", text))
        yield from _hit(handout.handout_id, "handout", handout.title, places, wanted)


def _hit(
    item_id: str, kind: str, title: str, places: tuple[tuple[str, str], ...], wanted: list[str]
) -> Iterator[Hit]:
    for rank, (name, text) in enumerate(places):
        words = re.findall(r"\w+", text.casefold())
        if all(any(_fits(word, stem) for word in words) for stem in wanted):
            yield Hit(item_id, kind, title, f"in its {name}", rank)
            return


def _fits(word: str, stem: str) -> bool:
    """Say whether a word begins with what was asked for; a short one must be it, or 'no' finds 'not'."""
    short = len(stem) < LEAST_STEM and stem.isalpha()
    return word == stem if short else word.startswith(stem)


def _text(document: Document | None) -> str:
    """Return what a page is about; what every guide says of materials and care would match everything."""
    if document is None:
        return ""
    starts = [section.line for section in document.sections]
    ends = [*starts[1:], sys.maxsize] if starts else []
    spans = zip(document.sections, starts, ends, strict=True)
    asides = [range(first, last) for section, first, last in spans if section.title in ASIDES]
    about = (unit for unit in document.units if not any(unit.place.line in lines for lines in asides))
    return " ".join(unit.text for unit in about)
