"""Read a handout or a guide: front matter, blocks, sections, and every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from iop_sessions.curriculum.markdown.frontmatter import (
    FrontMatter,
    read_front_matter,
)
from iop_sessions.curriculum.markdown.reader import Parsed, parse
from iop_sessions.curriculum.markdown.shapes import (
    LABELS,
    SEGMENT_PARTS,
    check_guide,
    check_handout,
)
from iop_sessions.curriculum.passages import (
    Document,
    Placed,
    Section,
    Unit,
)
from iop_sessions.ground.blocks import Heading
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.text import clean, without_unseen

HANDOUT_PURPOSE: Final = range(8, 31)  # words; PEMAT-P item 1: the purpose is evident, in one sentence
GUIDE_PURPOSE: Final = range(8, 41)  # staff read longer sentences
NUMBERED: Final = re.compile(r"(\d{1,2})\s+(.+)")


def read_handout(text: str, file: str, language: str = "en") -> tuple[Document, list[Problem]]:
    """Read a client handout into blocks, with every problem in it."""
    text, unseen = _cleaned(text, file)
    front, body, problems = read_front_matter(text, file, language, HANDOUT_PURPOSE)
    parsed = parse(body, file, remember=LABELS[language].remember)
    document, outside = _document(file, front, parsed, numbered=False)
    return document, _in_order(unseen, problems, parsed.problems, outside, check_handout(document, language))


def read_guide(text: str, file: str) -> tuple[Document, list[Problem]]:
    """Read a facilitator guide into sections, with every problem in it."""
    text, unseen = _cleaned(text, file)
    front, body, problems = read_front_matter(text, file, "en", GUIDE_PURPOSE)
    parsed = parse(body, file, remember=LABELS["en"].remember, labels=SEGMENT_PARTS, long_lists=True)
    document, outside = _document(file, front, parsed, numbered=True)
    return document, _in_order(unseen, problems, parsed.problems, outside, check_guide(document))


def _cleaned(text: str, file: str) -> tuple[str, list[Problem]]:
    """Remove letters that no page can show, and say on which lines they stood."""
    words, remedy = "letters that cannot be seen were removed", "look the line over"
    kept, lines = without_unseen(text.removeprefix("\ufeff"))
    return clean(kept), [Problem(Place(file, line), words, remedy, "warning") for line in lines]


def _in_order(*groups: Iterable[Problem]) -> list[Problem]:
    return sorted((problem for group in groups for problem in group), key=lambda each: each.place.line)


def _document(
    file: str, front: FrontMatter, parsed: Parsed, *, numbered: bool
) -> tuple[Document, list[Problem]]:
    outside, sections = _sections(parsed.placed, numbered)
    remedy = "move it below; what the page is for stands in 'purpose'"
    problems = [
        Problem(Place(file, each.line), "text above the first '##' heading", remedy) for each in outside[:1]
    ]
    purpose = (Unit(front.purpose, Place(file, front.purpose_line)),) if front.purpose else ()
    document = Document(
        file, front.purpose, front.translator, front.translated_from, sections, purpose + parsed.units
    )
    return document, problems


def _sections(placed: tuple[Placed, ...], numbered: bool) -> tuple[list[Placed], tuple[Section, ...]]:
    outside: list[Placed] = []
    groups: list[tuple[Placed, list[Placed]]] = []
    for each in placed:
        if isinstance(each.block, Heading) and each.block.level == 2:
            groups.append((each, []))
        else:
            (groups[-1][1] if groups else outside).append(each)
    return outside, tuple(_section(head, under, numbered) for head, under in groups)


def _section(head: Placed, under: list[Placed], numbered: bool) -> Section:
    title = head.block.text if isinstance(head.block, Heading) else ""
    found = NUMBERED.fullmatch(title) if numbered else None
    number, title = (int(found[1]), found[2]) if found else (0, title)
    return Section(number, title, head.line, tuple(under))
