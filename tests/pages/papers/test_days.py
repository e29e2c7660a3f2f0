from __future__ import annotations

from collections.abc import Callable

from iop_sessions.ground.blocks import Page, Table
from iop_sessions.ground.speech import speech
from iop_sessions.pages.papers.first_days import first_day_sheet, last_day_sheet
from iop_sessions.pages.papers.forms import group_agreement
from iop_sessions.pages.papers.week_sheets import timetable
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |\n| mon |\n| wed |", clinic={"after_hours": "555-0100"})
CURRICULUM = small.curriculum(
    help_lines="""
        | name      | language | call                                | text                |
        | emergency | en       | Overdose or danger: call 911.       |                     |
        | emergency | es       | Sobredosis o peligro: llame al 911. |                     |
        | crisis    | en       | Crisis: call or text 988.           | Text 988.           |
        | crisis    | es       | Crisis: llame al 988 y oprima 2.    | Envíe AYUDA al 988. |
    """
)

SPANISH_HELP = (
    "Sobredosis o peligro: llame al 911. Crisis: llame al 988 y oprima 2. Envíe AYUDA al 988. "
    "Fuera del horario: 555-0100."
)
SPANISH_PRIVACY = (
    "## Lo que se mantiene en privado",
    "- Por ley, no revelamos lo que usted dice ni que viene.",
    "- A los miembros e invitados se les pide lo mismo. No podemos prometer que lo harán.",
    "### Cuándo el personal debe o puede hablar",
    "- El personal tiene que dar aviso si un menor de edad puede sufrir daño o descuido.",
    "- Si usted u otra persona está en peligro, el personal actúa como la ley lo permite.",
    "- En emergencia de salud damos datos; en juicio, solo con su firma u orden especial.",
    "- El personal puede denunciar un delito o una amenaza, aquí o contra el personal.",
    "Otros avisos que pide nuestro estado:",
    "lines: 2",
)


