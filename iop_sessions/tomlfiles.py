"""Read a TOML file that a person edits; what cannot be read comes back as a problem with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from iop_sessions.errors import Place, Problem

LARGEST_FILE = 1_000_000
"""Bytes; a year of a big program is some 20 kilobytes."""


def read_toml(path: Path, file: str, put_back: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read the settings of a file.

    Parameters
    ----------
    path
        The file.
    file
        The file as the user knows it; stands in every problem.
    put_back
        What to do where the file is missing.
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
    return _values(text, file)


def _values(text: str, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return None, [Problem(Place(file), "brackets inside brackets without end", "mend the brackets")]
    except ValueError as fault:  # tomllib's own error, and numbers too long for Python
        return None, [_fault_at_line(file, str(fault), text.count("\n") + 1)]


def _fault_at_line(file: str, fault: str, last: int) -> Problem:
    spot = re.search(r"\(at line (\d+), column \d+\)", fault)
    line = int(spot.group(1)) if spot else last if "end of document" in fault else 0
    message = re.sub(r"\s*\(at .*\)", "", fault)
    return Problem(
        Place(file, line), f"not readable as TOML: {message[:1].lower()}{message[1:]}", "mend the line"
    )
