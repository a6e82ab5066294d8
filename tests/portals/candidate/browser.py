"""A person with a phone: Django's client, told in the words of the pages, with codes taken from the mails."""

from __future__ import annotations

import copy
import typing
import uuid

from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from career_relay.capabilities.messaging import placeholders
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.links import operations
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies
from tests.flows import story

if typing.TYPE_CHECKING:
    from http.cookies import SimpleCookie

    from tests.portals.pages import Answer
    from tests.world import Tenant

AOI: typing.Final = {
    "name": "髙﨑 葵",
    "email": "aoi@people.example",
    "phone": "090-1234-5678",
    "prefecture": "13",
    "occupation": "経理",
    "source_type": "rejected",
}
INTRODUCTION: typing.Final = {"agency_introduction": "on"}
BOTH: typing.Final = {**INTRODUCTION, "employer_recontact": "on"}


def link_of(tenant: Tenant) -> str:
    """Have an employer open a link, and return the path that stands in its mail."""
    opened = story.open_link(tenant, clock.now())
    with acting_as(organization=tenant.id):
        return links.url(RelayLink.objects.get(pk=opened.link_id)).removeprefix(settings.SITE_URL)


def revoke_link_of(tenant: Tenant) -> None:
    """Have an employer stop its link."""
    user = tenant.owner.pk
    with acting_as(organization=tenant.id, user=user):
        operations.revoke(
            organization_id=tenant.id,
            link_id=RelayLink.objects.get().pk,
            reason="終了",
            actor=actors.user(user),
            now=clock.now(),
        )


def newest_mail(principal: uuid.UUID) -> Message:
    """Return the newest mail of a sign-up or a person."""
    with acting_as(candidate=principal):
        return Message.objects.latest("created_at", "id")


def code_in_mail(principal: uuid.UUID) -> str:
    """Return the code in the newest mail of a sign-up or a person."""
    return placeholders.values(newest_mail(principal))["code"]


def wrong(code: str) -> str:
    """Return six digits that are not this code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


class Phone:
    """One browser. Every step returns the answer, so that a test can look at it."""

    def __init__(self, **options: typing.Any) -> None:
        self.client = Client(**options)

    def get(self, name: str, *args: object, query: str = "") -> Answer:
        return self.client.get(reverse(f"candidate:{name}", args=args) + query)

    def read(self, name: str, *args: object, query: str = "") -> str:
        answer = self.get(name, *args, query=query)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def post(self, name: str, data: dict[str, str] | None = None, *args: object, query: str = "") -> Answer:
        return self.client.post(reverse(f"candidate:{name}", args=args) + query, data or {})

    def open(self, path: str, door: str = "support") -> Answer:
        self.client.get(path)
        return self.post("welcome", {"door": door})

    def type_in(self, **typed: str) -> Answer:
        return self.post("details", {**AOI, **typed})

    def come_to_check(self, path: str, ticked: dict[str, str] = INTRODUCTION, **typed: str) -> Answer:
        self.open(path)
        self.type_in(**typed)
        return self.post("consents", ticked)

    def ask_for_code(self, path: str, ticked: dict[str, str] = INTRODUCTION, **typed: str) -> Answer:
        self.come_to_check(path, ticked, **typed)
        return self.post("check")

    def register(self, path: str, ticked: dict[str, str] = INTRODUCTION, **typed: str) -> uuid.UUID:
        self.ask_for_code(path, ticked, **typed)
        answer = self.post("code", {"code": code_in_mail(self.sign_up_id)})
        assert answer.headers["Location"] == "/register/done/"
        return self.candidate_id

    def sign_in(self, email: str, candidate_id: uuid.UUID) -> Answer:
        self.post("sign_in", {"email": email})
        return self.post("sign_in_code", {"code": code_in_mail(candidate_id)})

    def cookie(self, cookie: cookies.Cookie) -> list[str] | None:
        """Return what the browser's cookie says, as the portal reads it."""
        request = HttpRequest()
        request.COOKIES = {name: morsel.value for name, morsel in self.client.cookies.items() if morsel.value}
        return cookie.read(request)

    def id_in(self, cookie: cookies.Cookie) -> uuid.UUID:
        """Return the id that a cookie begins with."""
        parts = self.cookie(cookie)
        assert parts is not None, cookie.name
        return uuid.UUID(parts[0])

    @property
    def sign_up_id(self) -> uuid.UUID:
        return self.id_in(cookies.SIGN_UP)

    @property
    def candidate_id(self) -> uuid.UUID:
        return self.id_in(cookies.SESSION)

    @property
    def jar(self) -> SimpleCookie:
        """A copy of all cookies, for another browser or for later."""
        return copy.deepcopy(self.client.cookies)
