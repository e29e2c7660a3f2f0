"""Write dates and times of day for people, in English or Spanish; the one room that knows Babel."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

LOCALES: Final = {"en": "en_US", "es": "es_US"}
_NARROW_SPACE, _FIRM_SPACE = "\u202f", "\u00a0"  # few fonts have the narrow one


def long_day(day: date, language: str = "en") -> str:
    """Write a date in full: Monday, January 4, 2027."""
    return _date(day, "full", language)


def full_day(day: date, language: str = "en") -> str:
    """Write a date without its weekday: January 4, 2027."""
    return _date(day, "long", language)


def month_day(day: date, language: str = "en") -> str:
    """Write a date without weekday and year: January 4."""
    return _skeleton(day, "MMMMd", language)


def short_day(day: date, language: str = "en") -> str:
    """Write a date where room is scarce: Mon, Jan 4."""
    return _skeleton(day, "MMMEd", language)


def weekday_month_day(day: date, language: str = "en") -> str:
    """Write a date without its year: Monday, January 4."""
    return f"{weekday(day, language)}, {month_day(day, language)}"


def weekday(day: date, language: str = "en") -> str:
    """Name the day of the week: Monday."""
    return _date(day, "EEEE", language)


def short_weekday(day: date, language: str = "en") -> str:
    """Name the day of the week in a few letters: Mon."""
    return _date(day, "EEE", language)


def month(day: date, language: str = "en") -> str:
    """Name a month with its year: January 2027."""
    return _skeleton(day, "yMMMM", language)


def clock(moment: time, language: str = "en") -> str:
    """Write a time of day: 5:30 pm."""
    if language == "en":
        return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"
    from babel.dates import format_skeleton

    words = format_skeleton("hm", datetime.combine(date.min, moment), locale=LOCALES[language])
    return words.replace(_NARROW_SPACE, _FIRM_SPACE)


def hours(minutes: int) -> str:
    """Write minutes as hours, alike in both languages: 9 h, 7 h 30 min, 45 min."""
    whole, rest = divmod(minutes, 60)
    parts = (f"{whole} h" if whole or not rest else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part)


def capital(words: str) -> str:
    """Write words as they stand at the start of a line: in Spanish, days and months are small."""
    return words[:1].upper() + words[1:]


def _date(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=LOCALES[language])


def _skeleton(day: date, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=LOCALES[language])
