"""Say the program's own words in one language: its labels, and its dates; the one room that knows Babel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from iop_sessions.ground.fields import Label

LOCALES: Final = {"en": "en_US", "es": "es_US"}
_NARROW_SPACE, _FIRM_SPACE = "\u202f", "\u00a0"  # few fonts have the narrow one


def hours(minutes: int) -> str:
    """Write minutes as hours, alike in both languages: 9 h, 7 h 30 min, 45 min."""
    whole, rest = divmod(minutes, 60)
    parts = (f"{whole} h" if whole or not rest else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part)


def capital(words: str) -> str:
    """Write words as they stand at the start of a line: in Spanish, days and months are small."""
    return words[:1].upper() + words[1:]


FOLDER: Final = Path(__file__).parent / "labels"
"""Where the program's own labels stand: ``key,en,es``, a file for each group of pages."""


@dataclass(frozen=True)
class Speech:
    """The labels of one language, and the dates beside them: small letters, as they stand in a sentence.

    Without a clinic's own labels it speaks as the program does.
    """

    language: str
    own: Mapping[str, str] = field(default_factory=dict)

    def knows(self, key: str) -> bool:
        """Say whether there is such a label."""
        return key in program_words(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """Return a label, its placeholders filled; a sentence begins with a capital letter."""
        label = self.own.get(key) or program_words(self.language)[key]
        said = label.format(**values)
        return capital(said) if label.startswith("{") and label.endswith(".") else said

    def count(self, number: int, key: str, /, **values: object) -> str:
        """Write a number with its noun: 1 group, 3 groups; the labels are ``key.one`` and ``key.many``."""
        return self(f"{key}.one" if number == 1 else f"{key}.many", **values | {"number": number})

    def listed(self, words: Sequence[str], key: str = "shared.and") -> str:
        """Join words to a list in a sentence: F1, F2 and F3."""
        return self(key, first=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)

    def span(self, start: time, end: time) -> str:
        """Write two times of a day: 5:30 to 6:30 pm."""
        first, last = self.clock(start), self.clock(end)
        same_half = (start.hour < 12) == (end.hour < 12)
        return self("shared.span", start=first.split()[0] if same_half else first, end=last)

    def long_day(self, day: date) -> str:
        """Write a date in full: Monday, January 4, 2027."""
        return self._date(day, "full")

    def full_day(self, day: date) -> str:
        """Write a date without its weekday: January 4, 2027."""
        return self._date(day, "long")

    def month_day(self, day: date) -> str:
        """Write a date without weekday and year: January 4."""
        return self._skeleton(day, "MMMMd")

    def weekday_month_day(self, day: date) -> str:
        """Write a date without its year: Monday, January 4."""
        return f"{self.weekday(day)}, {self.month_day(day)}"

    def short_day(self, day: date) -> str:
        """Write a date where room is scarce: Mon, Jan 4."""
        return self._skeleton(day, "MMMEd")

    def days(
        self, days: Iterable[date], among: Iterable[date] = (), *, most: int = 0, between: str = "; "
    ) -> str:
        """Write several dates in few words: every Monday in January; Wed, Feb 3.

        Parameters
        ----------
        among
            The dates there are. Default: every day of the calendar.
        most
            How many pieces are named before the other dates are counted. Default: all.
        """
        pieces = _folded(days, among)
        shown = pieces[:most] if most else pieces
        said = between.join(self._every(each) if len(each) > 1 else self.short_day(each[0]) for each in shown)
        more = sum(map(len, pieces[len(shown) :]))
        return self("coverage.and-more", days=said, number=more) if more else said

    def _every(self, days: Sequence[date]) -> str:
        """Name dates that are all there are of some weekdays in some months."""
        weekdays = {day.weekday(): self.weekday(day) for day in days}
        months = {(day.year, day.month): self._date(day, "LLLL") for day in days}
        named = [words for _, words in sorted(weekdays.items())]
        return self("shared.every", days=self.listed(named), months=self.listed([*months.values()]))

    def weekday(self, day: date) -> str:
        """Name the day of the week: Monday."""
        return self._date(day, "EEEE")

    def short_weekday(self, day: date) -> str:
        """Name the day of the week in a few letters: Mon."""
        return self._date(day, "EEE")

    def month(self, day: date) -> str:
        """Name a month with its year: January 2027."""
        return self._skeleton(day, "yMMMM")

    def clock(self, moment: time) -> str:
        """Write a time of day: 5:30 pm."""
        if self.language == "en":
            return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"
        return self._skeleton(datetime.combine(date.min, moment), "hm").replace(_NARROW_SPACE, _FIRM_SPACE)

    def moment(self, day: date, start: time) -> str:
        """Write a date and a time of day: Mon, Jan 4, 5:30 pm."""
        return f"{self.short_day(day)}, {self.clock(start)}"

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(day, pattern, locale=LOCALES[self.language])

    def _skeleton(self, day: date, skeleton: str) -> str:
        from babel.dates import format_skeleton

        return format_skeleton(skeleton, day, locale=LOCALES[self.language])


_WORTH: Final = 3
"""So many dates of one weekday in one month are worth a word for them all."""


def _folded(days: Iterable[date], among: Iterable[date]) -> list[list[date]]:
    """Part dates into those that are all of some weekdays in some months, and single ones, in order."""
    left, known = set(days), set(among)
    weekdays: dict[tuple[int, int], set[int]] = {}
    for day in sorted(left):
        whole = [each for each in _alike(day) if not known or each in known]
        if len(whole) >= _WORTH and left.issuperset(whole):
            weekdays.setdefault((day.year, day.month), set()).add(day.weekday())
    pieces: dict[object, list[date]] = {}
    for day in sorted(left):
        here = weekdays.get((day.year, day.month), set())
        alike = (day.year, *sorted(here)) if day.weekday() in here else day
        pieces.setdefault(alike, []).append(day)
    return list(pieces.values())


def _alike(day: date) -> list[date]:
    """List the days of a month that are the same day of the week."""
    first = date(day.year, day.month, (day.day - 1) % 7 + 1)
    found = (first + timedelta(weeks=number) for number in range(5))
    return [each for each in found if each.month == day.month]


ENGLISH: Final = Speech("en")
"""What checks and messages speak, without a clinic's labels."""


def speech(language: str, own: Iterable[Label] = ()) -> Speech:
    """Return how a language is spoken, with a curriculum's own labels in place of the program's."""
    return Speech(language, {label.key: label.words(language) for label in own})


@cache
def _rows() -> tuple[dict[str, str], ...]:
    found: list[dict[str, str]] = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return tuple(found)


@cache
def program_labels() -> tuple[Label, ...]:
    """Read the labels that come with the program."""
    from iop_sessions.ground.fields import Label  # with pydantic, which takes longer than to draw a page

    return tuple(Label(key=row["key"], en=row["en"], es=row["es"]) for row in _rows())


def paper_versions() -> dict[str, str]:
    """Return the version of the words of each paper that is reviewed as a handout is, by its id."""
    ending = ".text-version"
    found = (row for row in _rows() if row["key"].endswith(ending))
    return {row["key"].removesuffix(ending): row["en"] for row in found}


@cache
def program_words(language: str) -> Mapping[str, str]:
    """Map each key to the program's words in a language."""
    return {row["key"]: row["es" if language == "es" else "en"] for row in _rows()}


def placeholders(words: str) -> frozenset[str] | None:
    """Return the names in braces that a label fills; None where the braces make no sense."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)
    except ValueError:
        return None
