"""What a table of duties lacks, and when somebody is to be looked at again. Pure."""

from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext as _

from career_relay.domain.hiring.stakeholders.models import Duty, Stakeholder

if typing.TYPE_CHECKING:
    import collections.abc

INSIDE: typing.Final = frozenset({Stakeholder.Kind.PERSONNEL, Stakeholder.Kind.RECRUITING, Stakeholder.Kind.FIELD})
REMINDED_BEFORE: typing.Final = dt.timedelta(days=7)


def is_inside(kind: str) -> bool:
    """Tell whether such a stakeholder works for the employer itself."""
    return kind in INSIDE


def faults(parts: collections.abc.Iterable[str]) -> list[str]:
    """Return what one step lacks by the letters given in it: nobody who acts, nobody or several who answer for it.

    RACI as it is commonly taught: at least one R, exactly one A. Who is both acts and answers as A, so an A without
    an R is enough where that one person does it; hence an R is asked for only where there is no A either.
    """
    given = list(parts)
    accountable, responsible = given.count(Duty.Part.ACCOUNTABLE), given.count(Duty.Part.RESPONSIBLE)
    found = []
    if not accountable and not responsible:
        found.append(_("実行する人が決まっていません。"))
    if not accountable:
        found.append(_("責任を持つ人が決まっていません。"))
    if accountable > 1:
        found.append(_("責任を持つ人が %(n)d 人います。1 人にしてください。") % {"n": accountable})
    return found


def is_reminder_due(review_on: dt.date | None, reminded_for: dt.date | None, today: dt.date) -> bool:
    """Tell whether the owners are told of a review: from a week before it, once for each date."""
    return review_on is not None and reminded_for != review_on and review_on - REMINDED_BEFORE <= today
