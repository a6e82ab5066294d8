"""What two organizations agree on between themselves, with a name in it that must not be seen elsewhere."""

from __future__ import annotations

import typing

from tests.domain.ground.agreements import deal

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant


def fill(tenant: Tenant, other: Tenant, canary: str) -> dict[str, uuid.UUID]:
    """Make an agreement in force, an amendment on the table and a draft; return an object for each parameter of a route.

    `other` is a party of it, so it is nobody who must see nothing.
    """
    agreement = deal.live(tenant, other, notes=canary)
    deal.propose(other, tenant, notes=canary, review_months=6)
    draft = deal.draft(tenant, other, notes=canary)
    return {"agreement_id": agreement.pk, "draft_id": draft.pk}
