"""Measure how fast this package and its peers write one real handout, again and again.

``python benchmarks/handouts.py`` needs the extra ``bench`` and, for one row, pandoc; POSIX only.
Each engine draws the same page, each time with another number in its title, in a process of its own.
"""

from __future__ import annotations

import argparse
import html
import importlib
import io
import os
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

from iop_sessions.pages.handout import handout_page

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
ENGINES = {
    "ours": "this package",
    "docxtpl_slim": "docxtpl, slim template, compiled once",
    "docxtpl_default": "docxtpl, default template",
    "plain_docx": "python-docx, default template",
    "pandoc": "pandoc, one process a document",
    "floor": "floor: ready bytes put into a zip",
}
PEERS = ("docxtpl_slim", "docxtpl_default", "plain_docx", "pandoc")
STRAIGHT = str.maketrans({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})  # pandoc sets curly quotes
BAR = 2.0  # times the fastest peer


@dataclass(frozen=True)
class Run:
    """One whole process."""

    seconds: float
    cpu: float
    peak_mib: float
    kib: float


@dataclass(frozen=True)
class Row:
    """The medians of an engine."""

    name: str
    per_second: float
    milliseconds: float
    cpu: float
    more: float  # milliseconds for each further document, start-up left out
    peak_mib: float
    kib: float


def main() -> None:
    options = _options()
    if options.child:
        _child(options)
        return
    names = [name for name in ENGINES if name != "pandoc" or which("pandoc")]
    with tempfile.TemporaryDirectory() as folder:
        _order(["--child", "prepare", "--handout", options.handout], Path(folder), 0)
        rows = _measure(names, options, Path(folder))
    _show(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--handout", default="RP-05a")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(names: list[str], options: argparse.Namespace, folder: Path) -> dict[str, Row]:
    """Measure the engines by turns, so that a busy minute of the machine harms them all alike."""
    many: dict[str, list[Run]] = {name: [] for name in names}
    one: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(options.runs):
        for name in names:
            one[name].append(_order(["--child", name], folder, 1).seconds)
            many[name].append(_order(["--child", name], folder, options.documents))
    return {name: _row(name, many[name], statistics.median(one[name]), options.documents) for name in names}


def _row(name: str, runs: list[Run], one: float, documents: int) -> Row:
    seconds = statistics.median(run.seconds for run in runs)
    return Row(
        ENGINES[name],
        documents / seconds,
        seconds * 1000 / documents,
        statistics.median(run.cpu for run in runs) * 1000 / documents,
        (seconds - one) * 1000 / max(documents - 1, 1),
        statistics.median(run.peak_mib for run in runs),
        runs[0].kib,
    )


def _order(words: list[str], folder: Path, documents: int) -> Run:
    """Run one child; this process stays small, for a child's peak counts from its parent's."""
    order = [sys.executable, __file__, *words, "--folder", str(folder), "--documents", str(documents)]
    before = time.perf_counter()
    with subprocess.Popen(order, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        said = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - before
    if child.returncode:
        raise SystemExit(f"{' '.join(words)} failed")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, float(said or 0))


def _child(options: argparse.Namespace) -> None:
    if options.child == "prepare":
        _prepare(options)
        return
    module = importlib.import_module(f"engines.{options.child}")
    size = 0
    for number, data in enumerate(_draw(module, options)):
        if number == 0:
            _refuse_a_loss(options, data)
        size += len(data)
    print(size / options.documents / 1024)


def _draw(module: Any, options: argparse.Namespace) -> Iterator[bytes]:  # noqa: ANN401  # a module
    if options.child == "floor":
        return module.draw((options.folder / "ready.docx").read_bytes(), options.documents)
    page = pickle.loads((options.folder / "page.pickle").read_bytes())  # noqa: S301  # this script's own file
    return module.draw(_numbered(page, number) for number in range(options.documents))


def _numbered(page: Any, number: int) -> Any:  # noqa: ANN401  # a Page, whose import is the child's
    """Make each page another one, so that no engine can keep a finished document."""
    from dataclasses import replace

    title = f"{page.title} {number}"
    return replace(page, title=title, blocks=(replace(page.blocks[0], text=title), *page.blocks[1:]))


def _refuse_a_loss(options: argparse.Namespace, data: bytes) -> None:
    """Stop when an engine's document lacks a word of the page: less work would look like more speed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    ends = re.sub(r"</w:p>|<w:tab/>|<w:br/>", " ", xml)
    there = set(html.unescape(re.sub(r"<[^>]+>", "", ends)).translate(STRAIGHT).split())
    lost = set((options.folder / "words.txt").read_text("utf-8").translate(STRAIGHT).split()) - there
    if lost:
        raise SystemExit(f"{options.child} lost the words {sorted(lost)}")


def _prepare(options: argparse.Namespace) -> None:
    """Read the curriculum once for all, and draw the document that the floor packs."""
    from engines import ours
    from engines.content import words_of

    from iop_sessions.curriculum.loading import load
    from iop_sessions.program.program import read_program

    folder = HERE.parent / "curriculum"
    program, _ = read_program(folder / "programs" / "evening-12-week.toml", "program")
    page = handout_page(load(folder)[0], program, options.handout)
    (options.folder / "page.pickle").write_bytes(pickle.dumps(page))
    (options.folder / "words.txt").write_text(words_of(page), "utf-8")
    (options.folder / "ready.docx").write_bytes(next(iter(ours.draw([page]))))


def _show(rows: dict[str, Row]) -> None:
    ours, floor = rows["ours"], rows["floor"]
    best = max((rows[name] for name in PEERS if name in rows), key=lambda row: row.per_second)
    print(
        "| engine | documents a second | ms a document | CPU ms | ms, start-up left out | peak MiB "
        "| KiB a document | × fastest peer | × floor |"
    )
    print("|---|" + "---:|" * 8)
    for row in rows.values():
        print(
            f"| {row.name} | {row.per_second:.0f} | {row.milliseconds:.1f} | {row.cpu:.1f} | {row.more:.1f} "
            f"| {row.peak_mib:.0f} | {row.kib:.1f} | {row.per_second / best.per_second:.2f} "
            f"| {row.per_second / floor.per_second:.2f} |"
        )
    ratio = ours.per_second / best.per_second
    verdict = "meets" if ratio >= BAR else "misses"
    print(f"\n{ratio:.1f} times the fastest peer ({best.name}): {verdict} the bar of {BAR:.0f}.")


if __name__ == "__main__":
    main()
