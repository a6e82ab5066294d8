from __future__ import annotations

import io
import typing

import pytest
from django.template import engines
from pypdf import PdfReader

from career_relay.capabilities import documents


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render the text in `context` instead of a file's."""
    monkeypatch.setattr(
        documents, "render_to_string", lambda name, context: engines["django"].from_string(name).render(context)
    )


def test_document_carries_its_font_and_its_text(written: None) -> None:
    made = documents.render_pdf(
        '{% extends "documents/base.html" %}{% block content %}<p>髙﨑 葵 御中 ①Ⅱ</p>{% endblock %}', {}
    )
    [page] = PdfReader(io.BytesIO(made)).pages
    assert "髙﨑 葵 御中" in page.extract_text()
    resources: typing.Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert {str(one["/FontName"]).partition("+")[2] for one in inner} == {"Noto-Sans-JP"}
    assert all("/FontFile2" in one for one in inner)
    assert len(made) < 100_000


@pytest.mark.parametrize(
    "asked", ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "bundled:../README.md", "bundled:OFL.txt", "data:,x"]
)
def test_document_fetches_nothing_but_what_is_bundled(written: None, asked: str) -> None:
    with pytest.raises(documents.UnableToFetch):
        documents.render_pdf(f'<link rel="stylesheet" href="{asked}">', {})


def test_machine_without_pango_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert documents.is_ready()

    def refuse(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("importlib.import_module", refuse)
    assert not documents.is_ready()
