"""What the tests of introductions and hires share: a posting that says all the law wants, and one person on their way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import rules
from career_relay.domain.people.introductions.models import Introduction
from career_relay.flows import advance_introduction, introduce_candidate
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.portals.agency import desk

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from tests.world import Tenant

COMPANY = "株式会社みなと商店"
TERMS = rules.Terms(
    duties="月次決算、請求書の作成",
    duties_change="会社の定める業務",
    contract="indefinite",
    trial="3 か月",
    place="東京都港区",
    place_change="変更なし",
    hours="9:00 から 18:00",
    breaks="60 分",
    holidays="土日祝",
    overtime="月 10 時間",
    salary_min=4_200_000,
    salary_max=5_000_000,
    pay="月給 300,000 円、賞与 年 2 回",
    insurance=("employment", "accident", "health", "pension"),
    smoking="屋内禁煙",
    employer_address="東京都港区 1-1",
    employer_contact="採用窓口",
)
SHEET = rules.Sheet(
    title="経理（連結決算）",
    employment_type="mid_career",
    occupation="03",
    prefecture="13",
    terms=TERMS,
    hiring_employer_name=COMPANY,
)
OFFER: typing.Final[dict[str, typing.Any]] = {"salary": 4_800_000, "note": "経理部に配属します。"}


def posting(agency: Tenant, **changes: typing.Any) -> JobPosting:
    """Have the agency write down a posting of a company outside the network, unless another one is named."""
    with acting_as(organization=agency.id, user=agency.owner.pk):
        return postings.write(
            posting_id=None,
            sheet=dataclasses.replace(SHEET, **changes),
            is_agency=True,
            **room.by(agency, desk.before()),
        )


def proposed(agency: Tenant, assignment_id: uuid.UUID, posting_id: uuid.UUID | None = None) -> uuid.UUID:
    """Have a posting put before somebody; return the introduction."""
    chosen = posting_id or posting(agency).pk
    return introduce_candidate.propose(
        assignment_id=assignment_id,
        posting_id=chosen,
        message="経理の経験を生かせます。",
        fit_note="月次決算を 5 年担当。",
        **room.by(agency, desk.before() + 2 * desk.A_MINUTE),
    ).pk


def said_yes(agency: Tenant, introduction_id: uuid.UUID) -> uuid.UUID:
    """Have the person say yes."""
    one = stored(agency, introduction_id)
    introduce_candidate.say_yes(
        candidate_id=one.candidate_id,
        introduction_id=one.pk,
        terms_hash=one.terms_hash,
        lifts_exclusion=False,
        now=desk.before() + 3 * desk.A_MINUTE,
    )
    return introduction_id


def introduced(agency: Tenant, assignment_id: uuid.UUID) -> uuid.UUID:
    """Have somebody introduced to a company outside the network."""
    return said_yes(agency, proposed(agency, assignment_id))


def at_interview(agency: Tenant, assignment_id: uuid.UUID) -> uuid.UUID:
    """Have somebody wait for a first interview at a company outside the network."""
    found = introduced(agency, assignment_id)
    advance_introduction.advance(introduction_id=found, to="interview", **later(agency))
    return found


def offered(agency: Tenant, assignment_id: uuid.UUID) -> uuid.UUID:
    """Have a company outside the network make somebody an offer."""
    found = at_interview(agency, assignment_id)
    start_on = clock.day_in_japan(clock.now())
    advance_introduction.offer(introduction_id=found, start_on=start_on, **OFFER, **later(agency))
    return found


def accepted(agency: Tenant, assignment_id: uuid.UUID) -> uuid.UUID:
    """Have somebody take an offer of a company outside the network."""
    found = offered(agency, assignment_id)
    advance_introduction.accept_offer(introduction_id=found, **later(agency))
    return found


def later(agency: Tenant) -> room.By:
    """Return who tells of a move, some minutes after the person's yes."""
    return room.by(agency, desk.before() + 5 * desk.A_MINUTE)


def stored(agency: Tenant, introduction_id: uuid.UUID) -> Introduction:
    with acting_as(organization=agency.id):
        return Introduction.objects.get(pk=introduction_id)


def typed(at: dt.datetime) -> str:
    """Write a moment as a browser sends it."""
    return f"{at.astimezone(clock.TOKYO):%Y-%m-%dT%H:%M}"
