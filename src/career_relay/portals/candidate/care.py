"""Who looks after a person, whom they would like to do so, and which agencies there are to choose from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.routing import queries as routing
from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import clock
from career_relay.kernel.japanese import folding
from career_relay.portals.candidate import forms

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.http import QueryDict

PAGE_SIZE: typing.Final = 10
ANYWHERE: typing.Final = "all"
FIRST_SEARCH: typing.Final = dt.timedelta(hours=1)
PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """The agencies that look after a person; if there is none, whether one is being asked."""

    carers: list[routing.Carer]
    is_asking: bool

    @property
    def has_contact(self) -> bool:
        """Whether every one of them has made contact."""
        return bool(self.carers) and all(one.contacted_at for one in self.carers)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An agency that may be chosen."""

    card: agencies.Listed
    is_wished: bool
    is_kept_out: bool
    is_carer: bool
    is_full: bool

    @property
    def prefectures(self) -> str:
        """Where it serves."""
        return _("、").join(str(PREFECTURES[code]) for code in self.card.prefectures) or _("全国")

    @property
    def occupations(self) -> str:
        """What work it serves."""
        return _("、").join(occupations.labels(self.card.occupations)) or _("すべての職種")

    @property
    def office(self) -> str:
        """Where it sits."""
        return str(PREFECTURES.get(self.card.office_prefecture, ""))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """The content of the page on which agencies are chosen."""

    agrees: bool
    has_carer: bool
    wishes: list[routing.Wished]
    form: forms.SearchForm
    page: Page[Row]

    @property
    def previous_url(self) -> str:
        """Where the agencies before these are."""
        return self._address(self.page.previous_page_number())

    @property
    def next_url(self) -> str:
        """Where the agencies after these are."""
        return self._address(self.page.next_page_number())

    def _address(self, number: int) -> str:
        return f"?{urlencode({**self.form.initial, 'page': number})}#agencies"

    @property
    def may_wish(self) -> bool:
        """Whether one more may be chosen."""
        return len(self.wishes) < rules.MOST_WISHES


def care(candidate_id: uuid.UUID, given: collections.abc.Iterable[consents.Given], now: dt.datetime) -> Care | None:
    """Return who looks after the person; None for somebody who wants no agency and has none."""
    since = next((one.granted_at for one in given if one.purpose == Consent.Purpose.AGENCY_INTRODUCTION), None)
    found = routing.carers(candidate_id)
    active = [one for one in found if one.state == Assignment.State.ACTIVE]
    if since is None and not active:
        return None
    is_new = since is not None and now < since + FIRST_SEARCH
    return Care(carers=active, is_asking=is_new or any(one.state == Assignment.State.OFFERED for one in found))


def carer(candidate_id: uuid.UUID, assignment_id: uuid.UUID) -> routing.Carer | None:
    """Return the agency that looks after the person by this assignment; None for any other."""
    active = (one for one in routing.carers(candidate_id) if one.state == Assignment.State.ACTIVE)
    return next((one for one in active if one.assignment_id == assignment_id), None)


def introduction_consent(candidate_id: uuid.UUID, now: dt.datetime) -> uuid.UUID | None:
    """Return the consent without which no agency looks after the person."""
    live = consents.live(candidate_id, now)
    return next((one.consent_id for one in live if one.purpose == Consent.Purpose.AGENCY_INTRODUCTION), None)


def chosen(candidate_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the agencies the person chose, in their order."""
    return [one.organization_id for one in routing.wishes(candidate_id)]


def is_open(organization_id: uuid.UUID, now: dt.datetime) -> bool:
    """Tell whether this is an agency that may receive people today."""
    return agreements.may_receive(organization_id, clock.day_in_japan(now))


def choosing(candidate_id: uuid.UUID, query: QueryDict, now: dt.datetime) -> Choosing:
    """Return whom the person chose, and the agencies of the area they ask for; at first that of their wish."""
    held = candidates.held(candidate_id)
    words, prefecture = query.get("q", ""), query.get("prefecture", held.prefecture or ANYWHERE)
    wishes = routing.wishes(candidate_id)
    wanted = {one.organization_id for one in wishes}
    kept = {one.organization_id for one in held.kept_from}
    caring = {one.organization_id for one in routing.carers(candidate_id) if one.state == Assignment.State.ACTIVE}
    free = {one.organization_id: one.free for one in routing.serving(now)}
    found = [
        Row(
            card=one,
            is_wished=one.organization_id in wanted,
            is_kept_out=one.organization_id in kept,
            is_carer=one.organization_id in caring,
            is_full=free[one.organization_id] <= 0,
        )
        for one in agencies.directory(clock.day_in_japan(now))
        if one.organization_id in free and _fits(one, words, prefecture)
    ]
    return Choosing(
        agrees=introduction_consent(candidate_id, now) is not None,
        has_carer=bool(caring),
        wishes=wishes,
        form=forms.SearchForm(initial={"q": words, "prefecture": prefecture}),
        page=Paginator(found, PAGE_SIZE).get_page(query.get("page")),
    )


def _fits(agency: agencies.Listed, words: str, prefecture: str) -> bool:
    serves = prefecture == ANYWHERE or not agency.prefectures or prefecture in agency.prefectures
    return serves and folding.fold(words) in folding.fold(agency.name)
