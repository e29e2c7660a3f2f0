"""Word what each group held, for the chart: one neutral paragraph a session, no word of a client."""

from __future__ import annotations

from typing import Final

from iop_sessions.blocks import Block, Heading, Page, Paragraph, line
from iop_sessions.calendars import long_day, short_day
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.papers.parts import staff_page, time_words, week_sessions, written_length
from iop_sessions.plans import Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Segment, Topic

_NOTE: Final = (
    "For use once the group took place: change what went another way. "
    "What a client said or did goes into that client's own note."
)
_METHODS: Final = {
    "lecture": "teaching",
    "discussion": "guided discussion",
    "skills": "skills training",
    "panel": "panel",
    "process": "group process",
}


def group_content(curriculum: Curriculum, program: Program, plan: Plan, week: int) -> Page:
    """Make the content paragraphs of one week.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    blocks: list[Block] = [Paragraph(line(_NOTE), "note")]
    for session in week_sessions(plan, week):
        title = session_title(curriculum, session)
        when = f"{short_day(session.date)}, {time_words(session.start, session.end)}"
        blocks += [
            Heading(2, f"{when}: {title}", session.group_type),
            Paragraph(line(content_words(curriculum, session))),
        ]
    footer = plan_footer(curriculum, program, plan, f"week {week} of {plan.sheet.weeks}")
    return staff_page(program, f"Group content, week {week}", blocks, footer)


def content_words(curriculum: Curriculum, session: Session) -> str:
    """Write what a session held, in one paragraph."""
    when = f"On {long_day(session.date)}, {time_words(session.start, session.end)},"
    group = _group(curriculum, session.group_type)
    if not session.takes_place:
        return f"{when} the {group} was not held."
    article = "an" if group[0].casefold() in "aeiou" else "a"
    topic = curriculum.topic_by_id.get(session.topic_id)
    covered = f'covered "{topic.title}"' if topic else "was held"
    led = f"Led by {' and '.join(session.facilitators)}." if session.facilitators else ""
    minutes = f"It lasted {session.minutes} minutes."
    told = _topic_words(curriculum, session, topic) if topic else []
    return " ".join(text for text in (f"{when} {article} {group} {covered}.", minutes, *told, led) if text)


def _group(curriculum: Curriculum, group_type: str) -> str:
    """Name a group within a sentence: relapse prevention group."""
    title = common.group_title(curriculum, group_type)
    name = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return name if name.endswith("group") else f"{name} group"


def _topic_words(curriculum: Curriculum, session: Session, topic: Topic) -> list[str]:
    length = written_length(topic, common.minute_of(session.end) - common.minute_of(session.start))
    segments = [each for each in curriculum.segments_of(topic.topic_id, length) if each.kind != "break"]
    handouts = [f"{each.handout_id}, {each.title}" for each, _ in curriculum.handouts_of(topic.topic_id)]
    parts = "; ".join(segment.title for segment in segments)
    planned = "Parts planned" if session.state == "partly" else "Parts"  # staff strike what was left out
    return [
        f"Aim: {topic.aim.rstrip('.')}.",
        f"{planned}: {parts}." if parts else "",
        f"Methods: {_methods(topic, segments)}.",
        f"Handout given: {'; '.join(handouts)}." if handouts else "",
    ]


def _methods(topic: Topic, segments: list[Segment]) -> str:
    kinds = {segment.kind for segment in segments}
    more = (("practice", "practice"), ("share", "sharing in turn"))
    return ", ".join([_METHODS[topic.format], *(words for kind, words in more if kind in kinds)])
