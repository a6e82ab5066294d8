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

    One that is new on the list is welcome again if it was excluded, and asked again if it was tried before. For one that
    was on it already nothing changes but its rank, whether or not it may receive people at the moment. Whoever waits is
    put before the chosen ones soon. The caller acts as the person. Raises UnableToFindCandidate, UnableToChooseAgencies.
    """
    candidates.lock(candidate_id=candidate_id)
    wished = Wish.objects.filter(candidate_id=candidate_id)
    chosen_before = dict(wished.values_list("organization_id", "chosen_at"))
    added = [one for one in agencies if one not in chosen_before]
    today = clock.day_in_japan(now)
    are_few = len(agencies) == len(set(agencies)) <= rules.MOST_WISHES
    if not are_few or not all(agreements.may_receive(one, today) for one in added):
        raise errors.UnableToChooseAgencies
    wished.delete()
    for organization_id in added:
        candidates.lift_exclusion(
            candidate_id=candidate_id, organization_id=organization_id, reason=Exclusion.Reason.NAMED
        )
    queue.defer("route_candidate", candidate=candidate_id)
    return Wish.objects.bulk_create(
        Wish(candidate_id=candidate_id, organization_id=one, rank=rank, chosen_at=chosen_before.get(one, now))
        for rank, one in enumerate(agencies, start=1)
    )


def unchoose(*, candidate_id: uuid.UUID, organization_id: uuid.UUID) -> None:
    """Forget that the person would like an agency, because they leave it. The caller acts as the person."""
    Wish.objects.filter(candidate_id=candidate_id, organization_id=organization_id).delete()
