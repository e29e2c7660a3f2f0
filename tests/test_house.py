"""docs/ARCHITECTURE.md tells the truth: its rooms are those of the code, its files are there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict

import pytest

from tests.lib.workspaces import ROOT

PRODUCT = ROOT / "iop_sessions"
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROOMS = dict(re.findall(r"^\| `([a-z]+)/` \| (.+) \|$", PAGE.split("## The flow")[0], re.MULTILINE))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]


def first_line(folder: str) -> str:
    tree = ast.parse((PRODUCT / folder / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def test_the_page_lists_the_rooms_in_the_order_of_the_contract() -> None:
    layers = next(
        each for each in CONTRACTS if each["type"] == "layers" and each["containers"] == ["iop_sessions"]
    )
    assert layers["exhaustive"] is True
    assert layers["layers"][:2] == ["__main__", "notebook"]
    assert list(ROOMS) == layers["layers"][:1:-1]


def test_each_room_says_of_itself_what_the_page_says() -> None:
    assert {folder: first_line(folder) for folder in ROOMS} == ROOMS


def test_the_package_is_twelve_folders_and_three_files() -> None:
    found = {path.name for path in PRODUCT.iterdir() if path.name != "__pycache__"}
    assert found == {*ROOMS, "__init__.py", "__main__.py", "notebook.py"}
    assert len(ROOMS) == 12


@pytest.mark.parametrize("page", ["docs/ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_a_page_for_developers_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = {name for name in re.findall(r"`([\w./-]+/[\w.-]*)`", text) if "NAME" not in name}
    roots = (ROOT, PRODUCT)
    missing = [name for name in sorted(names) if not any((root / name).exists() for root in roots)]
    made_by_users = {"plans/", "output/", "curriculum/labels.csv"}
    assert [name for name in missing if name not in made_by_users] == []
    assert names


def test_no_public_class_name_stands_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PRODUCT.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.relative_to(PRODUCT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_short_file_says_in_its_first_line_why_it_is_one() -> None:
    faces = ("__init__.py", "__main__.py", "notebook.py")
    files = [path for path in sorted(PRODUCT.rglob("*.py")) if path.name not in faces]
    lines = {
        path.relative_to(PRODUCT).as_posix(): path.read_text(encoding="utf-8").splitlines() for path in files
    }
    silent = [name for name, found in lines.items() if len(found) < 60 and "short" not in found[0]]
    assert silent == []
