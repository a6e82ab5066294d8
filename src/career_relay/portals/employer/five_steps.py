"""How far the employer has come in the model's five steps, by what the database holds and nothing else."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import Step

if typing.TYPE_CHECKING:
    from career_relay.portals.employer.activation import Activation

ENOUGH_MEMBERS: typing.Final = 2


def five_steps(activation: Activation, members: int) -> list[Step]:
    """Return the five steps; of those that can be taken here, the first that was not is the one to take now."""
    partners, relay = _partners(members), _relay(activation)
    state = "now" if relay.state == "done" else "next"
    if partners.state == "next" and state == "now":
        partners = Step(title=partners.title, evidence=partners.evidence, url=partners.url, state="now")
    return [
        Step(
            title=_("見える化"),
            evidence=_("採用の記録を取り込むと、応募とお見送りの件数が入ります。取り込みはまだ使えません。"),
        ),
        partners,
        relay,
        Step(title=_("連携・自動化"), evidence=_("採用管理システムとの接続の数が入ります。接続はまだ使えません。")),
        Step(title=_("KPI と改善"), evidence=_("ふりかえりの日と決めたことが入ります。ふりかえりはまだ使えません。")),
    ]


def _partners(members: int) -> Step:
    return Step(
        title=_("関係者と連携体制"),
        evidence=_("社内のメンバー %(n)d 人。協定の記録はまだ使えません。") % {"n": members},
        state="done" if members >= ENOUGH_MEMBERS else "next",
        url=reverse("account:members"),
    )


def _relay(activation: Activation) -> Step:
    live, counted = len(activation.live), activation.standing.counted
    evidence = _("リンクは、まだありません。")
    if live:
        evidence = _("リンク %(links)d 本が稼働中、数えられた登録 %(people)d 人。") % {"links": live, "people": counted}
    return Step(title=_("リレーの導入"), evidence=evidence, state="done" if live and counted else "now")
