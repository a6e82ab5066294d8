"""Whatever opens the addresses in a mail (a scanner, a preview, a browser that runs scripts) changes nothing at all."""

from __future__ import annotations

import datetime as dt
import time
import typing
import uuid

import psycopg
import pytest
from django.test import override_settings
from psycopg import sql

from career_relay.domain.ground.accounts import operations as accounts
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices import rules as notice_rules
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests import database, world
from tests.browser import mails
from tests.browser.conftest import Inside, Live
from tests.flows import mailings, story

if typing.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
COMPANY = "株式会社リンク検査"
PAGES = [
    "", "account", "employer", "invitations", "me", "r", "unsubscribe/digest", "unsubscribe/relay", "unsubscribe/slots",
]  # fmt: skip
# What the worker writes while nobody asks for anything: its heartbeat, and the jobs that come by the clock.
WORKERS_OWN = {"procrastinate_workers", "procrastinate_periodic_defers", "procrastinate_events"}
BY_THE_CLOCK = sql.SQL("WHERE NOT args ? 'timestamp'")
WAITING = "SELECT count(*) FROM messaging_message WHERE state IN ('queued', 'sending') AND due_at <= now()"
SETTLED_SECONDS = 60


def test_opening_any_address_of_a_mail_changes_no_row(live: Live, context: BrowserContext, inside: Inside) -> None:
    receivers = inside(lambda: write_to_everybody(live.url))
    live.wait_for_mail(receivers[0])
    with psycopg.connect(live.database["superuser"], autocommit=True) as connection:
        settle(connection)
        found = {
            address for receiver in receivers for mail in live.mails_to(receiver) for address in mails.addresses(mail)
        }
        assert sorted({page_of(address) for address in found}) == PAGES
        context.new_page().goto("/privacy/")
        before = everything(connection)
        statuses = {**asked_for(context, found), **opened(context, found)}
        assert everything(connection) == before
    assert {wrong: status for wrong, status in statuses.items() if status != 200} == {}


def write_to_everybody(site: str) -> list[str]:
    """Have each kind of mail with an address in it written; return who gets them, the receiver of a notice first."""
    handle, now = uuid.uuid4().hex, clock.now()
    tenant, applicant, invited = (
        world.make_tenant("employer", COMPANY, handle),
        f"{handle}@a.example",
        f"{handle}@i.example",
    )
    at, owner = mailings.desk(tenant), tenant.owner
    with override_settings(SITE_URL=site):
        mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at, "髙﨑 花", applicant).pk], now))
        mailings.confirm(at, mailing, now=now)
        mailings.apply(at, "山田 空", f"{handle}@b.example")
        with acting_as(organization=tenant.id):
            notices.send_digest(organization_id=tenant.id, now=last_morning(now))
            organizations.invite(
                organization_id=tenant.id, email=invited, role="analyst", language="ja",
                actor=actors.user(owner.pk), now=now,
            )  # fmt: skip
        with acting_as(user=owner.pk):
            accounts.warn_of_sign_up(user_id=owner.pk, address=owner.email, language="ja", now=now)
        link = story.create_link(tenant, now)
        people = [f"{handle}-{number}@p.example" for number in range(10)]
        for person in people:
            story.register(link, person, now=now)
    return [applicant, owner.email, invited, people[0]]


def last_morning(now: dt.datetime) -> dt.datetime:
    """Return a moment not long ago at which members are told who still waits."""
    nine = now.astimezone(clock.TOKYO).replace(hour=9, minute=30)
    days = (nine - dt.timedelta(days=ago) for ago in range(1, 30))
    return next(day for day in days if notice_rules.is_digest_time(day))


def page_of(address: str) -> str:
    """Return which page an address is of: its first part, and of the pages to unsubscribe the list."""
    first, second = f"{address}//".split("/")[3:5]
    return f"{first}/{second.partition('.')[0]}" if first == "unsubscribe" else first


def asked_for(context: BrowserContext, addresses: set[str]) -> dict[tuple[str, str], int]:
    """Ask for each address as programs do, with and without the content, and as scripts do; return the statuses."""
    [page] = context.pages
    ask = "address => fetch(address, {method: 'HEAD'}).then(answer => answer.status)"
    found = {}
    for address in addresses:
        for method in ("HEAD", "GET"):
            found[f"client's {method}", address] = context.request.fetch(address, method=method).status
        found["browser's HEAD", address] = int(page.evaluate(ask, address))
    return found


def opened(context: BrowserContext, addresses: set[str]) -> dict[tuple[str, str], int]:
    """Open each address in a tab that runs scripts, and wait for what they all do; return the statuses."""
    found = {}
    tabs = [context.new_page() for _ in addresses]
    for tab, address in zip(tabs, addresses, strict=True):
        response = tab.goto(address)
        found["browser's GET", address] = response.status if response else 0
    for tab in tabs:
        tab.wait_for_load_state("networkidle")
        tab.close()
    return found


def settle(connection: psycopg.Connection[typing.Any]) -> None:
    """Wait until the worker has sent what other tests left waiting."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while connection.execute(WAITING).fetchone() != (0,):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def everything(connection: psycopg.Connection[typing.Any]) -> dict[str, typing.Any]:
    """Return the number of rows of each table, and a digest of their contents."""
    found = {}
    for table in sorted(set(database.each_table(connection)) - WORKERS_OWN):
        rows = sql.SQL("SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t {}").format(
            sql.Identifier(table), BY_THE_CLOCK if table == "procrastinate_jobs" else sql.SQL("")
        )
        found[table] = connection.execute(rows).fetchone()
    return found
