from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from iop_sessions.coverage.covering import cover, cover_all
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import Helps, OpenGroup, Shortfall
from iop_sessions.program.program import Program
from iop_sessions.program.settings import WeekNote
from tests.lib import small

Shown = Callable[[Page], list[str]]
SETTINGS: dict[str, Any] = {"stay_weeks": [1], "rules": {"packs": ["pack"]}, "title": "Evening"}
PROGRAM = small.program("| day |\n| mon |\n| mon |", **SETTINGS)


def made(**tables: object) -> Curriculum:
    given: dict[str, object] = {
        "topics": "| topic_id | title |\n| RP-01 | Cravings |\n| RP-02 | Urges |",
        "objectives": """
            | objective_id | statement         | domain             |
            | draw         | Draw your chain   | relapse prevention |
            | outlast      | Outlast a craving | relapse prevention |
        """,
        "topic_objectives": "| topic_id | objective_id |\n| RP-01 | draw |\n| RP-02 | outlast |",
        "rules": "| rule_id | value | reason_codes |\n| MIN | 2 | holiday |",
    }
    return small.curriculum(**(given | tables))


def page_of(
    grid: str,
    program: Program = PROGRAM,
    *,
    details: bool = False,
    language: str = "en",
    **tables: object,
) -> Page:
    covered = cover(Case(made(**tables), program, small.plan(program, grid)))
    return coverage_page(covered, details=details, language=language)


def test_a_plan_that_keeps_every_promise_says_so_on_one_page(shown: Shown) -> None:
    page = page_of("| mon-1 | mon-2 |\n| RP-01 | RP-02 |\n| RP-02 | RP-01 |")
    assert shown(page) == [
        "# Coverage: Evening",
        "purpose: In time for every newcomer: all 2 core objectives (planned).",
        "| Weeks | Clinical | Seat | Counted | Rules | Reason",
        "| 1-2 | 2 h | 2 h 10 min | 2 h | 2 h or more, kept | None",
        (
            "All 2 start dates are decided. Longest wait: 0 days. "
            "For who starts on Mon, Jan 4, “Draw your chain” is planned for Mon, Jan 4."
        ),
        "| Core objectives by field | Weeks (times) | Wait | Met | Open",
        "| Relapse prevention: 2 objectives | 1-2 (4) | 0 d | 2 of 2 | 0",
        (
            "small: Wait: most days from a start to the first group on it. "
            "Met: start dates in time, of those decided. A field shows its worst. "
            "The payer counts clinical hours. The plan is proved the best there is."
        ),
        "footer: Evening · plan from January 4, 2027",
    ]
    assert page.kind == "coverage"


def test_a_missed_objective_stands_on_top_and_its_start_dates_are_named(shown: Shown) -> None:
    lines = shown(page_of("| mon-1 | mon-2 |\n| RP-01 | RP-01 |\n| RP-01 | RP-02 |"))
    assert lines[1:4] == [
        "purpose: 1 of 2 decided start dates misses a part of the 2 core objectives.",
        "box warning: What falls short",
        "Outlast a craving: not in time for who starts on Mon, Jan 4.",
    ]
    assert "All 2 start dates are decided. Worst start: Mon, Jan 4, which misses: Outlast a craving." in lines
    place = lines.index("| Core objectives by field | Weeks (times) | Wait | Met | Open")
    assert lines[place + 1 : place + 3] == [
        "| Missed: Outlast a craving | 2 (1) | 0 d | 1 of 2 | 0",
        "| Relapse prevention: 1 objective | 1-2 (3) | 0 d | 2 of 2 | 0",
    ]


def test_what_the_plan_is_too_short_to_tell_is_counted_apart(shown: Shown) -> None:
    program = small.program("| day |\n| mon |", **{**SETTINGS, "stay_weeks": [2], "rules": {}})
    lines = shown(page_of("| mon-1 |\n| RP-01 |\n| RP-02 |", program))
    assert lines[1] == (
        "purpose: In time for every newcomer whose stay the plan decides: all 2 core objectives (planned)."
    )
    told = "1 of 2 start dates is decided. 1 is not yet decided: the plan ends before the stay does."
    assert lines[4].startswith(f"{told} Longest wait: 7 days.")
    assert lines[6] == "| Relapse prevention: 2 objectives | 1-2 (2) | 7 d | 1 of 1 | 1"


