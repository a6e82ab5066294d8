"""One form for text that is searched and compared, never for text that is shown: names are stored as they were given."""

from __future__ import annotations

import functools
import typing
import unicodedata

from career_relay.kernel.japanese import variants

_KATAKANA: typing.Final = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_LONG_VOWEL_MARKS: typing.Final = dict.fromkeys(map(ord, "ー‐‑‒–—―−-~〜"))  # noqa: RUF001 -- the marks people type
_SPACES: typing.Final = dict.fromkeys(code for code in range(0x3001) if chr(code).isspace())
_INVISIBLE: typing.Final = dict.fromkeys(
    (0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)
)
_TO_ONE_FORM: typing.Final[dict[int, int | str | None]] = {
    **_KATAKANA,
    **_LONG_VOWEL_MARKS,
    **_SPACES,
    **_INVISIBLE,
    **{ord(variant): everyday for variant, everyday in variants.EVERYDAY.items()},
}


@functools.lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return the search form: width, case, kind of kana, long vowel marks, spaces and variant characters made one.

    Translated before the last NFKC, so that a mark left alone by a removed space joins its kana: folding twice changes
    nothing.
    """
    if text.isascii():
        return text.casefold().translate(_TO_ONE_FORM)
    plain = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", plain.translate(_TO_ONE_FORM)).casefold()


def grams(folded: str) -> frozenset[str]:
    """Return what a search index keeps of folded text: its pairs of neighbours, or the character when there is only one."""
    if len(folded) < 2:
        return frozenset(folded)
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))
