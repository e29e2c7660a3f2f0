"""Say what lies in a folder of ready documents, for somebody who has nothing installed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.pages.shelf import Kind
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
