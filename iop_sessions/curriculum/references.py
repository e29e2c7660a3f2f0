"""The records of the tables that stand beside the teaching: sources, reviews, rules, help lines, words."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from iop_sessions.ground.fields import (
    Day,
    Identifier,
    Identifiers,
    Language,
    MaybeDay,
    Number,
    Record,
    Text,
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
    reason_codes: Identifiers = Field(default=(), description="Reasons that excuse a shortfall.")
    severity: Literal["must", "should"] = Field(description="must = a broken rule; should = a hint.")
    source: Text = Field(description="Where the number comes from.")
    url: str = Field(default="", description="Where it stands.")
    checked_on: Day = Field(description="Day the source was last looked at.")
    verified: YesNo = Field(default=False, description="no = to be checked before relying on it.")


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
