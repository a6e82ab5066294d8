"""The end of notices that wait: stopped, or dropped with their decision; and of a mailing none of whose notices waits."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Exists, OuterRef

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.operations import choosing
from career_relay.domain.hiring.notices.operations.errors import (
    UnableToFindMailing,
    UnableToStopMailing,
    UnableToStopNotice,
)
from career_relay.domain.hiring.notices.operations.releasing import OVER, close
from career_relay.domain.hiring.notices.queries import states
from career_relay.kernel import actors, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

State = Mailing.State
MessageState = Message.State
STOPPABLE: typing.Final = (State.PREPARING, State.WAITING)
UNDER_WAY: typing.Final = (MessageState.QUEUED, MessageState.SENDING)


@dataclasses.dataclass(frozen=True, slots=True)
class Ended:
    """Notices whose mail will not reach anybody, so that their links must not open either."""

    notice_ids: tuple[uuid.UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Stopped(Ended):
    """A mailing's stopped notices, and how many people were spared a mail by stopping it."""

    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class Dropped(Ended):
    """Notices that fell away with a decision. `is_too_late`: a mail that says what is no longer so can't be taken back.

    `is_sent`: because it was sent before; otherwise it is just being sent, or nobody knows whether it arrived.
    """

    is_too_late: bool
    is_sent: bool = False


def stop(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, user_id: uuid.UUID | None, now: dt.datetime) -> Stopped:
    """Stop a mailing: what no worker has claimed is never sent, and its people are untold again.

    `user_id` is None when nobody stopped it but its preparation could not be finished.

    The mails are stopped before the mailing's row is waited for, which may be held by the writing of more; those are
    stopped afterwards. Raises UnableToFindMailing, UnableToStopMailing.
    """
    first = messaging.stop_batch(batch_id=mailing_id, organization_id=organization_id, now=now)
    mailing = choosing.locked(organization_id=organization_id, mailing_id=mailing_id)
    if mailing.state not in STOPPABLE:
        raise UnableToStopMailing
    later = messaging.stop_batch(batch_id=mailing_id, organization_id=organization_id, now=now)
    mailing.state, mailing.stopped_by_id, mailing.stopped_at = State.STOPPED, user_id, now
    mailing.save(update_fields=["state", "stopped_by", "stopped_at"])
    notices = Notice.objects.filter(organization_id=organization_id, mailing_id=mailing_id)
    stopped = list(notices.filter(message__state=MessageState.STOPPED).values_list("pk", flat=True))
    close(organization_id=organization_id, notice_ids=stopped)
    unwritten = notices.filter(message=None, left_out=Notice.LeftOut.NO).count()
    count = len(first) + len(later) + unwritten
    _record_stop(organization_id, mailing_id, count, user_id, now)
    return Stopped(tuple(stopped), count)


def break_off(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, now: dt.datetime) -> Ended:
    """Stop a mailing whose mails can't be written, so that nobody waits for it; nothing if it got further."""
    mailings = Mailing.objects.filter(organization_id=organization_id, pk=mailing_id, state=State.PREPARING)
    if not mailings.exists():
        return Ended(())
    return stop(organization_id=organization_id, mailing_id=mailing_id, user_id=None, now=now)


def stop_linked(*, organization_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Ended:
    """Stop every mailing with links, because the basis for them was taken back."""
    linked = Mailing.objects.filter(organization_id=organization_id, has_link=True, state__in=STOPPABLE)
    stopped = [
        stop(organization_id=organization_id, mailing_id=mailing_id, user_id=user_id, now=now)
        for mailing_id in linked.order_by("pk").values_list("pk", flat=True)
    ]
    return Ended(tuple(notice_id for one in stopped for notice_id in one.notice_ids))


def stop_one(*, organization_id: uuid.UUID, notice_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Ended:
    """Take one notice back before the worker claims its mail. Raises UnableToFindMailing, UnableToStopNotice."""
    notice = Notice.objects.filter(organization_id=organization_id, pk=notice_id).first()
    if notice is None:
        raise UnableToFindMailing
    if notice.message_id is None:
        raise UnableToStopNotice
    try:
        messaging.stop(message_id=notice.message_id, now=now)
    except messaging.UnableToStop as error:
        raise UnableToStopNotice from error
    close(organization_id=organization_id, notice_ids=[notice_id])
    _record_stop(organization_id, notice_id, 1, user_id, now)
    return Ended((notice_id,))


def drop(*, organization_id: uuid.UUID, application_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Dropped:
    """Take back the notice that tells of an application, because it would no longer be true.

    Its other applications wait to be told again. A mail that is being sent can't be taken back: that is said. Whoever
    was told of a decision that is no more, or is said not to have been told, may be told anew.
    """
    tells = Told.objects.filter(organization_id=organization_id, application_id=application_id, is_open=True)
    tell = tells.select_related("notice__message", "application__applicant").first()
    if tell is None:
        return Dropped((), is_too_late=False)
    try:
        ended = stop_one(organization_id=organization_id, notice_id=tell.notice_id, user_id=user_id, now=now)
    except UnableToStopNotice:
        return _too_late(tell)
    return Dropped(ended.notice_ids, is_too_late=False)


def finish(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> None:
    """Note that no mail of a mailing waits any more. One that is still being written finishes by itself."""
    waiting = Mailing.objects.filter(organization_id=organization_id, pk=mailing_id, state=State.WAITING)
    waiting.update(state=State.FINISHED)


def finish_all(*, organization_id: uuid.UUID) -> None:
    """Note of every mailing whose mails are all done that it is over: the job that was to say so may have died."""
    waiting = Mailing.objects.filter(organization_id=organization_id, state=State.WAITING)
    open_mails = Notice.objects.filter(mailing=OuterRef("pk"), message__state__in=UNDER_WAY)
    waiting.exclude(Exists(open_mails)).update(state=State.FINISHED)


def _too_late(tell: Told) -> Dropped:
    """Say whether a mail that can't be taken back says what is no longer so, and let go of what is to be told anew."""
    message = tell.notice.message
    if message is None:
        return Dropped((), is_too_late=True)
    message.refresh_from_db(fields=["state"])
    application = tell.application
    is_known = message.state == MessageState.SENT or tell.notice.detail == states.ARRIVED
    is_to_be_told = application.outcome != Outcome.REJECTED or (is_known and application.told_at is None)
    if message.state in OVER and is_to_be_told:
        Told.objects.filter(pk=tell.pk).update(is_open=False)
    if not is_known:
        return Dropped((), is_too_late=True)
    was_written_to = japanese.normalise_email(message.to_address)
    is_untrue = is_to_be_told or japanese.normalise_email(application.applicant.email) != was_written_to
    return Dropped((), is_too_late=is_untrue, is_sent=is_untrue)


def _record_stop(
    organization_id: uuid.UUID, subject: uuid.UUID, count: int, user_id: uuid.UUID | None, now: dt.datetime
) -> None:
    facts.record(
        "notice.stopped",
        actor=actors.user(user_id) if user_id else actors.SYSTEM,
        occurred_at=now,
        organization=organization_id,
        subject=subject,
        count=count,
    )
