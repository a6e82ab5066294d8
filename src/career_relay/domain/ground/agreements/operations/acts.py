from __future__ import annotations

import datetime as dt
import typing

from career_relay.capabilities import queue
from career_relay.domain.ground.agreements import rules, wording
from career_relay.domain.ground.agreements.models import CHANGES, Agreement, AgreementAct
from career_relay.domain.ground.agreements.operations import errors, signing
from career_relay.domain.ground.organizations.operations import seats
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.kernel import actors

Act = AgreementAct.Act
LATEST_REVIEW: typing.Final = dt.timedelta(days=3 * 366)


def accept(
    *,
    organization_id: uuid.UUID,
    agreement_id: uuid.UUID,
    text_hash: str,
    name: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Agreement:
    """Sign the text on the table by the named person, which puts it in force at once in place of the one before.

    `text_hash` is that of the text the person read; any other text is not accepted, however little it differs.
    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow, UnableToSignWithoutName,
    UnableToSignOtherText.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    agreement = signing.lock(organization_id=organization_id, agreement_id=agreement_id)
    signing.check(agreement=agreement, organization_id=organization_id, act=Act.ACCEPTED)
    named = signing.signer(name=name)
    offered = agreement.versions.get(number=agreement.offered)
    if not text_hash == offered.text_hash == wording.hash_of(offered.text):
        raise errors.UnableToSignOtherText
    agreement.state = rules.state_after(agreement.state, Act.ACCEPTED)
    agreement.version = offered.number
    _take_off_table(agreement)
    months = rules.Terms.of(offered.terms).review_months
    agreement.review_on = clock.day_in_japan(clock.months_later(now, months))
    agreement.reminded, agreement.changed_at = None, now
    agreement.save(update_fields=CHANGES)
    signed = signing.Signature(version=offered.number, text_hash=text_hash, name=named)
    signing.write_down(agreement=agreement, act=Act.ACCEPTED, signed=signed, seat=seat, actor=actor, now=now)
    return agreement


def decline(
    *,
    organization_id: uuid.UUID,
    agreement_id: uuid.UUID,
    text_hash: str,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Agreement:
    """Turn down the text on the table, with the reason. What is in force stays so; a first proposal comes to nothing.

    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow, UnableToActWithoutReason,
    UnableToSignOtherText.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    agreement = signing.lock(organization_id=organization_id, agreement_id=agreement_id)
    signing.check(agreement=agreement, organization_id=organization_id, act=Act.DECLINED)
    why = signing.told(reason=reason)
    offered = agreement.versions.get(number=agreement.offered)
    if text_hash != offered.text_hash:
        raise errors.UnableToSignOtherText
    agreement.state = rules.state_after(agreement.state, Act.DECLINED)
    _take_off_table(agreement)
    agreement.changed_at = now
    agreement.save(update_fields=CHANGES)
    signed = signing.Signature(version=offered.number, text_hash=text_hash, reason=why)
    signing.write_down(agreement=agreement, act=Act.DECLINED, signed=signed, seat=seat, actor=actor, now=now)
    return agreement


def suspend(
    *, organization_id: uuid.UUID, agreement_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Agreement:
    """Let nothing more flow under the agreement until this side resumes it. A task takes people back from an agency.

    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow, UnableToActWithoutReason.
    """
    return _change(organization_id, agreement_id, Act.SUSPENDED, signing.told(reason=reason), actor, now)


def resume(*, organization_id: uuid.UUID, agreement_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Agreement:
    """Put an agreement that this side suspended in force again.

    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow.
    """
    return _change(organization_id, agreement_id, Act.RESUMED, "", actor, now)


def end(
    *, organization_id: uuid.UUID, agreement_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Agreement:
    """End the agreement for good, or take a first proposal back. Working together again takes a new agreement.

    A task takes people back from an agency that may look after nobody any more.

    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow, UnableToActWithoutReason.
    """
    return _change(organization_id, agreement_id, Act.ENDED, signing.told(reason=reason), actor, now)


def review(
    *,
    organization_id: uuid.UUID,
    agreement_id: uuid.UUID,
    review_on: dt.date,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Agreement:
    """Write down that the agreement was looked at again, and when it will be next. Both sides are reminded of that day.

    Raises UnableToActWithoutRight, UnableToFindAgreement, UnableToActNow, UnableToReviewThen, UnableToActWithoutReason.
    """
    today = clock.day_in_japan(now)
    if not today < review_on <= today + LATEST_REVIEW:
        raise errors.UnableToReviewThen
    said = signing.told(reason=note) if note.strip() else ""
    return _change(organization_id, agreement_id, Act.REVIEWED, said, actor, now, review_on=review_on)


def _change(
    organization_id: uuid.UUID,
    agreement_id: uuid.UUID,
    act: str,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
    *,
    review_on: dt.date | None = None,
) -> Agreement:
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    agreement = signing.lock(organization_id=organization_id, agreement_id=agreement_id)
    signing.check(agreement=agreement, organization_id=organization_id, act=act)
    number = agreement.version or agreement.offered
    agreement.state = rules.state_after(agreement.state, act)
    agreement.suspended_by_id = organization_id if act == Act.SUSPENDED else agreement.suspended_by_id
    if act in {Act.RESUMED, Act.ENDED}:
        agreement.suspended_by_id = None
    if act == Act.ENDED:
        _take_off_table(agreement)
        agreement.review_on = None
    if review_on is not None:
        agreement.review_on, agreement.reminded = review_on, None
    agreement.changed_at = now
    agreement.save(update_fields=CHANGES)
    text_hash = agreement.versions.get(number=number).text_hash
    signed = signing.Signature(version=number, text_hash=text_hash, reason=reason)
    signing.write_down(agreement=agreement, act=act, signed=signed, seat=seat, actor=actor, now=now)
    if act in {Act.SUSPENDED, Act.ENDED}:
        queue.defer("take_people_back")
    return agreement


def _take_off_table(agreement: Agreement) -> None:
    agreement.offered, agreement.offered_by_id = 0, None
