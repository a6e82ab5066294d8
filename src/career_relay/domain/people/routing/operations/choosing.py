from __future__ import annotations

import typing

from career_relay.capabilities import queue
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import Wish
from career_relay.domain.people.routing.operations import errors
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def choose(
    *, candidate_id: uuid.UUID, agencies: collections.abc.Sequence[uuid.UUID], actor: actors.Actor, now: dt.datetime
) -> list[Wish]:
    """Remember the agencies that the person would like, the most liked first; an empty list leaves it to the network.

    An agency the person had excluded is welcome again, and one that was tried before is asked again. Whoever waits is
    put before the chosen ones soon. The caller acts as the person. Raises UnableToFindCandidate, UnableToChooseAgencies.
    """
    candidates.lock(candidate_id=candidate_id)
    today = clock.day_in_japan(now)
    are_few = len(agencies) == len(set(agencies)) <= rules.MOST_WISHES
    if not are_few or not all(agreements.may_receive(one, today) for one in agencies):
        raise errors.UnableToChooseAgencies
    Wish.objects.filter(candidate_id=candidate_id).delete()
    for organization_id in agencies:
        candidates.lift_exclusion(
            candidate_id=candidate_id, organization_id=organization_id, reason=Exclusion.Reason.NAMED
        )
    queue.defer("route_candidate", candidate=candidate_id)
    return Wish.objects.bulk_create(
        Wish(candidate_id=candidate_id, organization_id=organization_id, rank=rank, chosen_at=now)
        for rank, organization_id in enumerate(agencies, start=1)
    )
