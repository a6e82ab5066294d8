"""People are told of a decision: chosen, written to, confirmed, sent; until a mail is sent it can be stopped."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities import queue
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import rules as mail_rules
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations as link_operations
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices import queries as mailings
from career_relay.domain.hiring.notices import rules
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.hiring.links.queries import Recipe
    from career_relay.domain.hiring.notices.models import Mailing
    from career_relay.domain.hiring.notices.operations import Chunk, Ended, Stopped

SUPPRESSED: typing.Final = Message.State.SUPPRESSED


@transaction.atomic
def draft_mailing(
    *,
    organization_id: uuid.UUID,
    application_ids: collections.abc.Iterable[uuid.UUID],
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Mailing:
    """Begin a mailing to the people of these applications. Raises UnableToDraft, UnableToDraftMeanwhile."""
    return notices.draft(organization_id=organization_id, application_ids=application_ids, user_id=user_id, now=now)


@transaction.atomic
def write_mailing(
    *, organization_id: uuid.UUID, mailing_id: uuid.UUID, template_id: uuid.UUID, has_link: bool, reply_to: str
) -> Mailing:
    """Choose what a draft says. A link needs a recorded basis.

    Raises UnableToFindMailing, UnableToChangeMailing, UnableToFindTemplate, UnableToWriteWithLink,
    UnableToWriteWithoutReplyTo.
    """
    return notices.write(
        organization_id=organization_id,
        mailing_id=mailing_id,
        template_id=template_id,
        has_link=has_link,
        may_link=links.may_link(organization_id),
        reply_to=reply_to,
    )


def confirm_mailing(
    *,
    organization_id: uuid.UUID,
    mailing_id: uuid.UUID,
    expected: int,
    user_id: uuid.UUID,
    now: dt.datetime,
    due_at: dt.datetime | None = None,
) -> Mailing:
    """Decide that these people are told, and have their mails written in the background.

    What the last look finds is kept even when the number has changed, so that the page shows it. Raises
    UnableToFindMailing, UnableToChangeMailing, UnableToConfirmUnwritten, UnableToWriteWithLink, UnableToConfirmCount,
    UnableToConfirmNobody, UnableToConfirmTime.
    """
    with transaction.atomic():
        notices.review_draft(organization_id=organization_id, mailing_id=mailing_id)
    with transaction.atomic():
        mailing = notices.confirm(
            organization_id=organization_id,
            mailing_id=mailing_id,
            expected=expected,
            may_link=links.may_link(organization_id),
            due_at=due_at,
            user_id=user_id,
            now=now,
        )
        queue.defer("prepare_mailing", mailing=mailing_id, organization=organization_id)
    return mailing


def prepare_mailing(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, now: dt.datetime) -> bool:
    """Write the next mails of a confirmed mailing, each with its personal link; return whether there may be more.

    Called again after a crash it goes on where it was. A basis that was taken back meanwhile takes the links with it.
    """
    with acting_as(organization=organization_id):
        chunk = notices.next_chunk(
            organization_id=organization_id,
            mailing_id=mailing_id,
            may_link=links.may_link(organization_id),
            now=now,
        )
        if chunk is None:
            return False
        notices.queue_chunk(chunk=chunk, links=_links(chunk, now), now=now)
    return True


def break_off_mailing(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, now: dt.datetime) -> None:
    """Stop a mailing whose job the queue gave up: its people are untold and can be chosen again. Harmless if repeated."""
    with acting_as(organization=organization_id):
        ended = notices.break_off(organization_id=organization_id, mailing_id=mailing_id, now=now)
        _end_links(organization_id, ended, now)


@transaction.atomic
def stop_mailing(*, organization_id: uuid.UUID, mailing_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> Stopped:
    """Stop a mailing: from now on no worker claims a mail of it. Raises UnableToFindMailing, UnableToStopMailing."""
    stopped = notices.stop(organization_id=organization_id, mailing_id=mailing_id, user_id=user_id, now=now)
    _end_links(organization_id, stopped, now)
    return stopped


def stop_notice(*, organization_id: uuid.UUID, notice_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> None:
    """Take one person's notice back before its mail is sent. Raises UnableToFindMailing, UnableToStopNotice.

    That a mail which is just being sent is not tried again is kept, though it is too late to stop it.
    """
    refusal = None
    with transaction.atomic():
        try:
            ended = notices.stop_one(organization_id=organization_id, notice_id=notice_id, user_id=user_id, now=now)
            _end_links(organization_id, ended, now)
        except notices.UnableToStopNotice as error:
            refusal = error
    if refusal is not None:
        raise refusal


@transaction.atomic
def review_waiting(
    *, organization_id: uuid.UUID, applicant_ids: collections.abc.Iterable[uuid.UUID], now: dt.datetime
) -> int:
    """Take back the waiting mails of these people that news of them made untrue, with their links; return how many.

    A mail that is being written at this moment is not there to be seen, and its writer does not see the news: all are
    looked at once more when the caller's transaction is committed.
    """
    dropped = notices.review_waiting(organization_id=organization_id, applicant_ids=applicant_ids, now=now)
    _end_links(organization_id, dropped, now)
    queue.defer("review_mails", organization=organization_id)
    return len(dropped.notice_ids)


def review_again(*, organization_id: uuid.UUID, now: dt.datetime) -> int:
    """Take back, of all waiting mails, what news made untrue that came while they were written; return how many."""
    with acting_as(organization=organization_id):
        waiting = notices.all_waiting(organization_id=organization_id)
    count = 0
    for some in waiting:
        with acting_as(organization=organization_id):
            dropped = notices.review_some_waiting(organization_id=organization_id, notice_ids=some, now=now)
            _end_links(organization_id, dropped, now)
        count += len(dropped.notice_ids)
    return count


@transaction.atomic
def resolve_notice(
    *, organization_id: uuid.UUID, notice_id: uuid.UUID, has_arrived: bool, user_id: uuid.UUID, now: dt.datetime
) -> None:
    """Say, after asking, what became of a mail whose answer was lost. Raises UnableToFindMailing, UnableToResolve."""
    ended = notices.resolve_uncertain(
        organization_id=organization_id, notice_id=notice_id, has_arrived=has_arrived, user_id=user_id, now=now
    )
    _end_links(organization_id, ended, now)


def note_result(*, organization_id: uuid.UUID, message_id: uuid.UUID, state: Message.State, now: dt.datetime) -> None:
    """Draw the conclusions from what became of a mail. The caller acts as the organization, where that is written down.

    Whoever stopped mails with links meanwhile gets the decision without one, in the batch's next turn.
    """
    rewritten = notices.write_without_link(message_id=message_id, now=now) if state == SUPPRESSED else None
    ended = rewritten or notices.settle(message_id=message_id, state=state, now=now)
    _end_links(organization_id, ended, now)


def note_answer(
    *, message_id: uuid.UUID, attempt: int, answer: mail_rules.Answer, started_at: dt.datetime, now: dt.datetime
) -> Message.State | None:
    """Write down what the mail server said of any mail, and what follows; return the state, None if it no longer matters.

    The caller acts as the one whose mail it is. What a notice tells of is held before its mail: if others hold it, the
    database soon gives this up.
    """
    organization_id = notices.hold(message_id=message_id)
    state = messaging.settle(message_id=message_id, attempt=attempt, answer=answer, started_at=started_at, now=now)
    if state and organization_id:
        note_result(organization_id=organization_id, message_id=message_id, state=state, now=now)
    return state


def sending_begins(*, now: dt.datetime) -> dt.datetime:
    """Return the soonest moment at which notices may be sent: now, or the end of the quiet hours.

    They bind also what was due before they began: the rest of a long mailing, and a mail that is tried again.
    """
    return rules.out_of_quiet(programmes.policy_at(DEFAULT_PROGRAMME_ID, now), now)


def go_on_sending(
    *, organization_id: uuid.UUID, mailing_id: uuid.UUID, now: dt.datetime, not_before: dt.datetime | None
) -> None:
    """Have the worker come back to a mailing, or note that all of it is done. The caller acts as the organization."""
    is_open = messaging.go_on(batch_id=mailing_id, organization_id=organization_id, now=now, not_before=not_before)
    if not is_open:
        notices.finish(organization_id=organization_id, mailing_id=mailing_id)


def take_up_mailings(*, organization_id: uuid.UUID) -> None:
    """Have mails written of which no job is left that would write them, and note which mailings are over."""
    with acting_as(organization=organization_id):
        notices.finish_all(organization_id=organization_id)
        for mailing_id in mailings.preparing(organization_id):
            if not queue.is_there("prepare_mailing", mailing=mailing_id):
                queue.defer("prepare_mailing", mailing=mailing_id, organization=organization_id)


def _links(chunk: Chunk, now: dt.datetime) -> dict[uuid.UUID, Recipe]:
    mailing, version = chunk.mailing, chunk.mailing.template_version
    if not chunk.linked or version is None or mailing.due_at is None or mailing.confirmed_by_id is None:
        return {}
    life = dt.timedelta(days=programmes.policy_at(DEFAULT_PROGRAMME_ID, now).personal_link_days)
    return link_operations.create_personal(
        organization_id=mailing.organization_id,
        programme_id=DEFAULT_PROGRAMME_ID,
        notice_ids=chunk.linked,
        employment_type=version.template.employment_type,
        stage=version.template.stage,
        expires_at=mailing.due_at + life,
        user_id=mailing.confirmed_by_id,
        now=now,
    )


def _end_links(organization_id: uuid.UUID, ended: Ended, now: dt.datetime) -> None:
    if ended.notice_ids:
        reason = _("このリンクを載せたメールが、送信されなかったため")
        link_operations.revoke_personal(
            organization_id=organization_id, notice_ids=ended.notice_ids, reason=reason, now=now
        )
