"""Turn the text of one cell into a value, in the forms people and Excel write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from iop_sessions.ground.english import joined

UNSAFE_STARTS = ("=", "+", "-", "@")
"""A spreadsheet runs a cell that starts so; we write it behind an apostrophe (ASVS 1.2.10, CWE-1236)."""

WINDOWS_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10)}
)
# Excel writes TRUE and FALSE in its own language.
YES = frozenset(["yes", "y", "true", "1", "x", "sí", "si", "verdadero", "ja", "wahr"])
NO = frozenset(["no", "n", "false", "0", "", "falso", "nein", "falsch"])

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
"""Between them a plan may start."""

LONGEST_SHOWN = 60  # letters of a cell that a message repeats
MOST_DIGITS = 9
FIRST_SERIAL, LAST_SERIAL = 40_000, 60_000  # July 2009 to April 2064

_UNSEEN = dict.fromkeys(
    [
        *({*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A, 0x0D}),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *(*range(0xFDD0, 0xFDF0), 0xFEFF, 0xFFFE, 0xFFFF),
    ]
)
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_GUARDED = re.compile("'+[=+\\-@]")
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" + _MIDNIGHT)
_SLASHED_DAY = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _MIDNIGHT)
_DOTTED_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})" + _MIDNIGHT)
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::00)?|\.([0-9]{2})\.00)(?:\s*([AaPp])\.?\s*[Mm]\.?)?")
_HOUR = re.compile(r"([0-9]{1,2})\s*([AaPp])\.?\s*[Mm]\.?")
_BARE_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:h,]?([0-9]{2}))?\s*(?:h|hours|o'?clock)?", re.IGNORECASE)
_FRACTION = re.compile(r"0[.,][0-9]{1,17}")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MADE_BY_EXCEL = re.compile(
    rf"[0-9]{{1,2}}(?:-|\. )[A-Z][a-z]{{2}}|{_MONTH}-[0-9]{{2}}|[0-9][.,][0-9]+E[+-]?[0-9]+"
)


class CellError(ValueError):
    """A cell that holds no value of its column, with the way to mend it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def shown(value: object) -> str:
    """Quote a value in a message, its start where it is long."""
    text = " ".join(str(value).split())
    return f"'{text}'" if len(text) <= LONGEST_SHOWN else f"'{text[:LONGEST_SHOWN]}…'"


def tidy(text: str) -> str:
    """Trim a cell, compose its accents and drop marks that nobody sees."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _BREAKS.sub("\n", text.translate(_UNSEEN).replace("\u00a0", " "))
    return unicodedata.normalize("NFC", text).strip()


def unseen_marks(text: str) -> bool:
    """Say whether a cell holds control or direction marks that `tidy` removes from inside a word."""
    inner = text.strip().strip("\ufeff\u200b\u00a0")
    return inner.translate(_UNSEEN) != inner


def guard_formula(text: str) -> str:
    """Write a cell so that no spreadsheet runs it; one that looks guarded already gets a second guard."""
    return f"'{text}" if text.startswith(UNSAFE_STARTS) or _GUARDED.match(text) else text


def unguard_formula(text: str) -> str:
    """Read back what `guard_formula` wrote."""
    return text[1:] if _GUARDED.match(text) else text


def read_yes_no(value: object) -> object:
    """Read yes or no, however Excel or a person writes it."""
    if not isinstance(value, str):
        return value
    folded = value.casefold()
    if folded in YES or folded in NO:
        return folded in YES
    raise CellError(f"{shown(value)} is neither yes nor no", "write yes or no")


def read_list(value: object) -> object:
    """Split a cell of several values at its semicolons."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(";") if part.strip())


def read_whole(value: object) -> object:
    """Read a whole number; a number with words around it is offered back."""
    if isinstance(value, bool):
        raise CellError(f"{shown(value)} is not a whole number", "write digits only")
    if not isinstance(value, str):
        return value
    if re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}([.,]0+)?", value):
        return int(re.split("[.,]", value)[0])
    numbers = re.findall(r"\d+", unicodedata.normalize("NFKC", value))
    one = len(numbers) == 1 and len(numbers[0]) <= MOST_DIGITS
    remedy = f"did you mean {int(numbers[0])}?" if one else "write digits only"
    raise CellError(f"{shown(value)} is not a whole number", remedy)


