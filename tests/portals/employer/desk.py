"""What the tests of this portal share: sitting down as a member, people who came through links, pages as read."""

from __future__ import annotations

import datetime as dt
import re
import typing

from django.test import Client

from career_relay.kernel import clock
from tests.flows import story

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.accounts.models import User
    from tests.portals.pages import Answer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AN_HOUR = dt.timedelta(hours=1)


def tenth(*, months_ago: int) -> dt.datetime:
    """Return ten in the morning of the tenth of a month gone by: pages read the real clock, and this is always before."""
    this_month = clock.start_of_day_in_japan(clock.day_in_japan(clock.now()).replace(day=10))
    return clock.months_later(this_month, -months_ago) + dt.timedelta(hours=10)


DAY = tenth(months_ago=1)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def people_come(link: story.Link, count: int, *, first: int = 0, now: dt.datetime = DAY) -> None:
    """Register `count` different people through the link, an hour apart."""
    for number in range(first, first + count):
        story.register(link, f"person{number}@people.example", now=now + number * AN_HOUR)


def text(response: Answer) -> str:
    """Return a page as it is read: no tags, spaces made one."""
    page = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
