from __future__ import annotations

import collections
import datetime as dt
import typing

import pytest
from django.db import connection

from career_relay.capabilities.messaging.models import Message
from career_relay.config.demo import employers, network, partners, year
from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, PolicyVersion
from career_relay.domain.hiring.applications import queries as applications
from career_relay.domain.hiring.applications.models import Applicant, Application, StageEvent
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.notices.models import Mailing, Notice
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.introductions.models import Introduction
from career_relay.domain.people.placements.models import FeeEntry, Placement
from career_relay.domain.people.reports import queries as reports
from career_relay.domain.people.reports.rules import year as rules
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_roles
from tests import database, demo
from tests.examples import examples

if typing.TYPE_CHECKING:
    import collections.abc

pytestmark = pytest.mark.usefixtures("demo_network")
DAY = dt.timedelta(days=1)


def everywhere() -> collections.abc.Iterator[employers.Employer]:
    """Act as each employer in turn."""
    for employer in employers.EMPLOYERS:
        with acting_as(organization=demo.id_of(employer)):
            yield employer


def contents() -> dict[str, list[typing.Any]]:
    """Return what each employer has, without ids."""
    return {
        employer.name: [
            sorted(
                Application.objects.values_list(
                    "key", "applicant__name", "stage", "outcome", "decided_at", "told_at", "joined_on", "left_on"
                ),
                key=str,
            ),
            sorted(StageEvent.objects.values_list("application__key", "stage", "entered_on"), key=str),
            sorted(Notice.objects.values_list("applicant__name", "left_out", "message__state", "has_link"), key=str),
            sorted(Mailing.objects.values_list("state", "created_at", "due_at"), key=str),
            sorted(Referral.objects.values_list("state", "reason", "counted_at"), key=str),
            sorted(Batch.objects.values_list("sha256", "state", "created", "updated", "unchanged"), key=str),
        ]
        for employer in everywhere()
    }


def test_network_has_a_year_of_six_employers() -> None:
    counts = {employer.name: Application.objects.count() for employer in everywhere()}
    stages = sum(StageEvent.objects.values("application").distinct().count() for _employer in everywhere())
    firsts = [Application.objects.earliest("applied_at").applied_at for _employer in everywhere()]
    assert (len(counts), sum(counts.values()) >= 5000, stages >= 5000) == (6, True, True)
    assert [clock.now() - first > 355 * DAY for first in firsts] == [True] * 6


def test_network_has_agencies_schools_and_an_operator() -> None:
    kinds: collections.Counter[str] = collections.Counter()
    for partner in partners.PARTNERS:
        with acting_as(organization=demo.id_of(partner)):
            kinds[organizations.profile(demo.id_of(partner)).kind] += 1
            roles = sorted(member.role for member in organizations.members(demo.id_of(partner)))
            assert roles == sorted(seat.role for seat in partner.seats)
    assert kinds == {"agency": 4, "school": 2, "operator": 1}


def test_nobody_but_those_the_demo_names_can_sign_in() -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert able == {member.email for member in demo_roles.EVERYBODY}


def test_names_are_as_long_and_as_short_as_names_are() -> None:
    names = {name for _employer in everywhere() for name in Applicant.objects.values_list("name", flat=True)}
    assert (min(map(len, names)), max(map(len, names)) > 30) == (1, True)
    assert [any(character in name for name in names) for character in "髙﨑𠮷"] == [True] * 3


def test_every_way_a_notice_ends_is_there() -> None:
    states = {
        state
        for _employer in everywhere()
        for state in Notice.objects.exclude(message=None).values_list("message__state", flat=True)
    }
    mailings = {state for _employer in everywhere() for state in Mailing.objects.values_list("state", flat=True)}
    assert states == {"sent", "failed", "uncertain", "stopped"}
    assert mailings == {"finished", "stopped"}


def test_every_way_a_referral_ends_is_there() -> None:
    found = {
        row
        for _employer in everywhere()
        for row in Referral.objects.order_by().values_list("state", "reason").distinct()
    }
    assert {state for state, _reason in found} == {"counted", "review", "not_counted"}
    assert {reason for _state, reason in found} == {
        "",
        "same_person",
        "probably_same_person",
        "no_introduction_consent",
        "not_rejected",
        "own_domain",
    }


def test_people_wait_for_an_answer_some_of_them_too_long() -> None:
    """At the main employer every day, at most of the others: after a long weekend a small one may have only late ones."""
    waiting = [applications.untold_counts(demo.id_of(employer), clock.now()) for employer in everywhere()]
    some_too_long = [counts.waiting > counts.overdue > 0 for counts in waiting]
    assert (some_too_long[0], sum(some_too_long) > len(waiting) / 2) == (True, True), waiting


def test_employers_hold_slots_and_the_ledger_agrees_with_itself() -> None:
    slots = [
        ledger.standing(organization_id=demo.id_of(one), programme_id=DEFAULT_PROGRAMME_ID, now=clock.now()).slots_total
        for one in everywhere()
    ]
    assert (slots[0], sum(slots) > 2, ledger.differences()) == (2, True, [])


