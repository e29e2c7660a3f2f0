"""The notebooks are saved with their results, tell nothing of who ran them, and run anew to the same end."""

from __future__ import annotations

import ast
import getpass
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iop_sessions.doors.notebook.book import Book, open_plan
from iop_sessions.ground.colors import INK, tint
from tests.lib import small
from tests.lib.examples import shown_by
from tests.lib.workspaces import ROOT, lay_out, small_workspace

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAMES = [
    "01_plan_the_weeks.ipynb",
    "02_print_a_week.ipynb",
    "03_check_coverage.ipynb",
    "04_when_plans_change.ipynb",
]
# Elsewhere the solver may find another plan that is just as good; there the cells must only run.
IS_HOME = (platform.system(), platform.machine()) == ("Linux", "x86_64")
COMPARED = "--nbval" if IS_HOME else "--nbval-lax"
DOORS = {"iop_sessions.notebook"}
# A folder of this or any other machine, and an address of mail.
TRACES = re.compile(
    r"(?<![\w.:/])/(?:home|Users|root|tmp|var|opt|work|mnt|private)/|[A-Za-z]:\\\\|[\w.]+@[\w-]+\.\w+"
)


def read(name: str) -> NotebookNode:
    import nbformat  # takes a second: only those who need it wait

    return nbformat.read(ROOT / "notebooks" / name, as_version=nbformat.NO_CONVERT)


@pytest.fixture(params=NAMES)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return read(request.param)


def code_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def trees_of(notebook: NotebookNode) -> list[ast.Module]:
    return [ast.parse(cell.source) for cell in code_of(notebook)]


def outputs_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in code_of(notebook) for output in cell.outputs]


def test_these_are_the_notebooks() -> None:
    assert sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")) == NAMES


def test_it_is_a_valid_notebook_with_nothing_but_its_kernel_in_the_margin(notebook: NotebookNode) -> None:
    import nbformat

    nbformat.validate(notebook)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    }
    assert [cell.id for cell in notebook.cells if cell.metadata] == []


def test_it_was_run_from_top_to_bottom_before_it_was_saved(notebook: NotebookNode) -> None:
    counts = [cell.execution_count for cell in code_of(notebook)]
    assert counts == list(range(1, len(counts) + 1))
    assert len(counts) >= 3


def test_every_cell_shows_something_unless_it_only_imports(notebook: NotebookNode) -> None:
    silent = [cell.source for cell in code_of(notebook) if not cell.outputs]
    assert [
        source
        for source in silent
        if not all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(source).body)
    ] == []


def test_it_imports_from_one_door_only(notebook: NotebookNode) -> None:
    imports = [node for tree in trees_of(notebook) for node in ast.walk(tree) if isinstance(node, ast.Import)]
    doors = {
        node.module
        for tree in trees_of(notebook)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert (imports, doors) == ([], DOORS)


def test_it_defines_nothing_and_runs_no_command(notebook: NotebookNode) -> None:
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If)
    nodes = [node for tree in trees_of(notebook) for node in ast.walk(tree)]
    found = [ast.unparse(node) for node in nodes if isinstance(node, made)]
    magics = [cell.source for cell in code_of(notebook) if re.search(r"^\s*[%!]", cell.source, re.MULTILINE)]
    assert (found, magics) == ([], [])


def test_each_cell_is_a_few_lines(notebook: NotebookNode) -> None:
    assert [cell.source for cell in code_of(notebook) if len(cell.source.splitlines()) > 6] == []


def test_no_run_failed_and_nothing_was_printed_beside(notebook: NotebookNode) -> None:
    assert {output.output_type for output in outputs_of(notebook)} == {"execute_result"}


def test_it_holds_no_attachment_no_widget_and_no_bare_picture(notebook: NotebookNode) -> None:
    kinds = [set(output.data) for output in outputs_of(notebook)]
    assert [cell.id for cell in notebook.cells if "attachments" in cell] == []
    assert [each for each in kinds if not {"text/html", "text/plain"} <= each] == []
    assert [kind for each in kinds for kind in each if "widget" in kind or "javascript" in kind] == []


