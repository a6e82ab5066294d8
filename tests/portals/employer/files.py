"""An employer's own records, as an import would have left them: postings, people, applications, stages."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications.models import Applicant, Application, Gram, StageEvent
from career_relay.domain.hiring.intake.models import Batch, Source
from career_relay.domain.hiring.intake.vocabulary import Outcome, side_of
from career_relay.kernel import clock, ids
from career_relay.kernel.japanese import folding
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.employer.desk import DAY

if typing.TYPE_CHECKING:
    import collections.abc

    from django.test import Client

    from career_relay.domain.ground.accounts.models import User
    from tests.world import Tenant

MOST_QUERIES = 15
A_DAY = dt.timedelta(days=1)


def keeping(tenant: Tenant) -> typing.ContextManager[None]:
    return acting_as(organization=tenant.id)


def batch(tenant: Tenant, *, now: dt.datetime = DAY, file_name: str = "oubo_202610.csv") -> Batch:
    """Return a committed batch of the tenant's one source."""
    with keeping(tenant):
        source, _made = Source.objects.get_or_create(
            organization_id=tenant.id, name="採用管理システム", defaults={"created_at": now, "changed_at": now}
        )
        return Batch.objects.create(
            organization_id=tenant.id,
            source=source,
            file_name=file_name,
            sha256="0" * 64,
            encoding="utf-8",
            state=Batch.State.COMMITTED,
            created=1,
            uploaded_by=tenant.owner,
            uploaded_at=now,
            committed_at=now,
        )


def posting(tenant: Tenant, title: str = "Web エンジニア", *, manager: User | None = None) -> JobPosting:
    with keeping(tenant):
        return JobPosting.objects.create(
            organization_id=tenant.id,
            key=f"t:{title}",
            title=title,
            employment_type="mid_career",
            manager=tenant.organization.members.get(user=manager) if manager else None,
            created_at=DAY,
        )


def person(tenant: Tenant, name: str = "髙﨑 由紀", *, kana: str = "タカサキ ユキ", **values: typing.Any) -> Applicant:
    with keeping(tenant):
        made = Applicant.objects.create(
            organization_id=tenant.id,
            key=str(ids.new()),
            name=name,
            kana=kana,
            search=folding.fold(f"{name}{kana}"),
            created_at=DAY,
            changed_at=DAY,
            **values,
        )
        grams = folding.grams(made.search)
        Gram.objects.bulk_create(Gram(organization_id=tenant.id, gram=gram, applicant=made) for gram in grams)
    return made


def application(
    tenant: Tenant,
    who: Applicant | None = None,
    *,
    outcome: str = "rejected",
    stage: str = "documents",
    applied_at: dt.datetime = DAY,
    decided_at: dt.datetime | None = DAY + 5 * A_DAY,
    stages: collections.abc.Mapping[str, dt.date] | None = None,
    batch: Batch | None = None,
    **values: typing.Any,
) -> Application:
    who = who or person(tenant)
    came_in = batch or in_batch(tenant)
    with keeping(tenant):
        made = Application.objects.create(
            organization_id=tenant.id,
            applicant=who,
            source_id=came_in.source_id,
            batch=came_in,
            key=str(ids.new()),
            outcome=outcome,
            outcome_side=side_of(Outcome(outcome)),
            stage=stage,
            applied_at=applied_at,
            decided_at=None if outcome == "in_progress" else decided_at,
            created_at=DAY,
            changed_at=DAY,
            **values,
        )
        reached_on = {"applied": clock.day_in_japan(applied_at)} if stages is None else stages
        for reached, day in reached_on.items():
            StageEvent.objects.create(organization_id=tenant.id, application=made, stage=reached, entered_on=day)
    return made


def in_batch(tenant: Tenant) -> Batch:
    """Return the tenant's batch, making it the first time."""
    with keeping(tenant):
        found = Batch.objects.order_by("uploaded_at").first()
    return found or batch(tenant)


def asked(client: Client, address: str) -> int:
    """Return how many questions a page asks the database, and see that it is read without writing."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    statements = [query["sql"].lstrip().split(maxsplit=1)[0] for query in captured]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(statements)
    return sum(word not in {"SAVEPOINT", "RELEASE"} for word in statements)


def fresh(made: Application) -> Application:
    """Return an application as the database has it now."""
    with acting_as(organization=made.organization_id):
        return Application.objects.select_related("applicant").get(pk=made.pk)
