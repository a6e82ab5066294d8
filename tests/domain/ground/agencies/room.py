"""What the tests of agencies share: a desk, offices, licences and fees as an agency's manager would write them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

from career_relay.domain.ground.agencies import operations, rules
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.agencies.models import FeeTable, Licence, Office
    from tests.world import Tenant

TODAY = clock.day_in_japan(NOW)
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10"
NUMBER = "13-ユ-123456"
DESK = operations.DeskDetails(
    phone="03-1234-5678", email="desk@agency.example", message="平日は 20 時まで電話できます。"
)
OFFICE = operations.OfficeDetails(
    name="本社",
    prefecture="13",
    address="千代田区丸の内 1-1-1",
    phone="03-1234-5678",
    responsible_name="髙橋 恵",
    trained_on=TODAY - dt.timedelta(days=400),
)
TABLE = rules.Table(
    rates=(rules.Rate(percent=decimal.Decimal("35.0")),),
    refunds=(rules.Refund(within_days=30, percent=50), rules.Refund(within_days=90, percent=30)),
)
NO_TABLE = rules.Table(rates=(rules.Rate(percent=decimal.Decimal(0)),))


class By(typing.TypedDict):
    organization_id: typing.Any
    actor: actors.Actor
    now: dt.datetime


def by(agency: Tenant, now: dt.datetime = NOW, role: str = "manager") -> By:
    return {"organization_id": agency.id, "actor": actors.user(agency.users[role].pk), "now": now}


def submit(agency: Tenant, now: dt.datetime = NOW, **changes: typing.Any) -> Licence:
    """Submit a licence for three years from a month ago, unless told otherwise. The caller acts as the agency."""
    today = clock.day_in_japan(now)
    usual: dict[str, typing.Any] = {
        "number": NUMBER,
        "is_renewal": False,
        "valid_from": today - dt.timedelta(days=30),
        "valid_until": today + dt.timedelta(days=1000),
        "evidence": operations.Upload("許可証.pdf", PDF),
    }
    return operations.submit_licence(**by(agency, now), **(usual | changes))


def confirm(agency: Tenant, operator: Tenant, now: dt.datetime = NOW, **changes: typing.Any) -> Licence:
    """Have a licence confirmed. The caller acts as the agency, as the operator's flow does."""
    licence = submit(agency, now, **changes)
    return operations.confirm_licence(
        organization_id=agency.id, licence_id=licence.pk, decided_by=actors.user(operator.owner.pk), now=now
    )


def open_office(agency: Tenant, now: dt.datetime = NOW, **changes: typing.Any) -> Office:
    return operations.add_office(details=dataclasses.replace(OFFICE, **changes), **by(agency, now))


def publish(agency: Tenant, table: rules.Table = TABLE, now: dt.datetime = NOW, **changes: typing.Any) -> FeeTable:
    usual: dict[str, typing.Any] = {
        "average_rate": None,
        "average_year": None,
        "effective_from": clock.day_in_japan(now),
    }
    return operations.publish_fees(table=table, **by(agency, now), **(usual | changes))


def equip(agency: Tenant, now: dt.datetime = NOW) -> None:
    """Give the agency everything but a licence. The caller acts as the agency."""
    operations.save_desk(details=DESK, **by(agency, now))
    open_office(agency, now)
    publish(agency, now=now)


def complete(agency: Tenant, operator: Tenant, now: dt.datetime = NOW, **licence: typing.Any) -> None:
    """Give the agency everything it needs to act."""
    with acting_as(organization=agency.id):
        equip(agency, now)
        confirm(agency, operator, now, **licence)
