from __future__ import annotations

import pytest

from iop_sessions.curriculum.markdown import read_guide, read_handout, writing_rows
from iop_sessions.curriculum.passages import Unit
from iop_sessions.ground.blocks import (
    Box,
    Cell,
    Heading,
    ItemList,
    Paragraph,
    Scale,
    Span,
    Table,
    WriteLines,
    cell,
    line,
)

HANDOUT = """\
+++
purpose = "Use this page to draw how your craving starts."
+++

## Why it matters

It **helps** you see
the start.

## Draw it

{doing}

::: remember
- It passes.
:::

## Before next time

- [ ] Call a friend.
"""

PLAIN = "Write it down.\n\n{lines 2}"


def handout(doing: str = PLAIN) -> str:
    """Put something to do into a page that is right; it starts on line 12."""
    return HANDOUT.replace("{doing}", doing)


def problems_of(doing: str) -> list[str]:
    return [str(problem) for problem in read_handout(handout(doing), "RP-01a.md")[1]]


def doing_of(doing: str) -> tuple[object, ...]:
    document, problems = read_handout(handout(doing), "RP-01a.md")
    assert problems == []
    section = document.section("Draw it")
    assert section is not None
    return section.blocks[:-1]


def test_a_right_handout_is_read_with_its_lines() -> None:
    document, problems = read_handout(handout(), "RP-01a.md")
    assert problems == []
    assert document.purpose == "Use this page to draw how your craving starts."
    assert [(section.title, section.line) for section in document.sections] == [
        ("Why it matters", 5),
        ("Draw it", 10),
        ("Before next time", 20),
    ]
    assert [placed.line for placed in document.sections[1].placed] == [12, 14, 16]
    assert document.blocks == (
        Heading(2, "Why it matters"),
        Paragraph((Span("It "), Span("helps", bold=True), Span(" you see the start."))),
        Heading(2, "Draw it"),
        Paragraph(line("Write it down.")),
        WriteLines(2),
        Box("remember", "To remember", (ItemList("bullets", (line("It passes."),)),)),
        Heading(2, "Before next time"),
        ItemList("boxes", (line("Call a friend."),)),
    )


def test_units_carry_their_line_and_kind() -> None:
    document, _ = read_handout(handout("| When | What |\n| --- | --- |\n| 8 am | |\n"), "RP-01a.md")
    seen = [(unit.text, unit.place.line, unit.kind) for unit in document.units]
    assert seen == [
        ("Use this page to draw how your craving starts.", 2, "paragraph"),
        ("Why it matters", 5, "heading"),
        ("It helps you see the start.", 7, "paragraph"),
        ("Draw it", 10, "heading"),
        ("When", 12, "cell"),
        ("What", 12, "cell"),
        ("8 am", 14, "cell"),
        ("It passes.", 18, "item"),
        ("Before next time", 21, "heading"),
        ("Call a friend.", 23, "item"),
    ]
    assert isinstance(document.units[0], Unit)


def test_every_element_of_the_dialect_is_read() -> None:
    assert doing_of("### Part\n\n1. One.\n2. Two.\n\n{scale 0-10}") == (
        Heading(3, "Part"),
        ItemList("steps", (line("One."), line("Two."))),
        Scale(0, 10),
    )


def test_a_table_is_named_by_the_heading_it_stands_under_and_empty_cells_stay_empty() -> None:
    assert doing_of("### My week\n\n| Day | Urge |\n| --- | --- |\n| Mon | |") == (
        Heading(3, "My week"),
        Table("My week", (cell("Day"), cell("Urge")), ((cell("Mon"), Cell()),)),
    )


@pytest.mark.parametrize("kind", ["log", "schedule"])
def test_a_log_and_a_schedule_have_row_headers(kind: str) -> None:
    (table,) = doing_of(f"::: {kind}\n| Day | Urge |\n| --- | --- |\n| Mon | |\n:::")
    assert isinstance(table, Table)
    assert (table.kind, table.rows) == (kind, ((Cell((line("Mon"),), header=True), Cell()),))


