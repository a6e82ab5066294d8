"""Reads about consents, always as the person who gave them."""

from __future__ import annotations

import base64
import dataclasses
import typing

from django.db.models import Q

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent, ProvisionRecord

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

RECEIPT_SCHEMA = "ISO/IEC TS 27560:2023"
METHOD = "ticked-by-the-person-and-confirmed-by-a-mailed-code"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One consent with the words it was given to, as the person read them."""

    consent_id: uuid.UUID
    purpose: str
    organization_id: uuid.UUID | None
    organization_name: str
    wording: wording.Wording
    wording_hash: str
    granted_at: dt.datetime
    valid_until: dt.datetime | None
    withdrawn_at: dt.datetime | None

    def is_live(self, now: dt.datetime) -> bool:
        """Tell whether it is neither withdrawn nor over."""
        return self.withdrawn_at is None and (self.valid_until is None or now < self.valid_until)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the person keeps of their consents. It carries a number of its own and nothing that says who they are."""

    schema: str
    number: str
    method: str
    issued_at: dt.datetime
    consents: tuple[Given, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One time that the person's data were passed on: from whom to whom, what, and on which consent it rests.

    A receiver outside the network has a name and no id.
    """

    giver_id: uuid.UUID
    giver_name: str
    receiver_id: uuid.UUID | None
    receiver_name: str
    consent_id: uuid.UUID
    items: tuple[str, ...]
    item_names: tuple[str, ...]
    obtained_name: str
    provided_at: dt.datetime
    keep_until: dt.datetime


def live(candidate_id: uuid.UUID, now: dt.datetime) -> list[Given]:
    """Return the consents in force, in the order of their purposes."""
    return _given(_live(candidate_id, now))


def open_ones(candidate_id: uuid.UUID) -> list[Given]:
    """Return the consents that were not withdrawn, also those whose term is over."""
    return _given(Consent.objects.filter(candidate_id=candidate_id, withdrawn_at=None))


def history(candidate_id: uuid.UUID) -> list[Given]:
    """Return every consent the person ever gave, withdrawn ones included, in the order of their purposes."""
    return _given(Consent.objects.filter(candidate_id=candidate_id))


def is_live(candidate_id: uuid.UUID, purpose: str, now: dt.datetime) -> bool:
    """Tell whether the person has agreed to this purpose and still does."""
    return _live(candidate_id, now).filter(purpose=purpose).exists()


def is_recontact_allowed(candidate_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> bool:
    """Tell whether the person lets this employer write again."""
    recontact = Consent.Purpose.EMPLOYER_RECONTACT
    return _live(candidate_id, now).filter(purpose=recontact, organization_id=organization_id).exists()


def receipt(candidate_id: uuid.UUID, now: dt.datetime) -> Receipt:
    """Return the receipt of everything the person has agreed to by now."""
    return Receipt(
        schema=RECEIPT_SCHEMA,
        number=receipt_number(candidate_id),
        method=METHOD,
        issued_at=now,
        consents=tuple(live(candidate_id, now)),
    )


def receipt_number(candidate_id: uuid.UUID) -> str:
    """Return the number a person may give to the help desk: it leads us to them, and nobody else anywhere."""
    code = base64.b32encode(keys.keyed_hash("receipt", str(candidate_id))[:10]).decode()
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def provisions(candidate_id: uuid.UUID) -> list[Provision]:
    """Return every time that the person's data were passed on, the newest first. The caller acts as the person."""
    given = ProvisionRecord.objects.filter(candidate_id=candidate_id, side=ProvisionRecord.Side.GIVER)
    rows = list(given.order_by("-provided_at", "-pk"))
    names = organizations.names_of({one for row in rows for one in (row.organization_id, row.counterparty_id) if one})
    return [
        Provision(
            giver_id=row.organization_id,
            giver_name=names[row.organization_id].name,
            receiver_id=row.counterparty_id,
            receiver_name=names[row.counterparty_id].name if row.counterparty_id else row.counterparty_name,
            consent_id=row.consent_id,
            items=tuple(row.items),
            item_names=tuple(str(ProvisionRecord.Item(item).label) for item in row.items),
            obtained_name=str(row.get_obtained_display()),
            provided_at=row.provided_at,
            keep_until=row.keep_until,
        )
        for row in rows
    ]


def _live(candidate_id: uuid.UUID, now: dt.datetime) -> QuerySet[Consent]:
    in_time = Q(valid_until=None) | Q(valid_until__gt=now)
    return Consent.objects.filter(in_time, candidate_id=candidate_id, withdrawn_at=None)


def _given(rows: collections.abc.Iterable[Consent]) -> list[Given]:
    order = list(Consent.Purpose.values)
    found = sorted(rows, key=lambda row: (order.index(row.purpose), row.granted_at, row.pk))
    names = organizations.names_of({row.organization_id for row in found if row.organization_id})
    return [_one(row, names[row.organization_id].name if row.organization_id else "") for row in found]


def _one(row: Consent, organization_name: str) -> Given:
    words = wording.shown(row.purpose, row.wording_version, row.wording_language)
    return Given(
        consent_id=row.pk,
        purpose=row.purpose,
        organization_id=row.organization_id,
        organization_name=organization_name,
        wording=words.naming(organization_name),
        wording_hash=row.wording_hash,
        granted_at=row.granted_at,
        valid_until=row.valid_until,
        withdrawn_at=row.withdrawn_at,
    )
