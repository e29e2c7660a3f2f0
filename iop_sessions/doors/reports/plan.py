"""Word results for the command line: plain lines for people, plain dictionaries for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from iop_sessions.coverage.covering import Coverage, Stay
from iop_sessions.doors.reports import Facts
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Problem, errors_of
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.judge.pricing import Bill
from iop_sessions.program.choosing import Wanted, wanted_topics

if TYPE_CHECKING:
    from iop_sessions.curriculum.library import Curriculum
    from iop_sessions.curriculum.search import Hit
    from iop_sessions.formats.word.template_checks import Checked
    from iop_sessions.ground.writing import Exported
    from iop_sessions.jobs.explain import Explained
    from iop_sessions.jobs.plan import Made
    from iop_sessions.judge import Verdict
    from iop_sessions.plans.facts import Remedy, Shortfall


MISSING = ("empty", "shortfalls", "leaders", "co_leaders", "rooms")
"""The costs of a plan for what it lacks, and not for what would only be better."""
SHOWN_HITS = 15
"""Lines of a search that a person reads; scripts get them all."""


def problem_facts(problems: Iterable[Problem]) -> Facts:
    """Return problems as a script reads them."""
    listed = list(problems)
    rows = [
        {"file": each.place.file, "line": each.place.line, "column": each.place.column}
        | {"level": each.level, "message": each.message, "remedy": each.remedy}
        for each in listed
    ]
    return {
        "problems": rows,
        "errors": len(errors_of(listed)),
        "warnings": len(listed) - len(errors_of(listed)),
    }


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Return problems as a person reads them."""
    errors = len(errors_of(problems))
    count = f"{counted(errors, 'problem')} to mend" if errors else "No problem found"
    warnings = len(problems) - errors
    tail = f", {counted(warnings, 'warning')}." if warnings else "."
    return [*(str(problem) for problem in problems), count + tail]


def shortfall_facts(curriculum: Curriculum, shortfalls: Iterable[Shortfall]) -> list[Facts]:
    """Return what is missing, as a script reads it."""
    from iop_sessions.pages.wording import remedy_words, shortfall_words

    say = curriculum.speech("en")
    return [
        {"kind": each.kind, "subject": each.subject, "starts": [day.isoformat() for day in each.starts]}
        | {"cost": each.cost, "message": shortfall_words(each, curriculum, say)}
        | {"remedies": remedy_words(each.remedies, say)}
        | {"cause": each.cause.model_dump(mode="json") if each.cause else None}
        for each in shortfalls
    ]


def shortfall_lines(curriculum: Curriculum, shortfalls: Iterable[Shortfall]) -> list[str]:
    """Return what is missing, as a person reads it: under all that the same changes mend, these changes."""
    from iop_sessions.pages.wording import remedy_words

    together: dict[tuple[Remedy, ...], list[Shortfall]] = {}
    for each in shortfalls:
        together.setdefault(each.remedies, []).append(each)
    lines: list[str] = []
    for remedies, alike in together.items():
        lines += [f"  - {words}" for words in _alike(curriculum, alike)]
        lines += ["    Tried:"] if remedies else []
        lines += [f"      - {words}" for words in remedy_words(remedies, curriculum.speech("en"))]
    return lines


def _alike(curriculum: Curriculum, shortfalls: Iterable[Shortfall]) -> list[str]:
    """Word what is missing: the windows of one objective, or meetings alike, in one line, the first whole."""
    from iop_sessions.pages.wording import shortfall_words

    windows: dict[object, list[Shortfall]] = {}
    for each in shortfalls:
        windows.setdefault(each.subject if each.kind == "objective" else each.cause, []).append(each)
    say = curriculum.speech("en")
    return [shortfall_words(first, curriculum, say) + _others(others) for first, *others in windows.values()]


def _others(shortfalls: Sequence[Shortfall]) -> str:
    days = sorted({day for each in shortfalls for day in each.starts})
    if not days:
        return ""
    if shortfalls[0].kind != "objective":
        return f"; and {counted(len(days), 'more meeting')}, up to {ENGLISH.short_day(days[-1])}"
    if len(days) == 1:
        return f"; {ENGLISH.short_day(days[0])} misses it too"
    return f"; {len(days)} more start dates miss it too, up to {ENGLISH.short_day(days[-1])}"


def explain_facts(explained: Explained) -> Facts:
    """Return what a plan lacks and what would help, as a script reads it."""
    shortfalls = shortfall_facts(explained.curriculum, explained.shortfalls)
    return {"plan": explained.kept.name, "shortfalls": shortfalls}


