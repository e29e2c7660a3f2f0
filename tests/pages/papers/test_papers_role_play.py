from __future__ import annotations

from collections.abc import Callable

import pytest
from lib import small

from iop_sessions.blocks import Page
from iop_sessions.errors import UsageError
from iop_sessions.pages.papers import RolePlay, role_play_cards

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |")
CURRICULUM = small.curriculum(
    group_types="| group_type | color |\n| RT | #6A1B57 |",
    help_lines="| name | call |\n| crisis | Crisis: call or text 988. |",
)
COUSIN = RolePlay(
    "A cousin", "Calls you no fun", "at a cookout", "One beer won't hurt you.", "Say bye and go", "Just watch"
)
FRIEND = RolePlay(
    "An old friend", "Says it is free", "by text", "I have some left.", "Put the phone off", "Write it down"
)


def test_each_offer_gets_a_card_with_four_lines(shown: Shown) -> None:
    page = role_play_cards(CURRICULUM, PROGRAM, [COUSIN, FRIEND])
    assert shown(page) == [
        "# Offers to act out",
        "purpose: Use a card to try out your own no. You can pass at any time.",
        "## Cards to cut out",
        "box card: A cousin, at a cookout",
        'They say: "One beer won\'t hurt you."',
        "How: Calls you no fun",
        "Way out: Say bye and go",
        "To pass: Just watch",
        "box card: An old friend, by text",
        'They say: "I have some left."',
        "How: Says it is free",
        "Way out: Put the phone off",
        "To pass: Write it down",
        "footer: role-play-cards · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]
    assert (page.group_type, page.color) == ("RT", "#6A1B57")


def test_no_offers_are_refused() -> None:
    with pytest.raises(UsageError, match=r"^no offer to act out — name some scenarios$"):
        role_play_cards(CURRICULUM, PROGRAM, [])
