"""A member puts right what a file had wrong. A notice that would no longer be true falls away with it."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities import queue
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.hiring.notices import operations as notices

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.hiring.applications.models import Correction
    from career_relay.domain.hiring.intake.vocabulary import Stage

# What a notice neither says nor follows from.
BESIDE_THE_NOTICE: typing.Final = frozenset({"joined_on", "kana", "left_on", "note", "phone", "reason"})

# By which records are of one person: a mail that is being written at this moment does not know of the new one.
WHO_IT_IS: typing.Final = frozenset({"email", "name"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What changed, and what it meant to a mail: nothing, stopped, too late to stop, or sent long since."""

    corrections: tuple[Correction, ...]
    mail: typing.Literal["", "stopped", "too_late", "sent"]


@transaction.atomic
def correct_application(
    *,
    organization_id: uuid.UUID,
    application_id: uuid.UUID,
    changes: collections.abc.Mapping[str, corrections.Value],
    reason: str,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Corrected:
    """Correct an application, and take back the notice that waits to tell of it or of another one of the person.

    Raises UnableToFindApplication, UnableToCorrectMeanwhile, UnableToCorrectField, UnableToLeaveBeforeJoining,
    UnableToDecideWhileInProgress, UnableToTellBeforeDeciding, UnableToCorrectToFuture.
    """
    made = corrections.correct(
        organization_id=organization_id,
        application_id=application_id,
        changes=changes,
        reason=reason,
        user_id=user_id,
        now=now,
    )
    return _see_to_mails(organization_id, application_id, made, user_id, now)


@transaction.atomic
def move_application(
    *,
    organization_id: uuid.UUID,
    application_id: uuid.UUID,
    seen: Stage,
    stage: Stage,
    reason: str,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Corrected:
    """Bring an application in progress to another stage, unless somebody else was first.

    Raises UnableToFindApplication, UnableToCorrectMeanwhile, UnableToMove.
    """
    made = corrections.move(
        organization_id=organization_id,
        application_id=application_id,
        seen=seen,
        stage=stage,
        reason=reason,
        user_id=user_id,
        now=now,
    )
    return _see_to_mails(organization_id, application_id, made, user_id, now)


def _see_to_mails(
    organization_id: uuid.UUID, application_id: uuid.UUID, made: list[Correction], user_id: uuid.UUID, now: dt.datetime
) -> Corrected:
    """Take back the mails that wait and would no longer be true."""
    if not made:
        return Corrected(corrections=(), mail="")
    dropped, fields = notices.Dropped((), is_too_late=False), {one.field for one in made}
    if fields & WHO_IT_IS:
        queue.defer("review_mails", organization=organization_id)
    if fields - BESIDE_THE_NOTICE:
        dropped = notices.drop(organization_id=organization_id, application_id=application_id, user_id=user_id, now=now)
    person = Application.objects.values_list("applicant_id", flat=True).get(pk=application_id)
    others = notices.review_waiting(organization_id=organization_id, applicant_ids=[person], now=now)
    ended = dropped.notice_ids + others.notice_ids
    why = _("このリンクを載せたメールが、送信されなかったため")
    links.revoke_personal(organization_id=organization_id, notice_ids=ended, reason=why, now=now)
    if dropped.is_too_late or others.is_too_late:
        is_sent = dropped.is_sent and not others.is_too_late
        return Corrected(corrections=tuple(made), mail="sent" if is_sent else "too_late")
    return Corrected(corrections=tuple(made), mail="stopped" if ended else "")
