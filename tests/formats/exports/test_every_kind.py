"""Every kind of document, in each language and size it comes in, on Letter and on A4: sound, plain, nobody's.

A plan of one week is enough: each kind is there; every handout and guide is in the sample's own tests.
"""

from __future__ import annotations

import getpass
import platform
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.formats import html
from iop_sessions.formats.word.package import w
from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.jobs import plan as planning
from iop_sessions.jobs import printing
from iop_sessions.jobs import read as reading
from iop_sessions.jobs.export import ExportRequest, export
from iop_sessions.jobs.plan import PlanRequest, make_plan
from iop_sessions.jobs.printing import PrintRequest
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.kinds import KINDS, Shelf, comes_in
from iop_sessions.plans.case import Case
from tests.formats.exports.test_printed import faults_in
from tests.lib.examples import shown_by
from tests.lib.outline import headings, parts_of
from tests.lib.planting import DOCUMENT, STYLES, Change, Fault, last, paragraph
from tests.lib.word_audit import audit
from tests.lib.workspaces import ROOT, lay_out

DAY = date(2027, 1, 4)
WEEKS = 1
Looks = tuple[tuple[str, bool], ...]
LOOKS: Looks = tuple(product(("en", "es"), (False, True)))  # language, large print
FEW: Looks = (("en", False), ("es", True))
EACH_LOOK = pytest.mark.parametrize(
    "everything", [("letter", LOOKS)], ids=["letter, each look"], indirect=True
)
STAFF_KINDS = ("agendas", "guides", "coverage", "sign-in", "chart", "print-runs")
STAFF_PAPERS = re.compile(r"print/.*-(?:leader|brief|guide)\.docx")
PERSON = "kowalski"
"""The user's name, and part of every other name that an export could tell."""
NARROW_AND_LONG = {"letter": {"12240", "15840"}, "a4": {"11906", "16838"}}  # ANSI and ISO 216, in twips


