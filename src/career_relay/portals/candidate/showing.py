"""A person's own data as their pages write it."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.organizations import vocabulary

if typing.TYPE_CHECKING:
    from career_relay.domain.people.candidates.queries import Held
    from career_relay.domain.people.candidates.rules import Details

HOME: typing.Final = "+81"
PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Name, contact and wishes in words."""

    name: str
    email: str
    phone: str
    prefecture: str
    occupation: str
    employment_type: str = ""


def typed(details: Details) -> Shown:
    """Return what was typed into a registration."""
    return Shown(
        name=details.name,
        email=details.email,
        phone=phone(details.phone),
        prefecture=str(PREFECTURES.get(details.prefecture, "")),
        occupation=details.occupation,
    )


def registered(held: Held) -> Shown:
    """Return what is held of a registered person."""
    return Shown(
        name=held.person.name,
        email=held.person.email,
        phone=phone(held.person.phone),
        prefecture=str(PREFECTURES.get(held.prefecture, "")),
        occupation=held.occupation,
        employment_type=held.employment_type_name,
    )


def as_typed(held: Held) -> dict[str, str]:
    """Return what is held as the person would type it, for a form that corrects it."""
    return {
        "name": held.person.name,
        "phone": phone(held.person.phone),
        "prefecture": held.prefecture,
        "occupation": held.occupation,
        "employment_type": held.employment_type,
    }


def phone(number: str) -> str:
    """Write a kept number as it is dialled in Japan; numbers of other countries stay as they are."""
    return f"0{number.removeprefix(HOME)}" if number.startswith(HOME) else number
