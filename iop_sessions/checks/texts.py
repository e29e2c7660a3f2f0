"""Check what is written: pages belong to topics, readers can read them, reviews are real, numbers fresh."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from iop_sessions.curriculum import language
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Document, Unit
from iop_sessions.curriculum.records import Review, Segment, Topic
from iop_sessions.ground.errors import Place, Problem, no_such
from iop_sessions.ground.fields import Record
from iop_sessions.ground.speech import paper_versions


def check_topics_have_guides(curriculum: Curriculum) -> list[Problem]:
    """Every full topic has its guide."""
    return [
        Problem(
            topic.place.at("topic_id"),
            f"{topic.topic_id} has no guide",
            f"write guides/en/{topic.topic_id}.md",
        )
        for topic in curriculum.topics
        if topic.content == "full" and f"en/{topic.topic_id}" not in curriculum.guides
    ]


def check_handouts_have_sheets(curriculum: Curriculum) -> list[Problem]:
    """Every handout that is ours has its text."""
    return [
        Problem(
            each.place.at("handout_id"),
            f"{each.handout_id} has no text",
            f"write handouts/en/{each.handout_id}.md",
        )
        for each in curriculum.handouts
        if each.kind != "external" and f"en/{each.handout_id}" not in curriculum.sheets
    ]


def check_documents_have_rows(curriculum: Curriculum) -> list[Problem]:
    """Every guide and every handout text has its row in the tables."""
    kinds = (
        (curriculum.guides, set(curriculum.topic_by_id), "topic", "topics.csv"),
        (curriculum.sheets, set(curriculum.handout_by_id), "handout", "handouts.csv"),
    )
    return [
        Problem(Place(document.file), *no_such(noun, name, known, f"add it to {table}"))
        for documents, known, noun, table in kinds
        for name, document in ((key.split("/", 1)[1], document) for key, document in documents.items())
        if name not in known and not curriculum.lost(table.removesuffix(".csv"), f"{noun}_id", name)
    ]


def check_handouts_are_used(curriculum: Curriculum) -> list[Problem]:
    """Every handout is used by a topic, and every full topic uses one (rule R18)."""
    used = {each.handout_id for each in curriculum.topic_handouts}
    using = {each.topic_id for each in curriculum.topic_handouts}
    remedy = "add a row to topic_handouts.csv"
    unused = [
        Problem(each.place.at("handout_id"), f"no topic uses {each.handout_id}", remedy, "warning")
        for each in curriculum.handouts
        if each.handout_id not in used
        and not curriculum.lost("topic_handouts", "handout_id", each.handout_id)
    ]
    return unused + [
        Problem(each.place.at("topic_id"), f"{each.topic_id} uses no handout", remedy, "warning")
        for each in curriculum.topics
        if each.content == "full"
        and each.topic_id not in using
        and not curriculum.lost("topic_handouts", "topic_id", each.topic_id)
    ]


def check_guides_follow_their_segments(curriculum: Curriculum) -> list[Problem]:
    """Every numbered heading of a guide is a segment of its topic, for every length."""
    found: list[Problem] = []
    for topic in curriculum.topics:
        guide = curriculum.guides.get(f"en/{topic.topic_id}")
        if guide is not None and not curriculum.lost("segments", "topic_id", topic.topic_id):
            found += dict.fromkeys(_departures(curriculum, topic, guide))
    return found


def _departures(curriculum: Curriculum, topic: Topic, guide: Document) -> Iterator[Problem]:
    headings = {section.number: section for section in guide.sections if section.number}
    for length in topic.lengths:
        segments: dict[int, Segment] = {
            each.order: each for each in curriculum.segments_of(topic.topic_id, length)
        }
        for order, segment in segments.items():
            section = headings.get(order)
            wanted = f"write '## {order} {segment.title}'"
            if section is None:
                yield Problem(Place(guide.file), f"no heading for segment {order} '{segment.title}'", wanted)
            elif section.title != segment.title:
                message = f"the heading says '{section.title}', segments.csv says '{segment.title}'"
                yield Problem(Place(guide.file, section.line), message, wanted)
        for order, section in headings.items():
            if segments and order not in segments:
                message = f"'{section.heading}' is no segment of {topic.topic_id} for {length} minutes"
                yield Problem(
                    Place(guide.file, section.line), message, "add it to segments.csv, or remove it"
                )


def text_of(problem: Problem) -> str:
    """Return the file of the guide or handout that a problem is about; empty where it is about a table."""
    file = problem.place.file
    if file.startswith(TEXT_FOLDERS):
        return file
    missing = problem.remedy.removeprefix("write ")
    return missing if missing.startswith(TEXT_FOLDERS) and missing.endswith(".md") else ""


TEXT_FOLDERS = ("guides/", "handouts/")
PRINTED_COLUMNS = ("title", "aim", "statement", "activity", "purpose")


def check_word_patterns(curriculum: Curriculum) -> list[Problem]:
    """Every pattern of the word list is a regular expression."""
    return language.check_patterns(curriculum.wording)


def check_words_of_tables(curriculum: Curriculum) -> list[Problem]:
    """Titles, aims, statements and activities say nothing that the word list refuses."""
    printed: tuple[tuple[Record, ...], ...] = (
        curriculum.group_types, curriculum.topics, curriculum.objectives,
        curriculum.segments, curriculum.handouts,
    )  # fmt: skip
    units = [unit for records in printed for record in records for unit in _units(record)]
    return language.check_wording(units, curriculum.wording)


def _units(record: Record) -> Iterator[Unit]:
    for column in PRINTED_COLUMNS:
        text = getattr(record, column, "")
        if text:
            yield Unit(text, record.place.at(column), "cell")


def check_words_of_documents(curriculum: Curriculum) -> list[Problem]:
    """Guides and handouts say nothing that the word list of their language refuses."""
    found = []
    for documents in (curriculum.guides, curriculum.sheets):
        for key, document in documents.items():
            found += language.check_wording(document.units, curriculum.wording, key.split("/", 1)[0])
    return found


def check_reading_of_documents(curriculum: Curriculum) -> list[Problem]:
    """Handouts read at grade 6 or lower, guides at grade 10 or lower (AMA, PEMAT-P; INFLESZ for Spanish)."""
    found = []
    for key, document in curriculum.sheets.items():
        found += language.check_reading(document.units, "handout", key[:2], _terms(curriculum, key[:2]))
    for key, document in curriculum.guides.items():
        found += language.check_reading(document.units, "guide", key[:2], _terms(curriculum, key[:2]))
    return found


def _terms(curriculum: Curriculum, code: str) -> list[str]:
    return [entry.term for entry in curriculum.glossary if entry.language == code]


FRESH = timedelta(days=365)
"""How long a checked number is trusted."""


def check_reviews_name_their_reviewer(curriculum: Curriculum) -> list[Problem]:
    """Every review bears a credential and a date, and is of something that exists in that version."""
    found = []
    versions = {("handout", paper): version for paper, version in paper_versions().items()}
    versions |= {("topic", each.topic_id): each.version for each in curriculum.topics}
    versions |= {("handout", each.handout_id): each.version for each in curriculum.handouts}
    versions |= {("scenario", each.scenario_id): each.version for each in curriculum.english_scenarios}
    for review in curriculum.reviews:
        if review.state == "reviewed" and not (review.credential and review.reviewed_on):
            message = f"{review.id} is marked reviewed without a credential and a date"
            found.append(Problem(review.place.at("credential"), message, "fill in both, or write draft"))
        if (review.kind, review.id) in versions:
            found += _outdated(review, versions[review.kind, review.id])
        elif not curriculum.lost(f"{review.kind}s", f"{review.kind}_id", review.id):
            found.append(Problem(review.place.at("id"), f"no {review.kind} '{review.id}'", "remove the row"))
    return found


def _outdated(review: Review, version: str) -> list[Problem]:
    if review.version == version:
        return []
    message = f"{review.id} is now version {version}, this review is of {review.version}"
    return [Problem(review.place.at("version"), message, "review the new version", "warning")]


def check_reviews_are_of_the_text_of_today(curriculum: Curriculum) -> list[Problem]:
    """Every review says which text was read; it holds for no other."""
    items = {("topic", each.topic_id): each.version for each in curriculum.topics}
    items |= {("handout", each.handout_id): each.version for each in curriculum.handouts}
    items |= {("scenario", each.scenario_id): each.version for each in curriculum.english_scenarios}
    return [
        _of_another_text(review, curriculum.digest_of(review))
        for review in curriculum.reviews
        if review.state == "reviewed"
        and items.get((review.kind, review.id)) == review.version
        and curriculum.is_of_another_text(review)
    ]


def _of_another_text(review: Review, digest: str) -> Problem:
    place = review.place.at("sha256")
    if not review.sha256:
        message = f"{review.id} is marked reviewed without the sha256 of the text that was read"
        return Problem(place, message, f"if it is the text of today, write {digest}; else write draft")
    message = f"the text of {review.id} changed since it was reviewed: it prints as a draft"
    return Problem(place, message, f"review it again, then write {digest}", "warning")


def check_translations_are_fresh(curriculum: Curriculum) -> list[Problem]:
    """Every translation says the same as the English text of today."""
    return [
        Problem(
            Place(document.file, 1, "translated_from"),
            "the English text changed since it was translated: it prints as a draft",
            f'translate what changed, then write translated_from = "{_english(curriculum, handout_id)}"',
            "warning",
        )
        for key, document in curriculum.sheets.items()
        for language, handout_id in [key.split("/", 1)]
        if curriculum.is_stale(handout_id, language)
    ]


def _english(curriculum: Curriculum, handout_id: str) -> str:
    return curriculum.sheets[f"en/{handout_id}"].digest


def check_help_lines_are_fresh(curriculum: Curriculum, today: date) -> list[Problem]:
    """Every help line was checked within the last twelve months."""
    return [
        Problem(
            line.place.at("checked_on"),
            f"the number of '{line.name}' was last checked on {line.checked_on}",
            "call it, then write the date",
            "warning",
        )
        for line in curriculum.help_lines
        if today - line.checked_on > FRESH
    ]
