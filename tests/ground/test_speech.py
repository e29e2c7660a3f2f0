"""The program's labels are whole in both languages, each is printed, and dates do not ask the system."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from iop_sessions.checks import tables
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import FOLDER, placeholders, program_labels, speech
from tests.lib import small
from tests.lib.workspaces import ROOT

MONDAY = date(2027, 1, 4)
PACKAGE = FOLDER.parents[1]
SPEAKERS = {"speech", "words", "say"}


def sources() -> Iterator[ast.AST]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def patterns() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the strings of the package, and what its f-strings may come to."""
    said: set[str] = set()
    made: list[re.Pattern[str]] = []
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            if isinstance(node, ast.JoinedStr) and any(
                isinstance(part, ast.Constant) for part in node.values
            ):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
                    for part in node.values
                )
                made.append(re.compile("".join(parts)))
    return said, [each for each in made if re.search(r"[\w-]\\?\.|\\?\.[\w-]", each.pattern)]


def asked() -> set[str]:
    """Return the keys that the package asks for by a plain string."""
    return {
        node.args[0].value
        for tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SPEAKERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and "." in node.args[0].value
    }


def test_every_label_has_words_in_both_languages() -> None:
    assert [each.key for each in program_labels() if not each.en.strip() or not each.es.strip()] == []


def test_no_key_stands_twice() -> None:
    keys = [each.key for each in program_labels()]
    assert sorted(keys) == sorted(set(keys))


def test_both_languages_fill_the_same_places() -> None:
    others = [each.key for each in program_labels() if placeholders(each.en) != placeholders(each.es)]
    assert others == []


def test_every_label_that_a_page_asks_for_is_there() -> None:
    assert asked() - {each.key for each in program_labels()} == set()


def test_every_label_is_asked_for_somewhere() -> None:
    said, made = patterns()
    unused = [
        each.key
        for each in program_labels()
        if each.key not in said
        and (key := re.sub(r"\.(one|many)$", "", each.key)) not in said
        and not any(pattern.fullmatch(each.key) or pattern.fullmatch(key) for pattern in made)
    ]
    assert unused == []


def test_dates_and_times_are_said_in_each_language() -> None:
    english, spanish = speech("en"), speech("es")
    assert [
        english.long_day(MONDAY), english.short_day(MONDAY), english.month(MONDAY),
        english.clock(time(17, 30)),
        english.span(time(17, 30), time(18, 30)), english.span(time(11), time(12, 30)),
    ] == [
        "Monday, January 4, 2027", "Mon, Jan 4", "January 2027", "5:30 pm",
        "5:30 to 6:30 pm", "11:00 am to 12:30 pm",
    ]  # fmt: skip
    assert [
        spanish.long_day(MONDAY), spanish.short_day(MONDAY), spanish.month(MONDAY),
        spanish.clock(time(17, 30)),
        spanish.span(time(17, 30), time(18, 30)), spanish.weekday_month_day(MONDAY),
    ] == [
        "lunes, 4 de enero de 2027", "lun, 4 de ene", "enero de 2027", "5:30\u00a0p.m.",
        "5:30 a 6:30\u00a0p.m.", "lunes, 4 de enero",
    ]  # fmt: skip


def test_many_dates_are_said_in_few_words() -> None:
    english, spanish = speech("en"), speech("es")
    mondays = [MONDAY + timedelta(weeks=number) for number in range(4)]
    fridays = [day + timedelta(days=4) for day in mondays]
    assert english.days([MONDAY, fridays[0]]) == "Mon, Jan 4; Fri, Jan 8"
    assert english.days(mondays) == "every Monday in January"
    assert spanish.days(mondays) == "cada lunes de enero"
    assert english.days(mondays[1:]) == "Mon, Jan 11; Mon, Jan 18; Mon, Jan 25", "not every one"
    assert english.days(mondays[1:], among=mondays[1:]) == "every Monday in January"
    february = [MONDAY + timedelta(weeks=number) for number in range(4, 8)]
    first = fridays[0] + timedelta(weeks=5)
    friday_too = [*mondays, *fridays, date(2027, 1, 1), date(2027, 1, 29), *february, first]
    assert (
        english.days(friday_too)
        == "every Monday and Friday in January; every Monday in February; Fri, Feb 12"
    )
    assert english.days([*mondays, *february]) == "every Monday in January and February"
    assert english.days(friday_too, most=1) == "every Monday and Friday in January; and 5 more"


def test_words_are_joined_as_each_language_does() -> None:
    assert speech("en").listed(["F1", "F2", "F3"]) == "F1, F2 and F3"
    assert speech("es").listed(["F1", "F2"]) == "F1 y F2"
    assert speech("es").listed(["F1"]) == "F1"


def test_what_is_english_only_is_counted_and_joined_as_english_does() -> None:
    assert [counted(number, "week") for number in (0, 1, 2)] == ["0 weeks", "1 week", "2 weeks"]
    assert [counted(number, "group has", "groups have") for number in (1, 2)] == [
        "1 group has",
        "2 groups have",
    ]
    assert [joined(range(number)) for number in range(4)] == ["", "0", "0 and 1", "0, 1 and 2"]
    assert joined(["F1", "F2", "F3"], "or") == "F1, F2 or F3"


def test_dates_are_the_same_under_any_locale_and_zone() -> None:
    code = (
        "from datetime import date, time; from iop_sessions.ground.speech import speech; s = speech('es');"
        "print(ascii([s.long_day(date(2027, 3, 1)), s.clock(time(0, 5))]))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"LC_ALL": locale, "TZ": zone}, check=True,
            capture_output=True, text=True,
        ).stdout
        for locale, zone in (("C", "Pacific/Apia"), ("de_DE.UTF-8", "UTC"))
    }  # fmt: skip
    assert told == {"['lunes, 1 de marzo de 2027', '12:05\\xa0a.m.']\n"}


def test_a_clinic_says_a_label_in_its_own_words() -> None:
    made = small.curriculum(
        labels="""
        | key         | en         | es |
        | shared.help | Here for you |  |
    """
    )
    assert made.speech("en")("shared.help") == "Here for you"
    assert made.speech("es")("shared.help") == "Ayuda a toda hora"


def test_check_labels_are_known() -> None:
    made = small.curriculum(labels="| key | en |\n| shared.halp | Help |")
    message = "labels.csv:2: key: the program prints no label 'shared.halp' — did you mean 'shared.help'?"
    assert [str(each) for each in tables.check_labels_are_known(made)] == [message]


@pytest.mark.parametrize(
    ("row", "language", "remedy"),
    [
        ("shared.version | edition | ", "en", "write {version} in it, each as it is"),
        ("shared.help | | {more", "es", "write it without braces"),
    ],
)
def test_check_labels_fill_the_same_places(row: str, language: str, remedy: str) -> None:
    made = small.curriculum(labels=f"| key | en | es |\n| {row} |")
    what = f"labels.csv:2: {language}: the places to fill are other ones than the program's"
    assert [str(each) for each in tables.check_labels_fill_the_same_places(made)] == [f"{what} — {remedy}"]


def test_a_label_knows_its_row() -> None:
    assert Label(key="a", en="b", es="c").words("es") == "c"
    assert Path(FOLDER).is_dir()


def test_every_label_that_the_code_asks_for_by_its_name_is_there() -> None:
    asked = {
        node.args[0].value
        for path in (ROOT / "iop_sessions").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("say", "speech", "words")
        if node.args and isinstance(node.args[0], ast.Constant) and "." in str(node.args[0].value)
    }
    assert len(asked) > 200
    assert [key for key in sorted(asked) if not speech("en").knows(key)] == []
