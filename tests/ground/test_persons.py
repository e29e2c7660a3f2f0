"""What looks like a person is caught, and what staff write every day is not; every name here is made up.

All four lists were written before the function was, and the two that are held back were first tried when it
was done: so they say how it does on texts that it was not tuned on.
"""

from __future__ import annotations

from typing import Final

from iop_sessions.ground.persons import Likeness, persons_in
from iop_sessions.jobs.persons import ordinary_words
from tests.lib.ready import library, ready

PLANTED: Final = (
    "Maria Lopez out today, plan make-up",
    "Called Tomasz Wierzba's landlord",
    "client J.D. leaves early",
    "J.D. 3/14/1985 needs a ride",
    "KM 02/11/90 make-up group",
    "DOB 7/4/1979, check age group",
    "Born 12/30/1988, new admission",
    "Call back 555-201-0142",
    "Phone (212) 555-0175 for the ride",
    "text 5552010199 if late",
    "mail to r.kestrel@example.org",
    "SSN 078-05-1120 on the form",
    "MRN 4471920 moved to Tuesday",
    "chart no. 88213 missing",
    "Maria's mom joins the family group",
    "his wife Ana comes on Friday",
    "her son Luis may visit",
    "sister Ximena will call at four",
    "pt Smitty had a hard day",
    'client "Tiny" sits near the door',
    "patient Bear wants the window seat",
    "pt. Red left upset",
    "Mr. Okonkwo asked for the summary",
    "Sra. Villarreal trae los papeles",
    "Llamar a Rosa Jimenez antes del grupo",
    "el hijo Mateo viene el lunes",
    "Lopez, Maria switched tracks",
    "M. Lopez needs large print",
    "maria lopez no show",
    "MARIA LOPEZ BACK ON MONDAY",
)
PLANTED_HELD_BACK: Final = (
    "Swap rooms so that Priya Raman can hear",
    "Dwayne Kowalczyk's court date is Monday",
    "client R.T. is back from detox",
    "T.W., 5/2/1991, first day",
    "date of birth 1 March 1990",
    "fecha de nacimiento 3/5/1984",
    "leave message at 555.201.0188",
    "kestrel_r@mail.example wants the link",
    "Medicaid ID 99120345X expired",
    "record #5512903 to the front",
    "Denise's husband drives her",
    "grandmother Odalys picks him up",
    "member goes by Peaches",
    "paciente Chuy sale temprano",
    "La mamá de Xiomara llama hoy",
)
HARMLESS: Final = (
    "Room B is cold",
    "Bring Naloxone Kits",
    "Group moved to Martin Luther King Jr. Day week",
    "Ask Dr. on call",
    "St. Mary's room key at front desk",
    "F2 leads, F3 assists",
    "Fire Drill Thursday at 5:45 pm",
    "Projector is with IT until Monday",
    "No groups on Good Friday",
    "Copies are in the Blue Binder",
    "Coffee comes from the Church Hall",
    "Call the Red Cross about first aid",
    "SMART Recovery speaker visits, 20 minutes",
    "Use door code 4521 after 6 pm",
    "Extension 4471 for the front desk",
    "Zoom ID 812 3345 6712",
    "Client Handbook is new, version 3",
    "Crisis: call or text 988",
    "Helpline 1-800-662-4357 on the board",
    "Cinco de Mayo week: no food in Room A",
    "Sala B sin calefacción",
    "Traer copias de RP-04",
    "Joint Commission visit on 3/14",
    "Van leaves at 8:15 from the Main Entrance",
    "Snow day: see OR-01 first",
)
HARMLESS_HELD_BACK: Final = (
    "Parking Lot C is closed",
    "Interpreter booked for PE group",
    "Use the Elm Street door",
    "Al-Anon table in the lobby after group",
    "U.S. holiday, half day",
    "Medical Director signs the packet by Friday",
    "New Year's Eve: last group ends 7 pm",
    "Clients sit by track, morning left",
    "Two staff needed, one at the door",
    "Batteries for the Clock in Room C",
    "El Grupo Familiar empieza a las 7",
    "Low Census Week, join both tracks",
    "Budget 2027 covers 12 x RP-01a",
    "Mother's Day weekend: short plan sheet",
    "Naltrexone talk by the clinic nurse",
)


def missed(texts: tuple[str, ...]) -> list[str]:
    ordinary = ordinary_words(library(), ready("evening-12-week"))
    return [text for text in texts if not persons_in(text, ordinary)]


def refused(texts: tuple[str, ...]) -> dict[str, tuple[Likeness, ...]]:
    ordinary = ordinary_words(library(), ready("evening-12-week"))
    return {text: found for text in texts if (found := persons_in(text, ordinary))}


def test_planted_persons_are_caught() -> None:
    assert missed(PLANTED) == ["pt. Red left upset"]


def test_harmless_notes_are_not_refused() -> None:
    assert refused(HARMLESS) == {}


def test_planted_persons_that_were_held_back_are_caught() -> None:
    assert missed(PLANTED_HELD_BACK) == []


def test_harmless_notes_that_were_held_back_are_not_refused() -> None:
    assert refused(HARMLESS_HELD_BACK) == {}


def test_what_looks_like_a_person_is_named_with_what_it_looks_like() -> None:
    assert persons_in("client J.D. has DOB 3/14/1985, call 555-201-0142 or r.kestrel@example.org") == (
        Likeness("555-201-0142", "a telephone number"),
        Likeness("r.kestrel@example.org", "an e-mail address"),
        Likeness("DOB 3/14/1985", "a date of birth"),
        Likeness("J.D.", "initials"),
    )


def test_a_title_may_have_two_capitals_and_still_no_given_name() -> None:
    assert persons_in("External Triggers", headline=True) == ()
    assert persons_in("Staying Busy With Denise", headline=True) == (Likeness("With Denise"),)


def test_words_of_a_clinic_s_own_are_no_names() -> None:
    assert persons_in("Juniper Annex is closed") == (Likeness("Juniper Annex"),)
    assert persons_in("Juniper Annex is closed", {"juniper"}) == ()
