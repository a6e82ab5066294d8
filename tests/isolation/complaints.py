"""What a person told another operator about an agency, in words that must not be seen elsewhere."""

from __future__ import annotations

import typing

from career_relay.domain.people.complaints import operations
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import uuid


def fill(assignment_id: uuid.UUID, agency_id: uuid.UUID, canary: str) -> dict[str, uuid.UUID]:
    """Have the person of an assignment complain to an operator that is not the world's; return an object for each parameter."""
    operator = make_tenant("operator", "かなた運営事務局", "other-operator")
    with acting_as(organization=agency_id):
        candidate_id = Assignment.objects.get(pk=assignment_id).candidate_id
    with acting_as(candidate=candidate_id):
        complaint = operations.receive(
            candidate_id=candidate_id,
            operator_id=operator.id,
            agency_id=agency_id,
            topic="other",
            words=canary,
            now=NOW,
        )
    return {"complaint_id": complaint.pk}
