from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_handout
from iop_sessions.ground.blocks import Page, Table
from iop_sessions.ground.errors import NotFound, Place, Problem
from iop_sessions.ground.speech import speech
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.meetings import copy_words, place_words, session_title
from iop_sessions.pages.wording.hours import closure_name
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import Closure, closures
from iop_sessions.program.settings import WeekNote
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program(
    """
    | day | group_type | lead | room |
    | mon | RP         | F1   | A    |
    | mon | PG         | F2   | A    |
    | wed | RP         | F1   | A    |
    | wed | RP         | F1   | A    |
    """,
    closed=[date(2027, 1, 6)],
    rules={"packs": ["pack"]},
    census={"en": 10, "spare": 2, "large_print": 1},
    title="Evening",
)
PLAN = small.plan(
    PROGRAM,
    """
    | mon-1 | mon-2 | wed-1 | wed-2 |
    | RP-01 | -     | -     | -     |
    | RP-02 | -     | RP-01 | -     |
    """,
)


def made(**tables: object) -> Curriculum:
    given: dict[str, object] = {
        "group_types": """
            | group_type | title              | purpose             | needs_topic |
            | RP         | Relapse prevention |                     | yes         |
            | PG         | Process group      | Talk over the week. | no          |
        """,
        "topics": """
            | topic_id | title    | aim             |
            | RP-01    | Cravings | Draw your chain |
            | RP-02    | Urges    | Outlast one     |
        """,
        "handouts": "| handout_id |\n| RP-01a |",
        "topic_handouts": "| topic_id | handout_id | copies |\n| RP-01 | RP-01a | 2 |",
        "rules": "| rule_id | value | reason_codes |\n| MIN | 3 | holiday |",
    }
    return small.curriculum(**(given | tables), curriculum_id="house", version="1.0")


def test_a_week_says_who_meets_when_what_to_copy_and_what_comes_next(shown: Shown) -> None:
    page = week_agenda(Case(made(), PROGRAM, PLAN), 1)
    assert shown(page) == [
        "# Week 1: January 4 to 10, 2027",
        "small: Every topic here is a draft, not yet reviewed by a clinician.",
        "| Time | Monday, January 4 | Wednesday, January 6",
        "| 5:30 pm / to 6:30 pm | [RP] Cravings / Draw your chain. | Closed",
        "| Staff | Lead F1 · Room A · Copy 24 x RP-01a, 2 x RP-01a in large print | ",
        "| 6:30 pm | Break, 10 minutes | ",
        "| 6:40 pm / to 7:40 pm | [PG] Process group / Talk over the week. | ",
        "| Staff | Lead F2 · Room A | ",
        "## This week and next",
        "| Hours and closed days | Next week at a glance: January 11 to 17, 2027",
        (
            "| Clinical 2 h, seat 2 h 10 min. The payer counts clinical hours. / "
            "Rules: 3 h or more, falls short by 1 h. / Closed: January 6. / "
            'Add 1 h of group on another day, or give the week the reason code "holiday" in the program file.'
            " | Mon. RP Urges; PG Process group / Wed. RP Cravings; RP Relapse prevention, no topic yet"
        ),
        "footer: Evening · week 1 of 2 · plan from January 4, 2027 · curriculum house 1.0",
    ]
    assert (page.kind, page.landscape, page.title) == ("agenda", True, "Week 1: January 4 to 10, 2027")


def test_the_copy_on_the_wall_leaves_out_leaders_copies_and_hours(shown: Shown) -> None:
    lines = shown(week_agenda(Case(made(), PROGRAM, PLAN), 2, wall=True))
    assert lines[1:] == [
        "| Time | Monday, January 11 | Wednesday, January 13",
        (
            "| 5:30 pm / to 6:30 pm "
            "| [RP] Urges / Outlast one. / Room A | [RP] Cravings / Draw your chain. / Room A"
        ),
        "| 6:30 pm | Break, 10 minutes | Break, 10 minutes",
        (
            "| 6:40 pm / to 7:40 pm | [PG] Process group / Talk over the week. / Room A "
            "| [RP] Relapse prevention / Room A"
        ),
        "footer: Evening · week 2 of 2 · plan from January 4, 2027 · curriculum house 1.0",
    ]


