"""What an employer looks at once more before an unusual offer goes out: the pay in plain words, the day, the fee."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.people.placements import rules as placements
from career_relay.portals.employer.introductions import words

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.portals.employer.introductions.forms import OfferForm
    from career_relay.portals.employer.introductions.introduction_page import IntroductionPage


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferCheck:
    """The page's content. Without `doubts` there is no need to ask."""

    doubts: list[str]
    salary: str
    start_on: dt.date
    fee: str


def check(seat: Seat, page: IntroductionPage, form: OfferForm) -> OfferCheck:
    """Return what a valid offer comes to."""
    salary = form.cleaned_data["salary"]
    return OfferCheck(
        doubts=form.doubts(page.file.terms),
        salary=words.ten_thousands(salary),
        start_on=form.cleaned_data["start_on"],
        fee=_fee(seat, page, salary),
    )


def _fee(seat: Seat, page: IntroductionPage, salary: int) -> str:
    """Say what the hire would cost by slot or by the agreement in force."""
    if page.uses_slot:
        return _("0 円（無料紹介枠）")
    terms = agreements.live_terms(seat.organization_id).get(page.file.introduction.organization_id)
    if terms is None:
        return _("採用になったとき、協定の手数料がかかります")
    try:
        return words.yen(placements.agreed_fee(terms, 0, salary).fee_yen)
    except ValueError:
        return _("採用になったとき、協定の手数料がかかります")
