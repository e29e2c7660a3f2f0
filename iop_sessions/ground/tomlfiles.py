"""Read a TOML file that a person edits; what cannot be read comes back as a problem with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from iop_sessions.ground.blocks import without_unseen
from iop_sessions.ground.cells import day_readings
from iop_sessions.ground.errors import Place, Problem

LARGEST_FILE = 1_000_000
"""Bytes; a year of a big program is some 20 kilobytes."""
CURLY_QUOTES = "\u201c\u201d\u2018\u2019\u00ab\u00bb "
"""What word processors make of straight quotes."""


def read_toml(path: Path, file: str, put_back: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read the settings of a file; ``put_back`` is what to do where there is none.

    Problems name the ``file`` as the user knows it.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            return None, [Problem(Place(file), "the file is larger than 1 MB", "is it the right file?")]
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, [Problem(Place(file), "there is no such file", put_back)]
    except OSError:
        return None, [Problem(Place(file), "the file cannot be opened", "is it open in another program?")]
    except UnicodeDecodeError:
        return None, [Problem(Place(file), "is not UTF-8 text", "save it as UTF-8 and try again")]
    values, problems = _values(text, file)
    kept, lines = without_unseen(text)
    if values is None or not lines:  # TOML itself refuses control characters
        return values, problems
    words, remedy = "letters that cannot be seen were removed", "look the line over"
    unseen = [Problem(Place(file, line), words, remedy, "warning") for line in lines]
    values, problems = _values(kept, file)
    return values, [*unseen, *problems]


def _values(text: str, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return None, [Problem(Place(file), "brackets inside brackets without end", "mend the brackets")]
    except ValueError as fault:  # tomllib's own error, and numbers too long for Python
        return None, [_fault_at_line(file, str(fault), text.splitlines() or [""])]


def _fault_at_line(file: str, fault: str, lines: list[str]) -> Problem:
    spot = re.search(r"\(at line (\d+), column \d+\)", fault)
    number = int(spot.group(1)) if spot else len(lines) if "end of document" in fault else 0
    reason = re.sub(r"\s*\(at .*\)", "", fault)
    message = f"not readable as TOML: {reason[:1].lower()}{reason[1:]}"
    written = lines[number - 1] if 0 < number <= len(lines) else ""
    return Problem(Place(file, number), message, _remedy(written))


def _remedy(written: str) -> str:
    """Say how to mend the slips people make most: curly quotes, dates, words without quotes."""
    value = written.partition("=")[2].partition("#")[0].strip()
    if table := re.match(r"\s*\[\[?\s*([\w.]+)\s*\]?\]?\s*$", written):
        return f"close every bracket: [[{table[1]}]] for one of several, [{table[1]}] for a single one"
    if re.search("[\u201c\u201d\u2018\u2019\u00ab\u00bb]", value):
        return f'use straight quotes: "{value.strip(CURLY_QUOTES)}"'
    if re.fullmatch(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", value):
        days = day_readings(value)
        return f"write the date as {days[0] if len(days) == 1 else 'year-month-day: 2027-01-04'}"
    if re.fullmatch(r"[^\W\d_][\w -]*", value):
        return f'put the words between straight quotes: "{value}"'
    return "mend the line"


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=\s*(.*)")


def located(problems: Iterable[Problem], path: Path) -> list[Problem]:
    """Give each problem of a TOML file its line, and call what stands in a list by its own id.

    ``slots[2].lead`` becomes line 84, ``slots[mon-2].lead``. A key that is not there stands at its table.
    """
    try:
        lines, names = _places(path.read_bytes().decode("utf-8-sig", errors="replace"))
    except OSError:
        return list(problems)
    return [_located(each, lines, names) if each.place.line == 0 else each for each in problems]


def _located(problem: Problem, lines: dict[str, int], names: dict[str, str]) -> Problem:
    key = problem.place.column
    while key and key not in lines:
        key = re.sub(r"(\[\d+\]|(^|\.)[^.\[\]]*)$", "", key)
    item = re.match(r"[^\[]+\[\d+\]", problem.place.column)
    name = names.get(item[0], "") if item else ""
    column = problem.place.column
    if item and name:
        column = re.sub(r"\[\d+\]$", f"[{name}]", item[0]) + column[item.end() :]
    return replace(problem, place=replace(problem.place, line=lines.get(key, 0), column=column))


def _places(text: str) -> tuple[dict[str, int], dict[str, str]]:
    """Find the line of each key and table, and the id or code of each table in a list."""
    lines: dict[str, int] = {}
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _table(header[2].replace('"', ""), counts, is_item=header[1] == "[[")
            lines.setdefault(re.sub(r"\[\d+\]$", "", table), number)
            lines.setdefault(table, number)
        elif found := _KEY.match(line):
            key = re.sub("[\"']", "", found[1])
            lines.setdefault(f"{table}.{key}".lstrip("."), number)
            if key in ("id", "code") and table.endswith("]"):
                names[table] = found[2].partition("#")[0].strip().strip("\"'")
    return lines, names


def _table(name: str, counts: Counter[str], *, is_item: bool) -> str:
    """Write the name of a table as problems do: one in a list with its number, one inside it after that."""
    outer, dot, inner = name.rpartition(".")
    above = f"{outer}[{counts[outer]}]" if counts[outer] else outer
    whole = f"{above}{dot}{inner}"
    counts[whole] += is_item
    return f"{whole}[{counts[whole]}]" if is_item else whole
