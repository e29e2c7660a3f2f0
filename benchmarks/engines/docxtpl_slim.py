"""docxtpl at its best: our slim template, and an environment that compiles each part once."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import Template
from jinja2.sandbox import SandboxedEnvironment

from engines.content import flat
from engines.docxtpl_template import SLIM, make_template
from iop_sessions.ground.blocks import Page

HANDOUT = Path(__file__).parents[2] / "templates" / "handout.docx"


class Remembering(SandboxedEnvironment):
    @lru_cache(maxsize=64)  # noqa: B019  # one environment, as long as the process
    def from_string(self, source: str, *rest: Any, **options: Any) -> Template:  # noqa: ANN401  # as in Jinja
        return super().from_string(source, *rest, **options)


def draw(pages: Iterable[Page]) -> Iterator[bytes]:
    slim = docx.Document(str(HANDOUT))
    body, edge = slim.element.body, slim.sections[0].footer._element  # noqa: SLF001  # no public name
    for root in (body, edge):
        root.remove(root[0])
    slim.sections[0].footer.add_paragraph()
    template, environment = make_template(slim, SLIM), Remembering(autoescape=True)
    return (_draw(template, page, environment) for page in pages)


def _draw(data: bytes, page: Page, environment: SandboxedEnvironment) -> bytes:
    template = DocxTemplate(io.BytesIO(data))
    template.render({"items": flat(page), "footer": page.footer}, environment)
    template.docx.core_properties.title = page.title
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()
