"""What the catalogue shows: invented people and companies, long names, empty and wrong states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import CodeInput, DateInput
from career_relay.design.shapes import (
    Brand,
    ConsentTerms,
    Frame,
    Job,
    Mail,
    NavItem,
    Step,
    TimelineEvent,
)

SECTIONS: Final = {
    "colours": gettext_lazy("色と文字"),
    "icons": gettext_lazy("印とアイコン"),
    "buttons": gettext_lazy("ボタンとリンク"),
    "fields": gettext_lazy("入力欄とフォーム"),
    "consent": gettext_lazy("同意と入口"),
    "messages": gettext_lazy("お知らせ"),
    "steps": gettext_lazy("進み具合"),
    "figures": gettext_lazy("数字と台帳"),
    "tables": gettext_lazy("表と絞り込み"),
    "records": gettext_lazy("記録と控え"),
    "work": gettext_lazy("作業とメール"),
    "empty": gettext_lazy("空とエラー"),
}
FRAMES: Final = ("professional", "candidate", "public", "centred")
ERRORS: Final = (400, 403, 404, 409, 413, 429, 500, 503)
ROLES: Final = (
    "page",
    "surface",
    "surface-sunken",
    "text",
    "text-quiet",
    "border",
    "border-strong",
    "ink",
    "primary",
    "primary-soft",
    "baton",
    "baton-soft",
    "positive",
    "positive-soft",
    "caution",
    "caution-soft",
    "negative",
    "negative-soft",
)
JAPAN = dt.timezone(dt.timedelta(hours=9))
NOON = dt.datetime(2026, 11, 23, 14, 5, tzinfo=JAPAN)
LONG_COMPANY = "独立行政法人高齢・障害・求職者雇用支援機構東京支部髙﨑職業能力開発促進センター"


class StoryForm(forms.Form):
    """One field of each kind."""

    family_name = forms.CharField(label=gettext_lazy("姓"), widget=forms.TextInput({"autocomplete": "family-name"}))
    email = forms.EmailField(
        label=gettext_lazy("メールアドレス"),
        help_text=gettext_lazy("確認コードをお送りします。"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("電話番号"),
        required=False,
        widget=forms.TelInput({"autocomplete": "tel", "data-size": "m"}),
    )
    prefecture = forms.ChoiceField(
        label=gettext_lazy("働きたい地域"),
        choices=[("", "―"), ("13", gettext_lazy("東京都")), ("27", gettext_lazy("大阪府"))],
        widget=forms.Select({"data-size": "m"}),
    )
    birthday = forms.DateField(label=gettext_lazy("働き始められる日"), required=False, widget=DateInput())
    employment = forms.ChoiceField(
        label=gettext_lazy("希望する働き方"),
        choices=[("f", gettext_lazy("正社員")), ("c", gettext_lazy("契約社員・派遣社員"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("受け取る連絡"),
        required=False,
        choices=[("a", gettext_lazy("求人の紹介")), ("b", gettext_lazy("講座の案内"))],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=gettext_lazy("伝えておきたいこと"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    code = forms.CharField(label=gettext_lazy("確認コード"), widget=CodeInput())


class UploadForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(
        label=gettext_lazy("ファイル"), help_text=gettext_lazy("CSV か TSV。50 MB まで。"), widget=forms.FileInput
    )


class ConsentForm(forms.Form):
    """The consents of a registration."""

    introduction = forms.BooleanField(
        label=gettext_lazy("人材紹介会社が、私に合う求人を探して連絡することに同意します")
    )
    report_back = forms.BooleanField(label=gettext_lazy("みなと精機に、登録したことを伝えてもよいです"), required=False)


class FilterForm(forms.Form):
    """What narrows a list."""

    q = forms.CharField(label=gettext_lazy("氏名・求人"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("選考段階"),
        required=False,
        choices=[("", gettext_lazy("すべて")), ("final", gettext_lazy("最終面接"))],
    )


@dataclass(frozen=True)
class Theme:
    """One of the two columns of the catalogue; ids inside begin with its name."""

    name: str
    title: str
    form: StoryForm
    wrong: StoryForm
    consents: ConsentForm
    filters: FilterForm
    upload: UploadForm


def theme(name: str, title: str) -> Theme:
    """Make the forms of one column."""
    wrong = StoryForm({"email": "minato@", "family_name": ""}, auto_id=f"{name}-wrong-%s")
    wrong.order_fields(["family_name", "email", "employment"])
    for extra in ("phone", "prefecture", "birthday", "topics", "note", "code"):
        del wrong.fields[extra]
    return Theme(
        name=name,
        title=title,
        form=StoryForm(auto_id=f"{name}-%s"),
        wrong=wrong,
        consents=ConsentForm(auto_id=f"{name}-%s"),
        filters=FilterForm(auto_id=f"{name}-filter-%s"),
        upload=UploadForm(auto_id=f"{name}-upload-%s"),
    )


def navigation() -> list[NavItem]:
    """List the employer's places."""
    connect, look_back, manage = _("つなぐ"), _("ふりかえる"), _("管理")
    places: list[tuple[str, str, str, int | None]] = [
        (_("ホーム"), "home", "", None),
        (_("応募者"), "people", "", 1284),
        (_("未通知"), "clock", "", 12),
        (_("お見送り通知"), "mail", "", None),
        (_("リレーリンク"), "link", "", None),
        (_("推薦された方"), "person", connect, 3),
        (_("無料紹介枠"), "ticket", connect, None),
        (_("再応募"), "refresh", connect, None),
        (_("連携先"), "handshake", connect, None),
        (_("採用の流れ"), "flow", look_back, None),
        (_("KPI とレビュー"), "chart", look_back, None),
        (_("取り込み"), "upload", manage, None),
        (_("設定"), "settings", manage, None),
    ]
    return [
        NavItem(label=label, url="#", icon=icon, group=group, count=count, current=icon == "home")
        for label, icon, group, count in places
    ]


