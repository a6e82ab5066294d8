"""Registrations that are not confirmed yet, and the codes that confirm an address.

A sign-up acts as a person of its own id: nobody else, not even the person it will become, can read it.
"""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.people.candidates import queries, rules
from career_relay.domain.people.candidates.models import Candidate, SignUp
from career_relay.kernel import ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy import gate
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

REGISTRATION: typing.Final = "registration"
SIGN_IN: typing.Final = "sign_in"


class UnableToFindSignUp(DomainError):
    """The sign-up's day is over, or it was never begun in this browser."""

    code = "SIGN_UP_NOT_OPEN"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "入力した内容が見つかりません。24 時間を過ぎたため、消去しました。メールのリンクを開いて、もう一度入力してください。"
            )
        )


class UnableToConfirmCode(DomainError):
    """The code is wrong or its half hour is over. Which of the two is not told: both are mended by a new code."""

    code = "CODE_NOT_RIGHT"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _(
                "確認コードが違うか、有効期限（30 分）を過ぎています。メールの 6 桁の数字を確かめるか、新しいコードを受け取ってください。"
            )
        )


def start_sign_up(*, details: rules.Details, language: str, now: dt.datetime) -> SignUp:
    """Keep what was typed for a day, until the code shows that the address is the person's own."""
    identifier = ids.new()
    with acting_as(candidate=identifier):
        return SignUp.objects.create(
            id=identifier,
            details=dataclasses.asdict(details),
            language=language,
            started_at=now,
            expires_at=now + rules.SIGN_UP_LIFE,
        )


def change_sign_up(*, sign_up_id: uuid.UUID, details: rules.Details, now: dt.datetime) -> None:
    """Replace what was typed. Codes sent before stop working: one must never confirm an address it was not sent to.

    Raises UnableToFindSignUp.
    """
    with acting_as(candidate=sign_up_id):
        sign_up = _open(sign_up_id, now)
        sign_up.details, sign_up.challenge, sign_up.code_expires_at = dataclasses.asdict(details), ids.new(), None
        sign_up.save(update_fields=["details", "challenge", "code_expires_at"])


def set_sign_up_consents(
    *, sign_up_id: uuid.UUID, ticked: collections.abc.Sequence[rules.Ticked], now: dt.datetime
) -> None:
    """Remember which consents were ticked and under which words; nothing is granted before the code. Replaces earlier ticks.

    Raises UnableToFindSignUp.
    """
    with acting_as(candidate=sign_up_id):
        sign_up = _open(sign_up_id, now)
        sign_up.consents = [dataclasses.asdict(one) for one in ticked]
        sign_up.save(update_fields=["consents"])


def send_sign_up_code(*, sign_up_id: uuid.UUID, now: dt.datetime) -> None:
    """Mail a new six-digit code to the address that was typed; earlier codes stop working.

    The caller limits how often. Raises UnableToFindSignUp.
    """
    with acting_as(candidate=sign_up_id):
        sign_up = _open(sign_up_id, now)
        sign_up.challenge, sign_up.code_expires_at = ids.new(), now + rules.CODE_LIFE
        sign_up.save(update_fields=["challenge", "code_expires_at"])
        send_code(
            purpose=REGISTRATION,
            challenge=sign_up.challenge,
            principal=sign_up.pk,
            to=sign_up.details["email"],
            language=sign_up.language,
            now=now,
        )


def confirmed_sign_up(*, sign_up_id: uuid.UUID, code: str, now: dt.datetime) -> SignUp:
    """Return the sign-up whose code this is, locked until the end of the transaction.

    One that was confirmed a moment ago is returned again for the same code, so that a second click finds its result.
    The caller acts as the sign-up and limits the tries. Raises UnableToFindSignUp, UnableToConfirmCode.
    """
    sign_up = SignUp.objects.select_for_update().filter(pk=sign_up_id).first()
    if sign_up is None or (sign_up.candidate_id is None and sign_up.expires_at <= now):
        raise UnableToFindSignUp
    is_in_time = sign_up.code_expires_at is not None and now < sign_up.code_expires_at
    if not keys.is_code(REGISTRATION, sign_up.challenge, code) or not is_in_time:
        raise UnableToConfirmCode
    return sign_up


