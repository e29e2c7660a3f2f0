"""Turn Word files into pictures of their pages, as LibreOffice lays them out.

Needs LibreOffice, poppler-utils (pdftoppm), fontconfig (fc-match) and ImageMagick (convert, montage).
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from iop_sessions.formats.pdf import convert, find_office

AT_ONCE = 40  # files in one call of LibreOffice
WORKERS = 2
GREY = "#c4c4c4"
GAP = "#e9e9e9"
PACKED = ("-define", "png:compression-level=9", "-define", "png:compression-filter=0")
TIMELESS = ("-strip", "-define", "png:exclude-chunks=date,time")

Item = TypeVar("Item")


def run(program: str, *words: str | Path) -> str:
    """Run a program and return what it prints; a fault of it ends this one."""
    done = subprocess.run([program, *map(str, words)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{program} failed: {done.stderr.strip()}")
    return done.stdout


def font_file() -> str:
    """Find the font that LibreOffice takes for Arial, for the words beside pictures."""
    return run("fc-match", "-f", "%{file}", "Arial")


def each(work: Callable[[Item], object], items: Iterable[Item]) -> None:
    """Do some work for every item, two at a time."""
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(work, items))


def write_pdfs(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Turn Word files into PDF files of the same names in a folder."""
    office = find_office()
    if office is None:
        raise SystemExit("LibreOffice is missing: install libreoffice-writer")
    names = list(files)
    made = {name: folder / f"{name}.pdf" for name in names}

    def turn(batch: list[str]) -> None:
        turned = convert(office, [files[name] for name in batch])
        for name, data in zip(batch, turned.pdfs, strict=True):
            if not data:
                raise SystemExit(f"{name}: LibreOffice made no PDF of it; it said: {turned.said}")
            made[name].write_bytes(data)

    each(turn, (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)))
    return made


def draw_pages(pdf: Path, density: int, most: int = 0) -> list[Path]:
    """Draw every page of a PDF, or the first ones, as a picture beside it: ``NAME-1.png`` and so on."""
    last = ["-l", str(most)] if most else []
    run("pdftoppm", "-png", "-r", str(density), *last, pdf, pdf.with_suffix(""))
    # pdftoppm writes -01 where there are ten pages or more
    return sorted(pdf.parent.glob(f"{pdf.stem}-[0-9]*.png"), key=_number)


def _number(picture: Path) -> int:
    return int(picture.stem.rpartition("-")[2])


def write_picture(order: Iterable[str | Path], target: Path, colors: int) -> None:
    """Write what ImageMagick is told to, without the clock, as small as a palette makes it."""
    run("convert", *order, "+dither", "-colors", str(colors), *TIMELESS, *PACKED, f"PNG8:{target}")
    print(f"wrote {target.name}, {target.stat().st_size // 1024} kB")