def test_a_script_is_a_table_and_a_card_is_a_box() -> None:
    script = "::: script\n| They say | I say |\n| --- | --- |\n| Come on. | No. |\n:::"
    assert doing_of(f"{script}\n\n::: card\nCall **911**.\n\n{{lines 1}}\n:::") == (
        Table("Draw it", (cell("They say"), cell("I say")), ((cell("Come on."), cell("No.")),), "script"),
        Box("card", "", (Paragraph((Span("Call "), Span("911", bold=True), Span("."))), WriteLines(1))),
    )


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = handout()
    assert read_handout("\ufeff" + text.replace("\n", "\r\n"), "RP-01a.md") == read_handout(text, "RP-01a.md")


FAULTS = {
    "<div>hi</div>\n\n- a": "12: HTML cannot stand on a printed page — write it as plain Markdown",
    "- Say <b>no</b>.": "12: HTML cannot stand on a printed page — write it as plain Markdown",
    "> quote\n\n- a": "12: a block quote cannot stand on a printed page — make it a paragraph, without '>'",
    "```\ncode\n```\n\n- a": (
        "12: a code block cannot stand on a printed page — write plain paragraphs, without the ``` marks"
    ),
    "- a\n\ntext\n\n    code": (
        "16: a code block cannot stand on a printed page — "
        "start the line at the left margin; four spaces make code of it"
    ),
    "- Use `code`.": "12: code cannot stand on a printed page — take the ` marks away",
    "- a\n\n***": (
        "14: a horizontal rule cannot stand on a printed page — "
        "leave it out; a heading parts the page, {lines 1} is room to write"
    ),
    "- An *italic* word.": (
        "12: italic text cannot stand on a printed page — "
        "use **bold** or plain words; italics are hard to read"
    ),
    "- A ~~gone~~ word.": "12: struck-out text cannot stand on a printed page — take the ~~ marks away",
    "- See [this](x).": (
        "12: a link cannot stand on a printed page — write the words alone; paper has no links"
    ),
    "- a\n\n[b]: x": "14: a link cannot stand on a printed page — write the words alone; paper has no links",
    "- ![cat](cat.png)": "12: an image cannot stand on a printed page — say it in words or in a table",
    "- One  \n  two": (
        "12: a line break inside a paragraph cannot stand on a printed page — make two paragraphs or a list"
    ),
    "- Name ____": "12: a blank made of '____' — use {lines 1} or an empty table cell",
    "- Go to www.a.org": (
        "12: the web address 'www.a.org' — name the source in the tables; paper has no links"
    ),
    "- a\n\n##Title": "14: a line that starts with '##' but is no heading — put one space after '##'",
    "- a\n\n| a | b\n| --": (
        "14: a table that cannot be read — give its second line as many '---' cells as its header has"
    ),
    "- Tick [ ] it.": "12: a check box inside a line — start the line with '- [ ] '",
    "- [x] Done": "12: a box that is ticked already — leave it empty: '- [ ] '",
    "- Note[^1].": "12: the footnote '[^1]' — write the note where it belongs",
    "- ** bold**": (
        "12: bold marks that do not close — put ** right before the first and right after the last word"
    ),
    "- a\n\n• item": "14: a bullet typed as '•' — start the line with '- '",
    "- 😀 hi": "12: the symbol '😀' — use words; a check box is '- [ ] '",
    "- a\n\n{lines two}": "14: '{lines two}' means nothing here — write {lines 4} or {scale 0-10}",
    "- a\n\n{line 3}": "14: '{line 3}' means nothing here — did you mean 'lines'?",
    "- a\n\n{date}": "14: '{date}' means nothing here — write {lines 4} or {scale 0-10}",
    "- a\n\nWhy?\n{lines 2}": (
        "14: '{lines 2}' stands beside other words — put it alone on a line, a blank line above and below"
    ),
    "{lines 0}": "12: '{lines 0}' asks for 0 lines — ask for 1 to 22",
    "{scale 10-0}": "12: '{scale 10-0}' cannot be drawn — count up, in at most 11 boxes: {scale 0-10}",
    "- a\n\n# Title": "14: the '#' heading 'Title' — use '##'; the title comes from the tables",
    "- a\n\n#### Deep": "14: the heading 'Deep' of level 4 — use only '##' and '###'",
    "- a\n\n###": "14: an empty heading — give it words or take it away",
    "- a\n\nTitle\n---": "14: the heading 'Title' is made by a line drawn under it — write '## Title'",
    "- a\n\n**All bold here**": (
        "14: the bold paragraph 'All bold here' looks like a heading — "
        "make it a '###' heading, or bold only its first words"
    ),
    "- a\n  - b": "13: a list inside a list — use one level only",
    "- a\n\n  b": (
        "14: a list item of more than one piece — keep one line of text an item; move the rest below"
    ),
    "- [ ] a\n- b": (
        "12: a list that mixes check boxes and bullets — "
        "start each item with '- [ ] ', or put a line of text between the two lists"
    ),
    "- [ ]": "12: an empty list item — give it words; room to write is {lines 1} below the list",
    "2. two\n3. three": (
        "12: a list of steps that starts at 2 — "
        "keep all steps in one list from 1; put writing lines after it, or use a table"
    ),
    "- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h": (
        "12: warning: a list of 8 items; 7 are the most a reader keeps — "
        "make two lists, each under its own heading"
    ),
    "| a | b | c | d | e | f |\n|-|-|-|-|-|-|\n| 1 | 2 | 3 | 4 | 5 | 6 |": (
        "12: a table of 6 columns — use at most 5; a hand needs room"
    ),
    "| a | |\n|-|-|\n| 1 | 2 |": "12: column 2 of the table has no heading — give every column a heading",
    "| a | b |\n|-|-|": "12: a table with no rows — add rows; an empty cell is room to write",
    "| a | b |\n|-|-|\n| 1 | 2 | 3 |": (
        "14: the row's cells number 3, the header's 2 — give each row one cell a column"
    ),
    "- a\n\n::: cards\nhi\n:::": "14: the box 'cards' is unknown — did you mean 'card'?",
    "- a\n\n:::\nhi\n:::": ("14: a box without a name — there are: remember, card, script, log, schedule"),
    "::: script\nhi\n:::\n\n- a": (
        "12: the box 'script' holds more or less than one table — put one table in it, nothing else"
    ),
    "::: script\n| a | b | c |\n|-|-|-|\n| 1 | 2 | 3 |\n:::": (
        "12: a script of 3 columns — give it two: They say | I say"
    ),
    "::: card\n| a | b |\n|-|-|\n| 1 | 2 |\n:::": (
        "12: the box 'card' holds more than text — put only paragraphs, lists and {lines 1} in it"
    ),
    "::: card\n:::": "12: the box 'card' has 0 lines — keep 1 to 6 short lines",
    "Only words.": ("10: the page gives nothing to fill in or follow — add steps, boxes, a table or lines"),
    "- a\n\n" + "word " * 61: "14: warning: a paragraph of 61 words — keep it to 60 words",
    "- " + "word " * 21: "12: warning: a list item of 21 words — keep it to 20 words",
    "- a\n\n" + ("word " * 50 + "\n\n") * 3 + "end": (
        "10: warning: 154 words stand under 'Draw it' with no further heading — "
        "put a heading at least every 150 words"
    ),
    "{lines 20}\n\n| a | b |\n|-|-|\n| 1 | |\n| | |\n| | 2 |": (
        "1: 23 rows to write in; two pages hold 22 — shorten a table or ask for fewer lines"
    ),
}


