"""Placements as their organizations and the person see them. The caller acts as the one who reads."""

from __future__ import annotations

import math
import typing

from django.db.models import Count, Min, Q, Sum
from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies.rules import Refund
from career_relay.domain.ground.agreements.models import Agreement, AgreementVersion
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import Check, FeeEntry, Placement
from career_relay.domain.people.placements.queries import money, shapes

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

PAGE_SIZE: typing.Final = 50

_ACTS: typing.Final[dict[str, frozenset[str]]] = {
    Placement.State.AGREED: frozenset({"confirm_start", "not_started"}),
    Placement.State.JOINED: frozenset({"record_leaving"}),
}


def placements(organization_id: uuid.UUID, *, state: str = "", page: int = 1) -> shapes.Page:
    """Return the organization's placements, the latest start first; in one state, or in all."""
    everything = of(organization_id)
    counted = dict(everything.order_by().values_list("state").annotate(Count("pk")))
    found = everything.filter(state=state) if state else everything
    total = counted.get(state, 0) if state else sum(counted.values())
    pages = max(1, math.ceil(total / PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = _listed(found).order_by("-start_on", "-pk")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return shapes.Page(
        lines=tuple(_lines(list(rows), organization_id)),
        total=total,
        page=page,
        pages=pages,
        counts={one.value: counted.get(one.value, 0) for one in Placement.State},
    )


def starts_due(organization_id: uuid.UUID, today: dt.date) -> list[shapes.Line]:
    """Return those whose day to start has come and whose start the organization is to confirm."""
    waiting = _asked(Placement.objects.all(), organization_id).filter(state=Placement.State.AGREED, start_on__lte=today)
    return _lines(list(_listed(waiting).order_by("start_on", "pk")), organization_id)


def checks_due(organization_id: uuid.UUID, today: dt.date) -> list[shapes.CheckLine]:
    """Return the checks that wait for the organization's answer, the oldest first."""
    waiting = _asked(Check.objects.all(), organization_id).filter(answer="", due_on__lte=today)
    rows = waiting.filter(placement__state=Placement.State.JOINED).select_related("placement")
    return _checks(list(rows.order_by("due_on", "pk")), organization_id)


def placement(organization_id: uuid.UUID, placement_id: uuid.UUID) -> shapes.File | None:
    """Return one placement of the organization, with what it costs."""
    row = _listed(of(organization_id)).filter(pk=placement_id).first()
    if row is None:
        return None
    [line] = _lines([row], organization_id)
    entries = FeeEntry.objects.filter(placement=row).select_related("placement__fee_terms")
    return shapes.File(
        placement=row,
        line=line,
        fee=row.fee_terms,
        refunds=tuple(Refund.of(one) for one in row.fee_terms.refunds),
        entries=tuple(money.lines(list(entries.order_by("recorded_at", "pk")))),
        checks=tuple(_checks(list(row.checks.select_related("placement").order_by("days")), organization_id)),
        identity=candidates.identity(row.candidate_id),
        agency_name=organizations.names_of([row.organization_id])[row.organization_id].name,
        end_reason_name=str(row.get_end_reason_display()),
        may=_ACTS.get(row.state, frozenset()),
    )


def of_introduction(organization_id: uuid.UUID, introduction_id: uuid.UUID) -> uuid.UUID | None:
    """Return the placement that an introduction led to, if it is the organization's."""
    return of(organization_id).filter(introduction=introduction_id).values_list("pk", flat=True).first()


def introduction_of(placement_id: uuid.UUID) -> uuid.UUID | None:
    """Return the introduction that a placement came of, to one of its parties."""
    return Placement.objects.filter(pk=placement_id).values_list("introduction_id", flat=True).first()


def of_person(candidate_id: uuid.UUID) -> list[shapes.OwnLine]:
    """Return the person's own placements, the latest start first."""
    rows = list(Placement.objects.filter(candidate_id=candidate_id).order_by("-start_on", "-pk"))
    names = organizations.names_of(row.organization_id for row in rows) if rows else {}
    checks = Check.objects.filter(candidate_id=candidate_id).select_related("placement").order_by("days")
    lines = [_check(row, "", row.placement.employer_name) for row in checks]
    return [
        shapes.OwnLine(
            placement_id=row.pk,
            introduction_id=row.introduction_id,
            employer_name=row.employer_name,
            agency_name=names[row.organization_id].name,
            title=row.title,
            start_on=row.start_on,
            state=row.state,
            state_name=str(row.get_state_display()),
            ended_on=row.ended_on,
            checks=tuple(line for line in lines if line.placement_id == row.pk),
        )
        for row in rows
    ]


def last_agreed(one: uuid.UUID, other: uuid.UUID) -> AgreementVersion | None:
    """Return the version that was in force last between two organizations, one of which asks, though it may be over."""
    pair = Agreement.objects.filter(organization_id__in=[one, other], counterparty_id__in=[one, other], version__gt=0)
    agreement = pair.order_by("-changed_at", "-pk").first()
    return agreement.versions.get(number=agreement.version) if agreement else None


def of(organization_id: uuid.UUID) -> QuerySet[Placement]:
    """Return the organization's placements, on whichever side it stands."""
    return Placement.objects.filter(Q(organization=organization_id) | Q(employer=organization_id))


def _asked(found: QuerySet[typing.Any], organization_id: uuid.UUID) -> QuerySet[typing.Any]:
    """Narrow to what the organization answers for: an employer itself, an agency for employers outside the network."""
    return found.filter(Q(employer=organization_id) | Q(organization=organization_id, employer=None))


def _listed(found: QuerySet[Placement]) -> QuerySet[Placement]:
    refunds = Sum("fee_entries__amount_yen", filter=Q(fee_entries__kind=FeeEntry.Kind.REFUND))
    return found.select_related("fee_terms").annotate(refunded=refunds)


def _lines(rows: list[typing.Any], organization_id: uuid.UUID) -> list[shapes.Line]:
    people, partners = money.people_of(rows), _partners(rows, organization_id)
    unanswered = Check.objects.filter(placement__in=[row.pk for row in rows], answer="").values("placement_id")
    next_checks = dict(unanswered.annotate(due=Min("due_on")).values_list("placement_id", "due"))
    return [
        shapes.Line(
            placement_id=row.pk,
            introduction_id=row.introduction_id,
            person_name=people.get(row.candidate_id, ""),
            partner_name=partners[row.pk],
            title=row.title,
            start_on=row.start_on,
            state=row.state,
            state_name=str(row.get_state_display()),
            ended_on=row.ended_on,
            fee_yen=row.fee_terms.fee_yen,
            refund_yen=-(row.refunded or 0),
            uses_slot=row.uses_slot,
            is_outside=row.is_outside,
            next_check_on=next_checks.get(row.pk),
        )
        for row in rows
    ]


def _checks(rows: list[Check], organization_id: uuid.UUID) -> list[shapes.CheckLine]:
    people, partners = money.people_of(rows), _partners([row.placement for row in rows], organization_id)
    return [_check(row, people.get(row.candidate_id, ""), partners[row.placement_id]) for row in rows]


def _check(row: Check, person_name: str, partner_name: str) -> shapes.CheckLine:
    is_spared = rules.is_spared(row.answer, row.due_on, row.answered_at)
    return shapes.CheckLine(
        check_id=row.pk,
        placement_id=row.placement_id,
        person_name=person_name,
        partner_name=partner_name,
        title=row.placement.title,
        days=row.days,
        due_on=row.due_on,
        asked_at=row.asked_at,
        answer=row.answer,
        answer_name=_("退職のため不要") if is_spared else str(row.get_answer_display()),
        answered_side=row.answered_side,
        answered_side_name=str(row.get_answered_side_display()),
        answered_at=row.answered_at,
        person_left_on=row.person_left_on,
        is_spared=is_spared,
    )


def _partners(rows: collections.abc.Iterable[Placement], organization_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return by placement whom the organization deals with: an employer under the name the posting gave it."""
    listed = list(rows)
    agencies = {row.organization_id for row in listed} - {organization_id}
    names = organizations.names_of(agencies) if agencies else {}
    return {
        row.pk: names[row.organization_id].name if row.organization_id in names else row.employer_name for row in listed
    }
