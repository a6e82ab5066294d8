"""Components say in markup what they show in colour."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone

from career_relay.design.shapes import Job, NavItem, Step, TimelineEvent

JAPAN = dt.timezone(dt.timedelta(hours=9))
MOMENT = dt.datetime(2026, 11, 23, 14, 5, tzinfo=JAPAN)


def draw(source: str, path: str = "/", **values: Any) -> str:
    request = RequestFactory().get(path)
    template = Template("{% load i18n relay %}" + source)
    return template.render(RequestContext(request, {"request": request} | values))


def test_button_posts_and_link_button_leads() -> None:
    assert '<button class="button button--baton" type="submit">' in draw('{% button "送信" kind="baton" %}')
    assert '<a class="button button--plain" href="/x/">' in draw('{% button "追加" url="/x/" %}')


def test_button_escapes_and_passes_attributes_on() -> None:
    html = draw("{% button label popovertarget=id %}", label="<b>", id='a"b')
    assert "<span>&lt;b&gt;</span>" in html
    assert 'popovertarget="a&quot;b"' in html


def test_icon_is_decoration_unless_named() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "mail" %}')
    assert 'role="img" aria-label="メール"' in draw('{% icon "mail" "メール" %}')


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        draw('{% icon "nothing" %}')


def test_avatar_leaves_the_legal_form_out() -> None:
    assert ">み</span>" in draw('{% avatar "株式会社みなと精機" %}')


def test_status_tag_shows_colour_icon_and_word() -> None:
    html = draw('{% status_tag "negative" "期限超過" %}')
    assert "status-tag--negative" in html
    assert "<svg" in html
    assert "期限超過" in html


def test_relay_counter_says_how_many_are_left() -> None:
    html = draw("{% relay_counter 7 10 %}")
    assert 'role="img" aria-label="10 人中 7 人。あと 3 人で 1 枠"' in html
    assert (html.count('class="on"'), html.count("<i")) == (7, 11)


TABLE = """{% table caption="待っている方" %}{% columns %}{% column "氏名" kind="title" sort="name" %}{% column "経過" kind="number" %}{% endcolumns %}
<tbody>{% for n in names %}{% row %}{% cell %}<b>{{ n }}</b>{% endcell %}{% cell %}{{ forloop.counter }}{% endcell %}{% endrow %}{% endfor %}</tbody>{% endtable %}"""


def test_table_cells_learn_their_heading_in_every_row() -> None:
    html = draw(TABLE, names=["髙﨑", "<山>"])
    assert html.count('<th scope="row" class="cell cell--title" data-label="氏名">') == 2
    assert html.count('<td class="cell cell--number" data-label="経過">') == 2
    assert "<b>&lt;山&gt;</b>" in html
    assert '<caption class="visually-hidden">待っている方</caption>' in html


@pytest.mark.parametrize(
    ("path", "state", "link"),
    [
        ("/?q=a&page=3", None, "?q=a&amp;sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
        ("/?column=a&column=b&select=page", None, "?column=a&amp;column=b&amp;sort=name"),
    ],
)
def test_column_sorts_and_keeps_the_filters(path: str, state: str | None, link: str) -> None:
    html = draw(TABLE, path, names=[])
    assert f'href="{link}"' in html
    assert (f'aria-sort="{state}"' in html) is (state is not None)


def test_two_tables_on_a_page_do_not_mix_their_columns() -> None:
    other = '{% table %}{% columns %}{% column "件数" %}{% endcolumns %}{% row %}{% cell %}1{% endcell %}{% endrow %}{% endtable %}'
    assert 'data-label="件数"' in draw(TABLE + other, names=["髙﨑"])


def test_pagination_keeps_the_query_and_marks_the_page() -> None:
    html = draw('{% pagination page "名" %}', "/?q=a&page=2", page=Paginator(range(30), 10).page(2))
    assert 'href="?q=a&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1
    assert "30 名のうち 11〜20 を表示" in html


def test_pagination_takes_no_selection_along() -> None:
    html = draw("{% pagination page %}", "/?q=a&page=2&select=page", page=Paginator(range(30), 10).page(2))
    assert 'href="?q=a&amp;page=3"' in html
    assert "select" not in html


def test_tabs_carry_counts_and_the_current_one() -> None:
    items = [NavItem(label="すべて", url="/a/", count=1284, current=True), NavItem(label="最終", url="/b/", count=0)]
    html = draw('{% tabs items "段階" %}', items=items)
    assert '<span class="count">1,284</span>' in html
    assert '<span class="count">0</span>' in html
    assert '<a href="/a/" aria-current="page">' in html


def test_navigation_groups_neighbours() -> None:
    items = [
        NavItem(label="ホーム", url="/", icon="home", current=True),
        NavItem(label="推薦", url="/i/", icon="person", group="つなぐ"),
        NavItem(label="枠", url="/s/", icon="ticket", group="つなぐ"),
    ]
    html = draw("{% navigation items %}", items=items)
    assert html.count('class="navigation__group"') == 1
    assert html.count('aria-current="page"') == 1


def test_five_steps_say_their_state_in_words() -> None:
    steps = [Step(title="見える化", evidence="12 件", state="done"), Step(title="連携", evidence="未接続", state="now")]
    html = draw("{% five_steps steps %}", steps=steps)
    assert "（済）" in html
    assert html.count('aria-current="step"') == 1


def test_kpi_shows_a_dash_for_what_may_not_be_shown() -> None:
    html = draw('{% kpi "再応募率" None unit="%" definition="12 か月以内" %}')
    assert '<dd class="kpi__value">―</dd>' in html


def test_kpi_says_in_words_whether_a_change_is_good() -> None:
    assert "（良くなった）" in draw('{% kpi "登録率" 18.4 unit="%" change="▲ 2.1" trend="good" %}')


def test_numbers_are_written_with_separators_and_true_minus() -> None:
    assert draw("{{ 1284|number }} {{ n|number }} {{ n|signed }} {{ 0|signed }}", n=-1284) == "1,284 −1,284 −1,284 ±0"


def test_moments_are_written_in_the_time_zone_in_force() -> None:
    with timezone.override("Asia/Tokyo"):
        html = draw("{{ at|moment }}", at=dt.datetime(2026, 11, 23, 5, 5, tzinfo=dt.UTC))
    assert html == '<time datetime="2026-11-23T14:05+09:00">2026/11/23 (月) 14:05</time>'


def test_days_are_written_with_their_weekday() -> None:
    assert draw("{{ d|day }}", d=MOMENT.date()) == '<time datetime="2026-11-23">2026/11/23 (月)</time>'
    assert draw("{{ d|day }}", d=None) == "―"


def test_timeline_writes_days_and_moments() -> None:
    events = [TimelineEvent(title="a", at=MOMENT), TimelineEvent(title="b", at=MOMENT.date()), TimelineEvent(title="c")]
    html = draw('{% timeline events "記録" %}', events=events)
    assert html.count("<time") == 2
    assert html.count("14:05</time>") == 1


@pytest.mark.parametrize(
    ("state", "word"),
    [("accepted", "受付"), ("running", "実行中"), ("done", "完了"), ("partly_failed", "一部失敗"), ("failed", "失敗")],
)
def test_job_says_its_state(state: Any, word: str) -> None:
    html = draw("{% job_progress job %}", job=Job(title="送信", state=state, done=412, total=1000))
    assert f"</svg>{word}</span>" in html
    assert 'value="412" max="1000"' in html


def test_job_can_be_stopped_by_post_only() -> None:
    html = draw("{% job_progress job %}", job=Job(title="送信", state="running", stop_url="/stop/"))
    assert '<form method="post" action="/stop/">' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_doors_post_with_a_token() -> None:
    html = draw(
        '{% doors action="/welcome/" %}{% door "紹介" "無料です" name="door" value="support" first=True %}{% enddoors %}'
    )
    assert '<form class="doors" method="post" action="/welcome/">' in html
    assert 'type="submit" name="door" value="support"' in html
    assert 'name="csrfmiddlewaretoken" value=""' not in html


def test_copy_button_is_hidden_until_a_script_shows_it() -> None:
    html = draw('{% copy_field "リンク" "https://example.jp/" name="l" %}')
    assert 'data-copy="l"' in html
    assert " hidden>" in html
    assert '<label class="copy-field__label" for="l">' in html


def test_dialog_is_named_by_its_title() -> None:
    html = draw('{% dialog id="stop" title="停止" %}本文{% enddialog %}')
    assert '<dialog class="dialog" id="stop" popover aria-labelledby="stop_title">' in html


def test_components_draw_without_a_request() -> None:
    html = Template(
        '{% load relay %}{% card title="題" %}{% notice "info" %}<p>文</p>{% endnotice %}{% endcard %}'
    ).render(Context())
    assert '<div class="notice notice--info">' in html


def test_file_drop_says_its_limit_and_is_a_field_without_scripts() -> None:
    class Form(forms.Form):
        file = forms.FileField(label="ファイル")

    html = draw('{% file_drop form.file 50 "大きすぎます" %}', form=Form())
    assert '<div class="field field--file" data-file-drop="50">' in html
    assert '<label class="field__label" for="id_file">' in html
    assert 'data-refused="大きすぎます"></p>' in html


def test_file_rows_can_be_reached_by_keys_and_name_their_rows() -> None:
    html = draw('{% file_rows "はじめの行" header rows %}', header=["氏名", ""], rows=[(2, ["髙﨑", "<b>"])])
    assert '<div class="file-rows" role="region" aria-label="はじめの行" tabindex="0">' in html
    assert '<th scope="col">氏名</th><th scope="col">–</th>' in html
    assert '<tr><th scope="row">2</th><td>髙﨑</td><td>&lt;b&gt;</td></tr>' in html
