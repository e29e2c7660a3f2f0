"""Say the program's own words in one language: its labels, and its dates; the one room that knows Babel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import ClassVar, Final

from pydantic import Field

from iop_sessions.ground.fields import Record, Text

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


FOLDER: Final = Path(__file__).parent / "labels"
"""Where the program's own labels stand: ``key,en,es``, a file for each group of pages."""


class Label(Record):
    """A clinic's own wording of a label, in place of the program's."""

    table: ClassVar[str] = "labels"
    key_columns: ClassVar[tuple[str, ...]] = ("key",)

    key: Text = Field(description="Key of the label, as in `iop_sessions/ground/labels/`.")
    en: str = Field(default="", description="Words in English; empty = the program's.")
    es: str = Field(default="", description="Words in Spanish; empty = the program's.")

    def words(self, language: str) -> str:
        """Return the label in a language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True)
class Speech:
    """The labels of one language, and the dates beside them."""

    language: str
    labels: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return a label, its placeholders filled."""
        return self.labels[key].format(**values)

    def count(self, number: int, key: str) -> str:
        """Write a number with its noun: 1 group, 3 groups; the labels are ``key.one`` and ``key.many``."""
        return self(f"{key}.one" if number == 1 else f"{key}.many", number=number)

    def listed(self, words: Sequence[str]) -> str:
        """Join words to a list in a sentence: F1, F2 and F3."""
        if len(words) < 2:
            return "".join(words)
        return self("shared.and", first=", ".join(words[:-1]), last=words[-1])

    def span(self, start: time, end: time) -> str:
        """Write two times of a day: 5:30 to 6:30 pm."""
        first, last = self.clock(start), self.clock(end)
        same_half = (start.hour < 12) == (end.hour < 12)
        return self("shared.span", start=first.split()[0] if same_half else first, end=last)

    def long_day(self, day: date) -> str:
        """Write a date in full: Monday, January 4, 2027."""
        return capital(long_day(day, self.language))

    def full_day(self, day: date) -> str:
        """Write a date without its weekday: January 4, 2027."""
        return full_day(day, self.language)

    def month_day(self, day: date) -> str:
        """Write a date without weekday and year: January 4."""
        return month_day(day, self.language)

    def weekday_month_day(self, day: date) -> str:
        """Write a date without its year: Monday, January 4."""
        return capital(weekday_month_day(day, self.language))

    def short_day(self, day: date) -> str:
        """Write a date where room is scarce: Mon, Jan 4."""
        return capital(short_day(day, self.language))

    def weekday(self, day: date) -> str:
        """Name the day of the week: Monday."""
        return capital(weekday(day, self.language))

    def short_weekday(self, day: date) -> str:
        """Name the day of the week in a few letters: Mon."""
        return capital(short_weekday(day, self.language))

    def month(self, day: date) -> str:
        """Name a month with its year: January 2027."""
        return capital(month(day, self.language))

    def clock(self, moment: time) -> str:
        """Write a time of day: 5:30 pm."""
        return clock(moment, self.language)


def speech(language: str, own: Iterable[Label] = ()) -> Speech:
    """Return how a language is spoken.

    Parameters
    ----------
    own
        A curriculum's own labels, which stand in place of the program's.
    """
    mine = {label.key: label.words(language) for label in own}
    known = {label.key: label.words(language) for label in program_labels()}
    return Speech(language, known | {key: words for key, words in mine.items() if key in known and words})


@lru_cache(maxsize=1)
def program_labels() -> tuple[Label, ...]:
    """Read the labels that come with the program."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [Label(key=row["key"], en=row["en"], es=row["es"]) for row in csv.DictReader(file)]
    return tuple(found)


def placeholders(words: str) -> frozenset[str] | None:
    """Return the names in braces that a label fills; None where the braces make no sense."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)
    except ValueError:
        return None
