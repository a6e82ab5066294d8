"""Forms are drawn so that people and screen readers find what is wrong."""

from __future__ import annotations

import re

from django import forms
from django.template import Context, Template

from career_relay.design.forms import CodeInput, DateInput
from career_relay.design.shapes import ConsentTerms


class Details(forms.Form):
    email = forms.EmailField(
        label="メール", help_text="確認に使います。", widget=forms.EmailInput({"autocomplete": "email"})
    )
    kind = forms.ChoiceField(label="働き方", choices=[("f", "正社員"), ("c", "契約")], widget=forms.RadioSelect)
    day = forms.DateField(label="日", required=False, widget=DateInput())
    code = forms.CharField(label="コード", required=False, widget=CodeInput())
    agree = forms.BooleanField(label="同意します")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def summary(html: str) -> str:
    found = re.search(r'<div class="error-summary".*?</div>', html, re.DOTALL)
    return found[0] if found else ""


def test_clean_form_has_no_summary_and_every_field_its_label() -> None:
    html = str(Details())
    assert summary(html) == ""
    assert '<label class="field__label" for="id_email">メール' in html
    assert html.count('<span class="field__mark">必須</span>') == 3
    assert html.count("任意</span>") == 2


def test_hint_and_error_are_tied_to_the_input() -> None:
    html = str(Details({"email": "x"}))
    field = re.search(r'<input type="email"[^>]*>', html)
    assert field is not None
    assert 'aria-describedby="id_email_helptext id_email_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert 'value="x"' in field[0]
    assert 'id="id_email_error"' in html
    assert 'id="id_email_helptext"' in html


def test_summary_takes_the_focus_and_links_every_error_to_its_input() -> None:
    form = Details({"email": "x"})
    html = str(form)
    links = re.findall(r'href="#([\w-]+)"', summary(html))
    assert links == ["id_email", "id_kind_0", "id_agree"]
    assert [f'id="{link}"' in html for link in links] == [True, True, True]
    assert "autofocus" in summary(html)
    assert 'role="alert"' in summary(html)


def test_errors_of_the_whole_form_stand_in_the_summary() -> None:
    form = Details({"email": "a@example.jp", "kind": "f", "agree": "on"})
    form.add_error(None, "この招待は取り消されました。")
    assert "<li>この招待は取り消されました。</li>" in summary(str(form))


def test_choices_stand_in_a_named_group() -> None:
    html = str(Details()["kind"].as_field_group())
    assert html.startswith("<fieldset")
    assert '<legend class="field__label">働き方' in html


def test_inputs_tell_the_browser_what_they_are() -> None:
    html = str(Details())
    assert '<input type="date" name="day"' in html
    assert 'autocomplete="one-time-code"' in html
    assert 'inputmode="numeric"' in html
    assert 'autocomplete="email"' in html


def test_hidden_field_has_no_label() -> None:
    assert str(Details()).count("Hidden") == 0


def test_field_tag_replaces_label_and_hint() -> None:
    html = Template(
        '{% load relay %}{% field form.email label="連絡先" hint="仕事用でなくてもかまいません。" %}'
    ).render(Context({"form": Details()}))
    assert ">連絡先<" in html
    assert "仕事用でなくてもかまいません。" in html


def test_consent_starts_unticked_and_says_all_five_things() -> None:
    terms = ConsentTerms(purpose="紹介", receivers="紹介会社", contents="連絡先", until="2 年", withdrawal="いつでも")
    html = Template("{% load relay %}{% consent_card form.agree terms %}").render(
        Context({"form": Details(), "terms": terms})
    )
    assert "checked" not in html
    assert re.findall(r"<dd>(.*?)</dd>", html) == ["紹介", "紹介会社", "連絡先", "2 年", "いつでも"]
    assert '<label for="id_agree">同意します' in html
