"""Reads about complaints: as the person who wrote them, as the operator they went to, and whom to remind."""

from __future__ import annotations

import typing

from django.db.models import Case, Count, IntegerField, Q, When

from career_relay.domain.people.complaints.models import OPEN, Complaint
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet


def of_person(candidate_id: uuid.UUID) -> QuerySet[Complaint]:
    """Return what the person told, the latest first. The caller acts as them."""
    return Complaint.objects.filter(candidate_id=candidate_id).order_by("-received_at", "pk")


def of_operator(operator_id: uuid.UUID) -> QuerySet[Complaint]:
    """Return what came to the operator: what is open by the day it is due, then the latest. The caller acts as it."""
    is_over = Case(When(state__in=OPEN, then=0), default=1, output_field=IntegerField())
    due = Case(When(state__in=OPEN, then="due_on"))
    found = Complaint.objects.filter(operator_id=operator_id).select_related("taken_up_by__user", "answered_by__user")
    return found.annotate(is_over=is_over).order_by("is_over", due, "-received_at", "pk")


def one(operator_id: uuid.UUID, complaint_id: uuid.UUID) -> Complaint | None:
    """Return one complaint that came to the operator. The caller acts as it."""
    return of_operator(operator_id).filter(pk=complaint_id).first()


def counts(operator_id: uuid.UUID, today: dt.date) -> dict[str, int]:
    """Return how many are in each state, and how many are open and overdue. The caller acts as the operator."""
    found = Complaint.objects.filter(operator_id=operator_id)
    states = {state: Count("pk", filter=Q(state=state)) for state in Complaint.State.values}
    late = Count("pk", filter=Q(state__in=OPEN, due_on__lt=today))
    return found.aggregate(all=Count("pk"), overdue=late, open=Count("pk", filter=Q(state__in=OPEN)), **states)


def open_about(operator_id: uuid.UUID, agency_id: uuid.UUID) -> int:
    """Return how many complaints about an agency wait for the operator's answer. The caller acts as the operator."""
    return Complaint.objects.filter(operator_id=operator_id, agency_id=agency_id, state__in=OPEN).count()


def to_remind(today: dt.date) -> list[uuid.UUID]:
    """Return the operators that have overdue complaints they were not reminded of."""
    return [row["operator_id"] for row in gate.rows("complaints_due", today)]
