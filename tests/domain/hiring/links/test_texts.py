from __future__ import annotations

import re

import pytest

from career_relay.domain.hiring.links import texts
from career_relay.domain.hiring.links.models import RelayLink

URL = "https://relay.example.jp/r/abc/"
ALL = [
    (kind, stage, language)
    for kind in RelayLink.EmploymentType.values
    for stage in RelayLink.Stage.values
    for language in ("ja", "en")
]
THANKS = {"ja": "ありがとうございました", "en": "Thank you"}
RESULT = {"ja": "見送ることといたしました", "en": r"decided not to|will not be making you an offer|cannot offer"}
HOPE = {"ja": "願っています|思います", "en": "hope|support"}
FORBIDDEN = re.compile(
    r"させていただ|することができ|こちら|人材として|母集団|循環|祝い金|ギフト|お祈り|不採用|ご縁がなかった|理由"
)


@pytest.mark.parametrize(("kind", "stage", "language"), ALL)
@pytest.mark.parametrize("link_url", [URL, ""])
def test_ready_text_keeps_the_order_thanks_result_encouragement_chance_sender(
    kind: str, stage: str, language: str, link_url: str
) -> None:
    phrases = texts.PHRASES[language]
    text = phrases.texts[kind, stage]
    assert re.search(THANKS[language], text.thanks)
    assert re.search(RESULT[language], text.result)
    assert re.search(HOPE[language], text.encouragement)
    body = texts.ready(employment_type=kind, stage=stage, language=language, link_url=link_url).body
    chance = phrases.next_with_link[kind] if link_url else phrases.next_without_link[kind]
    parts = [text.thanks.format(**phrases.placeholders), text.result, text.encouragement, chance, texts.RULE]
    starts = [body.index(part) for part in parts]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("kind", "stage", "language"), ALL)
def test_ready_text_has_the_link_once_after_the_result_or_not_at_all(kind: str, stage: str, language: str) -> None:
    with_link = texts.ready(employment_type=kind, stage=stage, language=language, link_url=URL)
    without = texts.ready(employment_type=kind, stage=stage, language=language)
    assert with_link.body.count(URL) == 1
    assert URL not in with_link.subject
    assert with_link.subject == without.subject
    assert "http" not in without.body
    opt_out = texts.PHRASES[language].opt_out
    assert (opt_out in with_link.body, opt_out in without.body) == (True, False)


@pytest.mark.parametrize(("kind", "stage", "language"), ALL)
@pytest.mark.parametrize("link_url", [URL, ""])
def test_ready_text_leaves_nothing_open_but_known_placeholders(
    kind: str, stage: str, language: str, link_url: str
) -> None:
    text = texts.ready(employment_type=kind, stage=stage, language=language, link_url=link_url)
    whole = f"{text.subject}\n{text.body}"
    allowed = set(texts.PHRASES[language].placeholders.values())
    assert "{" not in whole
    assert "}" not in whole
    assert set(re.findall(r"〔.*?〕|\[.*?\]", whole)) <= allowed
    assert FORBIDDEN.findall(whole) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_nine_texts_are_nine_different_ones(language: str) -> None:
    found = texts.PHRASES[language].texts
    assert set(found) == {(kind, stage) for kind, stage, _language in ALL}
    for part in ("thanks", "result", "encouragement"):
        assert len({getattr(text, part) for text in found.values()}) == 9, part
    bodies = {texts.ready(employment_type=kind, stage=stage, language=language).body for kind, stage in found}
    assert len(bodies) == 9


def test_company_is_filled_in_where_known_and_its_braces_are_only_text() -> None:
    text = texts.ready(
        employment_type="mid_career", stage="final", language="ja", company="{url}商事 & <b>", link_url=URL
    )
    assert "〔会社名〕" not in text.body
    assert text.body.count("{url}商事 & <b>") == 4
    assert text.subject == "選考結果のご連絡｜{url}商事 & <b>"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_line_is_one_line_with_the_link(language: str) -> None:
    line = texts.one_line(link_url=URL, language=language)
    assert line.endswith(URL)
    assert "\n" not in line