def test_a_plan_too_short_for_any_stay_says_that_nothing_is_told_yet(shown: Shown) -> None:
    program = small.program("| day |\n| mon |", **{**SETTINGS, "stay_weeks": [6], "rules": {}})
    lines = shown(page_of("| mon-1 |\n| RP-01 |\n| RP-01 |", program))
    assert lines[1] == "purpose: No stay is decided yet: each ends after the plan."


def test_weeks_below_the_payer_s_limit_are_named_with_their_remedy(shown: Shown) -> None:
    lines = shown(page_of("| mon-1 | mon-2 |\n| RP-01 | RP-02 |", rules="| rule_id | value |\n| MIN | 2.1 |"))
    assert lines[1:5] == [
        "purpose: In time for every newcomer: all 2 core objectives (planned).",
        "purpose: Hours break a rule in 1 of 1 week.",
        "box warning: What falls short",
        (
            "Week 1: 2 h clinical; 2 h 6 min or more, falls short by 6 min. "
            "Add 6 min of group to the week; breaks do not count."
        ),
    ]


def test_a_closed_week_is_named_with_its_day_and_a_note_excuses_it(shown: Shown) -> None:
    closed = small.program("| day |\n| mon |\n| wed |", **SETTINGS, closed=[date(2027, 1, 6)])
    grid = "| mon-1 | wed-1 |\n| RP-01 | RP-02 |\n| RP-01 | RP-02 |"
    lines = shown(page_of(grid, closed))
    assert (
        "Week 1: 1 h clinical; 2 h or more, falls short by 1 h. Closed: January 6. "
        'Add 1 h of group on another day, or give the week the reason code "holiday" in the program file.'
    ) in lines
    note = WeekNote(week=1, reason_code="holiday", note="Epiphany")
    noted = shown(page_of(grid, closed.model_copy(update={"week_notes": (note,)})))
    row = next(line for line in noted if line.startswith("| 1 | 1 h"))
    assert row.endswith("| 2 h or more, excused: Epiphany | Closed January 6. Week 1, holiday: Epiphany.")
    assert "Hours break a rule" not in " ".join(noted)


def test_of_many_kinds_of_short_weeks_the_first_four_are_told_in_words(shown: Shown) -> None:
    table = "\n".join(f"| mon | {number}0 | {number} |" for number in range(1, 6))
    program = small.program(
        f"| day | minutes | phases |\n{table}",
        phases=[{"number": number, "weeks": [number]} for number in range(1, 6)],
        **SETTINGS,
    )
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 | mon-4 | mon-5 |\n| x | x | x | x | x |")
    told = box_of(coverage_page(*cover_all(Case(made(), program, plan))), shown)
    assert [each.partition(" clinical")[0] for each in told[:5]] == [
        "Phase 1: Week 1: 10 min",
        "Phase 2: Week 1: 20 min",
        "Phase 3: Week 1: 30 min",
        "Phase 4: Week 1: 40 min",
        "And 1 more: the table of hours shows them.",
    ]


def test_a_group_without_a_topic_is_named(shown: Shown) -> None:
    lines = shown(page_of("| mon-1 | mon-2 |\n| RP-01 | - |\n| RP-02 | RP-01 |"))
    assert "Mon, Jan 4: Group, no topic yet." in lines


def test_the_details_give_every_objective_a_row_and_orientation_its_day(shown: Shown) -> None:
    page = page_of(
        "| mon-1 | mon-2 |\n| RP-01 | RP-02 |",
        details=True,
        topics="| topic_id | delivery |\n| OR-01 | orientation |\n| RP-01 | group |\n| RP-02 | group |",
        topic_objectives="| topic_id | objective_id |\n| OR-01 | draw |\n| RP-02 | outlast |",
    )
    lines = shown(page)
    assert lines[lines.index("new sheet") :][:5] == [
        "new sheet",
        "## Every objective",
        "| Objective | Weeks (times) | Wait | Met | Open",
        "| Draw your chain | by appointment | 0 d | 1 of 1 | 0",
        "| Outlast a craving | 1 (1) | 0 d | 1 of 1 | 0",
    ]


SPANISH = """
    | kind       | id      | title                 |
    | group_type | RP      | Grupo                 |
    | objective  | draw    | Dibujar su cadena     |
    | objective  | outlast | Dejar pasar las ganas |
"""


