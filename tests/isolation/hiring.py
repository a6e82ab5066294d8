"""What an employer keeps in its own rooms, each thing with a name that must not be seen elsewhere."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.notices import queries as notices
from career_relay.domain.hiring.notices.models import Notice
from career_relay.domain.hiring.stakeholders import operations as stakeholders
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.portals.employer import import_files
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant


def fill(tenant: Tenant, canary: str, domain: str) -> dict[str, uuid.UUID]:
    """Fill the rooms of an employer that joined already; return an object for each parameter of a route."""
    desk = mailings.desk(tenant, joins=False)
    application = mailings.apply(desk, canary, f"applied@{domain}", reason=canary, medium=canary, recruiter=canary)
    mailing = mailings.write(desk, mailings.draft(desk, [application.pk]), has_link=False)
    with acting_as(organization=tenant.id, user=tenant.owner.pk):
        batch = intake.upload(
            organization_id=tenant.id,
            file_name=f"{canary}.csv",
            content=import_files.table([import_files.row(1, name=canary)], encoding="utf-8"),
            encoding="",
            user_id=tenant.owner.pk,
            now=NOW,
        )
        stakeholder = stakeholders.add(
            organization_id=tenant.id,
            described=stakeholders.Description(kind="field", name=canary, contact=canary, email=f"contact@{domain}"),
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
        return {
            "stakeholder_id": stakeholder.pk,
            "batch_id": batch.pk,
            "posting_id": desk.posting.pk,
            "applicant_id": application.applicant_id,
            "application_id": application.pk,
            "mailing_id": mailing.pk,
            "notice_id": Notice.objects.get(mailing=mailing).pk,
            "template_id": notices.templates(tenant.id)[0].template.pk,
        }
