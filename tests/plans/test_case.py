"""Curriculum, program and plan are passed as one case, and what a call hands over is told by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.lib.workspaces import ROOT

TRIO = {"Curriculum", "Program", "Plan"}
MOST = 6
FORMATS = ("_CENTRAL.pack", "_END.pack")
"""Calls of `struct.Struct.pack`: their values have no names, and their order is that of a file format."""
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "iop_sessions").rglob("*.py"))
}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            yield file, node


def named(annotations: list[ast.expr | None]) -> set[str]:
    """List the names in some annotations: `Program | None` names a program too."""
    found = (ast.walk(each) for each in annotations if each is not None)
    return {node.id for each in found for node in each if isinstance(node, ast.Name)}


def annotations_of(node: ast.AST) -> list[ast.expr | None]:
    """List what a function takes, or what a record holds."""
    if isinstance(node, ast.FunctionDef):
        taken = node.args
        return [each.annotation for each in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
    if isinstance(node, ast.ClassDef):
        return [each.annotation for each in node.body if isinstance(each, ast.AnnAssign)]
    return []


def test_nothing_but_the_case_itself_takes_a_curriculum_a_program_and_a_plan() -> None:
    found = [
        f"{file}: {getattr(node, 'name', '')}"
        for file, node in nodes()
        if named(annotations_of(node)) >= TRIO
    ]
    assert found == ["iop_sessions/plans/case.py: Case"]


def test_no_call_hands_over_more_than_six_values_by_their_place_alone() -> None:
    found = [
        f"{file}:{node.lineno}: {ast.unparse(node.func)}"
        for file, node in nodes()
        if isinstance(node, ast.Call) and len(node.args) > MOST and ast.unparse(node.func) not in FORMATS
    ]
    assert found == []
