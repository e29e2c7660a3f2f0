"""Read a TOML file that a person edits; what cannot be read comes back as a problem with its line."""

from __future__ import annotations

import re
import tomllib
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
    if re.search("[\u201c\u201d\u2018\u2019\u00ab\u00bb]", value):
        return f'use straight quotes: "{value.strip(CURLY_QUOTES)}"'
    if re.fullmatch(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", value):
        days = day_readings(value)
        return f"write the date as {days[0] if len(days) == 1 else 'year-month-day: 2027-01-04'}"
    if re.fullmatch(r"[^\W\d_][\w -]*", value):
        return f'put the words between straight quotes: "{value}"'
    return "mend the line"
