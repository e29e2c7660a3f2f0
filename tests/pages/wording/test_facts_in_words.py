"""Each kind of fact has a sentence in both languages, which a clinic may say in its own words."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, get_args

import pytest

from iop_sessions.ground.errors import Clash
from iop_sessions.ground.speech import program_labels
from iop_sessions.judge.pricing import Flaw
from iop_sessions.pages.wording import clash_words, remedy_words, shortfall_words
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.plans import facts
from iop_sessions.plans.facts import (
    AddSlots,
    Alone,
    ClosedDay,
    Fact,
    FillOpenSlot,
    FreeTopic,
    Help,
    Helps,
    Hindrance,
    Homeless,
    InStretch,
    KeptApart,
    LengthenStay,
    LetsPlan,
    LowerSpacing,
    MarkElective,
    MeetOn,
    Newcomers,
    NewTime,
    NothingHelps,
    NotKnown,
    NoTopic,
    NotTaught,
    OfTopic,
    Shortfall,
    TooFew,
    Unled,
    WhoIsFree,
    WriteTopics,
)
from tests.lib import small

CURRICULUM = small.curriculum(
    topics="| topic_id | title |\n| A | Cravings |\n| B | Sleep |",
    objectives="| objective_id | statement |\n| sleep | Sleep well. |",
    titles="""
        | kind      | id    | language | title       |
        | topic     | A     | es       | Las ganas   |
        | objective | sleep | es       | Dormir bien |
        """,
)
MONDAY = date(2027, 1, 4)
MLK = ClosedDay(day=date(2027, 1, 18), name="Martin Luther King Jr. Day")


def kinds(*every: type[Fact]) -> set[str]:
    return {kind for each in every for kind in get_args(each.model_fields["kind"].annotation)}


def labels(prefix: str) -> set[str]:
    found = (each.key.removeprefix(prefix) for each in program_labels() if each.key.startswith(prefix))
    return {each.removesuffix(".one").removesuffix(".many") for each in found}


def test_every_kind_of_fact_has_its_label() -> None:
    changes, _ = get_args(facts.Change)
    remedies = kinds(*get_args(changes), NothingHelps, NotKnown)
    assert remedies - labels("remedy.") == set()
    assert kinds(Hindrance) - labels("hindrance.") == set()
    assert kinds(Help) == labels("help.")
    assert kinds(Flaw) == labels("flaw.")
    assert kinds(*get_args(facts.Clashing)) - labels("clash.") == set()
    assert kinds(facts.KeptOut, NoTopic, KeptApart) - labels("shortfall.") == set()


def tried(*remedies: facts.Remedy, language: str) -> list[str]:
    return remedy_words(remedies, CURRICULUM.speech(language))


Counted = Literal["meetings", "starts", "promises"]


def helps(*changes: facts.Change, of: Counted = "meetings", left: int = 0, before: int = 2) -> Helps:
    return Helps(changes=changes, of=of, left=left, before=before)


EVENING = NewTime(
    start=time(18, 40), track="evening", free=WhoIsFree(leaders=(("F1", "F2"),), rooms=(("A",),))
)
MORNING = NewTime(start=time(9), free=WhoIsFree(kinds=("PE",), meetings=4, unled=1, homeless=4))


@pytest.mark.parametrize(
    ("remedy", "english", "spanish"),
    [
        (
            helps(LowerSpacing(group_type="RP", now=3, then=0)),
            "lower [spacing] RP from 3 to 0: then 0 instead of 2 meetings stay empty",
            "bajar [spacing] RP de 3 a 0: reuniones sin tema, 0 en vez de 2",
        ),
        (
            helps(MeetOn(day=MLK.day, name=MLK.name), of="starts", before=1),
            "meet on Mon, Jan 18 (Martin Luther King Jr. Day): then 0 instead of 1 start date misses it",
            (
                "reunirse el lun, 18 de ene (Día de Martin Luther King Jr.): "
                "fechas de inicio a las que les falta, 0 en vez de 1"
            ),
        ),
        (
            helps(AddSlots(kind="add-slots", group_type="PE", weekday="Monday", times=(MORNING, EVENING))),
            (
                "add one PE slot on Monday at 9:00 am (nobody who may lead PE is free for 1 of 4 meetings "
                "and no room is free then) and one at 6:40 pm (evening track, F1 and F2 are free then, "
                "room A too): then 0 instead of 2 meetings stay empty"
            ),
            (
                "agregar un grupo de PE cada lunes a las 9:00\u00a0a.m. (nadie que pueda guiar PE está "
                "libre en "
                "1 de 4 reuniones y ninguna sala está libre a esa hora) y otro a las 6:40\u00a0p.m. (turno "
                "evening, F1 y F2 están libres a esa hora, también la sala A): "
                "reuniones sin tema, 0 en vez de 2"
            ),
        ),
        (
            helps(MarkElective(objectives=(("A", "B"), ("C",))), of="promises", left=1),
            (
                "mark the objective of A/B or C elective: then 1 instead of 2 promises to start dates "
                "are missed"
            ),
            (
                "marcar como electivo el objetivo de A/B o C: "
                "promesas sin cumplir a fechas de inicio, 1 en vez de 2"
            ),
        ),
        (
            LetsPlan(changes=(MarkElective(objectives=(("A",),)), MarkElective(objectives=(("B",),)))),
            "mark the objectives of A and B elective",
            "marcar como electivos los objetivos de A y de B",
        ),
        (
            LetsPlan(
                changes=(
                    WriteTopics(group_type="RP", number=1, lengths=(60, 90), after="A"),
                    FillOpenSlot(slot="mon-2", was="PG", group_type="RP"),
                )
            ),
            (
                "write one more RP topic of 60 and 90 minutes, with an id that comes after A, "
                "and let mon-2 (PG) hold RP topics instead"
            ),
            (
                "escribir un tema más de RP de 60 y 90 minutos, con un código que venga después de A, "
                "y dar temas de RP en mon-2 en vez de PG"
            ),
        ),
        (
            NotKnown(changes=(LengthenStay(now=6, then=7),)),
            "not known within the work allowed: lengthen the stay from 6 to 7 weeks",
            "no se supo en el tiempo de cálculo permitido: alargar la estadía de 6 a 7 semanas",
        ),
    ],
)
def test_what_was_tried_is_said_in_both_languages(remedy: facts.Remedy, english: str, spanish: str) -> None:
    assert tried(remedy, language="en") == [english]
    assert tried(remedy, language="es") == [spanish]


def lack(cause: facts.Cause, kind: str = "empty", subject: str = "2027-01-04-mon-1") -> Shortfall:
    return Shortfall(kind=kind, subject=subject, starts=(MONDAY,), cost=1, cause=cause)


@pytest.mark.parametrize(
    ("shortfall", "english", "spanish"),
    [
        (
            lack(
                NotTaught(
                    weeks=1, who=(Newcomers(path="short", track="evening", starts=(MONDAY,)),),
                    topics=("A", "B"), meetings=1,
                    reasons=(TooFew(group_type="PE", needed=2, there=1, lost=(MLK,)),),
                ),
                "objective", "sleep",
            ),
            (
                "'Sleep well' is not taught within 1 week to anyone who starts on Mon, Jan 4 (path "
                "short, evening "
                "track): it needs A or B, and that window holds 1 meeting of their kind; all that is "
                "promised by "
                "then needs at least 2 PE meetings; 1 exists since Mon, Jan 18 (Martin Luther King Jr. "
                "Day) is "
                "closed"
            ),
            (
                "«Dormir bien» no se enseña en 1 semana a quien empieza el lun, 4 de ene (camino short, "
                "turno "
                "evening): necesita A o B, y en ese plazo hay 1 reunión de ese tipo; todo lo prometido "
                "para esa "
                "fecha necesita al menos 2 reuniones de PE; hay 1, porque está cerrado el lun, 18 de ene "
                "(Día de "
                "Martin Luther King Jr.)"
            ),
        ),
        (
            lack(NoTopic(kind="no-topic-of-length", slot="mon-1", group_type="RP", minutes=90, ages="adult")),
            "Mon, Jan 4, mon-1: no RP topic: none is written for 90 minutes and ages 'adult'",
            "Lun, 4 de ene, mon-1: sin tema de RP: ninguno está escrito para 90 minutos y adultos",
        ),
        (
            lack(KeptApart(slot="mon-1", group_type="RP", topics=("A",), spacing=1, asked=2, there=1)),
            (
                "Mon, Jan 4, mon-1: no RP topic: A may stand there, but the rules of order and [spacing] "
                "RP = 1 "
                "keep it away: it asks for 2 topics, and 1 exists"
            ),
            (
                "Lun, 4 de ene, mon-1: sin tema de RP: A puede ir ahí, pero las reglas de orden y "
                "[spacing] RP = 1 "
                "lo impiden: hacen falta 2 temas, y hay 1"
            ),
        ),
        (
            lack(
                Unled(
                    slot="mon-1", meeting="individual", missing=1, sections=2,
                    reasons=(
                        Hindrance(kind="off-day", code="F1", weekday="Monday"),
                        Hindrance(kind="not-alone", code="P1", role="peer", service="counseling"),
                    ),
                    helps=(Help(kind="that-day", code="F1"),),
                    role="counselor", start=time(17, 30), end=time(18, 30),
                )
            ),
            (
                "Mon, Jan 4, mon-1: 1 of 2 sections: nobody can lead individual: F1 does not work on "
                "Monday; "
                "P1 (peer) may not lead counseling alone. What would help: F1 working on that day, "
                "or one more counselor, free from 17:30 to 18:30"
            ),
            (
                "Lun, 4 de ene, mon-1: 1 de 2 secciones: nadie puede guiar una cita individual: F1 no "
                "trabaja el "
                "lunes; P1 (apoyo entre pares) no puede guiar consejería sin compañía. Ayudaría: F1, si "
                "trabaja "
                "ese día, o una persona más (consejería), libre de 17:30 a 18:30"
            ),
        ),
        (
            lack(Alone(slot="mon-1", missing=2, people=12, least=10)),
            "Mon, Jan 4, mon-1: 2 co-leaders missing for 12 people (from 10 on)",
            ("Lun, 4 de ene, mon-1: faltan 2 personas que acompañen a quien guía, para 12 personas "
            "(desde 10)"),
        ),
        (
            lack(
                Homeless(
                    slot="mon-1", missing=1, seats=8, site="north",
                    reasons=(
                        Hindrance(kind="too-small", code="A", number=4, most=8),
                        Hindrance(kind="holds", code="B", slot="mon-2", end=time(18)),
                    ),
                )
            ),
            (
                "Mon, Jan 4, mon-1: no room: A has 4 seats for 8 people; B holds mon-2 until 18:00. "
                "What would help: one more room with 8 seats at north"
            ),
            (
                "Lun, 4 de ene, mon-1: sin sala: A tiene 4 asientos para 8 personas; B está ocupada por "
                "mon-2 hasta "
                "las 18:00. Ayudaría: una sala más con 8 asientos en north"
            ),
        ),
        (
            Shortfall(kind="objective", subject="sleep", starts=(MONDAY,), cost=1),
            "sleep: the plan does not keep why; the verb explain says it",
            "sleep: el plan no guarda por qué; el comando explain lo dice",
        ),
    ],
)  # fmt: skip
def test_what_a_plan_lacks_is_said_in_both_languages(
    shortfall: Shortfall, english: str, spanish: str
) -> None:
    assert shortfall_words(shortfall, CURRICULUM, CURRICULUM.speech("en")) == english
    assert shortfall_words(shortfall, CURRICULUM, CURRICULUM.speech("es")) == spanish


def test_an_objective_that_is_no_more_is_called_by_its_id() -> None:
    cause = NotTaught(weeks=2, who=(Newcomers(starts=(MONDAY,)),), meetings=0)
    said = shortfall_words(lack(cause, "objective", "lost"), CURRICULUM, CURRICULUM.speech("en"))
    assert said.startswith("'lost' is not taught within 2 weeks to anyone who starts on Mon, Jan 4: it needs")


def test_a_clash_is_said_in_both_languages() -> None:
    rules = (
        OfTopic(kind="builds-on", topic_id="A", earlier_id="B"),
        InStretch(kind="opening", topic_id="A", first=MONDAY, last=date(2027, 1, 10), fitting=1),
    )
    clash = Clash(rules, [LetsPlan(changes=(FreeTopic(kind="make-ordinary", topic_id="A"),))])
    assert clash_words(clash, CURRICULUM, CURRICULUM.speech("en")) == (
        "No plan can hold all of these at once:\n"
        "  - A 'Cravings' comes after B 'Sleep', on which it builds\n"
        "  - the opening topic A 'Cravings' comes in the first week, Mon, Jan 4 to Sun, Jan 10; "
        "meetings that fit it: 1\n"
        "What would help:\n"
        "  - make A an ordinary topic (column `role`)"
    )
    assert clash_words(clash, CURRICULUM, CURRICULUM.speech("es")) == (
        "Ningún plan puede cumplir todo esto a la vez:\n"
        "  - A «Las ganas» va después de B «Sleep», en que se apoya\n"
        "  - el tema de apertura A «Las ganas» va en la primera semana, del lun, 4 de ene al "
        "dom, 10 de ene; "
        "reuniones en que cabe: 1\n"
        "Ayudaría:\n"
        "  - hacer de A un tema común (columna `role`)"
    )


def test_a_clinic_says_a_remedy_in_its_own_words() -> None:
    own = small.curriculum(labels="| key | en |\n| remedy.open-group | let {slot} go without a topic |")
    change = LetsPlan(changes=(facts.OpenGroup(slot="mon-1"),))
    assert remedy_words([change], own.speech("en")) == ["let mon-1 go without a topic"]


def test_a_fact_goes_to_plain_values_and_back() -> None:
    made = lack(KeptApart(slot="mon-1", group_type="RP", topics=("A",), spacing=1))
    assert made.model_dump(mode="json") == {
        "kind": "empty", "subject": "2027-01-04-mon-1", "starts": ["2027-01-04"], "cost": 1,
        "cause": {"kind": "kept-apart", "slot": "mon-1", "group_type": "RP", "topics": ["A"], "spacing": 1},
    }  # fmt: skip
    assert isinstance(made, Fact)
    assert Shortfall.model_validate(made.model_dump()) == made


def test_what_a_week_would_be_better_without_is_said_in_spanish() -> None:
    who = Newcomers(path="short", starts=(MONDAY,))
    flaws = (
        Flaw(kind="lectures", day=MONDAY, topics=("A", "B")),
        Flaw(kind="practice", day=MONDAY, topics=("A", "B"), minutes=1, least=15),
        Flaw(kind="repeats", topics=("A",), held=3, most=2, who=who),
        Flaw(kind="themes", week=2, group_type="RP", theme="sleep"),
    )
    assert [flaw_words(each, CURRICULUM.speech("es")) for each in flaws] == [
        "lun, 4 de ene: A y B son dos charlas seguidas",
        "lun, 4 de ene: 1 minuto de práctica en A, B, no 15",
        "A se da 3 veces a quien empieza el lun, 4 de ene (camino short), no 2 como mucho",
        "semana 2: ningún grupo de RP tiene un tema sobre «sleep»",
    ]
