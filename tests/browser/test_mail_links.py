"""Whatever opens the addresses in a mail (a scanner, a preview, a browser that runs scripts) changes nothing at all."""

from __future__ import annotations

import time
import typing
import uuid

import psycopg
import pytest
from psycopg import sql

from career_relay.kernel import clock
from tests import database, world
from tests.browser import mails
from tests.browser.conftest import Inside, Live
from tests.flows import mailings

if typing.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser 2"), pytest.mark.timeout(240)]
COMPANY = "株式会社リンク検査"
# What the worker writes while nobody asks for anything: its heartbeat, and the jobs that come by the clock.
WORKERS_OWN = {"procrastinate_workers", "procrastinate_periodic_defers", "procrastinate_events"}
BY_THE_CLOCK = sql.SQL("WHERE NOT args ? 'timestamp'")
WAITING = "SELECT count(*) FROM messaging_message WHERE state IN ('queued', 'sending') AND due_at <= now()"
SETTLED_SECONDS = 60


def test_opening_any_address_of_a_mail_changes_no_row(live: Live, context: BrowserContext, inside: Inside) -> None:
    receiver = f"{uuid.uuid4().hex}@people.example"
    inside(lambda: tell(receiver))
    mail = live.wait_for_mail(receiver)
    found = mails.addresses(mail)
    assert {address.split("/")[3] for address in found} == {"r", "unsubscribe"}
    assert mails.link(mail, live.url) in found
    with psycopg.connect(live.database["superuser"], autocommit=True) as connection:
        settle(connection)
        before = everything(connection)
        statuses = {
            (who, method, address.split("/")[3]): open_it(context, who, method, address)
            for address in found
            for method in ("HEAD", "GET")
            for who in ("browser", "client")
        }
        assert everything(connection) == before
    assert set(statuses.values()) == {200}
    assert len(statuses) == 8


def tell(receiver: str) -> None:
    """Have an employer tell somebody with a link."""
    now = clock.now()
    at = mailings.desk(world.make_tenant("employer", COMPANY, uuid.uuid4().hex))
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at, "髙﨑 花", receiver).pk], now))
    mailings.confirm(at, mailing, now=now)


def open_it(context: BrowserContext, who: str, method: str, address: str) -> int:
    """Open an address as a browser that runs scripts and waits for what they do, or as a program; return the status."""
    if who == "client":
        return context.request.fetch(address, method=method).status
    page = context.new_page()
    if method == "GET":
        response = page.goto(address, wait_until="networkidle")
        status = response.status if response else 0
    else:
        page.goto("/privacy/")
        status = page.evaluate("address => fetch(address, {method: 'HEAD'}).then(answer => answer.status)", address)
    page.close()
    return int(status)


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
