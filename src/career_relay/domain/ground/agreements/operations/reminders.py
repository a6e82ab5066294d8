from __future__ import annotations

import typing

from career_relay.domain.ground.agreements import letters, queries, rules
from career_relay.domain.ground.agreements.operations import signing

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def remind_of_review(
    *, organization_id: uuid.UUID, agreement_id: uuid.UUID, today: dt.date, now: dt.datetime
) -> int | None:
    """Tell both parties by mail that the review is near or due, each reminder once; return its days, or None.

    The caller acts as one of the parties. What has changed meanwhile is looked at again here.
    Raises UnableToFindAgreement.
    """
    agreement = signing.lock(organization_id=organization_id, agreement_id=agreement_id)
    if agreement.state not in queries.IN_FORCE:
        return None
    days = rules.reminder(agreement.review_on, today, agreement.reminded)
    if days is None:
        return None
    agreement.reminded = days
    agreement.save(update_fields=["reminded"])
    letters.remind(agreement, now=now)
    return days
