from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.postings.models import JobPosting

if typing.TYPE_CHECKING:
    import uuid


@dataclasses.dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting in a list; `manager_name` is empty when nobody is named."""

    id: uuid.UUID
    title: str
    external_id: str
    employment_type: str
    state: str
    manager_id: uuid.UUID | None
    manager_name: str

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still looked for."""
        return self.state == JobPosting.State.OPEN


def of_organization(organization_id: uuid.UUID) -> list[PostingLine]:
    """Return the postings of an organization, open ones first, by title."""
    found = JobPosting.objects.filter(organization_id=organization_id).select_related("manager__user")
    return [_line(posting) for posting in found.order_by("-state", "title", "id")]


def titles(organization_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the titles of an organization's postings by id, open ones first, by title: for choosing one of them."""
    found = JobPosting.objects.filter(organization_id=organization_id).order_by("-state", "title", "id")
    return dict(found.values_list("pk", "title"))


def managed_by(organization_id: uuid.UUID, user_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the postings that a member is named for, as long as the member has a seat."""
    found = JobPosting.objects.filter(
        organization_id=organization_id, manager__user_id=user_id, manager__removed_at=None
    )
    return list(found.order_by("id").values_list("id", flat=True))


def _line(posting: JobPosting) -> PostingLine:
    manager = posting.manager
    return PostingLine(
        id=posting.pk,
        title=posting.title,
        external_id=posting.external_id,
        employment_type=posting.employment_type,
        state=posting.state,
        manager_id=posting.manager_id,
        manager_name=manager.user.name if manager is not None and manager.removed_at is None else "",
    )
