"""Offers to practice: read from their tables, checked, and reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.checks import texts, topics
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.tables import Unread
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs import printing
from iop_sessions.jobs.read import read_plan
from iop_sessions.pages import kinds
from iop_sessions.plans.case import Case
from tests.lib import small
from tests.lib.faults import BAD, planted
from tests.lib.ready import library
from tests.lib.workspaces import small_workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shipped() -> Curriculum:
    return library()


def told(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


# --- reading


def test_a_curriculum_can_do_without_scenarios(tmp_path: Path) -> None:
    folder = planted(tmp_path, [])
    (folder / "scenarios.csv").unlink()
    (folder / "topic_scenarios.csv").unlink()
    curriculum, problems = load(folder)
    assert told(problems) == []
    assert curriculum.scenarios_of("RT-01") == []


def test_a_level_beyond_three_a_strange_form_and_no_safety_words_are_refused(tmp_path: Path) -> None:
    folder = planted(tmp_path, [])
    path = folder / "scenarios.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "en,act,any,A boss,Asks twice.,At a party at work.,2",
        "en,play,any,A boss,Asks twice.,At a party at work.,4",
    )
    path.write_text(text.replace("Leave it out if your job may hang on it.", ""), encoding="utf-8")
    assert told(load(folder)[1]) == [
        "scenarios.csv:4: form: 'play' is not one of the words for it — use one of: act, phone, read",
        "scenarios.csv:4: difficulty: 4 is out of range — allowed: 1 to 3",
        "scenarios.csv:4: unsafe: is empty — fill it in",
    ]


def test_scenarios_of_a_topic_come_in_order_and_in_the_language_asked_for() -> None:
    curriculum = small.curriculum(
        scenarios="""
        | scenario_id | language |
        | cousin      | en       |
        | cousin      | es       |
        | friend      | en       |
        """,
        topic_scenarios="""
        | topic_id | scenario_id | order |
        | RT-01    | cousin      | 2     |
        | RT-02    | cousin      | 1     |
        | RT-01    | friend      | 1     |
        """,
    )
    assert [each.scenario_id for each in curriculum.scenarios_of("RT-01")] == ["friend", "cousin"]
    assert [each.identity() for each in curriculum.scenarios_of("RT-01", "es")] == [("cousin", "es")]


# --- checks


def test_check_scenarios_have_an_english_row() -> None:
    curriculum = small.curriculum(
        scenarios="""
        | scenario_id | language |
        | friend      | en       |
        | friend      | es       |
        | cousin      | es       |
        """,
        topic_scenarios="""
        | topic_id | scenario_id |
        | RT-01    | friend      |
        | RT-01    | cousin      |
        | RT-01    | nobody      |
        """,
    )
    assert told(topics.check_scenarios_have_an_english_row(curriculum)) == [
        (
            "scenarios.csv:4: scenario_id: 'cousin' has no row in English"
            " — add one to scenarios.csv, with language en"
        ),
        (
            "topic_scenarios.csv:3: scenario_id: 'cousin' has no row in English"
            " — add one to scenarios.csv, with language en"
        ),
    ]  # that nobody knows 'nobody' is told by the check of references


def test_a_scenario_whose_english_row_could_not_be_read_is_not_told_to_lack_it() -> None:
    lost = {"scenarios": Unread(values=frozenset({("scenario_id", "cousin")}))}
    curriculum = small.curriculum(scenarios="| scenario_id | language |\n| cousin | es |", unread=lost)
    assert told(topics.check_scenarios_have_an_english_row(curriculum)) == []


def test_check_translations_follow_their_scenario() -> None:
    curriculum = small.curriculum(
        scenarios="""
        | scenario_id | language | form  | about   | difficulty | version |
        | friend      | en       | phone | any     | 1          | 2       |
        | friend      | es       | act   | alcohol | 3          | 1       |
        | cousin      | es       | act   | any     | 2          | 1       |
        """
    )
    assert told(topics.check_translations_follow_their_scenario(curriculum)) == [
        "scenarios.csv:3: form: 'friend' says act, its English row phone — write phone in both",
        "scenarios.csv:3: about: 'friend' says alcohol, its English row any — write any in both",
        "scenarios.csv:3: difficulty: 'friend' says 3, its English row 1 — write 1 in both",
        (
            "scenarios.csv:3: version: warning: 'friend' is of version 1, its English row of 2"
            " — translate what changed, then write 2"
        ),
    ]


def test_check_scenarios_stand_in_order() -> None:
    curriculum = small.curriculum(
        topic_scenarios="""
        | topic_id | scenario_id | order |
        | RT-01    | friend      | 1     |
        | RT-02    | friend      | 1     |
        | RT-01    | cousin      | 1     |
        """
    )
    assert told(topics.check_scenarios_stand_in_order(curriculum)) == [
        (
            "topic_scenarios.csv:4: order: RT-01 has two scenarios at place 1: see line 2"
            " — give one of them another number"
        )
    ]


def test_check_tries_fit_the_level() -> None:
    curriculum = small.curriculum(
        scenarios="""
        | scenario_id | difficulty | they_say                        |
        | once        | 1          | Want some?                      |
        | twice       | 1          | Want some?; Just one?           |
        | both        | 3          | Want some?; Just one?           |
        | thrice      | 2          | Want some?; Just one?; Come on. |
        """
    )
    assert told(topics.check_tries_fit_the_level(curriculum)) == [
        "scenarios.csv:3: they_say: 'twice' tries 2 times; level 1 allows 1 — take the last line out",
        "scenarios.csv:5: they_say: 'thrice' tries 3 times; level 2 allows 2 — take the last line out",
    ]


def test_check_violence_is_never_acted() -> None:
    curriculum = small.curriculum(
        topics="""
        | topic_id | trigger_content |
        | RT-01    |                 |
        | RT-10    | violence        |
        | RP-20    | sex             |
        """,
        scenarios="| scenario_id | form |\n| acted | act |\n| called | phone |\n| only-read | read |",
        topic_scenarios="""
        | topic_id | scenario_id | order |
        | RT-01    | acted       | 1     |
        | RT-10    | acted       | 1     |
        | RT-10    | called      | 2     |
        | RP-20    | only-read   | 1     |
        | RP-20    | acted       | 2     |
        """,
    )
    assert told(topics.check_violence_is_never_acted(curriculum)) == [
        (
            "topic_scenarios.csv:3: scenario_id: 'acted' is acted, and RT-10 is about violence"
            " — make its form phone or read, or use it in another topic"
        ),
        (
            "topic_scenarios.csv:6: scenario_id: 'acted' is acted, and RP-20 is about sex"
            " — make its form phone or read, or use it in another topic"
        ),
    ]


def test_check_scenarios_are_used() -> None:
    rows = "| scenario_id | language |\n| friend | en |\n| friend | es |"
    curriculum = small.curriculum(scenarios=rows)
    assert told(topics.check_scenarios_are_used(curriculum)) == [
        "scenarios.csv:2: scenario_id: warning: no topic uses 'friend' — add a row to topic_scenarios.csv"
    ]
    unread = small.curriculum(scenarios=rows, unread={"topic_scenarios": Unread(read=False)})
    assert told(topics.check_scenarios_are_used(unread)) == []


def test_check_words_of_scenarios() -> None:
    curriculum = small.curriculum(
        scenarios="""
        | scenario_id | language | they_say        | unsafe               |
        | friend      | en       | You were clean. | Leave out the addict |
        | friend      | es       | clean           | El adicto            |
        """,
        wording="""
        | word_id | language | pattern  | say                  |
        | clean   | en       | clean    | in recovery          |
        | addict  | en       | addict   | person               |
        | adicto  | es       | adicto   | persona              |
        """,
    )
    assert told(topics.check_words_of_scenarios(curriculum)) == [
        "scenarios.csv:2: they_say: 'clean' (clean) — say: in recovery",
        "scenarios.csv:2: unsafe: 'addict' (addict) — say: person",
        "scenarios.csv:3: unsafe: 'adicto' (adicto) — say: persona",
    ]


def test_check_reading_of_scenarios() -> None:
    long = "Go " + "on and on " * 7 + "to the door."
    curriculum = small.curriculum(
        scenarios=f"""
        | scenario_id | language | safer_exit | swap   |
        | friend      | en       | {long}     | {long} |
        | cousin      | en       | Go home.   |        |
        """,
        topic_scenarios="""
        | topic_id | scenario_id |
        | RT-01    | friend      |
        | RT-02    | friend      |
        | RT-03    | cousin      |
        """,
    )
    assert told(topics.check_reading_of_scenarios(curriculum)) == [
        (
            "scenarios.csv:2: safer_exit: sentences of 14.0 words on average; 12 are the most"
            " — make two sentences of each long one"
        ),
        (
            f"scenarios.csv:2: safer_exit: a sentence of 25 words; 20 are the most: '{long}'"
            " — make two sentences of it"
        ),
    ]  # told once though two topics use it; the leader's words may be longer


def test_the_shipped_scenarios_pass_every_check(shipped: Curriculum) -> None:
    checks = [value for name, value in vars(topics).items() if name.startswith("check_")]
    assert [problem for check in checks for problem in told(check(shipped))] == []


def test_the_small_folder_passes_every_check_of_scenarios() -> None:
    curriculum, _ = load(BAD / "good", documents=False)
    checks = [value for name, value in vars(topics).items() if name.startswith("check_")]
    assert [problem for check in checks for problem in told(check(curriculum))] == []


# --- what is shipped


def test_refusal_topics_have_cards_of_three_levels_in_both_languages(shipped: Curriculum) -> None:
    topics = list(dict.fromkeys(each.topic_id for each in shipped.topic_scenarios))
    assert topics == ["RT-01", "RT-02", "RT-03", "RT-05", "RT-10"]
    for topic_id in topics:
        english, spanish = (shipped.scenarios_of(topic_id, code) for code in ("en", "es"))
        assert len(english) >= 4, topic_id
        assert {each.difficulty for each in english} == {1, 2, 3}, topic_id
        assert [each.scenario_id for each in english] == [each.scenario_id for each in spanish]


def test_pressure_against_a_medicine_is_played_by_staff_and_sends_to_the_prescriber(
    shipped: Curriculum,
) -> None:
    cards = [each for each in shipped.english_scenarios if each.about == "medicine"]
    assert len(cards) == 2
    for card in cards:
        assert card.swap == "Staff play this part. No member speaks against a medicine."
        assert "Their prescriber talks with them. Nobody stops a medicine alone." in card.unsafe


# --- reviews


def test_a_review_of_a_scenario_holds_for_its_version_and_text_alone() -> None:
    rows = "| scenario_id | language | version |\n| friend | en | 2 |\n| friend | es | 2 |"
    digest = small.curriculum(scenarios=rows).scenario_by_key["friend", "es"].digest
    curriculum = small.curriculum(
        scenarios=rows,
        reviews=f"""
        | kind     | id     | language | version | state    | credential | reviewed_on | sha256   |
        | scenario | friend | en       | 2       | reviewed | LCSW       | 2026-12-01  | {"a" * 64} |
        | scenario | friend | es       | 2       | reviewed | LCSW       | 2026-12-01  | {digest} |
        | scenario | friend | es       | 1       | reviewed | LCSW       | 2026-12-01  | {digest} |
        | scenario | cousin | en       | 1       | draft    |            |             |          |
        """,
    )
    assert told(texts.check_reviews_name_their_reviewer(curriculum)) == [
        (
            "reviews.csv:4: version: warning: friend is now version 2, this review is of 1"
            " — review the new version"
        ),
        "reviews.csv:5: id: no scenario 'cousin' — remove the row",
    ]
    english = curriculum.scenario_by_key["friend", "en"].digest
    assert told(texts.check_reviews_are_of_the_text_of_today(curriculum)) == [
        (
            "reviews.csv:2: sha256: warning: the text of friend changed since it was reviewed: it prints"
            f" as a draft — review it again, then write {english}"
        )
    ]


def test_the_digest_of_a_scenario_sees_every_word_of_it() -> None:
    row = small.curriculum(scenarios="| scenario_id |\n| friend |").scenarios[0]
    assert row.digest == row.model_copy().digest
    assert row.digest != row.model_copy(update={"unsafe": "Never."}).digest


# --- documents


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return small_workspace(tmp_path_factory.mktemp("scenarios") / "small")


def test_cards_are_made_for_the_planned_topics_that_have_some_in_the_language_asked_for(
    workspace: Workspace,
) -> None:
    opened = read_plan(workspace, "evening")
    made, kept = opened.case.curriculum, opened.kept
    look = {"language": "es", "large_print": True}
    assert list(kinds.make(kinds.Shelf(Case(made, kept.program, kept.plan)), ["cards"])) == [
        "cards/RT-01-say-no-and-leave-cards.docx",
        "cards/RT-02-say-no-to-a-friend-cards.docx",
    ]
    spanish = kinds.make(kinds.Shelf(Case(made, kept.program, kept.plan), **look), ["cards"])
    assert list(spanish) == [
        "cards-es-large-print/RT-01-say-no-and-leave-cards.docx",
        "cards-es-large-print/RT-02-say-no-to-a-friend-cards.docx",
    ]
    assert {(page.language, page.large_print) for page in spanish.values()} == {("es-US", True)}


def test_printing_a_topic_prints_its_cards_too(workspace: Workspace) -> None:
    written = printing.print_topic(workspace, printing.PrintRequest("RT-01")).written
    assert [name for name in written if "cards" in name] == ["RT-01-cards.docx"]
    assert "cards" not in str(printing.print_topic(workspace, printing.PrintRequest("RP-01")).written)
