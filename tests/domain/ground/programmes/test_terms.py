from __future__ import annotations

import dataclasses
import re
import typing

import pytest
from django.utils import translation

from career_relay.domain.ground.programmes import terms

# A published version is never edited: participations keep its hash. A new version is a new line here.
PUBLISHED = {1: "5d0b8f3882e257276a627aabedab42e24367816a23109bedc59c883c390d9216"}
NUMBER_AND_DOT = re.compile(r"^(\d+)\. ")
REWARDS = ("祝い金", "ギフト", "キャッシュバック")


def words_of(text: terms.Text) -> str:
    return "\n".join(
        [text.title, text.lead, *(p for section in text.sections for p in (section.heading, *section.paragraphs))]
    )


def test_published_terms_are_what_they_were() -> None:
    assert {version: text.sha256 for version, text in terms.VERSIONS.items()} == PUBLISHED


def test_current_terms_are_the_newest() -> None:
    assert max(terms.VERSIONS) == terms.CURRENT.version


@pytest.mark.parametrize("change", [{"version": 2}, {"ja": terms.CURRENT.en}, {"en": terms.CURRENT.ja}])
def test_hash_covers_every_part(change: dict[str, typing.Any]) -> None:
    assert dataclasses.replace(terms.CURRENT, **change).sha256 != terms.CURRENT.sha256


@pytest.mark.parametrize(
    ("language", "title"),
    [("ja", terms.CURRENT.ja.title), ("en", terms.CURRENT.en.title), ("en-gb", terms.CURRENT.en.title)],
)
def test_text_is_in_the_readers_language(language: str, title: str) -> None:
    with translation.override(language):
        assert terms.CURRENT.text.title == title


@pytest.mark.parametrize("version", terms.VERSIONS)
def test_both_languages_have_the_same_numbered_sections_and_paragraphs(version: int) -> None:
    ja, en = terms.VERSIONS[version].ja, terms.VERSIONS[version].en
    assert [len(section.paragraphs) for section in ja.sections] == [len(section.paragraphs) for section in en.sections]
    for text in (ja, en):
        numbers = [NUMBER_AND_DOT.match(section.heading) for section in text.sections]
        assert [int(number[1]) for number in numbers if number] == list(range(1, len(text.sections) + 1))


@pytest.mark.parametrize("word", REWARDS)
def test_terms_do_not_speak_of_rewards_by_their_trade_names(word: str) -> None:
    assert word not in words_of(terms.CURRENT.ja)
