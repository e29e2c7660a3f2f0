"""Say what went wrong, where, and what to do: one place, one problem, one tree of errors.

IopError                 exit 1, the base of every error a user can mend
├── ProblemsFound        exit 1, faults in the user's own files, all at once
├── UsageError           exit 2, a word on the command line that means nothing here
├── Clash                exit 3, constraints that no plan can satisfy together
└── CannotWrite          exit 4, a file that could not be written
Anything else is a bug: it keeps its traceback and ends with exit code 70.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import commonprefix
from typing import Any, ClassVar, Final, Literal

from iop_sessions.ground.cells import shown
from iop_sessions.ground.english import counted

Level = Literal["error", "warning"]

_NEAR: Final = 0.5
"""How much of a wrong name must stand in a known one."""

_MOST_LISTED: Final = 12


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file of the user's: the file as the user knows it, its line, its column or key."""

    file: str = ""
    line: int = 0
    column: str = ""

    def at(self, column: str) -> Place:
        """Return the same line with another column."""
        return Place(self.file, self.line, column)

    def __str__(self) -> str:
        """Word the place as ``file:line: column``."""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}" + (f": {self.column}" if self.column else "")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place, with the way to mend it."""

    place: Place
    message: str
    remedy: str = ""
    level: Level = field(default="error")

    def __str__(self) -> str:
        """Word the problem as ``file:line: column: what — remedy``."""
        mark = "warning: " if self.level == "warning" else ""
        remedy = f" — {self.remedy}" if self.remedy else ""
        return f"{self.place}: {mark}{self.message}{remedy}"


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the problems that stop the work."""
    return [problem for problem in problems if problem.level == "error"]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Offer the known word nearest to a wrong one; empty where none is near, or several are alike."""
    wrong, numbers = word.casefold(), _numbers(word)
    # Another number is another thing and no slip: for a week 13, the 3 is as wrong as the 12.
    names = {name.casefold(): name for name in known if not numbers or _numbers(name) == numbers}
    near = difflib.get_close_matches(wrong, names, n=2, cutoff=_NEAR)
    alike = len({difflib.SequenceMatcher(None, each, wrong).ratio() for each in near}) < len(near)
    return f"did you mean '{names[near[0]]}'?" if near and not alike else ""


def _numbers(word: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", word)]


def nearest(name: str, known: Iterable[str]) -> str:
    """Offer the known name nearest to a wrong one, else those there are; of many, those that begin alike."""
    names = sorted(known, key=lambda each: (_numbers(each) if each.isdecimal() else [], each))
    few = names if len(names) <= _MOST_LISTED else _alike(name, names)[:_MOST_LISTED]
    listed = ", ".join(few) + (", …" if len(names) > len(few) else "")
    return did_you_mean(name, names) or (f"there are: {listed}" if names else "there are none yet")


def _alike(name: str, known: list[str]) -> list[str]:
    """Keep the names that share the longest beginning with another."""
    shared = [len(commonprefix([each.casefold(), name.casefold()])) for each in known]
    most = max(shared)
    return [each for each, length in zip(known, shared, strict=True) if length == most]


def no_such(kind: str, name: str, known: Iterable[str], remedy: str = "") -> tuple[str, str]:
    """Say that a name stands for nothing, and what to do: take the nearest, else the remedy, else another."""
    names = list(known)
    hint = did_you_mean(name, names) or remedy if remedy else nearest(name, names)
    return f"no {kind} {shown(name)}", hint


class IopError(Exception):
    """Something the user can mend."""

    exit_code: ClassVar[int] = 1


class ProblemsFound(IopError):
    """Faults in the user's files, every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = counted(len(errors_of(self.problems)), "problem")
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{lines}\n{count} to mend; nothing was written.")


class UsageError(IopError):
    """A word on the command line that names nothing."""

    exit_code = 2


class NotFound(UsageError):
    """A name that stands for nothing, with the nearest one that does."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(" — ".join(no_such(kind, name, known)))


class Clash(IopError):
    """Constraints that cannot hold together: which ones, and what was tried, as facts until worded."""

    exit_code = 3

    def __init__(self, reasons: Iterable[Any], remedies: Iterable[Any] = (), words: str = "") -> None:
        self.reasons = tuple(reasons)
        self.remedies = tuple(remedies)
        super().__init__(words or "no plan can hold every rule at once")


class CannotWrite(IopError):
    """A file or folder that could not be written."""

    exit_code = 4

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: could not be written: {reason} — {remedy}")
