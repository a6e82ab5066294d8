"""Reads about agencies: their own rooms as the agency, public particulars and the operator's list through the gate."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import typing

from career_relay.domain.ground.agencies import rules
from career_relay.domain.ground.agencies.models import Desk, FeeTable, Licence, Office, Stop
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import decimal
    import uuid

    from django.db.models import QuerySet


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An agency's public particulars, for whoever deals with it. Empty where it has not told them yet."""

    organization_id: uuid.UUID
    name: str
    number: str
    valid_until: dt.date | None
    phone: str
    email: str
    message: str
    office_prefecture: str
    average_rate: decimal.Decimal | None
    average_year: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Card):
    """A licensed agency in the network's directory, with what it serves; an empty list of codes means all."""

    prefectures: list[str]
    occupations: list[str]
    employment_types: list[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A licence about whose end the agency is to be told."""

    organization_id: uuid.UUID
    licence_id: uuid.UUID
    valid_until: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """An agency as the operator lists it; `shares_number_with` names others that were confirmed under its number."""

    organization_id: uuid.UUID
    name: str
    prefecture: str
    founded_at: dt.datetime
    standing: rules.Standing
    waiting_since: dt.datetime | None
    shares_number_with: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of the fee table."""

    version: int
    table: rules.Table
    average_rate: decimal.Decimal | None
    average_year: int | None
    effective_from: dt.date
    published_at: dt.datetime
    published_by: str


def standing(organization_id: uuid.UUID, today: dt.date) -> rules.Standing:
    """Say where the agency stands today. The caller acts as it."""
    stop = open_stop(organization_id)
    first_fees = FeeTable.objects.filter(organization_id=organization_id).order_by("effective_from").first()
    parts = rules.Parts(
        licences=[_term(one) for one in licences(organization_id)],
        stop_reason=stop.reason if stop else None,
        has_desk=Desk.objects.filter(pk=organization_id).exists(),
        has_office=offices(organization_id).exists(),
        fees_from=first_fees.effective_from if first_fees else None,
    )
    return rules.standing(parts, today)


def desk(organization_id: uuid.UUID) -> Desk | None:
    """Return how the agency is reached and whom it takes; None until it has said so."""
    return Desk.objects.filter(pk=organization_id).first()


def offices(organization_id: uuid.UUID) -> QuerySet[Office]:
    """Return the agency's present places of business, the oldest first."""
    return Office.objects.filter(organization_id=organization_id, removed_at=None).order_by("opened_at", "pk")


def licences(organization_id: uuid.UUID) -> QuerySet[Licence]:
    """Return everything the agency submitted, the newest first, without the files."""
    found = Licence.objects.filter(organization_id=organization_id).select_related("submitted_by")
    return found.defer("evidence").order_by("-submitted_at", "-pk")


def licence(organization_id: uuid.UUID, licence_id: uuid.UUID) -> Licence | None:
    """Return one licence with its file, if it is this agency's."""
    return Licence.objects.filter(organization_id=organization_id, pk=licence_id).first()


def open_stop(organization_id: uuid.UUID) -> Stop | None:
    """Return the operator's stop while it lasts."""
    return Stop.objects.filter(organization_id=organization_id, ended_at=None).first()


def stops(organization_id: uuid.UUID) -> QuerySet[Stop]:
    """Return every stop of the agency, the newest first."""
    return Stop.objects.filter(organization_id=organization_id).order_by("-since", "-pk")


def fee_table(organization_id: uuid.UUID, today: dt.date) -> Published | None:
    """Return the fees in force today: of the versions that have taken effect, the one published last."""
    return next((one for one in fee_tables(organization_id) if one.effective_from <= today), None)


def fee_tables(organization_id: uuid.UUID) -> list[Published]:
    """Return every version of the agency's fee table, the newest first."""
    found = FeeTable.objects.filter(organization_id=organization_id).select_related("published_by")
    return [_published(one) for one in found.order_by("-version")]


def cards(organization_ids: collections.abc.Iterable[uuid.UUID]) -> dict[uuid.UUID, Card]:
    """Return the public particulars of these agencies by id, whoever asks."""
    found = gate.rows("agency_cards", list(set(organization_ids)))
    return {one["organization_id"]: Card(**one) for one in found}


def directory(today: dt.date) -> list[Listed]:
    """Return the agencies of the network that are licensed today, by name, whoever asks."""
    return [Listed(**one) for one in gate.rows("agencies_in_network", today)]


def ending(today: dt.date) -> list[Ending]:
    """Return the licences whose end comes near or is past, has not been told in full, and is not renewed yet."""
    return [Ending(**one) for one in gate.rows("licences_ending", today)]


def overview(today: dt.date) -> list[AgencyLine]:
    """Return every agency with its standing, by name; nothing unless the caller acts as the operator."""
    found = gate.rows("agencies_overview")
    terms = {one["organization_id"]: [_stored_term(each) for each in json.loads(one["licences"])] for one in found}
    holders = {one["organization_id"]: (one["name"], _confirmed(terms[one["organization_id"]])) for one in found}
    return [_line(one, terms[one["organization_id"]], holders, today) for one in found]


def _line(
    found: dict[str, typing.Any],
    terms: list[rules.LicenceTerm],
    holders: dict[uuid.UUID, tuple[str, set[str]]],
    today: dt.date,
) -> AgencyLine:
    identifier = found["organization_id"]
    numbers = {term.number for term in terms if term.state != Licence.State.REFUSED}
    others = [name for other, (name, confirmed) in holders.items() if other != identifier and confirmed & numbers]
    parts = rules.Parts(
        licences=terms,
        stop_reason=found["stop_reason"],
        has_desk=found["has_desk"],
        has_office=found["has_office"],
        fees_from=found["fees_from"],
    )
    return AgencyLine(
        organization_id=identifier,
        name=found["name"],
        prefecture=found["prefecture"],
        founded_at=found["founded_at"],
        standing=rules.standing(parts, today),
        waiting_since=found["waiting_since"],
        shares_number_with=tuple(others),
    )


def _confirmed(terms: collections.abc.Iterable[rules.LicenceTerm]) -> set[str]:
    return {term.number for term in terms if term.state == Licence.State.CONFIRMED}


def _term(licence: Licence) -> rules.LicenceTerm:
    return rules.LicenceTerm(
        number=licence.number,
        state=licence.state,
        valid_from=licence.valid_from,
        valid_until=licence.valid_until,
        decided_at=licence.decided_at,
        reason=licence.reason,
    )


def _stored_term(row: dict[str, typing.Any]) -> rules.LicenceTerm:
    decided_at = row["decided_at"]
    return rules.LicenceTerm(
        number=row["number"],
        state=row["state"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_until=dt.date.fromisoformat(row["valid_until"]),
        decided_at=dt.datetime.fromisoformat(decided_at) if decided_at else None,
        reason=row["reason"],
    )


def _published(found: FeeTable) -> Published:
    return Published(
        version=found.version,
        table=rules.Table(
            rates=tuple(rules.Rate.of(row) for row in found.rates),
            refunds=tuple(rules.Refund.of(row) for row in found.refunds),
        ),
        average_rate=found.average_rate,
        average_year=found.average_year,
        effective_from=found.effective_from,
        published_at=found.published_at,
        published_by=found.published_by.name,
    )
