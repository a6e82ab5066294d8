"""What every act has in common: whose turn it is, the locked agreement, the row of the history, the fact, the mail."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agreements import letters, queries, rules
from career_relay.domain.ground.agreements.models import LONGEST_NAME, LONGEST_REASON, Agreement, AgreementAct
from career_relay.domain.ground.agreements.operations import errors
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.kernel import actors

Act = AgreementAct.Act


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Under which text an act stands, and in whose name; without one it is that of the account."""

    version: int
    text_hash: str
    name: str = ""
    reason: str = ""


def lock(*, organization_id: uuid.UUID, agreement_id: uuid.UUID) -> Agreement:
    """Return the agreement of this party and hold it until the transaction ends: both sides stand in one queue.

    Raises UnableToFindAgreement.
    """
    found = Agreement.objects.select_for_update(no_key=True).filter(pk=agreement_id).first()
    if found is None or organization_id not in {found.organization_id, found.counterparty_id}:
        raise errors.UnableToFindAgreement
    return found


def hold(*, organization_id: uuid.UUID, partner_id: uuid.UUID) -> bool:
    """Keep an agreement of the two in force until the transaction ends, for what rests on it; False if there is none.

    Whoever suspends or ends it meanwhile waits, and finds what was done under it.
    """
    pair = [organization_id, partner_id]
    live = Agreement.objects.filter(organization_id__in=pair, counterparty_id__in=pair, state=Agreement.State.LIVE)
    return live.select_for_update(no_key=True).first() is not None


def check(*, agreement: Agreement, organization_id: uuid.UUID, act: str) -> None:
    """Raise UnableToActNow unless this party may do the act in the agreement's present state."""
    if act not in rules.allowed(queries.position(agreement, organization_id)):
        raise errors.UnableToActNow(act=act, state=str(agreement.get_state_display()))


def signer(*, name: str) -> str:
    """Return the name as it is kept. Raises UnableToSignWithoutName."""
    cleaned = japanese.clean_name(name)
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise errors.UnableToSignWithoutName
    return cleaned


def told(*, reason: str) -> str:
    """Return the reason as it is kept. Raises UnableToActWithoutReason."""
    cleaned = reason.strip()
    if not 1 <= len(cleaned) <= LONGEST_REASON:
        raise errors.UnableToActWithoutReason
    return cleaned


def write_down(
    *,
    agreement: Agreement,
    act: str,
    signed: Signature,
    seat: Member,
    actor: actors.Actor,
    now: dt.datetime,
) -> AgreementAct:
    """Add the act to the history, record the fact and tell the other side."""
    done = AgreementAct.objects.create(
        organization_id=agreement.organization_id,
        counterparty_id=agreement.counterparty_id,
        agreement=agreement,
        version=signed.version,
        act=act,
        by_organization_id=seat.organization_id,
        by_user=seat.user,
        by_name=signed.name or seat.user.name[:LONGEST_NAME],
        text_hash=signed.text_hash,
        reason=signed.reason,
        at=now,
    )
    facts.record(
        f"agreement.{done.act}",
        actor=actor,
        occurred_at=now,
        organization=seat.organization_id,
        subject=agreement.pk,
        version=signed.version,
    )
    letters.tell_of(done, partner_id=queries.partner_of(agreement, seat.organization_id), now=now)
    return done
