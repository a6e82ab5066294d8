"""Why registrations count or do not: the rules in force, and what became of those that did not count."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.programmes.models import PolicyVersion

_Reason = Referral.Reason


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One registration that did not count (yet), and what there is to do."""

    line: referrals.NotCountedLine
    remedy: str

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.line.state == Referral.State.REVIEW


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in words."""

    title: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """The page's content."""

    policy: PolicyVersion
    rules: list[Rule]
    rows: list[Row]


def counting(seat: Seat, now: dt.datetime) -> Counting:
    """Return the rules in force and the registrations that did not count."""
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    told = remedies(policy)
    return Counting(
        policy=policy,
        rules=_rules(policy),
        rows=[Row(line=line, remedy=told[line.reason]) for line in referrals.not_counted(seat.organization_id)],
    )


def remedies(policy: PolicyVersion) -> dict[str, str]:
    """Return what the employer can do about each reason, mostly nothing."""
    nothing = _("手続きは要りません。")
    own = _("試しの登録なら、そのままでかまいません。社内の方の登録は数えられません。")
    return {
        _Reason.SAME_PERSON: _("手続きは要りません。前に数えた日から %(n)d か月たつと、また数えられます。")
        % {"n": policy.same_person_months},
        _Reason.KNOWN_TO_NETWORK: nothing,
        _Reason.NO_INTRODUCTION_CONSENT: _("ご本人の選択です。同意を求める連絡はしないでください。"),
        _Reason.NOT_REJECTED: _("手続きは要りません。お見送りの方の登録だけを数えます。"),
        _Reason.SHARED_LINK: _(
            "個別リンクは 1 人にだけ届きます。運営の確認を待っています。結果は、このページと台帳に出ます。"
        ),
        _Reason.PROBABLY_SAME_PERSON: _("運営の確認を待っています。結果は、このページと台帳に出ます。"),
        _Reason.OWN_DOMAIN: own,
        _Reason.MEMBER: own,
    }


def _rules(policy: PolicyVersion) -> list[Rule]:
    known = _("数えます。企業ごとに 1 回です。")
    if not policy.counts_person_known_to_network:
        known = _("数えません。")
    return [
        Rule(title=_("1 人と数えるとき"), text=str(policy.get_count_event_display())),
        Rule(
            title=_("無料紹介枠"),
            text=_("%(n)d 人ごとに 1 枠。端数は繰り越し、上限はありません。") % {"n": policy.threshold},
        ),
        Rule(
            title=_("同じ方"),
            text=_("%(n)d か月のあいだに 1 回だけ数えます。") % {"n": policy.same_person_months},
        ),
        Rule(title=_("ほかの企業から登録済みの方"), text=known),
        Rule(
            title=_("枠が使えるまで"),
            text=_("獲得から %(n)d 日後に使えます。重複や不正がないか確かめる期間です。")
            % {"n": policy.slot_hold_days},
        ),
        Rule(title=_("採用されたかどうか"), text=_("数え方に関係しません。")),
        Rule(title=_("同意をやめた方"), text=_("数はそのままです。個人の情報は消えます。")),
        Rule(
            title=_("リンクごとの人数"),
            text=_("1 人以上 %(n)d 人未満のときは示しません。人数の合計からわかる分も伏せます。")
            % {"n": policy.small_group},
        ),
    ]
