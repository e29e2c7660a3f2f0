"""List what is wrong with the pages of a document: words cut, rows split, headings alone, pages too empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iop_sessions.formats.word.package import w
from tests.lib.layout import DOT, WORDS, Leaf, Printed, counted, words_of

NEAR = 8.0  # points past a margin that a border may take
RULE = 14.0  # points below a heading that its own rule may take
LEAST_FILLED = 0.05  # of a page's height
NEAR_THE_TOP = 40  # words of a page among which those stand that follow the page before


def faults(printed: Printed) -> list[str]:
    """List what is wrong with the pages of a document."""
    checks = (_cut, _outside, _small_print, _without_words, _alone, _split, _spilled)
    return [fault for check in checks for fault in check(printed)]


def _cut(printed: Printed) -> Iterator[str]:
    there: Counter[str] = Counter()
    for leaf in printed.leaves:
        there += leaf.tokens
    missing = counted([words_of(printed.document)]) - there
    if missing:
        yield f"words cut or broken: {', '.join(sorted(missing))}"


def _outside(printed: Printed) -> Iterator[str]:
    """Words past a margin; and rules or grounds past it, such as a table that is too wide."""
    frame = printed.frame
    for leaf in printed.leaves:
        for word in (*leaf.body, *(leaf.small_print or ())):
            if (
                word.left < frame.left - 1
                or word.right > frame.right + 1
                or word.top < frame.top - 1
                or word.bottom > frame.height - frame.footer + 1
            ):
                yield f"page {leaf.number}: '{word.text}' stands outside the margins"
        past = [
            column
            for column in leaf.ink_columns
            if not frame.left - NEAR <= column * DOT <= frame.right + NEAR - DOT
        ]
        if past and not frame.bordered:
            yield f"page {leaf.number}: something is drawn past the margins"


def _small_print(printed: Printed) -> Iterator[str]:
    for leaf in printed.leaves:
        if leaf.small_print is None:
            yield f"page {leaf.number}: its footer is not whole"


def _without_words(printed: Printed) -> Iterator[str]:
    for leaf in printed.leaves:
        if not leaf.tokens:
            yield f"page {leaf.number}: no words"


def _alone(printed: Printed) -> Iterator[str]:
    """Headings that end a page, with what they head on the next one.

    A paper of parts is left out: where a page ends a section, LibreOffice forgets what shall stay together.
    Each part is a handout, which is looked at by itself.
    """
    if printed.is_bound:
        return
    for leaf, following in zip(printed.leaves, [*printed.leaves[1:], None], strict=True):
        last = [token for word in leaf.body for token in WORDS.findall(word.text)]
        first = [token for word in following.body for token in WORDS.findall(word.text)] if following else []
        for heading, after in printed.headings:
            words = counted([heading])
            count = words.total()
            ends = count and Counter(last[-count:]) == words
            if ends and after <= Counter(first[: count + NEAR_THE_TOP]) and _nothing_below(leaf):
                yield f"page {leaf.number}: alone at the foot: {' '.join(heading.split())}"


def _nothing_below(leaf: Leaf) -> bool:
    return leaf.ink_end <= leaf.body[-1].bottom + RULE


def _split(printed: Printed) -> Iterator[str]:
    for row in printed.rows:
        words = words_of(row)
        if row.find(f"{w('trPr')}/{w('cantSplit')}") is None:
            yield f"a row may split: {' '.join(words.split())[:60]}"
        tokens = counted([words])
        if not any(tokens <= leaf.tokens for leaf in printed.leaves):
            yield f"a row stands on two pages: {' '.join(words.split())[:60]}"


def _spilled(printed: Printed) -> Iterator[str]:
    """Pages that hold little but the end of the page before; for papers of parts see `_alone`."""
    for leaf in () if printed.is_bound else printed.leaves[1:]:
        filled = (leaf.ink_end - printed.frame.top) / (leaf.foot - printed.frame.top)
        if leaf.tokens and filled < LEAST_FILLED:
            yield f"page {leaf.number}: little but '{' '.join(word.text for word in leaf.body)[:60]}'"
