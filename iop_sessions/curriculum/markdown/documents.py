"""Read a handout or a guide: front matter, blocks, sections, and every fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from iop_sessions.curriculum.markdown.reader import Parsed, parse
from iop_sessions.curriculum.markdown.shapes import LABELS, SEGMENT_PARTS, check_guide, check_handout
from iop_sessions.curriculum.passages import Document, Placed, Section, Unit
from iop_sessions.ground.blocks import Heading, clean, without_unseen
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Place, Problem, did_you_mean

FENCE: Final = "+++"
TRANSLATION_KEYS: Final = ("translator", "translated_from")
SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FrontMatter:
    """The head of a file: what the page is for, and who translated it from which English text."""

    purpose: str = ""
    purpose_line: int = 1
    translator: str = ""
    translated_from: str = ""


def read_front_matter(
    text: str, file: str, language: str, words: range
) -> tuple[FrontMatter, str, list[Problem]]:
    """Read the head of a text; return it, the body with its lines kept in place, and the problems."""
    lines = text.split("\n")
    end = next((number for number, each in enumerate(lines) if number and each.rstrip() == FENCE), 0)
    if lines[0].rstrip() != FENCE:
        return FrontMatter(), text, [_problem(file, 1, "the front matter is missing", _REMEDY)]
    if not end:
        remedy = f"put {FENCE} alone on a line below it"
        return FrontMatter(), "", [_problem(file, 1, "the front matter is never closed", remedy)]
    body = "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    try:
        # The opening fence becomes an empty line: then TOML counts lines as the file does.
        values = tomllib.loads("\n" + "\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as fault:
        return FrontMatter(), body, [_broken(file, fault)]
    heads = [(number, each.lstrip(' "')) for number, each in enumerate(lines[:end], start=1)]
    where = {key: next((number for number, head in heads if head.startswith(key)), 1) for key in values}
    front = _front_matter(values, where)
    faults = (*_faults(values, where, file, language), *_faults_of_values(front, where, file, words))
    return front, body, list(faults)


_REMEDY: Final = 'start the file with three lines: +++, purpose = "Use this page to …", +++'


def _problem(file: str, line: int, message: str, remedy: str) -> Problem:
    return Problem(Place(file, line), message, remedy)


def _broken(file: str, fault: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"line (\d+)", str(fault))
    reason = re.sub(r"\s*\(at [^)]*\)", "", str(fault))
    message = f"the front matter is not TOML: {reason}"
    return _problem(file, int(found[1]) if found else 1, message, 'write each line as key = "text"')


def _front_matter(values: dict[str, object], where: dict[str, int]) -> FrontMatter:
    texts = {key: value.strip() for key, value in values.items() if isinstance(value, str)}
    translation = (texts.get(key, "") for key in TRANSLATION_KEYS)
    return FrontMatter(texts.get("purpose", ""), where.get("purpose", 1), *translation)


def _faults(values: dict[str, object], where: dict[str, int], file: str, language: str) -> Iterator[Problem]:
    known = ("purpose",) if language == "en" else ("purpose", *TRANSLATION_KEYS)
    for key, value in values.items():
        if key not in known:
            remedy = did_you_mean(key, known) or f"this page takes only: {', '.join(known)}"
            yield _problem(file, where[key], f"the key '{key}' means nothing here", remedy)
        elif not isinstance(value, str):
            yield _problem(file, where[key], f"'{key}' is not text", "put it between double quotes")
    for key in known:
        if not values.get(key):
            remedy = f'add {key} = "…" between the +++ lines'
            yield _problem(file, where.get(key, 1), f"'{key}' is missing", remedy)


def _faults_of_values(
    front: FrontMatter, where: dict[str, int], file: str, words: range
) -> Iterator[Problem]:
    count = len(front.purpose.split())
    if front.purpose and count not in words:
        remedy = f"say in one sentence of {words[0]} to {words[-1]} words what the page is for"
        yield _problem(file, front.purpose_line, f"the purpose has {counted(count, 'word')}", remedy)
    if front.translated_from and not SHA256.fullmatch(front.translated_from):
        remedy = "give the 64 hexadecimal digits of the English file's sha256"
        yield _problem(file, where["translated_from"], "'translated_from' is not a sha256", remedy)


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
        _problem(file, each.line, "text above the first '##' heading", remedy) for each in outside[:1]
    ]
    purpose = (Unit(front.purpose, Place(file, front.purpose_line)),) if front.purpose else ()
    units = purpose + parsed.units
    return Document(file, front.purpose, front.translator, front.translated_from, sections, units), problems


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
