"""Employers who ask, agencies that are asked, and what becomes of it, told in single words."""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.rules import Terms
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests.models import Call, Request
from career_relay.flows import request_people
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.domain.ground.credits import book
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from tests.flows.caring import Desk
    from tests.world import Tenant

NEEDS = "連結決算の経験がある方"
TERMS = Terms(
    duties="決算と開示の実務",
    duties_change="会社の定める業務",
    contract="indefinite",
    trial="3 か月",
    place="東京都千代田区の本社",
    place_change="会社の定める場所",
    hours="9:00 から 18:00",
    breaks="60 分",
    holidays="土日祝、年間 125 日",
    overtime="月 20 時間程度",
    salary_min=5_000_000,
    salary_max=7_000_000,
    pay="基本給 35 万円から、賞与 年 2 回",
    insurance=("employment", "accident", "health", "pension"),
    smoking="屋内禁煙",
)


def sheet(**changes: typing.Any) -> postings.Sheet:
    """Return a sheet that says all the law wants."""
    usual: dict[str, typing.Any] = {
        "title": "経理",
        "employment_type": "mid_career",
        "occupation": "06",
        "prefecture": "13",
        "terms": TERMS,
    }
    return postings.Sheet(**usual | changes)


def posting(tenant: Tenant, **changes: typing.Any) -> JobPosting:
    """Have an organization write a posting."""
    with acting_as(organization=tenant.id):
        return postings.write(
            organization_id=tenant.id,
            posting_id=None,
            sheet=sheet(**changes),
            actor=actors.user(tenant.owner.pk),
            now=NOW,
            is_agency=tenant.organization.kind == "agency",
        )


def bound(
    employer: Tenant, operator: Tenant, handle: str, *, slot: str = "no_replacement", **serves: typing.Any
) -> Desk:
    """Make an agency that takes part and has an agreement with the employer."""
    agency = caring.new_desk(operator, handle, **serves)
    deal.live(employer, agency.tenant, slot=slot)
    return agency


def earn(employer: Tenant, slots: int = 1) -> None:
    """Have so many slots granted to the employer, which are usable by now."""
    book.count_many(employer.id, 10 * slots, prefix=f"{slots} slots ", now=NOW - dt.timedelta(days=30))


def ask(
    employer: Tenant, posting_id: uuid.UUID, *agencies: Desk, uses_slot: bool = False, now: dt.datetime = NOW
) -> request_people.Requested:
    """Have the employer ask for somebody."""
    return request_people.request_people(
        organization_id=employer.id,
        posting_id=posting_id,
        needs=NEEDS,
        uses_slot=uses_slot,
        agencies=[agency.id for agency in agencies],
        actor=actors.user(employer.owner.pk),
        now=now,
    )


def asked(employer: Tenant, agency: Desk, *, uses_slot: bool = False) -> Call:
    """Have an employer ask one agency about a new posting; return the call."""
    requested = ask(employer, posting(employer).pk, agency, uses_slot=uses_slot)
    return calls(employer, requested.request_id)[-1]


def accept(agency: Desk, call: Call, now: dt.datetime = NOW) -> JobPosting:
    """Have an adviser take the call on."""
    return request_people.accept_call(organization_id=agency.id, call_id=call.pk, actor=agency.adviser, now=now)


def decline(agency: Desk, call: Call, reason: str = "capacity", now: dt.datetime = NOW) -> None:
    """Have an adviser say no."""
    request_people.decline_call(
        organization_id=agency.id, call_id=call.pk, reason=reason, note="", actor=agency.adviser, now=now
    )


def withdraw(employer: Tenant, request_id: uuid.UUID, now: dt.datetime = NOW) -> None:
    """Have the employer take the request back."""
    request_people.withdraw_request(
        organization_id=employer.id, request_id=request_id, actor=actors.user(employer.owner.pk), now=now
    )


def accepted(employer: Tenant, agency: Desk, *, uses_slot: bool = False) -> Call:
    """Have an agency take on a call of the employer; return it as it is then."""
    call = asked(employer, agency, uses_slot=uses_slot)
    accept(agency, call)
    return calls(employer, call.request_id)[-1]


def tell(employer: Tenant, happened: str, call: Call, **told: typing.Any) -> None:
    """Tell the request what came of it: introduced, fell_through, filled, not_started."""
    if happened in {"filled", "not_started"}:
        told |= {"actor": actors.SYSTEM}
    with acting_as(organization=employer.id):
        getattr(requests, happened)(organization_id=employer.id, call_id=call.pk, now=NOW, **told)


def request(employer: Tenant, request_id: uuid.UUID) -> Request:
    """Return a request as it is."""
    with acting_as(organization=employer.id):
        return Request.objects.get(pk=request_id)


def calls(employer: Tenant, request_id: uuid.UUID) -> list[Call]:
    """Return all calls of a request in order."""
    with acting_as(organization=employer.id):
        return list(Call.objects.filter(request=request_id).order_by("rank"))


def slots(employer: Tenant) -> list[str]:
    """Return the states of the employer's slots in order."""
    with acting_as(organization=employer.id):
        return list(Slot.objects.order_by("ordinal").values_list("state", flat=True))
