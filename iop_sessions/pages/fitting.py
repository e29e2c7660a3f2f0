"""Guess from letters and words what fits on a sheet; short, for it holds every such number and no more.

Nobody knows the lines of a page before Word breaks them. A test lays out topics' aims and titles with
LibreOffice on the shipped templates, and measures the letters of a line and the lines of a sheet anew; the
means and the longest below are of that. The others are held by the tests that count the sheets of papers.
"""

from __future__ import annotations

from typing import Final

STRIP_LETTERS: Final = 150
"""In one line of small print across a landscape sheet: full lines have 156, the longest 165."""

DAYS_LETTERS: Final = 135
"""In one line of small print across the days of a landscape sheet: full lines have 143, the longest 150."""

TITLE_LETTERS: Final = 30
"""In one line of a bold title behind its badge, of three days: full lines have 31, the longest 36."""

AIM_LETTERS: Final = 37
"""In one line of an aim, where there are three days: full lines have 34, the longest 40."""

NOTE_LETTERS: Final = 48
"""In one line of small print for staff, where there are three days: full lines have 42, the longest 47."""

SHEET_LINES: Final = 31
"""Of small print on a landscape sheet, below its title and the heading of its table: A4 has 31, Letter 32."""

HEADING_LINES: Final = 3
"""Of small print: the heading above the strip, and the line on drafts above the groups."""

ROW_LINES: Final = 0.875
"""Of small print: the room above and below the words of a row."""

ROOMY: Final = 3
"""Days or rows in large type; more of them need small print to stay on one sheet."""

STAFF_LINES: Final = 11
"""Of titles and aims, one row below the other, that a landscape sheet holds in large type."""

WALL_LINES: Final = 12
"""Of them, where no words for staff stand between."""

FRONT_LINES: Final = 5
"""Of timetables, on the front of the first day's sheet beside all else that it holds."""

ROW_WORDS: Final = 80
"""In a row of a run sheet; rows never split, so a higher one would leave a gap at the page's foot."""

CALENDAR_ROWS: Final = 24
"""Of a calendar of family groups that two sheets hold."""
