"""What an agency still lacks before the first person can come, each thing with its state and the page that mends it."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.agreements.models import Agreement
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.organizations.models import Organization

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is needed, and the page that mends it; without one for those who may not open it."""

    title: str
    state: str
    tone: Tone
    words: str
    url: str

    @property
    def is_done(self) -> bool:
        return self.tone == "positive"

    @property
    def is_ours(self) -> bool:
        """Whether it waits for the agency, not for the operator."""
        return self.tone in {"caution", "negative"}


def steps(seat: Seat, standing: Standing, today: dt.date) -> list[Step]:
    """Return what is needed and how far each of it is; nothing once people may come, or while the operator says stop."""
    if standing.state == "stopped":
        return []
    may_receive = agreements.may_receive(seat.organization_id, today)
    if may_receive and not standing.missing:
        return []
    found = [_licence(standing), *_settings(standing), _agreement(seat, may_receive=may_receive)]
    return found if rules.may(seat.role, "manage_agency") else [dataclasses.replace(one, url="") for one in found]


def _licence(standing: Standing) -> Step:
    states: dict[str, tuple[str, Tone, str]] = {
        "incomplete": (_("未提出"), "caution", _("許可証の写しを提出してください。運営が確認します。")),
        "waiting": (_("確認中"), "info", _("運営が許可証を確認しています。結果はメールで知らせます。")),
        "refused": (
            _("差し戻し"),
            "negative",
            _("確認できませんでした。理由：%(reason)s 直して、もう一度提出してください。")
            % {"reason": standing.reason},
        ),
        "expired": (_("期限切れ"), "negative", _("許可の有効期間が終わりました。新しい許可証を提出してください。")),
    }
    done: tuple[str, Tone, str] = (
        _("確認済み"),
        "positive",
        _("許可・届出番号 %(number)s") % {"number": standing.number},
    )
    state, tone, words = done if "licence" not in standing.missing else states.get(standing.state, states["incomplete"])
    return Step(title=_("職業紹介の許可"), state=state, tone=tone, words=words, url=reverse("agency:licence"))


def _settings(standing: Standing) -> list[Step]:
    rooms = [
        ("desk", _("受け入れの設定"), _("担当できる地域と職種、人数、ご本人に伝える連絡先"), "agency:desk"),
        ("office", _("事業所"), _("職業紹介を行う事業所と、その職業紹介責任者"), "agency:offices"),
        ("fees", _("手数料と返戻金"), _("採用した企業から受け取る手数料と、早期退職のときに返す金額"), "agency:fees"),
    ]
    return [
        Step(
            title=title,
            state=_("未登録") if code in standing.missing else _("登録済み"),
            tone="caution" if code in standing.missing else "positive",
            words=words,
            url=reverse(page),
        )
        for code, title, words, page in rooms
    ]


def _agreement(seat: Seat, *, may_receive: bool) -> Step:
    state = _state_of_agreement(seat)
    shown: dict[str, tuple[str, Tone, str]] = {
        Agreement.State.LIVE: (_("締結済み"), "positive", _("運営との協定が有効です。")),
        Agreement.State.PROPOSED: (_("返事待ち"), "caution", _("運営から協定が届いています。内容を読み、承諾してください。")),
        Agreement.State.SUSPENDED: (_("停止中"), "negative", _("運営との協定が止まっています。協定のページで理由を確認してください。")),
    }  # fmt: skip
    usual: tuple[str, Tone, str] = (_("まだ"), "neutral", _("許可証の確認が済むと、運営から協定が届きます。"))
    words = shown[Agreement.State.LIVE] if may_receive else shown.get(state, usual)
    return Step(
        title=_("運営との連携協定"), state=words[0], tone=words[1], words=words[2], url=reverse("account:agreements")
    )


def _state_of_agreement(seat: Seat) -> str:
    """Return the state of the agreement with the operator; empty if there is none."""
    lines = agreements.of_organization(seat.organization_id)
    return next((one.agreement.state for one in lines if one.partner.kind == Organization.Kind.OPERATOR), "")
