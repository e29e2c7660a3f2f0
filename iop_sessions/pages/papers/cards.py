"""Make the role-play cards of a topic: what the leader minds, then offers to cut apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Review, Scenario
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.shelf import Kind, Shelf, slug
from iop_sessions.program.program import Program

_RULES: Final = ("choice", "pairs", "never", "mild", "craving", "after")
_WIDTHS: Final = (1.8, 5.2)


def role_play_cards(
    curriculum: Curriculum,
    program: Program | None,
    topic_id: str,
    *,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Make the leader's page of a topic's cards, and behind it the cards, two by three on a sheet.

    Parameters
    ----------
    program
        Whose paper, after-hours line and name to use; None prints on Letter without them.

    Raises
    ------
    NotFound
        When there is no such topic.
    UsageError
        When the topic has no scenario in this language.
    """
    topic = common.topic_of(curriculum, topic_id)
    scenarios = curriculum.scenarios_of(topic_id, language)
    if not scenarios:
        raise UsageError(f"{topic_id} has no scenario in '{language}' — add rows to topic_scenarios.csv")
    words = curriculum.speech(language)
    title = words("cards.title", topic=curriculum.topic_title(topic_id, language))
    review = _review_of(curriculum, scenarios)
    versions = ", ".join(sorted({each.version for each in scenarios}))
    code = common.code_line(curriculum, topic_id, versions, review, language)
    return Page(
        "handout",
        title,
        (
            Heading(1, title, topic.group_type),
            Paragraph(line(common.review_sentence(curriculum, review, language)), "note"),
            *_leader(words, topic_id, scenarios),
            PageBreak(),
            Heading(2, words("cards.cut")),
            *(_card(words, topic_id, number, each) for number, each in enumerate(scenarios, 1)),
        ),
        common.client_footer(curriculum, program, code, language),
        common.LOCALES[language],
        common.paper_of(program),
        group_type=topic.group_type,
        color=common.color_of(curriculum, topic.group_type),
        large_print=large_print,
        template="cards",
    )


def _review_of(curriculum: Curriculum, scenarios: Sequence[Scenario]) -> Review | None:
    """Return the oldest review of the scenarios; None where one of them, in its text of today, is a draft."""
    reviews = [common.review_of(curriculum, "scenario", each, each.language) for each in scenarios]
    found = [each for each in reviews if each is not None and each.reviewed_on is not None]
    return min(found, key=lambda each: str(each.reviewed_on)) if len(found) == len(scenarios) else None


def _leader(words: Speech, topic_id: str, scenarios: Sequence[Scenario]) -> tuple[Block, ...]:
    header = (cell(words("cards.card")), cell(words("cards.mind")))
    rows = tuple(_row(words, topic_id, number, each) for number, each in enumerate(scenarios, 1))
    return (
        Paragraph(line(words("cards.purpose")), "purpose"),
        Heading(2, words("cards.rules")),
        ItemList("bullets", tuple(line(words(f"cards.{rule}")) for rule in _RULES)),
        Heading(2, words("cards.list")),
        Table(words("cards.list"), header, rows, "run_sheet", _WIDTHS),
    )


def _row(words: Speech, topic_id: str, number: int, scenario: Scenario) -> tuple[Cell, ...]:
    about = words(f"cards.about-{scenario.about}")
    level = words("cards.level", level=scenario.difficulty, about=about)
    named = Cell(
        (
            line(words("cards.name", topic=topic_id, number=number, offerer=scenario.offerer), bold=True),
            line(f"({level})"),
        ),
        header=True,
    )
    minded = (
        common.lead(words("cards.swap"), scenario.swap),
        common.lead(words("cards.debrief"), scenario.debrief),
        common.lead(words("cards.unsafe"), scenario.unsafe),
    )
    return (named, Cell(minded))


def _card(words: Speech, topic_id: str, number: int, scenario: Scenario) -> Box:
    said = f" {words('cards.again')} ".join(_quoted(each, words.language) for each in scenario.they_say)
    level = words(f"cards.form-{scenario.form}", level=scenario.difficulty)
    lines = (
        common.lead(level, f"{scenario.setting} {scenario.pressure}"),
        common.lead(words("cards.say"), said),
        common.lead(words("cards.try"), f"{'. '.join(scenario.skill_steps)}."),
        common.lead(words("cards.exit"), scenario.safer_exit),
        common.lead(words("cards.pass"), scenario.opt_out),
    )
    name = words("cards.name", topic=topic_id, number=number, offerer=scenario.offerer)
    return Box("card", name, tuple(Paragraph(each) for each in lines))


def _quoted(text: str, language: str) -> str:
    """Put a line in quotation marks; Spanish sets its full stop behind them."""
    if language == "es" and text.endswith("."):
        return f'"{text.removesuffix(".")}".'
    return f'"{text}"'


def cards(shelf: Shelf) -> dict[str, Page]:
    """Make the role-play cards of every topic the plan uses that has scenarios in the language asked for."""
    curriculum, folder = shelf.case.curriculum, shelf.folder("cards")
    titles = {
        topic_id: curriculum.topic_title(topic_id, shelf.language)
        for topic_id in shelf.topics
        if curriculum.scenarios_of(topic_id, shelf.language)
    }
    return {
        f"{folder}/{topic_id}-{slug(title)}-cards.docx": role_play_cards(
            curriculum, shelf.case.program, topic_id, **shelf.edition
        )
        for topic_id, title in titles.items()
    }


CARDS: Final = Kind(
    "cards", "role-play cards of each topic that has some", "clients", cards, "cards", large_print=True
)
