from __future__ import annotations

import dataclasses
import typing

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from career_relay.domain.ground.agreements import queries, rules, wording
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct, AgreementVersion, Draft
from career_relay.domain.ground.agreements.operations import errors, signing
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.utils.functional import _StrPromise

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.kernel import actors

Act = AgreementAct.Act


def draft(*, organization_id: uuid.UUID, counterparty_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Draft:
    """Begin what the organization will propose to a partner; a draft for the same partner that is there is gone on with.

    The partner sees nothing of it. It begins with the latest terms of what is open between the two, and becomes an
    amendment of that once proposed; else with the usual terms of the two kinds.
    Raises UnableToActWithoutRight, UnableToAgreeWith.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    partner = organizations.names_of([counterparty_id]).get(counterparty_id)
    usual = rules.template(seat.organization.kind, partner.kind) if partner else None
    if usual is None:
        raise errors.UnableToAgreeWith
    known = queries.open_between(organization_id, counterparty_id)
    latest = known.versions.order_by("number").last() if known else None
    kept, _is_new = Draft.objects.get_or_create(
        organization_id=organization_id,
        counterparty_id=counterparty_id,
        defaults={
            "terms": latest.terms if latest else usual.stored(),
            "changed_at": now,
            "changed_by": seat.user,
        },
    )
    return kept


def change_draft(
    *, organization_id: uuid.UUID, draft_id: uuid.UUID, terms: rules.Terms, actor: actors.Actor, now: dt.datetime
) -> Draft:
    """Give a draft other terms.

    Raises UnableToActWithoutRight, UnableToFindDraft, UnableToProposeTerms.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    line = queries.draft(organization_id, draft_id)
    if line is None:
        raise errors.UnableToFindDraft
    _check_terms(terms, seat.organization.kind, line.partner.kind, now)
    kept = line.draft
    kept.terms, kept.changed_at, kept.changed_by = terms.stored(), now, seat.user
    kept.save(update_fields=["terms", "changed_at", "changed_by"])
    return kept


def discard_draft(*, organization_id: uuid.UUID, draft_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> None:
    """Throw a draft away, because nothing comes of it. Nobody else has seen it.

    Raises UnableToActWithoutRight, UnableToFindDraft.
    """
    seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    gone, _rows = Draft.objects.filter(organization_id=organization_id, pk=draft_id).delete()
    if not gone:
        raise errors.UnableToFindDraft


def propose(
    *,
    organization_id: uuid.UUID,
    draft_id: uuid.UUID,
    text_hash: str,
    on_table: int,
    name: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Agreement:
    """Put a draft's text on the table, signed by the named person, for the other side to accept or decline.

    It opens an agreement, or becomes the next version of the open one; what is in force stays so until the other side
    accepts. `text_hash` is that of the text the person read, `on_table` the version that waited for an answer then
    (0: none), so that nobody answers a proposal they have not seen.
    Raises UnableToActWithoutRight, UnableToFindDraft, UnableToSignWithoutName, UnableToProposeTerms,
    UnableToSignOtherText, UnableToProposeMeanwhile.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agreements")
    line = queries.draft(organization_id, draft_id)
    if line is None:
        raise errors.UnableToFindDraft
    _check_terms(line.terms, seat.organization.kind, line.partner.kind, now)
    named = signing.signer(name=name)
    agreement = _lock_open(organization_id, line.partner.organization_id)
    if (agreement.offered if agreement else 0) != on_table:
        raise errors.UnableToProposeMeanwhile
    text = queries.text_between(organization_id, line.partner.organization_id, line.terms, agreement)
    if wording.hash_of(text) != text_hash:
        raise errors.UnableToSignOtherText
    agreement = agreement or _begin(organization_id, line.partner.organization_id, now)
    _offer(agreement, line.terms, text, seat=seat, name=named, actor=actor, now=now)
    line.draft.delete()
    return agreement


def propose_standard(
    *, operator_id: uuid.UUID, agency_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Agreement:
    """Propose the network's usual agreement to an agency whose licence was confirmed, signed by who confirmed it.

    The agency may take part once it accepts. What is open between the two already stays as it is, and is returned.
    Raises UnableToActWithoutRight, UnableToAgreeWith, UnableToSignWithoutName, UnableToProposeMeanwhile.
    """
    seat = seats.acting(organization_id=operator_id, actor=actor, right="manage_agreements")
    agency = organizations.names_of([agency_id]).get(agency_id)
    terms = rules.template(seat.organization.kind, agency.kind) if agency else None
    if terms is None:
        raise errors.UnableToAgreeWith
    if known := queries.open_between(operator_id, agency_id):
        return known
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    terms = dataclasses.replace(terms, accept_days=policy.agency_accept_days, contact_days=policy.agency_contact_days)
    agreement = _begin(operator_id, agency_id, now)
    text = queries.text_between(operator_id, agency_id, terms, agreement)
    _offer(agreement, terms, text, seat=seat, name=signing.signer(name=seat.user.name), actor=actor, now=now)
    return agreement


def _check_terms(terms: rules.Terms, kind: str, other: str, now: dt.datetime) -> None:
    faults: dict[str, str | _StrPromise] = {**rules.faults(terms, kind, other)}
    if rules.has_deadlines(kind, other):
        faults |= _deadline_faults(terms, now)
    if faults:
        raise errors.UnableToProposeTerms({field: str(fault) for field, fault in faults.items()})


def _deadline_faults(terms: rules.Terms, now: dt.datetime) -> dict[str, str]:
    """Refuse to promise other days than the programme keeps: routing goes by the programme's."""
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    kept = {"accept_days": policy.agency_accept_days, "contact_days": policy.agency_contact_days}
    words = _("運用ルールと同じ %(days)s にしてください。")
    return {name: words % {"days": days} for name, days in kept.items() if getattr(terms, name) != days}


def _lock_open(organization_id: uuid.UUID, counterparty_id: uuid.UUID) -> Agreement | None:
    pair = [organization_id, counterparty_id]
    found = Agreement.objects.select_for_update(no_key=True).filter(organization_id__in=pair, counterparty_id__in=pair)
    return found.filter(state__in=queries.OPEN).first()


def _begin(organization_id: uuid.UUID, counterparty_id: uuid.UUID, now: dt.datetime) -> Agreement:
    """Open an agreement of the pair. Who does so at the same moment as the other side comes too late."""
    try:
        with transaction.atomic():
            return Agreement.objects.create(
                organization_id=organization_id, counterparty_id=counterparty_id, created_at=now, changed_at=now
            )
    except IntegrityError:
        raise errors.UnableToProposeMeanwhile from None


def _offer(
    agreement: Agreement,
    terms: rules.Terms,
    text: dict[str, typing.Any],
    *,
    seat: Member,
    name: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> None:
    version = AgreementVersion.objects.create(
        organization_id=agreement.organization_id,
        counterparty_id=agreement.counterparty_id,
        agreement=agreement,
        number=agreement.versions.count() + 1,
        terms=terms.stored(),
        text=text,
        text_hash=wording.hash_of(text),
        by_organization_id=seat.organization_id,
        drafted_by=seat.user,
        drafted_at=now,
    )
    agreement.offered, agreement.offered_by_id, agreement.changed_at = version.number, seat.organization_id, now
    agreement.save(update_fields=["offered", "offered_by", "changed_at"])
    act = Act.AMENDED if agreement.version else Act.PROPOSED
    signed = signing.Signature(version=version.number, text_hash=version.text_hash, name=name)
    signing.write_down(agreement=agreement, act=act, signed=signed, seat=seat, actor=actor, now=now)
