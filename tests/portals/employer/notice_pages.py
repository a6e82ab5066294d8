"""A mailing as the pages see it: its addresses, its way to each step, and what stands on a page."""

from __future__ import annotations

import typing
import uuid

from django.urls import reverse

from career_relay.domain.hiring.notices import queries
from career_relay.domain.hiring.notices.models import Mailing, Notice
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.flows.mailings import Desk

NEW, LIST, TEMPLATES = (reverse(f"employer:{name}") for name in ("notice_new", "notices", "notice_templates"))


def page(name: str, *ids: object) -> str:
    return reverse(f"employer:{name}", args=ids)


def choose(client: Client, applications: list[uuid.UUID]) -> uuid.UUID:
    """Choose by hand on a list; return the mailing."""
    answer = client.post(NEW, {"application": [str(one) for one in applications]})
    assert answer.status_code == 302
    return uuid.UUID(answer.headers["Location"].split("/")[-3])


def template_id(at: Desk, name: str = "中途・書類選考") -> uuid.UUID:
    with acting_as(organization=at.tenant.id):
        [found] = [one.template.pk for one in queries.templates(at.tenant.id) if one.template.name == name]
    return found


def written(at: Desk, size: int = 3, *, has_link: bool = True) -> Mailing:
    """Return a draft whose words are chosen."""
    mailing = mailings.draft(at, mailings.crowd(at, size))
    return mailings.write(at, mailing, has_link=has_link)


def notice_ids(at: Desk, mailing: Mailing) -> list[uuid.UUID]:
    with acting_as(organization=at.tenant.id):
        return list(Notice.objects.filter(mailing=mailing).order_by("pk").values_list("pk", flat=True))


def stored(at: Desk) -> list[Mailing]:
    with acting_as(organization=at.tenant.id):
        return list(Mailing.objects.order_by("created_at", "pk"))
