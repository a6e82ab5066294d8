"""Finding applications by what a person types: a name in whatever characters, a mail address, or an application's id."""

from __future__ import annotations

import typing

from django.db.models import Q

from career_relay.domain.hiring.applications.models import Applicant, Application, Gram
from career_relay.kernel import japanese
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

# Two pairs already leave few people; the text itself decides in the end.
MOST_PAIRS: typing.Final = 4


def matching(organization_id: uuid.UUID, text: str) -> Q:
    """Select the applications that `text` means.

    With an `@` it is an address, which must be whole. Everything else is part of a name or reading; with a digit it may
    also be the id of an application, which must be whole. Text of which folding leaves nothing finds nobody.
    """
    if "@" in text or "＠" in text:
        return Q(applicant__in=_people(organization_id).filter(email=japanese.normalise_email(text)))
    named = _named(organization_id, folding.fold(text))
    if not any(one.isdigit() for one in text):
        return Q(applicant__in=named)
    own = Application.objects.filter(organization_id=organization_id)
    known = own.filter(external_id__in={text, japanese.normalise(text)})
    return Q(pk__in=own.filter(applicant__in=named).values("pk").union(known.values("pk")))


def _named(organization_id: uuid.UUID, folded: str) -> QuerySet[typing.Any, typing.Any]:
    """Select people whose name or reading has `folded` in it: by the pairs of its characters, then by the text itself.

    A pair is found by its index, and whoever has the only pair is found. One character has no pair: the people are read
    through.
    """
    people = _people(organization_id)
    if not folded:
        return people.none()
    pairs = sorted({folded[at : at + 2] for at in range(0, len(folded) - 1, 2)})[:MOST_PAIRS]
    having = [Gram.objects.filter(organization_id=organization_id, gram=pair).values("applicant") for pair in pairs]
    if len(folded) == 2:
        return having[0]
    for one in having:
        people = people.filter(pk__in=one)
    return people.filter(search__contains=folded).values("pk")


def _people(organization_id: uuid.UUID) -> QuerySet[Applicant]:
    return Applicant.objects.filter(organization_id=organization_id)
