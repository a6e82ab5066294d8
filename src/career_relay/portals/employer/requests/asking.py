"""What an employer has at hand when it asks for somebody: its postings, its slots, the agencies and their price."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.credits import queries as credit
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import clock
from career_relay.portals.employer.requests import fees

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agreements.rules import Terms
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.postings.queries import PostingLine


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency that may be asked, with what was agreed about money."""

    id: uuid.UUID
    name: str
    fee: str
    refunds: list[str]
    takes_slot: bool
    early_leaver: str

    @property
    def words(self) -> str:
        """The agency with its price, for a choice of one line."""
        slot = _("枠を使えます") if self.takes_slot else _("枠は使えません")
        return _("%(name)s（手数料：%(fee)s、%(slot)s）") % {"name": self.name, "fee": self.fee, "slot": slot}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What may be chosen. `unfinished` are open postings whose sheet still lacks what the law wants."""

    postings: list[JobPosting]
    unfinished: list[PostingLine]
    agencies: list[Agency]
    slots: int

    @property
    def is_possible(self) -> bool:
        return bool(self.postings and self.agencies)


def asking(seat: Seat, now: dt.datetime) -> Asking:
    """Return what this employer may ask with."""
    employer, today = seat.organization_id, clock.day_in_japan(now)
    ready = postings.proposable(employer, today)
    known = {one.pk for one in ready}
    standing = credit.standing(organization_id=employer, programme_id=DEFAULT_PROGRAMME_ID, now=now)
    licensed = {one.organization_id for one in agencies.directory(today)}
    terms, returns_for_all = agreements.live_terms(employer), fees.returns_for_all(now)
    return Asking(
        postings=ready,
        unfinished=[one for one in postings.of_organization(employer) if one.is_open and one.id not in known],
        agencies=[
            _agency(one.organization_id, one.name, terms[one.organization_id], returns_for_all=returns_for_all)
            for one in agreements.partners(employer, Organization.Kind.AGENCY)
            if one.organization_id in licensed
        ],
        slots=standing.slots_available,
    )


def _agency(organization_id: uuid.UUID, name: str, terms: Terms, *, returns_for_all: bool) -> Agency:
    refunds = [
        _("%(days)d 日以内 %(percent)d％") % {"days": row.within_days, "percent": row.percent} for row in terms.refunds
    ]
    return Agency(
        id=organization_id,
        name=name,
        fee=fees.words(terms),
        refunds=refunds,
        takes_slot=terms.slot != "none",
        early_leaver=fees.early_leaver(terms.slot, returns_for_all=returns_for_all),
    )
