"""The rows that filters stand for: one place, so that a figure and the list behind it can't differ."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

from django.db.models import Q

from career_relay.domain.hiring.applications import filters, rules, searching
from career_relay.domain.hiring.applications.models import Application, StageEvent
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    from django.db.models import QuerySet


def rows(organization_id: uuid.UUID, wanted: filters.Filters) -> QuerySet[Application]:
    """Return the employer's applications that the filters leave."""
    found = Application.objects.filter(organization_id=organization_id)
    if wanted.postings is not None:
        found = found.filter(posting__in=wanted.postings)
    if wanted.q:
        found = found.filter(searching.matching(organization_id, wanted.q))
    for field in ("outcome", "stage", "medium", "recruiter", "reason", "posting", "batch"):
        if value := getattr(wanted, field):
            found = found.filter(_equal(field, value))
    return found.filter(
        _applied(wanted),
        _told(wanted.told),
        _reached(organization_id, wanted.reached),
        _dated(organization_id, wanted.dated),
    )


def is_untold() -> Q:
    """Select those whom the employer rejected and has not told."""
    return Q(outcome=Outcome.REJECTED.value, told_at=None)


def _equal(field: str, value: str) -> Q:
    if value != filters.NOT_RECORDED:
        return Q(**{field: value})
    return Q(posting=None) if field == "posting" else Q(**{field: ""})


def _applied(wanted: filters.Filters) -> Q:
    """Compare days as people in Japan write them."""
    chosen = Q()
    if wanted.applied_from:
        chosen &= Q(applied_at__gte=clock.start_of_day_in_japan(wanted.applied_from))
    if wanted.applied_to and wanted.applied_to < dt.date.max:
        chosen &= Q(applied_at__lt=clock.start_of_day_in_japan(wanted.applied_to + dt.timedelta(days=1)))
    return chosen


def _told(told: str) -> Q:
    if told == filters.UNTOLD:
        return is_untold()
    return Q(told_at__isnull=False) if told == filters.TOLD else Q()


def _reached(organization_id: uuid.UUID, stage: str) -> Q:
    """Select by the stage an application stands at and by the days it has of stages: both tell how far it came."""
    if not stage or rules.is_first(stage):
        return Q()
    later = rules.from_stage_on(stage)
    standing = Application.objects.filter(organization_id=organization_id, stage__in=later).values("pk")
    return Q(pk__in=standing.union(_with_day(organization_id, later)))


def _dated(organization_id: uuid.UUID, dated: str) -> Q:
    if dated == filters.DECIDED:
        return Q(decided_at__isnull=False)
    return Q(pk__in=_with_day(organization_id, [dated])) if dated else Q()


def _with_day(organization_id: uuid.UUID, stages: list[str]) -> QuerySet[StageEvent, typing.Any]:
    """Return the applications that have a day of one of the stages."""
    return StageEvent.objects.filter(organization_id=organization_id, stage__in=stages).values("application")