@pytest.mark.parametrize("doing", FAULTS, ids=range(len(FAULTS)))
def test_what_the_dialect_lacks_is_named_with_its_line_and_remedy(doing: str) -> None:
    assert problems_of(doing) == [f"RP-01a.md:{FAULTS[doing]}"]


def test_a_box_that_is_never_closed_is_named() -> None:
    text = handout().removesuffix("- [ ] Call a friend.\n") + "::: card\nCall a friend."
    assert [str(problem) for problem in read_handout(text, "RP-01a.md")[1]] == [
        "RP-01a.md:22: the box 'card' is never closed — put ':::' alone on the line after it"
    ]


def test_a_box_inside_a_box_is_named() -> None:
    assert "RP-01a.md:13: the box 'log' inside another box — close the first box with ':::' before it" in (
        problems_of("::: card\n::: log\nhi\n:::\n:::")
    )


def test_all_faults_come_at_once_in_the_order_of_the_page() -> None:
    lines = [problem.split(" ")[0] for problem in problems_of("# One\n\n*two*\n\n{three}\n\n- <b>four</b>")]
    assert lines == ["RP-01a.md:12:", "RP-01a.md:14:", "RP-01a.md:16:", "RP-01a.md:18:"]


def test_a_heading_that_skips_a_level_and_text_above_the_first_heading_are_named() -> None:
    text = handout().replace("## Why it matters", "### Why it matters")
    assert [str(problem) for problem in read_handout(text, "RP-01a.md")[1]][:2] == [
        "RP-01a.md:5: the heading 'Why it matters' skips a level — put a '##' heading above it",
        (
            "RP-01a.md:5: text above the first '##' heading — "
            "move it below; what the page is for stands in 'purpose'"
        ),
    ]