def explain_lines(explained: Explained) -> list[str]:
    """Return what a plan lacks and what would help, as a person reads it."""
    name = explained.kept.name
    if not explained.shortfalls:
        return [f"Plan {name}: nothing is missing of what it decides."]
    lines = shortfall_lines(explained.curriculum, explained.shortfalls)
    return [f"Plan {name}, as its sessions stand now, lacks:", *lines]


def plan_facts(made: Made) -> Facts:
    """Return what a plan is worth, as a script reads it."""
    sheet = made.kept.plan.sheet
    wanted = [{"topic_id": each.topic_id, "title": each.title} for each in _wanted(made.coverages)]
    return {
        "plan": made.kept.name, "program": sheet.program,
        "start": sheet.start.isoformat(), "weeks": sheet.weeks,
        "status": sheet.status, "gap": round(sheet.gap, 2), "bound": sheet.bound, "cost": sheet.cost,
        "seconds": round(made.seconds, 2),
        "shortfalls": shortfall_facts(made.coverages[0].case.curriculum, sheet.shortfalls),
        "unavoidable": made.unavoidable, "bill": made.bill.by_name,
    } | ({"wanted": wanted} if wanted else {})  # fmt: skip


def plan_lines(made: Made) -> list[str]:
    """Return what a plan is worth, as a person reads it."""
    sheet = made.kept.plan.sheet
    start = ENGLISH.long_day(sheet.start)
    lines = [f"Plan {made.kept.name}: {counted(sheet.weeks, 'week')} from {start}, {status_words(made)}."]
    lines += [
        f"  - {each.topic_id} '{each.title}' is not in the library yet" for each in _wanted(made.coverages)
    ]
    if not sheet.shortfalls:
        return [*lines, _nothing_missing(made.coverages), *bill_lines(made.bill)]
    lines += shortfall_lines(made.coverages[0].case.curriculum, sheet.shortfalls)
    proof = "No plan has less missing: proved." if made.unavoidable else "A plan with less missing may exist."
    return [*lines, proof, *bill_lines(made.bill)]


def bill_lines(bill: Bill) -> list[str]:
    """Say what a plan costs by name, on one line; on none where it costs nothing."""
    named = ", ".join(f"{name.replace('_', ' ')} {cost}" for name, cost in bill.by_name.items() if cost)
    return [f"Its cost of {bill.total} by name: {named}."] if named else []


def _wanted(coverages: Sequence[Coverage]) -> list[Wanted]:
    return [
        wanted for each in coverages[:1] for wanted in wanted_topics(each.case.curriculum, each.case.program)
    ]


def _nothing_missing(coverages: Iterable[Coverage]) -> str:
    """Say for whom a plan without a shortfall keeps its promises; stays over before it are not its own."""
    stays = [(each, start) for each in coverages for start in each.starts if _is_of_plan(each, start)]
    decided = sum(coverage.teaches_all(start) for coverage, start in stays)
    if any(coverage.missed(start) for coverage, start in stays):
        return "Nothing is missing of what this plan decides; what was missed before it stays missed."
    if not decided:
        return "No stay is decided yet: each ends after the plan."
    who = "newcomer" if decided == len(stays) else "newcomer whose stay the plan decides"
    return f"The whole core is planned in time for every {who}; nothing is missing."


def _is_of_plan(coverage: Coverage, start: date) -> bool:
    return Stay(start, coverage.journey).by(0) > coverage.case.plan.sheet.start


def status_words(made: Made) -> str:
    """Put the solver's status into words."""
    sheet = made.kept.plan.sheet
    return (
        "proved best"
        if sheet.status == "optimal"
        else f"{sheet.status}, at most {sheet.gap:.1f} % from the best"
    )


def verdict_facts(name: str, verdict: Verdict, warnings: Sequence[Problem] = ()) -> Facts:
    """Return what the judge found, as a script reads it."""
    bill = {"bill": verdict.bill.by_name} if verdict.bill else {}
    return (
        {"plan": name, "cost": verdict.cost, "edited": list(verdict.edited)}
        | bill
        | problem_facts([*warnings, *verdict.problems])
    )


