from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

MOST_AT_ONCE: typing.Final = 1_000


class UnableToFindPosting(DomainError):
    """The organization has no such posting."""

    code = "POSTING_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("求人が見つかりません。求人の一覧を開き直して、もう一度選んでください。"))


class UnableToAssignManager(DomainError):
    """The person is no member of the organization, or no longer."""

    code = "POSTING_MANAGER_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__(
            _("現場責任者を割り当てられません。選んだ方が、いまのメンバーではないためです。ほかの方を選んでください。")
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A posting as a file names it; `key` is what it is found by again."""

    key: str
    title: str
    external_id: str = ""
    employment_type: str = ""
    job_family: str = ""


def ensure(
    *, organization_id: uuid.UUID, named: collections.abc.Iterable[Named], now: dt.datetime
) -> dict[str, uuid.UUID]:
    """Return the postings of these keys, making those that are not there yet.

    A posting that is there stays as it is: its name may have been chosen by a person, and files disagree.
    """
    wanted = {one.key: one for one in named}
    known = _known(organization_id, wanted)
    missing = [_posting(organization_id, one, now) for key, one in sorted(wanted.items()) if key not in known]
    JobPosting.objects.bulk_create(missing, ignore_conflicts=True, batch_size=MOST_AT_ONCE)
    return known | _known(organization_id, [posting.key for posting in missing])


def forget_unused(*, organization_id: uuid.UUID, posting_ids: collections.abc.Iterable[uuid.UUID]) -> None:
    """Delete postings that only an import that was taken back had named, unless a person has changed them since."""
    untouched = JobPosting.objects.filter(organization_id=organization_id, manager=None, state=JobPosting.State.OPEN)
    untouched.filter(pk__in=list(posting_ids)).delete()


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
    posting = _locked(organization_id, posting_id)
    if member_id is not None and not organizations.members(organization_id).filter(pk=member_id).exists():
        raise UnableToAssignManager
    return _change(posting, "manager_id", member_id, actor=actor, now=now)


def close(*, organization_id: uuid.UUID, posting_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> JobPosting:
    """Say that nobody is looked for any more. Raises UnableToFindPosting."""
    return _change(_locked(organization_id, posting_id), "state", JobPosting.State.CLOSED, actor=actor, now=now)


def reopen(*, organization_id: uuid.UUID, posting_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> JobPosting:
    """Look for somebody again. Raises UnableToFindPosting."""
    return _change(_locked(organization_id, posting_id), "state", JobPosting.State.OPEN, actor=actor, now=now)


def _change(
    posting: JobPosting, field: str, value: uuid.UUID | str | None, *, actor: actors.Actor, now: dt.datetime
) -> JobPosting:
    """Write one field and the fact, when it is a change; the fact names the field."""
    if getattr(posting, field) == value:
        return posting
    setattr(posting, field, value)
    posting.save(update_fields=[field])
    facts.record(
        "posting.changed",
        actor=actor,
        occurred_at=now,
        organization=posting.organization_id,
        subject=posting.pk,
        fields=[field.removesuffix("_id")],
    )
    return posting


def _locked(organization_id: uuid.UUID, posting_id: uuid.UUID) -> JobPosting:
    posting = JobPosting.objects.select_for_update(no_key=True).filter(organization_id=organization_id, pk=posting_id)
    found = posting.first()
    if found is None:
        raise UnableToFindPosting
    return found


def _posting(organization_id: uuid.UUID, named: Named, now: dt.datetime) -> JobPosting:
    return JobPosting(
        organization_id=organization_id,
        key=named.key,
        external_id=named.external_id,
        title=named.title or named.external_id,
        employment_type=named.employment_type,
        job_family=named.job_family,
        created_at=now,
    )


def _known(organization_id: uuid.UUID, keys: collections.abc.Iterable[str]) -> dict[str, uuid.UUID]:
    postings = JobPosting.objects.filter(organization_id=organization_id, key__in=list(keys))
    return dict(postings.values_list("key", "id"))
