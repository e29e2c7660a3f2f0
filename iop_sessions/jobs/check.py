"""Check a curriculum folder and the programs in it; short: the checks are a room of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from iop_sessions import checks
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.loading import load
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.workspace import ready_programs
from iop_sessions.program.program import Program, read_program


def check(folder: Path, today: date) -> list[Problem]:
    """Check a curriculum folder and every program in it, down to the words of its pages."""
    curriculum, problems = load(folder)
    problems += checks.check_curriculum(curriculum, pages=True)
    problems += checks.check_ages_of_numbers(curriculum, today)
    for path in ready_programs(folder):
        program, found = check_program(curriculum, path)
        problems += found
        problems += checks.check_overrides(program, f"programs/{path.name}", today) if program else []
    return problems


def check_program(curriculum: Curriculum, path: Path) -> tuple[Program | None, list[Problem]]:
    """Read a program and check it against its curriculum."""
    file = f"programs/{path.name}"
    program, problems = read_program(path, file)
    return program, problems + (checks.check_program(curriculum, program, file) if program else [])
