"""Nothing idle: the product imports what it depends on, and uses what it defines, not only in its tests."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.lib.workspaces import ROOT

PRODUCT = ROOT / "iop_sessions"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMPORTED_AS = {"python-docx": "docx", "markdown-it-py": "markdown_it"}  # else the name, with underscores
ENTRANCES = {
    "iop_sessions/notebook.py",
    "iop_sessions/__init__.py",
}  # for people and builders
Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of each module of the product."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PRODUCT.rglob("*.py"))
    }


@cache
def imported() -> set[str]:
    """Return the packages that the product imports."""
    nodes = [node for tree in trees().values() for node in ast.walk(tree)]
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in named}


def test_the_product_imports_each_package_that_it_depends_on() -> None:
    names = [re.split(r"[<>=\[]", each)[0] for each in PROJECT["dependencies"]]
    idle = [name for name in names if IMPORTED_AS.get(name, name.replace("-", "_")) not in imported()]
    assert idle == []


def definitions(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Yield the functions, classes and constants of a module; what is registered is used by that."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not (isinstance(node, ast.FunctionDef) and any(map(_registers, node.decorator_list))):
                yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not _is_paper(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((each.id, node) for each in targets if isinstance(each, ast.Name))


def _registers(decorator: ast.expr) -> bool:
    """Tell a decorator that registers, such as ``@app.command()``, from one of the standard library."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2] not in ("cache", "lru_cache", "contextmanager", "wraps")


def _is_paper(value: ast.expr | None) -> bool:
    """Tell a kind of paper, which its module registers by being there."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "Kind"


def uses(tree: ast.AST, *, imports: bool) -> Counter[str]:
    """Count the names that code uses: read, taken from something, or imported to be read."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.ImportFrom) and imports:
            found.update(alias.name for alias in node.names)
    return found


def unused() -> list[str]:
    """List what is used in its own definition at most; names are compared, so a namesake hides one."""
    # A package's front imports to hand on: that is no use of it.
    everywhere: Counter[str] = Counter()
    for name, tree in trees().items():
        everywhere += uses(tree, imports=not name.endswith("__init__.py"))
    return [
        f"{module}: {name}"
        for module, tree in trees().items()
        if module not in ENTRANCES
        for name, node in definitions(tree)
        if not name.startswith("_") and everywhere[name] <= uses(node, imports=False)[name]
    ]


def test_the_product_uses_each_public_definition_of_its_own() -> None:
    entry = PROJECT["scripts"]["iop-sessions"].replace(".", "/").replace(":", ".py: ")
    assert [each for each in unused() if each != entry] == []


def test_an_idle_definition_is_found() -> None:
    tree = ast.parse("LIMIT = 3\ndef grow(n: int) -> int:\n    return grow(n - 1) if n < LIMIT else n\n")
    found = uses(tree, imports=True)
    assert [name for name, node in definitions(tree) if found[name] <= uses(node, imports=False)[name]] == [
        "grow"
    ]
