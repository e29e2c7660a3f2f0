"""Say the program's own words, its labels and its dates, in one language."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import ClassVar, Final

from pydantic import Field

from iop_sessions.ground import dates
from iop_sessions.ground.fields import Record, Text

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
        return dates.capital(dates.long_day(day, self.language))

    def full_day(self, day: date) -> str:
        """Write a date without its weekday: January 4, 2027."""
        return dates.full_day(day, self.language)

    def month_day(self, day: date) -> str:
        """Write a date without weekday and year: January 4."""
        return dates.month_day(day, self.language)

    def weekday_month_day(self, day: date) -> str:
        """Write a date without its year: Monday, January 4."""
        return dates.capital(dates.weekday_month_day(day, self.language))

    def short_day(self, day: date) -> str:
        """Write a date where room is scarce: Mon, Jan 4."""
        return dates.capital(dates.short_day(day, self.language))

    def weekday(self, day: date) -> str:
        """Name the day of the week: Monday."""
        return dates.capital(dates.weekday(day, self.language))

    def short_weekday(self, day: date) -> str:
        """Name the day of the week in a few letters: Mon."""
        return dates.capital(dates.short_weekday(day, self.language))

    def month(self, day: date) -> str:
        """Name a month with its year: January 2027."""
        return dates.capital(dates.month(day, self.language))

    def clock(self, moment: time) -> str:
        """Write a time of day: 5:30 pm."""
        return dates.clock(moment, self.language)


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
