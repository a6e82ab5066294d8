"""What stands in a notice leads somewhere, and nothing is written by opening it, whoever opens it."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import typing

import pytest
from django.conf import settings
from django.test import Client

from career_relay.capabilities.messaging import composing
from career_relay.domain.hiring.links.models import RelayLink, Visit
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.portals.candidate.test_reading import written

if typing.TYPE_CHECKING:
    import email.message

    from tests.portals.candidate.browser import Phone
    from tests.world import World

URL = re.compile(r"https?://[^\s\"'<>]+")


def notice(world: World, *, has_link: bool = True) -> email.message.EmailMessage:
    """Return the mail as it leaves for the mail server."""
    at = mailings.desk(world.alpha)
    mailing = mailings.queued(at, [mailings.apply(at).pk], has_link=has_link, now=clock.now())
    [message] = mailings.messages(at, mailing)
    return email.message_from_bytes(composing.content(message), policy=email.policy.default)


def urls(mail: email.message.EmailMessage) -> set[str]:
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return set(URL.findall("\n".join([*bodies, str(mail["List-Unsubscribe"] or "")])))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_every_url_of_a_notice_writes_no_row(world: World, method: str) -> None:
    found = urls(notice(world))
    assert sorted(url.removeprefix(settings.SITE_URL).split("/")[1] for url in found) == ["r", "unsubscribe"]
    client, before = Client(), written()
    for url in found:
        answer = getattr(client, method)(url.removeprefix(settings.SITE_URL), follow=True)
        assert answer.status_code == 200
    assert written() == before


def test_notice_without_link_has_no_url_at_all(world: World) -> None:
    mail = notice(world, has_link=False)
    assert (urls(mail), mail["List-Unsubscribe"], mail["Reply-To"]) == (set(), None, mailings.REPLY_TO)


def test_person_registers_by_the_link_of_their_notice_and_no_visit_is_kept(world: World, phone: Phone) -> None:
    [url] = [url for url in urls(notice(world)) if "/r/" in url]
    phone.register(url.removeprefix(settings.SITE_URL))
    with acting_as(organization=world.alpha.id):
        link = RelayLink.objects.get(mode="personal")
        assert (Visit.objects.count(), link.revoked_at) == (0, None)
        assert link.expires_at
        assert link.expires_at > clock.now() + dt.timedelta(days=179)
