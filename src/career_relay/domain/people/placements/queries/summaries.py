"""Figures of one organization's placements. The caller acts as it."""

from __future__ import annotations

import typing

from django.db.models import Count, F, Q, Sum

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import Check, FeeEntry, Placement
from career_relay.domain.people.placements.queries import shapes

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

STARTED: typing.Final = (Placement.State.JOINED, Placement.State.LEFT)


def figures(organization_id: uuid.UUID, year: int, today: dt.date) -> shapes.Figures:
    """Return how many were hired in a year of reports, what that cost, and how many stayed."""
    first, last = rules.days_of_year(year)
    mine = Q(organization=organization_id) | Q(employer=organization_id)
    is_started, is_refund = Q(state__in=STARTED), Q(kind=FeeEntry.Kind.REFUND)
    counted = Placement.objects.filter(mine, start_on__range=(first, last)).aggregate(
        agreed=Count("pk", Q(state=Placement.State.AGREED)),
        joined=Count("pk", is_started),
        by_slot=Count("pk", is_started & Q(uses_slot=True)),
        not_started=Count("pk", Q(state=Placement.State.NOT_STARTED)),
        left=Count("pk", Q(state=Placement.State.LEFT)),
    )
    money = FeeEntry.objects.filter(mine, on__range=(first, last)).aggregate(
        fees=Sum("amount_yen", filter=~is_refund, default=0), given=Sum("amount_yen", filter=is_refund, default=0)
    )
    return shapes.Figures(
        year=year,
        **counted,
        fees_yen=money["fees"],
        refunds_yen=-money["given"],
        retention=tuple(_retention(Q(mine, placement__start_on__range=(first, last)), today)),
    )


def _retention(found: Q, today: dt.date) -> list[shapes.Retention]:
    """Return who stayed, of those whose day has come: a leaving that is on record counts before what was answered."""
    least = programmes.latest_policy(DEFAULT_PROGRAMME_ID).smallest_ratio_base
    was_there = Q(placement__ended_on=None, answer=Check.Answer.IN_POST) | Q(placement__ended_on__gte=F("due_on"))
    rows = Check.objects.filter(found, due_on__lte=today).exclude(answer="").order_by().values("days")
    summed = rows.annotate(known=Count("pk"), in_post=Count("pk", was_there))
    counted = {days: (in_post, known) for days, in_post, known in summed.values_list("days", "in_post", "known")}
    return [_share(days, *counted.get(days, (0, 0)), least=least) for days in rules.CHECK_DAYS]


def _share(days: int, in_post: int, known: int, *, least: int) -> shapes.Retention:
    percent = rules.rate(in_post, known) if known >= least else None
    return shapes.Retention(days=days, in_post=in_post, known=known, percent=percent)
