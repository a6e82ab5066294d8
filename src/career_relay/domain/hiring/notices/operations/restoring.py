"""Decisions that stand again as they did before a file: whoever a mail told of them meanwhile stays told."""

from __future__ import annotations

import typing

from django.db.models import Exists, F, OuterRef, Q, Subquery

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application, Correction
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Told
from career_relay.domain.hiring.notices.queries import states

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

_LOST: typing.Final = Q(notice__message__state=Message.State.UNCERTAIN)
_FOUND_OUT: typing.Final = _LOST & Q(notice__detail=states.ARRIVED)
_SENT: typing.Final = Q(notice__message__state=Message.State.SENT)
_MAY_HAVE_ARRIVED: typing.Final = _SENT | (_LOST & ~Q(notice__detail=states.NOT_ARRIVED))
OF_THIS_DECISION: typing.Final = Q(application__decided_at=None) | Q(
    notice__mailing__confirmed_at__gte=F("application__decided_at")
)


def may_have_told(
    *, organization_id: uuid.UUID, application_ids: collections.abc.Iterable[uuid.UUID], since: dt.datetime
) -> list[uuid.UUID]:
    """Return what is to tell, told or may have told of these applications, for `restore_told`.

    That is what is open; and what was let go of because they are no rejections any more: of mails that arrived after
    this moment, and of those that may have arrived at any time, unless a member took back that they did.
    """
    tells = Told.objects.filter(organization_id=organization_id, application_id__in=application_ids)
    is_let_go = _MAY_HAVE_ARRIVED & Q(is_open=False) & ~Q(application__outcome=Outcome.REJECTED)
    is_older = _SENT & Q(notice__message__finished_at__lt=since)
    let_go = tells.filter(is_let_go).exclude(is_older).exclude(_FOUND_OUT & Exists(_said_since()))
    return list((tells.filter(is_open=True) | let_go).values_list("pk", flat=True))


def restore_told(*, organization_id: uuid.UUID, tell_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Take up again what mails told (`may_have_told`), where the rejection is as it was: nobody is told a second time.

    Whom a mail reached is told since then. What nobody knows of a mail is to be found out first. An application of
    which another mail is to tell waits for that one. The caller holds the applications.
    """
    tells = Told.objects.filter(organization_id=organization_id, pk__in=tell_ids)
    stands = Q(is_open=True) | (_MAY_HAVE_ARRIVED & OF_THIS_DECISION)
    untold = tells.filter(stands, application__outcome=Outcome.REJECTED, application__told_at=None)
    latest = untold.order_by("application_id", "-is_open", "-notice__mailing__confirmed_at").distinct("application_id")
    restored = Told.objects.filter(organization_id=organization_id, pk__in=list(latest.values_list("pk", flat=True)))
    arrived = restored.filter(_SENT | _FOUND_OUT)
    moments = arrived.filter(application=OuterRef("pk")).values("notice__message__finished_at")
    told = Application.objects.filter(organization_id=organization_id, pk__in=arrived.values("application_id"))
    told.update(told_at=Subquery(moments))
    restored.filter(is_open=False).update(is_open=True)


def _said_since() -> QuerySet[Correction]:
    """Return what members said, after a mailing was confirmed, of when a person was told."""
    return Correction.objects.filter(
        organization_id=OuterRef("organization_id"),
        application_id=OuterRef("application_id"),
        field="told_at",
        corrected_at__gte=OuterRef("notice__mailing__confirmed_at"),
    )
