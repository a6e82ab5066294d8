"""Ready texts for an employer's rejection mail: three kinds of hiring by three stages, with the link line or without.

The order is always thanks, result, encouragement, next chance, sender. The link comes after the result and never into
the subject. What we do not know stays a placeholder in brackets for the employer's own system or hand.
"""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices.phrases import en, ja

PHRASES: typing.Final = {"ja": ja.PHRASES, "en": en.PHRASES}
RULE = "-" * 32


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadyText:
    """One mail, ready to paste."""

    employment_type: str
    stage: str
    language: str
    subject: str
    body: str

    @property
    def employment_type_name(self) -> str:
        return str(RelayLink.EmploymentType(self.employment_type).label)

    @property
    def stage_name(self) -> str:
        return str(RelayLink.Stage(self.stage).label)


def ready(*, employment_type: str, stage: str, language: str, company: str = "", link_url: str = "") -> ReadyText:
    """Return the text for one kind of hiring and one stage; without `link_url` it is the variant that has no link line."""
    phrases = PHRASES[language]
    known = {"company": company} if company else {}
    values = {**phrases.placeholders, **known, "url": link_url}
    text = phrases.texts[employment_type, stage]
    if link_url:
        chance = [f"{phrases.next_with_link[employment_type]}\n{{url}}", phrases.link_terms]
        sender = f"{phrases.sender}\n\n{phrases.opt_out}"
    else:
        chance, sender = [phrases.next_without_link[employment_type]], phrases.sender
    parts = [
        phrases.salutation,
        text.thanks,
        text.result,
        text.encouragement,
        *chance,
        phrases.closing,
        f"{RULE}\n{sender}",
    ]
    return ReadyText(
        employment_type=employment_type,
        stage=stage,
        language=language,
        subject=phrases.subject.format(**values),
        body="\n\n".join(part.format(**values) for part in parts) + "\n",
    )


def one_line(*, link_url: str, language: str) -> str:
    """Return the single line for employers who keep their own text."""
    return PHRASES[language].one_line.format(url=link_url)
