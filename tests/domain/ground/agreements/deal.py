"""Both sides' acts, each as its own organization, in one line each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.ground.agreements import operations, queries, rules
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.agreements.models import Agreement, Draft
    from tests.world import Tenant

REASON = "条件が合わないため"
Told: typing.TypeAlias = dict[str, typing.Any]


def usual(one: Tenant, other: Tenant) -> rules.Terms:
    terms = rules.template(one.organization.kind, other.organization.kind)
    assert terms is not None
    return terms


def by(tenant: Tenant, now: dt.datetime = NOW) -> Told:
    return {"organization_id": tenant.id, "actor": actors.user(tenant.owner.pk), "now": now}


def draft(one: Tenant, other: Tenant, *, now: dt.datetime = NOW, **changes: typing.Any) -> Draft:
    terms = dataclasses.replace(usual(one, other), **changes)
    with acting_as(organization=one.id):
        begun = operations.draft(counterparty_id=other.id, **by(one, now))
        return operations.change_draft(draft_id=begun.pk, terms=terms, **by(one, now))


def read(tenant: Tenant, kept: Draft) -> Told:
    """Return what somebody knows who read the text that a draft makes."""
    with acting_as(organization=tenant.id):
        shown = queries.preview(tenant.id, kept.pk)
    assert shown is not None
    return {"draft_id": kept.pk, "text_hash": shown.text_hash, "on_table": shown.on_table}


def send(tenant: Tenant, known: Told, *, now: dt.datetime = NOW) -> Agreement:
    """Propose a draft as it was read."""
    with acting_as(organization=tenant.id):
        return operations.propose(name="提案 する子", **known, **by(tenant, now))


def propose(one: Tenant, other: Tenant, *, now: dt.datetime = NOW, **changes: typing.Any) -> Agreement:
    """Draft and propose what was just read."""
    return send(one, read(one, draft(one, other, now=now, **changes)), now=now)


def offered_hash(tenant: Tenant, agreement_id: uuid.UUID) -> str:
    with acting_as(organization=tenant.id):
        detail = queries.detail(tenant.id, agreement_id)
    assert detail is not None
    assert detail.offered is not None
    return detail.offered.text_hash


def accept(tenant: Tenant, agreement: Agreement, *, now: dt.datetime = NOW, **changes: typing.Any) -> Agreement:
    """Accept what is on the table, as it was just read."""
    told = {"text_hash": "", "name": "承諾 する男", **changes}
    told["text_hash"] = told["text_hash"] or offered_hash(tenant, agreement.pk)
    with acting_as(organization=tenant.id):
        return operations.accept(agreement_id=agreement.pk, **told, **by(tenant, now))


def decline(tenant: Tenant, agreement: Agreement, *, now: dt.datetime = NOW) -> Agreement:
    text_hash = offered_hash(tenant, agreement.pk)
    with acting_as(organization=tenant.id):
        return operations.decline(agreement_id=agreement.pk, text_hash=text_hash, reason=REASON, **by(tenant, now))


def suspend(tenant: Tenant, agreement: Agreement, *, reason: str = REASON, now: dt.datetime = NOW) -> Agreement:
    with acting_as(organization=tenant.id):
        return operations.suspend(agreement_id=agreement.pk, reason=reason, **by(tenant, now))


def resume(tenant: Tenant, agreement: Agreement, *, now: dt.datetime = NOW) -> Agreement:
    with acting_as(organization=tenant.id):
        return operations.resume(agreement_id=agreement.pk, **by(tenant, now))


def end(tenant: Tenant, agreement: Agreement, *, reason: str = REASON, now: dt.datetime = NOW) -> Agreement:
    with acting_as(organization=tenant.id):
        return operations.end(agreement_id=agreement.pk, reason=reason, **by(tenant, now))


def review(tenant: Tenant, agreement: Agreement, on: dt.date, *, note: str = "", now: dt.datetime = NOW) -> Agreement:
    with acting_as(organization=tenant.id):
        return operations.review(agreement_id=agreement.pk, review_on=on, note=note, **by(tenant, now))


def live(one: Tenant, other: Tenant, *, now: dt.datetime = NOW, **changes: typing.Any) -> Agreement:
    """Return an agreement in force that the first side proposed."""
    return accept(other, propose(one, other, now=now, **changes), now=now)


def detail(tenant: Tenant, agreement: Agreement) -> queries.Detail:
    with acting_as(organization=tenant.id):
        found = queries.detail(tenant.id, agreement.pk)
    assert found is not None
    return found


def is_live(asking: Tenant, other: Tenant) -> bool:
    with acting_as(organization=asking.id):
        return queries.is_live(asking.id, other.id)


def license_agency(
    agency: Tenant, operator: Tenant, *, first: dt.date = dt.date(2026, 4, 1), last: dt.date = dt.date(2029, 3, 31)
) -> Licence:
    """Give an agency a licence that the operator has confirmed, and the rest that is asked of it."""
    with acting_as(organization=agency.id):
        room.equip(agency, NOW.replace(month=1))
    with acting_as(organization=agency.id, user=operator.owner.pk):
        return Licence.objects.create(
            organization=agency.organization,
            number="13-ユ-000001",
            is_renewal=False,
            valid_from=first,
            valid_until=last,
            evidence=b"%PDF-1.7",
            evidence_name="許可証.pdf",
            evidence_type="application/pdf",
            evidence_sha256="0" * 64,
            state=Licence.State.CONFIRMED,
            submitted_at=NOW,
            submitted_by=agency.owner,
            decided_at=NOW,
            decided_by="user:operator",
        )
