"""Keep persons out of what is written, printed and fed: free texts of commands, plans and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place, Problem, ProblemsFound, UsageError
from iop_sessions.ground.persons import persons_in
from iop_sessions.ground.workspace import PLAN_FILE
from iop_sessions.ground.writing import write_file
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import CHANGES_FILE, Change, changes_bytes, read_changes
from iop_sessions.plans.plan import Session
from iop_sessions.plans.store import Opened
from iop_sessions.program.program import Program

FLAG: Final = "--no-person-meant"
PASSED: Final = "[no person meant]"
"""What stands behind a text in changes.csv that was passed by the flag."""

_REMEDY: Final = "write a code or a role instead, such as F1 or 'a client'"
_REMEDY_OR_FLAG: Final = f"{_REMEDY}; if nobody is meant, add {FLAG}"
_ROLES: Final = frozenset({
    "a", "acting", "admin", "administration", "administrator", "and", "assistant", "board", "call",
    "care", "case", "cd", "chief", "clinic", "clinical", "clinician", "consejera", "consejero",
    "coordinador", "coordinadora", "coordinator", "counsellor", "counselor", "dean", "desk", "director",
    "directora", "doctor", "duty", "enfermera", "enfermero", "executive", "facilitator", "front",
    "group", "house", "human", "intake", "lead", "leader", "manager", "md", "medical", "medicine",
    "médica", "médico", "night", "nurse", "nursing", "of", "office", "on", "pd", "peer", "person",
    "personal", "physician", "prescriber", "program", "psychiatrist", "psychologist", "qa", "quality",
    "recepción", "reception", "receptionist", "resources", "rn", "scheduler", "secretary", "senior",
    "shift", "site", "social", "specialist", "staff", "supervisor", "supervisora", "support", "team",
    "terapeuta", "the", "therapist", "training", "worker",
})  # fmt: skip
"""Words that roles are made of."""

Found = Iterator[Problem]


def ordinary_words(curriculum: Curriculum, program: Program | None = None) -> frozenset[str]:
    """Return the words that name no person here: of titles, group types, rooms, sites, tracks and codes."""
    texts = [*(each.title for each in curriculum.topics), *(each.title for each in curriculum.group_types)]
    texts += [each.title for each in curriculum.handouts]
    texts += [each.group_type for each in curriculum.group_types]
    if program is not None:
        texts += [name for room in program.rooms for name in (room.code, room.site)]
        texts += [each.code for each in program.facilitators]
        texts += [code for slot in program.slots for code in slot.lead]
        texts += [name for slot in program.slots for name in (slot.site, slot.track, slot.room)]
    return frozenset(word for text in texts for word in re.findall(r"[^\W_]+", text.casefold()))


def refuse_persons(texts: Iterable[tuple[str, str]], curriculum: Curriculum, program: Program) -> None:
    """Raise when a text of the command line looks as if it named a person.

    Parameters
    ----------
    texts
        Where each stands, and what it says.

    Raises
    ------
    UsageError
        With what looks like a person, and what to write instead.
    """
    ordinary = ordinary_words(curriculum, program)
    for where, text in texts:
        for each in persons_in(text, ordinary):
            raise UsageError(
                f"{where} holds '{each.words}', which looks like {each.what} — {_REMEDY_OR_FLAG}"
            )


def with_mark(text: str, curriculum: Curriculum, program: Program) -> str:
    """Return a text that the user passed as naming nobody, marked as such where it looks otherwise."""
    found = persons_in(text, ordinary_words(curriculum, program))
    return f"{text} {PASSED}" if found and PASSED not in text else text


def refuse_who(who: str, program: Program) -> None:
    """Raise when it is no code of a leader and no role that is said to have decided.

    Raises
    ------
    UsageError
        With an example of each.
    """
    codes = {
        *(each.code for each in program.facilitators),
        *(one for each in program.slots for one in each.lead),
    }
    words = re.findall(r"[^\W_]+", who.casefold())
    if who and who not in codes and not set(words) <= _ROLES:
        shown = ", ".join(sorted(codes)[:3])
        example = f"a leader's code ({shown}) or a role" if codes else "a role"
        raise UsageError(
            f"--who {who}: no code of this program and no role — write {example}, such as 'clinical director'"
        )


def problems_in(case: Case, plan_name: str = "", passed: Collection[str] = ()) -> tuple[Problem, ...]:
    """Name every free text of a plan, its program and its topics that looks as if it named a person.

    Parameters
    ----------
    passed
        Words of which a user said that nobody is meant.
    """
    ordinary = ordinary_words(case.curriculum, case.program)
    found = (
        *_of_rows(case, ordinary),
        *_of_program(case.program, ordinary),
        *_of_titles(case.curriculum, case.program),
        *_of_name(f"plans/{plan_name}", plan_name, ordinary),
    )
    return tuple(each for each in found if _words_of(each) not in passed)


def refuse_in_plan(opened: Opened, *, no_person_meant: bool) -> tuple[Problem, ...]:
    """Raise when a text of a plan looks as if it named a person; return what the user passes as none.

    Raises
    ------
    ProblemsFound
        With each of them.
    """
    found = problems_in(opened.case, opened.kept.name, _passed(opened.kept.folder))
    if found and not no_person_meant:
        raise ProblemsFound(replace(each, remedy=_REMEDY_OR_FLAG) for each in found)
    return found


def refuse_in_program(
    curriculum: Curriculum, program: Program, plan_name: str, *, no_person_meant: bool
) -> tuple[Problem, ...]:
    """Raise when a program, a topic's title or the name of a plan to be made looks as if it named a person.

    Raises
    ------
    ProblemsFound
        With each of them; none where the user said that nobody is meant.
    """
    ordinary = ordinary_words(curriculum, program)
    found = (
        *_of_program(program, ordinary),
        *_of_titles(curriculum, program),
        *_of_name(f"plans/{plan_name}", plan_name, ordinary),
    )
    if found and not no_person_meant:
        raise ProblemsFound(replace(each, remedy=_REMEDY_OR_FLAG) for each in found)
    return found


def passed_rows(problems: Iterable[Problem], sessions: Sequence[Session], made_on: date) -> list[Change]:
    """Log what a user passed as naming nobody, at the plan's first session where no row is concerned."""
    return [
        Change(
            made_on=made_on, session_id=row.session_id, date=row.date, start=row.start, what="note",
            before=_words_of(each), after=PASSED,
        )
        for each in problems
        for row in (next((one for one in sessions if one.place == each.place), sessions[0]),)
    ]  # fmt: skip


