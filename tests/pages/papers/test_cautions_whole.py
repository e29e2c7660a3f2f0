"""No machine shortens what keeps people safe: each word of the files is on the papers that show it; short."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Block, Cell, Heading, ItemList, Page, Paragraph, Table, plain, walk
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.packet import leader_packet
from iop_sessions.pages.papers.cards import role_play_cards
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib.workspaces import ROOT

SAFE = ("Before group", "Cautions")


def written(topic_id: str, title: str) -> list[str]:
    """List the words below a heading of the file, read line by line, as no room of ours reads it."""
    text = (ROOT / "curriculum" / "guides" / "en" / f"{topic_id}.md").read_text(encoding="utf-8")
    below = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0].replace("**", "")
    return re.sub(r"(?m)^(?:- |\d+\. )", "", below).split()


def words(blocks: Iterable[Block]) -> str:
    """Return every word of a page in order, one blank between two."""
    texts: list[str] = []
    for block in walk(blocks):
        if isinstance(block, Heading):
            texts.append(block.text)
        elif isinstance(block, Paragraph):
            texts.append(plain(block.text))
        elif isinstance(block, ItemList):
            texts += map(plain, block.items)
        elif isinstance(block, Table):
            texts += [each.text for row in block.rows for each in row if isinstance(each, Cell)]
    return f" {' '.join(' '.join(texts).split())} "


def test_every_word_of_each_caution_and_precondition_is_in_brief_guide_and_packet(
    real: Curriculum, evening: Program, turns: Plan
) -> None:
    lost, counted = {}, 0
    for topic in (each for each in real.topics if f"en/{each.topic_id}" in real.guides):
        changed = {"topic_id": topic.topic_id, "group_type": topic.group_type}
        session = turns.sessions[0].model_copy(update=changed)
        brief = partial(substitute_brief, real, evening, session)
        pages: dict[str, Page] = {
            "brief": brief(),
            "brief in Spanish": brief(language="es"),
            "guide": guide_page(real, evening, topic.topic_id, topic.lengths[-1]),
            "packet": leader_packet(real, evening, [session]),
        }
        for title in SAFE:
            expected = written(topic.topic_id, title)
            counted += len(expected)
            assert len(expected) > 20, (topic.topic_id, title)
            lost |= {
                (topic.topic_id, title, name): expected
                for name, page in pages.items()
                if f" {' '.join(expected)} " not in words(page.blocks)
            }
    assert lost == {}
    assert counted > 6000


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_that_says_when_to_leave_a_card_out_is_on_the_leader_s_page(
    real: Curriculum, language: str
) -> None:
    topics = sorted({each.topic_id for each in real.topic_scenarios})
    assert topics
    for topic_id in topics:
        page = words(role_play_cards(real, None, topic_id, language=language).blocks)
        for scenario in real.scenarios_of(topic_id, language):
            assert " ".join(scenario.unsafe.split()) in page
            assert " ".join(scenario.swap.split()) in page
