"""Make cards to act out an offer: who offers, where, what they say, and a safer exit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from iop_sessions.blocks import Box, Heading, Page, Paragraph
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import client_page
from iop_sessions.programs import Program
from iop_sessions.records import Handout

PAPER: Final = Handout(
    handout_id="role-play-cards", title="Offers to act out", kind="card", rights="CC BY 4.0", version="1"
)
GROUP_TYPE: Final = "RT"


@dataclass(frozen=True)
class RolePlay:
    """One offer to act out; short lines, for eight cards share a sheet."""

    offerer: str
    pressure: str
    setting: str
    they_say: str
    safer_exit: str
    opt_out: str


def role_play_cards(
    curriculum: Curriculum, program: Program, scenarios: Sequence[RolePlay], *, large_print: bool = False
) -> Page:
    """Make a card for each scenario, two by four on a sheet.

    Raises
    ------
    UsageError
        When there is no scenario.
    """
    if not scenarios:
        raise UsageError("no offer to act out — name some scenarios")
    page = client_page(
        curriculum,
        program,
        PAPER,
        [Heading(2, "Cards to cut out"), *map(_card, scenarios)],
        purpose="Use a card to try out your own no. You can pass at any time.",
        large_print=large_print,
    )
    return replace(page, group_type=GROUP_TYPE, color=common.color_of(curriculum, GROUP_TYPE))


def _card(scenario: RolePlay) -> Box:
    lines = (
        common.lead("They say:", f'"{scenario.they_say}"'),
        common.lead("How:", scenario.pressure),
        common.lead("Way out:", scenario.safer_exit),
        common.lead("To pass:", scenario.opt_out),
    )
    return Box("card", f"{scenario.offerer}, {scenario.setting}", tuple(Paragraph(each) for each in lines))
