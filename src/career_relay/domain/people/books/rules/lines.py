"""The lines of the three books: every item that the law asks for, none of them empty. Pure."""

from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.people.introductions.models import Introduction
from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.placements.models import FeeEntry, FeeTerms, Placement
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from career_relay.domain.people.books.rules.shapes import Handling, Hire, Money, Opening, Seeker

Line: typing.TypeAlias = "dict[str, str | int]"
EARLY_MONTHS: typing.Final = 6
"""Who was hired without an end and leaves so soon is written down (施行規則 24条の7)."""
KEPT_YEARS: typing.Final = 2

_HANDLING: typing.Final[dict[str, _StrPromise]] = {
    "outcome": gettext_lazy("採否"),
    "hired_on": gettext_lazy("採用年月日"),
    "is_indefinite": gettext_lazy("無期雇用かどうか"),
    "barred": gettext_lazy("転職勧奨の禁止期間"),
    "early_leaving": gettext_lazy("6 か月以内の離職（無期雇用）"),
    "refund": gettext_lazy("返戻金"),
}
COLUMNS: typing.Final[dict[str, dict[str, _StrPromise]]] = {
    "postings": {
        "company": gettext_lazy("求人者の名称"),
        "address": gettext_lazy("求人者の所在地"),
        "contact": gettext_lazy("連絡先・担当者"),
        "received_on": gettext_lazy("求人の受付年月日"),
        "valid_until": gettext_lazy("求人の有効期間"),
        "occupation": gettext_lazy("募集する職種"),
        "openings": gettext_lazy("募集する人数"),
        "place": gettext_lazy("就業の場所"),
        "employment": gettext_lazy("雇用の形態と期間"),
        "pay": gettext_lazy("賃金"),
        "introduced_on": gettext_lazy("紹介年月日"),
        "seeker": gettext_lazy("紹介した求職者の氏名"),
        **_HANDLING,
    },
    "seekers": {
        "name": gettext_lazy("求職者の氏名"),
        "address": gettext_lazy("住所"),
        "born_on": gettext_lazy("生年月日"),
        "occupation": gettext_lazy("希望する職種"),
        "received_on": gettext_lazy("求職の受付年月日"),
        "valid_until": gettext_lazy("求職の有効期間"),
        "introduced_on": gettext_lazy("紹介年月日"),
        "company": gettext_lazy("紹介した求人者の名称"),
        **_HANDLING,
    },
    "fees": {
        "company": gettext_lazy("手数料を支払う者の名称"),
        "collected_on": gettext_lazy("徴収年月日"),
        "kind": gettext_lazy("手数料の種類"),
        "amount": gettext_lazy("手数料の額（円）"),
        "basis": gettext_lazy("算出の根拠"),
        "on": gettext_lazy("記録した日"),
        "seeker": gettext_lazy("求職者の氏名"),
        "title": gettext_lazy("求人名"),
    },
}
_OUTCOMES: typing.Final[dict[str, _StrPromise]] = {
    Placement.State.AGREED: gettext_lazy("採用（入社待ち）"),
    Placement.State.JOINED: gettext_lazy("採用"),
    Placement.State.NOT_STARTED: gettext_lazy("採用（入社せず）"),
    Placement.State.LEFT: gettext_lazy("採用（退職済み）"),
    Introduction.State.REFUSED: gettext_lazy("不採用"),
    Introduction.State.WITHDRAWN: gettext_lazy("辞退・取り下げ"),
    Introduction.State.CLOSED: gettext_lazy("終了（採用なし）"),
}


def posting_line(opening: Opening, handling: Handling | None, today: dt.date) -> Line:
    """Return a line of the book of postings: the posting, and one introduction to it where there was any."""
    return {
        "company": _told(opening.company),
        "address": _told(opening.address),
        "contact": _told(opening.contact),
        "received_on": opening.received_on.isoformat(),
        "valid_until": _validity(opening.valid_until, is_over=opening.is_closed),
        "occupation": "、".join(filter(None, (opening.occupation, opening.title))) or _told(""),
        "openings": opening.openings,
        "place": _told(opening.place),
        "employment": "、".join(filter(None, (opening.employment, opening.contract))) or _told(""),
        "pay": _told(opening.pay),
        "introduced_on": handling.introduced_on.isoformat() if handling else _("紹介なし"),
        "seeker": _told(handling.seeker) if handling else _("紹介なし"),
        **_handled(handling, today),
    }


