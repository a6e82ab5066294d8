"""An agency with somebody to introduce, an employer that looks for them, and what happens between the three."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.rules import Sheet, Terms
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import Introduction
from career_relay.flows import advance_introduction, introduce_candidate
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.people.candidates.models import Candidate
    from career_relay.domain.people.routing.models import Assignment
    from tests.flows.caring import Desk
    from tests.world import Tenant, World

NAME: typing.Final = "髙﨑 花"
TERMS: typing.Final = Terms(
    duties="月次決算と年次決算の補助",
    duties_change="会社の定める業務",
    contract="indefinite",
    trial="3 か月（条件は同じ）",
    place="本社（東京都千代田区）",
    place_change="会社の定める場所",
    hours="9:00〜18:00",
    breaks="60 分",
    holidays="土日祝、年末年始",
    overtime="あり（月 10 時間）",
    salary_min=4_000_000,
    salary_max=5_500_000,
    pay="月給 30 万円、賞与年 2 回",
    insurance=("employment", "accident", "health", "pension"),
    smoking="屋内禁煙",
    employer_address="東京都千代田区 1-1-1",
    employer_contact="03-1234-5678",
)


@dataclasses.dataclass(frozen=True)
class Scene:
    """An agency in agreement with an employer, the person it looks after, and a posting of that employer."""

    agency: Desk
    employer: Tenant
    person: Candidate
    assignment: Assignment
    posting: JobPosting

    @property
    def recruiter(self) -> actors.Actor:
        return actors.user(self.employer.users["recruiter"].pk)


def scene(world: World, *, email: str = "hana@example.jp") -> Scene:
    """Have the world's agency look after somebody, with a posting of Alpha at hand."""
    agency = caring.desk(world.agency, world.operator)
    deal.live(world.agency, world.alpha)
    person = caring.person(email, name=NAME)
    return Scene(agency, world.alpha, person, caring.take(agency, person), post(agency, world.alpha))


def post(agency: Desk, employer: Tenant | None, *, title: str = "経理", now: dt.datetime = NOW) -> JobPosting:
    """Have the agency write a complete sheet, for an employer of the network or for one outside it."""
    sheet = Sheet(
        title=title,
        employment_type="mid_career",
        occupation="06",
        prefecture="13",
        terms=TERMS,
        hiring_employer_id=employer.id if employer else None,
        hiring_employer_name="" if employer else "外の会社株式会社",
    )
    with acting_as(organization=agency.id):
        return postings.write(
            organization_id=agency.id, posting_id=None, sheet=sheet, actor=agency.adviser, now=now, is_agency=True
        )


def propose(one: Scene, now: dt.datetime = NOW, **changes: typing.Any) -> Introduction:
    """Put the posting before the person."""
    told: dict[str, typing.Any] = {
        "organization_id": one.agency.id,
        "assignment_id": one.assignment.pk,
        "posting_id": one.posting.pk,
        "message": "経験が生きると思います。",
        "fit_note": "決算の経験が 5 年あります。",
        "actor": one.agency.adviser,
    }
    return introduce_candidate.propose(**(told | changes), now=now)


def agree(introduction: Introduction, now: dt.datetime = NOW, *, lifts_exclusion: bool = False) -> Introduction:
    """Have the person say yes to what they read."""
    return introduce_candidate.say_yes(
        candidate_id=introduction.candidate_id,
        introduction_id=introduction.pk,
        terms_hash=introduction.terms_hash,
        lifts_exclusion=lifts_exclusion,
        now=now,
    )


def introduce(one: Scene, now: dt.datetime = NOW) -> Introduction:
    """Propose, and have the person say yes."""
    return agree(propose(one, now), now)


def advance(one: Scene, introduction: Introduction, to: str, now: dt.datetime = NOW) -> Introduction:
    """Have the employer go on."""
    return advance_introduction.advance(
        organization_id=one.employer.id, introduction_id=introduction.pk, to=to, actor=one.recruiter, now=now
    )


def offer(one: Scene, introduction: Introduction, now: dt.datetime = NOW) -> Introduction:
    """Have the employer look at the papers and offer the job."""
    advance(one, introduction, "screening", now)
    return advance_introduction.offer(
        organization_id=one.employer.id,
        introduction_id=introduction.pk,
        salary=4_800_000,
        start_on=dt.date(2027, 1, 4),
        note="",
        actor=one.recruiter,
        now=now,
    )


def refuse(one: Scene, introduction: Introduction, now: dt.datetime = NOW) -> Introduction:
    """Have the employer say no."""
    return advance_introduction.refuse(
        organization_id=one.employer.id,
        introduction_id=introduction.pk,
        reason="experience",
        note="もう少し経験がほしい",
        actor=one.recruiter,
        now=now,
    )


def seen(one: Scene) -> str:
    """Really read, as the employer, who the person is; empty when it may not."""
    return caring.name_seen(one.employer.id, one.person.pk)


def state(introduction: Introduction) -> str:
    """Return how it stands, as its person sees it."""
    with acting_as(candidate=introduction.candidate_id):
        return Introduction.objects.get(pk=introduction.pk).state


def stored(introduction_id: uuid.UUID) -> Introduction:
    """Return how it stands, as whoever acts reads it."""
    return Introduction.objects.get(pk=introduction_id)


def inbox(one: Scene, state_group: str = "open", now: dt.datetime = NOW) -> list[uuid.UUID]:
    """Return what the employer's list has."""
    with acting_as(organization=one.employer.id):
        page = queries.inbox(one.employer.id, state_group=state_group, now=now)
    return [line.introduction_id for line in page.lines]
