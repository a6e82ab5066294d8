"""How many applications there are: all together for the first look, and by posting."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Count, Q

from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.queries import selecting
from career_relay.domain.hiring.intake.vocabulary import Outcome

if typing.TYPE_CHECKING:
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Applications, and how many of them the employer rejected."""

    applications: int
    rejected: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostingCounts:
    """What came in for one posting, what of it is still open, and whom nobody has told."""

    applications: int = 0
    in_progress: int = 0
    untold: int = 0


def totals(organization_id: uuid.UUID) -> Totals:
    """Return how many applications the employer has."""
    own = Application.objects.filter(organization_id=organization_id)
    rejected = Count("pk", filter=Q(outcome=Outcome.REJECTED.value))
    return Totals(**own.aggregate(applications=Count("pk"), rejected=rejected))


def by_posting(organization_id: uuid.UUID) -> dict[uuid.UUID, PostingCounts]:
    """Return the counts of each posting that has applications."""
    own = Application.objects.filter(organization_id=organization_id, posting__isnull=False)
    counted = (
        own.order_by()
        .values_list("posting_id")
        .annotate(
            applications=Count("pk"),
            in_progress=Count("pk", filter=Q(outcome=Outcome.IN_PROGRESS.value)),
            untold=Count("pk", filter=selecting.is_untold()),
        )
    )
    return {
        posting: PostingCounts(applications=applications, in_progress=in_progress, untold=untold)
        for posting, applications, in_progress, untold in counted
    }
