"""What an agency should do first: of all that has a deadline, the earliest."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.domain.ground.requests import queries as requests
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.people.routing import queries
    from career_relay.portals.agency.ahead import Due


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The earliest deadline and the page where it is met. Somebody offered has none: they are answered in their row."""

    by: dt.datetime
    words: str = ""
    url: str = ""
    offer: uuid.UUID | None = None


def first(
    agency: uuid.UUID,
    *,
    offers: collections.abc.Iterable[queries.Offer],
    to_contact: collections.abc.Iterable[queries.PersonLine],
    due: collections.abc.Iterable[Due],
) -> First | None:
    """Return what has the earliest deadline; None while nothing has one."""
    found = [
        *(First(by=one.answer_by, offer=one.assignment_id) for one in offers if one.answer_by),
        *(_contact(one, one.contact_by) for one in to_contact if one.contact_by),
        *_call(agency),
        *(_due(one) for one in due),
    ]
    return min(found, key=lambda one: one.by, default=None)


def _contact(one: queries.PersonLine, by: dt.datetime) -> First:
    words = _("%(name)s さんへの最初の連絡を記録") % {"name": one.name}
    return First(by=by, words=words, url=reverse("agency:person", args=[one.assignment_id]))


def _call(agency: uuid.UUID) -> list[First]:
    call = requests.first_waiting(agency)
    address = reverse("agency:call", args=[call.pk]) if call else ""
    return [First(by=call.answer_by, words=_("紹介の依頼に返事をする"), url=address)] if call else []


def _due(one: Due) -> First:
    by = clock.start_of_day_in_japan(one.on + dt.timedelta(days=1))
    words = _("在籍の確認を記録") if one.days else _("入社の確認を記録")
    return First(by=by, words=words, url=reverse("agency:placement", args=[one.line.placement_id]))
