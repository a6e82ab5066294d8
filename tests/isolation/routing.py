"""What an agency and a person share, each thing with a name that must not be seen elsewhere."""

from __future__ import annotations

import typing

from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.candidates.models import Identity, Profile
from career_relay.domain.people.routing import operations as routing
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.candidates.models import Candidate
    from tests.world import Tenant


def fill(agency: Tenant, candidate: Candidate, canary: str, operator: Tenant) -> dict[str, uuid.UUID]:
    """Have an agency that takes part look after the person; return an object for each parameter of a route."""
    with acting_as(candidate=candidate.pk):
        Identity.objects.filter(pk=candidate.pk).update(name=canary)
        Profile.objects.filter(pk=candidate.pk).update(occupation=canary)
    caring.agree_to_introduction(candidate.pk)
    desk = caring.desk(agency, operator)
    taken = caring.take(desk, candidate)
    with acting_as(organization=agency.id):
        contact = routing.record_contact(
            organization_id=agency.id,
            assignment_id=taken.pk,
            channel="phone",
            purpose="first",
            summary=canary,
            happened_at=NOW,
            actor=desk.adviser,
            now=NOW,
        )
        entry = SeekerEntry.objects.get(assignment=taken)
    return {"assignment_id": taken.pk, "contact_id": contact.pk, "entry_id": entry.pk}
