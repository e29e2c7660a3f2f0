"""The records of the tables: what is taught, in which words and pages, by which sources, rules and reviews.

A field's description is its line in the data dictionary.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from iop_sessions.ground.fields import (
    Ages,
    Audience,
    Color,
    Day,
    GroupTypeId,
    HandoutId,
    HandoutKind,
    Identifier,
    Identifiers,
    Language,
    Lengths,
    Level,
    MaybeDay,
    Minutes,
    Number,
    ObjectiveId,
    Percent,
    Record,
    ScenarioId,
    SegmentKind,
    ServiceKind,
    SourceIds,
    Text,
    Texts,
    TopicId,
    TopicIds,
    Whole,
    YesNo,
)


class Source(Record):
    """A document that a fact or an order of topics comes from."""

    table: ClassVar[str] = "sources"
    key_columns: ClassVar[tuple[str, ...]] = ("source_id",)

    source_id: Identifier = Field(description="Id of the source.")
    title: Text = Field(description="Title.")
    authors: str = Field(default="", description="Authors, where it names any.")
    publisher: str = Field(default="", description="Publisher.")
    number: str = Field(default="", description="Publication number.")
    year: str = Field(default="", description="Year.")
    rights: Text = Field(description="What may be used of it.")
    url: str = Field(default="", description="Where it stands.")
    verified: YesNo = Field(default=False, description="no = cited from memory, to be checked.")


class Review(Record):
    """A state of review of one topic, handout or scenario in one language; the only place of a review."""

    table: ClassVar[str] = "reviews"
    key_columns: ClassVar[tuple[str, ...]] = ("kind", "id", "language", "version")

    kind: Literal["topic", "handout", "scenario"] = Field(description="What was reviewed.")
    id: Identifier = Field(description="Its id.")
    language: Language = Field(description="Language of the text.")
    version: Text = Field(description="Version of the text that was read.")
    state: Literal["draft", "reviewed"] = Field(description="draft until a person reviews it.")
    credential: str = Field(default="", description="Credential of the reviewer, never ours to invent.")
    reviewed_on: MaybeDay = Field(default=None, description="Date of the review.")
    sha256: str = Field(
        default="", description="sha256 of the text that was read; a changed text is a draft again."
    )


class Rule(Record):
    """A dated, sourced requirement; it judges only programs of the kind it applies to."""

    table: ClassVar[str] = "rules"
    key_columns: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Identifier = Field(description="Id of the rule.")
    pack: Text = Field(description="Pack a program takes it from.")
    title: Text = Field(description="The rule in a few words.")
    applies_to: Text = Field(description="Kind of program: IOP, PHP, OTP, DUI …")
    scope: Literal["program", "stay", "client"] = Field(description="What it judges.")
    measure: Literal["week_hours"] = Field(description="What is measured.")
    target: Literal["adult", "youth", ""] = Field(default="", description="Whom it is about.")
    operator: Literal[">=", "<="] = Field(description="How value and measure are compared.")
    value: Number = Field(description="The limit.")
    unit: Literal["hours"] = Field(description="Unit of the limit.")
    period: Literal["week"] = Field(description="Period it counts over.")
    minutes: Literal["seat", "clinical", ""] = Field(
        default="", description="Minutes it counts; empty = as the payer counts."
    )
    in_force_from: MaybeDay = Field(default=None, description="First day in force; empty = not known.")
    in_force_to: MaybeDay = Field(default=None, description="Last day in force; empty = open.")
    reason_codes: Identifiers = Field(
        default=(),
        description="Reasons that excuse a shortfall, where calendar, surprise or step-down shows one: "
        "holiday, closure, weather, emergency, taper.",
    )
    severity: Literal["must", "should"] = Field(description="must = a broken rule; should = a hint.")
    source: Text = Field(description="Where the number comes from.")
    url: str = Field(default="", description="Where it stands.")
    checked_on: Day = Field(description="Day the source was last looked at.")
    verified: YesNo = Field(default=False, description="no = to be checked before relying on it.")
    unchecked: Identifiers = Field(
        default=(), description="What else its source asks for and nothing here checks."
    )


class HelpLine(Record):
    """A number that people in danger can call."""

    table: ClassVar[str] = "help_lines"
    key_columns: ClassVar[tuple[str, ...]] = ("name", "language")

    name: Identifier = Field(description="Id of the line.")
    language: Language = Field(description="Language of the words.")
    call: Text = Field(description="When to call, and the number, as printed.")
    text: str = Field(default="", description="How to reach it by text message, as printed.")
    hours: Text = Field(description="When it answers.")
    source: Text = Field(description="Who says so.")
    checked_on: Day = Field(description="Day the number was last checked.")


class GlossaryTerm(Record):
    """A hard word and its plain meaning."""

    table: ClassVar[str] = "glossary"
    key_columns: ClassVar[tuple[str, ...]] = ("term", "language")

    term: Text = Field(description="The word.")
    language: Language = Field(description="Its language.")
    meaning: Text = Field(description="What it means, in plain words.")


class Title(Record):
    """The title of a topic, handout, group type or objective in another language than English."""

    table: ClassVar[str] = "titles"
    key_columns: ClassVar[tuple[str, ...]] = ("kind", "id", "language")

    kind: Literal["topic", "handout", "group_type", "objective"] = Field(
        description="What it is the title of."
    )
    id: Identifier = Field(description="Its id.")
    language: Language = Field(description="Language of the title.")
    title: Text = Field(description="Title as printed; the statement of an objective.")
    aim: str = Field(default="", description="Aim of a topic, or purpose of a group type, in that language.")


class Wording(Record):
    """Words to avoid, and what to say in their place."""

    table: ClassVar[str] = "wording"
    key_columns: ClassVar[tuple[str, ...]] = ("word_id",)

    word_id: Identifier = Field(description="Id of the rule.")
    language: Language = Field(description="Language it is for.")
    pattern: Text = Field(description="Regular expression of the words to avoid; case does not count.")
    level: Literal["error", "warning"] = Field(description="error = never ours; warning = sense decides.")
    say: Text = Field(description="What to say in their place.")
    source: Text = Field(description="Who advises so.")
    allow: str = Field(default="", description="Regular expression of places where the words stand rightly.")


class GroupType(Record):
    """A kind of group meeting."""

    table: ClassVar[str] = "group_types"
    key_columns: ClassVar[tuple[str, ...]] = ("group_type",)
    may_be_empty: ClassVar[bool] = False

    group_type: Identifier = Field(description="Short id, printed as the badge.")
    title: Text = Field(description="Name as printed.")
    purpose: Text = Field(description="What the group is for, in one sentence.")
    minutes: Minutes = Field(description="Usual length in minutes.")
    practice_share_min: Percent = Field(
        default=0, description="Least share of practice in a topic's time, in percent."
    )
    needs_topic: YesNo = Field(default=True, description="no = an open group, planned without a topic.")
    service_kind: ServiceKind = Field(description="What the payer calls it.")
    color: Color = Field(description="Text-safe colour on white, #RRGGBB.")


class Topic(Record):
    """What one group meeting teaches."""

    table: ClassVar[str] = "topics"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id",)
    may_be_empty: ClassVar[bool] = False

    topic_id: Identifier = Field(description="Id, such as RP-01; also the name of its guide.")
    collection: Text = Field(description="house, matrix, or a clinic's own word.")
    content: Literal["full", "outline", "external"] = Field(description="full = guide and handout are here.")
    group_type: GroupTypeId = Field(description="The group it belongs to.")
    title: Text = Field(description="Title as printed.")
    aim: Text = Field(description="What a client can do afterwards, a verb first.")
    delivery: Literal["group", "standing", "orientation", "individual"] = Field(
        default="group",
        description="standing = part of every meeting of its kind; orientation = one to one, day one; "
        "individual = one to one, at a time of its own.",
    )
    lengths: Lengths = Field(description="Lengths in minutes it is written for.")
    role: Literal["ordinary", "opening", "closing", "consolidation"] = Field(
        default="ordinary", description="Its part in a stay."
    )
    entry: Literal["open", "after"] = Field(
        default="open", description="after = counts only once `after` was met."
    )
    after: TopicIds = Field(default=(), description="Topics to be met before it.")
    series: Annotated[str, BeforeValidator(str)] = Field(default="", description="Name of a series of parts.")
    part: Whole = Field(default=0, description="Its number in the series; 0 = none.")
    stage: Literal["engagement", "early", "maintenance"] = Field(
        default="early", description="Stage of recovery it fits."
    )
    format: Literal["lecture", "discussion", "skills", "panel", "process"] = Field(
        description="Main way of working."
    )
    audience: Audience = Field(default="clients", description="Who sits in the group.")
    ages: Ages = Field(default="adult", description="Ages it is written for.")
    trigger_content: Literal["", "trauma", "grief", "shame", "sex", "violence", "cue"] = Field(
        default="", description="Content that can stir a person up; never a first or a last group."
    )
    calendar_tie: Literal["", "before_closure"] = Field(
        default="", description="When in the year it belongs."
    )
    zero_prep: YesNo = Field(default=False, description="yes = can be run with no preparation.")
    safety: YesNo = Field(default=False, description="yes = never final without a human review.")
    source_ids: SourceIds = Field(default=(), description="Sources of its facts.")
    rights: Text = Field(description="Licence of the text.")
    verified: YesNo = Field(default=False, description="yes = its facts were checked against the sources.")
    version: Text = Field(description="Version of its text.")

    @property
    def is_in_a_manual(self) -> bool:
        """Say whether its text stands in somebody's published manual, not here; ours may be unwritten yet."""
        return self.content == "outline" and self.collection != "house"


