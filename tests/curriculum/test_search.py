from __future__ import annotations

import pytest

from iop_sessions.curriculum.passages import Document, Unit
from iop_sessions.curriculum.search import find
from iop_sessions.ground.errors import Place
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="""
    | topic_id | title                    | aim                       |
    | RP-01    | How a craving gets going | Draw your own chain       |
    | RP-02    | Anger without use        | Name a sign of anger      |
    | FG-01    | Families and cravings    | Help without being pulled |
    """,
    topic_objectives="| topic_id | objective_id |\n| RP-01 | ride |",
    objectives="| objective_id | statement |\n| ride | Wait until a wave is over |",
    topic_tags="| topic_id | scheme | tag |\n| RP-02 | theme | temper |",
    handouts="| handout_id | title |\n| RP-01a | My chain |",
    guides={"en/RP-02": Document("g", units=(Unit("Count to ten, then breathe.", Place("g", 9)),))},
    sheets={"en/RP-01a": Document("h", units=(Unit("Write what set off the craving.", Place("h", 9)),))},
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cravings", ["RP-01 in its title", "FG-01 in its title", "RP-01a in its text"]),
        ("family", ["FG-01 in its title"]),
        ("ANGER sign", ["RP-02 in its aim"]),
        ("wave", ["RP-01 in its objective"]),
        ("temper", ["RP-02 in its tag"]),
        ("breathing", ["RP-02 in its guide"]),
        ("rp-01", ["RP-01 in its title", "RP-01a in its title"]),
        ("worksheet", ["RP-01a in its kind"]),
        ("craving anger", []),
        ("", []),
        ("!?", []),
    ],
)
def test_topics_and_handouts_are_found_by_every_word_titles_first(words: str, found: list[str]) -> None:
    assert [f"{hit.item_id} {hit.why}" for hit in find(CURRICULUM, words)] == found