def test_writing_rows_are_lines_and_rows_with_an_empty_cell() -> None:
    table = Table(
        "t", (cell("a"), cell("b")), ((cell("1"), Cell()), (Cell(), Cell()), (cell("1"), cell("2")))
    )
    assert writing_rows([WriteLines(3), table, Box("card", "", (WriteLines(1),))]) == 6


SHAPES = [
    (
        ("## Why it matters", "## Why this matters"),
        ["RP-01a.md:5: the first heading is 'Why this matters' — the page starts with '## Why it matters'"],
    ),
    (
        ("## Before next time", "## At home"),
        ["RP-01a.md:20: the last heading is 'At home' — the page ends with '## Before next time'"],
    ),
    (
        ("::: remember\n- It passes.\n:::\n\n", ""),
        [
            (
                "RP-01a.md:16: the page has no remember box — "
                "put ::: remember, one to three lines and ::: above '## Before next time'"
            )
        ],
    ),
    (
        (":::\n\n## Before", ":::\n\n::: remember\nIt goes.\n:::\n\n## Before"),
        [
            (
                "RP-01a.md:16: the remember box is not the last thing before the end — "
                "move it right above '## Before next time'"
            ),
            "RP-01a.md:20: a second remember box — keep one; a page has one message",
        ],
    ),
    (
        (":::\n\n## Before", ":::\n\nOne more word.\n\n## Before"),
        [
            (
                "RP-01a.md:16: the remember box is not the last thing before the end — "
                "move it right above '## Before next time'"
            )
        ],
    ),
    (
        ("::: remember", "## To remember\n\n::: remember"),
        [
            (
                "RP-01a.md:16: the heading 'To remember' would stand twice — "
                "leave the heading out; the remember box brings it"
            )
        ],
    ),
    (
        ("- It passes.", "- One.\n- Two.\n- Three.\n- Four."),
        ["RP-01a.md:16: the box 'remember' has 4 lines — keep 1 to 3 short lines"],
    ),
    (
        ("- [ ] Call a friend.\n", ""),
        ["RP-01a.md:20: nothing stands under 'Before next time' — fill it or leave it out"],
    ),
]


@pytest.mark.parametrize(("change", "problems"), SHAPES, ids=range(len(SHAPES)))
def test_a_part_missing_or_out_of_order_is_named(change: tuple[str, str], problems: list[str]) -> None:
    assert change[0] in handout()
    found = read_handout(handout().replace(*change), "RP-01a.md")[1]
    assert [str(problem) for problem in found] == problems