def verdict_lines(name: str, verdict: Verdict, warnings: Sequence[Problem] = ()) -> list[str]:
    """Return what the judge found, as a person reads it, after warnings about the plan's files."""
    bill = bill_lines(verdict.bill) if verdict.bill else []
    if not verdict.problems:
        holds = f"Plan {name} holds: every planning rule is kept, and its cost of {verdict.cost} is right."
        return [*map(str, warnings), holds, *bill]
    lines = [
        *problem_lines([*warnings, *verdict.problems]),
        f"The sessions as they stand cost {verdict.cost}.",
        *bill,
    ]
    lacks = verdict.bill is not None and any(verdict.bill.by_name[each] for each in MISSING)
    return [*lines, f"What is missing, by name: explain {name}."] if lacks else lines


def export_facts(shown: str, exported: Exported, untranslated: Sequence[str] = ()) -> Facts:
    """Return what was exported, as a script reads it."""
    return {
        "folder": shown,
        "written": list(exported.written),
        "kept": list(exported.kept),
        "untranslated": list(untranslated),
    }


def export_lines(shown: str, exported: Exported, untranslated: Sequence[str] = ()) -> list[str]:
    """Return what was exported, as a person reads it."""
    kinds: dict[str, int] = {}
    for name in exported.written:
        kind = name.split("/", 1)[0]
        kinds[kind] = kinds.get(kind, 0) + 1
    counts = ", ".join(f"{count} in {kind}/" for kind, count in kinds.items())
    also = " and PDF files" if any(name.endswith(".pdf") for name in exported.written) else ""
    lines = [f"Word documents{also} are in {shown}/: {counts}."]
    if untranslated:
        lines.append(f"Not yet translated: {', '.join(untranslated)}.")
    return lines + [f"You had changed a file; it is kept as {name}" for name in exported.kept]


def feed_facts(shown: str, exported: Exported) -> Facts:
    """Return which calendar feeds were written, as a script reads it."""
    return {"folder": shown, "written": list(exported.written), "kept": list(exported.kept)}


def feed_lines(shown: str, exported: Exported) -> list[str]:
    """Return which calendar feeds were written, and who may get them, as a person reads it."""
    neutral = [
        name for name in exported.written if name.rpartition("/")[2].startswith(("clients", "families"))
    ]
    staff = [name for name in exported.written if name not in neutral]
    lines = [f"Calendar feeds are in {shown}/.", f"For staff only: {', '.join(staff)}."]
    if neutral:
        lines.append(f"For clients and relatives, with neutral titles: {', '.join(neutral)}.")
    return lines + [f"You had changed a file; it is kept as {name}" for name in exported.kept]


def hit_facts(hits: Iterable[Hit]) -> list[Facts]:
    """Return what was found, as a script reads it."""
    return [{"id": hit.item_id, "kind": hit.kind, "title": hit.title, "why": hit.why} for hit in hits]


def hit_lines(words: str, hits: Sequence[Hit]) -> list[str]:
    """Return what was found, as a person reads it."""
    if not hits:
        return [f"Nothing about '{words}'. Try one plain word: craving, anger, family."]
    lines = [f"{hit.item_id:8} {hit.kind:8} {hit.title} ({hit.why})" for hit in hits[:SHOWN_HITS]]
    more = len(hits) - len(lines)
    return lines + ([f"… and {more} more; another word narrows it."] if more else [])


def template_facts(checked: Sequence[Checked]) -> Facts:
    """Return what is wrong with templates and what of them is used, as a script reads it."""
    rows = [
        {"file": each.file, "usable": each.is_usable, "fields": list(each.fields)}
        | {"fonts": list(each.fonts), "points": each.points, "pictures": each.pictures}
        for each in checked
    ]
    return {"templates": rows} | problem_facts(problem for each in checked for problem in each.problems)


def template_lines(checked: Sequence[Checked]) -> list[str]:
    """Return what is wrong with templates, or what of them is used, as a person reads it."""
    lines = []
    for each in checked:
        lines += [str(problem) for problem in each.problems]
        if each.is_usable and each.fields:
            state = "can be used, but see its warnings" if each.problems else "is fine"
            lines.append(f"{each.file} {state}. {_template_words(each)}.")
    problems = [problem for each in checked for problem in each.problems]
    return [*lines, *problem_lines(problems)[-1:]] if problems else lines


def _template_words(checked: Checked) -> str:
    """Say what of a template is used."""
    known = {"footer": "footer with the page's number"}
    fields = ", ".join(known.get(name, name) for name in checked.fields)
    pictures = counted(checked.pictures, "picture") if checked.pictures else "no pictures"
    return f"Fields: {fields}; fonts: {', '.join(checked.fonts)}; text: {checked.points:g} points; {pictures}"
