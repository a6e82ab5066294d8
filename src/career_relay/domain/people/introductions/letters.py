"""The mails about introductions. To an organization they name nobody; to a person they name company and agency."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.people.candidates.models import Candidate, Identity

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.domain.people.introductions.models import Interview, Introduction

PERSONS_PAGE: typing.Final = "/me/introductions/"
AGENCYS_PAGE: typing.Final = "/agency/introductions/"
EMPLOYERS_PAGE: typing.Final = "/employer/introductions/"
DECIDING: typing.Final = (Member.Role.OWNER, Member.Role.RECRUITER)
LEADING: typing.Final = (Member.Role.MANAGER,)

Words: typing.TypeAlias = "collections.abc.Mapping[str, object]"


def ask_person(introduction: Introduction, now: dt.datetime, *, is_reminder: bool = False) -> None:
    """Put the posting before the person, or remind them of it. The caller acts as them."""
    told = {"answer_by": introduction.answer_by, "message": introduction.message}
    _to_person("introduction_reminder" if is_reminder else "introduction_proposed", introduction, told, now)


def tell_person_of_times(introduction: Introduction, interview: Interview, now: dt.datetime) -> None:
    """Ask the person to choose a time. The caller acts as them."""
    _to_person("interview_times", introduction, {"count": len(interview.times)}, now)


def tell_person_of_offer(introduction: Introduction, now: dt.datetime) -> None:
    """Tell the person that they are offered the job. The caller acts as them."""
    _to_person("offer_made", introduction, {}, now)


def tell_person_of_end(introduction: Introduction, now: dt.datetime) -> None:
    """Tell the person that it came to nothing, by the employer or by the agency. The caller acts as them."""
    _to_person("introduction_over", introduction, {"is_refused": introduction.state == "refused"}, now)


def tell_agency_of_answer(introduction: Introduction, now: dt.datetime) -> None:
    """Tell the adviser that the person answered; whether yes or no, the mail is the same. The caller acts as the agency."""
    _to_adviser("introduction_answered", introduction, now)


def tell_agency_of_move(introduction: Introduction, now: dt.datetime) -> None:
    """Tell the adviser that something moved on, or ended. The caller acts as the agency."""
    _to_adviser("introduction_moved", introduction, now)


def tell_employer(kind: str, introduction: Introduction, now: dt.datetime, **told: object) -> None:
    """Tell those who decide for the employer: person_introduced, introduction_withdrawn, time_chosen, offer_accepted.

    The caller acts as the employer.
    """
    employer_id = typing.cast("typing.Any", introduction.employer_id)
    names = organizations.names_of([introduction.organization_id, employer_id])
    words = {
        "organization": names[employer_id].name,
        "agency": names[introduction.organization_id].name,
        "title": introduction.title,
        "page_url": f"{settings.SITE_URL}{EMPLOYERS_PAGE}{introduction.pk}/",
        **told,
    }
    _to_members(kind, organizations.members(employer_id).filter(role__in=DECIDING), words, now)


def _to_person(kind: str, introduction: Introduction, told: Words, now: dt.datetime) -> None:
    candidate_id = introduction.candidate_id
    identity = Identity.objects.filter(pk=candidate_id).first()
    if identity is None:  # they erased their registration, and are not written to any more
        return
    agency = organizations.names_of([introduction.organization_id])[introduction.organization_id]
    messaging.queue(
        template=f"mail/{kind}",
        to=identity.email,
        language=Candidate.objects.values_list("language", flat=True).get(pk=candidate_id),
        context={
            "name": identity.name,
            "agency": agency.name,
            "employer": introduction.employer_name,
            "title": introduction.title,
            "page_url": f"{settings.SITE_URL}{PERSONS_PAGE}{introduction.pk}/",
            **told,
        },
        candidate=candidate_id,
        now=now,
    )


def _to_adviser(kind: str, introduction: Introduction, now: dt.datetime) -> None:
    organization_id = introduction.organization_id
    present = organizations.members(organization_id)
    adviser = [member for member in present if member.pk == introduction.assignment.adviser_id]
    leading = [member for member in present if member.role in LEADING]
    words = {
        "organization": organizations.profile(organization_id).name,
        "page_url": f"{settings.SITE_URL}{AGENCYS_PAGE}{introduction.pk}/",
    }
    _to_members(kind, adviser or leading, words, now)


def _to_members(kind: str, members: collections.abc.Iterable[Member], words: Words, now: dt.datetime) -> None:
    for member in members:
        messaging.queue(
            template=f"mail/{kind}",
            to=member.user.email,
            language=member.user.language,
            context=words,
            organization=member.organization_id,
            now=now,
        )
