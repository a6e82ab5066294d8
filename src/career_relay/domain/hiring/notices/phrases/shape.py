"""What a language must say so that the nine ready texts can be put together."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The paragraphs that belong to one kind of hiring and one stage."""

    thanks: str
    result: str
    encouragement: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All phrases of one language; the dictionaries go by kind of hiring."""

    texts: dict[tuple[str, str], Texts]
    subject: str
    salutation: str
    next_with_link: dict[str, str]
    next_without_link: dict[str, str]
    link_terms: str
    closing: str
    sender: str
    opt_out: str
    one_line: str
    placeholders: dict[str, str]
