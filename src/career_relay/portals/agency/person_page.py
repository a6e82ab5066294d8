"""A person's file as the agency sees it: who they are while it looks after them, and what was said."""

from __future__ import annotations

import dataclasses
import typing

from django.template.defaultfilters import linebreaksbr
from django.utils.translation import gettext as _

from career_relay.design.shapes import TimelineEvent
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.domain.people.introductions import queries as introductions
from career_relay.domain.people.routing import queries
from career_relay.kernel import clock
from career_relay.portals.agency import words
from career_relay.portals.agency.forms import AdviserForm
from career_relay.portals.agency.introductions import listing

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The page's content. Once the assignment is over, nothing on it says who the person was.

    An agency that may not act any more only reads, but it may give the person back.
    """

    file: queries.PersonFile
    standing: Standing
    contacts: list[TimelineEvent]
    introductions: list[listing.Row]
    adviser_form: AdviserForm
    phone: str
    is_late: bool
    time_left: str
    blocked_until: dt.date | None
    may_write: bool
    may_end: bool

    @property
    def title(self) -> str:
        """What the page is called."""
        return _("%(name)s さん") % {"name": self.file.identity.name} if self.file.identity else _("終わった担当")

    @property
    def line(self) -> queries.PersonLine:
        return self.file.line

    @property
    def lead(self) -> str:
        """What stands below the title: how far the agency has come with the person."""
        return _("担当アドバイザー：%(name)s") % {"name": self.line.adviser_name} if self.line.adviser_name else ""


def person_page(seat: Seat, assignment_id: uuid.UUID, now: dt.datetime) -> PersonPage | None:
    """Return the file of somebody the agency looks after, or looked after; None for anybody else."""
    agency = seat.organization_id
    found = queries.person(agency, assignment_id)
    if found is None:
        return None
    today = clock.day_in_japan(now)
    standing = agencies.standing(agency, today)
    may_end = found.identity is not None and rules.may(seat.role, "take_people")
    return PersonPage(
        file=found,
        standing=standing,
        contacts=[_event(one) for one in queries.contacts(agency, assignment_id)],
        introductions=[listing.row(one) for one in introductions.of_assignment(agency, assignment_id, now=now)],
        adviser_form=adviser_form(seat, found),
        phone=words.phone(found.identity.phone) if found.identity else "",
        is_late=bool(found.line.contacted_at is None and found.line.contact_by and found.line.contact_by <= now),
        time_left=words.time_left(found.line.contact_by, now),
        blocked_until=introductions.blocked_until(agency, assignment_id, today=today) if found.identity else None,
        may_write=may_end and standing.may_act,
        may_end=may_end,
    )


def adviser_form(seat: Seat, file: queries.PersonFile, data: typing.Any = None) -> AdviserForm:
    """Return the form that says who of the agency looks after the person."""
    return AdviserForm(data, members=organizations.members(seat.organization_id), adviser_id=file.line.adviser_id)


def _event(one: queries.ContactLine) -> TimelineEvent:
    """Return a contact as the log shows it; what was said is gone where the person was erased."""
    title = _("%(purpose)s（%(channel)s）記録：%(name)s") % {
        "purpose": one.purpose_name,
        "channel": one.channel_name,
        "name": one.by_name,
    }
    return TimelineEvent(title=title, at=one.happened_at, body=linebreaksbr(one.summary), tone="info")
