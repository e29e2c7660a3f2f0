"""Faults of a package, planted one at a time: openxml-audit and our own audit find nearly all of them.

Which of the two finds which is written to docs/package-faults.md, with --update-golden.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest
from openxml_audit import OpenXmlValidator

from tests.lib.package_faults import ARCHIVE, BOTH, NEITHER, OURS, PACKING, THEIRS
from tests.lib.part_faults import ORDER, USES, VALUES, XML
from tests.lib.planting import Fault, Parts, zipped
from tests.lib.word_audit import audit
from tests.lib.workspaces import ROOT

TABLE = ROOT / "docs" / "package-faults.md"
LEAST_SHARE = 0.9
GROUPS = {
    "The archive": ARCHIVE,
    "Parts, content types and relations": PACKING,
    "The XML of a part": XML,
    "What stands where": ORDER,
    "Values": VALUES,
    "Ids, styles, lists and properties": USES,
}
FAULTS = [fault for group in GROUPS.values() for fault in group]


Asked = Callable[[bytes], bool]
# By default openxml-audit, which takes its time, is asked about one fault in five.
ASKED = [
    pytest.param(fault, id=fault.what, marks=pytest.mark.deep if number % 5 else ())
    for number, fault in enumerate(FAULTS)
]


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return a function that asks openxml-audit for a fault; not being able to read the file counts."""
    validator, path = OpenXmlValidator(), tmp_path_factory.mktemp("planted") / "planted.docx"

    def find(data: bytes) -> bool:
        path.write_bytes(data)
        try:
            return bool(validator.validate(path).errors)
        except (zipfile.BadZipFile, RuntimeError):
            return True

    return find


def test_neither_finds_a_fault_in_the_good_document(good: Parts, theirs: Asked) -> None:
    assert (theirs(zipped(good)), list(audit(zipped(good)))) == (False, [])


@pytest.mark.parametrize("fault", ASKED)
def test_openxml_audit_finds_the_planted_faults_that_the_table_says(
    fault: Fault, good: Parts, theirs: Asked
) -> None:
    assert theirs(fault.planted(good)) == (fault.found in (BOTH, THEIRS))


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.what for fault in FAULTS])
def test_our_audit_finds_the_planted_faults_that_the_table_says(fault: Fault, good: Parts) -> None:
    found = list(audit(fault.planted(good)))
    assert bool(found) == (fault.found in (BOTH, OURS))
    first = next(iter(found), "")
    assert first.partition(" (")[0] == fault.said  # the parser's own words, in brackets, differ by release


def test_nine_in_ten_of_more_than_forty_faults_are_found() -> None:
    found = [fault for fault in FAULTS if fault.found != NEITHER]
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 40
    assert len(found) / len(FAULTS) >= LEAST_SHARE


def table() -> str:
    """Write the table of which finds what."""
    found = [fault.found for fault in FAULTS]
    theirs, ours = (sum(each in (BOTH, one) for each in found) for one in (THEIRS, OURS))
    shares = f"openxml-audit finds {theirs}, our own audit {ours}, both together"
    lines = [
        "# Faults of a Word package, and who finds them",
        "",
        f"{len(FAULTS)} faults, planted one at a time in a good document:",
        f"{shares} {len(FAULTS) - found.count(NEITHER)}. To refuse a file is to find its fault.",
        "`pytest tests/formats/word/test_package_faults.py --update-golden` writes this page.",
    ]
    for name, group in GROUPS.items():
        lines += ["", f"| {name} | openxml-audit | our audit |", "|---|---|---|"]
        for fault in group:
            marks = ("yes" if fault.found in (BOTH, one) else "no" for one in (THEIRS, OURS))
            lines.append(f"| {fault.what} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def test_the_table_in_the_docs_is_this_one(update_golden: bool) -> None:
    if update_golden:
        TABLE.write_text(table(), encoding="utf-8", newline="\n")
    assert TABLE.read_text(encoding="utf-8") == table()
