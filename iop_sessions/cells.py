"""Turn the text of one cell into a value, in the forms people and Excel write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time

UNSAFE_STARTS = ("=", "+", "-", "@")
"""A spreadsheet runs a cell that starts so; we write it behind an apostrophe (ASVS 1.2.10, CWE-1236)."""

WINDOWS_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10)}
)
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0", ""})

_DIRECTION_MARKS = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CONTROL_MARKS = dict.fromkeys([*(mark for mark in range(0x20) if mark not in (0x09, 0x0A)), *range(0x7F, 0xA0)])
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_SLASHED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:\s*([AaPp])\.?[Mm]\.?)?")


class CellError(ValueError):
    """A cell that holds no value of its column, with the way to mend it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def tidy(text: str) -> str:
    """Trim a cell, compose its accents and drop marks that nobody sees."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.translate(_DIRECTION_MARKS).translate(_CONTROL_MARKS).replace("\u00a0", " ").strip()


def unseen_marks(text: str) -> bool:
    """Say whether a cell holds control or direction marks that `tidy` removes from inside a word."""
    inner = text.strip().strip("\ufeff\u200b\u00a0")
    return inner.translate(_DIRECTION_MARKS).translate(_CONTROL_MARKS | {0x0D: 0x0D}) != inner


def guard_formula(text: str) -> str:
    """Write a cell so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(UNSAFE_STARTS) else text


def unguard_formula(text: str) -> str:
    """Read back what `guard_formula` wrote."""
    return text[1:] if text.startswith("'") and text[1:].startswith(UNSAFE_STARTS) else text


def read_yes_no(value: object) -> object:
    """Read yes or no, however Excel or a person writes it."""
    if not isinstance(value, str):
        return value
    folded = value.casefold()
    if folded in YES or folded in NO:
        return folded in YES
    raise CellError(f"'{value}' is neither yes nor no", "write yes or no")


def read_list(value: object) -> object:
    """Split a cell of several values at its semicolons."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(";") if part.strip())


def read_whole(value: object) -> object:
    """Read a whole number; a number with words around it is offered back."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"[0-9]+(\.0+)?", value):
        return int(float(value))
    digits = re.search(r"\d+", unicodedata.normalize("NFKC", value))
    remedy = f"did you mean {int(digits.group())}?" if digits else "write digits only"
    raise CellError(f"'{value}' is not a whole number", remedy)


def read_day(value: object) -> object:
    """Read a date written 2027-01-04, or as US Excel writes it where only one reading exists."""
    if not isinstance(value, str):
        return value
    days = day_readings(value)
    if len(days) == 1:
        return days[0]
    if days:
        both = " or ".join(day.isoformat() for day in days)
        raise CellError(f"'{value}' can be read as {both}", "write the date as year-month-day")
    raise CellError(f"no date '{value}'", "write a date that exists, as year-month-day: 2027-01-04")


def day_readings(text: str) -> tuple[date, ...]:
    """List every date a text can stand for: one for 2027-01-04, up to two for 1/4/2027."""
    if iso := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        return _existing([(year, month, day)])
    if slashed := _SLASHED_DAY.fullmatch(text):
        first, second, year = (int(part) for part in slashed.groups())
        return _existing([(year, first, second), (year, second, first)])
    return ()


def _existing(triples: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    found: list[date] = []
    for year, month, day in triples:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def read_clock(value: object) -> object:
    """Read a time of day written 17:30, 5:30 PM or 5:30:00 PM."""
    if not isinstance(value, str):
        return value
    match = _CLOCK.fullmatch(value.strip())
    hour = int(match.group(1)) if match else 99
    if match and match.group(3):
        hour = hour % 12 + (12 if match.group(3) in "Pp" else 0) if 1 <= hour <= 12 else 99
    if match is None or hour > 23 or int(match.group(2)) > 59:
        raise CellError(f"no time of day '{value}'", "write hours and minutes: 17:30")
    return time(hour, int(match.group(2)))


def read_identifier(value: object) -> object:
    """Accept an id that is a safe file name on every system."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{1,2}-[A-Z][a-z]{2}|\d\.\d+E[+-]\d+", value):
        raise CellError(f"Excel turned this id into '{value}'", "format the column as Text and write the id again")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", value):
        raise CellError(f"'{value}' is no id", "use letters, digits, - and _, at most 60")
    if value.upper() in WINDOWS_DEVICES:
        raise CellError(f"'{value}' is a device name on Windows", "choose another id")
    return value


def clock_text(moment: time) -> str:
    """Write a time of day as the tables hold it."""
    return f"{moment.hour:02}:{moment.minute:02}"
