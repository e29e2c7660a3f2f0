"""Find what looks like a person in a free text: names, initials, dates of birth, numbers, addresses.

A text without a finding is not thereby free of names, and no message may say so. Words that a clinic writes
every day are ordinary: callers add those of their own tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final


@cache
def _list(name: str) -> frozenset[str]:
    """Read a list of words beside this file: common given names that are no words too, and words of notes."""
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split())


_RELATIONS: Final = (
    "wife|husband|spouse|mom|mum|mother|dad|father|parents?|son|daughter|sister|brother|sibling|aunt|uncle|cousin|niece"
    "|nephew|grand(?:ma|pa|mother|father|son|daughter)|girlfriend|boyfriend|fianc[ée]e?|partner|ex|kids?|baby"
    "|child(?:ren)?|sponsor|roommate|friend|landlord|boss|probation officer|caseworker"
    "|espos[ao]|marido|mam[áa]|madre|pap[áa]|padre|hij[ao]|herman[ao]|t[íi][ao]|prim[ao]|abuel[ao]|novi[ao]|pareja"
    "|suegr[ao]|sobrin[ao]|padrino|madrina"
)
_CLIENT: Final = r"(?:client|pt|patient|participant|resident|consumer|cliente|paciente|usuari[ao])"
_CAP: Final = r"[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü'’]*[a-záéíóúñü]+(?:[A-Z][a-záéíóúñü]+)?(?:-[A-ZÁÉÍÓÚÑÜ]\w+)?"
_ENDING: Final = re.compile(r"\w{3}(?:ing|tion|sion|ness|ment|ship|ers|ists)$")
"""Of words that are hardly ever names."""
_DATE: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_SHORT: Final = frozenset({
    "us", "dc", "pm", "am", "er", "ed", "md", "rn", "la", "na", "aa", "ca", "tb", "po", "ps", "eg", "ie",
    "ac", "tv", "uk", "nw", "ne", "sw", "se",
})  # fmt: skip
_RECORD: Final = (
    r"(?i)\b(?:mrn|ssn|chart|record|acct|account|medicaid|medicare|member|insurance|policy|case|expediente)\b"
    r"(?: (?:id|no|num|number|n[úu]mero))*[ .:#]*[a-z]{0,3}\d{4,}[a-z]?"
)
_BORN: Final = (
    r"(?i)\b(?:dob|d\.o\.b\.?|born|birth ?date|date of birth|nacid[oa]|fecha de nacimiento|naci[óo])\b"
    r"\D{0,12}\d[\d/. -]*(?:[a-z]+ \d{4})?"
)
_NUMBERS: Final = (
    ("a telephone number", r"(?<![\d-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\d-])"),
    ("a telephone number", r"(?<![\d-])\d{3}-\d{4}(?![\d-])"),
    ("an e-mail address", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("a Social Security number", r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"),
    ("a record number", _RECORD),
    ("a record number", r"(?<![\w/-])#? ?\d{6,12}(?![\w/-])"),
    ("a date of birth", _BORN),
    ("a date of birth", r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19\d{2}|200\d|201[0-5])(?!\d)"),
)
_PUBLIC: Final = frozenset({"8006624357", "8007997233", "8002221222", "8002738255"})
"""Lines that anybody may call: SAMHSA, domestic violence, poison control, the Lifeline's older number."""
_BEFORE_A_CODE: Final = re.compile(r"(?i)\b(?:zoom|teams|meeting|webinar|passcode|isbn)\b\D{0,12}$")


@dataclass(frozen=True)
class Likeness:
    """What of a text looks like a person, and what it looks like."""

    words: str
    what: str = "a name"


def persons_in(text: str, ordinary: Collection[str] = (), *, headline: bool = False) -> tuple[Likeness, ...]:
    """List what looks like a person in a text, each once; nothing found does not mean that nobody is named.

    Parameters
    ----------
    ordinary
        Words that are no names here, in small letters: of titles, rooms, codes.
    headline
        Whether it is a title, in which every word may have a capital: two of them alone are no name.
    """
    if not text.strip():
        return ()
    found = [*_numbers(text), *_initials(text, ordinary), *_names(text, ordinary, headline=headline)]
    inside = [
        one for one in found if any(one.words in each.words for each in found if each.words != one.words)
    ]
    first = {each.words: each for each in reversed(found) if each not in inside}
    return tuple(each for each in dict.fromkeys(found) if first.get(each.words) == each)


