"""Who did it, as written into facts and entries: a pseudonym such as `user:…`, never a name."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    import uuid


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: a staff user, a candidate, or the program itself."""

    kind: typing.Literal["user", "candidate", "system"]
    id: uuid.UUID | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


SYSTEM = Actor("system")


def user(identifier: uuid.UUID) -> Actor:
    """Return the actor for a signed-in member of staff."""
    return Actor("user", identifier)


def candidate(identifier: uuid.UUID) -> Actor:
    """Return the actor for a person acting for themselves."""
    return Actor("candidate", identifier)
