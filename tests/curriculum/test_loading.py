from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.curriculum.library import folder_digest
from iop_sessions.curriculum.loading import load
from tests.lib.faults import planted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return planted(tmp_path, [])


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load(folder)[1]]


def test_two_readings_of_a_folder_are_equal(folder: Path) -> None:
    assert load(folder) == load(folder)


def test_documents_are_read_by_language_and_id(folder: Path) -> None:
    (folder / "handouts" / "es").mkdir()
    text = (folder / "handouts/en/RP-01a.md").read_text(encoding="utf-8")
    (folder / "handouts/es/RP-01a.md").write_text(text, encoding="utf-8")
    curriculum, _ = load(folder)
    assert {"en/RP-01a", "es/RP-01a"} <= set(curriculum.sheets)
    assert "en/RP-01" in curriculum.guides
    assert load(folder, documents=False)[0].guides == {}


def test_a_folder_that_does_not_exist_is_told_once(tmp_path: Path) -> None:
    assert told(tmp_path / "none") == ["none: there is no such folder — name a curriculum folder"]


def test_a_table_that_is_missing_is_told_and_nothing_hangs_on_it(folder: Path) -> None:
    (folder / "objectives.csv").unlink()
    assert told(folder) == [
        "objectives.csv: there is no such file — put it back, or copy it from a new workspace"
    ]


def test_tables_that_nobody_reads_are_named_and_those_of_patients_refused(folder: Path) -> None:
    for name in (
        "topic.csv",
        "topics.xlsx",
        "~$topics.xlsx",
        ".~lock.topics.csv#",
        "notes.txt",
        "Enrollments.CSV",
    ):
        (folder / name).touch()
    assert told(folder) == [
        (
            "Enrollments.CSV: records of patients have no place in a curriculum"
            " — move it out of the curriculum folder"
        ),
        "topic.csv: warning: no table of this name: it is not read — did you mean 'topics.csv'?",
        "topics.xlsx: warning: no table of this name: it is not read — did you mean 'topics.csv'?",
    ]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        *(
            (name, "code,week\n", f"{name}: records of patients have no place in a curriculum")
            for name in ("programs/attendance.csv", "intake list.csv", "guides/en/Roster 2027.xlsx")
        ),
        (
            "programs/spring.csv",
            "Spring\n\nfirst_name;dob;phone\nJ;1990;555\n",
            "programs/spring.csv:3: first_name: a column about a person, 'first_name', has no place here",
        ),
        (
            "list.csv",
            "Teléfono\n",
            "list.csv:1: Teléfono: a column about a person, 'Teléfono', has no place here",
        ),
        ("list.csv", "name,week\n", "list.csv:1: name: a column about a person, 'name', has no place here"),
    ],
)
def test_people_in_a_table_that_nobody_reads_are_refused_at_any_depth(
    folder: Path, name: str, text: str, line: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert told(folder) == [f"{line} — move it out of the curriculum folder"]


def test_a_copy_of_a_table_of_ours_holds_no_people(folder: Path) -> None:
    (folder / "programs/lines.csv").write_bytes((folder / "help_lines.csv").read_bytes())
    (folder / "programs/.hidden.csv").write_text("dob\n", encoding="utf-8")
    assert told(folder) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (None, ["curriculum.toml: there is no such file — it holds id, version and in_force_from"]),
        ('id = "a', ["curriculum.toml:1: not readable as TOML: unterminated string — mend the line"]),
        (
            "id = 1\nversion = 1.0\nin_force_from = 2027-01-04T10:00:00\nauthor = 'x'",
            [
                "curriculum.toml: author: no setting 'author' — remove it",
                'curriculum.toml: id: is missing or of the wrong kind — write it in quotes: "1.0"',
                'curriculum.toml: version: is missing or of the wrong kind — write it in quotes: "1.0"',
                "curriculum.toml: in_force_from: is missing or of the wrong kind — write a date: 2027-01-04",
            ],
        ),
    ],
)
def test_which_curriculum_it_is_must_be_said(folder: Path, text: str | None, lines: list[str]) -> None:
    path = folder / "curriculum.toml"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    assert told(folder) == lines


def test_a_guide_that_is_no_text_is_told_and_what_a_mac_leaves_beside_it_is_not(folder: Path) -> None:
    (folder / "guides/en/RP-01.md").write_bytes("Mañana".encode("cp1252"))
    (folder / "guides/en/._RP-02.md").write_bytes(b"\x00\x05\x16\x07\xff")
    assert told(folder) == ["guides/en/RP-01.md: is not UTF-8 text — save it as UTF-8 and try again"]


def test_a_guide_saved_by_notepad_is_read(folder: Path) -> None:
    path = folder / "guides/en/RP-01.md"
    before = load(folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder) == before


def test_the_digest_of_a_folder_sees_what_it_says_and_not_how_its_lines_end(folder: Path) -> None:
    before = folder_digest(folder)
    guide = folder / "guides/en/RP-01.md"
    guide.write_bytes(guide.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "README.md").write_text("made", encoding="utf-8")
    assert folder_digest(folder) == before
    guide.write_bytes(guide.read_bytes() + b"more")
    assert folder_digest(folder) != before
