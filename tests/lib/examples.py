"""How many examples something is tried on: few by default, many with ``-m deep``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

FEW = settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=3000)
ROUNDS = 20

Example = TypeVar("Example")


def shown_by(names: Iterable[str], *few: str) -> list[object]:
    """Return all names as parameters of a test: the few are tried by default, the others with ``-m deep``."""
    every = list(names)
    assert set(few) <= set(every), f"no {set(few) - set(every)} among {every}"
    return [pytest.param(name, id=name, marks=() if name in few else pytest.mark.deep) for name in every]


def first_of_each_folder(names: Iterable[str], most: int) -> list[str]:
    """Return at most so many names of each folder."""
    seen: Counter[str] = Counter()
    chosen = []
    for name in names:
        folder = name.rpartition("/")[0]
        seen[folder] += 1
        if seen[folder] <= most:
            chosen.append(name)
    return chosen


def tried(
    examples: int,
    of: st.SearchStrategy[Example],
    check: Callable[[Example], str | Iterable[str]],
    least: Mapping[str, int],
) -> Counter[str]:
    """Check examples, and go on until each wanted outcome was seen often enough; count the outcomes.

    What Hypothesis draws from one seed hangs on the modules imported before, so no single round can promise
    how many examples of a kind are among its own.
    """
    seen: Counter[str] = Counter()

    def one(example: Example) -> None:
        outcome = check(example)
        seen.update([outcome] if isinstance(outcome, str) else outcome)

    for number in range(ROUNDS):
        chosen = settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        seed(number)(chosen(given(of)(one)))()
        if all(seen[name] >= count for name, count in least.items()):
            return seen
    raise AssertionError(f"{ROUNDS} rounds of {examples} examples gave {dict(seen)}, wanted {dict(least)}")
