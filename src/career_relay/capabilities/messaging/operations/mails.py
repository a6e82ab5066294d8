from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from career_relay.capabilities import queue as jobs
from career_relay.capabilities.messaging import composing, placeholders, queries, rules, sql, unsubscribing
from career_relay.capabilities.messaging.models import Attempt, Message, Suppression
from career_relay.kernel import ids
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.db.models import QuerySet

    from career_relay.capabilities.messaging.placeholders import Recipe

State = Message.State
OPEN = [State.SENDING, State.UNCERTAIN, State.QUEUED]
LONGEST_ADDRESS = 254


class UnableToWrite(DomainError):
    code = "MAIL_ADDRESS_INVALID"
    status = 422


class UnableToStop(DomainError):
    code = "MAIL_NOT_STOPPABLE"


class UnableToUnsubscribe(DomainError):
    code = "UNSUBSCRIBE_LINK_INVALID"
    status = 404


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
        to_address=checked(to),
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
    defer(message, at=due_at if due_at and due_at > now else None)
    return message


def checked(address: str) -> str:
    """Return the address if mail can go there: for those who keep it before they write. Raises UnableToWrite."""
    try:
        validate_email(address)
        MaxLengthValidator(LONGEST_ADDRESS)(address)
    except ValidationError as error:
        raise UnableToWrite(_("このメールアドレスには送信できません。入力に誤りがないか確認してください。")) from error
    return address


def claim(*, message_id: uuid.UUID, now: dt.datetime) -> composing.Envelope | None:
    """Take a due message for sending, and look in the same transaction whether its receiver still wants it.

    None if there is nothing to send. Commit before handing the envelope over: then a crash leaves a claim to be found.
    """
    if not sql.claim(message_id, now=now, due_before=now + rules.CLOCKS_APART):
        return None
    message = Message.objects.get(pk=message_id)
    if is_unwanted(message):
        Message.objects.filter(pk=message_id).update(state=State.SUPPRESSED, finished_at=now)
        return None
    return composing.envelope(message)


def is_unwanted(message: Message) -> bool:
    """Tell whether the receiver stopped mails of the message's list. What is on no list is always wanted."""
    return bool(message.suppression_list) and queries.is_suppressed(message.suppression_list, message.to_address)


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
    if state == State.QUEUED and message.is_called_off:
        state, pause = State.STOPPED, None
    record_attempt(message, answer, started_at, now)
    move(message, state, due_at=now + pause if pause else None, now=now)
    if answer.is_address_bad:
        _suppress(queries.HARD_BOUNCES, unsubscribing.address_hash(message.to_address), "bounce", now)
    return state


def stop(*, message_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a mail back before the worker claims it. Raises UnableToStop when it is too late for that.

    What is just being sent may still arrive, but is called off: it is not tried again. That stands when the caller
    commits in spite of the error.
    """
    if not stop_some(message_ids=[message_id], now=now):
        raise UnableToStop(
            _("このメールはすでに送信処理に入ったため、停止できません。送信履歴で状態を確認してください。")
        )


def stop_some(*, message_ids: collections.abc.Collection[uuid.UUID], now: dt.datetime) -> set[uuid.UUID]:
    """Take those of the mails back that no worker has claimed; return which. The others are not tried again."""
    waiting = Message.objects.filter(pk__in=message_ids, state__in=[State.DRAFT, State.QUEUED]).order_by("pk")
    stopped = set(waiting.select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=stopped).update(state=State.STOPPED, finished_at=now)
    call_off(message_ids=set(message_ids) - stopped)
    return stopped


def call_off(*, message_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Never try these mails again, whatever a late answer says of the try that is under way or was lost."""
    tried = Message.objects.filter(pk__in=message_ids, state__in=[State.SENDING, State.UNCERTAIN])
    tried.update(is_called_off=True)


def forget(*, message_ids: collections.abc.Collection[uuid.UUID]) -> None:
    """Delete mails that nobody got, because what they are about is deleted: their words and addresses go with it."""
    _delete(Message.objects.filter(pk__in=message_ids))


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
    return _delete(Message.objects.filter(candidate_id=candidate))


def _delete(messages: QuerySet[Message]) -> int:
    """Delete mails after holding them, so that no worker writes an attempt between the attempts' deletion and theirs."""
    held = list(messages.order_by("pk").select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=held).delete()
    return len(held)


def defer(message: Message | queries.Address, at: dt.datetime | None = None) -> None:
    """Have the worker send a message that is of no batch."""
    jobs.defer(
        "send_message",
        at=at,
        message=message.id,
        organization=message.organization_id,
        user=message.user_id,
        candidate=message.candidate_id,
    )


def record_attempt(message: Message, answer: rules.Answer, started_at: dt.datetime, now: dt.datetime) -> None:
    """Write down what came of the message's present attempt; a later answer replaces an earlier guess."""
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


def move(message: Message, state: Message.State, *, due_at: dt.datetime | None, now: dt.datetime) -> None:
    """Give a message its next state; with `due_at` it is queued again, and gets a job in the same transaction.

    A mail of a batch needs none: the batch's own job comes back to it.
    """
    message.state = state
    message.due_at = due_at or message.due_at
    message.finished_at = None if due_at else now
    message.save(update_fields=["state", "due_at", "finished_at"])
    if due_at and message.batch_id is None:
        defer(message, at=due_at if due_at > now else None)


def _suppress(list_name: str, address_hash: bytes, reason: str, now: dt.datetime) -> None:
    wish = Suppression(list=list_name, address_hash=address_hash, reason=reason, created_at=now)
    Suppression.objects.bulk_create([wish], ignore_conflicts=True)
