"""Decisions that stand again, though a mail told of them while they did not."""

from __future__ import annotations

import typing

from django.db.models import F, OuterRef, Q, Subquery

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Told
from career_relay.domain.hiring.notices.queries import states

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

_LOST: typing.Final = Q(notice__message__state=Message.State.UNCERTAIN)
_ARRIVED: typing.Final = Q(notice__message__state=Message.State.SENT) | (_LOST & Q(notice__detail=states.ARRIVED))
_OF_THIS_DECISION: typing.Final = Q(application__decided_at=None) | Q(
    notice__mailing__confirmed_at__gte=F("application__decided_at")
)


def let_go(
    *, organization_id: uuid.UUID, application_ids: collections.abc.Iterable[uuid.UUID], since: dt.datetime
) -> list[uuid.UUID]:
    """Return what was let go of because these applications are no rejections any more, and may be told all the same.

    Of mails that arrived after this moment, and of those that may have arrived at any time.
    """
    has_arrived = Q(notice__message__state=Message.State.SENT, notice__message__finished_at__gte=since)
    may_have_arrived = _LOST & ~Q(notice__detail=states.NOT_ARRIVED)
    tells = Told.objects.filter(has_arrived | may_have_arrived, organization_id=organization_id, is_open=False)
    of_these = tells.filter(application_id__in=application_ids).exclude(application__outcome=Outcome.REJECTED)
    return list(of_these.values_list("pk", flat=True))


def restore_told(*, organization_id: uuid.UUID, tell_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Take up again what was let go of (`let_go`), where the rejection is back: nobody is told a second time.

    Whom a mail reached is told since then. What nobody knows of a mail is to be found out first. The caller holds the
    applications.
    """
    tells = Told.objects.filter(organization_id=organization_id, pk__in=tell_ids)
    untold = tells.filter(_OF_THIS_DECISION, application__outcome=Outcome.REJECTED, application__told_at=None)
    latest = untold.order_by("application_id", "-notice__mailing__confirmed_at").distinct("application_id")
    restored = dict(latest.values_list("pk", "application_id"))
    arrived = tells.filter(_ARRIVED, pk__in=restored)
    moments = arrived.filter(application=OuterRef("pk")).values("notice__message__finished_at")
    told = Application.objects.filter(organization_id=organization_id, pk__in=arrived.values("application_id"))
    told.update(told_at=Subquery(moments))
    tells.filter(pk__in=restored).update(is_open=True)
