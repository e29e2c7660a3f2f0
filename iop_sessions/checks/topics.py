"""Check that topics can be run, and that their offers to practice hurt nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from iop_sessions.curriculum import language
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit
from iop_sessions.curriculum.records import Scenario, Segment, TopicScenario
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Problem


def _timetables(curriculum: Curriculum) -> list[list[Segment]]:
    """Gather the segments of each topic and length, of topics whose rows could all be read."""
    whole = (
        each for each in curriculum.segments if not curriculum.lost("segments", "topic_id", each.topic_id)
    )
    ordered = sorted(whole, key=lambda each: (each.topic_id, each.length, each.order))
    return [list(rows) for _, rows in groupby(ordered, key=lambda each: (each.topic_id, each.length))]


def check_segment_sums(curriculum: Curriculum) -> list[Problem]:
    """Segments of a topic add up to its length (rule R19: TAP 19)."""
    found = []
    for rows in _timetables(curriculum):
        total, length = sum(row.minutes for row in rows), rows[0].length
        if total != length:
            parts = " + ".join(str(row.minutes) for row in rows)
            message = f"the segments of {rows[0].topic_id} for {length} minutes add up to {total} ({parts})"
            remedy = f"{'take away' if total > length else 'add'} {counted(abs(total - length), 'minute')}"
            found.append(Problem(rows[-1].place.at("minutes"), message, remedy))
    return found


def check_segment_orders(curriculum: Curriculum) -> list[Problem]:
    """Segments are numbered 1, 2, 3 … without a gap."""
    found = []
    for rows in _timetables(curriculum):
        for number, row in enumerate(rows, 1):
            if row.order != number:
                message = f"the segments of {row.topic_id} for {row.length} minutes have no number {number}"
                found.append(Problem(row.place.at("order"), message, "number them 1, 2, 3 …"))
                break
    return found


def check_lengths_have_segments(curriculum: Curriculum) -> list[Problem]:
    """Every length of a topic has its segments, and no length has segments alone."""
    timed = {(row.topic_id, row.length) for row in curriculum.segments}
    found = [
        Problem(
            topic.place.at("lengths"),
            f"{topic.topic_id} has no segments for {length} minutes",
            "add them to segments.csv",
        )
        for topic in curriculum.topics
        for length in topic.lengths
        if topic.content == "full"
        and (topic.topic_id, length) not in timed
        and not curriculum.lost("segments", "topic_id", topic.topic_id)
    ]
    for rows in _timetables(curriculum):
        topic = curriculum.topic_by_id.get(rows[0].topic_id)
        if topic is not None and rows[0].length not in topic.lengths:
            message = f"{topic.topic_id} does not name the length {rows[0].length} in topics.csv"
            found.append(
                Problem(rows[0].place.at("length"), message, "add it to `lengths`, or remove these rows")
            )
    return found


def check_practice_share(curriculum: Curriculum) -> list[Problem]:
    """Practice gets the share of time its group type asks for (rule R17)."""
    found = []
    for rows in _timetables(curriculum):
        topic = curriculum.topic_by_id.get(rows[0].topic_id)
        kind = curriculum.group_type_by_id.get(topic.group_type) if topic is not None else None
        if kind is None:
            continue
        practice = sum(row.minutes for row in rows if row.kind == "practice")
        needed = -(-kind.practice_share_min * rows[0].length // 100)
        if practice < needed:
            message = f"{rows[0].topic_id} practices {practice} of {rows[0].length} minutes"
            remedy = f"{kind.group_type} needs {needed} ({kind.practice_share_min} %)"
            found.append(Problem(rows[0].place.at("minutes"), message, remedy))
    return found


def check_topics_teach_something(curriculum: Curriculum) -> list[Problem]:
    """Every topic meets at least one objective."""
    taught = {each.topic_id for each in curriculum.topic_objectives}
    return [
        Problem(
            topic.place.at("topic_id"),
            f"{topic.topic_id} meets no objective",
            "add a row to topic_objectives.csv",
            "warning",
        )
        for topic in curriculum.topics
        if not topic.is_in_a_manual
        and topic.topic_id not in taught
        and not curriculum.lost("topic_objectives", "topic_id", topic.topic_id)
    ]


def check_objectives_are_taught(curriculum: Curriculum) -> list[Problem]:
    """Every core objective is met by at least one topic."""
    taught = {each.objective_id for each in curriculum.topic_objectives}
    return [
        Problem(
            each.place.at("objective_id"),
            f"no topic meets the core objective '{each.objective_id}'",
            "add a row to topic_objectives.csv, or make it elective",
        )
        for each in curriculum.objectives
        if each.level != "elective"
        and each.objective_id not in taught
        and not curriculum.lost("topic_objectives", "objective_id", each.objective_id)
    ]


CARD_COLUMNS: Final = (
    "offerer", "pressure", "setting", "skill_steps", "they_say", "safer_exit", "opt_out", "debrief",
)  # fmt: skip
"""What clients read or are asked; it reads as easily as a handout."""
LEADER_COLUMNS: Final = ("swap", "unsafe")
"""What the leader alone reads; it reads as a guide does."""
MOST_TRIES: Final = 2
NEVER_ACTED: Final = ("violence", "sex")
"""Trigger content of which no scene is acted, only read or practiced as a call."""


def check_scenarios_have_an_english_row(curriculum: Curriculum) -> list[Problem]:
    """Every scenario that is translated, or used by a topic, stands in English."""
    english = {each.scenario_id for each in curriculum.english_scenarios}
    known = {each.scenario_id for each in curriculum.scenarios}
    rows: list[Scenario | TopicScenario] = list(curriculum.scenarios)
    rows += [each for each in curriculum.topic_scenarios if each.scenario_id in known]
    return [
        Problem(
            each.place.at("scenario_id"),
            f"'{each.scenario_id}' has no row in English",
            "add one to scenarios.csv, with language en",
        )
        for each in rows
        if each.scenario_id not in english
        and not curriculum.lost("scenarios", "scenario_id", each.scenario_id)
    ]


def check_translations_follow_their_scenario(curriculum: Curriculum) -> list[Problem]:
    """Every translated scenario is played as the English one, and of its version."""
    found = []
    for each in curriculum.scenarios:
        english = curriculum.scenario_by_key.get((each.scenario_id, "en"), each)
        for column in ("form", "about", "difficulty"):
            said, meant = getattr(each, column), getattr(english, column)
            if said != meant:
                message = f"'{each.scenario_id}' says {said}, its English row {meant}"
                found.append(Problem(each.place.at(column), message, f"write {meant} in both"))
        if each.version != english.version:
            message = (
                f"'{each.scenario_id}' is of version {each.version}, its English row of {english.version}"
            )
            remedy = f"translate what changed, then write {english.version}"
            found.append(Problem(each.place.at("version"), message, remedy, "warning"))
    return found


def check_scenarios_stand_in_order(curriculum: Curriculum) -> list[Problem]:
    """No two scenarios of a topic have the same place."""
    seen: dict[tuple[str, int], TopicScenario] = {}
    found = []
    for each in curriculum.topic_scenarios:
        first = seen.setdefault((each.topic_id, each.order), each)
        if first is not each:
            message = f"{each.topic_id} has two scenarios at place {each.order}: see line {first.place.line}"
            found.append(Problem(each.place.at("order"), message, "give one of them another number"))
    return found


def check_tries_fit_the_level(curriculum: Curriculum) -> list[Problem]:
    """Every offer comes twice at most, and once at level 1."""
    found = []
    for each in curriculum.scenarios:
        most = 1 if each.difficulty == 1 else MOST_TRIES
        if len(each.they_say) > most:
            tries = f"'{each.scenario_id}' tries {len(each.they_say)} times"
            message = f"{tries}; level {each.difficulty} allows {most}"
            found.append(Problem(each.place.at("they_say"), message, "take the last line out"))
    return found


def check_violence_is_never_acted(curriculum: Curriculum) -> list[Problem]:
    """No topic about violence or sex has a scene that is acted."""
    found = []
    for use in curriculum.topic_scenarios:
        topic = curriculum.topic_by_id.get(use.topic_id)
        scenario = curriculum.scenario_by_key.get((use.scenario_id, "en"))
        if topic is None or scenario is None or topic.trigger_content not in NEVER_ACTED:
            continue
        if scenario.form == "act":
            message = f"'{use.scenario_id}' is acted, and {use.topic_id} is about {topic.trigger_content}"
            remedy = "make its form phone or read, or use it in another topic"
            found.append(Problem(use.place.at("scenario_id"), message, remedy))
    return found


def check_scenarios_are_used(curriculum: Curriculum) -> list[Problem]:
    """Every scenario is used by a topic."""
    used = {each.scenario_id for each in curriculum.topic_scenarios}
    return [
        Problem(
            each.place.at("scenario_id"),
            f"no topic uses '{each.scenario_id}'",
            "add a row to topic_scenarios.csv",
            "warning",
        )
        for each in curriculum.english_scenarios
        if each.scenario_id not in used
        and not curriculum.lost("topic_scenarios", "scenario_id", each.scenario_id)
    ]


def check_words_of_scenarios(curriculum: Curriculum) -> list[Problem]:
    """Scenarios say nothing that the word list of their language refuses."""
    return [
        problem
        for each in curriculum.scenarios
        for problem in language.check_wording(
            list(_units([each], (*CARD_COLUMNS, *LEADER_COLUMNS))), curriculum.wording, each.language
        )
    ]


def check_reading_of_scenarios(curriculum: Curriculum) -> list[Problem]:
    """Cards read as easily as handouts, what the leader reads about them as easily as guides."""
    found: dict[Problem, None] = {}
    for topic_id in dict.fromkeys(each.topic_id for each in curriculum.topic_scenarios):
        for code in ("en", "es"):
            cards = curriculum.scenarios_of(topic_id, code)
            terms = [entry.term for entry in curriculum.glossary if entry.language == code]
            read = language.check_reading(list(_units(cards, CARD_COLUMNS)), "handout", code, terms)
            led = language.check_reading(list(_units(cards, LEADER_COLUMNS)), "guide", code, terms)
            found |= dict.fromkeys([*read, *led])  # a scenario of two topics is told once
    return list(found)


def _units(scenarios: Iterable[Scenario], columns: Iterable[str]) -> Iterator[Unit]:
    for scenario in scenarios:
        for column in columns:
            value = getattr(scenario, column)
            for text in value if isinstance(value, tuple) else (value,):
                yield Unit(text, scenario.place.at(column), "cell")
