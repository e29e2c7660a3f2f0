"""A curriculum: its tables, guides and handouts, read from one folder, and the questions they answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions.curriculum.records import (
    GlossaryTerm,
    GroupType,
    Handout,
    HelpLine,
    Objective,
    Review,
    Rule,
    Scenario,
    Segment,
    Source,
    Title,
    Topic,
    TopicHandout,
    TopicObjective,
    TopicScenario,
    TopicTag,
    Wording,
)
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import Speech, speech
from iop_sessions.ground.tables import Unread

if TYPE_CHECKING:
    from iop_sessions.curriculum.markdown import Document


@dataclass(frozen=True)
class Curriculum:
    """Every record and document of one curriculum; frozen, so two readings of a folder are equal."""

    curriculum_id: str = ""
    version: str = ""
    group_types: tuple[GroupType, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: tuple[Objective, ...] = ()
    topic_objectives: tuple[TopicObjective, ...] = ()
    topic_tags: tuple[TopicTag, ...] = ()
    segments: tuple[Segment, ...] = ()
    handouts: tuple[Handout, ...] = ()
    topic_handouts: tuple[TopicHandout, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    topic_scenarios: tuple[TopicScenario, ...] = ()
    reviews: tuple[Review, ...] = ()
    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    wording: tuple[Wording, ...] = ()
    titles: tuple[Title, ...] = ()
    labels: tuple[Label, ...] = ()
    guides: Mapping[str, Document] = field(default_factory=dict)  # "en/RP-01" -> guide
    sheets: Mapping[str, Document] = field(default_factory=dict)  # "en/RP-01a" -> handout
    broken: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """The guides and handouts that are left out for their faults, by file: "guides/en/RP-01.md"."""
    unread: Mapping[str, Unread] = field(default_factory=dict)  # "topics" -> what its broken rows may say

    def speech(self, language: str) -> Speech:
        """Return how the program speaks a language, in the curriculum's own words where it has any."""
        return speech(language, self.labels)

    def handout_title(self, handout_id: str, language: str) -> str:
        """Return a handout's title in a language; in English where it has none."""
        found = self._title("handout", handout_id, language)
        return found.title if found else self.handout_by_id[handout_id].title

    def topic_title(self, topic_id: str, language: str) -> str:
        """Return a topic's title in a language; in English where it has none."""
        found = self._title("topic", topic_id, language)
        return found.title if found else self.topic_by_id[topic_id].title

    def topic_aim(self, topic_id: str, language: str) -> str:
        """Return what a topic is for, as a sentence; in English where the language has no words for it."""
        found = self._title("topic", topic_id, language)
        aim = found.aim if found and found.aim else self.topic_by_id[topic_id].aim
        return f"{aim.rstrip('.')}."

    def group_title(self, group_type: str, language: str) -> str:
        """Return a group type's name in a language; its id where there is no such type."""
        found, known = self._title("group_type", group_type, language), self.group_type_by_id.get(group_type)
        return found.title if found else known.title if known else group_type

    def group_purpose(self, group_type: str, language: str) -> str:
        """Return what a group type is for; empty where there is no such type."""
        found, known = self._title("group_type", group_type, language), self.group_type_by_id.get(group_type)
        return found.aim if found and found.aim else known.purpose if known else ""

    def statement(self, objective_id: str, language: str) -> str:
        """Return what an objective says, without its full stop."""
        found = self._title("objective", objective_id, language)
        return (found.title if found else self.objective_by_id[objective_id].statement).rstrip(".")

    def _title(self, kind: str, item_id: str, language: str) -> Title | None:
        return self._titles.get((kind, item_id, language))

    @cached_property
    def _titles(self) -> dict[tuple[str, str, str], Title]:
        return {(each.kind, each.id, each.language): each for each in self.titles}

    def guide_faults(self, topic_id: str) -> tuple[Problem, ...]:
        """Return why the guide of a topic is not printed; nothing where it is."""
        return self.broken.get(f"guides/en/{topic_id}.md", ())

    def handout_faults(self, topic_id: str, language: str) -> tuple[Problem, ...]:
        """Return why handouts of a topic are not printed in a language; nothing where they are."""
        files = (f"handouts/{language}/{each.handout_id}.md" for each, _ in self.handouts_of(topic_id))
        return tuple(problem for file in files for problem in self.broken.get(file, ()))

    def is_stale(self, handout_id: str, language: str) -> bool:
        """Say whether a translation is of an English text that has changed since, or that nobody can read."""
        if language != "en" and f"handouts/en/{handout_id}.md" in self.broken:
            return True
        text, english = self.sheets.get(f"{language}/{handout_id}"), self.sheets.get(f"en/{handout_id}")
        if language == "en" or text is None or english is None:
            return False
        return text.translated_from != english.digest

    @cached_property
    def group_type_by_id(self) -> dict[str, GroupType]:
        """Return the group types by their id."""
        return {each.group_type: each for each in self.group_types}

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """Return the topics by their id."""
        return {topic.topic_id: topic for topic in self.topics}

    @cached_property
    def handout_by_id(self) -> dict[str, Handout]:
        """Return the handouts by their id."""
        return {handout.handout_id: handout for handout in self.handouts}

    @property
    def english_scenarios(self) -> list[Scenario]:
        """List the scenarios in English, whose versions the translations follow."""
        return [scenario for scenario in self.scenarios if scenario.language == "en"]

    @cached_property
    def scenario_by_key(self) -> dict[tuple[str, str], Scenario]:
        """Return the scenarios by their id and language."""
        return {(scenario.scenario_id, scenario.language): scenario for scenario in self.scenarios}

    @cached_property
    def objective_by_id(self) -> dict[str, Objective]:
        """Return the objectives by their id."""
        return {objective.objective_id: objective for objective in self.objectives}

    @cached_property
    def topics_of_objective(self) -> dict[str, tuple[Topic, ...]]:
        """Return, for each objective, the topics that meet it, in the order of the topics table."""
        pairs = {(each.objective_id, each.topic_id) for each in self.topic_objectives}
        return {
            each.objective_id: tuple(
                topic for topic in self.topics if (each.objective_id, topic.topic_id) in pairs
            )
            for each in self.objectives
        }

    def objectives_of(self, topic_id: str) -> list[Objective]:
        """List the objectives that a topic meets."""
        wanted = {each.objective_id for each in self.topic_objectives if each.topic_id == topic_id}
        return [objective for objective in self.objectives if objective.objective_id in wanted]

    def topics_of_type(self, group_type: str) -> list[Topic]:
        """List the topics a group of this type can hold."""
        return [
            topic for topic in self.topics if topic.group_type == group_type and topic.delivery == "group"
        ]

    def segments_of(self, topic_id: str, length: int) -> list[Segment]:
        """List a topic's segments for one length, in order."""
        found = [each for each in self.segments if each.topic_id == topic_id and each.length == length]
        return sorted(found, key=lambda segment: segment.order)

    def handouts_of(self, topic_id: str) -> list[tuple[Handout, int]]:
        """List a topic's handouts with the copies a person gets."""
        return [
            (self.handout_by_id[each.handout_id], each.copies)
            for each in self.topic_handouts
            if each.topic_id == topic_id and each.handout_id in self.handout_by_id
        ]

    def scenarios_of(self, topic_id: str, language: str = "en") -> list[Scenario]:
        """List a topic's scenarios that have words in a language, in order."""
        used = sorted((each for each in self.topic_scenarios if each.topic_id == topic_id), key=_order)
        found = (self.scenario_by_key.get((each.scenario_id, language)) for each in used)
        return [scenario for scenario in found if scenario is not None]

    def needs_topic(self, group_type: str) -> bool:
        """Say whether a meeting of this type is planned with a topic."""
        known = self.group_type_by_id.get(group_type)
        return known is not None and known.needs_topic

    def lost(self, table: str, column: str, value: str) -> bool:
        """Say whether a row that could not be read may hold a value, so that its absence proves nothing."""
        return table in self.unread and self.unread[table].may_say(column, value)

    def is_of_another_text(self, review: Review) -> bool:
        """Say whether a review is of another text than that of today; never where no text was read."""
        text = self._text_of(review)
        folder = "guides" if review.kind == "topic" else "handouts"
        broken = f"{folder}/{review.language}/{review.id}.md" in self.broken
        return broken or (text is not None and text.digest != review.sha256.strip().casefold())

    def digest_of(self, review: Review) -> str:
        """Return the sha256 of the text that a review is of; empty where it was not read."""
        text = self._text_of(review)
        return text.digest if text is not None else ""

    def _text_of(self, review: Review) -> Document | Scenario | None:
        if review.kind == "scenario":
            return self.scenario_by_key.get((review.id, review.language))
        documents = self.guides if review.kind == "topic" else self.sheets
        return documents.get(f"{review.language}/{review.id}")


def _order(use: TopicScenario) -> int:
    return use.order


def id_order(topic_id: str) -> list[tuple[int, str]]:
    """Return what ids are put in order by: their numbers as numbers, so that RP-9 comes before RP-10."""
    pieces = re.split("([0-9]+)", topic_id)
    return [(int(each), "") if each.isascii() and each.isdigit() else (-1, each) for each in pieces]


def folder_digest(folder: Path) -> str:
    """Return the sha256 of everything a curriculum folder says, in the order of its file names."""
    digest = hashlib.sha256()
    for name, data in folder_files(folder).items():
        digest.update(name.encode("utf-8") + b"\0")
        digest.update(data)
    return digest.hexdigest()


def folder_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a curriculum that says something, by name, with the same line ends everywhere."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(b"\r\n", b"\n")
        for path in folder_paths(folder)
    }


def folder_paths(folder: Path) -> list[Path]:
    """List every file of a curriculum that says something, in the order of their names."""
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".md", ".toml"))
    ours = (path for path in paths if path.suffix != ".toml" or path.name == "curriculum.toml")
    return [path for path in ours if path.name != "README.md"]