def test_a_page_with_no_heading_and_one_with_nothing_to_do_are_named() -> None:
    front = '+++\npurpose = "Use this page to draw how your craving starts."\n+++\n'
    assert [str(problem) for problem in read_handout(front, "a.md")[1]] == [
        "a.md:1: the page has no '##' heading — start with '## Why it matters'"
    ]
    two = front + "\n## Why it matters\n\nIt helps.\n\n## Before next time\n\nCall.\n"
    assert [problem.message for problem in read_handout(two, "a.md")[1]] == [
        "nothing to do stands between the first and the last heading",
        "the page has no remember box",
    ]


FRONT = [
    (
        "",
        [
            (
                "a.md:1: the front matter is missing — "
                'start the file with three lines: +++, purpose = "Use this page to …", +++'
            )
        ],
    ),
    ('+++\npurpose = "x"\n', ["a.md:1: the front matter is never closed — put +++ alone on a line below it"]),
    (
        "+++\npurpose = Use this\n+++\n",
        ['a.md:2: the front matter is not TOML: Invalid value — write each line as key = "text"'],
    ),
    ("+++\n+++\n", ["a.md:1: 'purpose' is missing — add purpose = \"…\" between the +++ lines"]),
    (
        '+++\nporpose = "x"\n+++\n',
        [
            "a.md:2: the key 'porpose' means nothing here — did you mean 'purpose'?",
            "a.md:1: 'purpose' is missing — add purpose = \"…\" between the +++ lines",
        ],
    ),
    ("+++\npurpose = 3\n+++\n", ["a.md:2: 'purpose' is not text — put it between double quotes"]),
    (
        '+++\npurpose = "Too short."\n+++\n',
        ["a.md:2: the purpose has 2 words — say in one sentence of 8 to 30 words what the page is for"],
    ),
]


@pytest.mark.parametrize(("front", "problems"), FRONT, ids=range(len(FRONT)))
def test_faults_of_the_front_matter_are_named(front: str, problems: list[str]) -> None:
    body = handout().split("+++\n")[2]
    found = [str(problem) for problem in read_handout(front + body, "a.md")[1]]
    assert sorted(found)[: len(problems)] == sorted(problems)


def spanish(head: str) -> str:
    text = handout().replace("Why it matters", "Por qué importa")
    text = text.replace("Before next time", "Antes de la próxima vez")
    return text.replace('starts."\n', f'starts."\n{head}')


def test_a_spanish_page_has_its_own_labels_and_says_what_it_was_translated_from() -> None:
    sha = "0123456789abcdef" * 4
    head = f'translator = "certified translator"\ntranslated_from = "{sha}"\n'
    document, problems = read_handout(spanish(head), "RP-01a.md", "es")
    assert problems == []
    assert (document.translator, document.translated_from) == ("certified translator", sha)
    assert [block.title for block in document.blocks if isinstance(block, Box)] == ["Para recordar"]


def test_a_spanish_page_without_its_origin_is_refused() -> None:
    head = 'translated_from = "abc"\n'
    assert [str(problem) for problem in read_handout(spanish(head), "RP-01a.md", "es")[1]] == [
        "RP-01a.md:1: 'translator' is missing — add translator = \"…\" between the +++ lines",
        (
            "RP-01a.md:3: 'translated_from' is not a sha256 — "
            "give the 64 hexadecimal digits of the English file's sha256"
        ),
    ]


GUIDE = """\
+++
purpose = "Members can draw how a craving starts and name one way off."
+++

## Materials

- Pens.

## Before group

- Read RP-01a.

## 1 Check-in

**Do.** Go around.

**Say.** "Welcome."

**Ask.** How are you?

## 2 Draw the chain

**Do.** Hand out RP-01a.

**Say.**

- "Look."

**Ask.** What did you see?

## Prompts

- a
- b
- c
- d
- e
- f
- g
- h

## Newcomer bridge

Say what this is.

## Adaptations

- **Low literacy.** Read aloud.
- **Telehealth.** Share the screen.
- **No family present.** Use it alone.

## Cautions

- Stay with them.

## What to chart

- Group taught the chain.

## Take-home and how to review it

Draw one more.
"""


