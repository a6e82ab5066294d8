"""What an agency and an employer have of a person who said yes, each thing with a name that must not be seen elsewhere."""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.people.placements.models import Check, Placement
from career_relay.flows import advance_introduction, introduce_candidate, record_placement, request_people
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import introducing, requesting
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.introductions.models import Introduction
    from tests.world import Tenant


def fill(carer: Tenant, employer: Tenant, assignment_id: uuid.UUID, canary: str) -> dict[str, uuid.UUID]:
    """Have an agency introduce somebody it looks after to an interview here and to a hire there.

    Returns an object for each parameter of a route.
    """
    deal.live(carer, employer)
    owner = actors.user(employer.owner.pk)
    meeting = _introduce(carer, employer, assignment_id, canary)
    decides: dict[str, typing.Any] = {
        "organization_id": employer.id,
        "introduction_id": meeting.pk,
        "actor": owner,
        "now": NOW,
    }
    advance_introduction.advance(to="interview", **decides)
    advance_introduction.propose_times(times=[NOW + dt.timedelta(days=3)], place=canary, **decides)
    return {
        "introduction_id": meeting.pk,
        **_hire(carer, employer, assignment_id, canary),
        **_ask(carer, employer, canary),
    }


def _introduce(carer: Tenant, employer: Tenant, assignment_id: uuid.UUID, canary: str) -> Introduction:
    posting = requesting.posting(carer, title=canary, hiring_employer_id=employer.id)
    made = introduce_candidate.propose(
        organization_id=carer.id,
        assignment_id=assignment_id,
        posting_id=posting.pk,
        message=canary,
        fit_note=canary,
        actor=actors.user(carer.users["adviser"].pk),
        now=NOW,
    )
    return introducing.agree(made)


def _hire(carer: Tenant, employer: Tenant, assignment_id: uuid.UUID, canary: str) -> dict[str, uuid.UUID]:
    hired = _introduce(carer, employer, assignment_id, canary)
    today = clock.day_in_japan(NOW)
    decides: dict[str, typing.Any] = {
        "organization_id": employer.id,
        "introduction_id": hired.pk,
        "actor": actors.user(employer.owner.pk),
        "now": NOW,
    }
    advance_introduction.advance(to="screening", **decides)
    advance_introduction.offer(salary=4_800_000, start_on=today, note=canary, **decides)
    advance_introduction.accept_offer(introduction_id=hired.pk, candidate_id=hired.candidate_id, now=NOW)
    with acting_as(organization=carer.id):
        placement = Placement.objects.get(introduction=hired)
    record_placement.confirm_start(
        organization_id=employer.id,
        placement_id=placement.pk,
        started_on=today,
        actor=actors.user(employer.owner.pk),
        now=NOW,
    )
    with acting_as(organization=carer.id):
        return {"placement_id": placement.pk, "check_id": Check.objects.earliest("due_on").pk}


def _ask(carer: Tenant, employer: Tenant, canary: str) -> dict[str, uuid.UUID]:
    asked = request_people.request_people(
        organization_id=employer.id,
        posting_id=requesting.posting(employer, title=canary).pk,
        needs=canary,
        uses_slot=False,
        agencies=[carer.id],
        actor=actors.user(employer.owner.pk),
        now=NOW,
    )
    return {"request_id": asked.request_id, "call_id": requesting.calls(employer, asked.request_id)[0].pk}
