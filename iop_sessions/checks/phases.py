"""Check the phases and paths of a program, how long people stay, and the rules put in place of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from iop_sessions.checks.programs import slot_place, unknown
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Phase, RuleOverride

LONGEST: Final = 52
"""Weeks that a plan can have at most."""


def check_phases_and_slots_are_known(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Slots that a phase names, and phases that a path or a slot names, exist."""
    slots, phases = {slot.id for slot in program.slots}, {str(phase.number) for phase in program.phases}
    of_slots = [(slot_place(program, slot, "phases", file), slot.phases) for slot in program.slots]
    of_paths = [
        (Place(file, 0, f"paths[{number}].phases"), tuple(dict.fromkeys(phase for phase, _ in path.phases)))
        for number, path in enumerate(program.paths, 1)
    ]
    return [
        *(
            unknown(_phase_place(number, "slots", file), "slot", name, slots)
            for number, phase in enumerate(program.phases, 1)
            for name in phase.slots
            if name not in slots
        ),
        *(
            unknown(place, "phase", str(number), phases)
            for place, numbers in (*of_paths, *of_slots)
            for number in numbers
            if str(number) not in phases
        ),
    ]


def _phase_place(number: int, key: str, file: str) -> Place:
    return Place(file, 0, f"phases[{number}].{key}")


