"""Say what one meeting holds, who leads it, where, for whom, in which sections, and what to copy for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from string import ascii_uppercase
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import Speech, speech
from iop_sessions.pages import common
from iop_sessions.pages.common import ranges
from iop_sessions.pages.handout import is_written
from iop_sessions.plans.leaders import leads_alone
from iop_sessions.plans.plan import Session
from iop_sessions.program.journeys import journeys, made_up, tracks
from iop_sessions.program.program import Program
from iop_sessions.program.sections import census_of
from iop_sessions.program.settings import Census

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
        title = curriculum.topic_title(session.topic_id, language)
        return say("kind.make-up", title=title) if session.is_make_up else title
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


@dataclass(frozen=True)
class Pile:
    """What is printed alike: one handout in one language and one size."""

    handout: Handout
    language: str = "en"
    large_print: bool = False


def piles(
    curriculum: Curriculum, program: Program, session: Session, copies: int | None = None
) -> Counter[Pile]:
    """Count the copies that a session needs, the spare ones among those of standard size.

    Each section gets as many as may sit in it, for nobody carries a sheet from one room to another.

    Parameters
    ----------
    copies
        Copies of each handout in the language of most; by default one a person and the spare ones.
    """
    census, sections = census_of(program, session.track), sections_of(program, session)
    found: Counter[Pile] = Counter()
    for handout, each in curriculum.handouts_of(session.topic_id):
        for pile, number in _readers(curriculum, census, handout, sections, copies):
            found[pile] += number * each
    return +found


def english_instead(curriculum: Curriculum, census: Census, pile: Pile) -> int:
    """Return how many readers of Spanish get an English pile, for want of a Spanish text."""
    standard_english = pile.language == "en" and not pile.large_print
    return census.es if standard_english and _lacks_spanish(curriculum, pile.handout) else 0


def _lacks_spanish(curriculum: Curriculum, handout: Handout) -> bool:
    """Say whether we wrote a handout in English alone; what a clinic has on its shelf we do not know."""
    return is_written(curriculum, handout) and not is_written(curriculum, handout, "es")


def _readers(
    curriculum: Curriculum, census: Census, handout: Handout, sections: int, copies: int | None
) -> Iterator[tuple[Pile, int]]:
    spanish = 0 if _lacks_spanish(curriculum, handout) else census.es
    english = census.en + census.es - spanish
    first = "en" if english or not spanish else "es"  # a language that nobody reads needs no spare copies
    standard = {"en": english} if first == "en" else {}
    standard |= {"es": spanish} if spanish else {}
    for language, people in standard.items():
        asked = copies is not None and language == first
        needed = (shared(people, sections) + census.spare) * sections
        yield Pile(handout, language), (copies or 0) if asked else needed
    yield Pile(handout, first, large_print=True), census.large_print


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
    """Say which phases come to a meeting, or for whom a make-up group is; empty where all come."""
    if session.is_make_up:
        found = made_up(session.slot_id, program.slot_by_id)
        return say("whom.make-up", day=say.short_day(found[0])) if found else say("whom.missed")
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


@dataclass(frozen=True)
class GroupSection:
    """One section of a session: its letter, empty where there is only one, and the session as it sees it."""

    letter: str
    session: Session


def sections_of(program: Program, session: Session) -> int:
    """Return in how many rooms a session runs side by side; one where the program no longer has its slot."""
    return next((slot.sections for slot in program.slots if slot.id == session.slot_id), 1)


def parts_of(curriculum: Curriculum, program: Program, session: Session) -> list[GroupSection]:
    """Part a session into its sections.

    Those who may lead alone take the sections in the order in which they are listed, as the planner does; the
    others are beside them.
    """
    count = sections_of(program, session)
    if count == 1:
        return [GroupSection("", session)]
    alone, beside = _leaders(curriculum, program, session)
    helpers = [*alone[count:], *beside]
    parts = []
    for number, letter in enumerate(ascii_uppercase[:count]):
        leaders = (*alone[number : number + 1], *helpers[number::count])
        room = "; ".join(session.rooms[number : number + 1])
        part = session.model_copy(update={"facilitators": leaders, "room": room})
        parts.append(GroupSection(letter, part))
    return parts


def _leaders(curriculum: Curriculum, program: Program, session: Session) -> tuple[list[str], list[str]]:
    """Part the leaders of a session into those who may lead alone and the others."""
    known = program.facilitator_by_code
    alone = [
        code
        for code in session.facilitators
        if code not in known or leads_alone(curriculum, program, known[code], session)
    ]
    return alone, [code for code in session.facilitators if code not in alone]


def places(program: Program, session: Session) -> int:
    """Return how many lines a sign-in sheet of one section has: its people, and some to spare."""
    census = census_of(program, session.track)
    return shared(census.people, sections_of(program, session)) + census.spare


def shared(number: int, sections: int) -> int:
    """Return how many of some people may sit in each section."""
    return ceil(number / sections)


def sheets(program: Program, sessions: Sequence[Session]) -> int:
    """Count the sign-in sheets that some groups need, one for each section."""
    return sum(sections_of(program, each) for each in sessions)
