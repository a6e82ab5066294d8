from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from career_relay.capabilities import queue as jobs
from career_relay.capabilities.messaging import composing, placeholders, queries, rules, sql, unsubscribing
from career_relay.capabilities.messaging.models import Attempt, Message, Suppression
from career_relay.kernel import ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.capabilities.messaging.placeholders import Recipe

State = Message.State
OPEN = [State.SENDING, State.UNCERTAIN, State.QUEUED]
BATCH = 100


class UnableToWrite(DomainError):
    code = "MAIL_ADDRESS_INVALID"
    status = 422


class UnableToStop(DomainError):
    code = "MAIL_NOT_STOPPABLE"


class UnableToUnsubscribe(DomainError):
    code = "UNSUBSCRIBE_LINK_INVALID"
    status = 404


@dataclasses.dataclass(frozen=True, slots=True)
class Recovery:
    """What looking after the mails found: whether one waits too long, and how many were put back on their way."""

    is_late: bool
    requeued: int


def queue(  # noqa: PLR0913 -- one call says all there is to say about a mail
    *,
    template: str,
    to: str,
    language: str,
    context: collections.abc.Mapping[str, object],
    now: dt.datetime,
    organization: uuid.UUID | None = None,
    user: uuid.UUID | None = None,
    candidate: uuid.UUID | None = None,
    secrets: collections.abc.Mapping[str, Recipe] | None = None,
    suppression_list: str = "",
    due_at: dt.datetime | None = None,
    repeats_when_uncertain: bool = False,
) -> Message:
    """Write a mail and have the worker send it once the caller's transaction is committed, not before `due_at`.

    `template` names three templates: `<template>.subject.txt`, `.txt`, `.html`. Exactly one of organization, user and
    candidate is the principal whose mail it is, and the caller acts as that one. The row and its Message-ID are made
    here, so that whatever happens later, the mail is known and its repetitions are recognised.
    A mail that can't be put together fails here (ValueError, TemplateDoesNotExist), not in the worker.
    Raises UnableToWrite for an address that is none.
    """
    recipes = {name: list(recipe) for name, recipe in (secrets or {}).items()}
    marks = [*recipes, placeholders.UNSUBSCRIBE] if suppression_list else [*recipes]
    rendered = composing.render(template, language=language, context=context, secrets=marks)
    identifier = ids.new()
    message = Message(
        id=identifier,
        organization_id=organization,
        user_id=user,
        candidate_id=candidate,
        kind=template.removeprefix("mail/"),
        language=language,
        to_address=_checked(to),
        **dataclasses.asdict(rendered),
        secrets=recipes,
        message_id=f"<{identifier}@{settings.MAIL_DOMAIN}>",
        suppression_list=suppression_list,
        repeats_when_uncertain=repeats_when_uncertain,
        created_at=now,
        due_at=due_at or now,
    )
    composing.envelope(message)
    message.save(force_insert=True)
    _defer(message, at=due_at if due_at and due_at > now else None)
    return message


def claim(*, message_id: uuid.UUID, now: dt.datetime) -> composing.Envelope | None:
    """Take a due message for sending, and look in the same transaction whether its receiver still wants it.

    None if there is nothing to send. Commit before handing the envelope over: then a crash leaves a claim to be found.
    """
    if not sql.claim(message_id, now=now, due_before=now + rules.CLOCKS_APART):
        return None
    message = Message.objects.get(pk=message_id)
    if message.suppression_list and queries.is_suppressed(message.suppression_list, message.to_address):
        Message.objects.filter(pk=message_id).update(state=State.SUPPRESSED, finished_at=now)
        return None
    return composing.envelope(message)


def settle(
    *, message_id: uuid.UUID, attempt: int, answer: rules.Answer, started_at: dt.datetime, now: dt.datetime
) -> Message.State | None:
    """Write down what came of an attempt and what follows from it; return the state, None if it no longer matters.

    The result may come after the reaper gave the claim up. Knowing is better than not knowing, so it still counts as
    long as no later attempt began and nobody stopped the message.
    """
    message = Message.objects.select_for_update().filter(pk=message_id, attempts=attempt, state__in=OPEN).first()
    if message is None:
        return None
    state, pause = rules.following(answer.outcome, attempts=attempt, repeats=message.repeats_when_uncertain)
    _record(message, answer, started_at, now)
    _move(message, state, due_at=now + pause if pause else None, now=now)
    if answer.is_address_bad:
        _suppress(queries.HARD_BOUNCES, unsubscribing.address_hash(message.to_address), "bounce", now)
    return state