def frame() -> Frame:
    """Stand around the employer's sample page."""
    return Frame(
        navigation=navigation(),
        organization="株式会社みなと精機",
        person="髙﨑 由紀",
        kind=_("企業"),
        organizations=[
            NavItem(label="株式会社みなと精機", url="#", current=True),
            NavItem(label=LONG_COMPANY, url="#"),
        ],
        account=[
            NavItem(label=_("二段階認証"), url="#", icon="shield"),
            NavItem(label=_("パスワードの変更"), url="#", icon="key"),
        ],
        search_url="#",
        search_label=_("応募者・求人・通知を検索"),
        sign_out_url="#",
    )


def steps() -> list[Step]:
    """Tell how far the five steps have come."""
    return [
        Step(title=_("見える化"), evidence=_("1,284 件を取り込み済み"), state="done", url="#"),
        Step(title=_("連携体制"), evidence=_("紹介会社 2・学校 1 と協定"), state="done", url="#"),
        Step(title=_("リレーの導入"), evidence=_("リンク 3 本が稼働中"), state="done", url="#"),
        Step(title=_("連携・自動化"), evidence=_("ATS が未接続です"), state="now", url="#"),
        Step(title=_("KPI と改善"), evidence=_("初回レビュー 12/07"), url="#"),
    ]


def events() -> list[TimelineEvent]:
    """List what happened to a person's registration."""
    return [
        TimelineEvent(
            title=_("紹介会社からの連絡を待っています"),
            body=_("3 営業日以内に連絡があります。"),
            icon="clock",
            tone="info",
        ),
        TimelineEvent(title=_("紹介への同意"), at=NOON, icon="check", tone="positive", body=_("あおぞら人材株式会社")),
        TimelineEvent(title=_("メールアドレスの確認"), at=NOON.date()),
    ]


