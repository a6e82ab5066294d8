"""What agencies publish of their fees, as everybody may read it: the list with its search, and one agency."""

from __future__ import annotations

import dataclasses
import typing

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.tags import figures
from career_relay.domain.ground.agencies import words as fee_words
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.reports import queries
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.domain.people.reports.rules.fees import Rate

PAGE_SIZE: typing.Final = 50
LONGEST_WORDS: typing.Final = 100
_OCCUPATIONS: typing.Final = dict(occupations.OCCUPATIONS)


class SearchForm(forms.Form):
    """The words that an agency's name or number holds."""

    q = forms.CharField(label=gettext_lazy("会社名か許可・届出番号"), max_length=LONGEST_WORDS, required=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeeList:
    """The list in one view; `words` are those that were sought."""

    form: SearchForm
    words: str
    page: Page[queries.Publisher]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """What was taken in one occupation, in words."""

    occupation: str
    placed: int
    price: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeePage:
    """One agency's page."""

    fees: queries.Fees
    rates: list[RateRow]
    table: list[fee_words.RateWords]
    refunds: list[fee_words.RefundWords]

    @property
    def slots(self) -> str:
        """Whether hires by a free placement slot enter the average."""
        if self.fees.includes_slots:
            return _("無料紹介枠による成約（手数料 0 円）を、平均に入れています。")
        return _("無料紹介枠による成約（手数料 0 円）は、件数にも平均にも入れていません。")

    @property
    def penalty(self) -> str:
        """Whether an employer may have to pay a penalty, and where it is written."""
        if self.fees.publisher.has_penalty:
            return _("違約金を定めた契約があります。金額、発生する場合、なくなる場合は、契約の前に書面で示します。")
        return _("違約金を定めた契約はありません。定めるときは、契約の前に書面で示します。")


def fee_list(query: QueryDict, now: dt.datetime) -> FeeList:
    """Return the agencies whose name or number holds the words of the address."""
    form = SearchForm(query)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.publishers(clock.day_in_japan(now), words)
    return FeeList(form=form, words=words, page=Paginator(found, PAGE_SIZE).get_page(query.get("page")))


def fee_page(agency_id: uuid.UUID, now: dt.datetime) -> FeePage | None:
    """Return one agency's page; None for anything without a confirmed licence that holds today."""
    found = queries.fees(agency_id, now)
    if found is None:
        return None
    table = found.publisher.table
    return FeePage(
        fees=found,
        rates=[_row(one) for one in found.rates],
        table=fee_words.rates(table) if table else [],
        refunds=fee_words.refunds(table) if table else [],
    )


def _row(rate: Rate) -> RateRow:
    if rate.fixed_yen is not None:
        price = _("定額 %(yen)s 円") % {"yen": figures.number(rate.fixed_yen)}
    else:
        price = _("%(percent)s %%") % {"percent": rate.percent}
    return RateRow(occupation=str(_OCCUPATIONS[rate.occupation]), placed=rate.placed, price=price)
