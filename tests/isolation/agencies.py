"""What an agency keeps in its own rooms, each thing with a name that must not be seen elsewhere."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.agencies import operations
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant


def fill(tenant: Tenant, canary: str, domain: str) -> dict[str, uuid.UUID]:
    """Fill the rooms of an agency with an ordinary name; return an object for each parameter of a route.

    Its licence waits, so that no directory lists it yet. `agency_id` is nobody's: the operator may open the page of every
    agency, and tests/portals/operator asks for those pages as everybody else.
    """
    with acting_as(organization=tenant.id):
        details = dataclasses.replace(room.DESK, message=canary, email=f"desk@{domain}")
        operations.save_desk(details=details, **room.by(tenant))
        office = room.open_office(tenant, name=canary, address=canary, responsible_name=canary)
        room.publish(tenant)
        licence = room.submit(tenant, evidence=operations.Upload(f"{canary}.pdf", room.PDF + canary.encode()))
    return {"licence_id": licence.pk, "office_id": office.pk, "agency_id": ids.new()}
