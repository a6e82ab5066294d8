"""What the pages of this portal show of an employer's own records: rejected last month, unless the values say otherwise."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.hiring.intake.models import Batch
from career_relay.kernel import clock
from tests import hiring
from tests.portals.employer.desk import DAY

if typing.TYPE_CHECKING:
    from django.test import Client

    from career_relay.domain.ground.accounts.models import User
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.hiring.applications.models import Applicant, Application
    from tests.world import Tenant

MOST_QUERIES = 15
A_DAY = dt.timedelta(days=1)


def posting(tenant: Tenant, title: str = "Web エンジニア", *, manager: User | None = None) -> JobPosting:
    with hiring.keeping(tenant):
        member = tenant.organization.members.get(user=manager) if manager else None
    return hiring.posting(tenant, title, now=DAY, employment_type="mid_career", manager=member)


def person(tenant: Tenant, name: str = "髙﨑 由紀", *, kana: str = "タカサキ ユキ", **values: typing.Any) -> Applicant:
    return hiring.person(tenant, name, now=DAY, kana=kana, **values)


def application(
    tenant: Tenant,
    who: Applicant | None = None,
    *,
    days: hiring.Days | None = None,
    batch: Batch | None = None,
    **values: typing.Any,
) -> Application:
    """Write down an application that came in with the tenant's batch."""
    usual = {"outcome": "rejected", "stage": "documents", "applied_at": DAY, "decided_at": DAY + 5 * A_DAY}
    values = {**usual, **values}
    if values["outcome"] == "in_progress":
        values["decided_at"] = None
    if days is None:
        days = {"applied": clock.day_in_japan(values["applied_at"])}
    who = who or person(tenant)
    return hiring.application(batch or in_batch(tenant), who, days=days, now=DAY, **values)


def in_batch(tenant: Tenant) -> Batch:
    """Return the tenant's batch, making it the first time."""
    with hiring.keeping(tenant):
        found = Batch.objects.order_by("uploaded_at").first()
    return found or hiring.batch(tenant, now=DAY)


def asked(client: Client, address: str) -> int:
    """Return how many questions a page asks the database, and see that it is read without writing."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    statements = [query["sql"].lstrip().split(maxsplit=1)[0] for query in captured]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(statements)
    return sum(word not in {"SAVEPOINT", "RELEASE"} for word in statements)
