"""One test for each check of tables and documents; test_programs.py holds those of programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from iop_sessions import checks
from iop_sessions.checks import people, phases, programs, tables, texts, topics, weeks
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.curriculum.passages import Document, Section, Unit
from iop_sessions.curriculum.records import Rule
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.speech import paper_versions
from iop_sessions.ground.tables import Unread, make_record
from iop_sessions.pages import papers
from iop_sessions.pages.papers.parts import ClientPaper
from tests.lib import small
from tests.lib.faults import BAD


def told(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def guide(*headings: str) -> Document:
    parts = [heading.split(" ", 1) for heading in headings]
    sections = tuple(Section(int(number), title, line) for line, (number, title) in enumerate(parts, 5))
    return Document("guides/en/RP-01.md", sections=sections)


def page(text: str, file: str = "handouts/en/RP-01a.md") -> Document:
    return Document(file, units=(Unit(text, Place(file, 7)),))


# --- references


def test_check_references_names_every_id_that_leads_nowhere() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | after | source_ids |\n| RP-01 | RP-09; RP-01 | TIP |",
        topic_handouts="| topic_id | handout_id |\n| RP-1 | RP-01a |",
    )
    assert told(tables.check_references(curriculum)) == [
        "topics.csv:2: after: no topic 'RP-09' — add it to topics.csv",
        "topics.csv:2: source_ids: no source 'TIP' — add it to sources.csv",
        "topic_handouts.csv:2: topic_id: no topic 'RP-1' — did you mean 'RP-01'?",
        "topic_handouts.csv:2: handout_id: no handout 'RP-01a' — add it to handouts.csv",
    ]


def test_check_references_says_nothing_of_an_id_that_stands_in_a_broken_row() -> None:
    rows = "| topic_id | after |\n| RP-01 | RP-02 |"
    lost = {"topics": Unread(values=frozenset({("topic_id", "RP-02")}))}
    assert told(tables.check_references(small.curriculum(topics=rows, unread=lost))) == []
    assert (
        told(tables.check_references(small.curriculum(topics=rows, unread={"topics": Unread(read=False)})))
        == []
    )


def test_check_after_cycles_names_each_circle_once() -> None:
    curriculum = small.curriculum(
        topics="""
        | topic_id | after        |
        | A        | B            |
        | B        | C            |
        | C        | A            |
        | D        | A            |
        | E        | E            |
        | F        | G; H         |
        | G        | F            |
        | H        | F            |
        | I        | nobody; A; F |
        """
    )
    assert told(tables.check_after_cycles(curriculum)) == [
        (
            "topics.csv:2: after: these topics wait for each other: A → B → C → A"
            " — take one of them out of `after`"
        ),
        "topics.csv:6: after: E waits for itself — take one of them out of `after`",
        "topics.csv:7: after: these topics wait for each other: F → G → F — take one of them out of `after`",
        "topics.csv:7: after: these topics wait for each other: F → H → F — take one of them out of `after`",
    ]


def test_check_series_wants_parts_1_2_3_of_one_group_type() -> None:
    curriculum = small.curriculum(
        topics="""
        | topic_id | group_type | series | part |
        | A        | RP         | anger  | 1    |
        | B        | RT         | anger  | 3    |
        | C        | RP         | sleep  | 1    |
        | D        | RP         | sleep  | 2    |
        """
    )
    assert told(tables.check_series(curriculum)) == [
        "topics.csv:3: part: the series 'anger' has the parts 1, 3 — number them 1 to 2",
        (
            "topics.csv:3: group_type: the parts of the series 'anger' belong to RP, RT"
            " — keep a series in one group type"
        ),
    ]


# --- teaching


def timetable(*rows: str, kind: str = "topic") -> Curriculum:
    """Make a topic RP-01 of 60 minutes; a row is 'order minutes kind'."""
    lines = "\n".join("| RP-01 | {} | {} | {} |".format(*f"{row} {kind}".split()[:3]) for row in rows)
    return small.curriculum(
        group_types="| group_type | practice_share_min |\n| RP | 25 |",
        topics="| topic_id |\n| RP-01 |",
        segments="| topic_id | order | minutes | kind |\n" + lines,
    )


def test_check_segment_sums_shows_the_sum() -> None:
    assert told(topics.check_segment_sums(timetable("1 20", "2 30"))) == [
        (
            "segments.csv:3: minutes: the segments of RP-01 for 60 minutes add up to 50 (20 + 30)"
            " — add 10 minutes"
        )
    ]
    assert told(topics.check_segment_sums(timetable("1 20", "2 45"))) == [
        (
            "segments.csv:3: minutes: the segments of RP-01 for 60 minutes add up to 65 (20 + 45)"
            " — take away 5 minutes"
        )
    ]
    assert told(topics.check_segment_sums(timetable("1 20", "2 40"))) == []


def test_check_segment_orders_names_the_first_gap() -> None:
    assert told(topics.check_segment_orders(timetable("1 20", "3 40", "5 1"))) == [
        "segments.csv:3: order: the segments of RP-01 for 60 minutes have no number 2 — number them 1, 2, 3 …"
    ]
    assert told(topics.check_segment_orders(timetable("2 20", "1 40"))) == []


def test_check_lengths_have_segments_both_ways() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | lengths | content |\n| RP-01 | 50; 60 | full |\n| RP-02 | 90 | outline |",
        segments="| topic_id | length |\n| RP-01 | 60 |\n| RP-01 | 75 |",
    )
    assert told(topics.check_lengths_have_segments(curriculum)) == [
        "topics.csv:2: lengths: RP-01 has no segments for 50 minutes — add them to segments.csv",
        (
            "segments.csv:3: length: RP-01 does not name the length 75 in topics.csv"
            " — add it to `lengths`, or remove these rows"
        ),
    ]


def test_check_practice_share_rounds_up_to_whole_minutes() -> None:
    assert told(topics.check_practice_share(timetable("1 46 topic", "2 14 practice"))) == [
        "segments.csv:2: minutes: RP-01 practices 14 of 60 minutes — RP needs 15 (25 %)"
    ]
    assert told(topics.check_practice_share(timetable("1 45 topic", "2 15 practice"))) == []


def test_segments_are_not_judged_where_a_row_of_theirs_is_broken() -> None:
    lost = {"segments": Unread(values=frozenset({("topic_id", "RP-01")}))}
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| RP-01 | 50; 60 |",
        segments="| topic_id | order | minutes |\n| RP-01 | 2 | 10 |",
        unread=lost,
    )
    for check in (
        topics.check_segment_sums,
        topics.check_segment_orders,
        topics.check_lengths_have_segments,
        topics.check_practice_share,
    ):
        assert told(check(curriculum)) == []


def test_check_topics_teach_something_warns() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |\n| RP-02 |",
        topic_objectives="| topic_id | objective_id |\n| RP-01 | a |",
    )
    assert told(topics.check_topics_teach_something(curriculum)) == [
        "topics.csv:3: topic_id: warning: RP-02 meets no objective — add a row to topic_objectives.csv"
    ]


def test_check_objectives_are_taught_leaves_electives_out() -> None:
    curriculum = small.curriculum(
        objectives="| objective_id | level |\n| a | short |\n| b | elective |\n| c | full |"
    )
    assert told(topics.check_objectives_are_taught(curriculum)) == [
        f"objectives.csv:{line}: objective_id: no topic meets the core objective '{name}'"
        " — add a row to topic_objectives.csv, or make it elective"
        for line, name in ((2, "a"), (4, "c"))
    ]


# --- safety


def test_check_translations_are_fresh_names_the_text_they_must_catch_up_with() -> None:
    english = Document("handouts/en/RP-01a.md", digest="b" * 64)
    stale = Document("handouts/es/RP-01a.md", translated_from="a" * 64, digest="c" * 64)
    curriculum = small.curriculum(sheets={"en/RP-01a": english, "es/RP-01a": stale})
    assert told(texts.check_translations_are_fresh(curriculum)) == [
        (
            "handouts/es/RP-01a.md:1: translated_from: warning: the English text changed since it was"
            " translated: it prints as a draft"
            f' — translate what changed, then write translated_from = "{"b" * 64}"'
        )
    ]
    fresh = Document("handouts/es/RP-01a.md", translated_from="b" * 64)
    curriculum = small.curriculum(sheets={"en/RP-01a": english, "es/RP-01a": fresh})
    assert told(texts.check_translations_are_fresh(curriculum)) == []


def test_check_reviews_name_their_reviewer_and_are_of_what_is_there() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | version |\n| RP-01 | 2 |",
        reviews="""
        | kind    | id     | version | state    | credential | reviewed_on |
        | topic   | RP-01  | 2       | reviewed |            | 2026-12-01  |
        | topic   | RP-01  | 1       | reviewed | LCSW       | 2026-12-01  |
        | topic   | RP-09  | 1       | draft    |            |             |
        | handout | RP-01a | 1       | draft    |            |             |
        """,
    )
    assert told(texts.check_reviews_name_their_reviewer(curriculum)) == [
        (
            "reviews.csv:2: credential: RP-01 is marked reviewed without a credential and a date"
            " — fill in both, or write draft"
        ),
        (
            "reviews.csv:3: version: warning: RP-01 is now version 2, this review is of 1"
            " — review the new version"
        ),
        "reviews.csv:4: id: no topic 'RP-09' — remove the row",
        "reviews.csv:5: id: no handout 'RP-01a' — remove the row",
    ]


def test_check_reviews_are_of_the_text_of_today() -> None:
    now, before = "b" * 64, "a" * 64
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        handouts="| handout_id | version |\n| RP-01a | 2 |\n| RP-02a | 1 |\n| RP-03a | 1 |",
        reviews=f"""
        | kind    | id     | version | state    | sha256   |
        | topic   | RP-01  | 1       | reviewed |          |
        | handout | RP-01a | 1       | reviewed | {before} |
        | handout | RP-01a | 2       | reviewed | {before} |
        | handout | RP-02a | 1       | reviewed | {now}    |
        | handout | RP-03a | 1       | draft    |          |
        """,
        guides={"en/RP-01": Document("guides/en/RP-01.md", digest=now)},
        sheets={f"en/RP-0{number}a": Document("", digest=now) for number in (1, 2, 3)},
    )
    assert told(texts.check_reviews_are_of_the_text_of_today(curriculum)) == [
        (
            "reviews.csv:2: sha256: RP-01 is marked reviewed without the sha256 of the text that was read"
            f" — if it is the text of today, write {now}; else write draft"
        ),
        (
            "reviews.csv:4: sha256: warning: the text of RP-01a changed since it was reviewed:"
            f" it prints as a draft — review it again, then write {now}"
        ),
    ]


def test_a_paper_of_the_program_itself_can_be_reviewed() -> None:
    curriculum = small.curriculum(
        reviews="""
        | kind    | id        | version | state    | credential | reviewed_on |
        | handout | first-day | 1       | reviewed | LCSW       | 2026-12-01  |
        | handout | last-day  | 0       | draft    |            |             |
        """
    )
    assert told(texts.check_reviews_name_their_reviewer(curriculum)) == [
        (
            "reviews.csv:3: version: warning: last-day is now version 1, this review is of 0"
            " — review the new version"
        )
    ]


def test_the_papers_that_can_be_reviewed_are_those_the_pages_carry() -> None:
    modules = (import_module(f"{papers.__name__}.{each.name}") for each in iter_modules(papers.__path__))
    carried = [each for module in modules for each in vars(module).values() if isinstance(each, ClientPaper)]
    assert {each.paper_id: each.record.version for each in carried} == paper_versions()


def test_check_help_lines_are_fresh_for_twelve_months() -> None:
    curriculum = small.curriculum(
        help_lines="| name | checked_on |\n| crisis | 2026-01-01 |\n| danger | 2026-01-02 |"
    )
    assert told(texts.check_help_lines_are_fresh(curriculum, date(2027, 1, 2))) == [
        (
            "help_lines.csv:2: checked_on: warning: the number of 'crisis' was last checked on 2026-01-01"
            " — call it, then write the date"
        )
    ]
    assert checks.check_ages_of_numbers(curriculum, date(2027, 1, 1)) == []


# --- rules


def test_check_rules_are_of_what_is_measured() -> None:
    curriculum = small.curriculum(rules="| rule_id | scope |\n| A | program |\n| B | stay |\n| C | client |")
    assert told(tables.check_rules_are_of_what_is_measured(curriculum)) == [
        f"rules.csv:{line}: scope: week_hours is measured of a program, not of a {scope}"
        " — write program, or remove the row"
        for line, scope in ((3, "stay"), (4, "client"))
    ]


def test_a_rule_counts_hours_of_a_week_and_nothing_else() -> None:
    values = small.DEFAULTS["rules"] | {"rule_id": "A", "value": "540", "unit": "minutes", "period": "day"}
    assert told(make_record(Rule, values, Place("rules.csv", 2))[1]) == [
        "rules.csv:2: unit: 'minutes' is not one of the words for it — use one of: hours",
        "rules.csv:2: period: 'day' is not one of the words for it — use one of: week",
    ]


# --- words

WORDS = "| word_id | pattern | say |\n| addict | \\baddicts?\\b | person with a substance use disorder |"


def test_check_word_patterns_names_one_that_cannot_be_read() -> None:
    curriculum = small.curriculum(wording="| word_id | pattern | allow |\n| a | ( | |\n| b | x | [ |")
    assert told(texts.check_word_patterns(curriculum)) == [
        (
            "wording.csv:2: pattern: the pattern of 'a' cannot be read: "
            "missing ), unterminated subpattern at position 0"
            " — mend the brackets, or ask whoever wrote the rule"
        ),
        (
            "wording.csv:3: allow: the pattern of 'b' cannot be read: "
            "unterminated character set at position 0"
            " — mend the brackets, or ask whoever wrote the rule"
        ),
    ]


def test_check_words_of_tables_reads_what_is_printed() -> None:
    curriculum = small.curriculum(
        wording=WORDS,
        topics="| topic_id | title | aim | collection |\n| RP-01 | An addict | Help addicts | addict |",
        segments="| topic_id | activity |\n| RP-01 | Talk of the addict |",
    )
    say = "— say: person with a substance use disorder"
    assert told(texts.check_words_of_tables(curriculum)) == [
        f"topics.csv:2: title: 'addict' (addict) {say}",
        f"topics.csv:2: aim: 'addicts' (addict) {say}",
        f"segments.csv:2: activity: 'addict' (addict) {say}",
    ]


def test_check_words_of_documents_uses_the_rules_of_their_language() -> None:
    spanish = page("Un addict.", "handouts/es/RP-01a.md")
    curriculum = small.curriculum(
        wording=WORDS,
        sheets={"en/RP-01a": page("An addict."), "es/RP-01a": spanish},
        guides={"en/RP-01": page("ok")},
    )
    assert told(texts.check_words_of_documents(curriculum)) == [
        "handouts/en/RP-01a.md:7: 'addict' (addict) — say: person with a substance use disorder"
    ]


def test_check_reading_of_documents_asks_more_of_handouts_than_of_guides() -> None:
    hard = "You can ask your counselor about several different possibilities for your recovery. " * 12
    curriculum = small.curriculum(
        sheets={"en/RP-01a": page(hard)}, guides={"en/RP-01": page(hard, "guides/en/RP-01.md")}
    )
    found = texts.check_reading_of_documents(curriculum)
    grades = [problem for problem in found if "reading grade" in problem.message]
    assert [problem.place.file for problem in grades if problem.message.endswith("6.0 is the most")] == [
        "handouts/en/RP-01a.md"
    ]
    assert len(grades) == 2
    assert grades[1].message.endswith("10.0 is the most")


# --- titles in other languages


def test_check_titles_belong_to_something_of_each_kind() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | group_type |\n| RP-01 | RP |",
        handouts="| handout_id |\n| RP-01a |",
        objectives="| objective_id |\n| crisis-plan |",
        titles="""
        | kind       | id          |
        | topic      | RP-01       |
        | topic      | RP-01a      |
        | handout    | RP-01a      |
        | handout    | PE-77       |
        | group_type | RP          |
        | group_type | Relapse     |
        | objective  | crisis-plan |
        | objective  | crisis-plans |
        """,
    )
    assert told(tables.check_titles_belong_to_something(curriculum)) == [
        "titles.csv:3: id: no topic 'RP-01a' — did you mean 'RP-01'?",
        "titles.csv:5: id: no handout 'PE-77' — remove the row",
        "titles.csv:7: id: no group type 'Relapse' — remove the row",
        "titles.csv:9: id: no objective 'crisis-plans' — did you mean 'crisis-plan'?",
    ]


def test_check_titles_belong_to_something_says_nothing_of_an_id_in_a_broken_row() -> None:
    rows = "| kind | id |\n| topic | RP-02 |"
    lost = {"topics": Unread(values=frozenset({("topic_id", "RP-02")}))}
    assert told(tables.check_titles_belong_to_something(small.curriculum(titles=rows, unread=lost))) == []


def test_check_words_of_titles_goes_by_their_language() -> None:
    curriculum = small.curriculum(
        titles="""
        | kind  | id    | title            | aim               |
        | topic | RP-01 | Ayuda al adicto  | Un addict en casa |
        | topic | RP-02 | Ganas de fumar   | Hable con su tío  |
        """,
        wording="""
        | word_id | language | pattern   | say     |
        | adicto  | es       | \\badicto\\b | persona |
        | addict  | en       | \\baddict\\b | person  |
        """,
    )
    assert told(tables.check_words_of_titles(curriculum)) == [
        "titles.csv:2: title: 'adicto' (adicto) — say: persona"
    ]


# --- documents


def test_check_topics_have_guides_where_they_are_full() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | content |\n| RP-01 | full |\n| RP-02 | outline |\n| RP-03 | full |",
        guides={"en/RP-01": guide()},
    )
    assert told(texts.check_topics_have_guides(curriculum)) == [
        "topics.csv:4: topic_id: RP-03 has no guide — write guides/en/RP-03.md"
    ]


def test_check_handouts_have_sheets_unless_they_are_the_clinics_own() -> None:
    curriculum = small.curriculum(handouts="| handout_id | kind |\n| A | worksheet |\n| B | external |")
    assert told(texts.check_handouts_have_sheets(curriculum)) == [
        "handouts.csv:2: handout_id: A has no text — write handouts/en/A.md"
    ]


def test_check_documents_have_rows_offers_the_nearest() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        guides={"en/rp-01": Document("guides/en/rp-01.md")},
        sheets={"en/notes": Document("handouts/en/notes.md")},
    )
    assert told(texts.check_documents_have_rows(curriculum)) == [
        "guides/en/rp-01.md: no topic 'rp-01' — did you mean 'RP-01'?",
        "handouts/en/notes.md: no handout 'notes' — add it to handouts.csv",
    ]


def test_check_handouts_are_used_and_full_topics_use_one() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |\n| RP-02 |",
        handouts="| handout_id |\n| A |\n| B |",
        topic_handouts="| topic_id | handout_id |\n| RP-01 | A |",
    )
    assert told(texts.check_handouts_are_used(curriculum)) == [
        "handouts.csv:3: handout_id: warning: no topic uses B — add a row to topic_handouts.csv",
        "topics.csv:3: topic_id: warning: RP-02 uses no handout — add a row to topic_handouts.csv",
    ]


def test_check_guides_follow_their_segments_for_every_length_once() -> None:
    curriculum = small.curriculum(
        topics="| topic_id | lengths |\n| RP-01 | 50; 60 |",
        segments="""
        | topic_id | length | order | title    |
        | RP-01    | 50     | 1     | Check-in |
        | RP-01    | 60     | 1     | Check-in |
        | RP-01    | 60     | 2     | Talk     |
        | RP-01    | 60     | 3     | Try it   |
        | RP-01    | 50     | 2     | Talk     |
        """,
        guides={"en/RP-01": guide("1 Check in", "2 Talk", "4 More")},
    )
    assert told(texts.check_guides_follow_their_segments(curriculum)) == [
        (
            "guides/en/RP-01.md:5: the heading says 'Check in', segments.csv says 'Check-in'"
            " — write '## 1 Check-in'"
        ),
        (
            "guides/en/RP-01.md:7: '4 More' is no segment of RP-01 for 50 minutes"
            " — add it to segments.csv, or remove it"
        ),
        "guides/en/RP-01.md: no heading for segment 3 'Try it' — write '## 3 Try it'",
        (
            "guides/en/RP-01.md:7: '4 More' is no segment of RP-01 for 60 minutes"
            " — add it to segments.csv, or remove it"
        ),
    ]


# --- all of them


def every_check() -> list[Callable[..., list[Problem]]]:
    return [
        *checks.TABLE_CHECKS, *checks.DOCUMENT_CHECKS, *checks.TEXT_CHECKS, *checks.PROGRAM_CHECKS,
        *checks.CHOICE_CHECKS, texts.check_help_lines_are_fresh, phases.check_overrides_are_not_over,
    ]  # fmt: skip


def test_every_check_of_the_rooms_is_run() -> None:
    rooms = (
        people, phases, programs, tables, texts, topics, weeks,
    )  # fmt: skip
    written = {
        value
        for room in rooms
        for name, value in vars(room).items()
        if name.startswith("check_") and value.__module__ == room.__name__
    }
    assert written == set(every_check())


def test_every_check_has_a_test_that_calls_it() -> None:
    here = Path(__file__)
    others = (
        "test_choices.py", "test_overrides.py", "test_phases.py", "test_programs.py",
        "test_scenarios.py", "test_weeks.py",
    )  # fmt: skip
    labels = here.parents[1] / "ground" / "test_speech.py"
    files = (here, labels, *(here.with_name(name) for name in others))
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    for check in every_check():
        room = check.__module__.rsplit(".", 1)[1]
        assert f"def test_{check.__name__}" in text, f"no test of {check.__name__}"
        assert f"{room}.{check.__name__}(" in text, f"no test calls {check.__name__}"


def test_documents_are_checked_where_they_were_read_and_none_is_there() -> None:
    curriculum = small.curriculum(topics="| topic_id |\n| RP-01 |")
    missing = "topics.csv:2: topic_id: RP-01 has no guide — write guides/en/RP-01.md"
    assert missing in told(checks.check_curriculum(curriculum, pages=True))
    assert missing not in told(checks.check_curriculum(curriculum))


@pytest.mark.parametrize("pages", [True, False])
def test_the_good_folder_passes_every_check(pages: bool) -> None:
    curriculum, problems = load(BAD / "good", documents=pages)
    assert told([*problems, *checks.check_curriculum(curriculum, pages=pages)]) == []