def read_number(value: object) -> object:
    """Read a number with or without decimals."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?", value):
        return float(value)
    meant = f"did you mean {value.replace(',', '.')}?" if re.fullmatch(r"[0-9]+,[0-9]{1,2}", value) else ""
    raise CellError(f"{shown(value)} is not a number", meant or "write digits, and a point before decimals")


def read_day(value: object) -> object:
    """Read a date written 2027-01-04, or as Excel writes it where only one reading exists."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    days = day_readings(value) or _serial_day(value) if isinstance(value, str) else ()
    if len(days) == 1:
        return days[0]
    if days:
        both = joined(days, "or")
        raise CellError(f"{shown(value)} can be read as {both}", "write the date as year-month-day")
    raise CellError(f"no date {shown(value)}", "write a date that exists, as year-month-day: 2027-01-04")


def day_readings(text: str) -> tuple[date, ...]:
    """List every date a text can stand for: one for 2027-01-04 and 4.1.2027, up to two for 1/4/2027."""
    if iso := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        return _existing([(year, month, day)])
    if dotted := _DOTTED_DAY.fullmatch(text):
        day, month, year = (int(part) for part in dotted.groups())
        return _existing([(_full_year(year), month, day)])
    if slashed := _SLASHED_DAY.fullmatch(text):
        first, second, year = (int(slashed.group(number)) for number in (1, 3, 4))
        return _existing([(_full_year(year), first, second), (_full_year(year), second, first)])
    return ()


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def _serial_day(text: str) -> tuple[date, ...]:
    """Read the number of days since 1899-12-30 that Excel shows where a date lost its format."""
    if re.fullmatch("[0-9]{5}", text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return (date(1899, 12, 30) + timedelta(days=int(text)),)
    return ()


def _existing(triples: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    found: dict[date, None] = {}
    for triple in triples:
        with suppress(ValueError):
            found[date(*triple)] = None
    return tuple(found)


def read_clock(value: object) -> object:
    """Read a time of day written 17:30, 5:30 PM or 5 pm, or the fraction of a day Excel makes of it."""
    if isinstance(value, time) and value.replace(second=0, microsecond=0) == value:
        return value
    minute = _minute_of_day(value.strip()) if isinstance(value, str) else None
    if minute is None:
        raise CellError(f"no time of day {shown(value)}", _clock_meant(value))
    return time(*divmod(minute, 60))


def _clock_meant(value: object) -> str:
    """Offer the time of day that a bare number may stand for: 16, 1730 or 17.30."""
    bare = _BARE_CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    hour, minute = (int(bare.group(1)), int(bare.group(2) or 0)) if bare else (24, 0)
    if hour >= 24 or minute >= 60:
        return "write hours and minutes: 17:30"
    later = f" or {hour + 12}:{minute:02}" if 1 <= hour < 12 else ""
    return f"did you mean {hour}:{minute:02}{later}?"


def _minute_of_day(text: str) -> int | None:
    if _FRACTION.fullmatch(text):
        return round(float(text.replace(",", ".")) * 1440) % 1440
    if match := _CLOCK.fullmatch(text):
        hour, minute, half = int(match.group(1)), int(match.group(2) or match.group(3)), match.group(4)
    elif whole := _HOUR.fullmatch(text):
        hour, minute, half = int(whole.group(1)), 0, whole.group(2)
    else:
        return None
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    elif half:
        return None
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def read_identifier(value: object) -> object:
    """Accept an id that is a safe file name on every system."""
    if not isinstance(value, str):
        return value
    if _MADE_BY_EXCEL.fullmatch(value):
        remedy = "format the column as Text and write the id again"
        raise CellError(f"Excel turned this id into {shown(value)}", remedy)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", value):
        raise CellError(f"{shown(value)} is no id", "use letters, digits, - and _, at most 60")
    if value.upper() in WINDOWS_DEVICES:
        raise CellError(f"{shown(value)} is a device name on Windows", "choose another id")
    return value


def read_color(value: object) -> object:
    """Read a colour written #RRGGBB."""
    if isinstance(value, str) and not re.fullmatch("#[0-9A-Fa-f]{6}", value):
        raise CellError(f"{shown(value)} is no color", "write # and six digits, such as #1F4E79")
    return value


def clock_text(moment: time) -> str:
    """Write a time of day as the tables hold it."""
    return f"{moment.hour:02}:{moment.minute:02}"
