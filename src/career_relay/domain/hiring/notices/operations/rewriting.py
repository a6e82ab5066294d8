"""A mail with a link for somebody who stopped such mails meanwhile: the decision itself always goes out."""

from __future__ import annotations

import typing

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import queries as mails
from career_relay.domain.hiring.notices import letters
from career_relay.domain.hiring.notices.models import Notice
from career_relay.domain.hiring.notices.operations.ending import Ended
from career_relay.domain.hiring.notices.queries.receivers import receivers, style_of

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def write_without_link(*, message_id: uuid.UUID, now: dt.datetime) -> Ended | None:
    """Have a mail that its receiver's wish held up say the decision alone, and wait to be sent again.

    None if there is nothing to write: the mail is no notice, the address does not exist, or a value is missing.
    """
    found = Notice.objects.select_related("message", "mailing__organization", "mailing__template_version__template")
    notice = found.filter(message_id=message_id, has_link=True).first()
    if notice is None or notice.message is None:
        return None
    address = notice.message.to_address
    if mails.suppressed(mails.HARD_BOUNCES, {address}):
        return None
    style = style_of(notice.mailing)
    [person] = receivers([notice.pk])
    values = person.values(style)
    if letters.missing(style, values, has_link=False):
        return None
    messaging.rewrite(message_id=message_id, letter=letters.letter(style, values, to=address, recipe=None), now=now)
    Notice.objects.filter(pk=notice.pk).update(has_link=False)
    return Ended((notice.pk,))
