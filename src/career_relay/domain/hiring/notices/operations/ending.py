"""What becomes of queued notices: stopped, dropped with their decision, sent, or known not to arrive."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.operations import choosing
from career_relay.domain.hiring.notices.operations.errors import (
    UnableToFindMailing,
    UnableToResolve,
    UnableToStopMailing,
    UnableToStopNotice,
)
from career_relay.kernel import actors

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

State = Mailing.State
MessageState = Message.State
NOT_REACHED: typing.Final = frozenset({MessageState.STOPPED, MessageState.FAILED, MessageState.SUPPRESSED})
STOPPABLE: typing.Final = (State.PREPARING, State.WAITING)


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
    """Notices that fell away with a decision. `is_too_late`: a mail was on its way already, or had arrived."""

    is_too_late: bool


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
    _close(organization_id, stopped)
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
    _close(organization_id, [notice_id])
    _record_stop(organization_id, notice_id, 1, user_id, now)
    return Ended((notice_id,))


def drop(*, organization_id: uuid.UUID, application_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Dropped:
    """Take back the notice that tells of an application, because it would no longer be true.

    Its other applications wait to be told again. A mail that is being sent can't be taken back: that is said. Whoever
    was told of a decision that is no more may be told of the next one.
    """
    tells = Told.objects.filter(organization_id=organization_id, application_id=application_id, is_open=True)
    tell = tells.select_related("notice__message", "application").first()
    if tell is None:
        return Dropped((), is_too_late=False)
    try:
        ended = stop_one(organization_id=organization_id, notice_id=tell.notice_id, user_id=user_id, now=now)
    except UnableToStopNotice:
        message = tell.notice.message
        if tell.application.outcome != Outcome.REJECTED and message and message.state == MessageState.SENT:
            tells.update(is_open=False)
        return Dropped((), is_too_late=True)
    return Dropped(ended.notice_ids, is_too_late=False)


def settle(*, message_id: uuid.UUID, state: Message.State, now: dt.datetime) -> Ended:
    """Draw the conclusions from what became of a mail, in the transaction that writes it down.

    Sent: all it tells of are told. Known not to arrive: they are untold again. Uncertain: they stay with this notice,
    which nobody repeats, until a late answer or a person says what became of it. A mail of another kind is passed over.
    """
    notice = Notice.objects.filter(message_id=message_id).first()
    if notice is None:
        return Ended(())
    if state in NOT_REACHED:
        _close(notice.organization_id, [notice.pk])
        return Ended((notice.pk,))
    if state == MessageState.SENT:
        _tell(notice, now)
        facts.record(
            "notice.sent",
            actor=actors.SYSTEM,
            occurred_at=now,
            organization=notice.organization_id,
            subject=notice.pk,
        )
    return Ended(())


def resolve_uncertain(
    *, organization_id: uuid.UUID, notice_id: uuid.UUID, has_arrived: bool, user_id: uuid.UUID, now: dt.datetime
) -> Ended:
    """Decide, as a person who asked, what became of a mail whose answer was lost.

    Arrived: its people are told. Not arrived: they are untold again and may be chosen anew.
    Raises UnableToFindMailing, UnableToResolve.
    """
    notices = Notice.objects.select_for_update(of=("self",)).select_related("message")
    notice = notices.filter(organization_id=organization_id, pk=notice_id).first()
    if notice is None:
        raise UnableToFindMailing
    is_open = Told.objects.filter(notice=notice, is_open=True, application__told_at=None).exists()
    if notice.message is None or notice.message.state != MessageState.UNCERTAIN or not is_open:
        raise UnableToResolve
    if has_arrived:
        _tell(notice, now)
        return Ended(())
    _close(organization_id, [notice_id])
    return Ended((notice_id,))


def finish(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> None:
    """Note that no mail of a mailing waits any more. One that is still being written finishes by itself."""
    waiting = Mailing.objects.filter(organization_id=organization_id, pk=mailing_id, state=State.WAITING)
    waiting.update(state=State.FINISHED)


def _tell(notice: Notice, now: dt.datetime) -> None:
    """Note that all the notice tells of is told. A decision that was changed while the mail was under way is not."""
    tells = Told.objects.filter(organization_id=notice.organization_id, notice=notice, is_open=True)
    decisions = dict(tells.values_list("application_id", "application__outcome"))
    rejected = [pk for pk, outcome in decisions.items() if outcome == Outcome.REJECTED]
    applications = Application.objects.filter(organization_id=notice.organization_id, pk__in=rejected, told_at=None)
    applications.update(told_at=now)
    tells.exclude(application_id__in=rejected).update(is_open=False)


def _close(organization_id: uuid.UUID, notice_ids: list[uuid.UUID]) -> None:
    Told.objects.filter(organization_id=organization_id, notice_id__in=notice_ids, is_open=True).update(is_open=False)


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