def check_phases_name_days_with_slots(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a day that a phase names and on which nothing meets."""
    days = {slot.day for slot in program.slots}
    return [
        Problem(
            _phase_place(number, "days", file),
            f"phase {phase.number} names {day}, and no slot meets then",
            "take the day out, or add its slots",
            "warning",
        )
        for number, phase in enumerate(program.phases, 1)
        for day in phase.days
        if day not in days
    ]


def check_phases_hold_the_slots_they_name(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a slot that a phase names and then shuts out by its days, or that is for other phases."""
    slots = program.slot_by_id
    return [
        Problem(
            _phase_place(number, "slots", file),
            f"phase {phase.number} names {name}, but {_shut_out(phase, slots[name].day)}",
            "take it out, or change the other setting",
            "warning",
        )
        for number, phase in enumerate(program.phases, 1)
        for name in phase.slots
        if name in slots and not phase.holds(slots[name])
    ]


def _shut_out(phase: Phase, day: str) -> str:
    return f"its days leave {day} out" if phase.days and day not in phase.days else "that slot names others"


def check_phases_follow_each_other(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Phases end after they begin; without paths they follow each other from week 1, no week left out."""
    backward = [
        Problem(
            _phase_place(number, "weeks", file),
            f"phase {phase.number} would end in week {phase.weeks[-1]}, before its first, {phase.weeks[0]}",
            "write the first week, then the last",
        )
        for number, phase in enumerate(program.phases, 1)
        if phase.length < 1
    ]
    return backward or ([] if program.paths else list(_gaps(program, file)))


def _gaps(program: Program, file: str) -> Iterator[Problem]:
    numbered = sorted(enumerate(program.phases, 1), key=lambda each: each[1].weeks[0])
    expected = 1
    for number, phase in numbered:
        if phase.weeks[0] != expected:
            message = f"phase {phase.number} starts in week {phase.weeks[0]}, not in week {expected}"
            remedy = "let phases follow each other from week 1, or write [[paths]]"
            yield Problem(_phase_place(number, "weeks", file), message, remedy)
        expected = phase.weeks[-1] + 1


def check_every_week_has_a_slot(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a phase in which the people of a track come to nothing."""
    empty = dict.fromkeys(
        (number, journey.track)
        for journey in journeys(program)
        for number, slots in zip(journey.phases, journey.slots, strict=True)
        if not slots
    )
    places = {phase.number: f"phases[{number}]" for number, phase in enumerate(program.phases, 1)}
    return [
        Problem(
            Place(file, 0, places[number]),
            f"nobody in phase {number}{f' of the {track} track' if track else ''} comes to any slot",
            "add a slot, or change the days or slots of the phase",
            "warning",
        )
        for number, track in empty
    ]


def check_stay_fits_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No stay is longer than the plan, or nothing about it can be promised."""
    stays = {journey.path: journey for journey in journeys(program)}
    return [
        Problem(
            _stay_place(program, journey, file),
            f"a stay of {journey.weeks} weeks is longer than the plan of {program.weeks}",
            f"plan {journey.weeks} weeks or more" if journey.weeks <= LONGEST else "shorten the stay",
        )
        for journey in stays.values()
        if journey.weeks > program.weeks
    ]


def _stay_place(program: Program, journey: Journey, file: str) -> Place:
    numbers = {path.id: number for number, path in enumerate(program.paths, 1)}
    if journey.path in numbers:
        return Place(file, 0, f"paths[{numbers[journey.path]}].phases")
    return Place(file, 0, "phases" if program.phases else "stay_weeks")


def check_stay_is_that_of_the_phases(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn where stay_weeks says something else than phases and paths, which are what counts."""
    if not program.phases and not program.paths:
        return []
    weeks = sorted({journey.weeks for journey in journeys(program)})
    found = list(dict.fromkeys((weeks[0], weeks[-1])))
    if found == sorted(set(program.stay_weeks)) or not weeks[0]:
        return []
    said, made = (" to ".join(map(str, each)) for each in (sorted(set(program.stay_weeks)), found))
    message = f"says {said} weeks, but {'paths' if program.paths else 'phases'} make a stay of {made}"
    return [Problem(Place(file, 0, "stay_weeks"), message, f"write stay_weeks = {found}", "warning")]


ROLES: Final = (
    "administrator", "clinical director", "clinical supervisor", "compliance officer", "curriculum lead",
    "director", "licensing", "medical director", "payer", "program director", "supervisor",
)  # fmt: skip
"""Who may stand for an override beside the leaders: a role, never a name."""


def _overrides(program: Program, key: str, file: str) -> Iterator[tuple[RuleOverride, Place]]:
    for number, each in enumerate(program.rules.override, 1):
        yield each, Place(file, 0, f"rules.override[{number}].{key}")


def check_overrides_name_a_rule(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is of a rule there is, in a pack that judges the program, once for each date."""
    packs = {rule.rule_id: rule.pack for rule in curriculum.rules}
    found = []
    for each, place in _overrides(program, "rule_id", file):
        if each.rule_id not in packs:
            if not curriculum.lost("rules", "rule_id", each.rule_id):
                found.append(unknown(place, "rule", each.rule_id, packs))
        elif packs[each.rule_id] not in program.rules.packs:
            message = (
                f"{each.rule_id} is of the pack {packs[each.rule_id]}, which does not judge this program"
            )
            found.append(
                Problem(place, message, "name the pack under rules.packs, or remove this", "warning")
            )
    return found + _doubles(program, file)


def _doubles(program: Program, file: str) -> list[Problem]:
    counts = Counter((each.rule_id, each.until) for each in program.rules.override)
    return [
        Problem(Place(file, 0, "rules.override"), f"{rule_id} stands {count} times until {until}", "keep one")
        for (rule_id, until), count in counts.items()
        if count > 1
    ]


def check_somebody_stands_for_overrides(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is by a leader's code or a role, for no name stands in any file."""
    known = [*(each.code for each in program.facilitators), *ROLES]
    return [
        unknown(place, "leader and no role", each.by, known)
        for each, place in _overrides(program, "by", file)
        if each.by not in known
    ]


def check_overrides_reach_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of an override that is over before the first week."""
    return [
        Problem(
            place,
            f"{each.until} lies before the plan's first day, {program.start}: {each.rule_id} counts as it is",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if each.until < program.start
    ]


def check_overrides_are_not_over(program: Program, file: str, today: date) -> list[Problem]:
    """Warn of an override that reached the plan and has ended since."""
    return [
        Problem(
            place,
            f"{each.until} is past: {each.rule_id} counts as it is again",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if program.start <= each.until < today
    ]
