"""Mails as they will be sent, before anybody confirms: rendered by the same steps, with the links masked."""

from __future__ import annotations

import dataclasses
import random
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.messaging import composing, placeholders
from career_relay.domain.hiring.notices import letters, merge, rules
from career_relay.domain.hiring.notices.models import Mailing, Notice
from career_relay.domain.hiring.notices.queries.fitting import misfits
from career_relay.domain.hiring.notices.queries.receivers import Receiver, receivers, style_of
from career_relay.kernel.japanese import variants

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

Which: typing.TypeAlias = typing.Literal["first", "random", "notable", "problems"]
MOST_PROBLEMS: typing.Final = 50
_BEYOND: typing.Final = 0xFFFF


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One mail. With a `problem` it is not sent, and there may be nothing to show."""

    notice_id: uuid.UUID | None
    applicant_id: uuid.UUID | None
    name: str
    to_address: str
    sender: str
    reply_to: str
    subject: str
    text: str
    html: str
    problem: str


def previews(mailing: Mailing, which: Which, seed: int = 0) -> list[Preview]:
    """Return mails of a written mailing: the first, one at random, those that may look wrong, or all with a problem."""
    if mailing.template_version is None:
        return []
    if which == "problems":
        lacking = mailing.notices.filter(left_out=Notice.LeftOut.MISSING_VALUE).order_by("pk")
        return _rendered(mailing, list(lacking.values_list("pk", flat=True)[:MOST_PROBLEMS]))
    names = _names(mailing)
    if which == "first":
        return _rendered(mailing, list(names)[:1])
    if which == "random":
        chosen = random.Random(seed).sample(list(names), min(1, len(names)))  # noqa: S311 -- a look, no secret
        return _rendered(mailing, chosen)
    unfit = misfits(mailing).order_by("pk").values_list("pk", flat=True)[:1]
    return _rendered(mailing, list(dict.fromkeys([*_notable(names), *unfit])))


def preview(mailing: Mailing, notice_id: uuid.UUID) -> Preview | None:
    """Return one person's mail of a written mailing, or None."""
    if mailing.template_version is None or not mailing.notices.filter(pk=notice_id).exists():
        return None
    return next(iter(_rendered(mailing, [notice_id])), None)


def sample(texts: rules.Texts, *, language: str, company: str, has_link: bool) -> Preview:
    """Return the mail that texts under construction would make, with made-up values."""
    style = letters.Style(texts=rules.tidied(texts), language=language, company=merge.harmless(company), reply_to="")
    faults = rules.faults(style.texts)
    if any(merge.unknown_in(getattr(style.texts, block)) for block in rules.BLOCKS):
        return _shown(style, None, None, " ".join(faults.values()))
    rendered = letters.written(style, letters.samples(style), has_link=has_link)
    return _shown(style, None, rendered, " ".join(faults.values()))


def _names(mailing: Mailing) -> dict[uuid.UUID, str]:
    sendable = mailing.notices.filter(left_out=Notice.LeftOut.NO).order_by("pk")
    return dict(sendable.values_list("pk", "applicant__name"))


def _notable(names: collections.abc.Mapping[uuid.UUID, str]) -> list[uuid.UUID]:
    """Pick what may look wrong: the longest and the shortest name, a variant character, one beyond the usual range."""
    if not names:
        return []
    by_length = sorted(names, key=lambda one: (len(names[one]), one))
    variant = next((one for one, name in names.items() if variants.EVERYDAY.keys() & set(name)), None)
    beyond = next((one for one, name in names.items() if any(ord(char) > _BEYOND for char in name)), None)
    chosen = [by_length[-1], by_length[0], variant, beyond]
    return list(dict.fromkeys(one for one in chosen if one))


def _rendered(mailing: Mailing, notice_ids: list[uuid.UUID]) -> list[Preview]:
    style = style_of(mailing)
    return [_preview(mailing, style, person) for person in receivers(notice_ids)]


def _preview(mailing: Mailing, style: letters.Style, person: Receiver) -> Preview:
    values = person.values(style)
    if gaps := letters.missing(style, values, has_link=mailing.has_link):
        problem = _("差し込む値がありません：%(fields)s") % {"fields": "、".join(gaps)}
        return _shown(style, person, None, problem)
    return _shown(style, person, letters.written(style, values, has_link=mailing.has_link), "")


def _shown(style: letters.Style, person: Receiver | None, rendered: composing.Rendered | None, problem: str) -> Preview:
    return Preview(
        notice_id=person.notice_id if person else None,
        applicant_id=person.applicant_id if person else None,
        name=person.name if person else "",
        to_address=person.email if person else "",
        sender=composing.sender(style.language, style.company[: letters.LONGEST_SENDER]),
        reply_to=style.reply_to,
        subject=rendered.subject if rendered else "",
        text=placeholders.masked(rendered.text) if rendered else "",
        html=placeholders.masked(rendered.html) if rendered else "",
        problem=problem,
    )
