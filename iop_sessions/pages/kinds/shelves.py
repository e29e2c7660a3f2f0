"""Hold what documents are made from, and name their folders and files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.plans.plan import Plan
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program


class Look(TypedDict):
    """In what language and size a client page is printed."""

    language: str
    large_print: bool


@dataclass(frozen=True)
class Shelf:
    """What documents are made from, and how client pages shall look."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    language: str = "en"
    large_print: bool = False
    every_topic: bool = False  # topics that the plan leaves out too

    def folder(self, kind: str) -> str:
        """Name the folder of a kind: one for each language and size."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"{kind}{language}{'-large-print' if self.large_print else ''}"

    @property
    def look(self) -> Look:
        """Return what a client page is told of its language and size."""
        return {"language": self.language, "large_print": self.large_print}

    @property
    def topics(self) -> list[str]:
        """List the topics the plan uses, orientation first, in the order of the topics table."""
        planned = {session.topic_id for session in self.plan.sessions}
        taught = chosen(self.curriculum, self.program).topic_by_id
        return [
            topic.topic_id
            for topic in self.curriculum.topics
            if topic.content == "full"
            and (self.every_topic or topic.topic_id in planned or self._opens_a_stay(topic, taught))
        ]

    @staticmethod
    def _opens_a_stay(topic: Topic, taught: Mapping[str, Topic]) -> bool:
        return topic.delivery == "orientation" and topic.topic_id in taught

    @property
    def handouts(self) -> list[Handout]:
        """List the handouts of those topics that are ours to print."""
        used = [each for topic_id in self.topics for each, _ in self.curriculum.handouts_of(topic_id)]
        return [handout for handout in dict.fromkeys(used) if handout.kind != "external"]

    @property
    def untranslated(self) -> list[str]:
        """List the handouts that have no text in the language asked for."""
        texts = self.curriculum.sheets
        return [
            each.handout_id for each in self.handouts if f"{self.language}/{each.handout_id}" not in texts
        ]


def slug(title: str) -> str:
    """Write a title as part of a file name."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-")
