from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from make_dictionary import dictionary

from iop_sessions.curriculum.loading import TABLES
from iop_sessions.ground.fields import columns_of
from iop_sessions.plans.plan import Session

ROOT = Path(__file__).parents[2]
README = ROOT / "curriculum" / "README.md"


def test_the_dictionary_of_the_curriculum_says_what_the_records_say() -> None:
    assert README.read_text(encoding="utf-8") == dictionary(), (
        "make it anew: .venv/bin/python tools/make_dictionary.py > curriculum/README.md"
    )


def test_the_module_prints_the_same_bytes_on_every_console() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_dictionary.py"], capture_output=True, check=True
    )
    assert done.stdout == dictionary().encode()


def test_every_column_has_its_line_with_a_meaning() -> None:
    text = dictionary()
    for table in (*TABLES, Session):
        for column in columns_of(table):
            assert table.model_fields[column].description, f"{table.table}.{column}"
            assert f"| `{column}` | " in text


def test_a_line_tells_what_a_cell_holds() -> None:
    lines = dictionary().splitlines()
    for line in (
        "| `topic_id` | id | Id, such as RP-01; also the name of its guide. |",
        "| `group_type` | id of `group_types.csv` | The group it belongs to. |",
        "| `after` | ids of `topics.csv` (may be empty) | Topics to be met before it. |",
        "| `lengths` | minutes, several | Lengths in minutes it is written for. |",
        "| `content` | one of: full, outline, external | full = guide and handout are here. |",
        "| `must_do` | yes or no (may be empty) | yes = kept when time is short. |",
        "| `value` | number | The limit. |",
        "| `reviewed_on` | date, or empty (may be empty) | Date of the review. |",
        "| `start` | time | Start. |",
        "| `color` | #RRGGBB | Text-safe colour on white, #RRGGBB. |",
    ):
        assert line in lines


def test_the_tables_that_ship_have_every_column() -> None:
    for table in TABLES:
        path = ROOT / "curriculum" / f"{table.table}.csv"
        head = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",") if path.exists() else None
        assert head in (None, columns_of(table)), f"{table.table}.csv"
