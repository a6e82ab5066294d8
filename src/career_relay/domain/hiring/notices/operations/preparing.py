"""From a confirmed mailing to queued mails, some hundred people at a time, so that a crash or a stop costs little."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import queries as mails
from career_relay.capabilities.messaging import unsubscribing
from career_relay.domain.hiring.notices import letters, sql
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.operations import choosing, reviewing
from career_relay.domain.hiring.notices.queries import standing
from career_relay.domain.hiring.notices.queries.receivers import Receiver, receivers, style_of
from career_relay.kernel import actors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.capabilities.messaging.placeholders import Recipe

AT_ONCE: typing.Final = 250
State = Mailing.State
LeftOut = Notice.LeftOut


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some people of a mailing whose mails are to be written now, and those of them who get a link."""

    mailing: Mailing
    style: letters.Style
    receivers: list[Receiver]
    linked: list[uuid.UUID]


def next_chunk(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, may_link: bool, now: dt.datetime) -> Chunk | None:
    """Hold the next people of a mailing and what they are told; None when there are none left, or it was stopped.

    Looks for the last time whether each can be told. An address that stopped invitations gets its mail without one.
    """
    mailing = choosing.locked(organization_id=organization_id, mailing_id=mailing_id)
    if mailing.state != State.PREPARING:
        return None
    notice_ids = list(_unprepared(mailing).values_list("pk", flat=True)[:AT_ONCE])
    if not notice_ids:
        _begin_waiting(mailing, now)
        return None
    _hold(organization_id, notice_ids)
    people = reviewing.review(mailing=mailing, notice_ids=notice_ids)
    style = style_of(mailing)
    ready = _with_all_values(mailing, style, receivers([person.notice_id for person in people]))
    return Chunk(mailing=mailing, style=style, receivers=ready, linked=_linked(mailing, ready, may_link=may_link))


def queue_chunk(*, chunk: Chunk, links: collections.abc.Mapping[uuid.UUID, Recipe], now: dt.datetime) -> int:
    """Write the mails of a chunk, `links` saying by notice how its link is derived; return how many."""
    if not chunk.receivers or chunk.mailing.due_at is None:
        return 0
    organization_id, style = chunk.mailing.organization_id, chunk.style
    notice_ids = [person.notice_id for person in chunk.receivers]
    _open(organization_id, chunk.receivers)
    queued = messaging.queue_batch(
        batch_id=chunk.mailing.pk,
        organization=organization_id,
        letters=[
            letters.letter(style, person.values(style), to=person.email, recipe=links.get(person.notice_id))
            for person in chunk.receivers
        ],
        due_at=chunk.mailing.due_at,
        now=now,
    )
    Notice.objects.bulk_update(
        [
            Notice(pk=notice_id, message_id=message_id, has_link=notice_id in links)
            for notice_id, message_id in zip(notice_ids, queued, strict=True)
        ],
        ["message", "has_link"],
    )
    return len(queued)


def _unprepared(mailing: Mailing) -> QuerySet[Notice]:
    return mailing.notices.filter(left_out=LeftOut.NO, message=None).order_by("pk")


def _hold(organization_id: uuid.UUID, notice_ids: list[uuid.UUID]) -> None:
    """Hold what is told, then the people and every record of them: news of another application waits until it sees the mail.

    Whoever holds them longer is not waited for, because the mailing's row is held here: somebody may want to stop it.
    """
    sql.be_impatient()
    tells = Told.objects.filter(organization_id=organization_id, notice_id__in=notice_ids)
    told = dict(tells.values_list("application_id", "application__applicant_id"))
    sql.lock_applications(organization_id, list(told))
    same = standing.same_people({*told.values()})
    sql.lock_applicants(organization_id, [*{one for records in same.values() for one in records}])


def _open(organization_id: uuid.UUID, people: list[Receiver]) -> None:
    """Keep others from telling what these people are about to be told."""
    tells = Told.objects.filter(organization_id=organization_id, notice_id__in=[one.notice_id for one in people])
    told = [application.pk for person in people for application in person.applications]
    tells.filter(application_id__in=told).update(is_open=True)


def _with_all_values(mailing: Mailing, style: letters.Style, people: list[Receiver]) -> list[Receiver]:
    """Leave out whose mail would have a gap: values that turn out to hold nothing visible."""
    gaps = {one.notice_id: letters.missing(style, one.values(style), has_link=mailing.has_link) for one in people}
    reviewing.leave_out(
        why={notice_id: (LeftOut.MISSING_VALUE, "、".join(names)) for notice_id, names in gaps.items() if names}
    )
    return [person for person in people if not gaps[person.notice_id]]


def _linked(mailing: Mailing, people: list[Receiver], *, may_link: bool) -> list[uuid.UUID]:
    if not (mailing.has_link and may_link):
        return []
    unwanted = mails.suppressed(unsubscribing.RELAY_MAILS, {person.email for person in people})
    return [person.notice_id for person in people if person.email not in unwanted]


def _begin_waiting(mailing: Mailing, now: dt.datetime) -> None:
    """Note that every mail is written; the worker may have sent them all by now."""
    counts = mails.counts_of_batch(mailing.organization_id, mailing.pk)
    is_open = any(counts.get(state) for state in ("queued", "sending"))
    mailing.state = State.WAITING if is_open else State.FINISHED
    mailing.save(update_fields=["state"])
    facts.record(
        "notice.queued",
        actor=actors.user(mailing.confirmed_by_id) if mailing.confirmed_by_id else actors.SYSTEM,
        occurred_at=now,
        organization=mailing.organization_id,
        subject=mailing.pk,
        count=sum(counts.values()),
    )
