"""Share what printed papers have in common: sheets, clock times, rows to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import Block, Box, Cell, Heading, ItemList, Page, Paragraph, Table, cell, line
from iop_sessions.ground.colors import INK
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.fields import Audience, HandoutKind
from iop_sessions.ground.speech import program_words
from iop_sessions.pages import common
from iop_sessions.pages.meetings import lacks_topic, session_title
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class ClientPaper:
    """A paper of ours for clients or relatives, reviewed as a handout is.

    The labels ``<id>.title`` and ``<id>.purpose`` are its title and what it is for, ``<id>.text-version`` is
    the version of its words.
    """

    paper_id: str
    kind: HandoutKind
    safety: bool = False
    audience: Audience = "clients"

    @property
    def record(self) -> Handout:
        """Return the paper as a handout."""
        return Handout(
            handout_id=self.paper_id,
            title=program_words("en")[f"{self.paper_id}.title"],
            kind=self.kind,
            safety=self.safety,
            audience=self.audience,
            rights="CC BY 4.0",
            version=program_words("en")[f"{self.paper_id}.text-version"],
        )


def client_page(
    curriculum: Curriculum,
    program: Program,
    paper: ClientPaper,
    blocks: Iterable[Block],
    *,
    language: str = "en",
    large_print: bool = False,
    **values: object,
) -> Page:
    """Make a page for clients: its title, what it is for, its blocks, and whom to call.

    Parameters
    ----------
    values
        What the title's placeholders stand for.
    """
    words, record = curriculum.speech(language), paper.record
    title = words(f"{paper.paper_id}.title", **values)
    review = common.review_of(curriculum, "handout", record, language)
    draft = common.review_sentence(curriculum, None, language) if paper.safety and review is None else ""
    purpose = words(f"{paper.paper_id}.purpose")
    code = common.code_line(curriculum, paper.paper_id, record.version, review, language)
    return Page(
        "handout",
        title,
        (
            Heading(1, title),
            *((Paragraph(line(draft), "note"),) if draft else ()),
            Paragraph(line(purpose), "purpose"),
            *blocks,
        ),
        common.client_footer(curriculum, program, code, language),
        common.LOCALES[language],
        program.paper,
        color=INK,
        large_print=large_print,
        template=paper.kind,
    )


def staff_page(
    program: Program,
    title: str,
    blocks: Iterable[Block],
    footer: tuple[str, ...],
    language: str = "en",
    *,
    template: str = "",
) -> Page:
    """Make a page for staff."""
    locale = common.LOCALES[language]
    headed = (Heading(1, title), *blocks)
    return Page("guide", title, headed, footer, locale, program.paper, template=template)


def help_box(curriculum: Curriculum, program: Program, language: str = "en") -> tuple[Block, ...]:
    """Box whom to call, a number a line; nothing where no number is known."""
    rows = (row for row in curriculum.help_lines if row.language == language)
    alone = (replace(curriculum, help_lines=(row,)) for row in rows)
    own = common.help_sentence(replace(curriculum, help_lines=()), program, language)
    calls = [*(common.help_sentence(each, None, language) for each in alone), *([own] if own else [])]
    items = ItemList("bullets", tuple(line(call) for call in calls))
    return (Box("remember", curriculum.speech(language)("shared.help"), (items,)),) if calls else ()


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


def week_sessions(plan: Plan, week: int) -> list[Session]:
    """List the sessions in a week, in order; a week that the plan has not is refused."""
    if not 1 <= week <= plan.sheet.weeks:
        raise NotFound("week", str(week), (str(number) for number in range(1, plan.sheet.weeks + 1)))
    return plan.in_week(week)


def stays_on_site(curriculum: Curriculum, topic_id: str) -> bool:
    """Say whether a page of a topic must not be seen at home, such as a plan for a home that is not safe."""
    return any(not handout.take_home for handout, _ in curriculum.handouts_of(topic_id))


def home_title(curriculum: Curriculum, session: Session, language: str = "en") -> str:
    """Name a session on a page that goes home: by its group alone where its page stays on site.

    So too where it lacks a topic, which is for staff to know.
    """
    if stays_on_site(curriculum, session.topic_id) or lacks_topic(curriculum, session):
        return curriculum.group_title(session.group_type, language)
    return session_title(curriculum, session, language=language)


def is_family(curriculum: Curriculum, group_type: str) -> bool:
    """Say whether relatives are asked to a group of this type."""
    known = curriculum.group_type_by_id.get(group_type)
    return known is not None and known.service_kind == "family"
