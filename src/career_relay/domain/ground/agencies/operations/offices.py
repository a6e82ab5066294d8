from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import queries, rules
from career_relay.domain.ground.agencies.models import Office
from career_relay.domain.ground.agencies.operations import acting, desk
from career_relay.domain.ground.agencies.operations.errors import (
    UnableToFindOffice,
    UnableToRemoveLastOffice,
    UnableToSaveOffice,
)
from career_relay.kernel import clock, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDetails:
    """A place of business as the agency's manager describes it."""

    name: str
    prefecture: str
    address: str
    phone: str
    responsible_name: str
    trained_on: dt.date


def add_office(*, organization_id: uuid.UUID, details: OfficeDetails, actor: actors.Actor, now: dt.datetime) -> Office:
    """Write down a place of business with its responsible person, whose training must still count.

    Raises UnableToActWithoutRight, UnableToSaveOffice.
    """
    acting.managing(organization_id=organization_id, actor=actor)
    office = Office.objects.create(organization_id=organization_id, opened_at=now, **_wanted(details, now))
    _tell(office, sorted(_wanted(details, now)), actor, now)
    return office


def change_office(
    *, organization_id: uuid.UUID, office_id: uuid.UUID, details: OfficeDetails, actor: actors.Actor, now: dt.datetime
) -> Office:
    """Correct a place of business, or name another responsible person.

    Raises UnableToActWithoutRight, UnableToFindOffice, UnableToSaveOffice.
    """
    acting.managing(organization_id=organization_id, actor=actor)
    office = _present(organization_id, office_id)
    wanted = _wanted(details, now)
    changed = [name for name, value in wanted.items() if getattr(office, name) != value]
    for name in changed:
        setattr(office, name, wanted[name])
    if changed:
        office.save(update_fields=changed)
        _tell(office, changed, actor, now)
    return office


def remove_office(*, organization_id: uuid.UUID, office_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Office:
    """Take a place of business off the list; its row stays, as the books of its time name it.

    Raises UnableToActWithoutRight, UnableToFindOffice, UnableToRemoveLastOffice.
    """
    acting.managing(organization_id=organization_id, actor=actor)
    office = _present(organization_id, office_id)
    if not queries.offices(organization_id).exclude(pk=office.pk).exists():
        raise UnableToRemoveLastOffice
    office.removed_at = now
    office.save(update_fields=["removed_at"])
    _tell(office, ["removed_at"], actor, now)
    return office


def _present(organization_id: uuid.UUID, office_id: uuid.UUID) -> Office:
    office = queries.offices(organization_id).filter(pk=office_id).first()
    if office is None:
        raise UnableToFindOffice
    return office


def _tell(office: Office, fields: list[str], actor: actors.Actor, now: dt.datetime) -> None:
    facts.record(
        "desk.changed",
        actor=actor,
        occurred_at=now,
        organization=office.organization_id,
        subject=office.pk,
        fields=[f"office.{name}" for name in fields],
    )


def _wanted(details: OfficeDetails, now: dt.datetime) -> dict[str, typing.Any]:
    phone, today = rules.clean_phone(details.phone), clock.day_in_japan(now)
    texts = {name: japanese.clean_name(getattr(details, name)) for name in ("name", "address", "responsible_name")}
    if empty := next((name for name, text in texts.items() if not text), ""):
        raise UnableToSaveOffice(empty, _("空欄です。入力してください。"))
    if details.prefecture not in desk.CODES["prefectures"]:
        raise UnableToSaveOffice("prefecture", _("都道府県が選ばれていません。一覧から選んでください。"))
    if not phone:
        words = _("電話番号として読み取れません。03-1234-5678 のように、市外局番から入力してください。")
        raise UnableToSaveOffice("phone", words)
    if not rules.is_trained(details.trained_on, today):
        words = _("職業紹介責任者講習は、受けてから 5 年以内のものが必要です。受講日を確かめてください。")
        raise UnableToSaveOffice("trained_on", words)
    return {**texts, "prefecture": details.prefecture, "phone": phone, "trained_on": details.trained_on}