def test_the_page_is_said_in_spanish(shown: Shown) -> None:
    page = page_of(
        "| mon-1 | mon-2 |\n| RP-01 | RP-02 |\n| RP-02 | RP-01 |",
        details=True, language="es", titles=SPANISH,
    )  # fmt: skip
    assert shown(page) == [
        "# Cobertura: Evening",
        "purpose: A tiempo para toda persona nueva: 2 objetivos básicos (planeado).",
        "| Semanas | Clínicas | Permanencia | Contadas | Reglas | Motivo",
        "| 1-2 | 2 h | 2 h 10 min | 2 h | 2 h o más, se cumple | Ninguno",
        (
            "Todo está decidido: 2 fechas de inicio. Espera más larga: 0 días. "
            "Para quien empieza el lun, 4 de ene, «Dibujar su cadena» está planeado para el lun, 4 de ene."
        ),
        "| Objetivos básicos por área | Semanas (veces) | Espera | A tiempo | Abiertas",
        "| Prevención de recaídas: 2 objetivos | 1-2 (4) | 0 d | 2 de 2 | 0",
        (
            "small: Espera: lo más que pasa, en días, desde un inicio hasta el primer grupo sobre ello. "
            "A tiempo: fechas de inicio a tiempo, de las ya decididas. "
            "Cada área muestra su peor dato. El pagador cuenta las horas clínicas. "
            "Está probado que no hay un plan mejor."
        ),
        "new sheet",
        "## Todos los objetivos",
        "| Objetivo | Semanas (veces) | Espera | A tiempo | Abiertas",
        "| Dibujar su cadena | 1-2 (2) | 0 d | 2 de 2 | 0",
        "| Dejar pasar las ganas | 1-2 (2) | 0 d | 2 de 2 | 0",
        "footer: Evening · plan desde el 4 de enero de 2027",
    ]
    assert page.language == "es-US"


def test_what_falls_short_is_said_in_spanish(shown: Shown) -> None:
    program = small.program("| day |\n| mon |\n| wed |", **SETTINGS, closed=[date(2027, 1, 6)])
    grid = "| mon-1 | wed-1 |\n| RP-01 | - |\n| RP-01 | RP-01 |\n| RP-02 | RP-01 |"
    lines = shown(page_of(grid, program, language="es", titles=SPANISH))
    assert lines[1:6] == [
        "purpose: A 2 de 4 fechas de inicio ya decididas les falta una parte de 2 objetivos básicos.",
        "purpose: Las horas no cumplen una regla en 1 de 3 semanas.",
        "box warning: Lo que falta",
        (
            "Semana 1: 1 h de horas clínicas; 2 h o más, con 1 h de menos. Cerrado: 6 de enero. "
            'Agregue 1 h de grupo otro día, o dé a la semana el motivo "holiday" en el archivo del programa.'
        ),
        (
            "Dejar pasar las ganas: no llega a tiempo para quien empieza en estas fechas: "
            "lun, 4 de ene; lun, 11 de ene."
        ),
    ]


def test_a_field_without_another_name_keeps_its_own(shown: Shown) -> None:
    objectives = "| objective_id | domain |\n| draw | drumming |\n| outlast | drumming |"
    lines = shown(page_of("| mon-1 | mon-2 |\n| RP-01 | RP-02 |", language="es", objectives=objectives))
    assert "| Drumming: 2 objetivos | 1 (2) | 0 d | 1 de 1 | 0" in lines


def test_a_plan_that_is_not_proved_best_says_how_far_it_may_be_from_it(shown: Shown) -> None:
    plan = small.plan(PROGRAM, "| mon-1 | mon-2 |\n| RP-01 | RP-02 |")
    told = []
    for status in ("feasible", "stopped", "changed"):
        sheet = replace(plan.sheet, status=status, cost=100, bound=90)
        page = coverage_page(cover(Case(made(), PROGRAM, replace(plan, sheet=sheet))))
        told.append(next(line for line in shown(page) if line.startswith("small: ")).rpartition("hours. ")[2])
    assert told == [
        "The plan is good, not proved best, at most 10 % from the best.",
        "The plan is stopped early, at most 10 % from the best.",
        "The plan was changed after it was made; it is not proved the best.",
    ]


def rules_of(settings: dict[str, Any], rule: str, shown: Shown, language: str = "en") -> list[str]:
    program = small.program("| day |\n| mon |\n| mon |", weeks=1, **{**SETTINGS, **settings})
    table = f"| rule_id | operator | value | severity |\n{rule}"
    lines = shown(page_of("| mon-1 | mon-2 |\n| RP-01 | RP-02 |", program, language=language, rules=table))
    return [line for line in lines[1:] if "2 h" in line]


