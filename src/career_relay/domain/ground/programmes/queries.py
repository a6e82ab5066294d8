"""Reads about programmes. Programmes and policies are the same for everybody; participations are an organization's."""

from __future__ import annotations

import typing

from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, Participation, PolicyVersion, Programme

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def default_programme() -> Programme:
    """Return the programme that employers join when they sign up."""
    return Programme.objects.get(pk=DEFAULT_PROGRAMME_ID)


def policy_at(programme_id: uuid.UUID, moment: dt.datetime) -> PolicyVersion:
    """Return the rules in force at `moment`, also for moments long past: what was counted then is explained by them."""
    in_force = PolicyVersion.objects.filter(programme_id=programme_id, effective_from__lte=moment)
    return in_force.order_by("effective_from").reverse()[:1].get()


def latest_policy(programme_id: uuid.UUID) -> PolicyVersion:
    """Return the newest version, in force or announced."""
    return PolicyVersion.objects.filter(programme_id=programme_id).latest("version")


def joined_at(organization_id: uuid.UUID, programme_id: uuid.UUID = DEFAULT_PROGRAMME_ID) -> dt.datetime | None:
    """Return when the organization accepted the terms for the first time, or None when it has not joined."""
    accepted = Participation.objects.filter(organization_id=organization_id, programme_id=programme_id)
    return accepted.order_by("joined_at").values_list("joined_at", flat=True).first()


def participation(organization_id: uuid.UUID, programme_id: uuid.UUID = DEFAULT_PROGRAMME_ID) -> Participation | None:
    """Return the organization's newest acceptance of the terms, or None when it has not joined."""
    accepted = Participation.objects.filter(organization_id=organization_id, programme_id=programme_id)
    return accepted.order_by("terms_version").last()