@dataclass(frozen=True)
class Everything:
    """What was exported and printed in a workspace: every file, and the HTML of every page."""

    paper: str
    looks: Looks
    files: dict[str, bytes]  # by paper, then the name in output/
    previews: dict[str, str]

    @property
    def documents(self) -> dict[str, bytes]:
        """Return the Word files."""
        return {name: data for name, data in self.files.items() if name.endswith(".docx")}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("letter", FEW), id="letter"),
        pytest.param(("letter", LOOKS), id="letter, each look", marks=pytest.mark.deep),
        pytest.param(("a4", LOOKS), id="a4, each look", marks=pytest.mark.deep),
    ],
)
def everything(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Everything:
    """Export and print everything there is, as a person whose name is easy to find again."""
    paper, looks = request.param
    home = tmp_path_factory.mktemp("home") / PERSON
    files: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME", "EMAIL"):
            patch.setenv(name, f"{PERSON}@{PERSON}.org" if name == "EMAIL" else PERSON)
        for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(name, str(home))
        patch.setattr(socket, "gethostname", lambda: PERSON)
        patch.setattr(platform, "node", lambda: PERSON)
        read_once(patch)
        workspace = lay_out(home / f"{PERSON} {paper}", ROOT / "curriculum")
        export_everything(workspace, paper, looks)
        for path in sorted(path for path in workspace.output.rglob("*") if path.is_file()):
            files[f"{paper}/{path.relative_to(workspace.output).as_posix()}"] = path.read_bytes()
        previews = {f"{paper}/{name}": text for name, text in previews_of(workspace)}
    return Everything(paper, looks, files, previews)


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Read the workspace's curriculum once, and not with each of the commands that follow."""
    read = reading.read_curriculum
    known: dict[tuple[Path, bool], Curriculum] = {}

    def remembered(workspace: Workspace, *, documents: bool = True) -> Curriculum:
        key = (workspace.root, documents)
        if key not in known:
            known[key] = read(workspace, documents=documents)
        return known[key]

    for module in (planning, printing, reading):
        patch.setattr(module, "read_curriculum", remembered)


def export_everything(workspace: Workspace, paper: str, looks: Looks) -> None:
    """Plan a week on a paper; export each kind in each look, and print whatever can be printed."""
    path = workspace.program_file(SAMPLE)
    settings = path.read_text(encoding="utf-8")
    changes = {'paper = "letter"': f'paper = "{paper}"', "stay_weeks = [6]": f"stay_weeks = [{WEEKS}]"}
    for old, new in changes.items():
        assert old in settings
        settings = settings.replace(old, new)
    path.write_text(settings, encoding="utf-8")
    make_plan(workspace, PlanRequest(SAMPLE, weeks=WEEKS))
    plan, day = SAMPLE, DAY.isoformat()
    for language, large in looks:
        kinds = tuple(kind for kind in KINDS if comes_in(kind, language, large_print=large))
        export(workspace, ExportRequest(plan, kinds, language, large))
        look = {"language": language, "large_print": large}
        printing.print_newcomer(workspace, PrintRequest(plan, day, **look), DAY)
        printing.print_day(workspace, PrintRequest(plan, day, **look), DAY)
        printing.print_topic(workspace, PrintRequest("RP-04", **look))
    printing.print_day(workspace, PrintRequest(plan, week=1), DAY)
    printing.print_briefs(workspace, PrintRequest(plan, day), DAY)


def previews_of(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Draw the HTML of every page of every kind, in English."""
    opened = reading.read_plan(workspace, SAMPLE)
    curriculum, kept = opened.case.curriculum, opened.kept
    pages = documents.make(Shelf(Case(curriculum, kept.program, kept.plan)), KINDS)
    yield from ((name, html.page_html(page)) for name, page in pages.items())


def is_large(name: str) -> bool:
    return "-large-print" in name


def is_spanish(name: str) -> bool:
    return re.search(r"-es(?=[/.-])", name) is not None


def is_for_staff(name: str) -> bool:
    kind = name.split("/")[2].removesuffix("-es")
    return kind in STAFF_KINDS or STAFF_PAPERS.search(name) is not None


def least_points(name: str) -> float:
    """Return the smallest type that a document may have: its readers decide."""
    return 18 if is_large(name) else 9 if is_for_staff(name) else 12


def test_every_kind_is_there_in_every_look(everything: Everything) -> None:
    folders = {
        f"{SAMPLE}/{kind}{'-es' * (language == 'es')}{'-large-print' * large}"
        for (language, large), kind in product(everything.looks, KINDS)
        if comes_in(kind, language, large_print=large)
    } | {f"{SAMPLE}/print", "print"}
    wanted = {f"{everything.paper}/{folder}" for folder in folders}
    assert {name.rpartition("/")[0] for name in everything.documents} == wanted


PRINTED = (
    "2027-01-04-clients", "2027-01-04-leader", "2027-01-04-mon-1-brief", "2027-01-04-newcomer",
    "week-01-clients", "week-01-leader",
)  # fmt: skip


def test_packets_packs_and_briefs_are_there(everything: Everything) -> None:
    folder = f"{everything.paper}/{SAMPLE}/print/"
    there = {Path(name).stem for name in everything.documents if name.startswith(folder)}
    names = (f"{'-es' * (language == 'es')}{'-large-print' * large}" for language, large in everything.looks)
    looks = product(("clients", "newcomer"), names)
    assert {*PRINTED, *(f"2027-01-04-{who}{look}" for who, look in looks)} <= there


def test_no_document_has_a_fault_that_a_reader_stumbles_over(everything: Everything) -> None:
    """Headings, lists, tables, words for pictures, size, contrast, blanks: each has its planted faults."""
    every = everything.documents.items()
    found = {name: audit(data, least_points=least_points(name)) for name, data in every}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.deep
@EACH_LOOK
def test_word_would_open_every_kind(everything: Everything, tmp_path: Path) -> None:
    """Ask openxml-audit about one file of each folder; all of the sample's are asked about elsewhere."""
    validator, found, path = OpenXmlValidator(), {}, tmp_path / "document.docx"
    for name in one_of_each(everything):
        path.write_bytes(everything.files[name])
        found[name] = validator.validate(path).errors
    assert {name: errors for name, errors in found.items() if errors} == {}


@pytest.mark.deep
@EACH_LOOK
@pytest.mark.needs_tool("ooxml-validator")
def test_the_open_xml_sdk_finds_no_fault_in_any_kind(
    everything: Everything, tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    flat = {name: name.replace("/", "--") for name in one_of_each(everything)}
    for name, short in flat.items():
        (tmp_path / short).write_bytes(everything.files[name])
    assert faults_in(needs_tool("ooxml-validator"), tmp_path, list(flat.values())) == {}


def one_of_each(everything: Everything) -> list[str]:
    """Name one document of each folder, of each kind in each look."""
    return list({name.rpartition("/")[0]: name for name in everything.documents}.values())


def sizes_of(data: bytes) -> set[object]:
    """Return the width and height of every section's paper."""
    sections = list(roots(data)[DOCUMENT].iter(w("pgSz")))
    assert sections
    return {size.get(w(side)) for size in sections for side in ("w", "h")}


def test_every_sheet_is_of_the_program_s_paper(everything: Everything) -> None:
    """A topic printed without a plan knows no program, and comes on Letter."""
    paper = everything.paper
    of_the_plan = f"{paper}/{SAMPLE}/"
    sizes = {
        name: sizes_of(data) for name, data in everything.documents.items() if name.startswith(of_the_plan)
    }
    assert {name: size for name, size in sizes.items() if size != NARROW_AND_LONG[paper]} == {}
    assert len(sizes) > 50


def roots(data: bytes) -> dict[str, etree._Element]:
    parts = parts_of(data)
    return {name: etree.fromstring(parts[name]) for name in (DOCUMENT, STYLES)}


def test_every_document_is_in_the_language_of_its_name(everything: Everything) -> None:
    other = {}
    for name, data in everything.documents.items():
        spoken = next(roots(data)[STYLES].iter(w("lang"))).get(w("val"))
        if spoken != ("es-US" if is_spanish(name) else "en-US"):
            other[name] = spoken
    assert other == {}


def test_every_title_says_what_the_first_heading_says(everything: Everything) -> None:
    """By its title a window and a screen reader name a document; an agenda's heading adds the dates."""
    other = {}
    for name, data in everything.documents.items():
        title = etree.fromstring(parts_of(data)["docProps/core.xml"]).findtext("{*}title") or ""
        first = headings(data)[0].replace("\u00a0", " ")  # in the heading a date does not part
        if not title or title.casefold() not in first.casefold():
            other[name] = (title, first)
    assert other == {}


# What a name, a machine, a folder or an address looks like in any file.
MAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
FOLDER = re.compile(rb"(?:/home|/Users|/tmp|/root|/var|/work)/\w|[A-Za-z]:\\\\?\w|file://")
TRACES = (MAIL, FOLDER, re.compile(PERSON.encode(), re.IGNORECASE), re.compile(b"pytest"))


def own_names() -> list[re.Pattern[bytes]]:
    """Name whoever runs the tests; names too short to be told from words are left out."""
    names = {getpass.getuser(), socket.gethostname(), Path.home().name}
    return [re.compile(rb"\b" + re.escape(name.encode()) + rb"\b") for name in names if len(name) > 4]


def traces_in(data: bytes, patterns: list[re.Pattern[bytes]]) -> list[bytes]:
    return [match.group() for pattern in patterns for match in [pattern.search(data)] if match]


def test_no_byte_of_any_file_tells_of_a_person_a_machine_a_folder_or_an_address(
    everything: Everything,
) -> None:
    """Look at the bytes as they lie on the disk, and at every part as it is unpacked."""
    patterns = [*TRACES, *own_names()]
    found = {name: traces_in(data, patterns[2:]) for name, data in everything.files.items()}
    for name, data in everything.documents.items():
        found[name] += [trace for part in parts_of(data).values() for trace in traces_in(part, patterns)]
    texts = {name: data for name, data in everything.files.items() if name not in everything.documents}
    texts |= {f"{name}, as HTML": text.encode() for name, text in everything.previews.items()}
    found |= {name: traces_in(data, patterns) for name, data in texts.items()}
    assert {name: traces for name, traces in found.items() if traces} == {}
    assert {Path(name).suffix for name in everything.files} == {".docx", ".csv"}


@pytest.mark.parametrize(
    "trace", [b"sam@clinic.org", b"/home/sam", b"C:\\iop", b"file:///x", b"by Kowalski", b"/tmp/pytest-1"]
)
def test_a_trace_would_be_seen(trace: bytes) -> None:
    assert traces_in(trace, [*TRACES])


ANYWHERE: dict[str, Change] = {
    "'• milk' is a typed bullet or number, no list": last(paragraph("• milk")),
    "'Tiny' is set in 8 points, less than ": last(paragraph("Tiny", run='<w:sz w:val="16"/>')),
    "2 headings of level 1 instead of one": last(paragraph("Title", '<w:pStyle w:val="Heading1"/>')),
}


@pytest.mark.parametrize("message", shown_by(ANYWHERE, next(iter(ANYWHERE))))
def test_a_fault_planted_in_a_document_of_any_kind_is_found(message: str, everything: Everything) -> None:
    unseen = []
    for name in one_of_each(everything):
        planted = Fault("", ANYWHERE[message]).planted(parts_of(everything.files[name]))
        if not any(message in finding for finding in audit(planted, least_points=least_points(name))):
            unseen.append(name)
    assert unseen == []
