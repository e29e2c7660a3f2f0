"""Say what one meeting holds, who leads it, where, and what to copy for it."""

from __future__ import annotations

from collections.abc import Sequence

from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.plans import Session
from iop_sessions.programs import Program


def session_title(curriculum: Curriculum, session: Session) -> str:
    """Return what a session is called: its topic's title, or its group's where it is an open group."""
    topic = curriculum.topic_by_id.get(session.topic_id)
    if topic is not None:
        return topic.title
    title = common.group_title(curriculum, session.group_type)
    return f"{title}, no topic yet" if curriculum.needs_topic(session.group_type) else title


def aim_words(curriculum: Curriculum, session: Session) -> str:
    """Return a topic's aim, or what an open group is for."""
    topic = curriculum.topic_by_id.get(session.topic_id)
    if topic is not None:
        return f"{topic.aim.rstrip('.')}."
    known = curriculum.group_type_by_id.get(session.group_type)
    return known.purpose if known and not known.needs_topic else ""


def place_words(session: Session, *, leads: bool = True) -> str:
    """Say who leads and where: Lead F1 · Room A."""
    who = f"Lead {' and '.join(session.facilitators)}" if session.facilitators and leads else ""
    room = f"Room {session.room}" if session.room else ""
    mode = {"telehealth": "by video", "hybrid": "room and video"}.get(session.mode, "")
    return " · ".join(piece for piece in (who, room, mode) if piece)


def copy_words(curriculum: Curriculum, program: Program, session: Session, copies: int | None = None) -> str:
    """Say what to copy: Copy 12 x RP-03a, and the large print apart.

    Parameters
    ----------
    copies
        Copies of each handout; by default one a person and the spare ones.
    """
    handouts = curriculum.handouts_of(session.topic_id)
    plain = [
        f"{common.copies_for(program, copies, each)} x {handout.handout_id}" for handout, each in handouts
    ]
    extra = program.census.large_print
    large = [f"{extra * each} x {handout.handout_id} in large print" for handout, each in handouts if extra]
    return f"Copy {', '.join([*plain, *large])}" if plain else ""


def drafts_of(curriculum: Curriculum, sessions: Sequence[Session]) -> str:
    """Name the topics that no clinician has reviewed yet; empty when there are none."""
    ids = dict.fromkeys(
        session.topic_id for session in sessions if session.topic_id in curriculum.topic_by_id
    )
    topics = [curriculum.topic_by_id[topic_id] for topic_id in ids]
    drafts = [
        topic.topic_id for topic in topics if common.review_of(curriculum, "topic", topic, "en") is None
    ]
    if not drafts:
        return ""
    which = "Every topic here is a draft" if len(drafts) == len(topics) else f"Drafts: {', '.join(drafts)}"
    return f"{which}, not yet reviewed by a clinician."
