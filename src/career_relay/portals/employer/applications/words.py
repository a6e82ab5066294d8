"""How an outcome is shown: its words, tone and icon."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.hiring.intake.vocabulary import Outcome

if typing.TYPE_CHECKING:
    from career_relay.design.shapes import Tone

_SIGNS: typing.Final[dict[str, tuple[Tone, str]]] = {
    Outcome.IN_PROGRESS: ("info", "flow"),
    Outcome.HIRED: ("positive", "check-circle"),
    Outcome.REJECTED: ("neutral", "close"),
    Outcome.WITHDREW: ("neutral", "undo"),
    Outcome.EXCLUDED: ("neutral", "info"),
    Outcome.CLOSED: ("neutral", "stop"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """An outcome as a status tag."""

    words: str
    tone: Tone
    icon: str


def outcome(code: str) -> Sign:
    """Return how an outcome is shown."""
    tone, icon = _SIGNS[code]
    return Sign(words=str(Outcome(code).label), tone=tone, icon=icon)
