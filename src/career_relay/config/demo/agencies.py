"""How the demo's agencies came to be licensed and bound by an agreement, and what they charge. None of them exists."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

from career_relay.domain.ground.agencies import operations as agencies
from career_relay.domain.ground.agencies import rules
from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.agreements import queries as agreement_queries
from career_relay.domain.people.reports import operations as reports
from career_relay.domain.people.reports.rules import year
from career_relay.flows import check_licence
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

HALF_A_YEAR: typing.Final = dt.timedelta(days=183)
TERM: typing.Final = dt.timedelta(days=1090)
"""A little less than the three years a first licence may run."""
FILED: typing.Final = (4, 20)
OFFICE_HOURS: typing.Final = dt.timedelta(hours=10)
REFUNDS: typing.Final = ((30, 50), (90, 30), (180, 10))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What an agency is by its licence, its desk and its fees; `days_left` is how long its licence still runs today."""

    number: str
    days_left: int
    percent: str
    phone: str
    capacity: int
    office: str
    responsible: str
    address: str
    prefectures: tuple[str, ...] = ()
    message: str = ""
    is_checked: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An agency of the network with those who act for it: its manager, and an adviser."""

    organization_id: uuid.UUID
    domain: str
    manager_id: uuid.UUID
    manager_name: str
    adviser_id: uuid.UUID


AGENCIES: typing.Final[dict[str, Agency]] = {
    "mirai-career.example.jp": Agency(
        number="13-ユ-990001",
        days_left=700,
        percent="35.0",
        phone="03-0000-0100",
        capacity=60,
        office="本社",
        responsible="岡本 香織",
        address="千代田区架空町 1-2-3 みらいビル 8 階",
        message="平日 10 時から 20 時まで、電話・メール・オンラインでご相談いただけます。",
    ),
    "shirakaba-jinzai.example.jp": Agency(
        number="01-ユ-990002",
        days_left=25,
        percent="30.0",
        phone="011-000-0200",
        capacity=20,
        office="札幌オフィス",
        responsible="千葉 光",
        address="札幌市中央区見本通 5-1",
        prefectures=("01", "02", "03", "04", "05", "06", "07", "13"),
        message="北海道・東北と東京で働きたい方、オンラインでのご相談を歓迎します。",
    ),
    "global-bridge.example.jp": Agency(
        number="27-ユ-990003",
        days_left=400,
        percent="33.0",
        phone="06-0000-0300",
        capacity=40,
        office="大阪本社",
        responsible="Kim Minjun",
        address="大阪市北区例示 2-4-6 グローバルタワー 21 階",
        message="英語でも、やさしい日本語でもご相談いただけます。",
    ),
    "hinode-jinzai.example.jp": Agency(
        number="40-ユ-990004",
        days_left=1000,
        percent="25.0",
        phone="092-000-0400",
        capacity=10,
        office="本社",
        responsible="松尾 陸",
        address="福岡市博多区見本 9-9",
        is_checked=False,
    ),
}
SILENT: typing.Final = "global-bridge.example.jp"
"""The agency that keeps people waiting for its first word."""
ACTING: typing.TypeAlias = dict[str, typing.Any]


def equip(house: House, agency: Agency, today: dt.date, now: dt.datetime) -> uuid.UUID:
    """Write down how the agency works and what it charges, and hand in its licence; return the licence."""
    by: ACTING = {"organization_id": house.organization_id, "actor": actors.user(house.manager_id), "now": now}
    with acting_as(organization=house.organization_id, user=house.manager_id):
        agencies.save_desk(details=_desk(agency), **by)
        agencies.add_office(details=_office(agency, clock.day_in_japan(now)), **by)
        agencies.publish_fees(
            table=rules.Table(
                rates=(rules.Rate(percent=decimal.Decimal(agency.percent)),),
                refunds=tuple(rules.Refund(within_days=days, percent=share) for days, share in REFUNDS),
            ),
            average_rate=None,
            average_year=None,
            effective_from=clock.day_in_japan(now),
            **by,
        )
        ends = today + dt.timedelta(days=agency.days_left)
        licence = agencies.submit_licence(
            number=agency.number,
            is_renewal=False,
            valid_from=ends - TERM,
            valid_until=ends,
            evidence=agencies.Upload("許可証.pdf", _sheet(agency.number)),
            **by,
        )
    return licence.pk


def admit(house: House, licence_id: uuid.UUID, operator_id: uuid.UUID, clerk_id: uuid.UUID, now: dt.datetime) -> None:
    """Let the operator confirm the licence, and the agency accept the agreement that comes of it."""
    with acting_as(organization=operator_id, user=clerk_id):
        check_licence.confirm_licence(
            operator_id=operator_id,
            agency_id=house.organization_id,
            licence_id=licence_id,
            actor=actors.user(clerk_id),
            now=now,
        )
    with acting_as(organization=house.organization_id, user=house.manager_id):
        [line] = agreement_queries.of_organization(house.organization_id)
        offered = line.agreement.versions.get(number=line.agreement.offered)
        agreements.accept(
            organization_id=house.organization_id,
            agreement_id=line.agreement.pk,
            text_hash=offered.text_hash,
            name=house.manager_name,
            actor=actors.user(house.manager_id),
            now=now,
        )


def hand_in(house: House, today: dt.date) -> None:
    """Let the agency have handed in its report of the last year; while that is the thing to do, it is still to be done."""
    if year.is_wanted(today):
        return
    reported = year.year_to_report(today)
    filed_on = dt.date(reported + 1, *FILED)
    with acting_as(organization=house.organization_id, user=house.manager_id):
        reports.file_report(
            organization_id=house.organization_id,
            year=reported,
            filed_on=filed_on,
            actor=actors.user(house.manager_id),
            now=clock.start_of_day_in_japan(filed_on) + OFFICE_HOURS,
        )


def _desk(agency: Agency) -> agencies.DeskDetails:
    return agencies.DeskDetails(
        phone=agency.phone,
        email="support@example.jp",
        message=agency.message,
        capacity=agency.capacity,
        prefectures=agency.prefectures,
    )


def _office(agency: Agency, day: dt.date) -> agencies.OfficeDetails:
    return agencies.OfficeDetails(
        name=agency.office,
        prefecture=agency.number[:2],
        address=agency.address,
        phone=agency.phone,
        responsible_name=agency.responsible,
        trained_on=day - HALF_A_YEAR,
    )


def _sheet(number: str) -> bytes:
    """Return a page that says it is no licence, as the smallest PDF that readers open."""
    words = f"BT /F1 20 Tf 60 760 Td (SAMPLE, NOT A LICENCE: {number[:2]}-{number[-6:]}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for place, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (place, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )
