from __future__ import annotations

import math
from pathlib import Path

import pytest

from iop_sessions.curriculum.language import (
    check_patterns,
    check_reading,
    check_wording,
    english_syllables,
    spanish_syllables,
)
from iop_sessions.curriculum.passages import Unit
from iop_sessions.curriculum.records import GlossaryTerm, Wording
from iop_sessions.ground.errors import Place
from iop_sessions.ground.tables import read_table
from tests.lib.reading import flesch_kincaid, inflesz

CURRICULUM = Path(__file__).parents[2] / "curriculum"

# Each line breaks one house rule, named at its end.
BAD_ENGLISH = (
    ("He has been an addict for ten years.", "addict"),
    ("Addicts often hide what they use.", "addict"),
    ("Some junkies meet under the bridge.", "slur"),
    ("Do not act like a crackhead.", "slur"),
    ("A pothead will say no harm is done.", "slur"),
    ("She is a former addict.", "former-addict"),
    ("He is a recovering alcoholic.", "former-addict"),
    ("A substance abuser needs care.", "abuser"),
    ("Drug users get help here.", "abuser"),
    ("This page is for IV users.", "abuser"),
    ("Substance abuse harms families.", "substance-abuse"),
    ("She abused alcohol for years.", "substance-abuse"),
    ("His drug abuse began at school.", "substance-abuse"),
    ("My uncle is an alcoholic.", "alcoholic"),
    ("He was known as the town drunk.", "alcoholic"),
    ("Alcoholism runs in families.", "alcoholism"),
    ("It is time to kick the habit.", "habit"),
    ("A drug habit costs a lot.", "habit"),
    ("I have been clean for a year.", "clean"),
    ("What is your clean date?", "clean"),
    ("Your urine was dirty.", "clean-test"),
    ("He failed the drug test.", "clean-test"),
    ("The nurse cared for crack babies.", "addicted-baby"),
    ("The child was born addicted.", "addicted-baby"),
    ("Ask about opioid substitution.", "substitution"),
    ("Methadone maintenance is one choice.", "substitution"),
    ("MAT is offered on site.", "mat"),
    ("Medication-assisted treatment can help.", "mat"),
    ("If you relapse, call us.", "relapse"),
    ("She fell off the wagon.", "slip"),
    ("He suffers from addiction.", "suffers"),
    ("You are not a victim of addiction.", "suffers"),
    ("The client was non-compliant.", "non-compliant"),
    ("This is drug-seeking behavior.", "non-compliant"),
    ("You are in denial.", "denial"),
    ("Your wife is an enabler.", "enabler"),
    ("He committed suicide last year.", "suicide"),
    ("This is a page for the mentally ill.", "labels"),
    ("Felons can find work too.", "justice"),
    ("The homeless sleep nearby.", "homeless"),
)
GOOD_ENGLISH = (
    "You have an alcohol use disorder, and you can heal.",
    "Alcoholics Anonymous meets on Monday.",
    "Adult Children of Alcoholics is for grown children.",
    "Narcotics Anonymous is one path. SMART Recovery is one more.",
    "Our group is called relapse prevention.",
    "A return to use is a sign to get more help.",
    "Use clean needles each time.",
    "Drink clean water.",
    "Keep your room clean.",
    "Your test came back negative.",
    "Child abuse must be told.",
    "Were you hurt by sexual abuse or physical abuse?",
    "The Substance Abuse and Mental Health Services Administration made this line.",
    "The National Institute on Drug Abuse did the study.",
    "The Drug Abuse Screening Test has ten questions.",
    "Alcoholic hepatitis is a liver illness.",
    "Nonalcoholic beverages are in the fridge.",
    "A sleep habit is built night by night.",
    "Ask about nicotine replacement.",
    "Medication for opioid use disorder is treatment.",
    "This is a water-resistant bag.",
    "The bottom of the page has a phone number.",
    "She died by suicide. You can talk about it.",
    "He lives with bipolar disorder.",
    "A person on probation can ask for a letter.",
    "People without housing can get mail here.",
    "Take a slip of paper and write one word.",
    "Put the yoga mat on the floor.",
    "She graduated from high school.",
    "The user guide is on the desk.",
)
BAD_SPANISH = (
    ("Él es adicto.", "adicto"),
    ("Los drogadictos necesitan ayuda.", "insulto"),
    ("Mi tío es alcohólico.", "alcoholico"),
    ("Deje el vicio.", "vicio"),
    ("El abuso de drogas daña.", "abuso"),
    ("Ella está limpia desde enero.", "limpio"),
    ("Su orina salió sucia y su prueba sucia.", "orina"),
    ("Tuvo una recaída.", "recaida"),
)
GOOD_SPANISH = (
    "Alcohólicos Anónimos se reúne los lunes.",
    "El grupo se llama prevención de recaídas.",
    "Volver a consumir es una señal para pedir ayuda.",
    "El agua está limpia.",
    "Su resultado fue negativo.",
    "Usted tiene un trastorno por consumo de alcohol.",
    "Use jeringas limpias.",
)


