"""Mails that wait while there is news of their people: what is no longer true is taken back, what never was is forgotten."""

from __future__ import annotations

import collections
import dataclasses
import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import rules, sql
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.domain.hiring.notices.operations.ending import Dropped
from career_relay.domain.hiring.notices.queries import standing
from career_relay.kernel import actors, japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

AT_ONCE: typing.Final = 2000
UNDER_WAY: typing.Final = (Message.State.QUEUED, Message.State.SENDING)


def review_waiting(
    *, organization_id: uuid.UUID, applicant_ids: collections.abc.Iterable[uuid.UUID], now: dt.datetime
) -> Dropped:
    """Look once more at everybody of these people whose mail waits, and take back what would no longer be true.

    By the rules by which they were chosen; the same person under another record counts. A mail that is being sent
    can't be taken back, but is not tried again. The flow of the same name also ends the links.
    """
    news = list(applicant_ids)
    open_tells = Told.objects.filter(organization_id=organization_id, is_open=True)
    under_way = Notice.objects.filter(pk__in=open_tells.values("notice_id"), message__state__in=UNDER_WAY)
    waiting = under_way.order_by("pk").only("applicant_id", "mailing_id", "message_id")
    ended: list[Notice] = []
    is_too_late = False
    for start in range(0, len(news) if waiting.exists() else 0, AT_ONCE):
        same = standing.same_people(news[start : start + AT_ONCE])
        concerned = list(waiting.filter(applicant_id__in={one for records in same.values() for one in records}))
        hindered = _hindered(concerned)
        stopped = [one for one in concerned if one.pk in hindered and _is_stopped(one, hindered[one.pk], now)]
        is_too_late = is_too_late or len(stopped) < len(hindered)
        ended += stopped
    _end(organization_id, ended, now)
    return Dropped(tuple(one.pk for one in ended), is_too_late=is_too_late)


def forget_untold(*, organization_id: uuid.UUID, application_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Forget the notices about these applications that nobody got or will get, so that they can be deleted.

    What a mail told, may have told or is about to tell stays, and with it what it was about. A notice about others as
    well stays with those; one about nobody any more goes, and its link with it.
    """
    sql.lock_applications(organization_id, sorted(application_ids))
    tells = Told.objects.filter(standing.never_told(), organization_id=organization_id)
    tells.filter(application_id__in=application_ids).delete()
    people = Application.objects.filter(organization_id=organization_id, pk__in=application_ids).values("applicant_id")
    notices = Notice.objects.filter(standing.never_sent(), organization_id=organization_id, applicant_id__in=people)
    notices.filter(tells=None).delete()


def _hindered(notices: collections.abc.Sequence[Notice]) -> dict[uuid.UUID, str]:
    """Return by notice the reason that keeps it from being sent as it is written; empty for another address."""
    ids = [one.pk for one in notices]
    told = set(Told.objects.filter(notice_id__in=ids, is_open=True).values_list("application_id", flat=True))
    written_to = dict(Notice.objects.filter(pk__in=ids).values_list("pk", "message__to_address"))
    found: dict[uuid.UUID, str] = {}
    for person in standing.standings({one.pk: one.applicant_id for one in notices}):
        decisions = tuple(one for one in person.decisions if one.application_id in told)
        untrue = next((one.hindrance for one in decisions if one.hindrance), None)
        why = untrue or rules.left_out(dataclasses.replace(person, decisions=decisions), ())[0]
        has_moved = japanese.normalise_email(person.email) != japanese.normalise_email(
            written_to[person.notice_id] or ""
        )
        if why or has_moved:
            found[person.notice_id] = why
    return found


def _is_stopped(notice: Notice, why: str, now: dt.datetime) -> bool:
    if notice.message_id is None:
        return False
    try:
        messaging.stop(message_id=notice.message_id, now=now)
    except messaging.UnableToStop:
        return False
    Notice.objects.filter(pk=notice.pk).update(detail=why)
    return True


def _end(organization_id: uuid.UUID, ended: list[Notice], now: dt.datetime) -> None:
    tells = Told.objects.filter(organization_id=organization_id, notice_id__in=[one.pk for one in ended], is_open=True)
    tells.update(is_open=False)
    for mailing_id, count in collections.Counter(one.mailing_id for one in ended).items():
        facts.record(
            "notice.stopped",
            actor=actors.SYSTEM,
            occurred_at=now,
            organization=organization_id,
            subject=mailing_id,
            count=count,
        )
