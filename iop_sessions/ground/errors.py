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
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from iop_sessions.ground.speech import counted

Level = Literal["error", "warning"]


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
    """Offer the known word nearest to a wrong one; empty when none is near."""
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.5)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


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
        names = sorted(known)
        listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        hint = did_you_mean(name, names) or (f"there are: {listed}" if names else "there are none yet")
        super().__init__(f"no {kind} '{name}' — {hint}")


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
