"""What a text of terms consists of."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import typing

from django.utils import translation

if typing.TYPE_CHECKING:
    import datetime as dt


@dataclasses.dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Text:
    """The terms in one language."""

    title: str
    lead: str
    sections: tuple[Section, ...]


@dataclasses.dataclass(frozen=True)
class Terms:
    """One published version. The Japanese text is the one that binds."""

    version: int
    published_on: dt.date
    ja: Text
    en: Text

    @property
    def text(self) -> Text:
        """The text in the reader's language."""
        return self.en if (translation.get_language() or "").startswith("en") else self.ja

    @functools.cached_property
    def sha256(self) -> str:
        """The hash of every word in both languages, which a participation keeps."""
        words = {
            "version": self.version,
            "published_on": self.published_on.isoformat(),
            "ja": dataclasses.asdict(self.ja),
            "en": dataclasses.asdict(self.en),
        }
        return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
