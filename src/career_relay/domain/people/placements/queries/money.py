"""What placements cost and brought, entry by entry and summed up. The caller acts as the organization that reads."""

from __future__ import annotations

import collections.abc
import typing

from django.db.models import Count, Q, Sum

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.placements.models import Check, EndReason, FeeEntry, Placement
from career_relay.domain.people.placements.queries import shapes

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def entries(organization_id: uuid.UUID, first: dt.date, last: dt.date) -> list[shapes.EntryLine]:
    """Return what fell due and was given back in these days, as it was written."""
    mine = Q(organization=organization_id) | Q(employer=organization_id)
    found = FeeEntry.objects.filter(mine, on__range=(first, last)).select_related("placement__fee_terms")
    return lines(list(found.order_by("on", "recorded_at", "pk")))


def cooperation(organization_id: uuid.UUID) -> list[shapes.Cooperation]:
    """Return what each partner brought, by name: the agencies of an employer, the network's employers of an agency."""
    hired = Q(state__in=[Placement.State.JOINED, Placement.State.LEFT])
    is_mine = Q(organization=organization_id, employer__isnull=False)
    found: collections.abc.Iterable[typing.Any] = (
        Placement.objects.filter(hired, is_mine | Q(employer=organization_id))
        .values("organization_id", "employer_id")
        .annotate(hired=Count("pk"), slots=Count("pk", Q(uses_slot=True)), left=Count("pk", Q(state="left")))
    )
    by_partner = {_partner(row["organization_id"], row["employer_id"], organization_id): row for row in found}
    names = organizations.names_of(by_partner) if by_partner else {}
    money = _money(organization_id)
    lines = [
        shapes.Cooperation(
            organization_id=partner_id,
            name=names[partner_id].name,
            hired=row["hired"],
            by_slot=row["slots"],
            left=row["left"],
            fees_yen=money.get(partner_id, (0, 0))[0],
            refunds_yen=money.get(partner_id, (0, 0))[1],
        )
        for partner_id, row in by_partner.items()
    ]
    return sorted(lines, key=lambda line: (line.name, line.organization_id))


def people_of(rows: collections.abc.Iterable[Placement | Check]) -> dict[uuid.UUID, str]:
    """Return the names of those whom the caller may see."""
    named = Identity.objects.filter(pk__in={row.candidate_id for row in rows})
    return dict(named.values_list("candidate_id", "name"))


def lines(rows: list[FeeEntry]) -> list[shapes.EntryLine]:
    """Return entries with all that an invoice says of them."""
    placed = [row.placement for row in rows]
    people = people_of(placed)
    agencies = organizations.names_of(row.organization_id for row in rows) if rows else {}
    return [
        shapes.EntryLine(
            placement_id=row.placement_id,
            on=row.on,
            kind=row.kind,
            kind_name=str(row.get_kind_display()),
            amount_yen=row.amount_yen,
            reason_name=str(EndReason(row.reason).label) if row.reason else "",
            person_name=people.get(row.placement.candidate_id, ""),
            employer_name=row.placement.employer_name,
            agency_name=agencies[row.organization_id].name,
            title=row.placement.title,
            start_on=row.placement.start_on,
            ended_on=row.placement.ended_on,
            salary_yen=row.placement.salary_yen,
            basis_name=str(row.placement.fee_terms.get_basis_display()),
            percent=row.placement.fee_terms.percent,
            fixed=row.placement.fee_terms.fixed,
        )
        for row in rows
    ]


def _money(organization_id: uuid.UUID) -> dict[uuid.UUID, tuple[int, int]]:
    """Return what fell due and what was given back between the organization and each partner."""
    mine = Q(organization=organization_id, employer__isnull=False) | Q(employer=organization_id)
    is_refund = Q(kind=FeeEntry.Kind.REFUND)
    summed = (
        FeeEntry.objects.filter(mine)
        .values("organization_id", "employer_id")
        .annotate(
            fees=Sum("amount_yen", filter=~is_refund, default=0), given=Sum("amount_yen", filter=is_refund, default=0)
        )
    )
    return {
        _partner(row["organization_id"], row["employer_id"], organization_id): (row["fees"], -row["given"])
        for row in summed
    }


def _partner(agency_id: uuid.UUID, employer_id: uuid.UUID, organization_id: uuid.UUID) -> uuid.UUID:
    return employer_id if agency_id == organization_id else agency_id