AGREED = {"rule_id": "MIN", "value": 2.5, "reason": "A small group.", "by": "F1", "until": date(2027, 3, 1)}


def test_a_limit_that_was_agreed_upon_is_told_with_by_whom_and_why(shown: Shown) -> None:
    settings = {"rules": {"packs": ["pack"], "override": [AGREED]}}
    assert rules_of(settings, "| MIN | >= | 4 | must |", shown) == [
        (
            "Week 1: 2 h clinical; 2 h 30 min or more, falls short by 30 min. "
            "Overridden to 2 h 30 min until March 1, 2027 by F1: A small group. "
            "Add 30 min of group to the week; breaks do not count."
        ),
        (
            "| 1 | 2 h | 2 h 10 min | 2 h | 2 h 30 min or more, falls short by 30 min; "
            "overridden to 2 h 30 min until March 1, 2027 by F1: A small group | None"
        ),
    ]


def test_what_is_only_recommended_is_no_shortfall(shown: Shown) -> None:
    assert rules_of({}, "| MAX | <= | 1 | should |", shown) == [
        "| 1 | 2 h | 2 h 10 min | 2 h | 1 h or less recommended, not required; 1 h above | None"
    ]
    assert rules_of({}, "| MIN | >= | 3 | should |", shown, "es") == [
        "| 1 | 2 h | 2 h 10 min | 2 h | 3 h o más, recomendado, no obligatorio; con 1 h de menos | Ninguno"
    ]


def test_two_tracks_are_shown_each_by_name_with_the_worst_newcomer_of_all(shown: Shown) -> None:
    program = small.program(
        "| day | track   |\n| mon | morning |\n| mon | morning |\n| mon | evening |", **SETTINGS
    )
    grid = "| mon-1 | mon-2 | mon-3 |\n| RP-01 | RP-02 | RP-02 |\n| RP-01 | RP-02 | RP-02 |"
    ways = cover_all(Case(made(), program, small.plan(program, grid)))
    assert shown(coverage_page(*ways))[1:-1] == [
        "purpose: Morning track: In time for every newcomer: all 2 core objectives (planned).",
        "purpose: Evening track: 2 of 2 decided start dates miss a part of the 2 core objectives.",
        "purpose: Hours break a rule in 2 of 2 weeks.",
        "box warning: What falls short",
        (
            "Evening track: Weeks 1-2: 1 h clinical; 2 h or more, falls short by 1 h. "
            "Add 1 h of group to the week."
        ),
        "Evening track: Draw your chain: not in time for who starts on Mon, Jan 4; Mon, Jan 11.",
        "| Weeks | Clinical | Seat | Counted | Rules | Reason",
        "| 1-2 / morning track | 2 h | 2 h 10 min | 2 h | 2 h or more, kept | None",
        "| 1-2 / evening track | 1 h | 1 h | 1 h | 2 h or more, falls short by 1 h | None",
        "Evening track: Worst start: Mon, Jan 4, which misses: Draw your chain.",
        "| Path and track | Wait | Met | Open",
        "| Morning track | 0 d | 2 of 2 | 0",
        "| Evening track | 0 d | 0 of 2 | 0",
        (
            "small: Wait: most days from a start to the first group on it. "
            "Met: start dates in time, of those decided. A field shows its worst. "
            "The payer counts clinical hours. The plan is proved the best there is."
        ),
        "| Core objectives by field | Weeks (times) | Wait | Met | Open",
        "| Missed: Draw your chain | 1-2 (2) | 0 d | 0 of 2 | 0",
        "| Relapse prevention: 1 objective | 1-2 (4) | 0 d | 2 of 2 | 0",
    ]


def test_tracks_that_nothing_tells_apart_share_one_sentence(shown: Shown) -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |", stay_weeks=[2])
    plan = small.plan(program, "| mon-1 | mon-2 |\n| RP-01 | RP-01 |\n| RP-02 | RP-02 |")
    ways = cover_all(Case(made(), program, plan))
    english, spanish = (shown(coverage_page(*ways, language=language)) for language in ("en", "es"))
    assert "These figures are the same for each: am track and pm track." in english
    assert "Estos datos son iguales para todos: turno am y turno pm." in spanish


def test_a_meeting_of_another_kind_is_never_called_empty(shown: Shown) -> None:
    program = small.program("| day | kind |\n| mon | |\n| mon | individual |\n| mon | |", weeks=1)
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 |\n| RP-01 | - | - |")
    lines = shown(coverage_page(cover(Case(made(), program, plan))))
    assert [each for each in lines if each.startswith("Mon, ")] == ["Mon, Jan 4: Group, no topic yet."]


