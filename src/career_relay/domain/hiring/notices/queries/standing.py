"""What is known now of the people of a mailing: all that decides whether each can be told, and what."""

from __future__ import annotations

import collections
import typing

from django.db.models import Q

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.queries import states
from career_relay.kernel import japanese
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

_NOT_REACHED = (Message.State.STOPPED, Message.State.FAILED, Message.State.SUPPRESSED)
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
    same = same_people(people)
    everybody = {one for group in same.values() for one in group}
    still_in = set(
        Application.objects.filter(_STILL_IN, applicant_id__in=everybody).values_list("applicant_id", flat=True)
    )
    persons = Applicant.objects.only("name", "family_name", "email").in_bulk(people)
    return [
        rules.Standing(
            notice_id=notice,
            name=persons[applicant].name,
            family_name=persons[applicant].family_name,
            email=persons[applicant].email,
            is_still_in=not still_in.isdisjoint(same[applicant]),
            decisions=tuple(of_notice[notice]),
        )
        for notice, applicant in notices.items()
    ]


def same_people(applicant_ids: collections.abc.Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return for each person the records that are of them: their own, and any of the same address and name."""
    persons = list(Applicant.objects.filter(pk__in=applicant_ids).values_list("pk", "organization_id", "email", "name"))
    emails = {found for _pk, _owner, email, _name in persons for found in (email, japanese.normalise_email(email))}
    owners = {owner for _pk, owner, _email, _name in persons}
    alike = Applicant.objects.filter(organization_id__in=owners, email__in=emails - {""})
    records: dict[tuple[str, str], set[uuid.UUID]] = collections.defaultdict(set)
    for pk, email, name in alike.values_list("pk", "email", "name"):
        records[_known_by(email, name)].add(pk)
    return {pk: {pk} | records[_known_by(email, name)] for pk, _owner, email, name in persons}


def known_by(applicant_ids: collections.abc.Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return by what each record is known: those with the same address and name are of one person."""
    found = Applicant.objects.filter(pk__in=applicant_ids).values_list("pk", "email", "name")
    return {pk: _known_by(email, name) for pk, email, name in found}


def never_sent(prefix: str = "") -> Q:
    """Return the condition of a notice that nobody got and nobody will get: without mail, or with one that ended unsent.

    `prefix` leads to the notice. One whose answer was lost may have been sent unless a person found out that it did not
    arrive. With a link it counts as sent all the same: whether anybody came by the link is not for the employer to learn.
    One of a mailing that is being prepared is about to be sent.
    """
    about_to_be = Q(**{f"{prefix}mailing__state": Mailing.State.PREPARING, f"{prefix}left_out": Notice.LeftOut.NO})
    unwritten = Q(**{f"{prefix}message": None}) & ~about_to_be
    is_lost = Q(**{f"{prefix}message__state": Message.State.UNCERTAIN, f"{prefix}detail": states.NOT_ARRIVED})
    is_lost &= Q(**{f"{prefix}has_link": False})
    return unwritten | is_lost | Q(**{f"{prefix}message__state__in": _NOT_REACHED})


def never_told() -> Q:
    """Return the condition of what stands in such a notice."""
    return never_sent("notice__") & Q(is_open=False)


def _known_by(email: str, name: str) -> tuple[str, str]:
    return japanese.normalise_email(email), folding.fold(name)
