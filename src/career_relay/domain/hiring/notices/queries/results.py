"""What notices mean to other pages: who is about to be told, and why somebody still was not."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.domain.hiring.notices.queries import states
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

_UNDER_WAY: typing.Final = (Message.State.QUEUED, Message.State.SENDING)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonNotice:
    """A notice on the page of the person it is for."""

    notice_id: uuid.UUID
    mailing_id: uuid.UUID
    created_at: dt.datetime
    due_at: dt.datetime | None
    finished_at: dt.datetime | None
    subject: str
    state: str
    may_stop: bool
    detail: str = ""

    @property
    def state_name(self) -> str:
        return states.name(self.state)

    @property
    def reason(self) -> str:
        return states.failure(self.state, self.detail)


def on_its_way(organization_id: uuid.UUID) -> QuerySet[typing.Any, uuid.UUID]:
    """Return the applications that a queued mail tells of: nobody has to think of them now."""
    tells = Told.objects.filter(organization_id=organization_id, is_open=True)
    return tells.filter(notice__message__state__in=_UNDER_WAY).values_list("application_id", flat=True)


def last_results(
    organization_id: uuid.UUID, application_ids: collections.abc.Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return in words why the newest notice about an application did not reach its person, where there was one."""
    tells = Told.objects.filter(organization_id=organization_id, application_id__in=application_ids)
    newest = tells.exclude(notice__message=None).order_by("application_id", "-notice__message__created_at", "-pk")
    found = newest.distinct("application_id").values_list("application_id", "notice__message__state", "notice__detail")
    return {application: words for application, *known in found if (words := states.failure(*known))}


def of_applicant(organization_id: uuid.UUID, applicant_id: uuid.UUID) -> list[PersonNotice]:
    """Return the mails to a person, newest first."""
    found = Notice.objects.filter(organization_id=organization_id, applicant_id=applicant_id, message__isnull=False)
    newest = found.select_related("message", "mailing").defer("message__text", "message__html")
    return [_notice(one, one.message) for one in newest.order_by("-message__created_at", "-pk") if one.message]


def _notice(notice: Notice, message: Message) -> PersonNotice:
    return PersonNotice(
        notice_id=notice.pk,
        mailing_id=notice.mailing_id,
        created_at=message.created_at,
        due_at=message.due_at,
        finished_at=message.finished_at,
        subject=message.subject,
        state=message.state,
        may_stop=message.state == Message.State.QUEUED,
        detail=notice.detail,
    )


def employers_with_untold() -> list[uuid.UUID]:
    """Return the employers with anybody rejected and not told, whoever asks."""
    return [row["organization_id"] for row in gate.rows("employers_with_untold")]


def employers_with_mailings() -> list[uuid.UUID]:
    """Return the employers with a mailing that is confirmed and not over, whoever asks."""
    return [row["organization_id"] for row in gate.rows("employers_with_mailings")]
