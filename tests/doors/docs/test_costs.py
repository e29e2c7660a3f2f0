"""The page on what a plan costs names each weight with its default, and no other."""

from __future__ import annotations

import re

from iop_sessions.program.settings import Weights
from tests.lib.workspaces import ROOT


def test_the_page_on_costs_names_every_weight_with_its_default() -> None:
    text = (ROOT / "docs" / "what-a-plan-costs.md").read_text(encoding="utf-8")
    named = {name: int(number) for name, number in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)}
    assert named == {name: field.default for name, field in Weights.model_fields.items()}
