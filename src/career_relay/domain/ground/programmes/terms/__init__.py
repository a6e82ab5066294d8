"""The terms an employer accepts when it joins: every version ever published. Only the newest can be accepted.

A published version is never edited, not even a comma: participations hold its hash. A change is a new module, a new
entry in `VERSIONS` and a new line in the test that pins the hashes.
"""

from __future__ import annotations

import typing

from career_relay.domain.ground.programmes.terms import v1
from career_relay.domain.ground.programmes.terms.shape import Section, Terms, Text

__all__ = ["CURRENT", "VERSIONS", "Section", "Terms", "Text"]

VERSIONS: typing.Final[dict[int, Terms]] = {terms.version: terms for terms in (v1.TERMS,)}
CURRENT: typing.Final[Terms] = VERSIONS[max(VERSIONS)]
