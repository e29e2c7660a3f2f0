"""Make the documents of topics: handouts, guides, cards, and what binds them."""

from __future__ import annotations

from datetime import timedelta

from iop_sessions import pages
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import Page
from iop_sessions.pages import papers
from iop_sessions.pages.kinds.shelves import Shelf, slug


def handouts(shelf: Shelf) -> dict[str, Page]:
    """Make every handout the plan uses that has a text in the language asked for."""
    missing = set(shelf.untranslated)
    return {
        f"{shelf.folder('handouts')}/{_name(shelf, handout)}.docx": pages.handout_page(
            shelf.curriculum,
            shelf.program,
            handout.handout_id,
            shelf.language,
            large_print=shelf.large_print,
        )
        for handout in shelf.handouts
        if handout.handout_id not in missing
    }


def _name(shelf: Shelf, handout: Handout) -> str:
    title = shelf.curriculum.handout_title(handout.handout_id, shelf.language)
    return f"{handout.handout_id}-{slug(title)}"


def guides(shelf: Shelf) -> dict[str, Page]:
    """Make the guide of every topic the plan uses, for each length it is planned at."""
    made = {}
    for topic_id in shelf.topics:
        topic = shelf.curriculum.topic_by_id[topic_id]
        planned = {each.planned_minutes for each in shelf.plan.sessions if each.topic_id == topic_id}
        for length in sorted(planned & set(topic.lengths)) or topic.lengths[-1:]:
            tail = f"-{length}-minutes" if len(planned) > 1 else ""
            made[f"guides/{topic_id}-{slug(topic.title)}{tail}.docx"] = pages.guide_page(
                shelf.curriculum, shelf.program, topic_id, length
            )
    return made


def cards(shelf: Shelf) -> dict[str, Page]:
    """Make the role-play cards of every topic the plan uses that has scenarios in the language asked for."""
    curriculum, folder = shelf.curriculum, shelf.folder("cards")
    titles = {
        topic_id: curriculum.topic_title(topic_id, shelf.language)
        for topic_id in shelf.topics
        if curriculum.scenarios_of(topic_id, shelf.language)
    }
    return {
        f"{folder}/{topic_id}-{slug(title)}-cards.docx": papers.role_play_cards(
            curriculum, shelf.program, topic_id, **shelf.look
        )
        for topic_id, title in titles.items()
    }


def make_up(shelf: Shelf) -> dict[str, Page]:
    """Bind what the groups of each week did, for clients who were away; one file a week."""
    plan = shelf.plan
    made = {}
    for week in range(1, plan.sheet.weeks + 1):
        held = [each for each in plan.in_week(week) if each.takes_place]
        topics = [each.topic_id for each in held if each.topic_id in shelf.curriculum.topic_by_id]
        if topics:
            made[f"{shelf.folder('make-up')}/week-{week:02}-make-up.docx"] = papers.make_up_packet(
                shelf.curriculum,
                shelf.program,
                plan,
                topics,
                since=plan.sheet.start + timedelta(weeks=week),
                **shelf.look,
            )
    return made


def workbooks(shelf: Shelf) -> dict[str, Page]:
    """Bind what clients take home, one workbook for each four weeks."""
    given = (shelf.curriculum, shelf.program, shelf.plan)
    return {
        f"{shelf.folder('workbooks')}/{_weeks_name(weeks)}-workbook.docx": papers.workbook(
            *given, number, **shelf.look
        )
        for number, weeks in enumerate(papers.workbook_weeks(shelf.plan), 1)
    }


def _weeks_name(weeks: range) -> str:
    """Name the weeks of a file: weeks-01-to-04."""
    if len(weeks) == 1:
        return f"week-{weeks[0]:02}"
    return f"weeks-{weeks[0]:02}-to-{weeks[-1]:02}"
