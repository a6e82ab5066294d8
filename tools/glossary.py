"""Checks that the glossary explains every model and every kind of fact."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterable

GLOSSARY = Path(__file__).resolve().parent.parent / "docs/glossary.md"


def main() -> int:
    words = missing([*model_names(), *fact_kinds()], GLOSSARY.read_text())
    for word in words:
        print(f"docs/glossary.md: `{word}` is not explained", file=sys.stderr)
    print(f"glossary: {len(words)} missing")
    return 1 if words else 0


def missing(words: Iterable[str], glossary: str) -> list[str]:
    """Return the words that the text does not name in backquotes."""
    named = set(re.findall(r"`([^`\n]+)`", glossary))
    return sorted(set(words) - named)


def model_names() -> list[str]:
    django.setup()
    from django.apps import apps  # noqa: PLC0415 (needs the set-up)

    models = apps.get_models()
    return [model.__name__ for model in models if model.__module__.startswith("career_relay.")]


def fact_kinds() -> list[str]:
    from career_relay.capabilities.facts import kinds  # noqa: PLC0415 (needs the set-up)

    return list(kinds.KINDS)


if __name__ == "__main__":
    sys.exit(main())
