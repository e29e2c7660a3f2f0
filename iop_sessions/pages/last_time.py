"""Tell a leader what the last group of a kind was about, and its task; short, for it says no more."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import ItemList, Line, Paragraph, plain, walk
from iop_sessions.pages import common
from iop_sessions.pages.runsheet import GuideText
from iop_sessions.plans.plan import Session

_TASK = "Take-home and how to review it"


def last_time(
    curriculum: Curriculum, sessions: Iterable[Session], session: Session, language: str = "en"
) -> Line:
    """Word the day, the topic and the task of the last group of this type that met before; empty without one.

    Parameters
    ----------
    sessions
        Those of the plan, and of the plans before it.
    """
    earlier = [
        each
        for each in sessions
        if each.group_type == session.group_type
        and each.serves(session.track)
        and each.takes_place
        and each.topic_id in curriculum.topic_by_id
        and each.order < session.order
    ]
    if not earlier:
        return ()
    last = max(earlier, key=lambda each: each.order)
    say = curriculum.speech(language)
    title = curriculum.topic_title(last.topic_id, language)
    what = f"{say.short_day(last.date)}: {last.topic_id} {title}."
    broken = curriculum.guide_faults(last.topic_id)  # of another day: tonight's paper comes out without it
    return common.lead(what, "" if broken else task_of(GuideText.of(curriculum, last.topic_id, say)))


def task_of(guide: GuideText) -> str:
    """Return what a guide says of its task, whole."""
    section = guide.sections.get(_TASK)
    texts: list[str] = []
    for block in walk(section.blocks if section else ()):
        if isinstance(block, Paragraph):
            texts.append(plain(block.text))
        elif isinstance(block, ItemList):
            texts += map(plain, block.items)
    return " ".join(texts)
