"""Find a guide's text in a language, its English text in want of it, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown.shapes import (
    GUIDE_END,
    GUIDE_START,
)
from iop_sessions.curriculum.passages import Document, Section
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.curriculum.references import Review
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common

FIXED: Final = (*GUIDE_START, *GUIDE_END)


@dataclass(frozen=True)
class GuideText:
    """A topic's guide as a page of one language prints it."""

    text: Document | None  # in the page's language, else in English
    english: Document | None
    say: Speech

    @classmethod
    def of(cls, curriculum: Curriculum, topic_id: str, say: Speech) -> GuideText:
        """Return the guide of a topic for pages of a language."""
        english = curriculum.guides.get(f"en/{topic_id}")
        return cls(curriculum.guides.get(f"{say.language}/{topic_id}", english), english, say)

    @property
    def is_translated(self) -> bool:
        """Say whether the text is a translation."""
        return self.text is not None and self.say.language != "en" and self.text is not self.english

    @property
    def is_borrowed(self) -> bool:
        """Say whether the text is the English one on a page of another language."""
        return self.text is not None and self.say.language != "en" and self.text is self.english

    def review(self, curriculum: Curriculum, topic: Topic) -> Review | None:
        """Find the review of the topic in this language; a translation whose English changed is a draft."""
        if self.is_translated and _is_stale(self.text, self.english):
            return None
        return common.review_of(curriculum, "topic", topic, self.say.language)

    def part(self, segment: Segment) -> Section | None:
        """Find the words for a segment; the English heading and the segment bear the same title."""
        found = _same_title(segment, self.english)
        if not self.is_translated:
            return found
        number = found.number if found else segment.order
        return next((each for each in _parts(self.text) if each.number == number), None)

    def unused(self, segments: Iterable[Segment]) -> list[Section]:
        """List the parts that a group has no time for at this length."""
        used = {id(self.part(segment)) for segment in segments}
        return [section for section in _parts(self.text) if id(section) not in used]

    def title_of(self, segment: Segment) -> str:
        """Return what a segment is called, in the words of the translation where there is one."""
        found = self.part(segment) if self.is_translated else None
        return found.title if found else segment.title

    def activity_of(self, segment: Segment) -> str:
        """Return what happens in a segment; the table has it in English alone, a translation tells it all."""
        return "" if self.is_translated and self.part(segment) else segment.activity

    @property
    def sections(self) -> dict[str, Section]:
        """Return what stands beside the parts, by its English heading where that is a fixed one."""
        known = {self.heading(title): title for title in FIXED}
        found = (each for each in (self.text.sections if self.text else ()) if not each.number)
        return {known.get(each.title, each.title): each for each in found}

    def heading(self, title: str) -> str:
        """Return a fixed heading in the page's language; any other stays as it is."""
        return self.say(f"guide.section-{title.casefold().replace(' ', '-')}") if title in FIXED else title

    def opening(self, words: str) -> str:
        """Return the page's word for one that opens a paragraph, Do, Say or Ask; empty for any other."""
        ours = {name: self.say(f"run-sheet.{name.casefold()}") for name in ("Do", "Say", "Ask")}
        return ours.get(words) or (words if words in ours.values() else "")


def _parts(guide: Document | None) -> Sequence[Section]:
    return [each for each in guide.sections if each.number] if guide else []


def _same_title(segment: Segment, guide: Document | None) -> Section | None:
    named = [each for each in _parts(guide) if each.title == segment.title]
    return next((each for each in named if each.number == segment.order), named[0] if named else None)


def _is_stale(translation: Document | None, english: Document | None) -> bool:
    return bool(translation and english and translation.translated_from != english.digest)
