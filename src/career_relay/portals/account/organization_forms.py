"""The forms of an organization: what it is, who works in it, and what its lists show."""

from __future__ import annotations

import csv
import typing

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations import rules, vocabulary
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.kernel import japanese
from career_relay.portals.account.forms import AddressField

LONGEST_LIST: typing.Final = 100_000  # characters, several times what 200 addresses need
ROLE_HINTS: typing.Final = {
    Member.Role.OWNER: _("すべての操作と、メンバーの管理ができます。"),
    Member.Role.RECRUITER: _("リンクの作成、台帳とメールの確認ができます。"),
    Member.Role.HIRING_MANAGER: _("組織とメンバーを確認できます。"),
    Member.Role.ANALYST: _("リンクと台帳の数字を確認できます。メールの宛先は見えません。"),
    Member.Role.AUDITOR: _("リンク、台帳、メール、処理の記録を確認できます。変更はできません。"),
    Member.Role.MANAGER: _("すべての操作と、メンバーの管理ができます。"),
    Member.Role.ADVISER: _("ご登録者の担当を引き受け、連絡を記録できます。許可や手数料の登録はできません。"),
    Member.Role.COORDINATOR: _("組織とメンバーを確認できます。"),
    Member.Role.OPERATOR: _("すべての操作と、メンバーの管理ができます。"),
}


class DescriptionForm(forms.Form):
    name = forms.CharField(label=_("組織名"), max_length=120, widget=forms.TextInput({"autocomplete": "organization"}))
    industry = forms.ChoiceField(label=_("業種"), choices=[("", _("選択してください")), *vocabulary.INDUSTRIES])
    prefecture = forms.ChoiceField(label=_("所在地"), choices=[("", _("選択してください")), *vocabulary.PREFECTURES])
    mail_domain = forms.CharField(
        label=_("社内メールのドメイン"),
        max_length=253,
        required=False,
        help_text=_("社内の方の登録を紹介に数えないために使います。例：example.co.jp"),
    )

    def clean_name(self) -> str:
        return japanese.clean_name(self.cleaned_data["name"])


class StartForm(DescriptionForm):
    kind = forms.ChoiceField(
        label=_("登録する組織"),
        widget=forms.RadioSelect,
        choices=[
            (Organization.Kind.EMPLOYER, _("企業：採用を行う会社")),
            (Organization.Kind.AGENCY, _("人材紹介会社：有料または無料の職業紹介の許可を受けた会社")),
        ],
    )
    field_order = ("kind",)

    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("会社名")


class ProfileForm(DescriptionForm):
    group_name = forms.CharField(
        label=_("企業グループ"),
        max_length=120,
        required=False,
        help_text=_("グループ会社があるときの、グループの名前です。例：みなとグループ"),
    )


def role_choices(kind: str) -> list[tuple[str, str]]:
    """Return the roles of a kind of organization, each with what it may do."""
    words = _("%(role)s：%(hint)s")
    return [(role.value, words % {"role": role.label, "hint": ROLE_HINTS[role]}) for role in rules.ROLES_BY_KIND[kind]]


class RoleForm(forms.Form):
    def __init__(self, *args: typing.Any, kind: str, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(label=_("権限"), widget=forms.RadioSelect, choices=role_choices(kind))
        self.order_fields(self.field_order)


class InviteForm(RoleForm):
    email = AddressField()
    field_order = ["email", "role"]


def addresses_in(text: str) -> list[str]:
    """Return the different addresses of a pasted list or CSV, each as it was typed the first time.

    Line by line, so that a quotation mark left open spoils its own line alone.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        for cell in next(csv.reader([line], skipinitialspace=True), []):
            found.setdefault(japanese.normalise_email(cell), cell.strip())
    found.pop("", None)
    return list(found.values())


class InviteManyForm(RoleForm):
    """A list of addresses, one a line, as it comes out of a spreadsheet. Each line is judged when it is its turn."""

    emails = forms.CharField(
        label=_("メールアドレス"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("1 行に 1 件、200 件まで入力できます。同じアドレスは 1 件にまとめます。"),
    )
    field_order = ["emails", "role"]

    def clean_emails(self) -> list[str]:
        addresses = addresses_in(self.cleaned_data["emails"])
        if not addresses:
            raise forms.ValidationError(_("メールアドレスを 1 件以上入力してください。"))
        if len(addresses) > rules.MOST_INVITATIONS_AT_ONCE:
            words = _("一度に招待できるのは %(most)d 件までです。%(n)d 件あります。分けて入力してください。")
            raise forms.ValidationError(words % {"most": rules.MOST_INVITATIONS_AT_ONCE, "n": len(addresses)})
        return addresses
