from __future__ import annotations

from collections.abc import Callable

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_guide, read_handout
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import UsageError
from iop_sessions.pages.packet import client_packet, leader_packet
from tests.lib import small

Shown = Callable[[Page], list[str]]
SHEET = """+++
purpose = "Use this page to see how your own craving starts."
+++

## Why it matters

### In short

It passes.

::: remember
Call a friend.
:::
"""
HANDOUT = read_handout(SHEET, "RP-01a.md")[0]
GUIDE = "## 1 Talk\n\n**Do.** Draw it.\n\n## Cautions\n\nCall 911.\n"
PROGRAM = small.program(
    "| day | lead | room |\n| mon | F1 | A |\n| mon | F2 | |\n| mon | F1 | |", title="Evening"
)
PLAN = small.plan(PROGRAM, "| mon-1 | mon-2 | mon-3 |\n| RP-01 | RP-02 | - |")


def made(**tables: object) -> Curriculum:
    given: dict[str, object] = {
        "topics": """
            | topic_id | title    | aim         |
            | RP-01    | Cravings | Draw one    |
            | RP-02    | Urges    | Outlast one |
        """,
        "segments": "| topic_id | title |\n| RP-01 | Talk |\n| RP-02 | Talk |",
        "handouts": """
            | handout_id | title    | kind      |
            | RP-01a     | My chain | worksheet |
            | RP-02a     | Book     | external  |
        """,
        "topic_handouts": "| topic_id | handout_id |\n| RP-01 | RP-01a |\n| RP-02 | RP-02a |",
        "help_lines": "| name | call |\n| crisis | Crisis: call or text 988. |",
        "guides": {"en/RP-01": read_guide(GUIDE, "RP-01.md")[0]},
        "sheets": {"en/RP-01a": HANDOUT},
    }
    return small.curriculum(**(given | tables))


def test_the_clients_packet_lists_what_is_inside_and_binds_each_handout_as_a_part(shown: Shown) -> None:
    assert shown(client_packet(made(), PROGRAM, PLAN.sessions)) == [
        "# Monday, January 4, 2027: handouts",
        "| Group at | Handout | Where",
        "| 5:30 pm | RP-01a My chain | Part 1",
        "| 6:40 pm | RP-02a Book | Your counselor has it.",
        "new part: Part 1",
        "its footer: RP-01a · version 1 · draft, not yet reviewed by a clinician",
        "its footer: Crisis: call or text 988.",
        "## [RP] My chain",
        "purpose: Use this page to see how your own craving starts.",
        "### Why it matters",
        "### In short",
        "It passes.",
        "box remember: ",
        "### To remember",
        "Call a friend.",
        "footer: Monday, January 4, 2027: handouts",
        "footer: Crisis: call or text 988.",
    ]


def test_a_packet_of_several_days_names_them_and_the_day_of_each_group(shown: Shown) -> None:
    program = small.program("| day |\n| mon |\n| wed |", title="Evening", weeks=1)
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | RP-01 |")
    lines = shown(client_packet(made(), program, plan.sessions))
    assert lines[:4] == [
        "# Monday, January 4, 2027 to Wednesday, January 6, 2027: handouts",
        "| Group at | Handout | Where",
        "| Mon, Jan 4 / 5:30 pm | RP-01a My chain | Part 1",
        "| Wed, Jan 6 / 5:30 pm | RP-01a My chain | Part 2",
    ]
    leader = shown(leader_packet(made(), program, plan.sessions))
    assert [line for line in leader if "5:30 pm" in line][:2] == [
        "| Mon, Jan 4 / 5:30 pm to 6:30 pm | [RP] Cravings / Draw one. |  | Copy 12 x RP-01a",
        "| Wed, Jan 6 / 5:30 pm to 6:30 pm | [RP] Cravings / Draw one. |  | Copy 12 x RP-01a",
    ]
    assert leader[-1] == "footer: Evening · Monday, January 4, 2027 to Wednesday, January 6, 2027"


