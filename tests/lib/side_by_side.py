"""Run tests side by side: on how many processes, and which of them belong together on one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/formats/exports/", "tests/pages/papers/", "tests/formats/word/")
"""Folders whose tests share what takes long to make: one process runs them all."""
FIRST = (*TOGETHER, "tests/properties/")
"""What takes long begins first, so that no process has to wait for another at the end."""
MOST = 8


def processes(config: pytest.Config) -> int:
    """Count the processes for a run: one for each core; none beside our own where a few tests are picked."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return 0  # we are one of them, or were started by one
    option = config.option
    picked = any("::" in each or each.endswith(".py") for each in option.file_or_dir) or option.keyword
    if picked or option.usepdb or option.collectonly or option.capture == "no":
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST) if cores > 1 else 0


def begins_first(item: pytest.Item) -> bool:
    """Say whether a test is among those that take long."""
    return item.nodeid.startswith(FIRST)


def scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Return what hands tests to the processes: a file at a time, or a folder whose tests belong together."""
    from xdist.scheduler import LoadScopeScheduling

    # Deep tests take so long that what they share counts for little.
    folders = () if config.option.markexpr == "deep" else TOGETHER

    class Rooms(LoadScopeScheduling):
        """Keep the tests of a file together, and those of some folders."""

        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((folder for folder in folders if file.startswith(folder)), file)

    config.option.loadscopereorder = False  # in the order of our own list, not by how many tests a file has
    return Rooms(config, log)