class Runner(HTMLParser):
    """Collects what could run or reach a network: scripts, event attributes, addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "form", "svg", "link", "img", "a"}:
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]


def test_nothing_in_its_results_can_run_or_reach_a_network(notebook: NotebookNode) -> None:
    runner = Runner()
    for output in outputs_of(notebook):
        runner.feed(output.data["text/html"])
    assert runner.found == []


def test_it_names_no_folder_machine_or_person(notebook: NotebookNode) -> None:
    import nbformat

    text = nbformat.writes(notebook)
    assert TRACES.findall(text) == []
    names = {getpass.getuser(), socket.gethostname(), Path.home().name, str(ROOT)}
    own = [name for name in names if len(name) > 4 and name not in {"runner", "ubuntu"}]
    assert [name for name in own if name in text] == []


@pytest.mark.parametrize(
    "trace", ["/home/sam/x", "see /Users/sam/iop", "'/tmp/a'", "C:\\\\iop", "sam@clinic.org"]
)
def test_a_trace_would_be_seen(trace: str) -> None:
    assert TRACES.search(trace)


@pytest.mark.parametrize("words", ["output/evening/x.docx", "and/or", "10/12 at 6:30"])
def test_a_harmless_word_is_no_trace(words: str) -> None:
    assert not TRACES.search(words)


@pytest.fixture
def space(tmp_path: Path) -> Path:
    """A workspace with the notebooks in it and no plan yet, as `new` makes it."""
    root = lay_out(tmp_path / "clinic", ROOT / "curriculum").root
    passing = shutil.ignore_patterns(".*")
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=passing)
    return root


@pytest.mark.deep
def test_a_fresh_run_gives_the_saved_results(space: Path) -> None:
    folders = {
        name: str(space / ".jupyter" / name)
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    command = [
        sys.executable, "-m", "pytest", COMPARED, "--nbval-current-env", "-q", "-p", "no:cacheprovider",
        "--rootdir", str(space), "-c", os.devnull, str(space / "notebooks"),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=space, env=os.environ | folders, capture_output=True, text=True, check=False
    )
    cells = sum(len(code_of(read(name))) for name in NAMES)
    assert done.returncode == 0, done.stdout
    assert re.search(rf"^{cells} passed", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("name", shown_by(NAMES, "02_print_a_week.ipynb"))
def test_its_cells_show_what_was_saved_and_the_same_when_they_run_again(
    name: str, space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(space / "notebooks")
    cells = code_of(read(name))
    kernel: dict[str, object] = {}
    first = [shown(cell.source, kernel) for cell in cells]
    saved = [output.data["text/html"] for cell in cells for output in cell.outputs]
    assert not IS_HOME or first == saved
    assert [shown(cell.source, kernel) for cell in cells] == first


def shown(source: str, kernel: dict[str, object]) -> str:
    """Run a cell and return what its last line shows."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), kernel)
    value: Any = eval(compile(ast.Expression(last.value), "cell", "eval"), kernel)
    return str(value._repr_html_())


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return open_plan("evening", small_workspace(tmp_path / "clinic").root)


def with_first(book: Book, **values: object) -> Book:
    plan = book.plan
    return replace(book, case=book.case.with_plan(small.changed(plan, plan.sessions[0].session_id, **values)))


def test_a_book_is_named_by_its_plan_and_not_by_its_folder(book: Book) -> None:
    assert repr(book) == "Book('evening')"


def test_what_a_person_wrote_in_the_plan_is_shown_as_text(book: Book) -> None:
    shown = with_first(book, topic_id="<img src=x>", group_type="<b>")
    for table in (shown.weeks(), shown.week(1)):
        assert "&lt;img src=x&gt;" in table.data
        assert "<img" not in table.data
        assert "<b>" not in table.data


def test_a_group_type_that_no_table_knows_is_shown_in_grey(book: Book) -> None:
    shown = with_first(book, topic_id="", group_type="XX")
    grey = f'background-color:{tint(INK)}">open group</td>'
    assert grey in shown.weeks().data
    assert ">XX</td>" in shown.week(1).data


def test_a_session_held_partly_shows_the_guide_it_was_planned_with(book: Book) -> None:
    first = next(each for each in book.plan.sessions if each.topic_id)
    plan = small.changed(book.plan, first.session_id, state="partly", held_minutes=20)
    assert (
        replace(book, case=book.case.with_plan(plan)).guide(first.topic_id).data
        == book.guide(first.topic_id).data
    )
