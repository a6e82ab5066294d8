"""Hires in words: their state, money, fees, and whether the person is still there."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.html import format_html
from django.utils.translation import gettext as _

from career_relay.design.tags import content, figures
from career_relay.domain.people.placements.models import Check, FeeTerms, Placement

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone
    from career_relay.domain.people.placements import queries

State: typing.Final = Placement.State
TONES: typing.Final[dict[str, Tone]] = {
    State.AGREED: "info",
    State.JOINED: "positive",
    State.NOT_STARTED: "neutral",
    State.LEFT: "neutral",
}
ANSWERS: typing.Final[dict[str, Tone]] = {Check.Answer.IN_POST: "positive", Check.Answer.LEFT: "neutral"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What a hire waits for, or how it ended."""

    title: str
    words: str
    tone: Tone = "info"


def yen(amount: int) -> str:
    """Write an amount of money."""
    return _("%(yen)s 円") % {"yen": figures.number(amount)}


def now(file: queries.File, today: dt.date) -> Now | None:
    """Return what is to be known about a hire now; None while somebody is in post and nothing is asked."""
    one = file.placement
    if one.state == State.AGREED:
        return _before_start(one, today)
    if one.state == State.JOINED and one.is_outside and file.open_checks(today):
        return Now(
            title=_("在籍の確認をしてください"),
            words=_("ネットワークの外の会社です。会社に在籍を確かめ、答えを記録してください。"),
            tone="caution",
        )
    return None


def fee(terms: FeeTerms) -> list[tuple[str, str]]:
    """Return by what the fee was counted, as rows of label and words."""
    rows = [(_("もとになるもの"), str(FeeTerms.Basis(terms.basis).label)), (_("手数料"), yen(terms.fee_yen))]
    if terms.basis == FeeTerms.Basis.SLOT:
        return [*rows, (_("計算"), _("無料紹介枠を使うため、手数料はかかりません。"))]
    rows.append((_("版"), _("第 %(n)d 版") % {"n": terms.version}))
    price = _("年収の %(percent)s %%") % {"percent": terms.percent} if terms.percent is not None else _("定額")
    return [*rows, (_("計算"), price)]


def _before_start(one: Placement, today: dt.date) -> Now:
    if one.start_on > today:
        words = format_html(
            _("{day} に入社の予定です。入社したら、確認を記録してください。"), day=content.day(one.start_on)
        )
        return Now(title=_("入社を待っています"), words=words)
    return Now(
        title=_("入社を確認してください"),
        words=_("入社の予定日になりました。会社が確認することも、この紹介会社が確認することもできます。"),
        tone="caution",
    )
