"""Make what an export writes when no kind is named, and the agenda's copy for the wall."""

from __future__ import annotations

from typing import Final

from iop_sessions import pages
from iop_sessions.coverage import covering
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.shelf import Kind, Shelf, slug


def agendas(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week."""
    return shelf.weekly(
        "agendas", "agenda", lambda week: pages.week_agenda(shelf.case, week, language=shelf.language)
    )


def wall(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week for the wall: no leaders, no copies, no hours."""
    return shelf.weekly(
        "wall", "wall", lambda week: pages.week_agenda(shelf.case, week, wall=True, language=shelf.language)
    )


def handouts(shelf: Shelf) -> dict[str, Page]:
    """Make every handout the plan uses that has a text in the language asked for."""
    curriculum, missing = shelf.case.curriculum, set(shelf.untranslated)
    ids = [each.handout_id for each in shelf.handouts if each.handout_id not in missing]
    names = {each: f"{each}-{slug(curriculum.handout_title(each, shelf.language))}" for each in ids}
    return {
        f"{shelf.folder('handouts')}/{name}.docx": pages.handout_page(
            curriculum, shelf.case.program, handout_id, **shelf.edition
        )
        for handout_id, name in names.items()
    }


def guides(shelf: Shelf) -> dict[str, Page]:
    """Make the guide of every topic the plan uses, for each length it is planned at."""
    made, case = {}, shelf.case
    for topic_id in shelf.topics:
        topic = case.curriculum.topic_by_id[topic_id]
        planned = {each.planned_minutes for each in case.plan.sessions if each.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = pages.guide_page(
                case.curriculum, case.program, topic_id, length
            )
    return made


def coverage(shelf: Shelf) -> dict[str, Page]:
    """Make the page on what the plan covers."""
    covered = covering.cover_all(shelf.case)
    page = pages.coverage_page(*covered, language=shelf.language)
    return {f"{shelf.folder('coverage')}/coverage.docx": page}


AGENDAS: Final = Kind("agendas", "the agenda of each week, for staff", "staff", agendas, "agenda")
WALL: Final = Kind("wall", "the agenda of each week, for the wall", "clients", wall, "wall")
HANDOUTS: Final = Kind(
    "handouts", "the handouts of each topic", "clients", handouts, "handout",
    large_print=True, holds_handouts=True,
)  # fmt: skip
GUIDES: Final = Kind("guides", "the facilitator guide of each topic", "staff", guides, "guide", spanish=False)
COVERAGE: Final = Kind("coverage", "what the plan covers", "staff", coverage, "coverage")
