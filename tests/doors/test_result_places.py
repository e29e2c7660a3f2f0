"""Where a result cannot be printed, that is said in words; who reads only its beginning is no fault."""

from __future__ import annotations

import io
import sys

import pytest

from iop_sessions.doors import cli


class Full(io.StringIO):
    """A place for text that fails as the system does."""

    def __init__(self, fault: OSError) -> None:
        super().__init__()
        self.fault = fault

    def flush(self) -> None:
        raise self.fault


def ended(monkeypatch: pytest.MonkeyPatch, fault: OSError) -> object:
    monkeypatch.setattr(sys, "stdout", Full(fault))
    with pytest.raises(SystemExit) as end:
        cli.main(["find", "craving"])
    return end.value.code


@pytest.mark.usefixtures("space")
def test_a_full_device_is_named_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, OSError(28, "No space left on device")) == 4
    assert capsys.readouterr().err == (
        "the result: could not be written: No space left on device — let it be printed to another place\n"
    )


@pytest.mark.usefixtures("space")
def test_who_reads_only_the_beginning_of_a_result_hears_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, BrokenPipeError(32, "Broken pipe")) == 1
    assert capsys.readouterr().err == ""
