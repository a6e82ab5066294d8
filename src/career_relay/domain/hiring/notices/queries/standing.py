"""What is known now of the people of a mailing: all that decides whether each can be told, and what."""

from __future__ import annotations

import collections
import typing

from django.db.models import Q

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Told

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

_STILL_IN = Q(outcome=Outcome.IN_PROGRESS.value) | Q(outcome=Outcome.HIRED.value, left_on=None)


def standings(notices: collections.abc.Mapping[uuid.UUID, uuid.UUID]) -> list[rules.Standing]:
    """Return the standing of the people of these notices (applicant by notice), in their order.

    Asked by lists of ids and not by joins: of tables that were filled a moment ago the database knows no sizes.
    """
    tells = list(Told.objects.filter(notice_id__in=notices).values_list("notice_id", "application_id"))
    ids = [application for _notice, application in tells]
    elsewhere = Told.objects.filter(application_id__in=ids, is_open=True).exclude(notice_id__in=notices)
    on_their_way = set(elsewhere.values_list("application_id", flat=True))
    found = Application.objects.filter(pk__in=ids).values_list("pk", "outcome", "told_at", "posting_id", "recruiter")
    decisions = {
        pk: rules.Decision(
            application_id=pk,
            outcome=outcome,
            is_told=told_at is not None,
            is_on_its_way=pk in on_their_way,
            has_posting=posting is not None,
            has_recruiter=bool(recruiter),
        )
        for pk, outcome, told_at, posting, recruiter in found
    }
    of_notice: dict[uuid.UUID, list[rules.Decision]] = collections.defaultdict(list)
    for notice, application in tells:
        of_notice[notice].append(decisions[application])
    people = set(notices.values())
    still_in = set(
        Application.objects.filter(_STILL_IN, applicant_id__in=people).values_list("applicant_id", flat=True)
    )
    persons = Applicant.objects.only("name", "family_name", "email").in_bulk(people)
    return [
        rules.Standing(
            notice_id=notice,
            name=persons[applicant].name,
            family_name=persons[applicant].family_name,
            email=persons[applicant].email,
            is_still_in=applicant in still_in,
            decisions=tuple(of_notice[notice]),
        )
        for notice, applicant in notices.items()
    ]
