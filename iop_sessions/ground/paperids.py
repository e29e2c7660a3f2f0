"""The papers for clients that the program words itself, with their versions, so that they can be reviewed."""

from __future__ import annotations

from typing import Final

PAPER_VERSIONS: Final = {
    "certificate": "1",
    "check-in-slip": "1",
    "family-agenda": "1",
    "feedback-slip": "1",
    "first-day": "1",
    "group-agreement": "1",
    "last-day": "1",
    "make-up-packet": "1",
    "newcomer-pack": "1",
    "weekend-plan": "1",
    "workbook": "1",
}
"""Held against the records of `pages.papers` by a test, for a check cannot look up to the pages."""
