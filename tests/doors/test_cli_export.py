"""`export`, `new` and the bare `start.py`: which files appear, and whose are never lost."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from iop_sessions.doors.verbs import places
from iop_sessions.formats import pdf
from iop_sessions.ground.workspace import Workspace
from iop_sessions.ground.writing import pdf_name
from tests.doors.conftest import Ended, Run, edit, files_in

AGENDAS = [f"agendas/week-0{week}-agenda.docx" for week in range(1, 7)]
FIRST_AGENDA = "agendas/week-01-agenda.docx"
COUNTS = "6 in agendas/, 7 in handouts/, 7 in guides/, 1 in coverage/"


def test_an_export_writes_every_agenda_handout_and_guide_and_the_coverage(space: Workspace, run: Run) -> None:
    assert run("export", "evening") == Ended(
        0,
        f"Word documents are in output/evening/: {COUNTS}.\n",
        "Drawing 21 documents …\n",
    )
    made = files_in(space.output / "evening")
    assert [name for name in sorted(made) if name.startswith("agendas/")] == AGENDAS
    assert {name[:16] for name in made if name.startswith("handouts/")} == {
        f"handouts/{topic}a-" for topic in ("RP-01", "RP-02", "RP-03", "RT-01", "RT-02", "PE-01", "PE-02")
    }
    assert len(made) == 22


def test_scripts_get_the_folder_and_what_was_written_and_kept(run: Run) -> None:
    ended = run("export", "evening", "--only", "agendas", "--json")
    assert json.loads(ended.out) == {
        "folder": "output/evening", "written": AGENDAS, "kept": [], "untranslated": [],
    }  # fmt: skip


def test_a_program_that_was_changed_since_the_plan_is_said(space: Workspace, run: Run) -> None:
    path = space.curriculum / "programs" / "evening.toml"
    path.write_bytes(path.read_bytes() + b"# changed\n")
    assert run("export", "evening", "--only", "coverage").err.splitlines()[0] == (
        "programs/evening.toml: warning: was changed since the plan was made — make the plan again"
    )


def test_only_some_kinds_leave_the_others_as_they_are(space: Workspace, run: Run) -> None:
    run("export", "evening")
    before = files_in(space.output)
    assert run("export", "evening", "--only", "coverage, agendas").out == (
        "Word documents are in output/evening/: 1 in coverage/, 6 in agendas/.\n"
    )
    assert files_in(space.output) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--only", "guides,agendas", "--language", "es"),
            "not in Spanish: guides — leave it out of --only",
        ),
        (
            ("--only", "wall,handouts,guides", "--large-print"),
            "not in large print: wall, guides — leave them out of --only",
        ),
        (
            ("--only", "guides,forms", "--language", "es", "--large-print"),
            "not in Spanish: guides — leave it out of --only",
        ),
        (
            ("--only", "handout", "--language", "es"),
            "no kind of document 'handout' — did you mean 'handouts'?",
        ),
    ],
    ids=["a language", "a size", "both", "no kind at all"],
)
def test_kinds_that_do_not_come_in_a_language_or_size_are_refused(
    words: tuple[str, ...], told: str, space: Workspace, run: Run
) -> None:
    before = files_in(space.root)
    assert run("export", "evening", *words) == Ended(2, "", told + "\n")
    assert files_in(space.root) == before


def test_pages_for_relatives_of_a_program_without_family_groups_are_refused(
    space: Workspace, run: Run
) -> None:
    told = (
        "the program evening has no family group, so there is no page for relatives — "
        "add a family group type, or leave family out of --only\n"
    )
    before = files_in(space.root)
    assert run("export", "evening", "--only", "family") == Ended(2, "", told)
    assert files_in(space.root) == before


def test_inside_its_folder_a_plan_is_exported_under_its_name(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(space.plans / "evening")
    assert run("export", ".", "--only", "coverage") == Ended(
        0, "Word documents are in output/evening/: 1 in coverage/.\n", "Drawing 1 document …\n"
    )
    assert sorted(files_in(space.output)) == ["evening/coverage/coverage.docx", "evening/manifest.csv"]


def test_the_manifest_lists_every_file_with_its_sha256(space: Workspace, run: Run) -> None:
    run("export", "evening")
    made = files_in(space.output / "evening")
    rows = list(csv.reader(made.pop("manifest.csv").decode().splitlines()))
    assert rows[0] == ["file", "sha256"]
    assert dict(rows[1:]) == {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}


def test_a_file_that_a_person_changed_is_kept_and_named(space: Workspace, run: Run) -> None:
    run("export", "evening")
    agenda = space.output / "evening" / FIRST_AGENDA
    ours = agenda.read_bytes()
    agenda.write_bytes(b"with our notes")
    assert run("export", "evening").out == (
        f"Word documents are in output/evening/: {COUNTS}.\n"
        "You had changed a file; it is kept as agendas/week-01-agenda (changed by you).docx\n"
    )
    assert agenda.read_bytes() == ours
    assert agenda.with_name("week-01-agenda (changed by you).docx").read_bytes() == b"with our notes"


def test_what_the_plan_no_longer_uses_goes_unless_a_person_changed_it(space: Workspace, run: Run) -> None:
    run("export", "evening")
    folder = space.output / "evening"
    (folder / "handouts" / "RP-03a-ride-out-a-craving.docx").write_bytes(b"our own")
    edit(space.plans / "evening" / "plan.csv", ",RP-03,", ",RP-02,", 5)
    assert run("export", "evening").out == (
        f"Word documents are in output/evening/: {COUNTS.replace('7', '6')}.\n"
        "You had changed a file; it is kept as handouts/RP-03a-ride-out-a-craving.docx\n"
    )
    left = [name for name in files_in(folder) if "RP-03" in name]
    assert left == ["handouts/RP-03a-ride-out-a-craving.docx"]


def test_pdfs_stand_beside_the_word_files_in_the_same_set(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "to_pdf", lambda files, _: {pdf_name(name): b"%PDF" for name in files})
    assert run("export", "evening", "--only", "coverage,agendas", "--pdf") == Ended(
        0,
        "Word documents and PDF files are in output/evening/: "
        "1 in coverage/, 6 in agendas/, 1 in coverage-pdf/, 6 in agendas-pdf/.\n",
        "Drawing 7 documents …\n",
    )
    rows = csv.reader((space.output / "evening" / "manifest.csv").read_text(encoding="utf-8").splitlines())
    assert ["agendas-pdf/week-01-agenda.pdf", hashlib.sha256(b"%PDF").hexdigest()] in list(rows)


def test_without_libreoffice_nothing_changes_and_the_remedy_is_said(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "evening")
    edit(space.plans / "evening" / "plan.csv", "planned,,no,,", "planned,,no,,Bring pens", 5)
    before = files_in(space.root)
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert run("export", "evening", "--pdf") == Ended(
        4,
        "",
        "Drawing 21 documents …\n"
        "PDF files: could not be written: LibreOffice was not found on this computer — "
        "install it from libreoffice.org and try again; or leave --pdf out, open the Word file in Word "
        "and choose File > Save as > PDF\n",
    )
    assert files_in(space.root) == before


@pytest.mark.deep
def test_new_makes_a_workspace_that_checks_plans_and_exports(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "our clinic") == Ended(
        0, 'Made our clinic. Next: cd "our clinic", then: iop-sessions plan evening-12-week\n', ""
    )
    monkeypatch.chdir("our clinic")
    made = {path.name for path in Path().iterdir()}
    assert made == {"README.md", "curriculum", "notebooks", "templates"}
    assert run("check").code == 0
    assert run("plan", "evening-12-week").code == 0
    assert run("export", "evening-12-week", "--only", "agendas").code == 0
    assert len(list(Path("output/evening-12-week/agendas").iterdir())) == 12


def test_new_never_writes_into_a_folder_in_use(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    assert run("new", "curriculum") == Ended(
        4,
        "",
        "curriculum: could not be written: the folder is not empty — "
        "choose a folder that does not exist yet\n",
    )
    assert files_in(space.root) == before


def test_new_gives_scripts_the_folder(run: Run) -> None:
    assert json.loads(run("new", "beside", "--json").out) == {"workspace": "beside"}


@pytest.fixture
def sample_is_small(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(places, "SAMPLE", "summer")
    return space


def test_start_plans_the_sample_exports_it_and_says_what_is_next(
    sample_is_small: Workspace, run: Run
) -> None:
    ended = run("start")
    assert (ended.code, ended.out.splitlines()) == (
        0,
        [
            "Plan summer: 6 weeks from Monday, January 4, 2027, proved best.",
            (
                "The whole core is planned in time for every newcomer whose stay the plan decides; "
                "nothing is missing."
            ),
            f"Word documents are in output/summer/: {COUNTS}.",
            "Next: open the documents in Word, or see what else there is: python3 start.py --help",
        ],
    )
    assert (sample_is_small.plans / "summer" / "plan.csv").is_file()


def test_start_again_leaves_the_plan_and_what_people_made_of_it(sample_is_small: Workspace, run: Run) -> None:
    run("start")
    plan = sample_is_small.plans / "summer" / "plan.csv"
    edit(plan, ",planned,,no,,", ",held,,no,,A good evening")
    before = files_in(sample_is_small.plans)
    ended = run("start")
    assert (ended.code, len(ended.out.splitlines())) == (0, 2)
    assert files_in(sample_is_small.plans) == before


def test_lab_without_jupyter_says_how_to_get_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert run("lab") == Ended(2, "", "JupyterLab is not installed — run: python3 start.py lab\n")


def test_lab_opens_the_notebooks_of_the_workspace_and_passes_the_code_on(
    space: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[list[str], Path]] = []

    def call(command: list[str], cwd: Path) -> int:
        called.append((command[1:], cwd))
        return 5

    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    monkeypatch.setattr("subprocess.call", call)
    assert run("lab", "--no-browser") == Ended(5, "", "")
    asks_no_network = [
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
    ]
    page = ["--LabApp.default_url=/lab/tree/notebooks", "--no-browser"]
    assert called == [(["-m", "jupyter", "lab", *asks_no_network, *page], space.root)]
