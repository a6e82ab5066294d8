"""What a file that proves a licence may be: told by its first bytes, never by its name."""

from __future__ import annotations

import pathlib
import typing

from career_relay.kernel import japanese

MOST_EVIDENCE_BYTES: typing.Final = 5 * 1024 * 1024
LONGEST_NAME: typing.Final = 100

_BEGINNINGS: typing.Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_ENDINGS: typing.Final = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def evidence_type(content: bytes) -> str:
    """Return the media type of a PDF, PNG or JPEG by its first bytes; an empty string for anything else."""
    return next((kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning)), "")


def evidence_name(name: str, kind: str) -> str:
    """Return the name a file is kept and served under: no folders, not too long, with the ending of what it is."""
    last = japanese.clean_name(name.replace("\\", "/").rsplit("/", maxsplit=1)[-1])
    stem = pathlib.PurePosixPath(last).stem.strip(". ")[:LONGEST_NAME] if last else ""
    return f"{stem or 'licence'}{_ENDINGS[kind]}"
