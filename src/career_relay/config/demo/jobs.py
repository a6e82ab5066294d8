"""What the demo's employers ask the agencies for, and what the agencies look for on behalf of others outside the network."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.config.demo import agencies, employers, hiring, past
from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.agreements import queries as agreement_queries
from career_relay.domain.ground.credits import queries as credits_
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import queries as posting_queries
from career_relay.domain.ground.postings import rules as posting_rules
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests.models import Call
from career_relay.domain.ground.skills import occupations
from career_relay.flows import request_people
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

A_DAY: typing.Final = dt.timedelta(days=1)
TO_AGREE: typing.Final = dt.timedelta(days=2)
LONG_AGO, RECENTLY = dt.timedelta(days=150), dt.timedelta(days=45)
ELEVEN: typing.Final = dt.time(11)
MIRAI, SHIRAKABA = "mirai-career.example.jp", "shirakaba-jinzai.example.jp"


@dataclasses.dataclass(frozen=True, slots=True)
class Client:
    """An employer that works with an agency, and what it looks for through it: by fee, or with its slots."""

    employer: employers.Employer
    agency: str
    salary: tuple[int, int]
    by_fee: str
    by_slot: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Outside:
    """A posting that an agency took in from an employer outside the network."""

    agency: str
    title: str
    employer: str
    prefecture: str
    salary: tuple[int, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A posting that an agency may put before people; whoever decides for the employer, if it is in the network."""

    agency_id: uuid.UUID
    posting_id: uuid.UUID
    since: dt.datetime
    until: dt.date
    salary: int
    occupation: str
    uses_slot: bool = False
    employer_id: uuid.UUID | None = None
    owner_id: uuid.UUID | None = None


CLIENTS: typing.Final = (
    Client(employers.CARE, SHIRAKABA, (3_200_000, 4_400_000), "K-12", "K-11"),
    Client(employers.SOFTWARE, MIRAI, (4_800_000, 7_200_000), "ENG-2", "ENG-1"),
    Client(employers.SUPERMARKET, MIRAI, (3_800_000, 5_000_000), "S-90"),
    Client(employers.RESTAURANTS, SHIRAKABA, (3_600_000, 4_800_000), "R-4"),
    Client(employers.MAIN, MIRAI, (4_000_000, 6_000_000), "J-104", "J-102"),
)
SALARIES: typing.Final = {one.employer.name: one.salary for one in CLIENTS}
OUTSIDE: typing.Final = (
    Outside(MIRAI, "経理（月次決算・部門リーダー候補）", "株式会社すずかけ物産", "13", (4_200_000, 5_600_000)),
    Outside(MIRAI, "カスタマーサポート", "はるかぜ通信株式会社", "13", (3_400_000, 4_300_000)),
    Outside(SHIRAKABA, "一般事務", "社会福祉法人つばめ会", "01", (3_000_000, 3_600_000)),
)
TERMS: typing.Final = posting_rules.Terms(
    duties_change="会社の定める業務",
    contract="indefinite",
    trial="3 か月（条件は同じ）",
    place="本社または各事業所",
    place_change="会社の定める事業所",
    hours="9:00〜18:00（実働 8 時間）",
    breaks="60 分",
    holidays="土曜・日曜・祝日、年末年始、年間 122 日",
    overtime="あり（月平均 15 時間）",
    pay="基本給、賞与 年 2 回、通勤手当 月 3 万円まで",
    insurance=("employment", "accident", "health", "pension"),
    smoking="屋内禁煙（屋外に喫煙場所あり）",
)


def open_all(
    houses: list[hiring.House], bureaus: typing.Mapping[str, agencies.House], now: dt.datetime
) -> list[Opening]:
    """Have agreements signed, postings written and requests accepted; return what may be put before people, oldest first.

    The main employer's slot waits for the agency's answer today.
    """
    yesterday = hiring.at(clock.day_in_japan(now - A_DAY), ELEVEN)
    by_name = {house.employer.name: house for house in houses}
    found = [_outside(one, bureaus[one.agency], now) for one in OUTSIDE]
    for client in (one for one in CLIENTS if one.employer.name in by_name):
        house, bureau = by_name[client.employer.name], bureaus[client.agency]
        signed = _agree(house, bureau)
        found.append(_asked(house, bureau, client.by_fee, signed + A_DAY, uses_slot=False))
        usable = _usable_from(house, now) if client.by_slot else None
        if usable and client.employer is employers.MAIN:
            _ask(house, bureau, client.by_slot, max(usable, yesterday), uses_slot=True)
        elif usable:
            found.append(_asked(house, bureau, client.by_slot, max(usable, signed) + A_DAY, uses_slot=True))
    return sorted((one for one in found if one.since < now), key=lambda one: (one.since, one.posting_id))


def _agree(house: hiring.House, bureau: agencies.House) -> dt.datetime:
    """Have the employer propose the usual agreement and the agency sign it; return when it was in force."""
    owner, manager = actors.user(house.owner_id), actors.user(bureau.manager_id)
    with acting_as(organization=house.organization_id, user=house.owner_id):
        profile = organizations.profile(house.organization_id)
        now = hiring.at(clock.day_in_japan(profile.founded_at + TO_AGREE), ELEVEN)
        draft = agreements.draft(
            organization_id=house.organization_id, counterparty_id=bureau.organization_id, actor=owner, now=now
        )
        preview = agreement_queries.preview(house.organization_id, draft.pk)
        text_hash = preview.text_hash if preview else ""
        agreement = agreements.propose(
            organization_id=house.organization_id,
            draft_id=draft.pk,
            text_hash=text_hash,
            on_table=0,
            name=house.employer.seats[0].name,
            actor=owner,
            now=now,
        )
    with acting_as(organization=bureau.organization_id, user=bureau.manager_id):
        agreements.accept(
            organization_id=bureau.organization_id,
            agreement_id=agreement.pk,
            text_hash=text_hash,
            name=bureau.manager_name,
            actor=manager,
            now=now + A_DAY,
        )
        past.send_waiting()
    return now + A_DAY


