"""The verbs of the program as its command line knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer.main

from iop_sessions.doors import cli

_GROUP: Any = typer.main.get_command(cli.app)


def _named(name: str, command: object) -> dict[str, Any]:
    """Return a command by its words; a group of commands, such as `template`, is its commands."""
    inside = getattr(command, "commands", None)
    return {f"{name} {each}": inside[each] for each in inside} if inside else {name: command}


COMMANDS: dict[str, Any] = {
    name: command
    for word, each in _GROUP.commands.items()
    if not each.hidden
    for name, command in _named(word, each).items()
}


def reads(words: Sequence[str]) -> bool:
    """Say whether the command line understands a verb and its words; nothing is run."""
    length = 1 if words[0] in COMMANDS else 2
    verb, rest = " ".join(words[:length]), list(words[length:])
    return verb in COMMANDS and COMMANDS[verb].make_context(verb, rest).args == []
