from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.postings.models import JobPosting

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

MOST_AT_ONCE: typing.Final = 1_000


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
    untouched = JobPosting.objects.filter(
        organization_id=organization_id, manager=None, state=JobPosting.State.OPEN, terms__isnull=True
    )
    untouched.filter(pk__in=list(posting_ids)).delete()


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
