"""An employer's own records, as an import would have left them: postings, people, applications and their stages' days."""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Applicant, Application, Gram, StageEvent
from career_relay.domain.hiring.intake import vocabulary
from career_relay.domain.hiring.intake.models import Batch, Source
from career_relay.kernel import ids
from career_relay.kernel.japanese import folding
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from tests.world import Tenant

    Days = collections.abc.Mapping[str, dt.date]


def keeping(tenant: Tenant) -> typing.ContextManager[typing.Any]:
    return acting_as(organization=tenant.id)


def batch(tenant: Tenant, *, now: dt.datetime = NOW, file_name: str = "oubo_202610.csv") -> Batch:
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


def posting(tenant: Tenant, title: str, *, now: dt.datetime = NOW, **values: typing.Any) -> JobPosting:
    with keeping(tenant):
        return JobPosting.objects.create(
            organization_id=tenant.id, key=f"t:{title}", title=title, created_at=now, **values
        )


def person(tenant: Tenant, name: str, *, now: dt.datetime = NOW, **values: typing.Any) -> Applicant:
    """Write down somebody, to be found by each two characters of the name and the reading."""
    made = new_person(tenant.id, name, now, **values)
    with keeping(tenant):
        made.save(force_insert=True)
        grams = sorted(folding.grams(made.search))
        Gram.objects.bulk_create(Gram(organization_id=tenant.id, applicant=made, gram=gram) for gram in grams)
    return made


def application(
    came_in: Batch, who: Applicant, *, days: Days | None = None, now: dt.datetime = NOW, **values: typing.Any
) -> Application:
    """Write down that somebody applied; `days` are those of the stages."""
    made = new_application(came_in, who, now, **values)
    with acting_as(organization=made.organization_id):
        made.save(force_insert=True)
        for stage, day in (days or {}).items():
            StageEvent.objects.create(
                organization_id=made.organization_id, application=made, stage=stage, entered_on=day
            )
    return made


def people_who_applied(
    tenant: Tenant, came_in: Batch, people: list[Applicant], **values: typing.Any
) -> list[uuid.UUID]:
    """Write down very many at once; searching does not find them."""
    applications = [new_application(came_in, who, NOW, **values) for who in people]
    with keeping(tenant):
        Applicant.objects.bulk_create(people, batch_size=2000)
        Application.objects.bulk_create(applications, batch_size=2000)
    return [one.pk for one in applications]


def new_person(organization_id: uuid.UUID, name: str, now: dt.datetime = NOW, **values: typing.Any) -> Applicant:
    identifier = ids.new()
    return Applicant(
        id=identifier,
        organization_id=organization_id,
        key=str(identifier),
        name=name,
        search=rules.search_text(name, values.get("kana", "")),
        created_at=now,
        changed_at=now,
        **values,
    )


def new_application(came_in: Batch, who: Applicant, now: dt.datetime = NOW, **values: typing.Any) -> Application:
    assert came_in.source_id is not None
    identifier = ids.new()
    outcome = vocabulary.Outcome(values.get("outcome", "in_progress"))
    usual = {"key": str(identifier), "applied_at": NOW, "outcome_side": vocabulary.side_of(outcome).value}
    return Application(
        id=identifier,
        organization_id=came_in.organization_id,
        applicant=who,
        source_id=came_in.source_id,
        batch=came_in,
        created_at=now,
        changed_at=now,
        **usual | values,
    )


def fresh(made: Application) -> Application:
    """Return an application as the database has it now."""
    with acting_as(organization=made.organization_id):
        return Application.objects.select_related("applicant").get(pk=made.pk)