class Objective(Record):
    """What a client or a relative is taught to do."""

    table: ClassVar[str] = "objectives"
    key_columns: ClassVar[tuple[str, ...]] = ("objective_id",)
    may_be_empty: ClassVar[bool] = False

    objective_id: Identifier = Field(description="Id of the objective.")
    statement: Text = Field(description="What the person is taught to do, a verb first.")
    audience: Audience = Field(default="clients", description="Who is taught.")
    domain: Text = Field(description="Field it belongs to.")
    level: Literal["short", "full", "elective"] = Field(
        description="short = core of a 30-day stay; full = core of 6 weeks or more."
    )
    within_weeks: Whole = Field(
        default=0, description="Essential: to be met within this many weeks; 0 = by discharge."
    )


class TopicObjective(Record):
    """A topic teaches an objective."""

    table: ClassVar[str] = "topic_objectives"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id", "objective_id")

    topic_id: TopicId = Field(description="The topic.")
    objective_id: ObjectiveId = Field(description="An objective it meets.")


class TopicTag(Record):
    """A topic carries a tag of some scheme."""

    table: ClassVar[str] = "topic_tags"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id", "scheme", "tag")

    topic_id: TopicId = Field(description="The topic.")
    scheme: Literal["risk", "bank", "mandate", "theme", "population"] = Field(description="Kind of tag.")
    tag: Text = Field(description="The tag.")


