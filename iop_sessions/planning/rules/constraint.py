"""What a hard rule of planning is: one class each, with one sentence and the changes that soften it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.solver.model import Rule
from iop_sessions.planning.task import Task

Remedy = tuple[str, Task]
"""A change in words, and the task as it would then be."""


class Constraint(ABC):
    """A rule that no plan may break."""

    sentence: ClassVar[str]

    @abstractmethod
    def build(self, board: Board) -> None:
        """Add the rule to the model."""

    def remedies(self, task: Task, subject: str) -> Iterator[Remedy]:  # noqa: ARG002 - a rule may have no remedy
        """Offer what a clinic could change so that the rule asks for less, the smallest change first."""
        yield from ()

    def rule(self, subject: str, words: str) -> Rule:
        """Name one case of the constraint."""
        return Rule(type(self).__name__, subject, words)
