"""A notice as it is sent: the same words, made by the same steps, for the preview and for the mail server."""

from __future__ import annotations

import dataclasses
import re
import typing

from career_relay.capabilities.messaging import composing, unsubscribing
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.hiring.notices import merge, rules

if typing.TYPE_CHECKING:
    from career_relay.capabilities.messaging.placeholders import Recipe

TEMPLATE: typing.Final = "mail/notice"
KIND: typing.Final = "notice"
LINK: typing.Final = "relay_url"
UNSUBSCRIBE: typing.Final = "unsubscribe_url"
LONGEST_SENDER: typing.Final = 120
BEFORE_THE_CHANCE: typing.Final = ("thanks", "result", "encouragement")
_PARAGRAPHS: typing.Final = re.compile(r"\n\s*\n")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What all mails of a mailing share."""

    texts: rules.Texts
    language: str
    company: str
    reply_to: str


def written(style: Style, values: merge.Values, *, has_link: bool) -> composing.Rendered:
    """Return the mail with these values, a mark standing where the link will be. Every value is there."""
    texts = {block: merge.merge(getattr(style.texts, block), values) for block in rules.BLOCKS}
    order = (*BEFORE_THE_CHANCE, "invitation" if has_link else "farewell")
    body = "\n\n".join(texts[block] for block in order if texts[block])
    context = {
        "subject": texts["subject"],
        "body": body,
        "body_paragraphs": _PARAGRAPHS.split(body),
        "texts": texts,
        "sender_paragraphs": _PARAGRAPHS.split(texts["sender"]),
        "sender": style.company,
        "has_link": has_link,
    }
    secrets = (LINK, UNSUBSCRIBE) if has_link else ()
    return composing.render(TEMPLATE, language=style.language, context=context, secrets=secrets)


def letter(style: Style, values: merge.Values, *, to: str, recipe: Recipe | None) -> messaging.Letter:
    """Return the mail for the batch. Only one with a link is of the list that its receiver may stop."""
    rendered = written(style, values, has_link=recipe is not None)
    return messaging.Letter(
        to=to,
        **dataclasses.asdict(rendered),
        kind=KIND,
        language=style.language,
        sender_name=style.company[:LONGEST_SENDER],
        reply_to=style.reply_to,
        secrets={LINK: recipe} if recipe else {},
        suppression_list=unsubscribing.RELAY_MAILS if recipe else "",
    )


def missing(style: Style, values: merge.Values, *, has_link: bool) -> list[str]:
    """Return the names of the fields that this mail asks for and that have no value."""
    wanted = rules.fields_used(style.texts, has_link=has_link)
    return [field.name for field in wanted if not values.get(field.name)]


def samples(style: Style) -> dict[str, str]:
    """Return made-up values for looking at a template before anybody is chosen."""
    made = {field.name: field.english_sample if style.language == "en" else field.sample for field in merge.FIELDS}
    return made | {"会社名": style.company} | ({"返信先": style.reply_to} if style.reply_to else {})
