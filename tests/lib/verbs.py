"""The verbs of the program as its command line knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer.main

from iop_sessions import cli

_GROUP: Any = typer.main.get_command(cli.app)
COMMANDS: dict[str, Any] = {name: each for name, each in _GROUP.commands.items() if not each.hidden}


def reads(words: Sequence[str]) -> bool:
    """Say whether the command line understands a verb and its words; nothing is run."""
    verb, *rest = words
    return verb in COMMANDS and COMMANDS[verb].make_context(verb, list(rest)).args == []
