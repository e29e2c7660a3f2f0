"""Word what each group held, for the chart: one neutral paragraph a session, no word of a client."""

from __future__ import annotations

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    Page,
    Paragraph,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.binding import written_length
from iop_sessions.pages.guidetext import GuideText
from iop_sessions.pages.meetings import is_group, session_title
from iop_sessions.pages.papers.parts import staff_page, week_sessions
from iop_sessions.pages.whom import has_tracks, track_words
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program


def group_content(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, *, language: str = "en"
) -> Page:
    """Make the content paragraphs of one week.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    say = curriculum.speech(language)
    blocks: list[Block] = [Paragraph(line(say("chart.note")), "note")]
    for session in filter(is_group, week_sessions(plan, week)):
        title = session_title(curriculum, session, language=language)
        track = track_words(say, session.track) if has_tracks(program) else ""
        hours = say.span(session.start, session.end)
        when = ", ".join(text for text in (say.short_day(session.date), hours, track) if text)
        blocks += [
            Heading(2, f"{when}: {title}", session.group_type),
            Paragraph(line(content_words(curriculum, session, language=language))),
        ]
    footer = plan_footer(curriculum, program, plan, week, language=language)
    return staff_page(program, say("chart.title", week=week), blocks, footer, language, template="chart")


def content_words(curriculum: Curriculum, session: Session, *, language: str = "en") -> str:
    """Write what a session held, in one paragraph."""
    say = curriculum.speech(language)
    topic = curriculum.topic_by_id.get(session.topic_id)
    values = {"day": say.long_day(session.date), "hours": say.span(session.start, session.end)}
    bare = session.group_type or session_title(curriculum, session, language=language)
    name = _name(curriculum.group_title(bare, language), say)
    if not session.takes_place:
        return say("chart.not-held", group=say("chart.the-group", name=name), **values)
    group = say("chart.an-group" if name[:1].casefold() in "aeiou" else "chart.a-group", name=name)
    if topic:
        title = curriculum.topic_title(topic.topic_id, language)
        held = say("chart.covered", group=group, topic=title, **values)
    else:
        held = say("chart.held", group=group, **values)
    told = _topic_words(curriculum, session, topic, say) if topic else []
    led = say("chart.led", codes=say.listed(session.facilitators)) if session.facilitators else ""
    return " ".join(text for text in (held, say.count(session.minutes, "chart.lasted"), *told, led) if text)


def _name(title: str, say: Speech) -> str:
    """Name a group within a sentence: relapse prevention group."""
    name = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return name if say("chart.group-word") in name.split() else say("chart.group", name=name)


def _topic_words(curriculum: Curriculum, session: Session, topic: Topic, say: Speech) -> list[str]:
    length = written_length(topic, session.planned_minutes)
    segments = [each for each in curriculum.segments_of(topic.topic_id, length) if each.kind != "break"]
    guide = GuideText.of(curriculum, topic.topic_id, say)
    parts = "; ".join(guide.title_of(segment) for segment in segments)
    # of a group held in part, staff strike what was left out
    planned = "chart.parts-planned" if session.state == "partly" else "chart.parts"
    handouts = "; ".join(
        f"{each.handout_id}, {curriculum.handout_title(each.handout_id, say.language)}"
        for each, _ in curriculum.handouts_of(topic.topic_id)
    )
    return [
        say("chart.aim", aim=curriculum.topic_aim(topic.topic_id, say.language)),
        say(planned, parts=parts) if parts else "",
        say("chart.methods", methods=_methods(topic, segments, say)),
        say("chart.handouts", handouts=handouts) if handouts else "",
    ]


def _methods(topic: Topic, segments: list[Segment], say: Speech) -> str:
    kinds = {segment.kind for segment in segments}
    more = (say(f"chart.method-{kind}") for kind in ("practice", "share") if kind in kinds)
    return ", ".join([say(f"chart.method-{topic.format}"), *more])
