"""Share what printed papers have in common: sheets for clients and staff, clock times, rows to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import Final

from iop_sessions.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.calendars import clock
from iop_sessions.colors import INK
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import NotFound, UsageError
from iop_sessions.pages import common
from iop_sessions.pages.handout import handout_blocks
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Handout, Topic

PATIENT_RECORD: Final = "Confidential: 42 CFR Part 2. Keep with patient records."


def client_page(
    curriculum: Curriculum,
    program: Program,
    paper: Handout,
    blocks: Iterable[Block],
    *,
    purpose: str,
    large_print: bool = False,
) -> Page:
    """Make a page for clients: its title, what it is for, its blocks, and whom to call.

    Parameters
    ----------
    paper
        The page's id, title and version, so that a review of it counts as one of a handout does.
    """
    review = common.review_of(curriculum, "handout", paper, "en")
    draft = (Paragraph(line(common.DRAFT["en"]), "note"),) if paper.safety and review is None else ()
    code = common.code_line(paper.handout_id, paper.version, review)
    return Page(
        "handout",
        paper.title,
        (Heading(1, paper.title), *draft, Paragraph(line(purpose), "purpose"), *blocks),
        common.client_footer(curriculum, program, code),
        paper=program.paper,
        color=INK,
        large_print=large_print,
    )


def staff_page(program: Program, title: str, blocks: Iterable[Block], footer: tuple[str, ...]) -> Page:
    """Make a page for staff."""
    return Page("guide", title, (Heading(1, title), *blocks), footer, paper=program.paper)


def help_box(curriculum: Curriculum, program: Program) -> tuple[Block, ...]:
    """Box whom to call, a number a line; nothing where no number is known."""
    alone = (replace(curriculum, help_lines=(row,)) for row in curriculum.help_lines if row.language == "en")
    own = common.help_sentence(replace(curriculum, help_lines=()), program)
    calls = [*(common.help_sentence(each, None) for each in alone), *([own] if own else [])]
    items = ItemList("bullets", tuple(line(call) for call in calls))
    return (Box("remember", "Help at any hour", (items,)),) if calls else ()


def fill_in(
    name: str, header: Sequence[str], labels: Iterable[str], widths: tuple[float, ...] = (2.6, 4.4)
) -> Table:
    """Make a table whose rows open with a label and leave the rest to be written."""
    empty = (Cell(),) * (len(header) - 1)
    rows = tuple((cell(label, header=True), *empty) for label in labels)
    return Table(name, tuple(cell(each) for each in header), rows, "plain", widths)


def blank_rows(
    name: str, header: Sequence[str], count: int, widths: tuple[float, ...] = (), lead: Iterable[str] = ()
) -> Table:
    """Make a table of empty rows to write in, the ones of `lead` filled first as an example."""
    first = (tuple(cell(each) for each in lead),) if lead else ()
    rows = (*first, *((Cell(),) * len(header) for _ in range(count)))
    return Table(name, tuple(cell(each) for each in header), rows, "plain", widths)


def time_words(start: time, end: time) -> str:
    """Write two times of a day: 5:30 to 6:30 pm."""
    first, last = clock(start), clock(end)
    return f"{first.rpartition(' ')[0] if first[-2:] == last[-2:] else first} to {last}"


def held(sessions: Iterable[Session]) -> list[Session]:
    """List the sessions that take place, in order; none is refused."""
    found = sorted((each for each in sessions if each.takes_place), key=lambda session: session.order)
    if not found:
        raise UsageError("no group meets then — choose another date or session")
    return found


def week_sessions(plan: Plan, week: int) -> list[Session]:
    """List the sessions of a week, in order; a week that the plan has not is refused."""
    if not 1 <= week <= plan.sheet.weeks:
        raise NotFound("week", str(week), (str(number) for number in range(1, plan.sheet.weeks + 1)))
    return sorted((each for each in plan.sessions if each.week == week), key=lambda session: session.order)


def is_family(curriculum: Curriculum, group_type: str) -> bool:
    """Say whether relatives are asked to a group of this type."""
    known = curriculum.group_type_by_id.get(group_type)
    return known is not None and known.service_kind == "family"


def written_length(topic: Topic, minutes: int) -> int:
    """Return the longest length of a topic that there is time for; the shortest where there is none."""
    return max((length for length in topic.lengths if length <= minutes), default=min(topic.lengths))


def bound(curriculum: Curriculum, handout: Handout) -> tuple[Block, ...]:
    """Put a handout on a new sheet, its code and state of review at its end."""
    review = common.review_of(curriculum, "handout", handout, "en")
    code = common.code_line(handout.handout_id, handout.version, review)
    return (PageBreak(), *common.deeper(handout_blocks(curriculum, handout)), Paragraph(line(code)))
