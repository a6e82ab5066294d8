"""How far the employer has come in the model's five steps, by what the database holds and nothing else."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import Step
from career_relay.design.tags.figures import number
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.applications.queries.counting import Totals
    from career_relay.portals.employer.activation import Activation


@dataclasses.dataclass(frozen=True, slots=True)
class Partners:
    """How many take part in the hiring by the register, and with how many organizations there is a live agreement."""

    stakeholders: int
    agreements: int


def five_steps(activation: Activation, known: Partners, records: Totals) -> list[Step]:
    """Return the five steps. The relay is the one to take first; then, of those that can be taken here, the first left."""
    sight, partners, relay = _sight(records, activation.role), _partners(known, activation.role), _relay(activation)
    if relay.state == "done" and sight.state == "next":
        sight = dataclasses.replace(sight, state="now")
    elif relay.state == "done" and partners.state == "next":
        partners = dataclasses.replace(partners, state="now")
    return [
        sight,
        partners,
        relay,
        Step(title=_("連携・自動化"), evidence=_("採用管理システムとの接続の数が入ります。接続はまだ使えません。")),
        Step(title=_("KPI と改善"), evidence=_("ふりかえりの日と決めたことが入ります。ふりかえりはまだ使えません。")),
    ]


def _sight(records: Totals, role: str) -> Step:
    if not records.applications:
        return Step(
            title=_("見える化"),
            evidence=_("採用の記録を取り込むと、応募と不採用の件数が入ります。"),
            url=reverse("employer:import_new") if rules.may(role, "import_applications") else "",
        )
    return Step(
        title=_("見える化"),
        evidence=_("応募 %(applications)s 件、うち不採用 %(rejected)s 件を取り込みました。")
        % {"applications": number(records.applications), "rejected": number(records.rejected)},
        state="done",
        url=reverse("employer:process") if rules.may(role, "see_process") else "",
    )


def _partners(known: Partners, role: str) -> Step:
    evidence = _("関係者を登録し、紹介会社や学校と連携協定を結ぶと、その数が入ります。")
    if known.stakeholders or known.agreements:
        evidence = _("関係者 %(people)d、締結済みの連携協定 %(agreements)d。") % {
            "people": known.stakeholders,
            "agreements": known.agreements,
        }
    return Step(
        title=_("関係者と連携体制"),
        evidence=evidence,
        state="done" if known.stakeholders and known.agreements else "next",
        url=reverse("employer:stakeholders") if rules.may(role, "see_stakeholders") else "",
    )


def _relay(activation: Activation) -> Step:
    live, counted = len(activation.live), activation.standing.counted
    evidence = _("リンクは、まだありません。")
    if live:
        evidence = _("リンク %(links)d 本が稼働中、数えられた登録 %(people)d 人。") % {"links": live, "people": counted}
    return Step(title=_("リレーの導入"), evidence=evidence, state="done" if live and counted else "now")
