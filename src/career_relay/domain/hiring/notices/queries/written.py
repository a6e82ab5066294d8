"""Whether a mail that is written still reads as it would be written now."""

from __future__ import annotations

import collections
import dataclasses
import typing

from career_relay.capabilities.messaging import composing
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.notices import letters, merge, rules
from career_relay.domain.hiring.notices.models import Mailing, Notice
from career_relay.domain.hiring.notices.queries.receivers import receivers, style_of
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.hiring.notices.queries.receivers import Receiver


def changed(notice_ids: collections.abc.Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of the notices whose mail goes elsewhere, or says something else, than one written now.

    By the words of the template with the person's values in them; how a mail looks around them is no matter, nor that
    the employer has another name by now.
    """
    written = {
        one.pk: one for one in Notice.objects.only("mailing_id", "message_id", "has_link").filter(pk__in=notice_ids)
    }
    mails = Message.objects.only("to_address", "sender_name", "subject", "text").in_bulk(
        [one.message_id for one in written.values()]
    )
    mailings = Mailing.objects.select_related("organization", "template_version__template")
    styles = {one.pk: style_of(one) for one in mailings.filter(pk__in={one.mailing_id for one in written.values()})}
    return [
        person.notice_id
        for person in receivers(list(written))
        if (notice := written[person.notice_id]).message_id is not None
        and not _is_same(mails[notice.message_id], person, styles[notice.mailing_id], has_link=notice.has_link)
    ]


def _is_same(mail: Message, person: Receiver, style: letters.Style, *, has_link: bool) -> bool:
    if japanese.normalise_email(mail.to_address) != japanese.normalise_email(person.email):
        return False
    values = person.values(dataclasses.replace(style, company=mail.sender_name))
    subject = _flat(merge.merge(style.texts.subject, values))[: composing.SUBJECT_LENGTH]
    text = _flat(mail.text)
    blocks = [block for block in rules.BLOCKS if block not in ("subject", "farewell" if has_link else "invitation")]
    return mail.subject == subject and all(
        _flat(merge.merge(getattr(style.texts, block), values)) in text for block in blocks
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