def recover(*, now: dt.datetime) -> Recovery:
    """Find mails that a crash left behind, of whomever, and put them back on their way or name them uncertain.

    Looks at our own rows, not at the queue's: a claim without a result becomes uncertain, unless the message may be
    sent twice; a message that is due and has no job gets one. Enters each owner's context in turn. May run anywhere,
    at any time, in several processes at once; the worker calls it every few seconds, and so does /readyz.
    """
    requeued = 0
    for abandoned in queries.claimed_before(now - dt.timedelta(seconds=settings.EMAIL_CLAIM_SECONDS), BATCH):
        with acting_as(**abandoned.principal):
            requeued += _give_up_claim(abandoned.id, now)
    for forgotten in queries.due_without_job(now - rules.JOB_MISSED, BATCH):
        _defer(forgotten)
        requeued += 1
    return Recovery(is_late=queries.is_late(now=now), requeued=requeued)


def stop(*, message_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a mail back before the worker claims it. Raises UnableToStop when it is too late for that."""
    waiting = Message.objects.filter(pk=message_id, state__in=[State.DRAFT, State.QUEUED])
    if not waiting.update(state=State.STOPPED, finished_at=now):
        raise UnableToStop(
            _("このメールはすでに送信処理に入ったため、取り消せません。送信履歴で状態を確認してください。")
        )


def suppress(*, token: str, now: dt.datetime) -> str:
    """Send no more mail of a list to an address, as its owner wishes by the link in a mail; return the list.

    May be repeated without harm. Raises UnableToUnsubscribe for a token that is not ours.
    """
    wish = unsubscribing.wish(token)
    if wish is None:
        raise UnableToUnsubscribe(
            _(
                "配信停止のリンクが正しくありません。メールのリンクが途中で切れていないか確認し、もう一度開いてください。"
            )
        )
    _suppress(wish.list, wish.address_hash, "unsubscribed", now)
    return wish.list


def erase(*, candidate: uuid.UUID) -> int:
    """Delete every mail of a person with its attempts, because the person is erased; return how many there were."""
    _total, per_model = Message.objects.filter(candidate_id=candidate).delete()
    return per_model.get("messaging.Message", 0)


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise UnableToWrite(_("このメールアドレスには送信できません。入力に誤りがないか確認してください。")) from error
    return address


def _defer(message: Message | queries.Address, at: dt.datetime | None = None) -> None:
    jobs.defer(
        "send_message",
        at=at,
        message=message.id,
        organization=message.organization_id,
        user=message.user_id,
        candidate=message.candidate_id,
    )


def _give_up_claim(message_id: uuid.UUID, now: dt.datetime) -> bool:
    """Close a claim nobody will settle; return whether the message was queued again, at once."""
    message = Message.objects.select_for_update().filter(pk=message_id, state=State.SENDING).first()
    if message is None or message.claimed_at is None:
        return False
    answer = rules.Answer(Attempt.Outcome.LOST, error="ClaimAbandoned")
    repeats = message.repeats_when_uncertain and rules.may_try_again(message.attempts)
    _record(message, answer, message.claimed_at, now)
    _move(message, State.QUEUED if repeats else State.UNCERTAIN, due_at=now if repeats else None, now=now)
    return repeats


def _record(message: Message, answer: rules.Answer, started_at: dt.datetime, now: dt.datetime) -> None:
    Attempt.objects.update_or_create(
        message=message,
        number=message.attempts,
        defaults={
            "organization_id": message.organization_id,
            "user_id": message.user_id,
            "candidate_id": message.candidate_id,
            "outcome": answer.outcome,
            "reply_code": answer.reply_code,
            "error": answer.error,
            "started_at": started_at,
            "finished_at": now,
        },
    )


def _move(message: Message, state: Message.State, *, due_at: dt.datetime | None, now: dt.datetime) -> None:
    """Give a message its next state; with `due_at` it is queued again, and gets a job in the same transaction."""
    message.state = state
    message.due_at = due_at or message.due_at
    message.finished_at = None if due_at else now
    message.save(update_fields=["state", "due_at", "finished_at"])
    if due_at:
        _defer(message, at=due_at if due_at > now else None)


def _suppress(list_name: str, address_hash: bytes, reason: str, now: dt.datetime) -> None:
    wish = Suppression(list=list_name, address_hash=address_hash, reason=reason, created_at=now)
    Suppression.objects.bulk_create([wish], ignore_conflicts=True)
