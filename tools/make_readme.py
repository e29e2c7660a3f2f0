"""Write the README's tables of verbs and kinds from what is registered: ``python tools/make_readme.py``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer.main

from iop_sessions.doors import cli
from iop_sessions.pages.kinds import KINDS

README = Path(__file__).parents[1] / "README.md"
FOR_SCRIPTS = {"--json", "--help"}


def filled(text: str) -> str:
    """Return a text with its tables written anew, each between a mark of its name and one of its end."""
    for name, table in (("verbs", _verbs()), ("kinds", _kinds())):
        marked = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end of {name} -->)", re.DOTALL)
        text = marked.sub(lambda _, table=table: f"\n{table}\n\n", text)
    return text


def _verbs() -> str:
    rows = ["| verb | what it does | example |", "|---|---|---|"]
    for name, verb in _named(typer.main.get_command(cli.app)):
        words = " ".join([name, *(_argument(each) for each in verb.params if _is_argument(each))])
        options = (each.opts[0] for each in verb.params if not _is_argument(each))
        listed = ", ".join(f"`{each}`" for each in options if each not in FOR_SCRIPTS)
        does = f"{verb.help[0].lower()}{verb.help[1:].rstrip('.')}"
        example = verb.epilog.removeprefix("Example: iop-sessions ")
        rows.append(f"| `{words}` | {does}{f'; {listed}' if listed else ''} | `{example}` |")
    return "\n".join(rows)


def _named(command: Any, before: str = "") -> list[tuple[str, Any]]:  # noqa: ANN401  # typer hides its classes
    """List the verbs, those of a group of verbs by both words."""
    inside = getattr(command, "commands", None)
    if inside is None:
        return [] if command.hidden else [(before, command)]
    return [each for name, verb in inside.items() for each in _named(verb, f"{before} {name}".strip())]


def _is_argument(parameter: Any) -> bool:  # noqa: ANN401  # typer hides its classes
    return bool(parameter.param_type_name == "argument")


def _argument(parameter: Any) -> str:  # noqa: ANN401  # typer hides its classes
    return str(parameter.metavar) if parameter.required else f"[{parameter.metavar}]"


def _kinds() -> str:
    rows = ["| kind | what it holds | for | in Spanish | in large print |", "|---|---|---|---|---|"]
    for name, kind in KINDS.items():
        ticks = ("yes" if each else "no" for each in (kind.spanish, kind.large_print))
        rows.append(f"| {name} | {kind.about} | {kind.audience} | {' | '.join(ticks)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"Wrote the tables of {README.name}.")
