"""The mails about who looks after whom. To an agency they name nobody; to a person they name the agency."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.people.candidates.models import Candidate, Identity

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.people.routing.models import Assignment

OWN_PAGE: typing.Final = "/me/"
AGENCY_PAGE: typing.Final = "/agency/"
TOLD_OF_OFFERS: typing.Final = (Member.Role.MANAGER, Member.Role.ADVISER)
TOLD_OF_LATENESS: typing.Final = (Member.Role.MANAGER,)


def tell_of_carer(*, candidate_id: uuid.UUID, assignment: Assignment, now: dt.datetime) -> None:
    """Tell the person who looks after them from now on, how to reach them and how to stop it. The caller acts as them."""
    card = agencies.cards([assignment.organization_id])[assignment.organization_id]
    told = {
        "agency": card.name,
        "number": card.number,
        "phone": card.phone,
        "email": card.email,
        "message": card.message,
        "contact_by": assignment.contact_by,
    }
    _to_person("mail/carer_settled", candidate_id, told, now)


def tell_of_change(*, candidate_id: uuid.UUID, organization_id: uuid.UUID, reason: str, now: dt.datetime) -> None:
    """Tell the person that an agency no longer looks after them and what happens next. The caller acts as them."""
    name = organizations.names_of([organization_id])[organization_id].name
    _to_person("mail/carer_changed", candidate_id, {"agency": name, "reason": reason}, now)


def tell_of_offers(
    *, organization_id: uuid.UUID, offers: collections.abc.Sequence[Assignment], now: dt.datetime
) -> None:
    """Tell the agency's members how many people wait for its answer, and until when. The caller acts as the agency."""
    if offers:
        first = min(offer.answer_by for offer in offers)
        told = {"count": len(offers), "answer_by": first, "chosen": sum(offer.is_chosen for offer in offers)}
        _to_members("mail/people_waiting", organization_id, TOLD_OF_OFFERS, told, now)


def tell_of_lateness(*, organization_id: uuid.UUID, late_at: dt.datetime, now: dt.datetime) -> None:
    """Tell the agency's managers that a person waits for the first word for too long. The caller acts as the agency."""
    _to_members("mail/contact_overdue", organization_id, TOLD_OF_LATENESS, {"late_at": late_at}, now)


def tell_of_end(*, organization_id: uuid.UUID, assignment: Assignment, now: dt.datetime) -> None:
    """Tell the adviser, or the managers where there is none, that somebody must no longer be approached.

    The caller acts as the agency.
    """
    told = {"reason": assignment.end_reason, "ended_at": assignment.ended_at}
    present = organizations.members(organization_id)
    adviser = [member for member in present if member.pk == assignment.adviser_id]
    managers = [member for member in present if member.role in TOLD_OF_LATENESS]
    _to("mail/assignment_ended", organization_id, adviser or managers, told, now)


def _to_person(
    template: str, candidate_id: uuid.UUID, context: collections.abc.Mapping[str, object], now: dt.datetime
) -> None:
    identity = Identity.objects.get(pk=candidate_id)
    language = Candidate.objects.values_list("language", flat=True).get(pk=candidate_id)
    messaging.queue(
        template=template,
        to=identity.email,
        language=language,
        context={"name": identity.name, "page_url": f"{settings.SITE_URL}{OWN_PAGE}", **context},
        candidate=candidate_id,
        now=now,
    )


def _to_members(
    template: str,
    organization_id: uuid.UUID,
    roles: collections.abc.Iterable[str],
    context: collections.abc.Mapping[str, object],
    now: dt.datetime,
) -> None:
    _to(template, organization_id, organizations.members(organization_id).filter(role__in=roles), context, now)


def _to(
    template: str,
    organization_id: uuid.UUID,
    members: collections.abc.Iterable[Member],
    context: collections.abc.Mapping[str, object],
    now: dt.datetime,
) -> None:
    name = organizations.profile(organization_id).name
    for member in members:
        messaging.queue(
            template=template,
            to=member.user.email,
            language=member.user.language,
            context={"organization": name, "page_url": f"{settings.SITE_URL}{AGENCY_PAGE}", **context},
            organization=organization_id,
            now=now,
        )