def jobs() -> list[Job]:
    """Show work in each of its five states."""
    accepted = Job(title=_("お見送り通知の送信"), state="accepted", total=1000, started_by="髙﨑 由紀", started_at=NOON)
    return [
        accepted,
        replace(accepted, state="running", done=412, remaining=_("およそ 2 分"), stop_url="#"),
        replace(accepted, state="done", done=1000, ended_at=NOON),
        replace(accepted, state="partly_failed", done=1000, failed=3, error_file_url="#"),
        replace(accepted, state="failed", failed=1000, error_file_url="#"),
    ]


def people() -> Page[dict[str, Any]]:
    """List people who wait for an answer; the third of many pages."""
    known = [
        ("長谷川 美咲", _("Web エンジニア"), _("最終面接"), 5, "negative"),
        ("山﨑 大翔", _("法人営業（東京）"), _("一次面接"), 4, "negative"),
        ("勅使河原 さくら", _("経理・決算担当"), _("書類選考"), 2, "caution"),
        (
            "アレクサンドラ・マリア・フォン・リヒテンシュタイン 髙橋",
            _("グローバル事業開発本部 東南アジア新規市場開拓チームリーダー候補（英語必須）"),
            _("書類選考"),
            1,
            "info",
        ),
    ]
    names = ("name", "posting", "stage", "days", "tone")
    rows = [dict(zip(names, row, strict=True)) for row in known]
    return Paginator(rows * 32, 4).page(3)


def file() -> dict[str, Any]:
    """Show how a file begins, more columns than fit."""
    header = [
        _("応募ID"),
        _("氏名"),
        _("フリガナ"),
        _("電話番号"),
        _("メールアドレス"),
        _("応募日時"),
        _("ステータス"),
        "",
    ]
    cells = [
        "A-0001",
        "髙﨑 花",
        "タカサキ ハナ",
        "090-1234-5678",
        "hana@people.example.jp",
        "2026/06/11 11:07",
        "①書類選考",
        "",
    ]
    return {"header": header, "rows": [(number, cells) for number in range(2, 22)]}


def terms() -> ConsentTerms:
    """Say what the consent to introductions means."""
    return ConsentTerms(
        purpose=_("あなたに合う求人を探し、応募先に推薦するため"),
        receivers=_("国の許可を受けた人材紹介会社（あなたの希望地域から 1 社）"),
        contents=_("お名前、連絡先、希望する職種と地域"),
        until=_("登録から 2 年間"),
        withdrawal=_("マイページからいつでもやめられます。1 分以内に見られなくなります。"),
    )


def mail() -> Mail:
    """Write a notice as it would arrive."""
    return Mail(
        subject=_("選考結果のご連絡｜株式会社みなと精機"),
        sender="株式会社みなと精機 採用チーム <saiyo@example.jp>",
        recipient="長谷川 美咲 様",
        at=NOON,
        text=_(
            "長谷川 美咲 様\n\n選考にお時間をいただき、ありがとうございました。\n慎重に検討した結果、今回はお見送りといたします。\n\n"
            "これからのお仕事探しを応援する窓口をご用意しています。\nhttps://relay.example.jp/r/xxxx/\n\n株式会社みなと精機 採用チーム"
        ),
    )


def context() -> dict[str, Any]:
    """Gather everything for the catalogue's templates."""
    return {
        "sections": SECTIONS,
        "roles": ROLES,
        "tones": ("info", "positive", "caution", "negative", "neutral"),
        "themes": [theme("light", _("明るい配色")), theme("dark", _("暗い配色"))],
        "frame": frame(),
        "brand": Brand(name="株式会社みなと精機", note=_("採用チームより")),
        "long_company": LONG_COMPANY,
        "steps": steps(),
        "events": events(),
        "jobs": jobs(),
        "people": people(),
        "file": file(),
        "terms": terms(),
        "mail": mail(),
        "now": NOON,
        "actions": [NavItem(label=_("編集"), url="#", icon="edit")],
        "stage_tabs": [
            NavItem(label=_("すべて"), url="#", count=1284, current=True),
            NavItem(label=_("書類選考"), url="#", count=312),
            NavItem(label=_("最終面接"), url="#", count=0),
        ],
    }
