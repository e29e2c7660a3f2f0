"""Check a curriculum's own labels against those that the program knows."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.ground.speech import (
    Label,
    placeholders,
    program_labels,
)


def check_labels_are_known(curriculum: Curriculum) -> list[Problem]:
    """Every label of the curriculum stands in place of one that the program prints."""
    known = [label.key for label in program_labels()]
    return [
        Problem(
            label.place.at("key"),
            f"the program prints no label '{label.key}'",
            did_you_mean(label.key, known) or "remove the row",
        )
        for label in curriculum.labels
        if label.key not in known
    ]


def check_labels_fill_the_same_places(curriculum: Curriculum) -> list[Problem]:
    """Labels of the curriculum have the names in braces that the program's labels have."""
    known = {label.key: label for label in program_labels()}
    return [
        problem
        for label in curriculum.labels
        if label.key in known
        for problem in _misfits(label, known[label.key])
    ]


def _misfits(label: Label, ours: Label) -> Iterator[Problem]:
    for language in ("en", "es"):
        words, wanted = label.words(language), placeholders(ours.words(language))
        if words and placeholders(words) != wanted:
            names = ", ".join(f"{{{name}}}" for name in sorted(wanted or ()))
            remedy = f"write {names} in it, each as it is" if names else "write it without braces"
            yield Problem(
                label.place.at(language), "the places to fill are other ones than the program's", remedy
            )