STAFFED = small.program(
    "| day | lead | room |\n| mon | F1 | A |\n| mon | F1 | A |",
    facilitators=[{"code": "F1", "kind": "counselor"}],
    rooms=[{"code": "A", "seats": 20}],
    **SETTINGS,
)


def box_of(page: Page, shown: Shown) -> list[str]:
    """Return what stands in the box of what falls short."""
    lines = shown(page)
    first = lines.index("box warning: What falls short") + 1
    return lines[first : next(place for place, text in enumerate(lines) if text.startswith("| Weeks"))]


def test_meetings_without_a_leader_or_a_room_are_named_the_first_four_by_their_day(shown: Shown) -> None:
    plan = small.plan(STAFFED, "\n".join(["| mon-1 | mon-2 |", *["| RP-01 | RP-02 |"] * 5]))
    bare = [each.session_id for each in plan.sessions if each.slot_id == "mon-1"]
    for name in bare:
        plan = small.changed(plan, name, facilitators=())
    plan = small.changed(plan, bare[0], facilitators=(), room="")
    assert box_of(coverage_page(cover(Case(made(), STAFFED, plan))), shown) == [
        (
            "5 meetings without a leader: Mon, Jan 4, 5:30 pm (RP); Mon, Jan 11, 5:30 pm (RP); "
            "Mon, Jan 18, 5:30 pm (RP); Mon, Jan 25, 5:30 pm (RP); and 1 more."
        ),
        "1 meeting without a room: Mon, Jan 4, 5:30 pm (RP).",
    ]


def test_a_cancelled_meeting_lacks_nobody(shown: Shown) -> None:
    plan = small.plan(STAFFED, "| mon-1 | mon-2 |\n| RP-01 | RP-02 |\n| RP-01 | RP-02 |")
    plan = small.changed(plan, "2027-01-11-mon-1", facilitators=(), state="cancelled")
    assert "without a leader" not in " ".join(shown(coverage_page(cover(Case(made(), STAFFED, plan)))))


def test_a_large_group_without_a_co_leader_is_named(shown: Shown) -> None:
    people = STAFFED.people.model_copy(update={"co_leader_from": 5})
    program = STAFFED.model_copy(update={"people": people})
    plan = small.plan(program, "| mon-1 | mon-2 |\n| RP-01 | RP-02 |")
    plan = small.changed(plan, "2027-01-04-mon-1", facilitators=("F1", "F2"))
    assert box_of(coverage_page(cover(Case(made(), program, plan))), shown) == [
        "1 meeting without a co-leader: Mon, Jan 4, 6:40 pm (RP)."
    ]


def lack(subject: str, *slots: str) -> Shortfall:
    """Make a meeting without a topic, for which some slots were made open groups."""
    tried = [Helps(changes=(OpenGroup(slot=each),), of="meetings", left=0, before=1) for each in slots]
    return Shortfall(kind="empty", subject=subject, starts=(), cost=1, remedies=tuple(tried))


def test_what_was_tried_against_a_shortfall_is_listed_the_first_three_of_it(shown: Shown) -> None:
    plan = small.plan(PROGRAM, "| mon-1 | mon-2 |\n| RP-01 | RP-02 |")
    lacks = [lack("a", "mon-1", "mon-2"), lack("b", "mon-2", "wed-1", "wed-2", "fri-1")]
    plan = replace(plan, sheet=replace(plan.sheet, shortfalls=tuple(lacks)))
    assert box_of(coverage_page(cover(Case(made(), PROGRAM, plan))), shown) == [
        "Tried when the plan was made:",
        "- make mon-1 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
        "- make mon-2 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
        "- make wed-1 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
        "- And 2 more: the verb coverage lists them.",
    ]
    few = replace(plan, sheet=replace(plan.sheet, shortfalls=tuple(lacks[:1])))
    assert box_of(coverage_page(cover(Case(made(), PROGRAM, few))), shown)[1:] == [
        "- make mon-1 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
        "- make mon-2 an open group, which needs no topic: then 0 instead of 1 meeting stays empty",
    ]


