"""Hold what documents are made from, and say what a kind of document is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import Page
from iop_sessions.plans.case import Case
from iop_sessions.program.choosing import chosen


class Edition(TypedDict):
    """In what language and size a client page is printed."""

    language: str
    large_print: bool


@dataclass(frozen=True)
class Shelf:
    """What documents are made from, and how client pages shall look."""

    case: Case
    language: str = "en"
    large_print: bool = False
    every_topic: bool = False  # topics that the plan leaves out too

    def folder(self, kind: str) -> str:
        """Name the folder of a kind: one for each language and size."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"{kind}{language}{'-large-print' if self.large_print else ''}"

    @property
    def edition(self) -> Edition:
        """Return what a client page is told of its language and size."""
        return {"language": self.language, "large_print": self.large_print}

    @property
    def sound(self) -> Shelf:
        """Return the shelf without the sessions of which nobody can tell when they meet."""
        return replace(self, case=self.case.sound)

    @property
    def topics(self) -> list[str]:
        """List the topics the plan uses, orientation first, in the order of the topics table."""
        planned = {session.topic_id for session in self.case.plan.sessions}
        taught = chosen(self.case.curriculum, self.case.program).topic_by_id
        opening = {name for name, topic in taught.items() if topic.delivery == "orientation"}
        return [
            topic.topic_id
            for topic in self.case.curriculum.topics
            if topic.content == "full"
            and (self.every_topic or topic.topic_id in planned or topic.topic_id in opening)
        ]

    @property
    def handouts(self) -> list[Handout]:
        """List the handouts of those topics that are ours to print."""
        used = [each for topic_id in self.topics for each, _ in self.case.curriculum.handouts_of(topic_id)]
        return [handout for handout in dict.fromkeys(used) if handout.kind != "external"]

    @property
    def untranslated(self) -> list[str]:
        """List the handouts that have no text in the language asked for."""
        texts, broken = self.case.curriculum.sheets, self.case.curriculum.broken
        return [
            each.handout_id
            for each in self.handouts
            if f"{self.language}/{each.handout_id}" not in texts
            and f"handouts/{self.language}/{each.handout_id}.md" not in broken
        ]

    def weekly(self, kind: str, name: str, make: Callable[[int], Page]) -> dict[str, Page]:
        """Make one page a week, each in its own file."""
        weeks = range(1, self.case.plan.sheet.weeks + 1)
        return {f"{self.folder(kind)}/week-{week:02}-{name}.docx": make(week) for week in weeks}


def slug(title: str) -> str:
    """Write a title as part of a file name."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-")


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, what it holds, who reads it, in what languages and sizes it comes.

    `pages.kinds` finds each that a module of `pages.papers` declares. From it come the kinds that an export
    knows, the help text and the table that list them, and the names that a clinic's templates may have.
    """

    name: str  # of its folder in output/, before its language and size
    about: str  # what it holds, as the README says it
    audience: Literal["clients", "relatives", "staff"]
    make: Callable[[Shelf], dict[str, Page]] | None = None  # by file name; None where no export does
    template: str = ""  # the one that a clinic may make for it alone; a client page's is its handout's kind
    spanish: bool = True
    large_print: bool = False
    holds_handouts: bool = False  # whose text may not be translated yet
    holds_guides: bool = False
