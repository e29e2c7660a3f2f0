"""Tables as people, Excel and other programs leave them: what is read, and the words where it is not."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from iop_sessions import checks
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import GlossaryTerm, Handout, Objective, Segment, Topic, TopicHandout
from iop_sessions.ground import csvfiles
from iop_sessions.ground.fields import Record
from iop_sessions.ground.tables import cells_of, read_table, table_bytes

HEADER = "term,language,meaning\n"
ROW = "craving,en,A strong wish to use.\n"
SEGMENT = "topic_id,length,order,kind,minutes,title,activity\n"


class Read:
    """A table that was read: its rows as cells, and the lines a user is told."""

    def __init__(self, folder: Path, data: str | bytes, record: type[Record] = GlossaryTerm) -> None:
        path = folder / "t.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        records, problems = read_table(record, path, "t.csv")
        self.records = records
        self.rows = [tuple(cells_of(each).values()) for each in records]
        self.told = [str(problem) for problem in problems]


CRAVING = [("craving", "en", "A strong wish to use.")]
SENOR = [("señor", "es", "Una palabra.")]


# --- what is accepted without a word


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + ROW).encode(),
        b"\xef\xbb\xbf" + (HEADER + ROW).encode(),
        (HEADER + ROW).replace("\n", "\r\n").encode(),
        (HEADER + ROW).replace("\n", "\r").encode(),
        (HEADER + ROW).rstrip("\n").encode(),
        (HEADER + ROW).replace(",", ";").encode(),
        (HEADER + ROW).replace(",", "\t").encode(),
        ("sep=;\n" + (HEADER + ROW).replace(",", ";")).encode(),
        ("sep=;\r" + (HEADER + ROW).replace(",", ";").replace("\n", "\r")).encode(),
        ('"sep=,"\r\n' + HEADER + ROW).encode(),
        ("\n\n" + HEADER + "\n,,\n" + ROW + " , , \n\n").encode(),
        b"meaning,Language , TERM\nA strong wish to use.,en,craving\n",
        (HEADER.strip() + ",,\n" + ROW.strip() + ",,\n").encode(),
        b'term,language,meaning\n"craving","en","A strong wish to use."\n',
        "term,language,meaning\n\u00a0craving \u200b,en,\ufeffA strong wish to use.\n".encode(),
    ],
    ids=lambda _: "",
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    read = Read(tmp_path, data)
    assert (read.rows, read.told) == (CRAVING, [])


def test_decomposed_accents_of_a_mac_are_composed(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + "sen\u0303or,es,Una palabra.\n")
    assert (read.rows, read.told) == (SENOR, [])


@pytest.mark.parametrize("text", ["NA", "None", "null", "N/A", "007", "1E5", "TRUE", "nan", "inf", "-"])
def test_a_word_that_looks_like_nothing_stays_text(tmp_path: Path, text: str) -> None:
    assert [row[0] for row in Read(tmp_path, HEADER + f"{text},en,A word.\n").rows] == [text]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "%s {0} $HOME"])
def test_text_that_means_something_to_a_program_stays_text(tmp_path: Path, text: str) -> None:
    read = Read(tmp_path, HEADER + f"craving,en,{text}\n")
    assert (read.rows, read.told) == ([("craving", "en", text)], [])


def test_a_line_break_in_a_cell_is_kept_and_the_next_row_knows_its_line(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + 'craving,en,"A wish.\r\nIt passes."\nslip,xx,One use.\n')
    assert read.rows == [("craving", "en", "A wish.\nIt passes.")]
    assert read.told == ["t.csv:4: language: 'xx' is not one of the words for it — use one of: en, es"]


def test_excel_leaves_out_empty_cells_at_the_end_of_a_line(tmp_path: Path) -> None:
    data = "topic_id,handout_id,copies\nRP-01,RP-01a\n"
    read = Read(tmp_path, data, TopicHandout)
    assert (read.rows, read.told) == ([("RP-01", "RP-01a", "1")], [])


def test_a_quote_inside_a_cell_is_a_quote(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + 'craving,en,"She said ""no""."\nline,en,5" long\n')
    assert read.rows == [("craving", "en", 'She said "no".'), ("line", "en", '5" long')]
    assert read.told == []


# --- what is accepted with a warning


def test_windows_text_is_read_and_its_first_accent_shown(tmp_path: Path) -> None:
    data = (HEADER + ROW + "señor,es,“Una” palabra.\n").encode("cp1252")
    read = Read(tmp_path, data)
    assert read.rows == [*CRAVING, ("señor", "es", "“Una” palabra.")]
    assert read.told == [
        (
            "t.csv:3: warning: read as Windows text: check this line: señor,es,“Una” palabra."
            " — save the file as 'CSV UTF-8'"
        )
    ]


def test_the_line_of_windows_text_is_right_in_a_file_of_carriage_returns(tmp_path: Path) -> None:
    data = (HEADER + ROW + "señor,es,Una palabra.\n").replace("\n", "\r").encode("cp1252")
    assert (
        Read(tmp_path, data)
        .told[0]
        .startswith("t.csv:3: warning: read as Windows text: check this line: señor")
    )


def test_a_mark_for_utf8_before_windows_text_is_no_letter(tmp_path: Path) -> None:
    read = Read(tmp_path, b"\xef\xbb\xbf" + (HEADER + "señor,es,Una palabra.\n").encode("cp1252"))
    assert read.rows == SENOR


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_of_excel_is_read(tmp_path: Path, encoding: str) -> None:
    data = (HEADER + "señor,es,Una palabra.\n").replace(",", "\t").encode(encoding)
    read = Read(tmp_path, data)
    assert read.rows == SENOR
    assert read.told == ["t.csv: warning: read as Excel's 'Unicode Text' — save it as 'CSV UTF-8'"]


def test_half_a_letter_at_the_end_of_unicode_text_is_no_crash(tmp_path: Path) -> None:
    read = Read(tmp_path, (HEADER + ROW).encode("utf-16")[:-1])
    assert [row[0] for row in read.rows] == ["craving"]
    assert read.told[1:] == ["t.csv:2: meaning: warning: letters were lost here before — type them again"]


def test_letters_that_were_lost_before_are_named(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + "se\ufffdor,es,Una palabra.\n")
    assert len(read.rows) == 1
    assert read.told == ["t.csv:2: term: warning: letters were lost here before — type them again"]


@pytest.mark.parametrize("mark", ["\x0b", "\x07", "\u202e", "\u2066", "\u200b", "\x1b"])
def test_marks_nobody_sees_are_removed_and_named(tmp_path: Path, mark: str) -> None:
    read = Read(tmp_path, HEADER + f"crav{mark}ing,en,A strong wish to use.\n")
    assert read.rows == CRAVING
    assert read.told == ["t.csv:2: term: warning: letters that cannot be seen were removed"]


def test_title_lines_above_the_header_are_skipped(tmp_path: Path) -> None:
    read = Read(tmp_path, "Our words, spring 2027,\n\n(merged title),,\n" + HEADER + ROW)
    assert read.rows == CRAVING
    assert read.told == [
        "t.csv:1: warning: skipped 2 lines above the header — delete what is no row of the table"
    ]


def test_a_title_with_commas_does_not_hide_semicolons(tmp_path: Path) -> None:
    read = Read(tmp_path, "Words, terms, meanings, more\n" + (HEADER + ROW).replace(",", ";"))
    assert read.rows == CRAVING


def test_an_extra_column_is_ignored_and_named(tmp_path: Path) -> None:
    read = Read(tmp_path, "term,language,meaning,Jim's notes\ncraving,en,A strong wish to use.,ok\n")
    assert read.rows == CRAVING
    assert read.told == [
        "t.csv:1: Jim's notes: warning: no column 'Jim's notes' in this table: ignored — remove it"
    ]


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "@SUM(1)", "+1", "-1", "\t=1"])
def test_a_formula_is_kept_as_text_with_a_warning(tmp_path: Path, start: str) -> None:
    read = Read(tmp_path, HEADER + f"craving,en,{start} wish\n")
    assert read.rows == [("craving", "en", f"{start.strip()} wish")]
    assert read.told == [
        (
            "t.csv:2: meaning: warning: looks like a formula: kept as plain text"
            " — put an apostrophe before it, or let it start with a word"
        )
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "''-1", "'plain'", "a=b"])
def test_what_we_write_no_spreadsheet_runs_and_we_read_back_the_same(tmp_path: Path, text: str) -> None:
    term = GlossaryTerm(term="craving", language="en", meaning=text)
    data = table_bytes(GlossaryTerm, [term])
    assert data.decode().splitlines()[1].split(",")[2][0] not in "=+-@"
    read = Read(tmp_path, data)
    assert (read.records, read.told) == ([term], [])


def test_a_heading_that_only_sounds_like_one_of_a_person_is_ignored(tmp_path: Path) -> None:
    for column in ("clinic", "mailing", "renamed", "group name", "impatient"):
        read = Read(tmp_path, f"term,language,meaning,{column}\ncraving,en,A strong wish to use.,x\n")
        assert read.told == [
            f"t.csv:1: {column}: warning: no column '{column}' in this table: ignored — remove it"
        ]


# --- what is refused


def test_a_cell_without_a_heading_is_named_with_its_line(tmp_path: Path) -> None:
    data = "term,,language,meaning,\ncraving, ,en,A strong wish to use.,\nslip,a note,en,One use., \u200b\n"
    read = Read(tmp_path, data + "relapse,,en,More than one use.,another note\nurge,,en\n")
    assert [row[0] for row in read.rows] == ["craving", "slip", "relapse"]
    assert read.told == [
        "t.csv:3: a cell without a heading: 'a note' — give the column a name, or clear it",
        "t.csv:4: a cell without a heading: 'another note' — give the column a name, or clear it",
        "t.csv:5: meaning: 3 cells where the header has 5 — fill in the missing cells",
    ]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b",,,\r\n,,,\r\n", b";;\n", b" \t\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert Read(tmp_path, data).told == ["t.csv: the file is empty — its columns are term, language, meaning"]


def test_a_header_alone_is_an_error_where_the_table_needs_rows(tmp_path: Path) -> None:
    header = "objective_id,statement,domain,level\n"
    assert Read(tmp_path, header, Objective).told == ["t.csv:1: no rows under the header — add them"]
    assert Read(tmp_path, HEADER).told == ["t.csv:1: warning: no rows under the header — add them"]


def test_a_file_without_a_header_is_told_its_columns(tmp_path: Path) -> None:
    assert Read(tmp_path, ROW).told == [
        "t.csv:1: no header line — the first line must name the columns term, language, meaning"
    ]


def test_a_missing_a_misspelt_and_a_double_column_are_named_once_not_in_each_row(tmp_path: Path) -> None:
    rows = "".join(f"RP-{number:02},60,1,topic,60,Talk,Talk\n" for number in range(1, 9))
    read = Read(tmp_path, "topic_id,length,order,kynd,minutes,Minutes,activity\n" + rows, Segment)
    assert read.told == [
        "t.csv:1: kynd: warning: no column 'kynd' in this table: ignored — did you mean 'kind'?",
        "t.csv:1: minutes: the column 'Minutes' stands twice — remove one of the two",
        "t.csv:1: kind: the column 'kind' is missing — is it the column 'kynd'? rename it",
        "t.csv:1: title: the column 'title' is missing — add it to the header line",
    ]


def test_the_same_id_twice_names_both_lines(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + ROW + "slip,en,One use.\n" + ROW + "SLIP,en,One use.\n")
    assert read.told == [
        "t.csv:4: language: 'craving/en' stands already at line 2 — remove one of them",
        "t.csv:5: language: 'SLIP/en' differs only in capitals from 'slip/en' at line 3 — remove one of them",
    ]


def test_empty_cells_that_must_hold_something_are_named(tmp_path: Path) -> None:
    header = "handout_id,title,kind,rights,version\n"
    read = Read(tmp_path, header + ", ,worksheet,CC BY 4.0,1\n", Handout)
    assert read.told == [
        "t.csv:2: handout_id: is empty — use letters, digits, - and _, at most 60",
        "t.csv:2: title: is empty — fill it in",
    ]


def test_an_unclosed_quote_spoils_its_own_row_alone(tmp_path: Path) -> None:
    rows = "".join(f"word{number},en,A word.\n" for number in range(60))
    read = Read(tmp_path, HEADER + 'craving,en,"A wish.\n' + rows + "slip,xx,One use.\n")
    assert len(read.rows) == 60
    assert read.told == [
        't.csv:2: a quote opens here and is not closed — add the closing "',
        "t.csv:63: language: 'xx' is not one of the words for it — use one of: en, es",
    ]


def test_an_unclosed_quote_that_a_later_one_seems_to_close_is_found_where_it_opens(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + 'craving,en,"A wish.\nslip,en,"One, use."\nrelapse,en,"More, use."\n')
    assert [row[0] for row in read.rows] == ["slip", "relapse"]
    assert read.told == ['t.csv:2: a quote opens here and is not closed — add the closing "']


def test_text_after_a_closing_quote_is_named(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + 'craving,en,"No" is enough\n' + "slip,en,One use.\n")
    assert [row[0] for row in read.rows] == ["slip"]
    assert read.told == ['t.csv:2: text stands after a closing quote — write a quote inside a cell twice: ""']


def test_more_than_40_lines_in_a_cell_are_an_unclosed_quote(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + 'craving,en,"' + "line\n" * 41 + '"\n')
    assert read.told[0] == 't.csv:2: a quote opens here and is not closed — add the closing "'


def test_a_comma_without_quotes_and_a_short_row_count_their_cells(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + "craving,en,A wish, a strong one.\nslip,en\n")
    assert read.rows == []
    assert read.told == [
        't.csv:2: meaning: 4 cells where the header has 3 — put text that holds a comma in "quotes"',
        "t.csv:3: meaning: 2 cells where the header has 3 — fill in the missing cells",
    ]


@pytest.mark.parametrize("text", ["crav\x00ing", "craving\x00"])
def test_nul_bytes_are_refused(tmp_path: Path, text: str) -> None:
    told = Read(tmp_path, HEADER + f"{text},en,A wish.\n").told
    assert told == ["t.csv:2: term: the cell holds NUL bytes — type it again"]


@pytest.mark.parametrize(("text", "shown"), [("JosÃ©", "Ã©"), ("itâ€™s", "â€"), ("aÃ±o", "Ã±"), ("Â¿", "Â¿")])
def test_text_saved_twice_in_the_wrong_encoding_is_refused(tmp_path: Path, text: str, shown: str) -> None:
    told = Read(tmp_path, HEADER + f"{text},en,A wish.\n").told
    assert told == [f"t.csv:2: term: '{shown}' is text saved twice in the wrong encoding — type it again"]


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "####", "########"])
def test_what_excel_shows_in_place_of_a_value_is_refused_once(tmp_path: Path, text: str) -> None:
    told = Read(tmp_path, HEADER + f"craving,en,{text}\n").told
    assert told == [f"t.csv:2: meaning: Excel shows an error here: {text} — type the value itself"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3-Jan", "Excel turned this id into '3-Jan' — format the column as Text and write the id again"),
        ("Jan-03", "Excel turned this id into 'Jan-03' — format the column as Text and write the id again"),
        (
            "1.00E+05",
            "Excel turned this id into '1.00E+05' — format the column as Text and write the id again",
        ),
        ("../../etc", "'../../etc' is no id — use letters, digits, - and _, at most 60"),
        ("a\\b", "'a\\b' is no id — use letters, digits, - and _, at most 60"),
        ("x" * 300, f"'{'x' * 60}…' is no id — use letters, digits, - and _, at most 60"),
        ("😀", "'😀' is no id — use letters, digits, - and _, at most 60"),
        ("CON", "'CON' is a device name on Windows — choose another id"),
        ("aux.txt", "'aux.txt' is no id — use letters, digits, - and _, at most 60"),
        ("nul", "'nul' is a device name on Windows — choose another id"),
        ("COM1", "'COM1' is a device name on Windows — choose another id"),
    ],
    ids=lambda _: "",
)
def test_an_id_that_is_no_safe_file_name_is_refused(tmp_path: Path, text: str, told: str) -> None:
    data = f"topic_id,handout_id,copies\n{text},RP-01a,1\n"
    assert Read(tmp_path, data, TopicHandout).told == [f"t.csv:2: topic_id: {told}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("45 min", "'45 min' is not a whole number — did you mean 45?"),
        ("1,5", "'1,5' is not a whole number — write digits only"),
        ("1.5", "'1.5' is not a whole number — write digits only"),
        ("nan", "'nan' is not a whole number — write digits only"),
        ("٤٥", "'٤٥' is not a whole number — did you mean 45?"),
        ("0", "0 is out of range — allowed: 1 to 480"),
        ("9999", "9999 is out of range — allowed: 1 to 480"),
        ("9" * 5000, f"'{'9' * 60}…' is not a whole number — write digits only"),
    ],
    ids=lambda _: "",
)
def test_minutes_that_are_none_are_refused(tmp_path: Path, text: str, told: str) -> None:
    data = SEGMENT + f'RP-01,60,1,topic,"{text}",Talk,Talk it over\n'
    assert Read(tmp_path, data, Segment).told == [f"t.csv:2: minutes: {told}"]


def test_a_negative_number_is_a_formula_to_excel_and_no_number_to_us(tmp_path: Path) -> None:
    told = Read(tmp_path, SEGMENT + "RP-01,60,1,topic,-45,Talk,Talk it over\n", Segment).told
    assert told[-1] == "t.csv:2: minutes: '-45' is not a whole number — did you mean 45?"


def test_a_word_of_a_list_and_a_language_are_offered(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + "craving,English,A wish.\n")
    assert read.told == ["t.csv:2: language: 'English' is not one of the words for it — use one of: en, es"]
    data = SEGMENT + "RP-01,60,1,practise,45,Talk,Talk it over\n"
    assert Read(tmp_path, data, Segment).told == [
        "t.csv:2: kind: 'practise' is not one of the words for it — did you mean 'practice'?"
    ]


def test_a_repeated_header_is_refused_and_blank_lines_are_not(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + ROW + "\n,,\nTerm, Language,MEANING\nslip,en,One use.\n")
    assert [row[0] for row in read.rows] == ["craving", "slip"]
    assert read.told == ["t.csv:5: the header stands here again — delete the line"]


def test_a_total_row_is_no_row(tmp_path: Path) -> None:
    data = SEGMENT + "RP-01,60,1,topic,60,Talk,Talk it over\nTotal,,,,60,,\n"
    assert Read(tmp_path, data, Segment).told == [
        "t.csv:3: length: is empty — write digits only",
        "t.csv:3: order: is empty — write digits only",
        "t.csv:3: kind: is empty — fill it in",
        "t.csv:3: title: is empty — fill it in",
        "t.csv:3: activity: is empty — fill it in",
    ]


def test_marks_of_a_merge_are_named_with_their_lines(tmp_path: Path) -> None:
    merged = f"{HEADER}<<<<<<< HEAD\n{ROW}=======\ncraving,en,A wish.\n>>>>>>> theirs\n"
    read = Read(tmp_path, merged)
    assert read.rows == []
    assert read.told == [
        "t.csv:2: the merge mark '<<<<<<< HEAD' — keep one version, remove the marks",
        "t.csv:6: the merge mark '>>>>>>> theirs' — keep one version, remove the marks",
    ]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"PK\x03\x04\x14", "an Excel or Word file — open it in Excel and save it as 'CSV UTF-8'"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel or Word file — open it in Excel and save it as 'CSV UTF-8'"),
        (b"%PDF-1.7", "a PDF file — save the table as 'CSV UTF-8' and put it here"),
        (b"\r\n<HTML>", "a web page — download the file itself, not the page that shows it"),
        (b"\xef\xbb\xbf<!doctype html>", "a web page — download the file itself, not the page that shows it"),
        (b"<?xml version='1.0'?>", "an XML file — open it in Excel and save it as 'CSV UTF-8'"),
        (
            b"version https://git-lfs",
            "a pointer to a large file, not the file — fetch the file: git lfs pull",
        ),
    ],
    ids=lambda _: "",
)
def test_another_kind_of_file_under_the_name_of_a_table_is_named(
    tmp_path: Path, start: bytes, told: str
) -> None:
    assert Read(tmp_path, start + b"\x00rest").told == [f"t.csv: this is {told}"]


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert [str(each) for each in read_table(GlossaryTerm, tmp_path / "none.csv", "none.csv")[1]] == [
        "none.csv: there is no such file — put it back, or copy it from a new workspace"
    ]
    assert [str(each) for each in read_table(GlossaryTerm, tmp_path / "folder.csv", "folder.csv")[1]] == [
        "folder.csv: this is a folder, not a file — move it away, and put the file here"
    ]


def test_a_file_we_may_not_read_is_asked_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert csvfiles.read_bytes(tmp_path / "t.csv", "t.csv")[1] != []
    (tmp_path / "t.csv").touch()
    told = [str(each) for each in csvfiles.read_bytes(tmp_path / "t.csv", "t.csv")[1]]
    assert told == ["t.csv: the file cannot be opened — is it open in Excel? close it and try again"]


def test_the_lock_that_an_open_office_leaves_beside_a_table_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / ".~lock.t.csv#").write_text("locked")
    (tmp_path / "~$t.csv").write_bytes(b"\x05")
    assert Read(tmp_path, HEADER + ROW).rows == CRAVING


def test_a_file_over_20_megabytes_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        stream.truncate(csvfiles.LARGEST_FILE + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    told = [str(each) for each in csvfiles.read_bytes(path, "t.csv")[1]]
    assert told == ["t.csv: the file is larger than 20 MB — split it"]


def test_a_cell_of_more_than_200000_letters_is_refused(tmp_path: Path) -> None:
    read = Read(tmp_path, HEADER + "craving,en," + "x" * (csvfiles.LARGEST_CELL + 1) + "\n")
    assert read.told == ["t.csv:2: meaning: the cell holds more than 200000 letters — shorten it"]


@pytest.mark.parametrize(
    "column",
    [
        *("client", "Client Name", "patient_id", "Name", "dob", "Date of birth", "MRN", "E-mail address"),
        *("e-mail", "client's name", "client’s name", "clients’ names", "surname", "firstname", "lastname"),
        *(
            "First-Name",
            "ClientName",
            "Patient#",
            "SSN#",
            "member name",
            "teléfono",
            "apellidos",
            "medical record",
        ),
        *(
            "Medical record #",
            "D.O.B.",
            "S.S.N.",
            "participant",
            "attendees",
            "Diagnóstico",
            "Nº de expediente",
        ),
    ],
)
def test_a_column_about_a_person_is_refused(tmp_path: Path, column: str) -> None:
    read = Read(tmp_path, f"term,language,meaning,{column}\ncraving,en,A strong wish to use.,x\n")
    assert read.told == [
        (
            f"t.csv:1: {column}: a column about a person, '{column}', has no place here"
            " — remove it: this table holds no client's data"
        )
    ]


# --- size


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.deep)])
def test_a_large_table_and_a_long_chain_of_topics_are_read_in_seconds(tmp_path: Path, count: int) -> None:
    header = "topic_id,collection,content,group_type,title,aim,lengths,after,format,rights,version\n"
    numbers = list(range(count))
    random.Random(1).shuffle(numbers)
    rows = (
        f"T{number},house,outline,RP,Title,Do it,60,{f'T{number - 1}' if number else ''},skills,own,1\n"
        for number in numbers
    )
    path = tmp_path / "t.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    began = time.process_time()
    records, problems = read_table(Topic, path, "t.csv")
    circles = checks.tables.check_after_cycles(Curriculum(topics=tuple(records)))
    assert (len(records), problems, circles) == (count, [], [])
    # 100 000 rows take 4 to 5 s; twice that is allowed, for the machine may be busy.
    assert time.process_time() - began < max(count / 10_000, 2)