def _ask(house: hiring.House, bureau: agencies.House, key: str, now: dt.datetime, *, uses_slot: bool) -> uuid.UUID:
    """Have the employer write down the conditions and ask the agency; return the call it got."""
    owner = actors.user(house.owner_id)
    with acting_as(organization=house.organization_id):
        lines = posting_queries.of_organization(house.organization_id)
        title = next(one.title for one in house.employer.plan.openings if one.key == key)
        posting_id = next(one.id for one in lines if key == one.external_id or title == one.title)
        _write(house, posting_id, title, owner, now)
    asked = request_people.request_people(
        organization_id=house.organization_id,
        posting_id=posting_id,
        needs=f"「{title}」の経験があるか、これから身につけたい方。まわりと相談しながら進められる方。",
        uses_slot=uses_slot,
        agencies=[bureau.organization_id],
        actor=owner,
        now=now,
    )
    with acting_as(organization=bureau.organization_id):
        past.send_waiting()
        return Call.objects.get(request_id=asked.request_id, agency_id=bureau.organization_id).pk


def _asked(house: hiring.House, bureau: agencies.House, key: str, now: dt.datetime, *, uses_slot: bool) -> Opening:
    """Have the employer ask the agency, which says yes the next day."""
    call_id = _ask(house, bureau, key, now, uses_slot=uses_slot)
    posting = request_people.accept_call(
        organization_id=bureau.organization_id, call_id=call_id, actor=actors.user(bureau.manager_id), now=now + A_DAY
    )
    return Opening(
        agency_id=bureau.organization_id,
        posting_id=posting.pk,
        since=now + A_DAY,
        until=posting.valid_until or clock.day_in_japan(now),
        salary=sum(SALARIES[house.employer.name]) // 2,
        occupation=posting.occupation,
        uses_slot=uses_slot,
        employer_id=house.organization_id,
        owner_id=house.owner_id,
    )


def _outside(one: Outside, bureau: agencies.House, now: dt.datetime) -> Opening:
    """Have an agency write down a posting of an employer that knows nothing of the network."""
    since, until = hiring.at(clock.day_in_japan(now) - LONG_AGO, ELEVEN), clock.day_in_japan(now) + LONG_AGO
    sheet = posting_rules.Sheet(
        title=one.title,
        employment_type=employers.MID_CAREER,
        occupation=_occupation(one.title),
        prefecture=one.prefecture,
        openings=2,
        received_on=clock.day_in_japan(since),
        valid_until=until,
        terms=dataclasses.replace(
            _terms(one.title, one.salary),
            employer_address="架空市見本町 2-2",
            employer_contact="人事担当 03-0000-0900",
        ),
        hiring_employer_name=one.employer,
    )
    with acting_as(organization=bureau.organization_id):
        posting = postings.write(
            organization_id=bureau.organization_id,
            posting_id=None,
            sheet=sheet,
            actor=actors.user(bureau.manager_id),
            now=since,
            is_agency=True,
        )
    return Opening(
        agency_id=bureau.organization_id,
        posting_id=posting.pk,
        since=since,
        until=until,
        salary=sum(one.salary) // 2,
        occupation=sheet.occupation,
    )


def _write(house: hiring.House, posting_id: uuid.UUID, title: str, actor: actors.Actor, now: dt.datetime) -> None:
    """Write down what the law wants said of a posting that a file named."""
    known = posting_queries.posting(house.organization_id, posting_id)
    if known is None:
        return
    postings.write(
        organization_id=house.organization_id,
        posting_id=posting_id,
        sheet=posting_rules.Sheet(
            title=title,
            employment_type=known.employment_type,
            occupation=_occupation(title),
            job_family=known.job_family,
            prefecture=house.employer.prefecture,
            openings=2,
            terms=_terms(title, SALARIES[house.employer.name]),
        ),
        actor=actor,
        now=now,
        is_agency=False,
    )


def _usable_from(house: hiring.House, now: dt.datetime) -> dt.datetime | None:
    """Return when the employer could use its first slot; None if it can't yet."""
    with acting_as(organization=house.organization_id):
        held = credits_.slots(organization_id=house.organization_id, programme_id=DEFAULT_PROGRAMME_ID, now=now)
    usable = [one.usable_on for one in held if one.state == "available" and not one.is_on_hold]
    return hiring.at(max(usable[0], clock.day_in_japan(now) - RECENTLY), ELEVEN) if usable else None


def _terms(title: str, salary: tuple[int, int]) -> posting_rules.Terms:
    """Return the conditions of a posting: its own work and pay, and what is the same everywhere in the demo."""
    low, high = salary
    duties = f"{title}の仕事を担当します。入社後 3 か月は、先輩社員が付いて一緒に進めます。"
    requirements = f"{title}に関わる仕事の経験 1 年以上、または関連する学習の経験"
    return dataclasses.replace(TERMS, duties=duties, requirements=requirements, salary_min=low, salary_max=high)


def _occupation(title: str) -> str:
    return next(iter(sorted(occupations.recognised(title))), "")
