"""What each agency put before an employer."""

from __future__ import annotations

import typing

from django.db.models import Count

from career_relay.domain.people.introductions.models import Introduction

if typing.TYPE_CHECKING:
    import uuid


def introduced_by(organization_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return by agency how many people were introduced to the employer, each once. The caller acts as the employer."""
    found = Introduction.objects.filter(employer_id=organization_id).order_by().values_list("organization_id")
    return dict(found.annotate(Count("candidate_id", distinct=True)))
