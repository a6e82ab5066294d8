from __future__ import annotations

import dataclasses
import decimal
import typing

import pytest

from career_relay.domain.ground.agreements import rules, wording
from career_relay.domain.ground.agreements.wording import en, ja
from tests.domain.ground.agreements.test_rules import PAID, PAIRS

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.programmes.terms import Text

EMPLOYER = wording.Party(name="アルファ精機株式会社", kind="employer")
AGENCY = wording.Party(name="つなぐ人材紹介株式会社", kind="agency")


def text(language: str = "ja", **changes: typing.Any) -> Text:
    return wording.read(wording.write(dataclasses.replace(PAID, **changes), EMPLOYER, AGENCY), language)


def paragraphs(heading: str, **changes: typing.Any) -> tuple[str, ...]:
    [section] = [one for one in text(**changes).sections if one.heading.endswith(heading)]
    return section.paragraphs


def test_both_languages_have_every_phrase() -> None:
    assert ja.PHRASES.keys() == en.PHRASES.keys()
    assert ja.KINDS.keys() == en.KINDS.keys()
    assert set(ja.DATA_CATEGORIES) == set(en.DATA_CATEGORIES) == set(rules.DATA_CATEGORIES)
    assert {f"purpose.{code}" for code in rules.PURPOSES} <= set(ja.PHRASES)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_text_is_whole_for_every_pair(pair: tuple[str, str], language: str) -> None:
    first, second = (wording.Party(name=f"組織{kind}", kind=kind) for kind in pair)
    written = wording.read(wording.write(rules.TEMPLATES[frozenset(pair)], first, second), language)
    assert first.name in written.lead
    assert second.name in written.lead
    words = [words for section in written.sections for words in (section.heading, *section.paragraphs)]
    assert all(words)
    assert not [one for one in words if "{" in one or "None" in one]
    assert [one.heading.split(".")[0] for one in written.sections] == [
        str(number) for number in range(1, len(written.sections) + 1)
    ]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_text_with_an_employer_keeps_it_out_of_placement(pair: tuple[str, str]) -> None:
    first, second = (wording.Party(name=kind, kind=kind) for kind in pair)
    written = wording.read(wording.write(rules.TEMPLATES[frozenset(pair)], first, second), "ja")
    words = [paragraph for section in written.sections for paragraph in section.paragraphs]
    said = {phrase: ja.PHRASES[phrase] in words for phrase in ("employer.link_only", "data.none_from_employer")}
    assert said == dict.fromkeys(said, "employer" in pair)


def test_fee_and_refunds_are_written_out() -> None:
    assert paragraphs("手数料と返戻金", fee_percent=decimal.Decimal("32.50")) == (
        "紹介した方が入社したとき、企業は紹介会社へ、理論年収の 32.5％ の手数料を支払います。",
        "入社から 30 日以内に、ご本人の都合または責任により退職したときは、手数料の 50％ を返します。",
        "入社から 90 日以内に、ご本人の都合または責任により退職したときは、手数料の 30％ を返します。",
        "入社から 180 日以内に、ご本人の都合または責任により退職したときは、手数料の 10％ を返します。",
    )
    fixed = paragraphs("手数料と返戻金", fee="fixed", fee_percent=None, fee_yen=800_000, refunds=())
    assert fixed == (
        "紹介した方が入社したとき、企業は紹介会社へ、1 名につき 800,000 円の手数料を支払います。",
        "返戻金の定めはありません。",
    )
    assert paragraphs("手数料と返戻金", fee="none", fee_percent=None, refunds=()) == (
        "この協定による手数料はありません。",
    )


def test_slot_says_fee_zero_refund_zero_and_the_replacement_rule() -> None:
    assert paragraphs("無料紹介枠") == (ja.PHRASES["slot.zero"], ja.PHRASES["slot.no_replacement"])
    assert paragraphs("無料紹介枠", slot="one_replacement")[1] == ja.PHRASES["slot.one_replacement"]
    assert paragraphs("無料紹介枠", slot="none") == (ja.PHRASES["slot.none"],)


def test_penalty_says_amount_trigger_and_ending_or_that_there_is_none() -> None:
    assert paragraphs("違約金") == ("違約金の定めはありません。",)
    told = {"penalty_amount": "30 万円", "penalty_trigger": "無断の採用", "penalty_ending": "事前の連絡"}
    assert paragraphs("違約金", **told) == ("金額：30 万円", "支払う場合：無断の採用", "免除する場合：事前の連絡")


def test_foreign_partner_is_named_with_the_consent_it_takes() -> None:
    assert paragraphs("情報を扱う国") == ("個人の情報は、日本国内で扱います。",)
    assert paragraphs("情報を扱う国", country="VN")[0].startswith("個人の情報を、日本の外（ベトナム）でも扱います。")
    assert "(Vietnam)" in text("en", country="VN").sections[-2].paragraphs[0]


def test_notes_keep_their_lines() -> None:
    assert paragraphs("そのほか", notes="一つ目\n\n二つ目") == ("一つ目", "二つ目")
    assert [one for one in text().sections if "そのほか" in one.heading] == []


def test_countries_begin_with_home() -> None:
    codes = [code for code, _name in wording.countries("ja")]
    assert codes[0] == "JP"
    assert len(codes) > 190
    assert {"EU", "ZZ"} & set(codes) == set()


def test_hash_covers_every_word_of_both_languages() -> None:
    written = wording.write(PAID, EMPLOYER, AGENCY)
    known = wording.hash_of(written)
    for language in ("ja", "en"):
        other = wording.write(PAID, EMPLOYER, AGENCY)
        other[language]["sections"][-1]["paragraphs"] = ("、",)
        assert wording.hash_of(other) != known
    assert wording.hash_of(wording.write(PAID, EMPLOYER, AGENCY)) == known
