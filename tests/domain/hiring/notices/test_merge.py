from __future__ import annotations

import re

import pytest

from career_relay.domain.hiring.notices import letters, merge, rules, starters

# What a name or the title of a posting may hold when it comes out of a file.
HOSTILE = [
    "<script>alert(1)</script>", "</p><script>x</script>", '"><img src=x onerror=alert(1)>', "<b>太字</b>",
    "<a href='https://evil.example'>押す</a>", "<!-- ", "-->", "<style>*{display:none}</style>", "&lt;b&gt;", "&#60;b&#62;",
    "' onmouseover='x", '" style="display:none', "<svg/onload=x>", "<iframe src=//evil.example>", "]]>", "<![CDATA[",
    "花\r\nBcc: everybody@evil.example", "花\nSubject: 別件", "花\rTo: x@evil.example", "花\r\n\r\n本文", "花\x0bBcc: x",
    "花\x0cX: y", "花\x85X: y", "花\u2028X: y", "花\u2029X: y", "花\x00子", "花\x1b[31m子", "花\x7f子", "花\x9b子",
    "\u202e子花", "花\u202d子", "\u2066花\u2069", "\u200e花", "\u200f花", "\u061c花", "\u202a花\u202c", "花\u2067子",
    "花\u200b子", "花\u200c子", "花\u200d子", "\ufeff花", "花\u2060子", "花\u00ad子", "花\u180e子", "花\u034f子",
    "花\u115f子", "花\u3164子", "花\u2800子", "花\ue000子", "花\U000e0041子", "花\ufff9子",
    "{{氏名}}", "{{ 会社名 }}", "{{secret:relay_url}}", "{{secret:unsubscribe_url}}", "{{secret:code}}", "{{", "}}",
    "{% now 'Y' %}", "{# x #}", "{{ settings.RELAY_KEY }}", "${7*7}", "#{7*7}", "%(name)s", "{0}", "{name}",
    "{{{{氏名}}}}", "｛｛氏名｝｝", "{ {氏名} }",
    "https://evil.example/x", "http://evil.example", "HTTPS://EVIL.EXAMPLE", "www.evil.example", "evil.example",
    "花 evil.example/pay", "ftp://evil.example", "mailto:x@evil.example", "x@evil.example", "tel:0120000000",
    "javascript:alert(1)", "data:text/html,x", "//evil.example", "例え.テスト", "xn--r8jz45g.example", "evil。example",
    "evil．example", "evil｡example", "https://user:pw@evil.example:8443/?a=b#c", "evil.\u200bexample", "h\u200bttps://evil.example",
    "sms:+8190", "line://ti/p/x", "\\\\evil.example\\share", "file:///etc/passwd", "花(https://evil.example)",
    ".", "..", ".\r\n.\r\n", "花" * 120, "\u0301" * 30 + "花", "O'Brien", 'Say "花"', "a" * 120,
]  # fmt: skip
VISIBLE = [
    "髙﨑 花子",
    "𠮷田",
    "渡邉󠄂",
    "O'Brien Siobhán",
    "李 明",
    "M",
    "佐藤 🌸",
    "Node エンジニア",
    "A&B 株式会社",
    "モーニング娘。の係",
]
LINKS = re.compile(r"[a-z][a-z0-9+]*:\S|www\.\S|[^\W_]\.[^\W\d_]{2}|[^\W_][\u3002\uff0e\uff61][a-z]{2}", re.IGNORECASE)
UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\ue000\ufff9]"
)


def style(subject: str = "{{氏名}} 様への結果（{{求人名}}）", **blocks: str) -> letters.Style:
    texts = starters.texts("ja", "mid_career", "documents")
    given = {block: getattr(texts, block) for block in rules.BLOCKS} | {"subject": subject} | blocks
    return letters.Style(
        texts=rules.Texts(**given), language="ja", company="アルファ精機株式会社", reply_to="saiyo@alpha.example"
    )


def values(value: str) -> dict[str, str]:
    own = style()
    return letters.samples(own) | {"氏名": merge.harmless(value), "求人名": merge.harmless(value)}


def test_there_are_enough_hostile_values() -> None:
    assert len(set(HOSTILE)) >= 80


@pytest.mark.parametrize("value", HOSTILE)
def test_harmless_leaves_no_link_no_brace_no_line_and_nothing_unseen(value: str) -> None:
    harmless = merge.harmless(value)
    found = [pattern for pattern in ("{{", "}}", "\r", "\n") if pattern in harmless]
    assert (found, LINKS.findall(harmless), UNSEEN.findall(harmless)) == ([], [], [])
    assert merge.harmless(harmless) == harmless


@pytest.mark.parametrize("value", VISIBLE)
def test_harmless_leaves_a_name_as_it_was_given(value: str) -> None:
    assert merge.harmless(value) == value


@pytest.mark.parametrize("value", HOSTILE)
def test_written_injects_nothing_into_subject_text_and_html(value: str) -> None:
    own = style()
    plain = letters.written(own, values("花"), has_link=True)
    mail = letters.written(own, values(value), has_link=True)
    lines = (len(mail.subject.splitlines()), len(mail.text.splitlines()))
    assert lines == (1, len(plain.text.splitlines()))
    assert re.findall(r"<[^>]*", mail.html.replace(mail.subject, "")) == re.findall(
        r"<[^>]*", plain.html.replace(plain.subject, "")
    )
    secret = [re.findall(r"\{\{.*?\}\}", part) for part in (mail.subject, mail.text, mail.html)]
    assert secret == [re.findall(r"\{\{.*?\}\}", part) for part in (plain.subject, plain.text, plain.html)]
    links = re.compile(r"[a-z]+://|www\.\S", re.IGNORECASE)
    assert links.findall(mail.text) == links.findall(plain.text)


def test_merge_looks_through_a_value_only_once() -> None:
    assert merge.merge("{{氏名}}・{{求人名}}", {"氏名": "{{求人名}}", "求人名": "営業"}) == "{{求人名}}・営業"


def test_merge_takes_both_names_of_a_field_and_spaces_around_them() -> None:
    assert merge.merge("{{ 氏名 }}={{name}}={{　name　}}", {"氏名": "花"}) == "花=花=花"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{{氏名}} {{name}}", []),
        ("{{名前}}", ["{{名前}}"]),
        ("{{secret:relay_url}}", ["{{secret:relay_url}}"]),
        ("{{}}", ["{{}}"]),
        ("{{氏名", ["{{"]),
        ("氏名}}", ["}}"]),
        ("｛｛氏名｝｝", ["｛｛", "｝｝"]),
        ("{{{氏名}}}", []),
        ("{氏名}", []),
    ],
)
def test_unknown_in_names_what_cannot_be_filled(text: str, unknown: list[str]) -> None:
    assert merge.unknown_in(text) == unknown
