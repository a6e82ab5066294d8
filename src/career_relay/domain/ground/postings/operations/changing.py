from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.postings.operations import errors

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def assign_manager(
    *,
    organization_id: uuid.UUID,
    posting_id: uuid.UUID,
    member_id: uuid.UUID | None,
    actor: actors.Actor,
    now: dt.datetime,
) -> JobPosting:
    """Let a member see who applied for this posting (現場責任者), or nobody.

    Raises UnableToFindPosting, UnableToAssignManager.
    """
    posting = lock(organization_id=organization_id, posting_id=posting_id)
    if member_id is not None and not organizations.members(organization_id).filter(pk=member_id).exists():
        raise errors.UnableToAssignManager
    return _change(posting, "manager_id", member_id, actor=actor, now=now)


def close(*, organization_id: uuid.UUID, posting_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> JobPosting:
    """Say that nobody is looked for any more. Raises UnableToFindPosting, UnableToChangeCalledPosting."""
    return _change(
        own(organization_id=organization_id, posting_id=posting_id),
        "state",
        JobPosting.State.CLOSED,
        actor=actor,
        now=now,
    )


def reopen(*, organization_id: uuid.UUID, posting_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> JobPosting:
    """Look for somebody again. Raises UnableToFindPosting, UnableToChangeCalledPosting."""
    return _change(
        own(organization_id=organization_id, posting_id=posting_id),
        "state",
        JobPosting.State.OPEN,
        actor=actor,
        now=now,
    )


def close_called(
    *, organization_id: uuid.UUID, posting_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> JobPosting:
    """End a posting with the request that made it. Raises UnableToFindPosting."""
    posting = lock(organization_id=organization_id, posting_id=posting_id)
    return _change(posting, "state", JobPosting.State.CLOSED, actor=actor, now=now)


def tell(*, posting: JobPosting, fields: list[str], actor: actors.Actor, now: dt.datetime) -> None:
    """Record that fields of the posting were changed."""
    facts.record(
        "posting.changed",
        actor=actor,
        occurred_at=now,
        organization=posting.organization_id,
        subject=posting.pk,
        fields=[field.removesuffix("_id") for field in fields],
    )


def own(*, organization_id: uuid.UUID, posting_id: uuid.UUID) -> JobPosting:
    """Return a posting whose words and end are the organization's to decide, locked until the transaction ends.

    Raises UnableToFindPosting, UnableToChangeCalledPosting.
    """
    posting = lock(organization_id=organization_id, posting_id=posting_id)
    if posting.is_called:
        raise errors.UnableToChangeCalledPosting
    return posting


def lock(*, organization_id: uuid.UUID, posting_id: uuid.UUID) -> JobPosting:
    """Return the organization's posting, locked until the transaction ends. Raises UnableToFindPosting."""
    posting = JobPosting.objects.select_for_update(no_key=True).filter(organization_id=organization_id, pk=posting_id)
    found = posting.first()
    if found is None:
        raise errors.UnableToFindPosting
    return found


def _change(
    posting: JobPosting, field: str, value: uuid.UUID | str | None, *, actor: actors.Actor, now: dt.datetime
) -> JobPosting:
    """Write one field and the fact, when it is a change; the fact names the field."""
    if getattr(posting, field) == value:
        return posting
    setattr(posting, field, value)
    posting.save(update_fields=[field])
    tell(posting=posting, fields=[field], actor=actor, now=now)
    return posting
