"""A line never parts a number from its am, pm, h or min, nor a month from its day."""

from __future__ import annotations

import pytest

from iop_sessions.formats.html import page_html
from iop_sessions.ground.blocks import NO_BREAK, Page, Paragraph, Table, cell, firm, line, words_of

TIED = [
    "7:50 pm", "9 am", "9 a.m.", "12:30 p.m.", "7 h 30 min", "45 min", "80 %", "Jan 6", "January 6", "Sept 9",
    "May 31", "6 de ene", "6 de enero", "31 de dic", "1 de octubre", "2 de mayo", "Room A", "Sala 12",
]  # fmt: skip
LOOSE = [
    "May 2027",
    "Mary 6",
    "9 amounts",
    "3 minds",
    "12 x RP-03a",
    "6 de entrada",
    "6 de eneldo",
    "Room to write",
]


@pytest.mark.parametrize("words", TIED)
def test_what_a_line_must_not_part_has_no_space_to_break_at(words: str) -> None:
    assert firm(words) == words.replace(" ", NO_BREAK).replace(f"h{NO_BREAK}30", "h 30")


@pytest.mark.parametrize("words", LOOSE)
def test_other_words_may_part(words: str) -> None:
    assert firm(words) == words


def test_a_range_may_part_between_its_ends_alone() -> None:
    words = "Wed, Jan 6, 11:50 am to 12:50 pm; Lun, 4 de ene, 5:30 a 6:30\u00a0p.m."
    assert firm(words) == (
        "Wed, Jan\u00a06, 11:50\u00a0am to 12:50\u00a0pm; Lun, 4\u00a0de\u00a0ene, 5:30 a 6:30\u00a0p.m."
    )


def test_what_must_not_part_is_one_word_when_a_column_is_measured() -> None:
    assert words_of("Wed, Jan 6,\n5:30 pm") == ["Wed,", "Jan\u00a06,", "5:30\u00a0pm"]


def test_the_preview_ties_the_times_of_every_kind_of_block() -> None:
    table = Table("Groups", (cell("At 5 pm"),), ((cell("6:40 pm"),),))
    page = Page("guide", "Groups", (Paragraph(line("From Jan 4")), table), ("Week of Jan 4",))
    shown = page_html(page)
    assert [
        words in shown for words in ("From Jan\u00a04", "At 5\u00a0pm", "6:40\u00a0pm", "of Jan\u00a04")
    ] == ([True] * 4)