@pytest.fixture(scope="module")
def words() -> list[Wording]:
    rules, problems = read_table(Wording, CURRICULUM / "wording.csv", "wording")
    assert problems == []
    return rules


def unit(text: str, line: int = 7) -> Unit:
    return Unit(text, Place("RP-01a.md", line))


def units_of(text: str) -> list[Unit]:
    return [unit(part, line) for line, part in enumerate(text.split("\n"), start=5)]


@pytest.mark.parametrize(("sentence", "word_id"), BAD_ENGLISH, ids=range(len(BAD_ENGLISH)))
def test_a_word_to_avoid_is_found_by_its_own_rule(sentence: str, word_id: str, words: list[Wording]) -> None:
    assert [problem.message.split("(")[-1] for problem in check_wording([unit(sentence)], words)] == [
        f"{word_id})"
    ]


@pytest.mark.parametrize("sentence", GOOD_ENGLISH, ids=range(len(GOOD_ENGLISH)))
def test_words_that_stand_rightly_pass(sentence: str, words: list[Wording]) -> None:
    assert check_wording([unit(sentence)], words) == []


@pytest.mark.parametrize(("sentence", "word_id"), BAD_SPANISH, ids=range(len(BAD_SPANISH)))
def test_a_spanish_word_to_avoid_is_found(sentence: str, word_id: str, words: list[Wording]) -> None:
    found = {problem.message.split("(")[-1] for problem in check_wording([unit(sentence)], words, "es")}
    assert found == {f"{word_id})"}


@pytest.mark.parametrize("sentence", GOOD_SPANISH, ids=range(len(GOOD_SPANISH)))
def test_spanish_words_that_stand_rightly_pass(sentence: str, words: list[Wording]) -> None:
    assert check_wording([unit(sentence)], words, "es") == []


def test_every_rule_but_the_untested_is_broken_by_a_bad_sentence(words: list[Wording]) -> None:
    tested = {word_id for _, word_id in (*BAD_ENGLISH, *BAD_SPANISH)}
    assert {rule.word_id for rule in words} - tested == {"prostitute", "self-help", "drop-out"}
    assert sum(rule.language == "en" for rule in words) == 26
    assert sum(rule.language == "es" for rule in words) == 8


@pytest.mark.parametrize("sentence", ["A prostitute was there.", "A self-help group.", "He is a drop-out."])
def test_the_rest_of_the_rules_find_their_words_too(sentence: str, words: list[Wording]) -> None:
    assert len(check_wording([unit(sentence)], words)) == 1


def test_a_hit_names_the_words_the_rule_and_what_to_say(words: list[Wording]) -> None:
    problems = check_wording([unit("Alcoholics Anonymous helps an alcoholic.", 12)], words)
    assert [str(problem) for problem in problems] == [
        "RP-01a.md:12: 'alcoholic' (alcoholic) — say: person with an alcohol use disorder"
    ]


def test_a_rule_on_which_people_differ_only_warns(words: list[Wording]) -> None:
    problems = check_wording([unit("Self-help can work.")], words)
    assert [str(problem) for problem in problems] == [
        "RP-01a.md:7: warning: 'Self-help' (self-help) — say: mutual help; mutual help group"
    ]


def test_a_pattern_that_cannot_be_read_is_a_problem_and_stops_no_check(words: list[Wording]) -> None:
    broken = words[0].model_copy(update={"pattern": "(addict", "place": Place("wording.csv", 3)})
    assert [str(problem) for problem in check_patterns([broken])] == [
        (
            "wording.csv:3: pattern: the pattern of 'addict' cannot be read: missing ), "
            "unterminated subpattern at position 0 — mend the brackets, or ask whoever wrote the rule"
        )
    ]
    assert check_wording([unit("An addict.")], [broken]) == []
    assert check_patterns(words) == []


