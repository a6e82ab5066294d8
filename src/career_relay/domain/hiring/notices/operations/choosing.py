"""From a list of applications to a mailing that is confirmed: who, what, and how many."""

from __future__ import annotations

import typing
import uuid

from django.db import OperationalError

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import rules, sql
from career_relay.domain.hiring.notices.models import Mailing, Notice, TemplateVersion
from career_relay.domain.hiring.notices.operations import reviewing
from career_relay.domain.hiring.notices.operations.errors import (
    UnableToChangeMailing,
    UnableToConfirmCount,
    UnableToConfirmNobody,
    UnableToConfirmTime,
    UnableToConfirmUnwritten,
    UnableToDraft,
    UnableToDraftMeanwhile,
    UnableToFindMailing,
    UnableToFindTemplate,
    UnableToWriteWithLink,
    UnableToWriteWithoutReplyTo,
)
from career_relay.domain.hiring.notices.queries import fitting
from career_relay.kernel import ids, japanese, locks

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

State = Mailing.State
LeftOut = Notice.LeftOut


def draft(
    *,
    organization_id: uuid.UUID,
    application_ids: collections.abc.Iterable[uuid.UUID],
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Mailing:
    """Begin a mailing to the people of these applications: one notice for each, however many applications it tells.

    Whoever can't be told is in it too, with the reason. Raises UnableToDraft, UnableToDraftMeanwhile.
    """
    chosen = list(application_ids)
    if len(chosen) > rules.MOST_AT_ONCE:
        raise UnableToDraft(len(chosen))
    _keep(organization_id, chosen)
    applications = Application.objects.filter(organization_id=organization_id, pk__in=chosen)
    person_of = dict(applications.values_list("pk", "applicant_id"))
    if not person_of:
        raise UnableToDraft(0)
    people = sorted(set(person_of.values()))
    notice_of = dict(zip(people, sorted(ids.new() for _person in people), strict=True))
    mailing = Mailing.objects.create(organization_id=organization_id, created_by_id=user_id, created_at=now)
    sql.add_notices(organization_id, mailing.pk, list(notice_of.values()), list(notice_of))
    sql.add_tells(organization_id, [notice_of[person] for person in person_of.values()], list(person_of))
    reviewing.review(mailing=mailing)
    return mailing


def write(
    *,
    organization_id: uuid.UUID,
    mailing_id: uuid.UUID,
    template_id: uuid.UUID,
    has_link: bool,
    may_link: bool,
    reply_to: str,
) -> Mailing:
    """Choose the template in its newest version, whether people get a link, and where answers go.

    Raises UnableToFindMailing, UnableToChangeMailing, UnableToFindTemplate, UnableToWriteWithLink,
    UnableToWriteWithoutReplyTo.
    """
    mailing = locked_draft(organization_id=organization_id, mailing_id=mailing_id)
    versions = TemplateVersion.objects.filter(
        organization_id=organization_id, template_id=template_id, template__archived_at=None
    )
    version = versions.order_by("version").last()
    if version is None:
        raise UnableToFindTemplate
    if has_link and not may_link:
        raise UnableToWriteWithLink
    try:
        mailing.reply_to = messaging.checked(japanese.clean_name(reply_to))
    except messaging.UnableToWrite as error:
        raise UnableToWriteWithoutReplyTo from error
    mailing.template_version, mailing.has_link = version, has_link
    mailing.save(update_fields=["template_version", "has_link", "reply_to"])
    reviewing.review(mailing=mailing)
    return mailing


def take_out(*, organization_id: uuid.UUID, notice_id: uuid.UUID) -> None:
    """Leave somebody out of a draft. Raises UnableToFindMailing, UnableToChangeMailing."""
    notice = _notice_of_draft(organization_id, notice_id)
    notice.left_out, notice.detail = LeftOut.TAKEN_OUT, ""
    notice.save(update_fields=["left_out", "detail"])


def put_back(*, organization_id: uuid.UUID, notice_id: uuid.UUID) -> None:
    """Take somebody in again who was taken out. Raises UnableToFindMailing, UnableToChangeMailing."""
    notice = _notice_of_draft(organization_id, notice_id)
    if notice.left_out == LeftOut.TAKEN_OUT:
        notice.left_out = LeftOut.NO
        notice.save(update_fields=["left_out"])
        reviewing.review(mailing=notice.mailing)


def take_out_misfits(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> int:
    """Leave all out of a draft whom its words do not suit; return how many. They stay untold, for another mailing.

    Raises UnableToFindMailing, UnableToChangeMailing.
    """
    mailing = locked_draft(organization_id=organization_id, mailing_id=mailing_id)
    misfits = list(fitting.misfits(mailing).values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=misfits).update(left_out=LeftOut.TAKEN_OUT, detail="")


def discard(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> None:
    """Give a draft up. Raises UnableToFindMailing, UnableToChangeMailing."""
    mailing = locked_draft(organization_id=organization_id, mailing_id=mailing_id)
    mailing.state = State.DISCARDED
    mailing.save(update_fields=["state"])


def review_draft(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> None:
    """Look at everybody of a draft once more. Raises UnableToFindMailing, UnableToChangeMailing."""
    reviewing.review(mailing=locked_draft(organization_id=organization_id, mailing_id=mailing_id))


def confirm(
    *,
    organization_id: uuid.UUID,
    mailing_id: uuid.UUID,
    expected: int,
    may_link: bool,
    due_at: dt.datetime | None,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Mailing:
    """Decide that these people are told, at this time or the usual one. Review first: the number must still hold.

    Raises UnableToFindMailing, UnableToChangeMailing, UnableToConfirmUnwritten, UnableToWriteWithLink,
    UnableToConfirmCount, UnableToConfirmNobody, UnableToConfirmTime.
    """
    mailing = locked_draft(organization_id=organization_id, mailing_id=mailing_id)
    if mailing.template_version_id is None:
        raise UnableToConfirmUnwritten
    if mailing.has_link and not may_link:
        raise UnableToWriteWithLink
    count = mailing.notices.filter(left_out=LeftOut.NO).count()
    if not count:
        raise UnableToConfirmNobody
    if count != expected:
        raise UnableToConfirmCount(count)
    mailing.state, mailing.due_at = State.PREPARING, _due(due_at, now)
    mailing.confirmed_by_id, mailing.confirmed_at = user_id, now
    mailing.save(update_fields=["state", "due_at", "confirmed_by", "confirmed_at"])
    return mailing


def locked(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> Mailing:
    """Return the employer's mailing, held until the transaction ends. Raises UnableToFindMailing."""
    found = Mailing.objects.select_for_update().filter(organization_id=organization_id, pk=mailing_id).first()
    if found is None:
        raise UnableToFindMailing
    return found


def locked_draft(*, organization_id: uuid.UUID, mailing_id: uuid.UUID) -> Mailing:
    """Return a mailing that can still be changed. Raises UnableToFindMailing, UnableToChangeMailing."""
    mailing = locked(organization_id=organization_id, mailing_id=mailing_id)
    if mailing.state != State.DRAFT:
        raise UnableToChangeMailing
    return mailing


def _keep(organization_id: uuid.UUID, applications: list[uuid.UUID]) -> None:
    try:
        sql.keep_applications(organization_id, applications)
    except OperationalError as error:
        if locks.gave_way(error):
            raise UnableToDraftMeanwhile from error
        raise


def _notice_of_draft(organization_id: uuid.UUID, notice_id: uuid.UUID) -> Notice:
    notice = Notice.objects.filter(organization_id=organization_id, pk=notice_id).first()
    if notice is None:
        raise UnableToFindMailing
    notice.mailing = locked_draft(organization_id=organization_id, mailing_id=notice.mailing_id)
    return notice


def _due(wished: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    if wished is None:
        return rules.due(policy, now)
    if wished < rules.earliest(policy, now) or rules.is_quiet(policy, wished) or wished > now + rules.LATEST_START:
        raise UnableToConfirmTime
    return wished
