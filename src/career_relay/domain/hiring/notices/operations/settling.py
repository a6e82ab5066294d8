"""What became of a mail, by its server's answer or by a person's who asked, and what follows for those it tells of."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices import sql
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.domain.hiring.notices.operations import restoring
from career_relay.domain.hiring.notices.operations.ending import Ended
from career_relay.domain.hiring.notices.operations.errors import UnableToFindMailing, UnableToResolve
from career_relay.domain.hiring.notices.operations.releasing import close
from career_relay.domain.hiring.notices.queries import states
from career_relay.kernel import actors

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

MessageState = Message.State
NOT_REACHED: typing.Final = frozenset({MessageState.STOPPED, MessageState.FAILED, MessageState.SUPPRESSED})


def hold(*, message_id: uuid.UUID) -> uuid.UUID | None:
    """Hold what a mail tells of, before the mail itself; return whose notice it is, None for a mail of another kind.

    A file that comes in may hold the same applications for minutes, which the caller leaves to a later time.
    """
    told = list(Told.objects.filter(notice__message_id=message_id).values_list("organization_id", "application_id"))
    if not told:
        return None
    sql.be_impatient()
    organization_id = told[0][0]
    sql.lock_applications(organization_id, [application for _organization, application in told])
    return organization_id


def settle(*, message_id: uuid.UUID, state: Message.State, now: dt.datetime) -> Ended:
    """Draw the conclusions from what became of a mail, in the transaction that writes it down.

    Sent: all it tells of are told. Known not to arrive: they are untold again. Uncertain: they stay with this notice,
    which nobody repeats, until a late answer or a person says what became of it; not so what was decided anew meanwhile.
    A mail of another kind is passed over.
    """
    notice = Notice.objects.filter(message_id=message_id).first()
    if notice is None:
        return Ended(())
    if state in NOT_REACHED:
        close(organization_id=notice.organization_id, notice_ids=[notice.pk])
        return Ended((notice.pk,))
    if state == MessageState.UNCERTAIN:
        _release(notice)
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
    """Decide, as a person who asked, what became of a mail whose answer was lost. It is not tried again, either way.

    Arrived: its people are told, unless the decision no longer stands or was made anew after it was confirmed. Not arrived: they are untold again and may be
    chosen anew. Raises UnableToFindMailing, UnableToResolve.
    """
    tells = Told.objects.filter(organization_id=organization_id, notice_id=notice_id)
    sql.lock_applications(organization_id, list(tells.values_list("application_id", flat=True)))
    notices = Notice.objects.select_for_update(of=("self",)).select_related("message")
    notice = notices.filter(organization_id=organization_id, pk=notice_id).first()
    if notice is None:
        raise UnableToFindMailing
    if notice.message_id is None or not tells.filter(states.undecided()).exists():
        raise UnableToResolve
    notice.detail = states.ARRIVED if has_arrived else states.NOT_ARRIVED
    notice.save(update_fields=["detail"])
    messaging.call_off(message_ids=[notice.message_id])
    if has_arrived:
        tells.filter(is_open=True).exclude(restoring.OF_THIS_DECISION).update(is_open=False)
        _tell(notice, now)
        return Ended(())
    close(organization_id=organization_id, notice_ids=[notice_id])
    return Ended((notice_id,))


def _tell(notice: Notice, now: dt.datetime) -> None:
    """Note that all the notice tells of is told. A decision that was changed while the mail was under way is not."""
    _release(notice)
    tells = Told.objects.filter(organization_id=notice.organization_id, notice=notice, is_open=True)
    ids = list(tells.values_list("application_id", flat=True))
    applications = Application.objects.filter(organization_id=notice.organization_id, pk__in=ids)
    applications.filter(told_at=None).update(told_at=now)


def _release(notice: Notice) -> None:
    tells = Told.objects.filter(organization_id=notice.organization_id, notice=notice, is_open=True)
    tells.exclude(application__outcome=Outcome.REJECTED).update(is_open=False)
