"""Odd text comes through every door as text, in Word and in the preview; or `check` says what became of it.

The doors are a table, a program's settings and a handout: the title of a topic, the title of the program, and
a sentence of a page for clients.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.formats import html as preview
from iop_sessions.ground.errors import ProblemsFound
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.export import ExportRequest, export
from iop_sessions.jobs.read import check, read_plan
from iop_sessions.pages import kinds
from iop_sessions.plans.case import Case
from tests.lib.examples import shown_by
from tests.lib.outline import outline
from tests.lib.word_audit import audit
from tests.lib.workspaces import small_workspace

TODAY = date(2027, 1, 3)
TITLE, PROGRAM = "How a craving gets started", 'title = "Evenings"'
SENTENCE = "You can change one small thing"
TABLE, SHEET, SETTINGS = "topics.csv", "handouts/en/RP-01a.md", "programs/evening.toml"
UNSEEN = "warning: letters that cannot be seen were removed"
KINDS = ("agendas", "handouts")
WEEKS = 6  # of the plan; each has an agenda, with the topic's title and with the program's


@dataclass(frozen=True)
class Printed:
    """What an export wrote: the words of its Word files, the previews of the same pages."""

    words: str
    previews: str
    faults: dict[str, list[str]]


def plant(workspace: Workspace, text: str, *files: str) -> None:
    """Write a text into files: quoted in a table, escaped in the settings, bare on a page."""
    toml = text.replace("\\", "\\\\").replace('"', '\\"')
    table = text.replace('"', '""')
    wanted = {
        TABLE: (TITLE, f'"{table}"'),
        SETTINGS: (PROGRAM, f'title = "{toml}"'),
        SHEET: (SENTENCE, f"You read: {text}, and you can change one thing"),
    }
    for file in files:
        path, (old, new) = workspace.curriculum / file, wanted[file]
        data = path.read_bytes()
        assert old.encode() in data
        path.write_bytes(data.replace(old.encode(), new.encode(), 1))


def told(workspace: Workspace) -> list[str]:
    return [str(problem) for problem in check(workspace.curriculum, TODAY)]


def printed(workspace: Workspace) -> Printed:
    """Export agendas and handouts, and draw their previews."""
    exported, _ = export(workspace, ExportRequest("evening", KINDS))
    files = {name: (exported.folder / name).read_bytes() for name in exported.written}
    opened = read_plan(workspace, "evening")
    curriculum, kept = opened.case.curriculum, opened.kept
    pages = kinds.make(kinds.Shelf(Case(curriculum, kept.program, kept.plan)), KINDS)
    found = {name: audit(data, least_points=9) for name, data in files.items()}
    return Printed(
        "".join(outline(data) for data in files.values()),
        "".join(preview.page_html(page) for page in pages.values()),
        {name: faults for name, faults in found.items() if faults},
    )


AS_TEXT = {
    "an ampersand": "Sleep & rest &amp co",
    "less and more": "1 < 2 > 0",
    "Hebrew": "שלום עולם",
    "Arabic and digits": "مرحبا بالعالم 12",
    "accents": "corazón, niño, Æsop",
    "a word of 10,000 letters": "w" * 10_000,
    "a formula": "so =HYPERLINK(A1)",
    "a bar": "yes | no",
    "a backslash": "yes\\no",
    "quotes": "the \"one\" and 'two'",
    "a percent sign and a dollar sign": "50% $y$ %s",
}


@pytest.mark.parametrize(
    "name", shown_by(AS_TEXT, "less and more", "Hebrew", "a word of 10,000 letters", "a formula")
)
def test_odd_text_is_printed_as_text_through_every_door(name: str, tmp_path: Path) -> None:
    text = AS_TEXT[name]
    workspace = small_workspace(tmp_path / "clinic")
    plant(workspace, text, TABLE, SETTINGS, SHEET)
    assert told(workspace) == []
    made = printed(workspace)
    assert made.faults == {}
    assert made.words.count(text) >= 2 * WEEKS
    assert made.words.count(f"You read: {text},") == 1
    assert made.previews.count(html.escape(text)) >= 2 * WEEKS


NOT_ON_A_PAGE = {
    "a tag": ("<b>bold</b>", "HTML cannot stand on a printed page — write it as plain Markdown"),
    "a script": ("<script>x()</script>", "HTML cannot stand on a printed page — write it as plain Markdown"),
    "a field of a template": (
        "{{ 7*7 }}", "'{ 7*7 }' means nothing here — write {lines 4} or {scale 0-10}"
    ),
    "an emoji": ("Party 🎉", "the symbol '🎉' — use words; a check box is '- [ ] '"),
}  # fmt: skip


@pytest.mark.parametrize("name", shown_by(NOT_ON_A_PAGE, "a script", "a field of a template"))
def test_text_that_could_do_something_is_text_in_tables_and_settings_and_named_on_a_page(
    name: str, tmp_path: Path
) -> None:
    text, why = NOT_ON_A_PAGE[name]
    workspace = small_workspace(tmp_path / "clinic")
    plant(workspace, text, TABLE, SETTINGS)
    assert told(workspace) == []
    made = printed(workspace)
    assert made.faults == {}
    assert made.words.count(text) >= 2 * WEEKS
    assert made.previews.count(html.escape(text)) >= 2 * WEEKS
    assert ("<script" in made.previews, "49" in made.words) == (False, False)
    plant(workspace, text, SHEET)
    assert told(workspace) == [f"{SHEET}:7: {why}"]
    lines: list[str] = []
    exported, _ = export(workspace, ExportRequest("evening", KINDS), lines.append)
    assert [str(each) for each in exported.problems] == [f"{SHEET}:7: {why}"]
    assert lines[-2] == f"Left out of what is printed, until it is mended: {SHEET}."
    assert [name for name in exported.written if Path(SHEET).stem in name] == []


REMOVED = {
    "a bell": ("ring\x07ing", "ringing"),
    "an escape": ("\x1b[31mred", "[31mred"),
    "a mark that turns text around": ("open\u202eing\u202c", "opening"),
    "a letter without width": ("zero\u200bwidth", "zerowidth"),
    "what is no letter at all": ("no\ufffething", "nothing"),
}


@pytest.mark.parametrize("name", shown_by(REMOVED, "a bell", "a mark that turns text around"))
def test_what_nobody_can_see_is_removed_with_a_word(name: str, tmp_path: Path) -> None:
    text, left = REMOVED[name]
    workspace = small_workspace(tmp_path / "clinic")
    plant(workspace, text, TABLE, SHEET)
    assert told(workspace) == [f"{TABLE}:2: title: {UNSEEN}", f"{SHEET}:7: {UNSEEN} — look the line over"]
    made = printed(workspace)
    assert made.faults == {}
    assert made.words.count(left) >= WEEKS
    assert made.words.count(f"You read: {left},") == 1
    assert made.previews.count(html.escape(left)) >= WEEKS
    assert text not in made.words + made.previews


@pytest.mark.parametrize("name", shown_by(list(REMOVED)[2:], "a letter without width"))
def test_what_nobody_can_see_is_removed_from_settings_with_a_word(name: str, tmp_path: Path) -> None:
    text, left = REMOVED[name]
    workspace = small_workspace(tmp_path / "clinic")
    plant(workspace, text, SETTINGS)
    assert told(workspace) == [f"{SETTINGS}:1: {UNSEEN} — look the line over"]
    made = printed(workspace)
    assert made.words.count(left) >= WEEKS
    assert text not in made.words + made.previews


@pytest.mark.parametrize(("name", "shown"), [("a bell", r"'\x07'"), ("an escape", r"'\x1b'")])
def test_a_control_character_in_settings_is_refused_with_its_line(
    name: str, shown: str, tmp_path: Path
) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    plant(workspace, REMOVED[name][0], SETTINGS)
    why = f"{SETTINGS}:1: not readable as TOML: illegal character {shown} — mend the line"
    assert told(workspace) == [why]
    with pytest.raises(ProblemsFound) as error:
        printed(workspace)
    assert str(error.value) == f"{why}\n1 problem to mend; nothing was written."
