"""Codes and tables of an agency as people read them: whom it serves, what it charges, what it gives back."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.agencies import rules
    from career_relay.domain.ground.agencies.models import Desk

MISSING: typing.Final = {
    "licence": gettext_lazy("許可の確認"),
    "desk": gettext_lazy("受け入れの設定"),
    "office": gettext_lazy("事業所と職業紹介責任者"),
    "fees": gettext_lazy("手数料と返戻金の公表"),
}
_PREFECTURES: typing.Final = dict(vocabulary.PREFECTURES)
_OCCUPATIONS: typing.Final = dict(occupations.OCCUPATIONS)


@dataclasses.dataclass(frozen=True, slots=True)
class RateWords:
    """A row of the fee table in words."""

    occupation: str
    employment_type: str
    price: str


@dataclasses.dataclass(frozen=True, slots=True)
class RefundWords:
    """A row of the refund table in words."""

    within: str
    share: str


@dataclasses.dataclass(frozen=True, slots=True)
class Served:
    """Whom an agency serves, in words."""

    prefectures: str
    occupations: str
    employment_types: str


def rates(table: rules.Table) -> list[RateWords]:
    """Return the rows of a fee table, those for all occupations last."""
    rows = sorted(table.rates, key=lambda row: (row.occupation or "~", row.employment_type or "~"))
    return [
        RateWords(
            occupation=str(_OCCUPATIONS.get(row.occupation, _("すべての職種"))),
            employment_type=str(
                EmploymentType(row.employment_type).label if row.employment_type else _("すべての種類")
            ),
            price=_price(row),
        )
        for row in rows
    ]


def refunds(table: rules.Table) -> list[RefundWords]:
    """Return the rows of a refund table."""
    return [
        RefundWords(
            within=_("入社から %(n)d 日以内の退職") % {"n": row.within_days},
            share=_("手数料の %(n)d %%") % {"n": row.percent},
        )
        for row in table.refunds
    ]


def served(desk: Desk) -> Served:
    """Return whom an agency serves."""
    kinds: dict[str, typing.Any] = dict(EmploymentType.choices)
    return Served(
        prefectures=_named(desk.prefectures, _PREFECTURES, _("全国")),
        occupations=_named(desk.occupations, _OCCUPATIONS, _("すべての職種")),
        employment_types=_named(desk.employment_types, kinds, _("すべての種類")),
    )


def missing(standing: rules.Standing) -> list[str]:
    """Return what an agency still has to give."""
    return [str(MISSING[code]) for code in standing.missing]


def _named(codes: collections.abc.Iterable[str], labels: dict[str, typing.Any], every: str) -> str:
    return _("、").join(str(labels[code]) for code in codes) or every


def _price(row: rules.Rate) -> str:
    if row.fixed is not None:
        return _("定額 %(yen)s 円") % {"yen": f"{row.fixed:,}"}
    return _("年収の %(percent)s %%") % {"percent": row.percent}