def test_the_copies_asked_for_go_before_the_census(shown: Shown) -> None:
    lines = shown(week_agenda(Case(made(), PROGRAM, PLAN), 1, copies=5))
    assert lines[4].startswith("| Staff | Lead F1 · Room A · Copy 10 x RP-01a")


def test_reviewed_topics_are_told_from_drafts(shown: Shown) -> None:
    reviews = "| id | state | credential | reviewed_on |\n| RP-01 | reviewed | LCSW | 2027-01-02 |"
    assert "reviewed" not in " ".join(shown(week_agenda(Case(made(reviews=reviews), PROGRAM, PLAN), 1)))
    line = shown(week_agenda(Case(made(reviews=reviews), PROGRAM, PLAN), 2))[1]
    assert line == "small: Drafts: RP-02, not yet reviewed by a clinician."


def test_a_cancelled_group_says_so_with_its_reason(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled", reason="storm")
    lines = shown(week_agenda(Case(made(), PROGRAM, plan), 1))
    assert lines[3:5] == [
        "| 5:30 pm / to 6:30 pm | [RP] Cravings / Cancelled: storm | Closed",
        "| Staff | Cancelled | ",
    ]


def test_the_wall_tells_no_reason_of_a_cancelled_group(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled", reason="storm")
    lines = shown(week_agenda(Case(made(), PROGRAM, plan), 1, wall=True))
    assert lines[2] == "| 5:30 pm / to 6:30 pm | [RP] Cravings / Cancelled | Closed"
    assert "storm" not in " ".join(lines)


def test_a_session_moved_to_another_week_stands_in_the_agenda_of_that_week(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", date=date(2027, 1, 12), reason="storm")
    first, second = (shown(week_agenda(Case(made(), PROGRAM, plan), week, wall=True)) for week in (1, 2))
    assert first[1:4] == [
        "| Time | Monday, January 4 | Wednesday, January 6",
        "| 6:40 pm / to 7:40 pm | [PG] Process group / Talk over the week. / Room A | Closed",
        "Closed: January 6.",
    ]
    assert second[1:3] == [
        "| Time | Monday, January 11 | Tuesday, January 12 | Wednesday, January 13",
        (
            "| 5:30 pm / to 6:30 pm | [RP] Urges / Outlast one. / Room A "
            "| [RP] Cravings / Draw your chain. / Room A | [RP] Cravings / Draw your chain. / Room A"
        ),
    ]


def test_days_with_other_times_get_rows_of_their_own_and_no_break_is_made_up(shown: Shown) -> None:
    program = small.program(
        """
        | day | start | minutes |
        | mon | 17:30 | 60      |
        | mon | 18:40 | 60      |
        | wed | 17:30 | 90      |
        | wed | 17:30 | 90      |
        """
    )
    plan = small.plan(program, "| mon-1 | mon-2 | wed-1 | wed-2 |\n| RP-01 | - | RP-02 | - |")
    none = "[RP] Relapse prevention, no topic yet"
    assert [line for line in shown(week_agenda(Case(made(), program, plan), 1)) if "Staff" not in line][
        2:6
    ] == [
        "| Time | Monday, January 4 | Wednesday, January 6",
        (
            "| 5:30 pm "
            "| [RP] Cravings / Until 6:30 pm / Draw your chain. | [RP] Urges / Until 7:00 pm / Outlast one."
        ),
        f"| 5:30 pm | No group | {none} / Until 7:00 pm",
        f"| 6:40 pm / to 7:40 pm | {none} | No group",
    ]


def test_a_federal_holiday_is_named(shown: Shown) -> None:
    calendar = {"main": {"us_federal": True}}
    program = small.program("| day |\n| mon |\n| wed |", start=date(2027, 5, 31), calendar=calendar)
    plan = small.plan(program, "| mon-1 | wed-1 |\n| - | RP-01 |\n| - | RP-02 |")
    page = week_agenda(Case(made(), program, plan), 1)
    assert shown(page)[0] == "# Week 1: May 31 to June 6, 2027"
    assert shown(page)[3].startswith("| 5:30 pm / to 6:30 pm | Closed: Memorial Day | [RP] Cravings")
    assert "Closed: May 31 (Memorial Day)." in shown(page)[-2]


def test_a_week_of_five_days_is_set_in_small_print_with_the_staff_notes_inside() -> None:
    days = "\n".join(f"| {day} | F1 |" for day in ("mon", "tue", "wed", "thu", "fri"))
    program = small.program(f"| day | lead |\n{days}")
    plan = small.plan(program, "| mon-1 | tue-1 | wed-1 | thu-1 | fri-1 |\n| RP-01 | - | - | - | RP-02 |")
    page = week_agenda(Case(made(), program, plan), 1)
    table = next(block for block in page.blocks if isinstance(block, Table))
    assert all(cell.small for row in table.rows for cell in row)
    assert table.rows[0][1].text == "Cravings\nDraw your chain.\nLead F1 · Copy 24 x RP-01a"


def test_a_week_with_no_group_at_all_still_names_its_days(shown: Shown) -> None:
    program = small.program("| day |\n| mon |", closed=[date(2027, 1, 4)])
    plan = small.plan(program, "| mon-1 |\n| closed |")
    assert shown(week_agenda(Case(made(), program, plan), 1))[1:3] == [
        "| Time | Monday, January 4",
        "| All day | Closed",
    ]


def test_a_week_beyond_the_plan_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no week '3' — there are: 1, 2$"):
        week_agenda(Case(made(), PROGRAM, PLAN), 3)


def test_an_excused_week_says_why(shown: Shown) -> None:
    note = WeekNote(week=1, reason_code="holiday", note="New year")
    program = PROGRAM.model_copy(update={"week_notes": (note,)})
    line = next(
        each for each in shown(week_agenda(Case(made(), program, PLAN), 1)) if each.startswith("| Clinical")
    )
    assert "Rules: 3 h or more, excused: New year." in line
    assert "Add " not in line


SPANISH = """
    | kind       | id    | title                  | aim                  |
    | topic      | RP-01 | Las ganas              | Dibujar su cadena    |
    | topic      | RP-02 | Los impulsos           | Dejar pasar uno      |
    | group_type | RP    | Prevención de recaídas |                      |
    | group_type | PG    | Grupo de proceso       | Hablar de la semana. |
"""


def test_a_week_is_said_in_spanish(shown: Shown) -> None:
    page = week_agenda(Case(made(titles=SPANISH), PROGRAM, PLAN), 1, language="es")
    assert shown(page) == [
        "# Semana 1: 4 al 10 de enero de 2027",
        "small: Todos los temas de esta hoja son borradores, aún sin revisión clínica.",
        "| Hora | Lunes, 4 de enero | Miércoles, 6 de enero",
        "| 5:30\u00a0p.m. / a 6:30\u00a0p.m. | [RP] Las ganas / Dibujar su cadena. | Cerrado",
        "| Personal | Guía: F1 · Sala A · Copias: 24 x RP-01a, 2 x RP-01a en letra grande | ",
        "| 6:30\u00a0p.m. | Descanso, 10 minutos | ",
        "| 6:40\u00a0p.m. / a 7:40\u00a0p.m. | [PG] Grupo de proceso / Hablar de la semana. | ",
        "| Personal | Guía: F2 · Sala A | ",
        "## Esta semana y la próxima",
        "| Horas y días cerrados | La próxima semana de un vistazo: 11 al 17 de enero de 2027",
        (
            "| Clínicas: 2 h; permanencia: 2 h 10 min. El pagador cuenta las horas clínicas. / "
            "Reglas: 3 h o más, con 1 h de menos. / Cerrado: 6 de enero. / "
            'Agregue 1 h de grupo otro día, o dé a la semana el motivo "holiday" en el archivo del programa.'
            " | Lun. RP Los impulsos; PG Grupo de proceso / "
            "Mié. RP Las ganas; RP Prevención de recaídas, aún sin tema"
        ),
        "footer: Evening · semana 1 de 2 · plan desde el 4 de enero de 2027 · currículo house 1.0",
    ]
    assert (page.title, page.language) == ("Semana 1: 4 al 10 de enero de 2027", "es-US")


def test_the_copy_on_the_wall_is_said_in_spanish(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-11-mon-1", state="cancelled", reason="storm")
    lines = shown(week_agenda(Case(made(titles=SPANISH), PROGRAM, plan), 2, wall=True, language="es"))
    assert lines == [
        "# Semana 2: 11 al 17 de enero de 2027",
        "| Hora | Lunes, 11 de enero | Miércoles, 13 de enero",
        (
            "| 5:30\u00a0p.m. / a 6:30\u00a0p.m. "
            "| [RP] Los impulsos / Cancelado | [RP] Las ganas / Dibujar su cadena. / Sala A"
        ),
        "| 6:30\u00a0p.m. | Descanso, 10 minutos | Descanso, 10 minutos",
        (
            "| 6:40\u00a0p.m. / a 7:40\u00a0p.m. | [PG] Grupo de proceso / Hablar de la semana. / Sala A "
            "| [RP] Prevención de recaídas / Sala A"
        ),
        "footer: Evening · semana 2 de 2 · plan desde el 4 de enero de 2027 · currículo house 1.0",
    ]


@pytest.mark.parametrize(
    ("start", "english", "spanish"),
    [
        (date(2027, 1, 4), "January 4 to 10, 2027", "4 al 10 de enero de 2027"),
        (date(2027, 5, 31), "May 31 to June 6, 2027", "31 de mayo al 6 de junio de 2027"),
        (
            date(2026, 12, 28),
            "December 28, 2026 to January 3, 2027",
            "28 de diciembre de 2026 al 3 de enero de 2027",
        ),
    ],
)
def test_a_week_says_once_what_its_first_and_last_day_share(start: date, english: str, spanish: str) -> None:
    program = small.program("| day |\n| mon |", start=start)
    plan = small.plan(program, "| mon-1 |\n| RP-01 |")
    titles = [week_agenda(Case(made(), program, plan), 1, language=each).title for each in ("en", "es")]
    assert titles == [f"Week 1: {english}", f"Semana 1: {spanish}"]


def test_a_session_moved_out_of_the_plan_is_named_on_its_last_and_its_first_agenda(shown: Shown) -> None:
    late = small.changed(PLAN, "2027-01-04-mon-1", date=date(2027, 1, 18))
    late = small.changed(late, "2027-01-04-mon-2", date=date(2027, 1, 19), state="cancelled")
    first, last = (shown(week_agenda(Case(made(), PROGRAM, late), week, wall=True)) for week in (1, 2))
    assert last[1] == (
        "note: Outside this plan, after its last week: "
        "Cravings (RP), Monday, January 18, 2027, 5:30 to 6:30 pm."
    )
    assert not [line for line in [*first, *last[2:]] if "Outside" in line]
    early = small.changed(PLAN, "2027-01-13-wed-1", date=date(2026, 12, 30))
    early = small.changed(early, "2027-01-13-wed-2", date=date(2026, 12, 28))
    spanish = shown(week_agenda(Case(made(titles=SPANISH), PROGRAM, early), 1, language="es"))
    assert spanish[1] == (
        "note: Fuera de este plan, antes de su primera semana: "
        "Prevención de recaídas, aún sin tema (RP), 6:40 a 7:40\u00a0p.m., lunes, 28 de diciembre de 2026; "
        "Las ganas (RP), 5:30 a 6:30\u00a0p.m., miércoles, 30 de diciembre de 2026."
    )


def test_every_federal_holiday_has_a_spanish_name_and_any_other_keeps_its_own() -> None:
    program = small.program("| day |\n| mon |", calendar={"main": {"us_federal": True}})
    found = closures(program, date(2000, 1, 1), date(2100, 12, 31)).values()
    names = {each.name: closure_name(speech("es"), each) for each in found}
    assert {closure_name(speech("en"), each) for each in found} == set(names)
    assert [name for name, spanish in names.items() if name == spanish] == []
    assert names["Washington's Birthday"] == "Día de los Presidentes"
    assert names["Christmas Day (observed)"] == "Navidad (día de descanso oficial)"
    assert closure_name(speech("es"), Closure(date(2027, 1, 4), "Founder's Day")) == "Founder's Day"


def test_a_federal_holiday_is_named_in_spanish(shown: Shown) -> None:
    calendar = {"main": {"us_federal": True}}
    program = small.program("| day |\n| mon |\n| wed |", start=date(2027, 5, 31), calendar=calendar)
    plan = small.plan(program, "| mon-1 | wed-1 |\n| - | RP-01 |\n| - | RP-02 |")
    lines = shown(week_agenda(Case(made(), program, plan), 1, language="es"))
    assert lines[3].startswith(
        "| 5:30\u00a0p.m. / a 6:30\u00a0p.m. | Cerrado: Día de los Caídos | [RP] Cravings"
    )
    assert "Cerrado: 31 de mayo (Día de los Caídos)." in lines[-2]


def told(session: Session, **census: int) -> str:
    """Return what to copy for a session where RP-01a stands in both languages and RP-02a in English alone."""
    sheet = read_handout('+++\npurpose = "Use this page."\n+++\n\n## Do\n\nWrite.\n', "RP-01a.md")[0]
    curriculum = made(
        handouts="| handout_id |\n| RP-01a |\n| RP-02a |\n| BOOK |",
        topic_handouts="| topic_id | handout_id |\n| RP-01 | RP-01a |\n| RP-01 | RP-02a |\n| RP-02 | BOOK |",
        sheets={"en/RP-01a": sheet, "es/RP-01a": sheet, "en/RP-02a": sheet},
    )
    program = PROGRAM.model_copy(update={"census": PROGRAM.census.model_copy(update=census)})
    return copy_words(curriculum, program, session)


def test_who_reads_spanish_gets_spanish_copies_where_there_is_a_text() -> None:
    cravings, urges = PLAN.sessions[0], PLAN.sessions[2]
    assert told(cravings, es=4) == (
        "Copy 12 x RP-01a, 16 x RP-02a, 6 x RP-01a in Spanish, "
        "1 x RP-01a in large print, 1 x RP-02a in large print"
    )
    assert told(urges, es=4, large_print=0) == "Copy 12 x BOOK, 6 x BOOK in Spanish"


def test_a_language_that_nobody_reads_needs_no_spare_copies() -> None:
    assert told(PLAN.sessions[0], en=0, es=4) == (
        "Copy 6 x RP-02a, 6 x RP-01a in Spanish, 1 x RP-02a in large print, "
        "1 x RP-01a in Spanish, large print"
    )
    assert told(PLAN.sessions[0], en=0, es=0, large_print=0) == "Copy 2 x RP-01a, 2 x RP-02a"


def test_leaders_rooms_and_video_are_said_in_both_languages_and_in_a_clinic_s_own_words() -> None:
    session = PLAN.sessions[0].model_copy(update={"facilitators": ("F1", "F2"), "mode": "hybrid"})
    assert place_words(session) == "Lead F1 and F2 · Room A · room and video"
    assert place_words(session, language="es") == "Guía: F1 y F2 · Sala A · en sala y por video"
    own = made(labels="| key | en | es |\n| meeting.room | Suite {code} | |").labels
    assert place_words(session, leads=False, own=own) == "Suite A · room and video"
    online = session.model_copy(update={"room": "", "mode": "telehealth"})
    assert place_words(online, leads=False, language="es") == "por video"


def is_small(page: Page) -> bool:
    table = next(block for block in page.blocks if isinstance(block, Table))
    return all(cell.small for cell in table.header)


def test_the_wall_keeps_large_type_longer_than_the_copy_with_words_for_staff() -> None:
    program = small.program(
        "| day | lead |\n| mon | F1 |\n| mon | F1 |\n| mon | F1 |", census={"en": 10, "large_print": 3}
    )
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 |\n| RP-01 | RP-01 | RP-01 |")
    curriculum = made(topics=f"| topic_id | title | aim |\n| RP-01 | Cravings | {'Draw your chain, ' * 6} |")
    staff = week_agenda(Case(curriculum, program, plan), 1)
    assert (is_small(staff), is_small(week_agenda(Case(curriculum, program, plan), 1, wall=True))) == (
        True,
        False,
    )


TWO_TRACKS = """
    | day | track   | kind       | group_type | start |
    | mon | morning |            | RP         | 09:00 |
    | mon | evening |            | RP         | 18:00 |
    | mon | evening | individual | PG         | 19:10 |
    | wed |         | drug_test  | PG         | 12:00 |
    | wed | evening |            | RP         | 18:00 |
"""
TWO_GRID = "| mon-1 | mon-2 | mon-3 | wed-1 | wed-2 |\n| RP-01 | RP-01 | - | - | RP-02 |\n"


def test_tracks_that_share_no_times_are_named_beside_the_times(shown: Shown) -> None:
    program = small.program(TWO_TRACKS, weeks=1)
    times = [
        each.split(" | ")[0]
        for each in shown(week_agenda(Case(made(), program, small.plan(program, TWO_GRID)), 1))
    ]
    assert [each for each in times if " / to " in each] == [
        "| 9:00 am / to 10:00 am / Morning track",
        "| 12:00 pm / to 1:00 pm",
        "| 6:00 pm / to 7:00 pm / Evening track",
        "| 7:10 pm / to 8:10 pm / Evening track",
    ]


def test_the_wall_tells_nobody_of_what_is_one_clients_own_business(shown: Shown) -> None:
    program = small.program(TWO_TRACKS, weeks=1)
    plan = small.plan(program, TWO_GRID)
    staff = " ".join(shown(week_agenda(Case(made(), program, plan), 1)))
    wall = " ".join(shown(week_agenda(Case(made(), program, plan), 1, wall=True)))
    assert "[PG] Individual counseling" in staff
    assert "[PG] Drug test" in staff
    assert not any(word in wall for word in ("Individual", "Drug", "12:00", "7:10"))


def test_tracks_side_by_side_keep_a_row_each_that_names_them(shown: Shown) -> None:
    program = small.program(
        """
        | day | track   | start |
        | mon | morning | 09:00 |
        | mon | evening | 09:00 |
        | wed | evening | 09:00 |
        """,
        weeks=1,
    )
    plan = small.plan(program, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | RP-02 | RP-02 |\n")
    assert shown(week_agenda(Case(made(), program, plan), 1, wall=True))[2:4] == [
        "| 9:00 am / to 10:00 am / Morning track | [RP] Cravings / Draw your chain. | No group",
        "| 9:00 am / to 10:00 am / Evening track | [RP] Urges / Outlast one. | [RP] Urges / Outlast one.",
    ]


def test_a_group_to_which_not_every_phase_comes_says_which_do(shown: Shown) -> None:
    phases = [{"number": 1, "weeks": [1, 1]}, {"number": 2, "weeks": [2, 2], "days": ["Monday"]}]
    program = small.program("| day |\n| mon |\n| wed |", weeks=1, phases=phases, rules={"packs": ["pack"]})
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | RP-02 |\n")
    lines = shown(week_agenda(Case(made(), program, plan), 1))
    assert lines[3] == (
        "| 5:30 pm / to 6:30 pm | [RP] Cravings / Draw your chain. | [RP] Urges / Phase 1 / Outlast one."
    )
    assert lines[-2].split(" / ") == [
        (
            "| Phase 1: Clinical 2 h, seat 2 h. Rules: 3 h or more, falls short by 1 h. "
            "Add 1 h of group to the week."
        ),
        (
            "Phase 2: Clinical 1 h, seat 1 h. Rules: 3 h or more, falls short by 2 h. "
            "Add 2 h of group to the week."
        ),
        "The payer counts clinical hours. No day is closed. | The plan ends with this week.",
    ]


@pytest.mark.parametrize(
    ("kind", "english", "spanish"),
    [
        ("group", "Relapse prevention, no topic yet", "RP, aún sin tema"),
        ("open", "Relapse prevention, open group", "RP, grupo abierto"),
        ("individual", "Individual counseling", "Consejería individual"),
        ("drug_test", "Drug test", "Prueba de drogas"),
        ("case_management", "Case management", "Coordinación de servicios"),
        ("mutual_help", "Mutual-help meeting", "Reunión de ayuda mutua"),
        ("medication", "Medicine visit", "Cita de medicinas"),
        ("orientation", "Orientation", "Orientación"),
    ],
)
def test_a_meeting_without_a_topic_is_named_by_its_kind(kind: str, english: str, spanish: str) -> None:
    titles = "| kind | id | title |\n| group_type | RP | RP |"
    session = PLAN.sessions[0].model_copy(update={"kind": kind, "topic_id": ""})
    assert session_title(made(), session) == english
    assert session_title(made(titles=titles), session, language="es") == spanish


FULL = """
    | day | track   | start |
    | mon | morning | 09:00 |
    | mon | morning | 10:10 |
    | wed | morning | 09:00 |
    | mon | evening | 17:30 |
    | mon | evening | 18:40 |
    | fri | evening | 17:30 |
    """
FULL_GRID = "| mon-1 | mon-2 | wed-1 | mon-3 | mon-4 | fri-1 |\n| RP-01 | RP-02 | - | RP-01 | RP-02 | - |"


def test_the_wall_gives_each_track_a_sheet_where_all_would_be_small_print(shown: Shown) -> None:
    program = small.program(FULL, weeks=1, calendar={"main": {"closed": ["2027-01-08"]}})
    plan = small.plan(program, FULL_GRID.replace("| - |\n", "|\n"))
    lines = shown(week_agenda(Case(made(), program, plan), 1, wall=True))
    assert lines[:-1] == [
        "# Week 1: January 4 to 10, 2027",
        "## Morning track",
        "| Time | Monday, January 4 | Wednesday, January 6",
        "| 9:00 am / to 10:00 am | [RP] Cravings / Draw your chain. | [RP] Relapse prevention",
        "| 10:10 am / to 11:10 am | [RP] Urges / Outlast one. | No group",
        "new sheet",
        "## Week 1: January 4 to 10, 2027, evening track",
        "| Time | Monday, January 4 | Friday, January 8",
        "| 5:30 pm / to 6:30 pm | [RP] Cravings / Draw your chain. | Closed",
        "| 6:30 pm | Break, 10 minutes | ",
        "| 6:40 pm / to 7:40 pm | [RP] Urges / Outlast one. | ",
        "Closed: January 8.",
    ]


@pytest.mark.parametrize(
    ("times", "heads"),
    [
        (
            1,
            [
                "small: Every topic here is a draft, not yet reviewed by a clinician.",
                "| Time",
                "| 5:30 pm / to 6:30 pm",
                "| 6:30 pm",
                "| 6:40 pm / to 7:40 pm",
                "| 7:40 pm",
                "| 7:50 pm / to 8:50 pm",
                "| 8:50 pm",
                "| 9:00 pm / to 10:00 pm",
                "## This week and next",
            ],
        ),
        (
            20,
            [
                "| Time",
                "| 5:30 pm / to 6:30 pm",
                "| 6:40 pm / to 7:40 pm",
                "| 7:50 pm / to 8:50 pm",
                "| 9:00 pm / to 10:00 pm",
                "small: Every topic here is a draft, not yet reviewed by a clinician.",
            ],
        ),
    ],
    ids=["with room", "full"],
)
def test_a_sheet_for_staff_leaves_breaks_out_only_where_it_is_full(
    times: int, heads: list[str], shown: Shown
) -> None:
    program = small.program("\n".join(["| day |", *["| mon |"] * 4]), weeks=1, rules={"packs": ["pack"]})
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 | mon-4 |\n| RP-01 | RP-01 | RP-01 | RP-01 |")
    long = made(topics=f"| topic_id | title | aim |\n| RP-01 | Cravings | {'Draw your chain, ' * times} |")
    lines = shown(week_agenda(Case(long, program, plan), 1))
    assert [text.split(" | ")[0] for text in lines[1:-1]] == [
        *heads,
        "| Hours and closed days",
        (
            "| Clinical 4 h, seat 4 h 30 min. The payer counts clinical hours. / "
            "Rules: 3 h or more, kept. / No day is closed."
        ),
    ]


def test_a_sheet_without_room_for_next_week_keeps_the_hours(shown: Shown) -> None:
    rows = "\n".join(["| day |", *["| mon |"] * 4])
    program = small.program(rows, weeks=1, rules={"packs": ["pack"]})
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 | mon-4 |\n| RP-01 | RP-01 | RP-01 | RP-01 |")
    long = made(topics=f"| topic_id | title | aim |\n| RP-01 | Cravings | {'Draw your chain, ' * 60} |")
    assert shown(week_agenda(Case(long, program, plan), 1))[-2:] == [
        (
            "small: Every topic here is a draft, not yet reviewed by a clinician.\n"
            "Clinical 4 h, seat 4 h 30 min. The payer counts clinical hours.\n"
            "Rules: 3 h or more, kept.\nNo day is closed."
        ),
        "footer: Small · week 1 of 1 · plan from January 4, 2027 · curriculum house 1.0",
    ]


def test_what_both_tracks_hear_next_week_is_named_once(shown: Shown) -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |", weeks=2)
    plan = small.plan(program, "| mon-1 | mon-2 |\n| RP-01 | RP-01 |\n| RP-02 | RP-02 |")
    assert (
        shown(week_agenda(Case(made(), program, plan), 1))[-2][-len(" | Mon. RP Urges") :]
        == " | Mon. RP Urges"
    )


def test_a_note_for_staff_stands_on_their_agenda_and_never_on_the_wall(shown: Shown) -> None:
    noted = small.changed(PLAN, "2027-01-04-mon-1", note="Bring the fan")
    case = Case(made(), PROGRAM, noted)
    staff = [each for each in shown(week_agenda(case, 1)) if "Bring the fan" in each]
    assert staff == [
        "| Staff | Lead F1 · Room A · Copy 24 x RP-01a, 2 x RP-01a in large print · Bring the fan | "
    ]
    assert "Bring the fan" not in " ".join(shown(week_agenda(case, 1, wall=True)))


def test_rows_that_are_not_sound_are_named_on_staff_s_agenda_of_their_week_alone(shown: Shown) -> None:
    rows = [
        each.model_copy(update={"place": Place("plan.csv", line)})
        for line, each in enumerate(PLAN.sessions, 2)
    ]
    faults = (
        Problem(Place("plan.csv", 2, "topic_id"), "no topic 'RP-99'"),
        Problem(Place("plan.csv", 0, "2027-01-13-wed-2"), "the session is missing"),
        Problem(Place("evening/plan.csv", 9, "date"), "'soon' is no date"),
    )
    case = Case(made(), PROGRAM, replace(PLAN, sessions=tuple(rows)), faults=faults)
    first, second = (shown(week_agenda(case, week))[1] for week in (1, 2))
    assert first == (
        "note: Check these rows of the plan before group: "
        "Mon, Jan 4, 5:30 pm: no topic 'RP-99' (plan.csv:2); 'soon' is no date (evening/plan.csv:9)."
    )
    assert second == (
        "note: Check these rows of the plan before group: the session is missing (plan.csv); "
        "'soon' is no date (evening/plan.csv:9)."
    )
    assert "Check these" not in " ".join(shown(week_agenda(case, 1, wall=True)))
