"""What is wrong with a curriculum or a program.

They are pure functions that return problems; the tuples below are their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from iop_sessions.checks import people, phases, programs, tables, texts, topics, weeks
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem, errors_of
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program

Check = Callable[[Curriculum], list[Problem]]
ProgramCheck = Callable[[Curriculum, Program, str], list[Problem]]

TABLE_CHECKS: tuple[Check, ...] = (
    tables.check_references,
    tables.check_after_cycles,
    tables.check_series,
    tables.check_labels_are_known,
    tables.check_labels_fill_the_same_places,
    tables.check_titles_belong_to_something,
    topics.check_segment_sums,
    topics.check_segment_orders,
    topics.check_lengths_have_segments,
    topics.check_practice_share,
    topics.check_topics_teach_something,
    topics.check_objectives_are_taught,
    topics.check_scenarios_have_an_english_row,
    topics.check_translations_follow_their_scenario,
    topics.check_scenarios_stand_in_order,
    topics.check_tries_fit_the_level,
    topics.check_violence_is_never_acted,
    topics.check_scenarios_are_used,
    texts.check_reviews_name_their_reviewer,
    tables.check_rules_are_of_what_is_measured,
    texts.check_word_patterns,
    texts.check_words_of_tables,
    tables.check_words_of_titles,
    topics.check_words_of_scenarios,
)

DOCUMENT_CHECKS: tuple[Check, ...] = (
    texts.check_topics_have_guides,
    texts.check_handouts_have_sheets,
    texts.check_documents_have_rows,
    texts.check_handouts_are_used,
    texts.check_guides_follow_their_segments,
    texts.check_translations_are_fresh,
    texts.check_reviews_are_of_the_text_of_today,
)

TEXT_CHECKS: tuple[Check, ...] = (
    texts.check_words_of_documents,
    texts.check_reading_of_documents,
    topics.check_reading_of_scenarios,
)

PROGRAM_CHECKS: tuple[ProgramCheck, ...] = (
    programs.check_ids_are_unique,
    programs.check_names_are_known,
    programs.check_tracks_add_up,
    programs.check_groups_have_a_type,
    phases.check_phases_and_slots_are_known,
    weeks.check_holidays_are_known,
    people.check_slots_do_not_overlap,
    people.check_nobody_is_in_two_places,
    people.check_working_hours,
    people.check_slots_have_a_leader,
    people.check_sites_of_rooms,
    people.check_rooms_of_slots,
    people.check_every_service_has_a_leader,
    programs.check_slots_end_before_midnight,
    phases.check_phases_name_days_with_slots,
    phases.check_phases_hold_the_slots_they_name,
    phases.check_phases_follow_each_other,
    phases.check_every_week_has_a_slot,
    phases.check_stay_is_that_of_the_phases,
    phases.check_stay_fits_the_plan,
    programs.check_weekly_hours,
    programs.check_slots_have_topics,
    programs.check_spacing_leaves_a_choice,
    programs.check_essentials_can_recur,
    weeks.check_week_notes_lie_in_the_plan,
    weeks.check_themes_are_known,
    weeks.check_themes_weigh_something,
    weeks.check_sequences_are_of_known_groups,
    weeks.check_sequences_can_be_held,
    weeks.check_half_days_are_open,
    programs.check_the_clock_is_known,
    weeks.check_half_days_leave_a_group,
    weeks.check_closed_days_lie_in_the_plan,
    weeks.check_some_day_is_open,
    phases.check_overrides_name_a_rule,
    phases.check_somebody_stands_for_overrides,
    phases.check_overrides_reach_the_plan,
    programs.check_groups_are_not_too_large,
)

CHOICE_CHECKS: tuple[ProgramCheck, ...] = (
    programs.check_choices_are_known,
    programs.check_what_a_topic_builds_on_is_chosen,
    programs.check_wanted_topics_are_there,
    programs.check_core_is_taught,
)
"""Checks of what a program takes out of the whole library; the others look at what it took."""


def check_curriculum(curriculum: Curriculum, *, pages: bool = False) -> list[Problem]:
    """Run the checks of tables and documents; with ``pages``, of reading and wording too."""
    documents_read = pages or curriculum.guides or curriculum.sheets
    checks = (*TABLE_CHECKS, *(DOCUMENT_CHECKS if documents_read else ()), *(TEXT_CHECKS if pages else ()))
    return [problem for check in checks for problem in check(curriculum)]


def without_broken_texts(curriculum: Curriculum, problems: Iterable[Problem]) -> Curriculum:
    """Leave out the guides and handouts with a fault, so that only the pages that need them go without."""
    broken: dict[str, list[Problem]] = {}
    for each in errors_of(problems):
        if texts.text_of(each):
            broken.setdefault(texts.text_of(each), []).append(each)
    return replace(
        curriculum,
        guides={key: text for key, text in curriculum.guides.items() if text.file not in broken},
        sheets={key: text for key, text in curriculum.sheets.items() if text.file not in broken},
        broken={file: tuple(found) for file, found in broken.items()},
    )


def check_ages_of_numbers(curriculum: Curriculum, today: date) -> list[Problem]:
    """Warn of help lines that nobody checked for a year."""
    return texts.check_help_lines_are_fresh(curriculum, today)


def check_program(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Run every check of a program against its curriculum."""
    taught = chosen(curriculum, program)
    found = [problem for check in CHOICE_CHECKS for problem in check(curriculum, program, file)]
    return found + [problem for check in PROGRAM_CHECKS for problem in check(taught, program, file)]


def check_overrides(program: Program, file: str, today: date) -> list[Problem]:
    """Warn of what was agreed upon in place of a rule, and is over."""
    return phases.check_overrides_are_not_over(program, file, today)
