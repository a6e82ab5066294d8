"""A personal link works as a static one does, and tells its employer nothing."""

from __future__ import annotations

import re
import typing

import pytest
from django.db import connection, transaction

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.hiring.links import operations, queries
from career_relay.domain.hiring.links.models import RelayLink, Visit
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests import database
from tests.flows import mailings, story
from tests.flows.mailings import DAY, Desk
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + 2 * DAY
CREDITS = ["credits_entry", "credits_holder", "credits_posting"]
QUEUE = ["procrastinate_events", "procrastinate_jobs"]
ANY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ANY_KEY = re.compile(r"\\+x[0-9a-f]{64}")
SERIAL = re.compile(r'"(id|sequence|transaction|job_id)": \d+|"(recorded_at|at)": "[^"]*"')


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


def personal(at: Desk, address: str = "hana@people.example") -> story.Link:
    """Have somebody told by a mail with a personal link; return the link."""
    application = mailings.apply(at, "髙﨑 花子", address)
    mailing = mailings.queued(at, [application.pk])
    mailings.send_all(at, mailing, LATER)
    with acting_as(organization=at.tenant.id):
        link = RelayLink.objects.get(mode="personal", notice__applicant=application.applicant)
    return story.Link(at.tenant.id, link.pk)


def token_of(at: Desk, link: story.Link) -> str:
    with acting_as(organization=at.tenant.id):
        return queries.url(RelayLink.objects.get(pk=link.link_id)).split("/")[-2]


def test_personal_link_opens_until_it_expires(at: Desk) -> None:
    link = personal(at)
    token = token_of(at, link)
    opened = {
        days: found.ended
        for days in (0, 178, 182)
        if (found := queries.opened(token, LATER + days * DAY)) and found.link_id == link.link_id
    }
    assert opened == {0: "", 178: "", 182: "expired"}


def test_registration_by_a_personal_link_counts_once_with_the_static_one(at: Desk) -> None:
    static = story.create_link(at.tenant)
    results = [
        story.register(link, "hana@elsewhere.example", now=LATER + n * DAY)
        for n, link in enumerate((personal(at), static))
    ]
    assert [(one.state, one.reason) for one in results] == [("counted", ""), ("not_counted", "same_person")]


def test_second_person_by_one_personal_link_waits_for_review(at: Desk) -> None:
    """The link was sent to one person; whom they passed it on to is welcome, and does not count by itself."""
    own, other = personal(at), personal(at, "sora@people.example")
    came = [(own, "hana@people.example"), (own, "friend@people.example"), (other, "sora@people.example")]
    results = [story.register(link, email, now=LATER + n * DAY) for n, (link, email) in enumerate(came)]
    assert [(one.state, one.reason) for one in results] == [("counted", ""), ("review", "shared_link"), ("counted", "")]


def test_revoke_personal_ends_the_links_of_the_notices_named(at: Desk) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 2))
    with acting_as(organization=at.tenant.id):
        one, other = RelayLink.objects.filter(mode="personal").order_by("pk")
        assert one.notice_id
        count = operations.revoke_personal(
            organization_id=at.tenant.id, notice_ids=[one.notice_id], reason="取り消し", now=LATER
        )
        again = operations.revoke_personal(
            organization_id=at.tenant.id, notice_ids=[one.notice_id], reason="取り消し", now=LATER + DAY
        )
        ended = [queries.live_at(at.tenant.id, link.pk, LATER + DAY) is None for link in (one, other)]
    assert (count, again, ended, mailing.state) == (1, 0, [True, False], "waiting")


def test_pages_and_figures_of_the_employer_know_static_links_alone(at: Desk) -> None:
    static, own = story.create_link(at.tenant), personal(at)
    story.register(own, "hana@elsewhere.example", now=LATER)
    with acting_as(organization=at.tenant.id):
        shown = [line.link_id for line in queries.of_organization(at.tenant.id, LATER)]
        assert (shown, list(referrals.per_link(at.tenant.id))) == ([static.link_id], [static.link_id])
        with pytest.raises(operations.UnableToRevokeLink):
            operations.revoke(
                organization_id=at.tenant.id,
                link_id=own.link_id,
                reason="x",
                actor=actors.user(at.tenant.owner.pk),
                now=LATER,
            )


def test_visit_of_a_personal_link_is_not_counted(at: Desk) -> None:
    link = personal(at)
    operations.record_visit(organization_id=at.tenant.id, link_id=link.link_id, door="support", now=LATER)
    with acting_as(organization=at.tenant.id):
        assert Visit.objects.count() == 0


def test_figures_of_static_links_do_not_give_away_a_personal_one(at: Desk) -> None:
    """With one personal link about, a static figure that was shown beside the known total would name its receiver."""
    static = story.create_link(at.tenant)
    for number in range(6):
        story.register(static, f"person-{number}@elsewhere.example", now=LATER)
    with acting_as(organization=at.tenant.id):
        alone = referrals.per_link(at.tenant.id)
    own = personal(at)
    with acting_as(organization=at.tenant.id):
        before = referrals.per_link(at.tenant.id)
    story.register(own, "hana@elsewhere.example", now=LATER)
    with acting_as(organization=at.tenant.id):
        after = referrals.per_link(at.tenant.id)
    assert [figures[static.link_id] for figures in (alone, before, after)] == [6, None, None]


def test_employer_sees_the_same_whichever_link_somebody_came_by(at: Desk) -> None:
    """Every row of every table of the catalogue that the employer's principal reaches, but for ids and numbers drawn."""
    links = {"static": story.create_link(at.tenant), "personal": personal(at)}
    before, seen = seen_by(at), {}
    for mode, link in links.items():
        with transaction.atomic():
            story.register(link, "hana@elsewhere.example", now=LATER)
            seen[mode] = {table: news(before[table], rows) for table, rows in seen_by(at).items()}
            transaction.set_rollback(True)
    changed = {table for table, rows in seen["static"].items() if rows}
    assert changed == {*CREDITS, *QUEUE, "facts_fact", "referrals_referral"}
    assert seen["personal"] == seen["static"]


def seen_by(at: Desk) -> dict[str, set[str]]:
    """Return every row the employer reaches, by table, and the figures of its links."""
    found = {}
    with acting_as(organization=at.tenant.id, user=at.tenant.owner.pk), connection.cursor() as cursor:
        for table in list(database.each_table(connection)):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            found[table] = {row for (row,) in cursor.fetchall()}
        found["gate.registrations_by_link"] = {str(item) for item in referrals.per_link(at.tenant.id).items()}
    return found


def news(before: set[str], after: set[str]) -> list[str]:
    """Return the rows that are new or changed without what is drawn anew each time: ids, keys of the person, serials."""
    return sorted(SERIAL.sub("", ANY_KEY.sub("key", ANY_ID.sub("id", row))) for row in after - before)


def test_basis_taken_back_stops_what_waits_with_a_link_and_nothing_else(at: Desk) -> None:
    linked = mailings.queued(at, mailings.crowd(at, 2))
    plain = mailings.queued(at, [mailings.apply(at).pk], has_link=False)
    story.record_basis(at.tenant, "none", LATER)
    states = [mailings.reread(at, mailing).state for mailing in (linked, plain)]
    assert (states, len(mailings.send_all(at, linked, LATER)), len(mailings.send_all(at, plain, LATER))) == (
        ["stopped", "waiting"], 0, 1,
    )  # fmt: skip
