"""The templates an employer begins with: three kinds of hiring by three stages, in Japanese and English."""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.notices.models import Template
from career_relay.domain.hiring.notices.phrases import en, ja
from career_relay.domain.hiring.notices.rules import Texts

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.notices.phrases.shape import Phrases

LANGUAGES: typing.Final[dict[str, Phrases]] = {"ja": ja.PHRASES, "en": en.PHRASES}
SENDERS: typing.Final = {
    "ja": "{{会社名}}　採用担当\nお問い合わせ：{{返信先}}",
    "en": "{{company}}, recruiting\nContact: {{reply_to}}",
}
_VALUES: typing.Final = {
    "ja": {"name": "{{氏名}}", "company": "{{会社名}}", "posting": "{{求人名}}"},
    "en": {"name": "{{name}}", "company": "{{company}}", "posting": "{{posting}}"},
}
_KINDS: typing.Final = {
    "ja": {"new_graduate": "新卒", "mid_career": "中途", "part_time": "アルバイト・パート"},
    "en": {"new_graduate": "Graduates", "mid_career": "Experienced", "part_time": "Part-time"},
}
_STAGES: typing.Final = {
    "ja": {"documents": "書類選考", "interview": "面接", "final": "最終面接"},
    "en": {"documents": "documents", "interview": "interview", "final": "final interview"},
}
_NAMES: typing.Final = {"ja": "{kind}・{stage}", "en": "{kind}, {stage}"}
PLACES: typing.Final = [
    (language, kind, stage)
    for language in LANGUAGES
    for kind in EmploymentType.values
    for stage in Template.Stage.values
]


def name(language: str, kind: str, stage: str) -> str:
    """Return what a starter is called, in its own language."""
    return _NAMES[language].format(kind=_KINDS[language][kind], stage=_STAGES[language][stage])


def texts(language: str, kind: str, stage: str) -> Texts:
    """Return the words of a starter, with merge fields where the ready texts leave a gap."""
    phrases = LANGUAGES[language]
    words = phrases.texts[kind, stage]
    blocks = {
        "subject": phrases.subject,
        "thanks": f"{phrases.salutation}\n\n{words.thanks}",
        "result": words.result,
        "encouragement": words.encouragement,
        "invitation": f"{phrases.next_with_link[kind]}\n\n{phrases.link_terms}",
        "farewell": f"{phrases.next_without_link[kind]}\n\n{phrases.closing}",
    }
    filled = {block: text.format(**_VALUES[language]) for block, text in blocks.items()}
    return Texts(**filled, sender=SENDERS[language])