class Segment(Record):
    """A timed part of a topic."""

    table: ClassVar[str] = "segments"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id", "length", "order")
    may_be_empty: ClassVar[bool] = False

    topic_id: TopicId = Field(description="The topic.")
    length: Minutes = Field(description="Length of the group this row is for, in minutes.")
    order: Whole = Field(description="Its place in the group, from 1.")
    kind: SegmentKind = Field(description="Kind of segment.")
    minutes: Minutes = Field(description="Minutes it takes.")
    title: Text = Field(description="Title; the guide's heading bears the same.")
    activity: Text = Field(description="What happens, in one line.")
    must_do: YesNo = Field(default=False, description="yes = kept when time is short.")


class Handout(Record):
    """A sheet that a client or relative gets."""

    table: ClassVar[str] = "handouts"
    key_columns: ClassVar[tuple[str, ...]] = ("handout_id",)

    handout_id: Identifier = Field(description="Id, such as RP-01a; also the name of its file.")
    title: Text = Field(description="Title as printed.")
    kind: HandoutKind = Field(description="Kind of sheet.")
    audience: Audience = Field(default="clients", description="Who gets it.")
    ages: Ages = Field(default="adult", description="Ages it is written for.")
    take_home: YesNo = Field(default=True, description="no = stays on site.")
    safety: YesNo = Field(default=False, description="yes = never final without a human review.")
    source_ids: SourceIds = Field(default=(), description="Sources of its facts.")
    rights: Text = Field(description="Licence of the text.")
    version: Text = Field(description="Version of its text.")


class TopicHandout(Record):
    """A topic uses a handout."""

    table: ClassVar[str] = "topic_handouts"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id", "handout_id")

    topic_id: TopicId = Field(description="The topic.")
    handout_id: HandoutId = Field(description="A handout used in it.")
    copies: Whole = Field(default=1, description="Copies for each person.")


class Scenario(Record):
    """An offer to practice an answer to, on a card, in one language."""

    table: ClassVar[str] = "scenarios"
    key_columns: ClassVar[tuple[str, ...]] = ("scenario_id", "language")

    scenario_id: Identifier = Field(description="Id of the scenario, the same in each language.")
    language: Language = Field(description="Language of the words; another one needs its English row.")
    form: Literal["act", "phone", "read"] = Field(
        description="act = played in pairs; phone = lines read as in a call or a message; read = never acted."
    )
    about: Literal["alcohol", "cannabis", "pills", "any", "medicine", "help"] = Field(
        description="What is offered; medicine = pressure to stop a treatment; help = a call for help. "
        "Printed for the leader alone."
    )
    offerer: Text = Field(description="Who speaks, as a part in life: a co-worker. Never a name.")
    pressure: Text = Field(description="How the person asks, in one sentence.")
    setting: Text = Field(description="Where and when, in a few words: At the bus stop.")
    difficulty: Level = Field(
        description="1 = asks once; 2 = asks twice; 3 = asks twice and pulls on a feeling, or others watch."
    )
    skill_steps: Texts = Field(description="Steps to try, in order.")
    they_say: Texts = Field(description="What the person says: a first try and at most a second.")
    safer_exit: Text = Field(description="A safe way out of the scene.")
    swap: Text = Field(description="Who may play whom, and who may swap.")
    debrief: Text = Field(description="What to ask afterward.")
    opt_out: Text = Field(description="A way to take part without playing, or to pass.")
    unsafe: Text = Field(description="When the card must not be used, and what the leader does then.")
    version: Text = Field(description="Version of the text; a translation bears that of its English row.")

    @property
    def digest(self) -> str:
        """The sha256 of what the row says, for a review to name."""
        said = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8")).hexdigest()


class TopicScenario(Record):
    """A topic uses a scenario."""

    table: ClassVar[str] = "topic_scenarios"
    key_columns: ClassVar[tuple[str, ...]] = ("topic_id", "scenario_id")

    topic_id: TopicId = Field(description="The topic.")
    scenario_id: ScenarioId = Field(description="A scenario practiced in it.")
    order: Whole = Field(description="Its place among the topic's cards, from 1.")
