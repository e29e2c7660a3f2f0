"""A verb that has begun to talk is never silent for long."""

from __future__ import annotations

import threading

import pytest

from iop_sessions.doors import cli, verbs
from iop_sessions.doors.verbs import waiting
from iop_sessions.doors.verbs.waiting import Silence, Watch


def test_a_silent_verb_says_every_few_seconds_that_it_goes_on_and_with_what() -> None:
    silence, said = Silence(every=4), []
    for moment in range(101, 118):
        if moment == 101:
            silence.said("Planning Evening IOP: 12 weeks from 2027-01-04 …", moment)
        if moment == 107:
            silence.said("a plan that costs 120 (part 1 of 2)", moment)
        if line := silence.line(moment):
            said.append(f"{moment}: {line}")
    assert said == [
        "105: Still at work after 4 s. Last: Planning Evening IOP: 12 weeks from 2027-01-04 …",
        "111: Still at work after 10 s. Last: a plan that costs 120 (part 1 of 2)",
        "115: Still at work after 14 s. Last: a plan that costs 120 (part 1 of 2)",
    ]


def test_before_the_first_line_and_where_lines_come_often_nothing_is_added() -> None:
    silence = Silence(every=4)
    assert silence.line(1000) == ""
    for moment in range(20):
        silence.said("another one", moment)
        assert silence.line(moment + 3) == ""


def test_the_watch_speaks_while_a_verb_works_and_never_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOK", 0.001)
    said: list[str] = []
    spoke = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        spoke.set()

    watch = Watch()
    with watch.over(say, every=0.001):
        watch.said("Drawing 79 documents …")
        assert spoke.wait(30), "the watch said nothing"
    count = len(said)
    assert said[0] == "Still at work after 0 s. Last: Drawing 79 documents …"
    watch.said("too late")
    assert len(said) == count
    assert [each.name for each in threading.enumerate() if each.name.endswith("(_look)")] == []


def test_a_verb_is_watched_and_the_user_may_set_how_long_it_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IOP_PROGRESS_SECONDS", "0.001")
    monkeypatch.setattr(waiting, "LOOK", 0.001)
    spoke = threading.Event()

    def say(line: str) -> None:
        verbs.say(line)
        spoke.set()

    def work(**_: object) -> int:
        verbs.tell("Looking for the fewest changes …")
        return 0 if spoke.wait(30) else 1

    monkeypatch.setattr(cli, "say", say)
    monkeypatch.setattr(cli, "app", work)
    cli.main([])
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == [
        "Looking for the fewest changes …", "Still at work after 0 s. Last: Looking for the fewest changes …",
    ]  # fmt: skip