def test_a_packet_in_spanish_says_what_has_no_spanish_text(shown: Shown) -> None:
    titles = """
        | kind    | id     | language | title     |
        | topic   | RP-01  | es       | Las ganas |
        | handout | RP-02a | es       | Mi cadena |
    """
    both = {"RP-01a": "| RP-01 | RP-01a |", "RP-02a": "| RP-01 | RP-02a |"}
    used = "\n".join(["| topic_id | handout_id |", *both.values()])
    sheets = {"en/RP-01a": HANDOUT, "es/RP-02a": HANDOUT}
    help_lines = "| name | language | call |\n| crisis | es | Llame al 988. |"
    curriculum = made(titles=titles, topic_handouts=used, sheets=sheets, help_lines=help_lines)
    assert shown(client_packet(curriculum, PROGRAM, PLAN.sessions[:1], language="es")) == [
        "# Lunes, 4 de enero de 2027, Las ganas: hojas",
        "| Hora | Hoja | Dónde",
        "| 5:30\u00a0p.m. | RP-01a My chain | La tiene su consejero o consejera.",
        "| 5:30\u00a0p.m. | RP-02a Mi cadena | Parte 1",
        "new part: Parte 1",
        "its footer: RP-02a · versión 1 · borrador, aún sin revisión clínica",
        "its footer: Llame al 988.",
        "## [RP] Mi cadena",
        "purpose: Use this page to see how your own craving starts.",
        "### Why it matters",
        "### In short",
        "It passes.",
        "box remember: ",
        "### To remember",
        "Call a friend.",
        "footer: Lunes, 4 de enero de 2027, Las ganas: hojas",
        "footer: Llame al 988.",
    ]


def test_a_handout_of_two_groups_of_a_day_is_a_part_for_each(shown: Shown) -> None:
    used = "| topic_id | handout_id |\n| RP-01 | RP-01a |\n| RP-02 | RP-01a |"
    lines = shown(client_packet(made(topic_handouts=used), PROGRAM, PLAN.sessions))
    assert lines[2:4] == ["| 5:30 pm | RP-01a My chain | Part 1", "| 6:40 pm | RP-01a My chain | Part 2"]
    assert [text for text in lines if text.startswith("new part")] == ["new part: Part 1", "new part: Part 2"]


def test_the_leader_s_packet_opens_with_the_day_and_binds_each_guide_with_its_clock(shown: Shown) -> None:
    lines = shown(leader_packet(made(), PROGRAM, PLAN.sessions))
    assert lines[:7] == [
        "# Monday, January 4, 2027: for the leader",
        "| Time | Group | Where and who | Copies",
        "| 5:30 pm to 6:30 pm | [RP] Cravings / Draw one. | Lead F1 · Room A | Copy 12 x RP-01a",
        "| 6:40 pm to 7:40 pm | [RP] Urges / Outlast one. | Lead F2 | Copy 12 x RP-02a",
        "| 7:50 pm to 8:50 pm | [RP] Group, no topic yet | Lead F1 | None",
        "- Group, no topic yet: no guide.",
        "new sheet",
    ]
    assert lines[7] == "## [RP] Cravings"
    assert "| 5:30 pm / 60 min | 1 Talk / Talk it over" in lines
    assert "| 6:40 pm / 60 min | 1 Talk / Talk it over" in lines
    assert lines[-1] == "footer: Evening · Monday, January 4, 2027"


def test_a_packet_of_one_session_is_named_after_it() -> None:
    page = client_packet(made(), PROGRAM, PLAN.sessions[:1])
    assert page.title == "Monday, January 4, 2027, Cravings: handouts"
    assert page.color == "#1F4E79"


def test_a_packet_of_several_group_types_takes_no_one_s_colour() -> None:
    topics = "| topic_id | group_type |\n| RP-01 | RP |\n| RP-02 | RT |"
    plan = small.changed(PLAN, "2027-01-04-mon-2", group_type="RT")
    assert client_packet(made(topics=topics), PROGRAM, plan.sessions).color == "#1A1A1A"


