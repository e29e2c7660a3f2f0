"""docxtpl as its documentation shows it, on a template with python-docx's default styles."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import docx
from docxtpl import DocxTemplate

from engines.content import flat
from engines.docxtpl_template import DEFAULT, make_template
from iop_sessions.ground.blocks import Page


def draw(pages: Iterable[Page]) -> Iterator[bytes]:
    template = make_template(docx.Document(), DEFAULT)
    return (_draw(template, page) for page in pages)


def _draw(data: bytes, page: Page) -> bytes:
    template = DocxTemplate(io.BytesIO(data))
    # without autoescape docxtpl loses "&" and "<"
    template.render({"items": flat(page), "footer": page.footer}, autoescape=True)
    template.docx.core_properties.title = page.title
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()
