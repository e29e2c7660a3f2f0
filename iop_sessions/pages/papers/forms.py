"""Make the forms that people fill in: slips, the group agreement, the weekend plan, the certificate."""

from __future__ import annotations

from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    Paragraph,
    Scale,
    Table,
    WriteLines,
    cell,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.papers.first_days import first_day_sheet, last_day_sheet, privacy_blocks
from iop_sessions.pages.papers.parts import ClientPaper, blank_rows, client_page, fill_in
from iop_sessions.pages.papers.week_sheets import day_word
from iop_sessions.pages.shelf import Kind, Shelf
from iop_sessions.program.program import Program

CHECK_IN_SLIP: Final = ClientPaper("check-in-slip", "log")
_SLIPS: Final = 4
_TOP: Final = 10


def check_in_slip(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make a page of check-in slips to cut apart."""
    speech = curriculum.speech(language)
    blocks = [block for number in range(1, _SLIPS + 1) for block in _slip(speech, number)]
    return client_page(curriculum, program, CHECK_IN_SLIP, blocks, language=language, large_print=large_print)


def _slip(speech: Speech, number: int) -> tuple[Block, ...]:
    scores = range(_TOP + 1)
    header = (cell(speech("check-in-slip.check")), *(cell(str(score)) for score in scores))
    empty = (Cell(),) * len(scores)
    rows = tuple(
        (cell(speech(f"check-in-slip.{asked}"), header=True), *empty) for asked in ("craving", "mood")
    )
    widths = (2.6, *(0.4 for _ in scores))
    return (
        Heading(2, speech("check-in-slip.now")),
        Table(speech("check-in-slip.table", number=number), header, rows, "plain", widths),
        Paragraph(line(speech("check-in-slip.high"))),
    )


FEEDBACK_SLIP: Final = ClientPaper("feedback-slip", "worksheet")
_QUESTIONS: Final = ("safe", "clear", "try", "help", "next")


def feedback_slip(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the feedback page."""
    speech = curriculum.speech(language)
    questions = (speech(f"feedback-slip.{question}") for question in _QUESTIONS)
    asked: tuple[Block, ...] = tuple(
        block for question in questions for block in (Paragraph(line(question)), Scale(0, 10))
    )
    more: tuple[Block, ...] = (Paragraph(line(speech("feedback-slip.more"))), WriteLines(2))
    return client_page(
        curriculum, program, FEEDBACK_SLIP, (*asked, *more), language=language, large_print=large_print
    )


GROUP_AGREEMENT: Final = ClientPaper("group-agreement", "agreement", safety=True)
_AGREED: Final = ("agree-private", "agree-kind", "agree-pass", "agree-bring", "agree-tell")


def group_agreement(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the agreement, with lines to sign."""
    speech = curriculum.speech(language)
    header = tuple(speech(f"group-agreement.{column}") for column in ("who", "signature", "date"))
    signers = (speech(f"group-agreement.{signer}") for signer in ("member", "staff"))
    blocks = (
        Heading(2, speech("group-agreement.agree")),
        ItemList("bullets", tuple(line(speech(f"group-agreement.{each}")) for each in _AGREED)),
        *privacy_blocks(speech),
        Heading(2, speech("group-agreement.signed")),
        fill_in(speech("group-agreement.signatures"), header, signers, (1.8, 3.6, 1.6)),
        common.small(speech("group-agreement.copy")),
    )
    return client_page(
        curriculum, program, GROUP_AGREEMENT, blocks, language=language, large_print=large_print
    )


CERTIFICATE: Final = ClientPaper("certificate", "certificate")
_FIELDS: Final = ("name", "first-day", "last-day", "groups", "hours", "program")


def certificate(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the certificate; its footer has no help lines, for employers and courts read it too."""
    speech = curriculum.speech(language)
    title = speech("certificate.title")
    header = (speech("certificate.what"), speech("certificate.filled"))
    fields = (speech(f"certificate.{field}") for field in _FIELDS)
    signers = tuple(speech(f"certificate.{column}") for column in ("printed-name", "signature", "date"))
    blocks = (
        Heading(1, title),
        Paragraph(line(speech("certificate.about"))),
        fill_in(speech("certificate.table"), header, fields, (2.2, 4.8)),
        Box("note", "", (Paragraph(line(speech("certificate.limit"))),)),
        Heading(2, speech("certificate.signed")),
        blank_rows(speech("certificate.signatures"), signers, 2, (2.8, 2.8, 1.4)),
    )
    name = common.clinic_name(program)
    footer = (title, *([name] if name else []))
    return Page(
        "handout",
        title,
        blocks,
        footer,
        common.LOCALES[language],
        program.paper,
        landscape=not large_print,  # large print is too long to lie
        large_print=large_print,
        template=CERTIFICATE.kind,
    )


WEEKEND_PLAN: Final = ClientPaper("weekend-plan", "schedule", safety=True)
_FRIDAY_TO_SUNDAY: Final = (4, 5, 6)
_TIMES: Final = ("morning", "midday", "afternoon", "evening", "night")


def weekend_plan(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the weekend sheet: the days by the hour, the risky hours, whom to call."""
    speech = curriculum.speech(language)
    lasting = (line(speech("weekend-plan.craving")), line(speech("weekend-plan.amount")))
    people = (speech("weekend-plan.person"), speech("weekend-plan.phone"))
    blocks = (
        Heading(2, speech("weekend-plan.where")),
        _schedule(speech),
        Heading(2, speech("weekend-plan.risky")),
        _risky_hours(speech),
        Heading(2, speech("weekend-plan.call")),
        blank_rows(speech("weekend-plan.call-table"), people, 2, (4.0, 3.0)),
        Box("remember", speech("weekend-plan.remember"), (ItemList("bullets", lasting),)),
    )
    return client_page(curriculum, program, WEEKEND_PLAN, blocks, language=language, large_print=large_print)


def _schedule(speech: Speech) -> Table:
    header = (cell(speech("weekend-plan.time")), *(cell(day_word(speech, day)) for day in _FRIDAY_TO_SUNDAY))
    empty = (Cell(),) * len(_FRIDAY_TO_SUNDAY)
    rows = tuple((cell(speech(f"weekend-plan.{time}"), header=True), *empty) for time in _TIMES)
    return Table(speech("weekend-plan.days"), header, rows, "schedule", (1.2, 2.0, 2.0, 2.0))


def _risky_hours(speech: Speech) -> Table:
    columns = ("hour", "do", "with")
    header = tuple(speech(f"weekend-plan.risky-{column}") for column in columns)
    example = tuple(speech(f"weekend-plan.example-{column}") for column in columns)
    return blank_rows(speech("weekend-plan.risky-table"), header, 2, lead=example)


def forms(shelf: Shelf) -> dict[str, Page]:
    """Make the sheets that no week changes: agreement, slips, first and last day, certificate."""
    made = {
        "group-agreement": group_agreement,
        "first-day": first_day_sheet,
        "last-day": last_day_sheet,
        "weekend-plan": weekend_plan,
        "check-in-slips": check_in_slip,
        "feedback-slips": feedback_slip,
        "certificate": certificate,
    }
    return {
        f"{shelf.folder('forms')}/{name}.docx": make(
            shelf.case.curriculum, shelf.case.program, **shelf.edition
        )
        for name, make in made.items()
    }


FORMS: Final = Kind(
    "forms", "sheets that no week changes, such as the group agreement", "clients", forms, large_print=True
)
