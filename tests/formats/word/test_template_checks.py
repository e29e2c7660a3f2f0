"""A check of a template warns of what a reader would stumble over, and says what of it is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from iop_sessions.formats.word import check_template, check_templates, draw
from iop_sessions.formats.word.looks import Looks
from iop_sessions.formats.word.package import parse
from iop_sessions.formats.word.template_checks import FAMILIES, OWN, STAFF, Checked
from iop_sessions.ground.blocks import Heading, Page
from iop_sessions.jobs.read import read_plan
from iop_sessions.pages import kinds
from iop_sessions.plans.case import Case
from tests.lib.parts import TYPES, changed, parts_of, zipped
from tests.lib.wordlike import picture, saved_by_word
from tests.lib.workspaces import small_workspace

DOCUMENT, HEADER, FOOTER, STYLES = (
    "word/document.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/styles.xml",
)
THEME = "word/theme/theme1.xml"
ABOVE = "<w:body>"
Change = tuple[str, str, str]
Check = Callable[..., Checked]


@pytest.fixture
def check(templates: Path, tmp_path: Path) -> Check:
    """Return a function that checks a template which a clinic saved in Word with some changes."""

    def run(*changes: Change, name: str = "handout", added: dict[str, bytes] | None = None) -> Checked:
        family = name if (templates / f"{name}.docx").is_file() else "guide" if name in STAFF else "handout"
        parts = changed(saved_by_word(templates / f"{family}.docx"), *changes) | (added or {})
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.docx").write_bytes(zipped(parts))
        return check_template(folder / f"{name}.docx")

    return run


def words(checked: Checked) -> list[str]:
    """Return the problems without the name of the file, all of them warnings."""
    return [str(problem).removeprefix(f"{checked.file}: warning: ") for problem in checked.problems]


def above(run: str, look: str = "") -> Change:
    """Return the change that adds words above the body."""
    return (DOCUMENT, ABOVE, f"{ABOVE}<w:p><w:pPr>{look}</w:pPr><w:r>{run}</w:r></w:p>")


def styled(name: str, old: str, new: str) -> Change:
    """Return the change of a style."""
    return (STYLES, f'(<w:name w:val="{name}"/>(?:(?!</w:style>).)*?){old}', rf"\g<1>{new}")


FLOATS = "in Word: Layout Options, In Line with Text; put a text box's words into the page"
NO_WORDS = "in Word: right-click it, View Alt Text, say what it shows or mark it as decorative"
ALONE = "is not inside the file, and not on every Windows or Mac computer"
NO_FONT = "in Word: choose Arial, or File, Options, Save, Embed fonts in the file"
FIELD = '<w:fldSimple w:instr="{}"/>'
BODY = "(<w:sdt>.*</w:sdt>)"
WARNINGS: dict[str, tuple[tuple[Change, ...], list[str]]] = {
    "two bodies": (
        ((DOCUMENT, BODY, r"\1\1"),),
        ["the named field 'body' is there 2 times; only the first is filled — in Word: delete the others"],
    ),
    "a rare font": (
        ((STYLES, 'w:ascii="Verdana"', 'w:ascii="Brandon"'),),
        [f"the font 'Brandon' {ALONE} — {NO_FONT}"],
    ),
    "the theme's font": (
        ((STYLES, 'w:ascii="Verdana"', 'w:asciiTheme="minorHAnsi"'),
         (THEME, '(<a:minorFont>.*?<a:latin typeface=)"Arial"', r'\1"Lato"')),
        [f"the font 'Lato' {ALONE} — {NO_FONT}"],
    ),
    "small body text": (
        (styled("Normal", '<w:sz w:val="24"/>', '<w:sz w:val="21"/>'),),
        [("the style 'Normal' has 10.5 points; clients need 12 or more — "
         "in Word: Modify Style 'Normal', size 12")],
    ),
    "a faint style": (
        (styled("Purpose", '<w:color w:val="1A1A1A"/>', '<w:color w:val="808080"/>'),),
        [("the style 'Purpose' is #808080 on white: a contrast of 3.9, less than 7 — "
         "in Word: Modify Style 'Purpose', darker color")],
    ),
    "a colour of the theme": (
        (styled("Note", '<w:color w:val="1A1A1A"/>', '<w:color w:val="000000" w:themeColor="accent1"/>'),),
        [("the style 'Note' is #4F81BD on white: a contrast of 4.0, less than 7 — "
         "in Word: Modify Style 'Note', darker color")],
    ),
    "slanted capitals in the middle": (
        (styled("heading 2", "<w:b/>", '<w:b/><w:i/><w:caps w:val="1"/>'),
         styled("heading 2", "<w:outlineLvl", '<w:jc w:val="center"/><w:outlineLvl')),
        [f"the style 'heading 2' {what} — in Word: Modify Style 'heading 2', {remedy}"
         for what, remedy in (("is in italics", "no italics"), ("is in capitals", "no capitals"),
                              ("is not aligned left", "align left"))],
    ),
    "faint words of the clinic": (
        (above('<w:rPr><w:color w:val="999999"/></w:rPr><w:t>Call us</w:t>'),),
        ["'Call us' is #999999 on white: a contrast of 2.8, less than 7 — in Word: select it, darker color"],
    ),
    "white words on a dark ground": (
        (above('<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Call us</w:t>',
               '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'),),
        [],
    ),
    "a picture without words": (
        ((HEADER, 'descr="Logo of our clinic: a blue field"', 'descr=""'),),
        [f"a picture in the header has no words that stand for it — {NO_WORDS}"],
    ),
    "a picture named by its file": (
        ((HEADER, 'descr="Logo of our clinic: a blue field"', 'descr="logo.png"'),),
        [f"a picture in the header has no words that stand for it — {NO_WORDS}"],
    ),
    "a decoration": (
        ((HEADER, 'descr="Logo of our clinic: a blue field"/>',
          '><a:extLst xmlns:a="urn:a"><d:decorative xmlns:d="urn:d" val="1"/></a:extLst></wp:docPr>'),),
        [],
    ),
    "a floating picture": (
        ((HEADER, "<wp:inline(.*)</wp:inline>", r"<wp:anchor\1</wp:anchor>"),),
        [f"a picture or text box floats in the header — {FLOATS}"],
    ),
    "a name and a clock": (
        ((FOOTER, "</w:ftr>", f"<w:p>{FIELD.format(' AUTHOR ')}{FIELD.format('date')}</w:p></w:ftr>"),),
        ["the field AUTHOR prints a name or a path of your computer — in Word: delete it",
         "the field DATE prints another day each time — in Word: delete it, or write the day"],
    ),
    "a second page number": (
        ((FOOTER, "</w:ftr>", '<w:p><w:fldSimple w:instr=" PAGE "/></w:p></w:ftr>'),),
        ["the page's number is printed twice — in Word: delete your own; the field 'footer' brings one"],
    ),
    "odd and even pages": (
        (("word/settings.xml", "<w:zoom", "<w:evenAndOddHeaders/><w:zoom"),),
        [("odd and even pages differ; the header and footer of even pages are not used — "
         "in Word: Header & Footer, untick Different Odd & Even Pages")],
    ),
    "columns": (
        ((DOCUMENT, '<w:cols w:space="720"/>', '<w:cols w:num="2" w:space="720"/>'),),
        ["the text stands in columns, where tables do not fit — in Word: Layout, Columns, One"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "warnings"), WARNINGS.values(), ids=WARNINGS)
def test_what_a_reader_would_stumble_over_is_a_warning(
    changes: tuple[Change, ...], warnings: list[str], check: Check, tmp_path: Path
) -> None:
    checked = check(*changes)
    assert words(checked) == warnings
    assert checked.is_usable
    assert draw(Page("handout", "Plan", (Heading(1, "Plan"),)), tmp_path / "templates")


def test_all_warnings_and_faults_are_told_at_once(check: Check) -> None:
    checked = check(
        (STYLES, 'w:ascii="Verdana"', 'w:ascii="Brandon"'),
        (STYLES, '<w:name w:val="Note"/>', '<w:name w:val="Remark"/>'),
    )
    assert [(each.level, each.message) for each in checked.problems] == [
        ("error", "the style 'Note' is missing"),
        ("warning", "the font 'Brandon' is not inside the file, and not on every Windows or Mac computer"),
    ]
    assert not checked.is_usable


def test_small_print_is_for_staff_only(check: Check) -> None:
    assert words(check(name="guide")) == []
    small = words(check(styled("Small Print", '<w:sz w:val="24"/>', '<w:sz w:val="18"/>')))
    mend = "in Word: Modify Style 'Small Print', size"
    assert small == [f"the style 'Small Print' has 9 points; clients need 12 or more — {mend} 12"]
    tiny = words(check(styled("Small Print", '<w:sz w:val="18"/>', '<w:sz w:val="16"/>'), name="sign-in"))
    assert tiny == [f"the style 'Small Print' has 8 points; staff need 9 or more — {mend} 9"]


def test_a_heavy_logo_is_a_warning(check: Check) -> None:
    checked = check(added={"word/media/image1.png": Random(0).randbytes(1_280_000)})
    assert words(checked) == [
        "the pictures weigh 1.3 MB, and are in every document — in Word: Picture Format, Compress Pictures"
    ]


def test_a_name_that_no_page_asks_for_is_a_warning(check: Check) -> None:
    assert words(check(name="certifcate")) == [
        "no page is drawn on a template of this name — did you mean 'certificate'?"
    ]
    assert words(check(name="xyz")) == [
        f"no page is drawn on a template of this name — names are: {', '.join((*FAMILIES, *OWN))}"
    ]
    assert words(check(name="worksheet")) == []


def test_every_template_that_a_page_asks_for_is_known_by_name(tmp_path: Path) -> None:
    space = small_workspace(tmp_path / "small")
    opened = read_plan(space, "evening")
    curriculum, kept = opened.case.curriculum, opened.kept
    made = kinds.make(kinds.Shelf(Case(curriculum, kept.program, kept.plan)), kinds.KINDS)
    asked = {page.template for page in made.values()} - {""}
    assert asked - {*OWN, *FAMILIES} == set()
    assert {"agreement", "cards", "certificate", "chart", "sign-in", "wall", "workbook", "worksheet"} <= asked


def test_old_pictures_count_once_and_need_words_too(check: Check) -> None:
    old = '<w:pict><v:shape alt="{}"><v:imagedata r:id="rId1"/></v:shape></w:pict>'
    spare = (
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{old.format('')}</mc:Fallback></mc:AlternateContent>"
    )
    checked = check(
        (HEADER, "(<w:r>)<w:drawing", rf"<w:r>{old.format('Seal of the city')}{spare}</w:r>\1<w:drawing")
    )
    assert (words(checked), checked.pictures) == ([], 2)
    assert words(check((HEADER, "(<w:r>)<w:drawing", rf"<w:r>{old.format('')}</w:r>\1<w:drawing"))) == [
        f"a picture in the header has no words that stand for it — {NO_WORDS}"
    ]


def test_a_picture_in_the_text_counts_too(check: Check) -> None:
    kind = '<Relationship Id="rId90" Type="{}/image" Target="media/image1.png"/></Rel'
    relation = ("word/_rels/document.xml.rels", "</Rel", kind.format(REL))
    checked = check(above(picture("rId90", "A map of the way to us", 7).replace("\\", "/")), relation)
    assert (words(checked), checked.pictures) == ([], 2)


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_every_template_of_a_workspace_is_checked_and_every_stray_named(check: Check, tmp_path: Path) -> None:
    check(name="handout")
    check(name="cards")
    folder = tmp_path / "templates"
    (folder / "~$handout.docx").write_bytes(b"open in Word")
    (folder / "guide.docm").write_bytes(b"x")
    (folder / "readme.txt").write_bytes(b"x")
    found = {each.file: words(each) for each in check_templates(folder)}
    missing = (
        "the template is missing — put it back from a new workspace; templates lie in the folder 'templates'"
    )
    assert found == {
        "templates/agenda.docx": [f"templates/agenda.docx: {missing}"],
        "templates/cards.docx": [],
        "templates/coverage.docx": [f"templates/coverage.docx: {missing}"],
        "templates/guide.docx": [f"templates/guide.docx: {missing}"],
        "templates/handout.docx": [],
        "templates/guide.docm": [
            "no page is drawn on a file of this form — in Word: save it as 'Word Document (.docx)'"
        ],
    }


def test_a_file_that_cannot_be_opened_is_told_as_a_problem(tmp_path: Path) -> None:
    (tmp_path / "handout.docx").write_bytes(b"")
    checked = check_template(tmp_path / "handout.docx")
    assert [problem.message for problem in checked.problems] == ["the file is empty"]
    assert (checked.fields, checked.fonts, checked.points, checked.pictures) == ((), (), 0, 0)


@pytest.mark.parametrize(
    ("tone", "color"), [("", "#4F81BD"), ('w:themeShade="80"', "#244061"), ('w:themeTint="33"', "#DBE5F1")]
)
def test_a_colour_of_the_theme_is_toned_as_word_does(tone: str, color: str, templates: Path) -> None:
    # The lighter and darker blues are those that Word's palette shows for this theme.
    parts = changed(
        parts_of(templates / "handout.docx"),
        (
            STYLES,
            r'(w:styleId="Note">.*?)<w:color w:val="1A1A1A"/>',
            rf'\1<w:color w:themeColor="accent1" {tone}/>',
        ),
    )
    trees = {name: parse(data) for name, data in parts.items() if name.endswith(".xml") and name != TYPES}
    found = Looks(trees).of_style("Note").color
    near = [abs(int(found[at : at + 2], 16) - int(color[at : at + 2], 16)) <= 1 for at in (1, 3, 5)]
    assert all(near), found  # Word rounds a little otherwise
