"""Say what one meeting holds, who leads it, where, for whom, and what to copy for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import Speech, speech
from iop_sessions.pages import common
from iop_sessions.pages.common import ranges
from iop_sessions.pages.copies import Pile, piles
from iop_sessions.plans.plan import Session
from iop_sessions.program.journeys import journeys, tracks
from iop_sessions.program.program import Program

ONE_TO_ONE: Final = frozenset({"individual", "drug_test", "medication", "case_management"})
"""Kinds of meeting that are between a client and staff; nobody else reads of them."""
_NAMED: Final = ONE_TO_ONE | {"mutual_help", "orientation"}
_OTHER: Final = _NAMED | {"open"}


def is_private(session: Session) -> bool:
    """Say whether a session is one client's own business."""
    return session.kind in ONE_TO_ONE


def is_group(session: Session) -> bool:
    """Say whether a session is a group of the program; people of a mutual-help meeting stay unnamed."""
    return not is_private(session) and session.kind != "mutual_help"


def lacks_topic(curriculum: Curriculum, session: Session) -> bool:
    """Say whether a session needs a topic and has none."""
    bare = session.topic_id not in curriculum.topic_by_id
    return bare and session.kind not in _OTHER and curriculum.needs_topic(session.group_type)


def session_title(curriculum: Curriculum, session: Session, *, language: str = "en") -> str:
    """Return what a session is called: its topic's title, its kind, or its group's where it is open."""
    say = curriculum.speech(language)
    if session.topic_id in curriculum.topic_by_id:
        return curriculum.topic_title(session.topic_id, language)
    if session.kind in _NAMED or (session.kind == "open" and not session.group_type):
        return say(f"kind.{session.kind.replace('_', '-')}")
    title = curriculum.group_title(session.group_type, language)
    if not curriculum.needs_topic(session.group_type):
        return title
    return say("kind.open-of" if session.kind == "open" else "meeting.no-topic", group=title)


def aim_words(curriculum: Curriculum, session: Session, *, language: str = "en") -> str:
    """Return a topic's aim, or what an open group is for."""
    if session.topic_id in curriculum.topic_by_id:
        return curriculum.topic_aim(session.topic_id, language)
    if session.kind in _NAMED or curriculum.needs_topic(session.group_type):
        return ""
    return curriculum.group_purpose(session.group_type, language)


def lead_words(say: Speech, codes: Sequence[str]) -> str:
    """Say who leads: Lead F1 and F2."""
    return say("meeting.lead", codes=say.listed(codes)) if codes else ""


def place_words(
    session: Session, *, leads: bool = True, language: str = "en", own: Iterable[Label] = ()
) -> str:
    """Say who leads and where: Lead F1 · Room A.

    Parameters
    ----------
    own
        A curriculum's own labels.
    """
    say = speech(language, own)
    who = lead_words(say, session.facilitators) if leads else ""
    room = say("meeting.room", code=say.listed(session.rooms)) if session.rooms else ""
    mode = "" if session.mode == "room" else say(f"meeting.{session.mode}")
    return " · ".join(piece for piece in (who, room, mode) if piece)


def copy_words(
    curriculum: Curriculum,
    program: Program,
    session: Session,
    copies: int | None = None,
    *,
    language: str = "en",
) -> str:
    """Say what to copy: Copy 12 x RP-03a, and the Spanish and the large print apart.

    Parameters
    ----------
    copies
        Copies of each handout in the language of most; by default one a person and the spare ones.
    """
    say = curriculum.speech(language)
    needed = piles(curriculum, program, session, copies)
    in_order = sorted(needed, key=lambda pile: (pile.large_print, pile.language))
    what = ", ".join(_pile_words(say, pile, needed[pile]) for pile in in_order)
    return say("meeting.copy", piles=what) if what else ""


def _pile_words(say: Speech, pile: Pile, number: int) -> str:
    look = f"{pile.language}-large" if pile.large_print else pile.language
    return say(f"meeting.pile-{look}", number=number, handout=pile.handout.handout_id)


def drafts_of(curriculum: Curriculum, sessions: Sequence[Session], *, language: str = "en") -> str:
    """Name the topics that no clinician has reviewed yet; empty when there are none."""
    ids = dict.fromkeys(
        session.topic_id for session in sessions if session.topic_id in curriculum.topic_by_id
    )
    every = [curriculum.topic_by_id[topic_id] for topic_id in ids]
    topics = [topic for topic in every if not topic.is_in_a_manual]  # a manual's text is not ours to review
    drafts = [
        topic.topic_id for topic in topics if common.review_of(curriculum, "topic", topic, language) is None
    ]
    say = curriculum.speech(language)
    if drafts and len(drafts) == len(topics):
        return say("meeting.all-drafts")
    return say("meeting.drafts", topics=", ".join(drafts)) if drafts else ""


def has_tracks(program: Program) -> bool:
    """Say whether people are parted by track."""
    return len(tracks(program)) > 1


def phase_words(say: Speech, program: Program, session: Session) -> str:
    """Say which phases come to a meeting; empty where all do."""
    here = [way for way in journeys(program) if session.serves(way.track)]
    every = {phase for way in here for phase in way.phases}
    coming = {
        phase
        for way in here
        for phase, slots in zip(way.phases, way.slots, strict=True)
        if session.slot_id in slots or session.slot_id not in way.known
    }
    if not coming or coming == every:
        return ""
    return say("whom.phase" if len(coming) == 1 else "whom.phases", number=ranges(coming))