def seeker_line(seeker: Seeker, handling: Handling | None, today: dt.date) -> Line:
    """Return a line of the book of seekers: the person, and one introduction of theirs where there was any."""
    return {
        "name": _told(seeker.name),
        "address": _told(seeker.address),
        "born_on": seeker.born_on.isoformat() if seeker.born_on else _told(""),
        "occupation": _told(seeker.occupation),
        "received_on": seeker.received_on.isoformat(),
        "valid_until": _validity(seeker.ended_on, is_over=seeker.ended_on is not None),
        "introduced_on": handling.introduced_on.isoformat() if handling else _("紹介なし"),
        "company": _told(handling.company) if handling else _("紹介なし"),
        **_handled(handling, today),
    }


def fee_line(money: Money) -> Line:
    """Return a line of the book of fees. On which day the money came in is the agency's to know, and said so."""
    is_charged = money.kind == FeeEntry.Kind.INVOICE
    return {
        "company": _told(money.company),
        "collected_on": _("記録なし") if is_charged else _("該当なし"),
        "kind": money.kind_name,
        "amount": money.amount_yen,
        "basis": _basis(money),
        "on": money.on.isoformat(),
        "seeker": _told(money.seeker),
        "title": _told(money.title),
    }


def kept_until(ended_on: dt.date) -> dt.date:
    """Return the last day on which what was valid until then is kept."""
    return later(ended_on, 12 * KEPT_YEARS)


def later(day: dt.date, months: int) -> dt.date:
    """Return the day so many months after another."""
    return clock.day_in_japan(clock.months_later(clock.start_of_day_in_japan(day), months))


def early_leaving(hire: Hire, today: dt.date) -> str:
    """Say whether somebody hired without an end left within six months, and whether that was the employer's decision."""
    ends_on = later(hire.start_on, EARLY_MONTHS)
    if hire.contract != placements.INDEFINITE:
        return _("該当なし")
    if hire.left_on and hire.left_on < ends_on:
        words = _("企業の都合による離職（%(day)s）") if hire.left_by_employer else _("離職あり（%(day)s）")
        return words % {"day": hire.left_on.isoformat()}
    if hire.left_on or (hire.seen_on and hire.seen_on >= ends_on):
        return _("離職なし")
    return _("6 か月が過ぎていません") if today < ends_on else _("不明")


def _handled(handling: Handling | None, today: dt.date) -> Line:
    hire = handling.hire if handling else None
    has_started = hire is not None and hire.state in {Placement.State.JOINED, Placement.State.LEFT}
    nothing = dict.fromkeys(_HANDLING, _("該当なし") if handling else _("紹介なし"))
    outcome = {"outcome": _outcome(handling)} if handling else {}
    return {**nothing, **outcome, **(_hired(hire, today) if hire and has_started else {})}


def _outcome(handling: Handling) -> str:
    state = handling.hire.state if handling.hire else handling.state
    return str(_OUTCOMES.get(state, _("選考中")))


def _hired(hire: Hire, today: dt.date) -> Line:
    kinds = {placements.INDEFINITE: _("無期雇用"), "fixed": _("有期雇用")}
    given = {"yen": f"{hire.refund_yen:,}", "day": hire.refunded_on.isoformat() if hire.refunded_on else _("不明")}
    barred = {"first": hire.start_on.isoformat(), "last": hire.barred_until.isoformat() if hire.barred_until else ""}
    return {
        "hired_on": hire.start_on.isoformat(),
        "is_indefinite": kinds.get(hire.contract, _("記録なし")),
        "barred": _("%(first)s から %(last)s まで") % barred if hire.barred_until else _("記録なし"),
        "early_leaving": early_leaving(hire, today),
        "refund": _("%(yen)s 円（%(day)s）") % given if hire.refund_yen else _("なし"),
    }


def _basis(money: Money) -> str:
    told = {"name": money.basis_name, "version": money.version, "yen": f"{money.salary_yen:,}"}
    if money.kind == FeeEntry.Kind.REFUND:
        days = {"first": money.start_on.isoformat(), "last": money.left_on.isoformat() if money.left_on else _("不明")}
        return _("返戻金の表（入社 %(first)s、退職 %(last)s）") % days
    if money.basis == FeeTerms.Basis.SLOT:
        return _("%(name)s（第 %(version)d 版）により 0 円") % told
    if money.percent is not None:
        return _("%(name)s 第 %(version)d 版: 年収の見込み %(yen)s 円 × %(percent)s%%") % {
            **told,
            "percent": money.percent,
        }
    return _("%(name)s 第 %(version)d 版: 定額 %(fixed)s 円") % {**told, "fixed": f"{money.fixed or 0:,}"}


def _validity(last: dt.date | None, *, is_over: bool) -> str:
    if last is None:
        return _("終了（終わった日は記録なし）") if is_over else _("定めなし（受け付け中）")
    day = {"day": last.isoformat()}
    return _("%(day)s まで（終了）") % day if is_over else _("%(day)s まで") % day


def _told(words: str) -> str:
    return words or _("記録なし")
