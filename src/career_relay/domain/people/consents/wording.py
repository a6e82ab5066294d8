"""The words people consent to. A version is never edited: changed words are a new version, and old ones stay readable.

A test holds the hash of every version, so that a slip of the pen in one that people have agreed to does not pass.
"""

from __future__ import annotations

import dataclasses
import hashlib
import typing

from career_relay.domain.people.candidates.rules import Ticked
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.consents.wordings import en, ja, ja_easy

if typing.TYPE_CHECKING:
    import collections.abc

LANGUAGES: typing.Final = ("ja", "en", "ja-easy")
MONTHS: typing.Final[dict[str, int | None]] = {
    Consent.Purpose.AGENCY_INTRODUCTION: 24,
    Consent.Purpose.EMPLOYER_RECONTACT: 12,
    Consent.Purpose.SCHOOL_INFORMATION: 12,
    Consent.Purpose.STATISTICS: None,
}
"""How many months a yes lasts; None: until it is withdrawn. The words say the same."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is put before a person for one purpose. `{company}` stands for the employer where one is named."""

    purpose: str
    version: int
    language: str
    title: str
    text: str
    receiver: str
    items: str
    until: str
    withdraw: str

    @property
    def sha256(self) -> str:
        """The hash stored with each consent: the proof of what was shown."""
        parts = [str(value) for value in dataclasses.asdict(self).values()]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def naming(self, company: str) -> Wording:
        """Return the wording as a person reads it, with the employer's name in it."""
        filled = {
            field: getattr(self, field).format(company=company)
            for field in ("title", "text", "receiver", "items", "until", "withdraw")
        }
        return dataclasses.replace(self, **filled)


REGISTRY: typing.Final[dict[tuple[str, int, str], Wording]] = {
    (purpose, version, language): Wording(purpose=purpose, version=version, language=language, **words)
    for language, source in (("ja", ja.WORDS), ("en", en.WORDS), ("ja-easy", ja_easy.WORDS))
    for (purpose, version), words in source.items()
}


def current(purpose: str, language: str) -> Wording:
    """Return the newest wording of a purpose."""
    version = max(version for known, version, _language in REGISTRY if known == purpose)
    return REGISTRY[purpose, version, language]


def shown(purpose: str, version: int, language: str) -> Wording:
    """Return the wording a consent was given to."""
    return REGISTRY[purpose, version, language]


def offered(language: str, company: str) -> list[Wording]:
    """Return the consents to be put before a person, one by one, in this order."""
    return [current(purpose, language).naming(company) for purpose in Consent.Purpose.values]


def ticked(purposes: collections.abc.Iterable[str], language: str) -> list[Ticked]:
    """Return what a sign-up remembers of the consents ticked on a page in this language."""
    wanted = set(purposes)
    return [
        Ticked(purpose=purpose, version=current(purpose, language).version, language=language)
        for purpose in Consent.Purpose.values
        if purpose in wanted
    ]
