"""Where facts become sentences, in the reader's language and the clinic's own words; the names others use."""

from __future__ import annotations

from iop_sessions.pages.wording.lacking import (
    clash_words,
    clashes_in_words,
    holiday_words,
    remedy_words,
    shortfall_words,
)

__all__ = ["clash_words", "clashes_in_words", "holiday_words", "remedy_words", "shortfall_words"]