def guide_problems(before: str = "", after: str = "") -> list[str]:
    assert before in GUIDE
    return [str(problem) for problem in read_guide(GUIDE.replace(before, after, 1), "RP-01.md")[1]]


def test_a_right_guide_is_read_by_section() -> None:
    document, problems = read_guide(GUIDE, "RP-01.md")
    assert problems == []
    assert [(section.number, section.title, section.line) for section in document.sections] == [
        (0, "Materials", 5),
        (0, "Before group", 9),
        (1, "Check-in", 13),
        (2, "Draw the chain", 21),
        (0, "Prompts", 31),
        (0, "Newcomer bridge", 42),
        (0, "Adaptations", 46),
        (0, "Cautions", 52),
        (0, "What to chart", 56),
        (0, "Take-home and how to review it", 60),
    ]
    assert document.sections[1].blocks == (ItemList("bullets", (line("Read RP-01a."),)),)


ORDER = (
    "Materials; Before group; the numbered segments; Prompts; Newcomer bridge; Adaptations; Cautions; "
    "What to chart; Take-home and how to review it"
)
GUIDE_FAULTS = [
    (("## Prompts", "## Promts"), ["31: 'Promts' is not a heading of a guide — did you mean 'Prompts'?"]),
    (
        ("## Cautions\n\n- Stay with them.\n\n", ""),
        ["1: the heading 'Cautions' is missing — add '## Cautions'"],
    ),
    (
        ("## Cautions\n", "## Xyz\n\nOne.\n\n## Cautions\n"),
        [f"52: 'Xyz' is not a heading of a guide — a guide has: {ORDER}"],
    ),
    (
        ("## Cautions\n", "## Prompts\n\nOne.\n\n## Cautions\n"),
        [
            "52: a second 'Prompts' — join the two",
            f"52: 'Prompts' stands after 'Adaptations' — the order is: {ORDER}",
        ],
    ),
    (
        ("## Before group\n\n- Read RP-01a.\n\n## 1 Check-in", "## 1 Check-in"),
        ["1: the heading 'Before group' is missing — add '## Before group'"],
    ),
    (
        ("## 2 Draw", "## 3 Draw"),
        ["21: segment 3 'Draw the chain' stands where 2 is due — number the segments 1, 2, 3 …"],
    ),
    (
        ("**Ask.** How are you?\n\n", ""),
        ["13: warning: '1 Check-in' does not say what to ask — add a paragraph that starts with **Ask.**"],
    ),
    (
        ("- **Telehealth.** Share the screen.\n", ""),
        ["46: 'Adaptations' does not speak of 'Telehealth' — add an item that starts with **Telehealth.**"],
    ),
    (
        ("- Stay with them.\n\n", ""),
        ["52: nothing stands under 'Cautions' — a leader needs it; fill it"],
    ),
    (
        ('"Members can draw how a craving starts and name one way off."', '"' + "word " * 41 + '"'),
        ["2: the purpose has 41 words — say in one sentence of 8 to 40 words what the page is for"],
    ),
]


@pytest.mark.parametrize(("change", "problems"), GUIDE_FAULTS, ids=range(len(GUIDE_FAULTS)))
def test_a_fault_of_a_guide_is_named(change: tuple[str, str], problems: list[str]) -> None:
    assert guide_problems(*change) == [f"RP-01.md:{problem}" for problem in problems]


def test_a_guide_without_segments_is_named() -> None:
    start, end = GUIDE.index("## 1 Check-in"), GUIDE.index("## Prompts")
    found = read_guide(GUIDE[:start] + GUIDE[end:], "RP-01.md")[1]
    assert [str(problem) for problem in found] == [
        "RP-01.md:1: the guide has no segments — add '## 1 Check-in' and so on after 'Before group'"
    ]
