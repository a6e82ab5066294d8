"""From templates to a stored message, and from a stored message to the bytes that are sent."""

from __future__ import annotations

import dataclasses
import email.charset
import email.header
import email.utils
import re
import typing

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template import Context, loader
from django.utils import translation
from django.utils.translation import gettext as _

from career_relay.capabilities.messaging import placeholders
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.core.mail.message import SafeMIMEMultipart

    from career_relay.capabilities.messaging import models

CONTENT_TRANSFER = email.charset.Charset("utf-8")
CONTENT_TRANSFER.body_encoding = email.charset.BASE64
SUBJECT_LENGTH = 200
UNSUBSCRIBE = "List-Unsubscribe"


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """A message in the receiver's language, with placeholders where secrets will be."""

    subject: str
    text: str
    html: str


@dataclasses.dataclass(frozen=True, slots=True)
class Envelope:
    """One claimed message, ready for the mail server. `content` holds the secrets: it is sent and never stored."""

    message_id: uuid.UUID
    attempt: int
    sender: str
    recipient: str
    content: bytes


def render(
    template: str,
    *,
    language: str,
    context: collections.abc.Mapping[str, object],
    secrets: collections.abc.Iterable[str],
) -> Rendered:
    """Render the three templates of a message; each secret is a variable of them by its name.

    Raises ValueError if a secret is left out of the text or the HTML: the mail would be worth nothing.
    """
    marks = {name: placeholders.placeholder(name) for name in secrets}
    values = {**context, **marks, "language": language, "site_url": settings.SITE_URL}
    with translation.override(language):
        subject = _template(f"{template}.subject.txt", values, autoescape=False)
        text = _template(f"{template}.txt", values, autoescape=False)
        html = _template(f"{template}.html", values, autoescape=True)
    if left_out := [name for name, mark in marks.items() if mark not in text or mark not in html]:
        raise ValueError(
            f"Mail {template!r} does not show {left_out}: write it into both the .txt and the .html template."
        )
    return Rendered(subject=" ".join(subject.split())[:SUBJECT_LENGTH], text=_tidy(text), html=html.strip())


def _template(name: str, values: dict[str, object], *, autoescape: bool) -> str:
    template = loader.get_template(name).template  # type: ignore[attr-defined]  # the engine's own, which knows autoescape
    return str(template.render(Context(values, autoescape=autoescape)))


def _tidy(text: str) -> str:
    """Close the gaps that tags leave between paragraphs, and end with one line break."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def sender(language: str, display_name: str = "") -> str:
    """Return name and address of the sender: this name, else the installation's, else the product's in the language.

    The address is always the installation's own, which receivers can check.
    """
    name, address = email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)
    if display_name:
        quoted = display_name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    if name:
        return str(settings.DEFAULT_FROM_EMAIL)
    with translation.override(language):
        return f"{_('キャリアリレー')} <{address}>"


def envelope(message: models.Message) -> Envelope:
    """Return the message as the mail server takes it."""
    return Envelope(
        message_id=message.pk,
        attempt=message.attempts,
        sender=sanitize_address(email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "utf-8"),
        recipient=sanitize_address(message.to_address, "utf-8"),
        content=content(message),
    )


def content(message: models.Message) -> bytes:
    """Return the bytes of a message with its secrets filled in: the same bytes however often it is asked.

    Bodies are base64, which no mail server on the way has a reason to change.
    """
    values = placeholders.values(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=placeholders.filled(message.text, values),
        from_email=sender(message.language, message.sender_name),
        to=[message.to_address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message, values),
    )
    mail.encoding = CONTENT_TRANSFER
    mail.attach_alternative(placeholders.filled(message.html, values), "text/html")
    parts = typing.cast("SafeMIMEMultipart", mail.message())
    parts.set_boundary(f"=_{message.pk.hex}")
    # Django folds as if the header's name took no room, which leaves the first line of a long subject empty.
    parts.replace_header("Subject", email.header.Header(message.subject, "utf-8", header_name="Subject").encode())
    if UNSUBSCRIBE in parts:  # an address has no place to fold at but before its beginning: it stays on one line
        parts.replace_header(UNSUBSCRIBE, typing.cast("str", email.header.Header(parts[UNSUBSCRIBE])))
    return parts.as_bytes(linesep="\r\n")


def _headers(message: models.Message, values: dict[str, str]) -> dict[str, str]:
    moment = (message.claimed_at or message.created_at).astimezone(clock.TOKYO)
    headers = {
        "Date": email.utils.format_datetime(moment),
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
    }
    if message.suppression_list:
        headers[UNSUBSCRIBE] = f"<{values[placeholders.UNSUBSCRIBE]}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
