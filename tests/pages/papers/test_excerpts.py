from __future__ import annotations

import pytest

from iop_sessions.pages.papers.parts import excerpt


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("Quédese. ¿Respira? Ánimo. Llame.", 2, "Quédese. ¿Respira?"),
        ("¡Llame al 911! ¡Quédese! Escriba después.", 4, "¡Llame al 911! ¡Quédese!"),
        ("«Puede irse. Puede quedarse.»", 2, "«Puede irse.»"),
        ("“Puede irse. Puede quedarse.”", 2, "“Puede irse.”"),
        ("Diga: «Gracias. Hablamos luego.» Después siga.", 4, "Diga: «Gracias. Hablamos luego.»"),
        ("You say: “Thank you. We talk later.” Then go on.", 6, "You say: “Thank you. We talk later.”"),
    ],
)
def test_an_excerpt_knows_spanish_sentences_and_curved_quotes(text: str, words: int, kept: str) -> None:
    assert excerpt(text, words) == kept