def close_sign_up(*, sign_up_id: uuid.UUID, candidate_id: uuid.UUID, now: dt.datetime) -> None:
    """Write into a confirmed sign-up whom it became, and forget what was typed and the mails with its codes.

    The code answers a second click for a moment more and then ends: a copy of cookie and code must not open a session
    that its owner believes to have closed. The caller acts as the sign-up.
    """
    SignUp.objects.filter(pk=sign_up_id).update(
        candidate=candidate_id, details={}, consents=[], code_expires_at=now + rules.REPEAT_LIFE
    )
    messaging.erase(candidate=sign_up_id)


def drop_sign_up(*, sign_up_id: uuid.UUID) -> None:
    """Delete a sign-up that its owner gave up, with its mails, at once. One that was confirmed stays as it is."""
    with acting_as(candidate=sign_up_id):
        if SignUp.objects.filter(pk=sign_up_id, candidate=None).exists():
            _delete(sign_up_id)


def drop_expired_sign_ups(*, now: dt.datetime) -> int:
    """Delete sign-ups whose day is over, with their mails, since nobody agreed to our keeping them; return how many."""
    expired = [row["sign_up_id"] for row in gate.rows("expired_sign_ups", now)]
    for sign_up_id in expired:
        with acting_as(candidate=sign_up_id):
            _delete(sign_up_id)
    return len(expired)


def send_sign_in_code(*, email: str, language: str, now: dt.datetime) -> rules.SignInAttempt:
    """Mail a code to a registered person who wants to see their own page, at the address they are registered with.

    For an address we don't know the same work is done and undone, so that neither the answer nor the time it takes
    tells who is registered. The caller limits how often. Raises UnableToUseDetail for what is no address.
    """
    typed = rules.clean_email(email)
    challenge, index = ids.new(), queries.address_index(typed)
    candidate_id = queries.by_address_index(index)
    principal = candidate_id or challenge
    with transaction.atomic():
        with acting_as(candidate=principal):
            known = queries.identity(principal)
            send_code(
                purpose=SIGN_IN,
                challenge=challenge,
                principal=principal,
                to=known.email if known else typed,
                language=language,
                now=now,
            )
        if known is None:
            transaction.set_rollback(True)
    return rules.SignInAttempt(challenge=challenge, address_index=index.hex(), expires_at=now + rules.CODE_LIFE)


def sign_in(*, attempt: rules.SignInAttempt, code: str, now: dt.datetime) -> Candidate:
    """Return the person whose code this is; their browser then shows `session_version`. The caller limits the tries.

    Raises UnableToConfirmCode, also for somebody who is not registered.
    """
    candidate_id = queries.by_address_index(bytes.fromhex(attempt.address_index))
    is_right = keys.is_code(SIGN_IN, attempt.challenge, code)
    if candidate_id is None or not is_right or attempt.expires_at <= now:
        raise UnableToConfirmCode
    with acting_as(candidate=candidate_id):
        return Candidate.objects.get(pk=candidate_id)


def _open(sign_up_id: uuid.UUID, now: dt.datetime) -> SignUp:
    sign_up = SignUp.objects.select_for_update().filter(pk=sign_up_id, candidate=None, expires_at__gt=now).first()
    if sign_up is None:
        raise UnableToFindSignUp
    return sign_up


def _delete(sign_up_id: uuid.UUID) -> None:
    messaging.erase(candidate=sign_up_id)
    SignUp.objects.filter(pk=sign_up_id).delete()


def send_code(
    *, purpose: str, challenge: uuid.UUID, principal: uuid.UUID, to: str, language: str, now: dt.datetime
) -> None:
    """Mail the code of a challenge, by the template of its purpose. The caller acts as the principal."""
    messaging.queue(
        template=f"mail/{purpose}_code",
        to=to,
        language=language,
        context={"minutes": int(rules.CODE_LIFE.total_seconds() // 60)},
        secrets={"code": ["code", purpose, str(challenge)]},
        candidate=principal,
        repeats_when_uncertain=True,
        now=now,
    )