def _numbers(text: str) -> Iterator[Likeness]:
    for what, pattern in _NUMBERS:
        for match in re.finditer(pattern, text):
            digits = re.sub(r"\D", "", match[0]).removeprefix("1")
            if digits not in _PUBLIC and not _BEFORE_A_CODE.search(text[: match.start()]):
                yield Likeness(match[0].strip(), what)


def _initials(text: str, ordinary: Collection[str]) -> Iterator[Likeness]:
    for match in re.finditer(r"(?<![\w.])[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?", text):
        if re.sub(r"\W", "", match[0]).casefold() not in _SHORT:
            yield Likeness(match[0], "initials")
    for match in re.finditer(rf"\b([A-Z]{{2,3}}),? {_DATE}", text):
        if match[1].casefold() not in _SHORT and match[1].casefold() not in ordinary:
            yield Likeness(match[0], "initials with a date")


def _names(text: str, ordinary: Collection[str], *, headline: bool) -> Iterator[Likeness]:
    def plain(word: str) -> bool:
        bare = word.casefold().replace("’", "'")
        return bool(_ENDING.search(bare)) or any(
            each in _list("ordinary_words") or each in ordinary
            for each in (bare, bare.removesuffix("'s"), bare.rstrip("s"))
        )

    def given(word: str) -> bool:
        return word.casefold().removesuffix("'s") in _list("given_names") and word.casefold() not in ordinary

    yield from _beside_a_role(text, plain)
    for match in re.finditer(
        rf"\b({_CAP}|[A-ZÁÉÍÓÚÑÜ]{{3,}}),? (?=({_CAP}|[A-ZÁÉÍÓÚÑÜ]{{3,}}|[A-Z]\.))", text
    ):
        first, second = match[1], match[2]
        if _is_place(text, match.start(), match.end() + len(second)):
            continue
        loud = headline or first.isupper() or second.isupper()
        if given(first) or given(second) or not (loud or plain(first) or plain(second)):
            yield Likeness(f"{match[0]}{second}")
    for match in re.finditer(rf"\b[A-Z]\. ({_CAP})", text):
        if not plain(match[1]) and not _is_place(text, match.start(), match.end()):
            yield Likeness(match[0])
    for match in re.finditer(r"[^\W\d_]+", text):
        if given(match[0]) and not _is_place(text, match.start(), match.end()):
            yield Likeness(match[0])


def _beside_a_role(text: str, plain: Callable[[str], bool]) -> Iterator[Likeness]:
    whose = rf"\b({_CAP})['’]s (?:{_RELATIONS})\b"
    spanish = rf"(?i:\b(?:{_RELATIONS}) de) ({_CAP})"
    relation = rf"(?i:\b(?:{_RELATIONS})),? ({_CAP})"
    titled = rf"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Sr|Sra|Srta|Don|Do[ñn]a)\.? ({_CAP})"
    known = rf"(?i:\b(?:named|nicknamed|aka|a\.k\.a\.|goes by|known as|se llama|apodad[oa])) [\"'“]?({_CAP})"
    client = rf"(?i:\b{_CLIENT})\.?:? [\"'“«(]?({_CAP}|[A-Z]{{2}}\b|[A-Z]\b(?!\.? ?[A-Z]\b))"
    for pattern in (whose, spanish, relation, titled, known, client):
        for match in re.finditer(pattern, text):
            if not plain(match[1].removesuffix("'s")):
                yield Likeness(match[0].strip("\"'“«("))


_PLACES: Final = (
    r"(?:room|sala|street|st|avenue|ave|road|rd|drive|hall|building|wing|site|office|center|church|hospital|school|park"
    r"|clinic|house|place|boulevard|blvd|lane|county|day|library|college|university|lot|campus)"
)


def _is_place(text: str, start: int, end: int) -> bool:
    """Say whether a place or a holiday is named after somebody, such as St. Mary's room."""
    after = re.match(rf"(?i)(?:['’]s)?(?: [A-Z][\w.]*){{0,3}} {_PLACES}\b", text[end:])
    before = re.search(r"(?i)\b(?:st|saint|san|santa|mt|fort|martin luther)\.? $", text[:start])
    return after is not None or before is not None
