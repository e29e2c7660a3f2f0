"""Say what the guard says of a template, and the remedies that its messages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.formats.word import TemplateFault, check_template
from iop_sessions.formats.word.template import load
from iop_sessions.ground.errors import errors_of

AGAIN = "copy it again from a new workspace, or save it in Word as 'Word Document (.docx)'"
NO_MACROS = "in Word: save it as 'Word Document (.docx)', which holds no macros; delete embedded objects"
UNLOCK = "in Word: File, Info, Protect Document, Encrypt with Password, delete the password, save"
RESAVE = "open it in Word and save it as 'Word Document (.docx)'"
COMPRESS = "in Word: Picture Format, Compress Pictures, save"
REPAIR = "open it in Word, let Word repair it, and save it again"


def messages(folder: Path, data: bytes) -> list[str]:
    """Return what is said of a template of these bytes; pages are drawn on it only if nothing is."""
    path = folder / "handout.docx"
    path.write_bytes(data)
    found = errors_of(check_template(path).problems)
    if found:
        with pytest.raises(TemplateFault) as fault:
            load(path)
        assert list(fault.value.problems) == found
    return [str(problem).removeprefix(f"{folder.name}/handout.docx: ") for problem in found]
