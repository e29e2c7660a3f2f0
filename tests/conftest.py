"""How tests are run, and what each can ask for: programs beside PyPI, golden files written anew."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lib import once, side_by_side

ROOT = Path(__file__).resolve().parent.parent
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as for what a shell starts beside itself
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["IOP_PROGRESS_SECONDS"] = "0"  # else a slow machine's verbs would say that they are still at work
VALIDATOR = ROOT / "tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
# Each program with what brings it.
TOOLS = {
    "soffice": "install libreoffice-writer",
    "pdftotext": "install poppler-utils",
    "pdftoppm": "install poppler-utils",
    "chromium": "install chromium",
    "pandoc": "install pandoc",
    "unshare": "install util-linux",
    "ooxml-validator": "run npm ci in tools/ooxml-validator",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the project's own options."""
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew instead of comparing"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run tests side by side where there are many of them, unless -n says otherwise."""
    if getattr(config.option, "numprocesses", 0) is None and config.option.dist == "no":
        config.option.numprocesses = side_by_side.processes(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand the processes tests that belong together."""
    return side_by_side.scheduler(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a program, before pytest picks by -m; begin with what takes long."""
    items.sort(key=lambda item: not side_by_side.begins_first(item))
    for item in items:
        asks = "needs_tool" in getattr(item, "fixturenames", ())
        if asks or item.get_closest_marker("needs_tool"):
            item.add_marker("tools")


def pytest_collection_finish() -> None:
    """Keep the garbage collector from what stays to the end: it would take a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose marker names a missing program."""
    for marker in item.iter_markers("needs_tool"):
        for name in marker.args:
            find_tool(name)


def find_tool(name: str) -> str:
    """Return a program's path; skip where it is missing, or fail where IOP_REQUIRE_TOOLS is set."""
    remedy = TOOLS[name]
    found = shutil.which(VALIDATOR if name == "ooxml-validator" else name)
    if found:
        return found
    message = f"{name} is missing: {remedy}"
    if os.environ.get("IOP_REQUIRE_TOOLS"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session", autouse=True)
def done_once() -> Iterator[None]:
    """Do once what no test can tell from doing it anew."""
    with pytest.MonkeyPatch.context() as patch:
        once.remember(patch)
        yield


@pytest.fixture
def needs_tool() -> Callable[[str], str]:
    """Give a function from a program's name to its path; it skips or fails where the program is missing."""
    return find_tool


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Say whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
