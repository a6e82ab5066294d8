"""What an agreement may say and what either side may do about it. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.agreements.models import Agreement, AgreementAct
from career_relay.domain.ground.organizations.models import Organization

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Act: typing.TypeAlias = AgreementAct.Act
Side: typing.TypeAlias = typing.Literal["us", "them"]

HIGHEST_FEE: typing.Final = decimal.Decimal(50)
MOST_REFUNDS: typing.Final = 6
LONGEST_TEXT: typing.Final = 1000
REMINDERS: typing.Final = (30, 0)

_KIND: typing.TypeAlias = Organization.Kind
_STATE: typing.TypeAlias = Agreement.State

PURPOSES: typing.Final[dict[str, _StrPromise]] = {
    "network": _("キャリアリレーの運営と参加"),
    "introduction": _("職業紹介"),
    "learning": _("学び直しの支援"),
}
DATA_CATEGORIES: typing.Final[dict[str, _StrPromise]] = {
    "identity": _("氏名と連絡先"),
    "wishes": _("経験と希望の条件"),
    "progress": _("紹介と選考の進み方"),
    "placement": _("入社日、年収、在籍の状況"),
    "courses": _("受講と修了の状況"),
    "postings": _("求人の内容"),
    "contacts": _("担当者の名前と連絡先"),
    "figures": _("個人を特定できない件数"),
}
PERSONAL: typing.Final = frozenset({"identity", "wishes", "progress", "placement", "courses"})
FEES: typing.Final[dict[str, _StrPromise]] = {
    "none": _("なし"),
    "percent": _("理論年収に対する割合"),
    "fixed": _("1 名あたりの金額"),
}
SLOTS: typing.Final[dict[str, _StrPromise]] = {
    "none": _("無料紹介枠を扱わない"),
    "no_replacement": _("無料紹介枠を受ける。早期退職のときも、代わりの方の紹介はしない"),
    "one_replacement": _("無料紹介枠を受ける。早期退職のときは、代わりの方を 1 回紹介する"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A row of the refund table: who leaves within so many days, so much of the fee is paid back."""

    within_days: int
    percent: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What two organizations agree on. Everything the written text says is here or the same for all."""

    purpose: str
    data_categories: tuple[str, ...] = ()
    fee: str = "none"
    fee_percent: decimal.Decimal | None = None
    fee_yen: int | None = None
    refunds: tuple[Refund, ...] = ()
    slot: str = "none"
    penalty_amount: str = ""
    penalty_trigger: str = ""
    penalty_ending: str = ""
    accept_days: int = 2
    contact_days: int = 3
    review_months: int = 12
    country: str = "JP"
    notes: str = ""

    @classmethod
    def of(cls, stored: dict[str, typing.Any]) -> Terms:
        """Return the terms as they were kept."""
        percent = stored["fee_percent"]
        return cls(
            **stored
            | {
                "data_categories": tuple(stored["data_categories"]),
                "refunds": tuple(Refund(**row) for row in stored["refunds"]),
                "fee_percent": None if percent is None else decimal.Decimal(percent),
            }
        )

    def stored(self) -> dict[str, typing.Any]:
        """Return the terms as they are kept."""
        values = dataclasses.asdict(self)
        percent = self.fee_percent
        return values | {"fee_percent": None if percent is None else str(percent)}


# The terms that an agreement between two kinds of organization begins with. Other pairs make none.
_PEOPLE: typing.Final = ("identity", "wishes", "progress", "placement")
TEMPLATES: typing.Final[dict[frozenset[str], Terms]] = {
    frozenset({_KIND.OPERATOR, _KIND.AGENCY}): Terms(
        purpose="network", data_categories=(*_PEOPLE, "contacts", "figures")
    ),
    frozenset({_KIND.OPERATOR, _KIND.EMPLOYER}): Terms(
        purpose="network", data_categories=("postings", "contacts", "figures")
    ),
    frozenset({_KIND.OPERATOR, _KIND.SCHOOL}): Terms(
        purpose="network", data_categories=("identity", "courses", "contacts", "figures")
    ),
    frozenset({_KIND.EMPLOYER, _KIND.AGENCY}): Terms(
        purpose="introduction",
        data_categories=(*_PEOPLE, "postings", "contacts"),
        fee="percent",
        fee_percent=decimal.Decimal(35),
        refunds=(
            Refund(within_days=30, percent=50),
            Refund(within_days=90, percent=30),
            Refund(within_days=180, percent=10),
        ),
        slot="no_replacement",
    ),
    frozenset({_KIND.EMPLOYER, _KIND.SCHOOL}): Terms(
        purpose="learning", data_categories=("postings", "contacts", "figures")
    ),
    frozenset({_KIND.AGENCY, _KIND.SCHOOL}): Terms(
        purpose="learning", data_categories=("identity", "courses", "contacts")
    ),
}
# Persons never pass from an employer to anybody but by their own hand, so there is nothing of theirs to agree on.
_NEVER: typing.Final[dict[frozenset[str], frozenset[str]]] = {
    frozenset({_KIND.OPERATOR, _KIND.EMPLOYER}): PERSONAL,
    frozenset({_KIND.EMPLOYER, _KIND.SCHOOL}): PERSONAL,
}


def template(kind: str, other: str) -> Terms | None:
    """Return the terms that an agreement between these kinds begins with, or None if they make none."""
    return TEMPLATES.get(frozenset({kind, other}))


def data_choices(kind: str, other: str) -> list[tuple[str, _StrPromise]]:
    """Return the categories of data that these kinds may agree to share."""
    never = _NEVER.get(frozenset({kind, other}), frozenset())
    return [(code, label) for code, label in DATA_CATEGORIES.items() if code not in never]


def is_paid(kind: str, other: str) -> bool:
    """Tell whether fees, refunds, slots and penalties have a place between these kinds."""
    return {kind, other} == {_KIND.EMPLOYER, _KIND.AGENCY}


def has_deadlines(kind: str, other: str) -> bool:
    """Tell whether an agency promises here to accept people and reach them in so many working days."""
    return {kind, other} == {_KIND.OPERATOR, _KIND.AGENCY}


def faults(terms: Terms, kind: str, other: str) -> dict[str, _StrPromise]:
    """Return what is wrong with the terms between these kinds, by field; empty when they may be proposed."""
    found: dict[str, _StrPromise] = {}
    if terms.purpose not in PURPOSES:
        found["purpose"] = _("一覧から選んでください。")
    if not terms.data_categories or set(terms.data_categories) - {code for code, _label in data_choices(kind, other)}:
        found["data_categories"] = _("この相手と扱える情報を、1 つ以上選んでください。")
    if not 1 <= terms.review_months <= 36:
        found["review_months"] = _("1 から 36 の間にしてください。")
    if len(terms.notes) > LONGEST_TEXT:
        found["notes"] = _("1,000 字以内で入力してください。")
    if not _is_country(terms.country):
        found["country"] = _("一覧から選んでください。")
    money = _money_faults(terms) if is_paid(kind, other) else _unpaid_faults(terms)
    return found | money | _deadline_faults(terms)


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def _deadline_faults(terms: Terms) -> dict[str, _StrPromise]:
    words = _("1 から 10 の間にしてください。")
    days = {"accept_days": terms.accept_days, "contact_days": terms.contact_days}
    return {field: words for field, value in days.items() if not 1 <= value <= 10}


def _unpaid_faults(terms: Terms) -> dict[str, _StrPromise]:
    words = _("手数料、返戻金、無料紹介枠、違約金を決められるのは、企業と紹介会社の協定だけです。")
    is_money = terms.fee != "none" or terms.refunds or terms.slot != "none" or penalty_parts(terms)
    return {"fee": words} if is_money else {}


def _money_faults(terms: Terms) -> dict[str, _StrPromise]:
    found: dict[str, _StrPromise] = {}
    if terms.fee not in FEES:
        found["fee"] = _("一覧から選んでください。")
    if (terms.fee == "percent") != (terms.fee_percent is not None) or not _is_percent(terms.fee_percent):
        found["fee_percent"] = _("割合で決めるときに、0 より大きく 50 以下で、小数第 1 位までを入力してください。")
    if (terms.fee == "fixed") != (terms.fee_yen is not None) or not _is_yen(terms.fee_yen):
        found["fee_yen"] = _("金額で決めるときに、1 円から 99,999,999 円の間で入力してください。")
    if not _is_refund_table(terms):
        found["refunds"] = _("手数料があるときに、日数は短い順、割合は大きい順に、6 行まで入力してください。")
    if terms.slot not in SLOTS:
        found["slot"] = _("一覧から選んでください。")
    if len(penalty_parts(terms)) not in {0, 3}:
        found["penalty_amount"] = _("違約金を決めるときは、金額、理由、免除の 3 つをすべて入力してください。")
    if any(len(part) > LONGEST_TEXT for part in penalty_parts(terms)):
        found["penalty_amount"] = _("1,000 字以内で入力してください。")
    return found


def _is_percent(value: decimal.Decimal | None) -> bool:
    return value is None or (0 < value <= HIGHEST_FEE and value == round(value, 1))


def _is_yen(value: int | None) -> bool:
    return value is None or 1 <= value <= 99_999_999


def _is_refund_table(terms: Terms) -> bool:
    days = [row.within_days for row in terms.refunds]
    percents = [row.percent for row in terms.refunds]
    is_in_order = days == sorted(set(days)) and percents == sorted(set(percents), reverse=True)
    is_in_range = all(1 <= day <= 730 for day in days) and all(1 <= percent <= 100 for percent in percents)
    has_fee = terms.fee != "none" or not terms.refunds
    return is_in_order and is_in_range and has_fee and len(terms.refunds) <= MOST_REFUNDS


def penalty_parts(terms: Terms) -> list[str]:
    """Return what is written of a penalty: all three parts, or nothing."""
    return [part for part in (terms.penalty_amount, terms.penalty_trigger, terms.penalty_ending) if part]


# --- Who may do what -------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an agreement stands, seen from one side."""

    state: str
    offered_by: Side | None = None
    suspended_by: Side | None = None