def test_what_staff_and_remedies_lack_is_said_in_spanish(shown: Shown) -> None:
    plan = small.plan(STAFFED, "| mon-1 | mon-2 |\n| RP-01 | RP-02 |")
    plan = small.changed(plan, "2027-01-04-mon-1", facilitators=(), room="")
    lacks = (lack("a", "mon-1", "mon-2", "wed-1", "wed-2"),)
    plan = replace(plan, sheet=replace(plan.sheet, shortfalls=lacks))
    lines = shown(coverage_page(cover(Case(made(), STAFFED, plan)), language="es"))
    then = "reuniones sin tema, 0 en vez de 1"
    assert lines[3:10] == [
        "1 reunión sin quien guíe: lun, 4 de ene, 5:30\u00a0p.m. (RP).",
        "1 reunión sin sala: lun, 4 de ene, 5:30\u00a0p.m. (RP).",
        "Se probó al hacer el plan:",
        f"- hacer de mon-1 un grupo abierto, que no necesita tema: {then}",
        f"- hacer de mon-2 un grupo abierto, que no necesita tema: {then}",
        f"- hacer de wed-1 un grupo abierto, que no necesita tema: {then}",
        "- Y 1 más: el comando coverage los muestra.",
    ]


def looked_at(language: str) -> Page:
    """Make the page of a plan of which one group was held, one partly, one not, and one is not confirmed."""
    program = small.program("| day |\n| mon |\n| mon |\n| mon |\n| wed |", **SETTINGS)
    plan = small.plan(
        program, "| mon-1 | mon-2 | mon-3 | wed-1 |\n" + "| RP-01 | RP-02 | RP-01 | RP-02 |\n" * 2
    )
    plan = small.changed(plan, "2027-01-04-mon-1", state="held")
    plan = small.changed(plan, "2027-01-04-mon-2", state="partly", held_minutes=20)
    plan = small.changed(plan, "2027-01-04-mon-3", state="not held")
    covered = cover(Case(made(titles=SPANISH), program, plan, as_of=date(2027, 1, 7)))
    return coverage_page(covered, language=language)


def test_what_was_held_partly_not_held_and_not_confirmed_stands_on_the_page(shown: Shown) -> None:
    assert shown(looked_at("en"))[1:11] == [
        (
            "purpose: In time for every newcomer whose stay the plan decides: "
            "all 2 core objectives (taught 1, planned 3, not confirmed 2)."
        ),
        "| State | Groups | Which",
        "| Held | 1 | Mon, Jan 4",
        "| Held partly | 1 | Mon, Jan 4, 6:40 pm (RP-02), 20 of 60 minutes: too brief to count as taught",
        "| Not held | 1 | Mon, Jan 4, 7:50 pm (RP-01)",
        "| Not confirmed | 1 | Wed, Jan 6, 5:30 pm (RP-02)",
        "| Planned | 4 | Mon, Jan 11 to Wed, Jan 13",
        "| Weeks | Clinical | Seat | Counted | Rules | Reason",
        (
            "| 1 | 2 h 20 min | 2 h 30 min | 2 h 20 min | 2 h or more, kept only if what is not confirmed "
            "was held / 1 h 20 min held, 1 h not confirmed | None"
        ),
        "| 2 | 4 h | 4 h 20 min | 4 h | 2 h or more, kept | None",
    ]


def test_what_was_held_is_said_in_spanish(shown: Shown) -> None:
    assert shown(looked_at("es"))[1:10] == [
        (
            "purpose: A tiempo para toda persona nueva cuya estadía el plan ya decide: "
            "2 objetivos básicos (enseñado: 1, planeado: 3, sin confirmar: 2)."
        ),
        "| Estado | Grupos | Cuáles",
        "| Realizado | 1 | lun, 4 de ene",
        (
            "| Realizado en parte | 1 | lun, 4 de ene, 6:40\xa0p.m. (RP-02), 20 de 60 minutos: "
            "muy poco para contar como enseñado"
        ),
        "| No realizado | 1 | lun, 4 de ene, 7:50\xa0p.m. (RP-01)",
        "| Sin confirmar | 1 | mié, 6 de ene, 5:30\xa0p.m. (RP-02)",
        "| Planeado | 4 | del lun, 11 de ene al mié, 13 de ene",
        "| Semanas | Clínicas | Permanencia | Contadas | Reglas | Motivo",
        (
            "| 1 | 2 h 20 min | 2 h 30 min | 2 h 20 min | 2 h o más, se cumple solo si lo que está sin "
            "confirmar se hizo / 1 h 20 min realizadas, 1 h sin confirmar | Ninguno"
        ),
    ]
