from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.agencies import rules
from career_relay.domain.ground.agencies.models import LONGEST_MESSAGE, Desk
from career_relay.domain.ground.agencies.operations import acting
from career_relay.domain.ground.agencies.operations.errors import UnableToSaveDesk
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.skills import occupations
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

MOST_PEOPLE: typing.Final = 1_000
CODES: typing.Final = {
    "prefectures": [code for code, _label in vocabulary.PREFECTURES],
    "occupations": [code for code, _label in occupations.OCCUPATIONS],
    "employment_types": list(EmploymentType.values),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeskDetails:
    """How the agency is reached and whom it takes, as its manager says. No code means all of them."""

    phone: str
    email: str
    message: str = ""
    capacity: int = 30
    is_taking: bool = True
    prefectures: collections.abc.Collection[str] = ()
    occupations: collections.abc.Collection[str] = ()
    employment_types: collections.abc.Collection[str] = ()


def save_desk(*, organization_id: uuid.UUID, details: DeskDetails, actor: actors.Actor, now: dt.datetime) -> Desk:
    """Write down how the agency is reached and whom it takes; the fact names the fields, not the words.

    Raises UnableToActWithoutRight, UnableToSaveDesk.
    """
    acting.managing(organization_id=organization_id, actor=actor)
    wanted = _wanted(details)
    before = Desk.objects.filter(pk=organization_id).values(*wanted).first() or {}
    changed = [name for name, value in wanted.items() if before.get(name) != value]
    desk, _is_new = Desk.objects.update_or_create(pk=organization_id, defaults={**wanted, "changed_at": now})
    if changed:
        facts.record(
            "desk.changed",
            actor=actor,
            occurred_at=now,
            organization=organization_id,
            subject=organization_id,
            fields=changed,
        )
    return desk


def _wanted(details: DeskDetails) -> dict[str, typing.Any]:
    phone, message = rules.clean_phone(details.phone), japanese.clean_name(details.message)
    if not phone:
        words = _("電話番号として読み取れません。03-1234-5678 のように、市外局番から入力してください。")
        raise UnableToSaveDesk("phone", words)
    if len(message) > LONGEST_MESSAGE:
        words = _("ひとことは %(most)d 字までです。短くしてください。") % {"most": LONGEST_MESSAGE}
        raise UnableToSaveDesk("message", words)
    if not 1 <= details.capacity <= MOST_PEOPLE:
        words = _("担当できる人数は 1 人から %(most)d 人までで入力してください。") % {"most": MOST_PEOPLE}
        raise UnableToSaveDesk("capacity", words)
    return {
        "phone": phone,
        "email": _address(details.email),
        "message": message,
        "capacity": details.capacity,
        "is_taking": details.is_taking,
        **{name: _known(name, getattr(details, name)) for name in CODES},
    }


def _address(text: str) -> str:
    try:
        return messaging.checked(japanese.normalise_email(text))
    except messaging.UnableToWrite as error:
        raise UnableToSaveDesk("email", str(error.message)) from error


def _known(name: str, chosen: collections.abc.Collection[str]) -> list[str]:
    """Return the codes in the order of their list; all of them are kept as none, which means all."""
    if set(chosen) - set(CODES[name]):
        raise UnableToSaveDesk(name, _("一覧にないものが選ばれています。一覧から選び直してください。"))
    kept = [code for code in CODES[name] if code in chosen]
    return [] if len(kept) == len(CODES[name]) else kept