def log_of(folder: Path, problems: Iterable[Problem], sessions: Sequence[Session], made_on: date) -> bytes:
    """Return a plan's changes.csv with what was passed just now."""
    log = [*read_changes(folder), *passed_rows(problems, sessions, made_on)]
    return changes_bytes(dict.fromkeys(log))


def _passed(folder: Path) -> frozenset[str]:
    return frozenset(each.before for each in read_changes(folder) if each.after == PASSED)


def _words_of(problem: Problem) -> str:
    return problem.message.removeprefix("'").partition("' looks like ")[0]


def _of_name(place: str, name: str, ordinary: frozenset[str]) -> Found:
    return _found(Place(place), name.rpartition("/")[2].replace("-", " "), ordinary, headline=True)


def _found(place: Place, text: str, ordinary: frozenset[str], *, headline: bool = False) -> Found:
    for each in persons_in(text, ordinary, headline=headline):
        message = f"'{each.words}' looks like {each.what}"
        yield Problem(place, message, f"{_REMEDY_OR_FLAG}; until then that text is left out")


def _of_rows(case: Case, ordinary: frozenset[str]) -> Found:
    for row in case.plan.sessions:
        for column, text in (("note", row.note), ("reason", row.reason)):
            if PASSED not in text:
                place = (
                    row.place.at(column)
                    if row.place.line
                    else Place(PLAN_FILE, 0, f"{row.session_id} {column}")
                )
                yield from _found(place, text, ordinary)


def _of_program(program: Program, ordinary: frozenset[str]) -> Found:
    file = f"programs/{program.name}.toml"
    yield from _of_name(file, program.name, ordinary)
    yield from _found(Place(file, 0, "title"), program.title, ordinary, headline=True)
    for number, note in enumerate(program.week_notes, 1):
        yield from _found(Place(file, 0, f"week_notes[{number}].note"), note.note, ordinary)


def _of_titles(curriculum: Curriculum, program: Program) -> Found:
    known = ordinary_words(replace(curriculum, topics=(), handouts=()), program)
    for topic in curriculum.topics:
        yield from _found(
            Place("topics.csv", 0, f"{topic.topic_id} title"), topic.title, known, headline=True
        )


def without_persons(opened: Opened, tell: Callable[[str], None], no_person_on: date | None = None) -> Opened:
    """Return a plan for printing: texts that look as if they named persons are left out, and told.

    Nothing of it is to be written back into the plan's folder.

    Parameters
    ----------
    no_person_on
        The day on which the user says that nobody is meant: then all stay, and the plan's log says so.
    """
    passed = _passed(opened.kept.folder)
    found = problems_in(opened.case, opened.kept.name, passed)
    if not found:
        return opened
    if no_person_on is not None:
        log = log_of(opened.kept.folder, found, opened.kept.plan.sessions, no_person_on)
        write_file(opened.kept.folder / CHANGES_FILE, log, within=opened.kept.folder)
        return opened
    for each in found:
        tell(str(each))
    case = _blanked(opened.case, {_words_of(each) for each in found})
    kept = replace(opened.kept, plan=case.plan, program=case.program)
    return replace(opened, kept=kept, case=case, problems=(*opened.problems, *found))


def _blanked(case: Case, words: Collection[str]) -> Case:
    """Leave out each text that holds some words; a title gives way to its id."""

    def safe(text: str, instead: str = "") -> str:
        return instead if PASSED not in text and any(each in text for each in words) else text

    def row(each: Session) -> Session:
        return each.model_copy(update={"note": safe(each.note), "reason": safe(each.reason)})

    program, curriculum = case.program, case.curriculum
    notes = tuple(each.model_copy(update={"note": safe(each.note)}) for each in program.week_notes)
    topics = tuple(
        each.model_copy(update={"title": safe(each.title, each.topic_id)}) for each in curriculum.topics
    )
    return replace(
        case,
        plan=replace(case.plan, sessions=tuple(map(row, case.plan.sessions))),
        program=program.model_copy(update={"title": safe(program.title, "…"), "week_notes": notes}),
        curriculum=replace(curriculum, topics=topics),
    )
