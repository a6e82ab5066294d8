"""Mails that wait while there is news of their people: what is no longer true is taken back, what never was is forgotten."""

from __future__ import annotations

import collections
import dataclasses
import typing
import uuid

from django.db.models import Q

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import rules, sql
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.operations import reviewing
from career_relay.domain.hiring.notices.operations.ending import UNDER_WAY, Dropped
from career_relay.domain.hiring.notices.queries import standing, states, written
from career_relay.kernel import actors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from django.db.models import QuerySet

AT_ONCE: typing.Final = 2000
_LOST: typing.Final = Q(message__state=Message.State.UNCERTAIN, message__is_called_off=False)
_WAITING: typing.Final = Q(message__state__in=UNDER_WAY) | _LOST


def review_waiting(
    *, organization_id: uuid.UUID, applicant_ids: collections.abc.Iterable[uuid.UUID], now: dt.datetime
) -> Dropped:
    """Look once more at everybody of these people whose mail waits, and take back what would no longer be true.

    By the rules by which they were chosen; the same person under another record counts, and so does whoever is told in
    another's mail. A mail that is being sent, or whose answer was lost, can't be taken back, but is not tried again.
    The flow of the same name also ends the links.
    """
    news = list(applicant_ids)
    waiting, ids = _waiting(organization_id), set[uuid.UUID]()
    for start in range(0, len(news) if waiting.exists() else 0, AT_ONCE):
        same = standing.same_people(news[start : start + AT_ONCE])
        records = {one for group in same.values() for one in group}
        told = Told.objects.filter(organization_id=organization_id, is_open=True, application__applicant_id__in=records)
        ids |= {*waiting.filter(applicant_id__in=records).values_list("pk", flat=True)}
        ids |= {*told.values_list("notice_id", flat=True)}
    return _take_back(organization_id, list(waiting.filter(pk__in=ids)), now)


def review_some_waiting(
    *, organization_id: uuid.UUID, notice_ids: collections.abc.Collection[uuid.UUID], now: dt.datetime
) -> Dropped:
    """Do the same for some of those whose mail waits."""
    return _take_back(organization_id, list(_waiting(organization_id).filter(pk__in=notice_ids)), now)


def all_waiting(*, organization_id: uuid.UUID) -> list[list[uuid.UUID]]:
    """Return everybody whose mail waits, those too whose mail is just being written, in parts to be looked at by turns."""
    preparing = Mailing.objects.filter(organization_id=organization_id, state=Mailing.State.PREPARING)
    list(preparing.select_for_update().order_by("pk").values_list("pk", flat=True))
    found = list(_waiting(organization_id).values_list("pk", flat=True))
    return [found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE)]


def forget_untold(*, organization_id: uuid.UUID, application_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Forget the notices about these applications that nobody got or will get, so that they can be deleted.

    What a mail told, may have told or is about to tell stays, and with it what it was about. A notice about others as
    well stays with those, or gives them back if its person goes; one about nobody any more goes, and its link and its
    mail with it.
    """
    sql.lock_applications(organization_id, sorted(application_ids))
    tells = Told.objects.filter(standing.never_told(), organization_id=organization_id)
    tells.filter(application_id__in=application_ids).delete()
    reviewing.give_back(tells=tells.filter(notice__applicant_id__in=_going(organization_id, application_ids)))
    people = Application.objects.filter(organization_id=organization_id, pk__in=application_ids).values("applicant_id")
    notices = Notice.objects.filter(standing.never_sent(), organization_id=organization_id, applicant_id__in=people)
    forgotten = dict(notices.filter(tells=None).values_list("pk", "message_id"))
    Notice.objects.filter(pk__in=forgotten).delete()
    messaging.forget(message_ids=[message for message in forgotten.values() if message is not None])


def _going(
    organization_id: uuid.UUID, application_ids: collections.abc.Collection[uuid.UUID]
) -> QuerySet[typing.Any, typing.Any]:
    """Return the people who have no other application."""
    own = Application.objects.filter(organization_id=organization_id)
    people = own.filter(pk__in=application_ids).values("applicant_id")
    return people.exclude(applicant_id__in=own.exclude(pk__in=application_ids).values("applicant_id"))


def _waiting(organization_id: uuid.UUID) -> QuerySet[Notice]:
    tells = Told.objects.filter(organization_id=organization_id, is_open=True)
    waiting = Notice.objects.filter(_WAITING, organization_id=organization_id, pk__in=tells.values("notice_id"))
    return waiting.order_by("pk").only("applicant_id", "mailing_id", "message_id")


def _take_back(organization_id: uuid.UUID, notices: list[Notice], now: dt.datetime) -> Dropped:
    """Stop those of the notices that would no longer be true, and let go of what they were to tell.

    All at once, in the order in which everybody holds mails.
    """
    hindered: dict[uuid.UUID, str] = {}
    for start in range(0, len(notices), AT_ONCE):
        hindered |= _hindered(notices[start : start + AT_ONCE])
    mails = [one.message_id for one in notices if one.pk in hindered and one.message_id is not None]
    taken_back = messaging.stop_some(message_ids=mails, now=now)
    stopped = [one for one in notices if one.message_id in taken_back]
    alike = collections.defaultdict(list)
    for one in stopped:
        alike[hindered[one.pk]].append(one.pk)
    for why, notice_ids in alike.items():
        Notice.objects.filter(pk__in=notice_ids).update(detail=why)
    _end(organization_id, stopped, now)
    return Dropped(tuple(one.pk for one in stopped), is_too_late=len(stopped) < len(hindered))


def _hindered(notices: collections.abc.Sequence[Notice]) -> dict[uuid.UUID, str]:
    """Return by notice the reason that keeps it from being sent as it is written."""
    ids = [one.pk for one in notices]
    tells = Told.objects.filter(notice_id__in=ids, is_open=True)
    told = {one: both for one, *both in tells.values_list("application_id", "notice_id", "application__applicant_id")}
    person_of = {one.pk: one.applicant_id for one in notices}
    known = standing.known_by({*person_of.values(), *(person for _notice, person in told.values())})
    apart = {notice for notice, person in told.values() if known[person] != known[person_of[notice]]}
    found: dict[uuid.UUID, str] = dict.fromkeys(apart, states.CHANGED)
    for person in standing.standings(person_of):
        decisions = tuple(one for one in person.decisions if one.application_id in told)
        untrue = next((one.hindrance for one in decisions if one.hindrance), None)
        if why := untrue or rules.left_out(dataclasses.replace(person, decisions=decisions), ())[0]:
            found[person.notice_id] = why
    return dict.fromkeys(written.changed([one for one in ids if one not in found]), states.CHANGED) | found


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
