"""Check what protects people: reviews are real, numbers are fresh."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.references import Review
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.paperids import PAPER_VERSIONS

FRESH = timedelta(days=365)
"""How long a checked number is trusted."""


def check_reviews_name_their_reviewer(curriculum: Curriculum) -> list[Problem]:
    """Every review bears a credential and a date, and is of something that exists in that version."""
    found = []
    versions = {("handout", paper): version for paper, version in PAPER_VERSIONS.items()}
    versions |= {("topic", each.topic_id): each.version for each in curriculum.topics}
    versions |= {("handout", each.handout_id): each.version for each in curriculum.handouts}
    versions |= {("scenario", each.scenario_id): each.version for each in curriculum.english_scenarios}
    for review in curriculum.reviews:
        if review.state == "reviewed" and not (review.credential and review.reviewed_on):
            message = f"{review.id} is marked reviewed without a credential and a date"
            found.append(Problem(review.place.at("credential"), message, "fill in both, or write draft"))
        if (review.kind, review.id) in versions:
            found += _outdated(review, versions[review.kind, review.id])
        elif not curriculum.lost(f"{review.kind}s", f"{review.kind}_id", review.id):
            found.append(Problem(review.place.at("id"), f"no {review.kind} '{review.id}'", "remove the row"))
    return found


def _outdated(review: Review, version: str) -> list[Problem]:
    if review.version == version:
        return []
    message = f"{review.id} is now version {version}, this review is of {review.version}"
    return [Problem(review.place.at("version"), message, "review the new version", "warning")]


def check_reviews_are_of_the_text_of_today(curriculum: Curriculum) -> list[Problem]:
    """Every review says which text was read; it holds for no other."""
    items = {("topic", each.topic_id): each.version for each in curriculum.topics}
    items |= {("handout", each.handout_id): each.version for each in curriculum.handouts}
    items |= {("scenario", each.scenario_id): each.version for each in curriculum.english_scenarios}
    return [
        _of_another_text(review, curriculum.digest_of(review))
        for review in curriculum.reviews
        if review.state == "reviewed"
        and items.get((review.kind, review.id)) == review.version
        and curriculum.is_of_another_text(review)
    ]


def _of_another_text(review: Review, digest: str) -> Problem:
    place = review.place.at("sha256")
    if not review.sha256:
        message = f"{review.id} is marked reviewed without the sha256 of the text that was read"
        return Problem(place, message, f"if it is the text of today, write {digest}; else write draft")
    message = f"the text of {review.id} changed since it was reviewed: it prints as a draft"
    return Problem(place, message, f"review it again, then write {digest}", "warning")


def check_translations_are_fresh(curriculum: Curriculum) -> list[Problem]:
    """Every translation says the same as the English text of today."""
    return [
        Problem(
            Place(document.file, 1, "translated_from"),
            "the English text changed since it was translated: it prints as a draft",
            f'translate what changed, then write translated_from = "{_english(curriculum, handout_id)}"',
            "warning",
        )
        for key, document in curriculum.sheets.items()
        for language, handout_id in [key.split("/", 1)]
        if curriculum.is_stale(handout_id, language)
    ]


def _english(curriculum: Curriculum, handout_id: str) -> str:
    return curriculum.sheets[f"en/{handout_id}"].digest


def check_help_lines_are_fresh(curriculum: Curriculum, today: date) -> list[Problem]:
    """Every help line was checked within the last twelve months."""
    return [
        Problem(
            line.place.at("checked_on"),
            f"the number of '{line.name}' was last checked on {line.checked_on}",
            "call it, then write the date",
            "warning",
        )
        for line in curriculum.help_lines
        if today - line.checked_on > FRESH
    ]