_IN_FORCE: typing.Final = frozenset({_STATE.LIVE, _STATE.SUSPENDED})
_OPEN: typing.Final = _IN_FORCE | {_STATE.PROPOSED}


def allowed(position: Position) -> frozenset[str]:
    """Return the acts that our side may do.

    An offer is answered by the side that did not make it; either side may put another on the table instead. While one
    of them has suspended the agreement, only that side resumes it. What is declined or ended stays so.
    """
    state, offered_by = position.state, position.offered_by
    acts: set[str] = set()
    if state in _OPEN:
        acts.add(Act.PROPOSED if state == _STATE.PROPOSED else Act.AMENDED)
    if state in _OPEN and offered_by == "them":
        acts |= {Act.ACCEPTED, Act.DECLINED}
    if state == _STATE.LIVE:
        acts.add(Act.SUSPENDED)
    if state == _STATE.SUSPENDED and position.suspended_by == "us":
        acts.add(Act.RESUMED)
    if state in _IN_FORCE or (state == _STATE.PROPOSED and offered_by == "us"):
        acts.add(Act.ENDED)
    if state in _IN_FORCE:
        acts.add(Act.REVIEWED)
    return frozenset(acts)


def state_after(state: str, act: str) -> str:
    """Return the state that an allowed act leads to."""
    if act == Act.ACCEPTED:
        return _STATE.LIVE if state == _STATE.PROPOSED else state
    if act == Act.DECLINED:
        return _STATE.DECLINED if state == _STATE.PROPOSED else state
    leads: dict[str, str] = {Act.SUSPENDED: _STATE.SUSPENDED, Act.RESUMED: _STATE.LIVE, Act.ENDED: _STATE.ENDED}
    return leads.get(act, state)


def reminder(review_on: dt.date | None, today: dt.date, told: int | None) -> int | None:
    """Return the reminder of the review that is due and was not sent: 30 days before, or on the day; None if none is."""
    left = (review_on - today).days if review_on else None
    due = [days for days in REMINDERS if left is not None and left <= days]
    return due[-1] if due and (told is None or due[-1] < told) else None