def test_a_day_without_handouts_says_so(shown: Shown) -> None:
    lines = shown(client_packet(made(), PROGRAM, PLAN.sessions[2:]))
    assert lines[:2] == [
        "# Monday, January 4, 2027, Group, no topic yet: handouts",
        "No handout is used on this day.",
    ]


def test_a_session_of_another_length_gets_the_guide_that_it_has_time_for(shown: Shown) -> None:
    topics = "| topic_id | lengths |\n| RP-01 | 40; 50 |"
    segments = (
        "| topic_id | length | minutes | title |\n| RP-01 | 40 | 40 | Talk |\n| RP-01 | 50 | 50 | Talk |"
    )
    page = leader_packet(made(topics=topics, segments=segments), PROGRAM, PLAN.sessions[:1])
    assert "| 5:30 pm / 50 min | 1 Talk / Talk it over" in shown(page)


def test_a_session_held_partly_keeps_the_guide_it_was_planned_with(shown: Shown) -> None:
    topics = "| topic_id | lengths |\n| RP-01 | 40; 60 |"
    segments = (
        "| topic_id | length | minutes | title |\n| RP-01 | 40 | 40 | Talk |\n| RP-01 | 60 | 60 | Talk |"
    )
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="partly", held_minutes=40)
    page = leader_packet(made(topics=topics, segments=segments), PROGRAM, plan.sessions[:1])
    assert "| 5:30 pm / 60 min | 1 Talk / Talk it over" in shown(page)


def test_an_outline_does_not_stop_the_leader_s_packet(shown: Shown) -> None:
    topics = "| topic_id | title | content |\n| RP-01 | Cravings | outline |\n| RP-02 | Urges | full |"
    curriculum = made(topics=topics, segments="| topic_id | title |\n| RP-02 | Talk |", guides={})
    lines = shown(leader_packet(curriculum, PROGRAM, PLAN.sessions))
    assert "note: This topic has no written guide." in lines
    assert "| 6:40 pm / 60 min | 1 Talk / Talk it over" in lines


@pytest.mark.parametrize("packet", [client_packet, leader_packet])
def test_a_day_without_groups_is_refused(packet: Callable[..., Page]) -> None:
    cancelled = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled").sessions[:1]
    with pytest.raises(UsageError, match=r"^no group meets then — choose another date or session$"):
        packet(made(), PROGRAM, cancelled)


def test_the_leader_reads_which_track_a_group_is_of_and_once_which_have_no_guide(shown: Shown) -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |\n| mon | |", title="Evening")
    plan = small.plan(program, "| mon-1 | mon-2 | mon-3 |\n| - | - | RP-01 |")
    lines = shown(leader_packet(made(), program, plan.sessions))
    times = [each.split(" | ")[0] for each in lines if each.startswith("| ") and " to " in each]
    assert times[:3] == [
        "| 5:30 pm to 6:30 pm / Am track",
        "| 6:40 pm to 7:40 pm / Pm track",
        "| 7:50 pm to 8:50 pm",
    ]
    assert [each for each in lines if each.endswith("no guide.")] == ["- Group, no topic yet: no guide."]


def test_the_clients_packet_of_a_track_is_named_after_it() -> None:
    page = client_packet(made(), PROGRAM, PLAN.sessions, track="evening")
    assert page.title == "Monday, January 4, 2027, evening track: handouts"


def test_a_note_for_staff_stands_in_the_leader_s_packet_alone(shown: Shown) -> None:
    noted = small.changed(PLAN, "2027-01-04-mon-1", note="Bring the fan").sessions
    lines = [each for each in shown(leader_packet(made(), PROGRAM, noted)) if "Bring the fan" in each]
    assert [each.split(" | ")[2] for each in lines] == ["Lead F1 · Room A / Bring the fan"]
    assert "Bring the fan" not in " ".join(shown(client_packet(made(), PROGRAM, noted)))
