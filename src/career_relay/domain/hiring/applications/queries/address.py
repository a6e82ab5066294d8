"""What the employer's own records hold under one e-mail address."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An application that somebody with the address once made. `posting_title` is empty where the file named none."""

    applicant_id: uuid.UUID
    posting_title: str
    applied_at: dt.datetime
    stage: str
    outcome: str

    @property
    def stage_name(self) -> str:
        return str(Stage(self.stage).label)


def with_address(organization_id: uuid.UUID, email: str) -> list[Known]:
    """Return the employer's own applications by this very address, the newest first. Nobody is found by likeness."""
    address = japanese.normalise_email(email)
    if not address:
        return []
    own = Application.objects.filter(
        organization_id=organization_id, applicant__organization_id=organization_id, applicant__email=address
    )
    return [
        Known(
            applicant_id=one.applicant_id,
            posting_title=one.posting.title if one.posting else "",
            applied_at=one.applied_at,
            stage=one.stage,
            outcome=one.outcome,
        )
        for one in own.select_related("posting").order_by("-applied_at", "-pk")
    ]
