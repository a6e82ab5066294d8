from __future__ import annotations

import typing
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.design.forms import DateInput
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.hiring.stakeholders.models import Duty, Stakeholder
from career_relay.domain.hiring.stakeholders.operations import Description

NOBODY: typing.Final = ("", _("選ばない"))


class StakeholderForm(forms.Form):
    """What is written down about somebody who takes part in the hiring."""

    kind = forms.ChoiceField(label=_("種類"), choices=Stakeholder.Kind)
    name = forms.CharField(
        label=_("名前"), max_length=120, help_text=_("部署、会社、サービスの名前です。例：人事部、開発部")
    )
    role = forms.CharField(
        label=_("役割"), max_length=200, required=False, help_text=_("例：書類の一次確認と面接の調整")
    )
    member = forms.ChoiceField(label=_("担当のメンバー（社内のとき）"), required=False)
    partner = forms.ChoiceField(
        label=_("連携先の組織（社外のとき）"),
        required=False,
        help_text=_("連携協定のある組織から選べます。選ぶと、協定の状態を一覧に表示します。"),
    )
    contact = forms.CharField(label=_("窓口の方"), max_length=100, required=False)
    email = forms.EmailField(label=_("窓口のメールアドレス"), max_length=254, required=False)
    phone = forms.CharField(label=_("窓口の電話番号"), max_length=30, required=False)
    exchanged = forms.CharField(
        label=_("やり取りする情報"), max_length=300, required=False, help_text=_("例：応募書類、面接の評価、求人票")
    )
    review_on = forms.DateField(
        label=_("次に見直す日"),
        required=False,
        widget=DateInput,
        help_text=_("1 週間前に、オーナーの方へメールでお知らせします。"),
    )

    def __init__(self, data: typing.Any, *, organization_id: uuid.UUID, stakeholder: Stakeholder | None = None) -> None:
        super().__init__(data, initial=_as_typed(stakeholder))
        members = organizations.members(organization_id)
        _choose(self, "member", [(str(one.pk), f"{one.user.name}（{one.get_role_display()}）") for one in members])
        partners = agreements.partner_names(organization_id)
        _choose(self, "partner", [(str(key), name) for key, name in partners.items()])

    @property
    def described(self) -> Description:
        """What was typed, as the register wants it."""
        values = dict(self.cleaned_data)
        for field in ("member", "partner"):
            chosen = values.pop(field)
            values[f"{field}_id"] = uuid.UUID(chosen) if chosen else None
        return Description(**values)


class DutiesForm(forms.Form):
    """What one stakeholder does in each step."""

    def __init__(self, data: typing.Any, *, parts: dict[str, str]) -> None:
        super().__init__(data, initial=parts)
        choices = [("", _("なし")), *((part.value, f"{part.value}：{part.label}") for part in Duty.Part)]
        for step in Duty.Step:
            self.fields[step.value] = forms.ChoiceField(label=step.label, required=False, choices=choices)


def _choose(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    typing.cast("forms.ChoiceField", form.fields[field]).choices = [NOBODY, *choices]


def _as_typed(stakeholder: Stakeholder | None) -> dict[str, typing.Any]:
    if stakeholder is None:
        return {}
    same = ("kind", "name", "role", "contact", "email", "phone", "exchanged", "review_on")
    values = {field: getattr(stakeholder, field) for field in same}
    return values | {"member": str(stakeholder.member_id or ""), "partner": str(stakeholder.partner_id or "")}
