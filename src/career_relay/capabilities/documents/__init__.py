"""Pages to keep and to print: a template of ours as PDF, with our own font and nothing from anywhere else."""

from __future__ import annotations

import importlib
import pathlib
import typing

from django.template.loader import render_to_string

if typing.TYPE_CHECKING:
    import collections.abc

BUNDLED: typing.Final = pathlib.Path(__file__).parent / "bundled"
SCHEME: typing.Final = "bundled:"
TYPES: typing.Final = {"noto-sans-jp.ttf": "font/ttf", "print.css": "text/css"}


class UnableToFetch(Exception):
    """A document asks for something that is not part of the program."""


def is_ready() -> bool:
    """Tell whether this machine can make documents: WeasyPrint finds Pango when it is loaded."""
    try:
        importlib.import_module("weasyprint")
    except OSError:
        return False
    return True


def render_pdf(template: str, context: collections.abc.Mapping[str, object]) -> bytes:
    """Return a template of ours as PDF. It may use what is bundled (`bundled:print.css`), and no other address.

    Raises UnableToFetch. WeasyPrint is loaded here, so that a machine without Pango serves everything but documents.
    """
    import weasyprint  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse  # noqa: PLC0415

    def fetch(url: str) -> typing.Any:
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in TYPES:
            raise FatalURLFetchingError(name)
        return URLFetcherResponse(url, (BUNDLED / name).read_bytes(), {"Content-Type": TYPES[name]})

    html = render_to_string(template, dict(context))
    try:
        content = weasyprint.HTML(string=html, url_fetcher=fetch).write_pdf(pdf_tags=True)
    except FatalURLFetchingError as error:
        msg = f"{template} asks for something that is not bundled"
        raise UnableToFetch(msg) from error
    return bytes(content)
