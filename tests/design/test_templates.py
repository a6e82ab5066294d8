"""What the strict content policy forbids stands in no template of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src/career_relay"
PAGES = [path for path in PACKAGE.rglob("*.html") if "mail" not in path.parts]
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_forbids(what: str) -> None:
    offenders = [str(path.relative_to(PACKAGE)) for path in PAGES if FORBIDDEN[what].search(path.read_text())]
    assert offenders == []


def test_templates_are_found() -> None:
    assert len(PAGES) > 80
