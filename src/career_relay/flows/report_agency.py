"""A person tells the operator what is wrong with the agency that looks after them. The agency learns nothing of it."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.complaints import letters
from career_relay.domain.people.complaints import operations as complaints
from career_relay.domain.people.complaints.models import Topic
from career_relay.domain.people.routing import queries as routing
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.accounts.models import User

KIND: typing.Final = "agency_report"


class UnableToReport(DomainError):
    """The agency does not look after the person (any more), or nobody answers for it."""

    code = "REPORT_NOT_POSSIBLE"

    def __init__(self) -> None:
        super().__init__(
            _("送信できません。この紹介会社は、いまはあなたの担当ではありません。あなたのページを開き直してください。")
        )


@transaction.atomic
def report_agency(
    *, candidate_id: uuid.UUID, assignment_id: uuid.UUID, topic: str, words: str, wants_answer: bool, now: dt.datetime
) -> int:
    """Put what the person wrote before every operator the agency has dealt with, and mail its members; return how many.

    The operator sees no personal data by itself: name and address go along, by mail, only if the person wants to be
    written to. The mails are the person's, whoever reads them: what is kept of them is deleted with the person.
    Raises UnableToReport.
    """
    with acting_as(candidate=candidate_id):
        active = (one for one in routing.carers(candidate_id) if one.state == Assignment.State.ACTIVE)
        carer = next((one for one in active if one.assignment_id == assignment_id), None)
        person = candidates.identity(candidate_id) if wants_answer else None
    operators = _operators(carer.organization_id) if carer else []
    if carer is None or not operators:
        raise UnableToReport
    card = agencies.cards([carer.organization_id])[carer.organization_id]
    context = {
        "agency": card.name,
        "number": card.number,
        "accepted_at": carer.accepted_at,
        "contact_by": carer.contact_by,
        "contacted_at": carer.contacted_at,
        "words": words,
        "person": person,
    }
    told = 0
    for operator_id in operators:
        readers = _members(operator_id)
        with acting_as(candidate=candidate_id):
            complaint = complaints.receive(
                candidate_id=candidate_id,
                operator_id=operator_id,
                agency_id=carer.organization_id,
                topic=topic,
                words=words,
                now=now,
            )
            page = {"page_url": f"{settings.SITE_URL}{letters.OPERATORS_PAGE}{complaint.pk}/"}
            for reader in readers:
                _tell(reader, candidate_id, topic, {**context, **page, "due_on": complaint.due_on}, now)
        told += len(readers)
    return told


def _operators(agency_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the operators the agency has or had an agreement with: they let it into the network."""
    with acting_as(organization=agency_id):
        lines = agreements.of_organization(agency_id)
    partners = {one.partner.organization_id for one in lines if one.partner.kind == Organization.Kind.OPERATOR}
    return sorted(partners)


def _members(operator_id: uuid.UUID) -> list[User]:
    with acting_as(organization=operator_id):
        return [member.user for member in organizations.members(operator_id)]


def _tell(reader: User, candidate_id: uuid.UUID, topic: str, context: dict[str, typing.Any], now: dt.datetime) -> None:
    with translation.override(reader.language):
        named = str(Topic(topic).label)
    messaging.queue(
        template=f"mail/{KIND}",
        to=reader.email,
        language=reader.language,
        context={**context, "topic": named},
        candidate=candidate_id,
        now=now,
    )
