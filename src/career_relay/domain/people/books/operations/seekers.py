"""A seeker's entry from the day the agency takes them on to the day it may no longer be kept. The caller acts as the agency."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.books.operations import errors
from career_relay.domain.people.candidates import queries as candidates
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.people.routing.models import Assignment
    from career_relay.kernel import actors


def write(*, assignment: Assignment) -> SeekerEntry | None:
    """Write down who the person is, as they say today, and the end if there is one; None for an offer not accepted.

    Where the agency may not see them any more, only the end is written. Address and day of birth are the agency's own
    word, and stay as they are.
    """
    if assignment.answered_at is None or assignment.contact_by is None:
        return None
    ended_on = clock.day_in_japan(assignment.ended_at) if assignment.ended_at else None
    person, wishes = candidates.identity(assignment.candidate_id), candidates.wishes(assignment.candidate_id)
    if person is None:
        kept = SeekerEntry.objects.filter(assignment=assignment)
        kept.update(ended_on=ended_on)
        return kept.first()
    wished = "、".join(map(str, occupations.labels(assignment.occupations)))
    entry, _is_new = SeekerEntry.objects.update_or_create(
        assignment=assignment,
        defaults={
            "organization_id": assignment.organization_id,
            "name": person.name,
            "occupation": ((wishes.occupation if wishes else "") or wished)[:200],
            "received_on": clock.day_in_japan(assignment.answered_at),
            "ended_on": ended_on,
        },
    )
    return entry


def fill_in(
    *,
    organization_id: uuid.UUID,
    entry_id: uuid.UUID,
    address: str,
    born_on: dt.date | None,
    actor: actors.Actor,
    now: dt.datetime,
) -> SeekerEntry:
    """Take down the address and the day of birth, which the person tells the agency and not us.

    Raises UnableToActWithoutRight, UnableToFindEntry, UnableToFillInEntry.
    """
    seats.acting(organization_id=organization_id, actor=actor, right="manage_agency")
    entry = SeekerEntry.objects.select_for_update().filter(organization_id=organization_id, pk=entry_id).first()
    if entry is None:
        raise errors.UnableToFindEntry
    if born_on and born_on >= entry.received_on:
        raise errors.UnableToFillInEntry(born_on, entry.received_on)
    before = (entry.address, entry.born_on)
    entry.address, entry.born_on = address.strip(), born_on
    if (entry.address, entry.born_on) != before:
        entry.save(update_fields=["address", "born_on"])
        facts.record("book.filled_in", actor=actor, occurred_at=now, organization=organization_id, subject=entry.pk)
    return entry


def drop(
    *,
    organization_id: uuid.UUID,
    entry_ids: collections.abc.Collection[uuid.UUID],
    actor: actors.Actor,
    now: dt.datetime,
) -> int:
    """Delete entries whose time is over; return how many there were."""
    count, _models = SeekerEntry.objects.filter(organization_id=organization_id, pk__in=entry_ids).delete()
    if count:
        facts.record("book.dropped", actor=actor, occurred_at=now, organization=organization_id, count=count)
    return count