def test_the_first_day_says_what_happens_when_groups_meet_and_what_stays_private(shown: Shown) -> None:
    assert shown(first_day_sheet(CURRICULUM, PROGRAM)) == [
        "# Your first day",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to know what happens today and what stays private.",
        "## What happens today",
        "1. You meet one to one with a counselor. You talk about how to stay safe.",
        "1. You make a plan for tonight.",
        "1. You join your first group. You can just listen, and you can pass at any time.",
        "1. You learn when you come next.",
        "| About today | Write it here",
        "| Where we meet | ",
        "| My counselor | ",
        "| My next group | ",
        "| My ride home | ",
        "## When groups meet",
        "| Day | Groups | Breaks",
        "| Monday | 5:30 to 7:40 pm | 6:30 to 6:40 pm",
        "| Wednesday | 5:30 to 6:30 pm | None",
        "Do you need a break sooner? Tell the leader.",
        "## What to bring",
        "[ ] Your ID and your insurance card, if you have them",
        "[ ] A list of the medicines you take",
        "[ ] Your glasses or hearing aids",
        "[ ] The name of a person we may call, if you want us to",
        "new sheet",
        "## What stays private",
        "- By law, staff keep private what you say and that you come here.",
        "- Members and guests are asked to do so too. We cannot promise that they will.",
        "### When staff must or may speak",
        "- Staff must report it if a child may be hurt or neglected.",
        "- If you or someone else is in danger, staff act as the law allows.",
        (
            "- In a health emergency, the law lets staff share some facts. Your words can't be used in court "
            "against you unless you sign or a judge gives a special order."
        ),
        "- Staff may report a crime, or a threat of one, here or against staff.",
        "Other reports that our state asks of us:",
        "lines: 2",
        "box remember: Help at any hour",
        "- Overdose or danger: call 911.",
        "- Crisis: call or text 988.",
        "- After hours: 555-0100.",
        "footer: first-day · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_the_last_day_warns_of_the_old_amount_and_leaves_room_for_the_care_to_come(shown: Shown) -> None:
    assert shown(last_day_sheet(CURRICULUM, PROGRAM)) == [
        "# Your plan after today",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to know who helps you next, and when.",
        "box warning: The amount you used before can kill you",
        (
            "After days or weeks without opioids, your body can take less. The amount you used before can "
            "stop your breath. Keep your naloxone near. Tell a person where you keep it."
        ),
        "## My care from here",
        "| What | Day and time | Who, where, phone",
        "| My counselor or group |  | ",
        "| My doctor or nurse |  | ",
        "| My medicines |  | ",
        "| My mutual help group |  | ",
        "| Other |  | ",
        (
            "Do not stop your medicine on your own. Do not stop alcohol or pills for nerves or sleep "
            "all at once. Ask a doctor or nurse first."
        ),
        "## My people",
        "| Person | Phone number | Good for",
        "|  |  | ",
        "|  |  | ",
        "box remember: If I use again",
        "- Do not stay alone. Tell someone what you took.",
        "- Someone will not wake up or breathes slowly? Call 911. Give naloxone and stay.",
        "- Call us. You can come back.",
        "- Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
        "footer: last-day · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_the_agreement_has_the_limits_of_privacy_and_lines_to_sign(shown: Shown) -> None:
    assert shown(group_agreement(CURRICULUM, PROGRAM)) == [
        "# Our group agreement",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to see what we ask of you, and what stays private.",
        "## What I agree to",
        "- I keep to myself who is here and what they say.",
        "- I come on time, with my phone away. I use kind words.",
        "- I can pass at any time. No one has to tell how they used.",
        "- I bring no weapons, alcohol or street drugs.",
        "- If I use, I tell staff and come back. If I am not safe, I tell staff before I leave.",
        "## What stays private",
        "- By law, staff keep private what you say and that you come here.",
        "- Members and guests are asked to do so too. We cannot promise that they will.",
        "### When staff must or may speak",
        "- Staff must report it if a child may be hurt or neglected.",
        "- If you or someone else is in danger, staff act as the law allows.",
        (
            "- In a health emergency, the law lets staff share some facts. Your words can't be used in court "
            "against you unless you sign or a judge gives a special order."
        ),
        "- Staff may report a crime, or a threat of one, here or against staff.",
        "Other reports that our state asks of us:",
        "lines: 2",
        "## Signed",
        "| Who signs | Signature | Date",
        "| Group member |  | ",
        "| Staff |  | ",
        "small: You get a copy. Staff keep the signed page with patient records.",
        "footer: group-agreement · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_a_reviewed_page_says_who_read_it_and_no_longer_that_it_is_a_draft(shown: Shown) -> None:
    curriculum = small.curriculum(
        reviews="""
            | kind    | id       | state    | credential | reviewed_on |
            | handout | last-day | reviewed | LCSW       | 2026-12-01  |
        """
    )
    lines = shown(last_day_sheet(curriculum, PROGRAM))
    assert lines[1] == "purpose: Use this page to know who helps you next, and when."
    assert lines[-2] == "footer: last-day · version 1 · reviewed by LCSW, 2026-12-01"


def test_a_program_without_help_lines_has_no_empty_box(shown: Shown) -> None:
    program = small.program("| day |\n| mon |")
    assert shown(first_day_sheet(small.curriculum(), program))[-2:] == [
        "lines: 2",
        "footer: first-day · version 1 · draft, not yet reviewed by a clinician",
    ]


def hours(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_groups_side_by_side_count_once_and_leave_no_break() -> None:
    program = small.program(
        "| day | start | minutes |\n| wed | 9:00 | 90 |\n| wed | 9:30 | 30 |\n| wed | 10:30 | 60 |"
    )
    assert hours(timetable(program, speech("en"))) == [("Wednesday", "9:00 to 11:30 am", "None")]


def test_a_long_gap_parts_a_day_in_two() -> None:
    program = small.program(
        "| day | start |\n| fri | 17:30 |\n| fri | 10:00 |\n| fri | 11:10 |\n| mon | 11:30 |"
    )
    assert hours(timetable(program, speech("en"))) == [
        ("Monday", "11:30 am to 12:30 pm", "None"),
        ("Friday", "10:00 am to 12:10 pm\n5:30 to 6:30 pm", "11:00 to 11:10 am"),
    ]


def test_the_first_day_says_the_same_in_spanish(shown: Shown) -> None:
    page = first_day_sheet(CURRICULUM, PROGRAM, language="es")
    assert shown(page) == [
        "# Su primer día",
        "note: Borrador, aún sin revisión clínica.",
        "purpose: Use esta hoja para saber qué pasa hoy y qué se mantiene en privado.",
        "## Qué pasa hoy",
        "1. Usted habla a solas con un consejero o consejera sobre cómo estar a salvo.",
        "1. Usted hace un plan para esta noche.",
        '1. Usted entra a su primer grupo. Puede solo escuchar o decir "paso" cuando quiera.',
        "1. Usted sabe cuándo le toca volver.",
        "| Sobre hoy | Escríbalo aquí",
        "| Lugar | ",
        "| Mi consejero o consejera | ",
        "| Mi próximo grupo | ",
        "| Mi regreso a casa | ",
        "## Cuándo hay grupos",
        "| Día | Grupos | Descansos",
        "| Lunes | 5:30 a 7:40\u00a0p.m. | 6:30 a 6:40\u00a0p.m.",
        "| Miércoles | 5:30 a 6:30\u00a0p.m. | Ninguno",
        "¿Necesita un descanso antes? Dígalo a quien guía.",
        "## Qué traer",
        "[ ] Su identificación y tarjeta de seguro, si las tiene",
        "[ ] Una lista de las medicinas que toma",
        "[ ] Sus lentes o sus aparatos para oír",
        "[ ] El nombre de alguien a quien llamar, si quiere",
        "new sheet",
        *SPANISH_PRIVACY,
        "box remember: Ayuda a toda hora",
        "- Sobredosis o peligro: llame al 911.",
        "- Crisis: llame al 988 y oprima 2. Envíe AYUDA al 988.",
        "- Fuera del horario: 555-0100.",
        "footer: first-day · versión 1 · borrador, aún sin revisión clínica",
        f"footer: {SPANISH_HELP}",
    ]
    assert page.language == "es-US"


def test_the_last_day_says_the_same_in_spanish(shown: Shown) -> None:
    assert shown(last_day_sheet(CURRICULUM, PROGRAM, language="es")) == [
        "# Su plan después de hoy",
        "note: Borrador, aún sin revisión clínica.",
        "purpose: Use esta hoja para saber quién le ayuda después de hoy, y cuándo.",
        "box warning: La cantidad que consumía antes puede matar",
        (
            "Tras días o semanas sin opioides, su cuerpo aguanta menos. La cantidad de antes puede parar "
            "su respiración. Tenga cerca su naloxona. Dígale a una persona dónde la guarda."
        ),
        "## Mi atención desde hoy",
        "| Qué | Día y hora | Quién, dónde, teléfono",
        "| Consejería o grupo |  | ",
        "| Doctor o enfermera |  | ",
        "| Mis medicinas |  | ",
        "| Ayuda mutua |  | ",
        "| Otro |  | ",
        (
            "No deje su medicina por su cuenta. No pare de golpe el alcohol ni las pastillas para los "
            "nervios o para dormir. Pregunte antes a su doctor o enfermera."
        ),
        "## Mi gente",
        "| Persona | Teléfono | Me ayuda con",
        "|  |  | ",
        "|  |  | ",
        "box remember: Si vuelvo a consumir",
        "- No se quede a solas. Dígale a alguien qué consumió.",
        "- ¿Alguien no despierta o respira lento? Llame al 911. Dé naloxona y quédese.",
        "- Llámenos. Usted puede volver.",
        f"- {SPANISH_HELP}",
        "footer: last-day · versión 1 · borrador, aún sin revisión clínica",
        f"footer: {SPANISH_HELP}",
    ]


def test_the_agreement_says_the_same_in_spanish(shown: Shown) -> None:
    assert shown(group_agreement(CURRICULUM, PROGRAM, language="es")) == [
        "# El acuerdo de nuestro grupo",
        "note: Borrador, aún sin revisión clínica.",
        "purpose: Use esta hoja para ver qué le pedimos y qué se mantiene en privado.",
        "## Lo que acepto",
        "- No cuento a nadie quién está aquí ni lo que dice.",
        "- Llego a tiempo y guardo mi teléfono. Uso palabras amables.",
        '- Puedo decir "paso" cuando quiera. Nadie tiene que contar cómo consumió.',
        "- Yo no traigo armas, alcohol ni drogas de la calle.",
        "- Si consumo, aviso al personal y vuelvo. Si no estoy a salvo, aviso antes de irme.",
        *SPANISH_PRIVACY,
        "## Firmas",
        "| Quién firma | Firma | Fecha",
        "| Miembro del grupo |  | ",
        "| Personal |  | ",
        "small: Usted recibe una copia. El personal guarda la hoja firmada con su expediente.",
        "footer: group-agreement · versión 1 · borrador, aún sin revisión clínica",
        f"footer: {SPANISH_HELP}",
    ]


def test_in_large_print_the_first_day_runs_on(shown: Shown) -> None:
    assert "new sheet" not in shown(first_day_sheet(CURRICULUM, PROGRAM, large_print=True))


def test_a_review_of_the_english_page_is_none_of_the_spanish_one(shown: Shown) -> None:
    curriculum = small.curriculum(
        reviews="""
            | kind    | id       | language | state    | credential | reviewed_on |
            | handout | last-day | en       | reviewed | LCSW       | 2026-12-01  |
        """
    )
    spanish = shown(last_day_sheet(curriculum, PROGRAM, language="es"))
    assert spanish[1] == "note: Borrador, aún sin revisión clínica."
    english = shown(last_day_sheet(curriculum, PROGRAM))
    assert english[-2] == "footer: last-day · version 1 · reviewed by LCSW, 2026-12-01"
