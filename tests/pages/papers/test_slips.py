from __future__ import annotations

from collections.abc import Callable

from iop_sessions.ground.blocks import Page, Table
from iop_sessions.pages.papers.forms import certificate, check_in_slip, feedback_slip, weekend_plan
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |", title="Evening", paper="a4")
CURRICULUM = small.curriculum(
    help_lines="""
        | name   | language | call                             |
        | crisis | en       | Crisis: call or text 988.        |
        | crisis | es       | Crisis: llame al 988 y oprima 2. |
    """
)


def test_four_check_in_slips_ask_for_craving_and_mood_and_no_name(shown: Shown) -> None:
    page = check_in_slip(CURRICULUM, PROGRAM, large_print=True)
    slip = [
        "## How I am right now",
        "| Check a box | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10",
        "| My craving (0 is none) |  |  |  |  |  |  |  |  |  |  | ",
        "| My mood (0 is very low) |  |  |  |  |  |  |  |  |  |  | ",
        "Is your craving 7 or more, or your mood very low? Tell staff today.",
    ]
    assert shown(page) == [
        "# Check-in slips",
        "purpose: Use a slip to say how you are. Write no name.",
        *slip * 4,
        "footer: check-in-slip · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]
    assert (page.kind, page.paper, page.large_print) == ("handout", "a4", True)


def test_a_feedback_slip_asks_five_questions_from_0_to_10(shown: Shown) -> None:
    assert shown(feedback_slip(CURRICULUM, PROGRAM)) == [
        "# How was group today?",
        "purpose: Tell us what you think. Write no name. 0 is not at all, 10 is very much.",
        "How safe did you feel in group today?",
        "scale: 0 to 10",
        "How clear were the words and the pages?",
        "scale: 0 to 10",
        "How much did you get to try or practice?",
        "scale: 0 to 10",
        "How much will this help you this week?",
        "scale: 0 to 10",
        "How much do you want to come to the next group?",
        "scale: 0 to 10",
        "What should we change or keep?",
        "lines: 2",
        "footer: feedback-slip · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_a_weekend_plan_has_three_days_an_example_of_a_risky_hour_and_people_to_call(shown: Shown) -> None:
    assert shown(weekend_plan(CURRICULUM, PROGRAM)) == [
        "# My weekend plan",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to plan a weekend that keeps you safe.",
        "## Where I will be, and with whom",
        "| Time | Friday | Saturday | Sunday",
        "| Morning |  |  | ",
        "| Midday |  |  | ",
        "| Afternoon |  |  | ",
        "| Evening |  |  | ",
        "| Night |  |  | ",
        "## My risky hours",
        "| A risky hour | What I will do then | Who can be with me",
        "| Saturday at 9 pm | See a film | My brother",
        "|  |  | ",
        "|  |  | ",
        "## Whom I can call",
        "| Person | Phone number",
        "|  | ",
        "|  | ",
        "box remember: To remember",
        "- A craving passes. Call before you go, not after.",
        "- After days or weeks without opioids, the amount you used before can kill you. Keep naloxone near.",
        "footer: weekend-plan · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_a_certificate_tells_attendance_only_and_nothing_that_tells_of_a_diagnosis(shown: Shown) -> None:
    assert shown(certificate(CURRICULUM, PROGRAM)) == [
        "# Certificate of attendance",
        "The person named here came to the groups counted here.",
        "| About | Filled in by the program",
        "| Name | ",
        "| First day | ",
        "| Last day | ",
        "| Groups attended | ",
        "| Hours attended | ",
        "| Program | ",
        "box note: ",
        "Attendance only; not a clinical opinion or a court report.",
        "## Signed by staff",
        "| Printed name and credential | Signature | Date",
        "|  |  | ",
        "|  |  | ",
        "footer: Certificate of attendance",
    ]


def test_a_certificate_names_the_clinic_where_the_program_lets_it() -> None:
    program = small.program("| day |\n| mon |", clinic={"name": "Riverside", "show_name": True})
    assert certificate(CURRICULUM, program).footer == ("Certificate of attendance", "Riverside")
    hidden = small.program("| day |\n| mon |", clinic={"name": "Riverside", "show_name": False})
    assert certificate(CURRICULUM, hidden).footer == ("Certificate of attendance",)


def test_check_in_slips_ask_the_same_in_spanish(shown: Shown) -> None:
    slip = [
        "## Cómo estoy ahora",
        "| Marque un cuadro | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10",
        "| Mis ganas fuertes (0 es nada) |  |  |  |  |  |  |  |  |  |  | ",
        "| Mi ánimo (0 es muy bajo) |  |  |  |  |  |  |  |  |  |  | ",
        "¿Ganas de 7 o más, o ánimo muy bajo? Dígaselo hoy al personal.",
    ]
    page = check_in_slip(CURRICULUM, PROGRAM, language="es", large_print=True)
    assert shown(page) == [
        "# Hojitas para empezar el grupo",
        "purpose: Use una hojita para decir cómo está. No escriba su nombre.",
        *slip * 4,
        "footer: check-in-slip · versión 1 · borrador, aún sin revisión clínica",
        "footer: Crisis: llame al 988 y oprima 2.",
    ]
    tables = [block.name for block in page.blocks if isinstance(block, Table)]
    assert tables == ["Hojita 1", "Hojita 2", "Hojita 3", "Hojita 4"]
    assert (page.language, page.large_print) == ("es-US", True)


def test_a_feedback_slip_asks_the_same_in_spanish(shown: Shown) -> None:
    assert shown(feedback_slip(CURRICULUM, PROGRAM, language="es")) == [
        "# ¿Cómo le fue hoy en el grupo?",
        "purpose: Díganos qué piensa. No escriba su nombre. 0 es nada y 10 es mucho.",
        "¿Qué tan a salvo se sintió hoy en el grupo?",
        "scale: 0 to 10",
        "¿Qué tan claras fueron las palabras y las hojas?",
        "scale: 0 to 10",
        "¿Cuánto pudo probar o practicar?",
        "scale: 0 to 10",
        "¿Cuánto le va a servir esto esta semana?",
        "scale: 0 to 10",
        "¿Cuánto quiere venir al próximo grupo?",
        "scale: 0 to 10",
        "¿Qué debemos cambiar o dejar igual?",
        "lines: 2",
        "footer: feedback-slip · versión 1 · borrador, aún sin revisión clínica",
        "footer: Crisis: llame al 988 y oprima 2.",
    ]


def test_a_weekend_plan_has_the_same_days_and_hours_in_spanish(shown: Shown) -> None:
    assert shown(weekend_plan(CURRICULUM, PROGRAM, language="es")) == [
        "# Mi plan para el fin de semana",
        "note: Borrador, aún sin revisión clínica.",
        "purpose: Use esta hoja para planear un fin de semana en el que usted esté a salvo.",
        "## Dónde voy a estar y con quién",
        "| Hora | Viernes | Sábado | Domingo",
        "| Mañana |  |  | ",
        "| Mediodía |  |  | ",
        "| Tarde |  |  | ",
        "| Anochecer |  |  | ",
        "| Noche |  |  | ",
        "## Mis horas de riesgo",
        "| Una hora de riesgo | Qué voy a hacer | Quién me acompaña",
        "| Sábado, 9 p.m. | Ver una película | Mi hermano",
        "|  |  | ",
        "|  |  | ",
        "## A quién puedo llamar",
        "| Persona | Teléfono",
        "|  | ",
        "|  | ",
        "box remember: Para recordar",
        "- Las ganas fuertes pasan. Llame antes de ir, no después.",
        (
            "- Tras días o semanas sin opioides, la cantidad que usted consumía antes puede causarle la "
            "muerte. Tenga naloxona cerca."
        ),
        "footer: weekend-plan · versión 1 · borrador, aún sin revisión clínica",
        "footer: Crisis: llame al 988 y oprima 2.",
    ]


def test_a_spanish_certificate_is_blank_too_and_gives_no_opinion(shown: Shown) -> None:
    page = certificate(CURRICULUM, PROGRAM, language="es")
    assert shown(page) == [
        "# Constancia de asistencia",
        "La persona nombrada aquí vino a los grupos que se cuentan aquí.",
        "| Dato | Lo llena el programa",
        "| Nombre | ",
        "| Primer día | ",
        "| Último día | ",
        "| Grupos a los que asistió | ",
        "| Horas de asistencia | ",
        "| Programa | ",
        "box note: ",
        "Solo asistencia; no es una opinión clínica ni un informe para un tribunal.",
        "## Firma del personal",
        "| Nombre en letra de molde y credencial | Firma | Fecha",
        "|  |  | ",
        "|  |  | ",
        "footer: Constancia de asistencia",
    ]
    assert (page.language, page.paper) == ("es-US", "a4")