def test_the_glossary_explains_each_term_at_grade_six_or_lower() -> None:
    terms, problems = read_table(GlossaryTerm, CURRICULUM / "glossary.csv", "glossary")
    assert problems == []
    grades = {term.term: flesch_kincaid([term.meaning]).grade for term in terms if term.language == "en"}
    assert {term: grade for term, grade in grades.items() if grade > 6.0} == {}


@pytest.mark.parametrize("name", ["wording.csv", "glossary.csv"])
def test_the_word_tables_are_written_as_excel_and_git_like_them(name: str) -> None:
    content = (CURRICULUM / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("craving", 2),
        ("fentanyl", 3),
        ("naloxone", 3),
        ("vaping", 2),
        ("telehealth", 3),
        ("mindfulness", 3),
        ("journaling", 3),
        ("kratom", 2),
        ("buprenorphine", 4),
        ("take-home", 2),
        ("don\u2019t", 1),
        ("wanted", 2),
        ("walked", 1),
        ("gaslighted", 3),
        ("vaped", 1),
        ("opioids", 3),
        ("boxes", 2),
        ("988", 1),
        ("THC", 3),
        ("unflimmed", 2),
        ("gribble", 2),
    ],
)
def test_english_syllables_are_counted(word: str, count: int) -> None:
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("amigo", 3),
        ("día", 2),
        ("idea", 3),
        ("ahora", 3),
        ("recuperación", 5),
        ("guía", 2),
        ("pingüino", 3),
        ("queso", 2),
        ("hoy", 1),
        ("ayuda", 3),
        ("búho", 2),
        ("ciudad", 2),
        ("aéreo", 4),
        ("y", 1),
        ("muy", 1),
        ("leer", 2),
        ("oír", 2),
        ("cuidado", 3),
        ("familia", 3),
        ("país", 2),
        ("guerra", 2),
        ("averigüéis", 4),
        ("911", 1),
    ],
)
def test_spanish_syllables_are_counted(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_a_grade_is_the_formula_of_its_counts() -> None:
    reading = flesch_kincaid(["You can call a friend.", "Call a friend today. They may help you"])
    assert (reading.words, reading.sentences, reading.longest_sentence) == (13, 3, 5)
    assert reading.grade == pytest.approx(0.39 * 13 / 3 + 11.8 * 14 / 13 - 15.59)
    assert reading.ease == pytest.approx(206.835 - 1.015 * 13 / 3 - 84.6 * 14 / 13)


def test_list_items_without_a_stop_stay_sentences_of_their_own() -> None:
    with_stops = flesch_kincaid(["Call a friend.", "Drink some water.", "Take a walk."])
    assert flesch_kincaid(["Call a friend", "Drink some water", "Take a walk"]).grade == with_stops.grade


def test_labels_blanks_and_hours_do_not_shift_the_grade() -> None:
    told = flesch_kincaid(
        ["I will call you at 9 a.m. on Monday.", "Feeling", "My plan", "Then I ____ go home."]
    )
    assert (told.words, told.sentences) == (13, 2)


def test_text_without_a_sentence_has_no_grade_and_no_problem() -> None:
    assert math.isnan(flesch_kincaid(["Name", ""]).grade)
    assert check_reading([unit("Name")], "handout") == []


def test_the_worst_sentences_come_first() -> None:
    reading = flesch_kincaid(
        [
            "You can rest.",
            "Interdisciplinary considerations necessitate organizational accountability.",
            "You can call.",
            "You can eat.",
            "Several additional recommendations follow.",
        ]
    )
    assert reading.worst[:2] == (
        "Interdisciplinary considerations necessitate organizational accountability.",
        "Several additional recommendations follow.",
    )
    assert len(reading.worst) == 3


def test_a_page_that_is_too_hard_names_its_three_worst_sentences() -> None:
    hard = "Your individual recovery necessitates considerable determination.\n" * 18
    sentence = "'Your individual recovery necessitates considerable determination.'"
    costs = "(individual, recovery, necessitates, considerable, determination)"
    # 6 words and 24 syllables a sentence: 0.39 * 6 + 11.8 * 24 / 6 - 15.59
    assert [str(problem) for problem in check_reading(units_of(hard.strip()), "handout")] == [
        (
            "RP-01a.md:5: reading grade 34.0; 6.0 is the most — shorten these first: "
            f"line 5: {sentence} {costs}; line 6: {sentence} {costs}; line 7: {sentence} {costs}"
        ),
        (
            "RP-01a.md:5: warning: 83% of the words have 3 syllables or more; 10% is the most — find shorter "
            "words for: individual, recovery, necessitates, considerable, determination"
        ),
    ]


def test_a_short_page_is_judged_by_its_sentences_alone() -> None:
    long_sentence = "You go to the shop and " * 4 + "you rest."
    average, longest = check_reading([unit(long_sentence)], "handout")
    assert str(average) == (
        "RP-01a.md:7: sentences of 26.0 words on average; 12 are the most — "
        "make two sentences of each long one"
    )
    assert str(longest) == (
        "RP-01a.md:7: a sentence of 26 words; 20 are the most: 'You go to the shop and You go to the shop "
        "and You go to the shop and You go to the shop …' — make two sentences of it"
    )


def test_headings_are_not_read_as_sentences() -> None:
    heading = Unit("Interdisciplinary considerations and organizational accountability", Place(), "heading")
    page = [unit("You can call a friend when it gets hard for you.")] * 15
    assert check_reading([heading] * 15 + page, "handout") == []


def test_a_sentence_of_two_words_counts_and_one_word_does_not() -> None:
    reading = flesch_kincaid(["Do. You can rest here now. Call 911. Yes."])
    assert (reading.words, reading.sentences) == (7, 2)


def test_a_long_hard_sentence_costs_more_than_a_short_harder_one() -> None:
    long_one = "Recovery counselors may evaluate what went on and recommend additional community services."
    short_one = "Considerable determination."
    reading = flesch_kincaid(["You can rest."] * 20 + [f"{short_one} {long_one}"])
    assert reading.worst == (long_one, short_one, "You can rest.")
    assert flesch_kincaid([f"{short_one} Yes."]).grade > flesch_kincaid([long_one]).grade


def test_words_the_glossary_explains_are_not_counted_as_long() -> None:
    page = [unit("You can keep naloxone with you for your family.")] * 15
    assert check_reading(page, "handout", glossary=["naloxone", "family"]) == []
    assert [str(problem) for problem in check_reading(page, "handout", glossary=["naloxone"])] == [
        (
            "RP-01a.md:7: warning: 11% of the words have 3 syllables or more; 10% is the most — "
            "find shorter words for: family"
        )
    ]


def test_a_page_that_speaks_to_nobody_is_warned_of() -> None:
    page = [unit("People can call a friend on hard days.")] * 15
    assert [str(problem) for problem in check_reading(page, "handout")] == [
        (
            "RP-01a.md:7: warning: 0% of the sentences speak to the reader; 30% is the least — "
            "say 'you' and 'your', or 'I' and 'my'"
        )
    ]
    assert check_reading(page, "guide") == []


def test_spanish_is_judged_on_the_inflesz_scale() -> None:
    easy = [unit("Usted puede llamar a un amigo. Su amigo le ayuda.")] * 15
    # 7 words and 33 syllables: 206.835 - 62.3 * 33 / 7 - 7
    hard = [
        unit("Su participación institucional multidisciplinaria exige responsabilidades extraordinarias.")
    ] * 15
    assert inflesz([each.text for each in easy]).ease > 80
    assert math.isnan(inflesz([each.text for each in easy]).grade)
    assert check_reading(easy, "handout", "es") == []
    assert [problem.message for problem in check_reading(hard, "handout", "es")] == [
        "INFLESZ -102.8; 65 is the least"
    ]


PROSE = (
    (
        "A craving is a strong wish to use. It starts when something reminds you of the past. It may "
        "be a street, a song or an old friend. The wish grows for a while and then it fades. Most "
        "people find that it passes in less than half an hour. You can wait it out with a plan. Take "
        "a walk, call a person you trust, or drink a glass of cold water."
    ),
    (
        "Sleep helps the brain heal. Go to bed at the same time each night and get up at the same "
        "time each morning. Keep the room dark and quiet. Put the phone away an hour before bed. If "
        "sleep does not come, get up and read something dull until you feel tired again. Coffee after "
        "lunch can keep you awake until midnight."
    ),
    (
        "Intensive outpatient programs provide structured counseling for several hours on each "
        "treatment day. Clients continue to live at home while they attend regular group sessions. "
        "Counselors evaluate individual progress and recommend additional services when circumstances "
        "change. Family members participate whenever the client agrees."
    ),
)


@pytest.mark.parametrize("prose", PROSE, ids=range(len(PROSE)))
def test_the_grade_agrees_with_textstat_on_plain_prose(prose: str) -> None:
    import textstat

    assert flesch_kincaid([prose]).grade == pytest.approx(textstat.flesch_kincaid_grade(prose), abs=0.3)
