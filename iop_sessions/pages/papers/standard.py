"""Make what an export writes when no kind is named, the agenda for the wall, and a ZIP's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iop_sessions.coverage import covering
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    ItemList,
    Line,
    Page,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.pages import common
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page, is_written
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.pages.shelf import Kind, Shelf, slug
from iop_sessions.program.program import Program

_WIDTHS: Final = (0.8, 3.0, 3.2)


def start_here(curriculum: Curriculum, program: Program, folders: Mapping[str, int]) -> Page:
    """Make the first page to read.

    Parameters
    ----------
    folders
        The folders beside the page, with the number of documents in each.
    """
    speech = curriculum.speech("en")
    blocks: list[Block] = [
        Paragraph(line(speech("start-here.about"))),
        Paragraph(line(speech("start-here.draft")), "note"),
        Heading(2, speech("start-here.folders")),
        ItemList("bullets", tuple(_folder(curriculum, name, number) for name, number in folders.items())),
        Heading(2, speech("start-here.topics")),
    ]
    for group in curriculum.group_types:
        here = (each for each in curriculum.topics if not each.is_in_a_manual)  # what is in the ZIP
        topics = [each for each in here if each.group_type == group.group_type]
        if topics:
            blocks += [Heading(3, group.title, group.group_type), _table(curriculum, group.title, topics)]
    version = speech("start-here.version", name=curriculum.curriculum_id, version=curriculum.version)
    footer = (version, speech("start-here.rights"))
    return staff_page(program, speech("start-here.title"), blocks, footer, template="start-here")


def _folder(curriculum: Curriculum, name: str, number: int) -> Line:
    kind = name.rpartition("/")[2]
    for variant in ("-large-print", "-es"):
        kind = kind.removesuffix(variant)
    speech = curriculum.speech("en")
    return common.lead(
        f"{name}:", speech(f"start-here.in-{kind}", count=speech.count(number, "shared.files"))
    )


def _table(curriculum: Curriculum, name: str, topics: list[Topic]) -> Table:
    speech = curriculum.speech("en")
    rows = tuple(
        (
            cell(topic.topic_id, header=True),
            Cell((line(topic.title, bold=True), line(f"{topic.aim.rstrip('.')}."))),
            cell(*(f"{each.handout_id} {each.title}" for each, _ in curriculum.handouts_of(topic.topic_id))),
        )
        for topic in topics
    )
    header = tuple(cell(speech(f"start-here.{column}")) for column in ("code", "topic", "handouts"))
    return Table(name, header, rows, "plain", _WIDTHS)


START_HERE: Final = Kind("start-here", "what is in a release", "staff", None, "start-here", spanish=False)


def agendas(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week."""
    return shelf.weekly(
        "agendas", "agenda", lambda week: week_agenda(shelf.case, week, language=shelf.language)
    )


def wall(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week for the wall: no leaders, no copies, no hours."""
    return shelf.weekly(
        "wall", "wall", lambda week: week_agenda(shelf.case, week, wall=True, language=shelf.language)
    )


def handouts(shelf: Shelf) -> dict[str, Page]:
    """Make every handout the plan uses that has a text in the language asked for."""
    curriculum = shelf.case.curriculum
    ids = [each.handout_id for each in shelf.handouts if is_written(curriculum, each, shelf.language)]
    names = {each: f"{each}-{slug(curriculum.handout_title(each, shelf.language))}" for each in ids}
    return {
        f"{shelf.folder('handouts')}/{name}.docx": handout_page(
            curriculum, shelf.case.program, handout_id, **shelf.edition
        )
        for handout_id, name in names.items()
    }


def guides(shelf: Shelf) -> dict[str, Page]:
    """Make the guide of every topic the plan uses, for each length it is planned at."""
    made, case = {}, shelf.case
    for topic_id in (each for each in shelf.topics if not case.curriculum.guide_faults(each)):
        topic = case.curriculum.topic_by_id[topic_id]
        planned = {each.planned_minutes for each in case.plan.sessions if each.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = guide_page(
                case.curriculum, case.program, topic_id, length
            )
    return made


def coverage(shelf: Shelf) -> dict[str, Page]:
    """Make the page on what the plan covers."""
    covered = covering.cover_all(shelf.case)
    page = coverage_page(*covered, language=shelf.language)
    return {f"{shelf.folder('coverage')}/coverage.docx": page}


AGENDAS: Final = Kind("agendas", "the agenda of each week, for staff", "staff", agendas, "agenda")
WALL: Final = Kind("wall", "the agenda of each week, for the wall", "clients", wall, "wall")
HANDOUTS: Final = Kind(
    "handouts", "the handouts of each topic", "clients", handouts, "handout",
    large_print=True, holds_handouts=True,
)  # fmt: skip
GUIDES: Final = Kind(
    "guides",
    "the facilitator guide of each topic",
    "staff",
    guides,
    "guide",
    spanish=False,
    holds_guides=True,
)
COVERAGE: Final = Kind("coverage", "what the plan covers", "staff", coverage, "coverage")
