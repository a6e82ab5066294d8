"""A mail as it arrived: what it says, and every address in it."""

from __future__ import annotations

import html
import re
import typing

if typing.TYPE_CHECKING:
    from email.message import EmailMessage

ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def part(mail: EmailMessage, kind: str) -> str:
    """Return the text or the HTML of a mail."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def addresses(mail: EmailMessage) -> list[str]:
    """Return every address in text, HTML and headers, each once."""
    headers = " ".join(str(value) for value in mail.values())
    texts = [part(mail, "plain"), html.unescape(part(mail, "html")), headers]
    return sorted({address.rstrip(".,)") for text in texts for address in ADDRESS.findall(text)})


def link(mail: EmailMessage, site: str) -> str:
    """Return the personal link, which text and HTML must share."""
    pattern = re.compile(re.escape(site) + r"/r/[\w-]{43}/")
    [found] = {*pattern.findall(part(mail, "plain")), *pattern.findall(part(mail, "html"))}
    return str(found)


def check_notice(mail: EmailMessage, site: str, *, company: str, name: str, posting: str) -> None:
    """Check what a notice with a link must have: names, the link, and both ways to unsubscribe."""
    unsubscribe = re.compile(re.escape(site) + r"/unsubscribe/[\w.~-]+/")
    for kind in ("plain", "html"):
        said = html.unescape(part(mail, kind))
        assert {word: word in said for word in (name, company, posting)} == {name: True, company: True, posting: True}
        assert len(set(unsubscribe.findall(said))) == 1
        assert link(mail, site) in said
    assert re.fullmatch(rf"<{unsubscribe.pattern}>", str(mail["List-Unsubscribe"]).strip())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Reply-To"], company in str(mail["From"])) == ("saiyo@takasaki.example", True)
