"""The demo's mail: every message that really went out, as the local mail receiver keeps it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.policy
import email.utils
import mailbox
import re
import typing

from django.conf import settings

if typing.TYPE_CHECKING:
    from email.message import EmailMessage

MOST_SHOWN = 200
_MOMENT = re.compile(r"(\d+)\.M(\d+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it arrived."""

    key: str
    subject: str
    sender: str
    recipient: str
    at: dt.datetime | None
    text: str
    html: str
    headers: str


def letters() -> list[Letter]:
    """Return the latest mails, newest first."""
    box = _box()
    if box is None:
        return []
    newest = sorted(box.keys(), key=_received, reverse=True)[:MOST_SHOWN]
    return sorted((_letter(key, box[key]) for key in newest), key=_arrival, reverse=True)


def letter(key: str) -> Letter | None:
    """Return one mail by its key."""
    box = _box()
    message = box.get(key) if box is not None else None
    return _letter(key, message) if message is not None else None


def _box() -> mailbox.Maildir | None:
    try:
        return mailbox.Maildir(settings.MAILDIR, create=False)
    except mailbox.NoSuchMailboxError:
        return None


def _letter(key: str, raw: mailbox.MaildirMessage) -> Letter:
    message: EmailMessage = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
    return Letter(
        key=key,
        subject=message["Subject"] or "",
        sender=message["From"] or "",
        recipient=message["To"] or "",
        at=email.utils.parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
        headers="".join(f"{name}: {value}\n" for name, value in raw.items()),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _received(key: str) -> tuple[int, int]:
    """Return the second and its millionth in which a mail was put into the box, with which its key begins."""
    found = _MOMENT.match(key)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _arrival(found: Letter) -> tuple[bool, dt.datetime | str, str]:
    return (found.at is not None, found.at or "", found.key)
