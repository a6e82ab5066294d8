from __future__ import annotations

import dataclasses
import re
import typing

import pytest

from career_relay.domain.people.candidates.rules import Ticked
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent

PINNED: dict[tuple[str, int, str], str] = {
    ("agency_introduction", 1, "ja"): "e1bc44365d33ca9984f01ffcd3c713c27895314febc57d7c81f42722f13f42f5",
    ("employer_recontact", 1, "ja"): "20c1a3cd22d9fe6d0b90de896503783d9558a310b77ccd972fdc44bebdee1537",
    ("school_information", 1, "ja"): "0434ff074346d67442cfbfb56882d9220aba373b72b84429fa811ff4e480ac0c",
    ("statistics", 1, "ja"): "b5fe7fe0b7a46182e8d27a0e97b55392fca671f007639452dcb0885f2e048b18",
    ("agency_introduction", 1, "en"): "5a932aeac9eee58d6091fd93b0b58fa5d2f127999882ed597dfd9a54f8579b4e",
    ("employer_recontact", 1, "en"): "27911f1e92906a74d0decf06b08db5b631b28b95b921d5df54c128994e362fd6",
    ("school_information", 1, "en"): "4d94ab0bc5e75198a0cb6a5aaa6b826cf29888762abc6eb5593bceaef4497335",
    ("statistics", 1, "en"): "bc1d71bfeac4a7d828b10d85bbdd3c55f48a0649c38f3a5b19136d82f7387e37",
    ("agency_introduction", 1, "ja-easy"): "03ad47bd41aba19e709c139f1afad67bbeb52e2d6b76f3775d6b7be8d8938873",
    ("employer_recontact", 1, "ja-easy"): "0cd0fd5d3e76ec63742503288b2046f752321b47bd854dcb701a100bab9797a3",
    ("school_information", 1, "ja-easy"): "52349f9de6246df913c2aa33b9933d9096d4b723b8538610bc82dcbc5e151022",
    ("statistics", 1, "ja-easy"): "206c8c1972c86dbb68835b9cce2b1bb84c38519f8d725887d4cd87f2c3a7480f",
}


def test_no_published_wording_was_changed() -> None:
    assert {key: words.sha256 for key, words in wording.REGISTRY.items()} == PINNED


def test_every_purpose_is_worded_in_every_language() -> None:
    keys = {(purpose, language) for purpose, _version, language in wording.REGISTRY}
    assert keys == {(purpose, language) for purpose in Consent.Purpose.values for language in wording.LANGUAGES}
    longest = Consent._meta.get_field("wording_language").max_length or 0
    assert all(len(language) <= longest for language in wording.LANGUAGES)


@pytest.mark.parametrize("key", list(wording.REGISTRY), ids=str)
def test_wording_says_everything_and_names_the_employer_only_where_it_is_meant(key: tuple[str, int, str]) -> None:
    words = wording.REGISTRY[key]
    parts = [words.title, words.text, words.receiver, words.items, words.until, words.withdraw]
    assert all(parts)
    assert ("{company}" in "".join(parts)) == (words.purpose == Consent.Purpose.EMPLOYER_RECONTACT)
    named = words.naming("みなと {x} & <精機>")
    assert "{company}" not in f"{named.title}{named.text}{named.receiver}"
    assert re.findall(r"させていただ|することができ|こちら", "".join(parts)) == []


@pytest.mark.parametrize("key", list(wording.REGISTRY), ids=str)
def test_wording_says_the_term_that_is_kept(key: tuple[str, int, str]) -> None:
    words = wording.REGISTRY[key]
    months = wording.MONTHS[words.purpose]
    found = [int(number) for number in re.findall(r"(\d+) (?:か月|months)", words.until.replace("（げつ）", ""))]
    assert found == ([] if months is None else [months])


def test_hash_covers_every_word() -> None:
    words = wording.current("statistics", "ja")
    assert dataclasses.replace(words, version=2).sha256 != words.sha256
    for field in ("purpose", "language", "title", "text", "receiver", "items", "until", "withdraw"):
        changed: dict[str, typing.Any] = {field: f"{getattr(words, field)}。"}
        assert dataclasses.replace(words, **changed).sha256 != words.sha256, field


def test_ticked_remembers_known_purposes_in_order() -> None:
    assert wording.ticked(["statistics", "agency_introduction", "anything"], "ja-easy") == [
        Ticked(purpose="agency_introduction", version=1, language="ja-easy"),
        Ticked(purpose="statistics", version=1, language="ja-easy"),
    ]


def test_offered_are_all_purposes_with_the_employers_name() -> None:
    offered = wording.offered("en", "Minato")
    assert [words.purpose for words in offered] == list(Consent.Purpose.values)
    assert offered[1].title == "Hear about the next openings of Minato"
