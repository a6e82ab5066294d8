"""The written text of an agreement, made from its terms in both languages. What was signed keeps its own text for ever."""

from __future__ import annotations

import dataclasses
import decimal
import hashlib
import json
import typing

import babel

from career_relay.domain.ground.agreements import rules
from career_relay.domain.ground.agreements.wording import en, ja
from career_relay.domain.ground.programmes.terms import Section, Text

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.agreements.rules import Terms

PHRASES: typing.Final = {"ja": ja.PHRASES, "en": en.PHRASES}
KINDS: typing.Final = {"ja": ja.KINDS, "en": en.KINDS}
DATA_CATEGORIES: typing.Final = {"ja": ja.DATA_CATEGORIES, "en": en.DATA_CATEGORIES}
HOME: typing.Final = "JP"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the two, as the text names it."""

    name: str
    kind: str


def write(terms: Terms, first: Party, second: Party) -> dict[str, typing.Any]:
    """Return the text in every language, as it is kept, shown and signed."""
    return {language: dataclasses.asdict(_text(terms, (first, second), language)) for language in PHRASES}


def hash_of(text: dict[str, typing.Any]) -> str:
    """Return the hash of every word in both languages, which those who sign keep with their signature."""
    return hashlib.sha256(json.dumps(text, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read(text: dict[str, typing.Any], language: str) -> Text:
    """Return a kept text in the reader's language."""
    kept = text["en" if language.startswith("en") else "ja"]
    sections = [Section(one["heading"], tuple(one["paragraphs"])) for one in kept["sections"]]
    return Text(kept["title"], kept["lead"], tuple(sections))


def countries(language: str) -> list[tuple[str, str]]:
    """Return the countries by code and name: home first, the others by name."""
    names = babel.Locale.parse(language.split("-", maxsplit=1)[0]).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_LAND]
    return sorted(found, key=lambda one: (one[0] != HOME, one[1]))


# Codes that stand for no country: outlying parts of others, and pseudo-accents for testing.
_NO_LAND: typing.Final = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _text(terms: Terms, parties: tuple[Party, Party], language: str) -> Text:
    say, kinds = PHRASES[language], KINDS[language]
    first, second = parties
    lead = say["lead"].format(
        first=first.name, first_kind=kinds[first.kind], second=second.name, second_kind=kinds[second.kind]
    )
    sections = [
        Section(f"{number}. {say[f'{name}.heading']}", tuple(paragraphs))
        for number, (name, paragraphs) in enumerate(_sections(terms, {first.kind, second.kind}, language), start=1)
    ]
    return Text(say["title"], lead, tuple(sections))


def _sections(
    terms: Terms, kinds: set[str], language: str
) -> collections.abc.Iterator[tuple[str, collections.abc.Sequence[str]]]:
    say = PHRASES[language]
    yield "purpose", [say[f"purpose.{terms.purpose}"]]
    yield "data", _data(terms, kinds, language)
    if "employer" in kinds:
        yield "employer", [say["employer.link_only"]]
    if "agency" in kinds:
        yield "agency", _agency(terms, kinds, say)
    if kinds == {"employer", "agency"}:
        yield "fee", _fee(terms, say)
        yield "slot", _slot(terms, say)
        yield "penalty", _penalty(terms, say)
    yield "country", [_country(terms, language)]
    months = say["term.review"].format(months=terms.review_months)
    yield "term", [say["term.start"], months, say["term.amend"], say["term.end"]]
    if terms.notes:
        yield "notes", [line for line in terms.notes.splitlines() if line.strip()]


def _data(terms: Terms, kinds: set[str], language: str) -> list[str]:
    say = PHRASES[language]
    named = say["comma"].join(DATA_CATEGORIES[language][code] for code in terms.data_categories)
    from_employer = [say["data.none_from_employer"]] if "employer" in kinds else []
    about_people = [say["data.person"], say["data.records"]] if rules.PERSONAL & set(terms.data_categories) else []
    return [say["data.categories"].format(categories=named), *about_people, *from_employer, say["data.fairness"]]


def _agency(terms: Terms, kinds: set[str], say: dict[str, str]) -> list[str]:
    deadlines = say["agency.deadlines"].format(accept=terms.accept_days, contact=terms.contact_days)
    return [say["agency.licence"], *([deadlines] if "operator" in kinds else []), say["agency.barred"]]


def _fee(terms: Terms, say: dict[str, str]) -> list[str]:
    percent = f"{(terms.fee_percent or decimal.Decimal()).normalize():f}"
    fee = say[f"fee.{terms.fee}"].format(percent=percent, yen=f"{terms.fee_yen or 0:,}")
    refunds = [say["fee.refund"].format(days=row.within_days, percent=row.percent) for row in terms.refunds]
    return [fee, *(refunds or [say["fee.no_refund"]])] if terms.fee != "none" else [fee]


def _slot(terms: Terms, say: dict[str, str]) -> list[str]:
    if terms.slot == "none":
        return [say["slot.none"]]
    return [say["slot.zero"], say[f"slot.{terms.slot}"]]


def _penalty(terms: Terms, say: dict[str, str]) -> list[str]:
    if not rules.penalty_parts(terms):
        return [say["penalty.none"]]
    parts = {"amount": terms.penalty_amount, "trigger": terms.penalty_trigger, "ending": terms.penalty_ending}
    return [say[f"penalty.{name}"].format(text=text) for name, text in parts.items()]


def _country(terms: Terms, language: str) -> str:
    say = PHRASES[language]
    if terms.country == HOME:
        return say["country.home"]
    return say["country.foreign"].format(country=dict(countries(language))[terms.country])
