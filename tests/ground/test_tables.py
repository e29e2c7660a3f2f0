from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.curriculum.records import Topic, TopicHandout
from iop_sessions.ground.errors import Place, Problem, ProblemsFound
from iop_sessions.ground.tables import Unread, make_record, read_whole_table, require, require_one

HEADER = "topic_id,handout_id,copies\n"


def read(folder: Path, text: str) -> Unread:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return read_whole_table(TopicHandout, path, "t.csv").unread


def test_what_a_broken_row_says_is_remembered(tmp_path: Path) -> None:
    unread = read(tmp_path, HEADER + "RP-01,RP-01a,1\nRP-02,RP-02a,many\nRP-03,\n")
    assert unread.may_say("topic_id", "RP-02")
    assert unread.may_say("handout_id", "RP-02a")
    assert unread.may_say("topic_id", "RP-03")
    assert not unread.may_say("topic_id", "RP-01")


def test_a_file_that_could_not_be_read_may_say_anything(tmp_path: Path) -> None:
    assert read(tmp_path, "").may_say("topic_id", "RP-99")
    assert read(tmp_path, "topic_id,copies\nRP-01,1\n").may_say("topic_id", "RP-99")
    assert not read(tmp_path, HEADER + "RP-01,RP-01a,1\n").may_say("topic_id", "RP-99")


def test_each_wrong_column_of_a_row_is_named() -> None:
    values = {
        "topic_id": "RP 1", "collection": "house", "content": "fool", "group_type": "RP", "title": "T",
        "aim": "A", "lengths": "50; x; 900", "format": "skills",
        "part": "2000", "rights": "own", "version": "",
    }  # fmt: skip
    record, problems = make_record(Topic, values, Place("topics.csv", 7))
    assert record is None
    assert [str(problem) for problem in problems] == [
        "topics.csv:7: topic_id: 'RP 1' is no id — use letters, digits, - and _, at most 60",
        "topics.csv:7: content: 'fool' is not one of the words for it — did you mean 'full'?",
        "topics.csv:7: lengths: 'x' is not a whole number — write digits only",
        "topics.csv:7: lengths: 900 is out of range — allowed: 1 to 480",
        "topics.csv:7: part: 2000 is out of range — allowed: 0 to 1000",
        "topics.csv:7: version: is empty — fill it in",
    ]


@pytest.mark.parametrize("lengths", ["x", " ; "])
def test_lengths_of_a_topic_are_told_once(lengths: str) -> None:
    values = {"lengths": lengths}
    _, problems = make_record(Topic, values, Place("topics.csv", 7))
    assert len([problem for problem in problems if problem.place.column == "lengths"]) == 1


def test_warnings_pass_and_errors_are_raised_all_at_once() -> None:
    warning = Problem(Place("a.csv", 2), "looks odd", "look", "warning")
    error = Problem(Place("a.csv", 3), "is wrong", "mend it")
    assert require([warning]) == [warning]
    with pytest.raises(ProblemsFound) as raised:
        require([warning, error, error])
    assert str(raised.value) == (
        "a.csv:2: warning: looks odd — look\na.csv:3: is wrong — mend it\na.csv:3: is wrong — mend it\n"
        "2 problems to mend; nothing was written."
    )
    assert require_one(("value", [warning])) == "value"
    with pytest.raises(ProblemsFound):
        require_one((None, [error]))
