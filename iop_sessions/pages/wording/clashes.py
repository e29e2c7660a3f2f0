"""Say which rules cannot hold together, and what would help; short, for a clash is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Clash
from iop_sessions.ground.speech import Speech
from iop_sessions.pages.wording.remedies import remedy_words
from iop_sessions.plans.facts import Clashing, InStretch, OfTopic


@contextmanager
def clashes_in_words(curriculum: Curriculum, language: str = "en") -> Iterator[None]:
    """Let a clash that is found inside leave with its words."""
    try:
        yield
    except Clash as clash:
        words = clash_words(clash, curriculum, curriculum.speech(language))
        raise Clash(clash.reasons, clash.remedies, words) from None


def clash_words(clash: Clash, curriculum: Curriculum, say: Speech) -> str:
    """Say which rules clash, a line each, and below them what would help."""
    rules = [_rule(each, curriculum, say) for each in clash.reasons]
    lines = [say("clash.together" if len(rules) > 1 else "clash.alone"), *(f"  - {each}" for each in rules)]
    helps = remedy_words(clash.remedies, say)
    return "\n".join([*lines, *([say("clash.help")] if helps else []), *(f"  - {each}" for each in helps)])


def _rule(rule: Clashing, curriculum: Curriculum, say: Speech) -> str:
    told = rule.spoken(say)
    if isinstance(rule, OfTopic | InStretch):
        told["topic"] = _topic(rule.topic_id, curriculum, say)
    if isinstance(rule, OfTopic):
        told["earlier"] = _topic(rule.earlier_id, curriculum, say)
    if isinstance(rule, InStretch):
        told["fitting"] = say("clash.fitting-of-track" if rule.track else "clash.fitting", **told)
    return say(f"clash.{rule.kind}", **told)


def _topic(topic_id: str, curriculum: Curriculum, say: Speech) -> str:
    """Name a topic as counselors know it, by its title too."""
    if topic_id not in curriculum.topic_by_id:
        return topic_id
    return say("clash.topic", topic_id=topic_id, title=curriculum.topic_title(topic_id, say.language))