def test_main_employer_is_three_people_from_its_next_slot() -> None:
    main = demo.id_of(employers.MAIN)
    with acting_as(organization=main):
        standing = ledger.standing(organization_id=main, programme_id=DEFAULT_PROGRAMME_ID, now=clock.now())
        roles = {member.role for member in organizations.members(main)}
        managers = {line.manager_name for line in postings.of_organization(main)}
    assert (standing.missing, standing.slots_available + standing.slots_on_hold) == (3, 1)
    assert roles == {member.role for member in demo_roles.MEMBERS}
    assert managers == {"", "山﨑 大翔"}


def test_agencies_stand_where_agencies_stand() -> None:
    today = clock.day_in_japan(clock.now())
    standings = {}
    for partner in partners.PARTNERS:
        if partner.kind == "agency":
            with acting_as(organization=demo.id_of(partner)):
                standings[partner.domain] = agencies.standing(demo.id_of(partner), today)
    assert {domain: standing.state for domain, standing in standings.items()} == {
        "mirai-career.example.jp": "licensed",
        "shirakaba-jinzai.example.jp": "licensed",
        "global-bridge.example.jp": "licensed",
        "hinode-jinzai.example.jp": "waiting",
    }
    assert standings["shirakaba-jinzai.example.jp"].days_left == 25


def test_people_are_with_agencies_in_every_state_and_some_wait_too_long_for_a_word() -> None:
    now = clock.now()
    found: collections.Counter[tuple[str, bool]] = collections.Counter()
    for partner in partners.PARTNERS:
        with acting_as(organization=demo.id_of(partner)):
            theirs = Assignment.objects.filter(organization_id=demo.id_of(partner))
            overdue = theirs.filter(state="active", contacted_at=None, contact_by__lt=now, late_at__gt=now)
            found += collections.Counter((one.state, one in overdue) for one in theirs)
    assert {state for state, _is_overdue in found} == {"offered", "active", "declined", "ended"}
    assert (found["active", True] > 0, found["active", False] > 40) == (True, True)


def test_two_people_may_sign_in() -> None:
    assert [candidates.by_address(person.email) is not None for person in demo_roles.PEOPLE] == [True, True]


def test_nothing_of_the_past_is_sent_today() -> None:
    waiting = [Message.objects.filter(state__in=["queued", "sending"]).count() for _employer in everywhere()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        jobs = cursor.fetchone()
    assert (waiting, jobs) == ([0] * 6, (0,))


def test_policy_hurries_from_now_on() -> None:
    now = clock.now()
    before, after = (programmes.policy_at(DEFAULT_PROGRAMME_ID, moment) for moment in (now - DAY, now))
    assert (before.send_delay_seconds, after.send_delay_seconds, after.quiet_from) == (900, 10, None)


def test_making_it_again_changes_nothing() -> None:
    before = (contents(), User.objects.count(), PolicyVersion.objects.count())
    assert network.make(now=clock.now() + DAY) is False
    assert (contents(), User.objects.count(), PolicyVersion.objects.count()) == before


def test_same_day_makes_the_same_network_whoever_else_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, made_at = contents(), PolicyVersion.objects.latest("version").effective_from
    some = employers.EMPLOYERS[:2][-examples(1, in_ci=2) :]
    monkeypatch.setattr(employers, "EMPLOYERS", some)
    with database.fresh():
        network.make(now=made_at.astimezone(clock.TOKYO).replace(hour=23, minute=59))
        assert contents() == {employer.name: first[employer.name] for employer in some}


def test_year_is_known_only_as_far_as_it_has_come() -> None:
    end = dt.date(2026, 11, 20)
    lives = year.lives(employers.MAIN.plan, first=end - 100 * DAY, until=end)
    known = year.known_on(lives, end - 50 * DAY)
    days = [day for one in known for day in (*one.stages.values(), one.decided_on, one.told_on, one.left_on) if day]
    assert (0 < len(known) < len(lives), max(days) <= end - 50 * DAY) == (True, True)
    assert {one.status for one in known if one.decided_on is None} <= {year.NEW, *year.WAITING.values()}


def test_people_are_introduced_hired_and_some_leave_early() -> None:
    states: set[str] = set()
    hires: set[tuple[str, bool]] = set()
    money: set[str] = set()
    for partner in partners.PARTNERS:
        if partner.kind == "agency":
            with acting_as(organization=demo.id_of(partner)):
                states.update(Introduction.objects.values_list("state", flat=True))
                hires.update(Placement.objects.values_list("state", "uses_slot"))
                money.update(FeeEntry.objects.values_list("kind", flat=True))
    ended = {"refused", "declined", "withdrawn"}
    assert states >= {"proposed", "interview", "offered", "accepted", "joined", *ended}
    assert hires >= {("joined", True), ("joined", False), ("left", False)}
    assert money == {"invoice", "refund", "waived"}


def test_agency_handed_in_its_last_report_and_its_present_one_has_figures() -> None:
    today = clock.day_in_japan(clock.now())
    [agency] = [line for line in agencies.directory(today) if "みらい" in line.name]
    with acting_as(organization=agency.organization_id):
        period = rules.Period(year=rules.first_shown(today), today=today)
        found = rules.totals(rules.count(reports.books(agency.organization_id, period), period))
        is_filed = reports.filed(agency.organization_id, rules.year_to_report(today)) is not None
    assert is_filed is not rules.is_wanted(today)
    assert found["seekers_new"] > 0
