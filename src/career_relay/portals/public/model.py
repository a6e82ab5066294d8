"""The model's five steps as the public page tells them."""

from __future__ import annotations

import typing

from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import Step

STEPS: typing.Final = (
    Step(title=_("見える化"), evidence=_("応募、お見送り、選考にかかった日数、定着を、手元の記録から数えます。")),
    Step(title=_("関係者と連携体制"), evidence=_("人事・採用・現場と、紹介会社や学校との約束を決めます。")),
    Step(title=_("リレーの導入"), evidence=_("お見送りのメールにリンクを添え、登録と無料紹介枠を数えます。")),
    Step(title=_("連携・自動化"), evidence=_("採用管理システムやメールとつなぎ、手作業をなくします。")),
    Step(title=_("KPI と改善"), evidence=_("定義のはっきりした数字を定期的に見て、次に何をするかを決めます。")),
)
