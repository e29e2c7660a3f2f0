"""Clean text once, before anything draws it, and tell which way it reads."""

from __future__ import annotations

import re
import unicodedata

NO_BREAK = "\u00a0"
_BREAKS = re.compile(r"[ \t\n]+")
# Control characters, halves of a character, characters that are none, and marks that turn text around:
# XML refuses most of them, and Word shows the rest as boxes or reorders what follows.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\ufeff\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_FIRM = re.compile(
    r"\b(?:Room|Sala) (?=[A-Z0-9])"  # Room A
    r"|(?<=\d) (?=[ap]\.?m\b|(?:h|min)\b|%)"  # 7:50 pm, 9 p.m., 9 h, 30 min
    r"|\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? (?=\d\d?\b)"  # Jan 6, but not May 2027
    r"|(?<=\d) de (?=(?:ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|mayo?|jun(?:io)?|jul(?:io)?|ago(?:sto)?"
    r"|sep(?:tiembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?)\b)"
)


def clean(text: str) -> str:
    """Remove what no page can show; every kind of line end becomes a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def firm(text: str) -> str:
    """Join what a line must not part: a number and its am, pm, h or min; a month and its day; Room A."""
    return _FIRM.sub(lambda found: found[0].replace(" ", NO_BREAK), text)


def words_of(text: str) -> list[str]:
    """List the pieces of a text that a line may part; unlike ``split``, a no-break space parts nothing."""
    return [piece for piece in _BREAKS.split(firm(text)) if piece]


def without_unseen(text: str) -> tuple[str, list[int]]:
    """Remove what no page can show; return the numbers of the lines it stood on, to tell the user."""
    if text.isascii() and text.isprintable():
        return text, []
    lines = re.split("\r\n|[\r\n]", text)
    return _UNWANTED.sub("", text), [number for number, each in enumerate(lines, 1) if _UNWANTED.search(each)]


def reads_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction is Hebrew, Arabic or the like."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
