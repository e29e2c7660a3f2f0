"""Name what is wrong with a template, and how to mend it in Word."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.ground.errors import IopError, Problem

Fault = tuple[str, str]
"""What is wrong, and what to do about it."""


class TemplateFault(IopError):
    """A template that cannot be used as it is."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
