"""`template check`: every fault of a template at once, or one line that says what of it is used."""

from __future__ import annotations

import json

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Ended, Run, files_in
from tests.lib.parts import changed, parts_of, zipped
from tests.lib.wordlike import saved_by_word

STYLES = "word/styles.xml"
FINE = "Fields: body, footer with the page's number; fonts: Arial; text: 12 points; no pictures."
LOST = "the style 'Note' is missing"
NEW_STYLE = "in Word: Styles pane, New Style, name it 'Note'; or copy the template from a new workspace"
RARE = "the font 'Brandon' is not inside the file, and not on every Windows or Mac computer"
EMBED = "in Word: choose Arial, or File, Options, Save, Embed fonts in the file"


def change(space: Workspace, *changes: tuple[str, str, str], name: str = "handout") -> None:
    """Change a template of the workspace."""
    path = space.templates / f"{name}.docx"
    path.write_bytes(zipped(changed(parts_of(path), *changes)))


def test_a_template_that_is_fine_is_said_to_be_in_one_line(run: Run) -> None:
    assert run("template", "check", "handout") == Ended(0, f"templates/handout.docx is fine. {FINE}\n", "")


def test_a_template_is_found_by_its_file_too(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_name = run("template", "check", "handout")
    assert run("template", "check", "templates/handout.docx") == by_name
    assert run("template", "check", "handout.docx") == by_name
    monkeypatch.chdir(space.root.parent)
    assert run("template", "check", str(space.templates / "handout.docx")) == by_name


def test_without_a_name_every_template_is_checked(run: Run) -> None:
    names = ("agenda", "cards", "certificate", "coverage", "guide", "handout", "wall")
    lines = "".join(f"templates/{name}.docx is fine. {FINE}\n" for name in names)
    assert run("template", "check") == Ended(0, lines, "")


def test_what_a_clinic_saved_in_word_is_told(space: Workspace, run: Run) -> None:
    path = space.templates / "handout.docx"
    path.write_bytes(zipped(saved_by_word(path)))
    assert run("template", "check", "handout") == Ended(
        0,
        "templates/handout.docx is fine. Fields: body, footer with the page's number, title; fonts: Verdana; "
        "text: 12 points; 1 picture.\n",
        "",
    )


def test_every_fault_is_told_at_once_and_ends_with_1(space: Workspace, run: Run) -> None:
    change(
        space, (STYLES, 'w:val="Note"', 'w:val="Remark"'), (STYLES, 'w:ascii="Arial"', 'w:ascii="Brandon"')
    )
    assert run("template", "check", "handout") == Ended(
        1,
        f"templates/handout.docx: {LOST} — {NEW_STYLE}\n"
        f"templates/handout.docx: warning: {RARE} — {EMBED}\n"
        "1 problem to mend, 1 warning.\n",
        "",
    )


def test_a_warning_does_not_stop_the_work(space: Workspace, run: Run) -> None:
    change(space, (STYLES, 'w:ascii="Arial"', 'w:ascii="Brandon"'), name="cards")
    assert run("template", "check", "cards") == Ended(
        0,
        f"templates/cards.docx: warning: {RARE} — {EMBED}\n"
        f"templates/cards.docx can be used, but see its warnings. {FINE.replace('Arial', 'Brandon')}\n"
        "No problem found, 1 warning.\n",
        "",
    )


def test_scripts_get_place_message_remedy_and_what_is_used(space: Workspace, run: Run) -> None:
    change(space, (STYLES, 'w:val="Note"', 'w:val="Remark"'))
    before = files_in(space.root)
    ended = run("template", "check", "handout", "--json")
    assert (ended.code, ended.err) == (1, "")
    assert json.loads(ended.out) == {
        "templates": [
            {"file": "templates/handout.docx", "usable": False, "fields": ["body", "footer"],
             "fonts": ["Arial"], "points": 12, "pictures": 0}
        ],
        "problems": [
            {"file": "templates/handout.docx", "line": 0, "column": "", "level": "error",
             "message": LOST, "remedy": NEW_STYLE}
        ],
        "errors": 1,
        "warnings": 0,
    }  # fmt: skip
    assert files_in(space.root) == before


def test_a_name_that_is_none_is_answered_with_the_nearest(run: Run) -> None:
    assert run("template", "check", "handot") == Ended(
        2, "", "no template 'handot' — did you mean 'handout'?\n"
    )


def test_an_export_stops_at_a_template_that_lost_a_style(space: Workspace, run: Run) -> None:
    change(space, (STYLES, 'w:val="Note"', 'w:val="Remark"'))
    ended = run("export", "evening", "--only", "handouts")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith(f"templates/handout.docx: {LOST} — {NEW_STYLE}\n")
    assert not (space.output / "evening").exists()
