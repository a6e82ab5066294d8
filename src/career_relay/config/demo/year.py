"""Applications of a year at an employer that does not exist: who applied, how far they came, when they were told.

Everything follows from the employer's numbers and its code, so that the same demo is made on every machine. The rates
are plausible ones, not anybody's statistics.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import typing

from career_relay.config.demo import names
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import collections.abc

ADDRESSES: typing.Final = "people.example.jp"
MEDIA: typing.Final = ("求人媒体", "自社サイト", "スカウト", "エージェント", "社員紹介", "合同説明会", "ハローワーク")
MEDIA_WEIGHTS: typing.Final = (38, 22, 14, 10, 6, 6, 4)
BUSY: typing.Final = (9, 10, 14, 12, 9, 10, 9, 7, 11, 11, 9, 7)
"""How busy hiring is from January to December."""
HOURS: typing.Final = (7, 8, 9, 12, 13, 18, 19, 20, 21, 22)
REASONS: typing.Final = {
    "書類選考": ("経験年数の不足", "必要な資格がない", "希望条件の不一致", "募集人数に達した"),
    "面接": ("技術面の経験の不足", "志望の方向の違い", "勤務条件の不一致", "募集人数に達した"),
    "辞退": ("他社に決定", "勤務地の都合", "条件の不一致", "家庭の都合", "連絡がとれない"),
}
NEW: typing.Final = "未対応"
WAITING: typing.Final = {
    "書類選考": "書類選考中",
    "適性検査": "適性検査待ち",
    "一次面接": "一次面接予定",
    "二次面接": "二次面接予定",
    "最終面接": "最終面接予定",
    "内定": "内定承諾待ち",
}
REJECTED: typing.Final = "不採用"
APPLIES_AGAIN: typing.Final = 0.02
HAS_FOREIGN_NAME: typing.Final = 0.02
TOLD_BEFORE: typing.Final = 0.995
FELL_BEHIND: typing.Final = dt.timedelta(days=25)
TELLS_WITHIN: typing.Final = (0, 1, 1, 2, 2, 3, 4, 6)


@dataclasses.dataclass(frozen=True, slots=True)
class Opening:
    """A posting somebody may apply for; `share` is its weight among the employer's postings."""

    key: str
    title: str
    employment_type: EmploymentType
    share: int = 1
    place: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """A stage: how many pass, how many withdraw, how many days it takes at least and at most."""

    name: str
    passes: float
    withdraws: float
    days: tuple[int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """How an employer hires. It joined the relay `relay_days` before the present day, when it had begun to fall behind.

    `told_by_hand` is the share of those it writes to by itself from then on.
    """

    code: str
    openings: tuple[Opening, ...]
    a_month: int
    recruiters: tuple[str, ...]
    steps: tuple[Step, ...]
    relay_days: int = 0
    told_by_hand: float = 0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Who applied."""

    name: str
    kana: str
    email: str
    phone: str
    prefecture: str


@dataclasses.dataclass(frozen=True, slots=True)
class Applied:
    """One application as the employer's system would export it; days that never came are None."""

    number: str
    person: Person
    applied_at: dt.datetime
    opening: Opening
    medium: str
    recruiter: str
    stages: dict[str, dt.date] = dataclasses.field(default_factory=dict)
    status: str = NEW
    reason: str = ""
    decided_on: dt.date | None = None
    told_on: dt.date | None = None
    joined_on: dt.date | None = None
    left_on: dt.date | None = None

    def as_of(self, day: dt.date) -> Applied:
        """Return the application as it stood in the evening of `day`."""
        stages = {name: began for name, began in self.stages.items() if began <= day}
        is_decided = self.decided_on is not None and self.decided_on <= day
        waiting = WAITING.get(list(stages)[-1], NEW) if stages else NEW
        return dataclasses.replace(
            self,
            stages=stages,
            status=self.status if is_decided else waiting,
            reason=self.reason if is_decided else "",
            decided_on=_until(self.decided_on, day),
            told_on=_until(self.told_on, day),
            joined_on=_until(self.joined_on, day),
            left_on=_until(self.left_on, day),
        )


WHITE_COLLAR: typing.Final = (
    Step("書類選考", 0.42, 0.04, (2, 9)),
    Step("一次面接", 0.48, 0.08, (5, 14)),
    Step("最終面接", 0.5, 0.07, (5, 16)),
    Step("内定", 0.78, 0.22, (1, 6)),
)
SHOP: typing.Final = (
    Step("書類選考", 0.75, 0.05, (1, 4)),
    Step("一次面接", 0.5, 0.1, (2, 8)),
    Step("内定", 0.85, 0.15, (1, 4)),
)
TECHNICAL: typing.Final = (
    Step("書類選考", 0.4, 0.04, (2, 8)),
    Step("適性検査", 0.7, 0.05, (3, 8)),
    Step("一次面接", 0.55, 0.08, (4, 12)),
    Step("二次面接", 0.6, 0.08, (5, 14)),
    Step("最終面接", 0.6, 0.06, (5, 14)),
    Step("内定", 0.74, 0.26, (1, 6)),
)


def lives(plan: Plan, *, first: dt.date, until: dt.date) -> list[Applied]:
    """Return whoever applies from `first` to before `until`, oldest first, each with what ever becomes of it."""
    chance = random.Random(plan.code)  # noqa: S311 -- a story, not a secret
    span = (until - first).days
    busy = [BUSY[(first + dt.timedelta(days=day)).month - 1] for day in range(span)]
    days = sorted(chance.choices(range(span), busy, k=round(plan.a_month * span / 30.4)))
    behind = dt.timedelta(days=plan.relay_days) + FELL_BEHIND
    made: list[Applied] = []
    for number, day in enumerate(days, start=1):
        key = f"{plan.code}-{number:05d}"
        again = number > 50 and chance.random() < APPLIES_AGAIN
        person = chance.choice(made[:-40]).person if again else _person(chance, key)
        begun = _applied(plan, chance, key, person, first + dt.timedelta(days=day))
        made.append(_gone_through(begun, plan, chance, behind_from=until - behind))
    return made


def known_on(applications: collections.abc.Iterable[Applied], day: dt.date) -> list[Applied]:
    """Return what an export made in the evening of `day` holds."""
    return [one.as_of(day) for one in applications if one.applied_at.date() <= day]


def _until(event: dt.date | None, day: dt.date) -> dt.date | None:
    return event if event is not None and event <= day else None


def _person(chance: random.Random, key: str) -> Person:
    if chance.random() < HAS_FOREIGN_NAME:
        name, kana = chance.choice(names.WHOLE)
    else:
        family, given = chance.choice(names.FAMILIES), chance.choice(names.GIVENS)
        name, kana = f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"
    return Person(
        name=name,
        kana=kana,
        email=f"{key.lower()}@{ADDRESSES}",
        phone=f"090-0000-{chance.randrange(10_000):04d}",
        prefecture=chance.choice(names.PREFECTURES),
    )


def _applied(plan: Plan, chance: random.Random, key: str, person: Person, day: dt.date) -> Applied:
    time = dt.time(chance.choice(HOURS), chance.randrange(60), chance.randrange(60))
    return Applied(
        number=key,
        person=person,
        applied_at=dt.datetime.combine(day, time),
        opening=chance.choices(plan.openings, [one.share for one in plan.openings])[0],
        medium=chance.choices(MEDIA, MEDIA_WEIGHTS)[0],
        recruiter=chance.choice(plan.recruiters),
    )


def _gone_through(begun: Applied, plan: Plan, chance: random.Random, *, behind_from: dt.date) -> Applied:
    """Take the application through its stages until it ends."""
    day, stages = begun.applied_at.date(), {}
    for step in plan.steps:
        stages[step.name] = begins = working_days.next_working_day(day)
        day = working_days.next_working_day(begins + dt.timedelta(days=chance.randint(*step.days) - 1))
        luck = chance.random()
        if luck >= step.passes + step.withdraws:
            told = _told(day, chance, plan.told_by_hand if day >= behind_from else TOLD_BEFORE)
            return dataclasses.replace(
                begun,
                stages=stages,
                status=REJECTED,
                decided_on=day,
                told_on=told,
                reason=chance.choice(REASONS["書類選考" if step.name == "書類選考" else "面接"]),
            )
        if luck >= step.passes:
            status = "内定辞退" if step.name == "内定" else "辞退"
            reason = chance.choice(REASONS["辞退"])
            return dataclasses.replace(begun, stages=stages, status=status, decided_on=day, reason=reason)
    return _hired(begun, stages, day, chance)


def _told(day: dt.date, chance: random.Random, share: float) -> dt.date | None:
    told = working_days.add_working_days(day, chance.choice(TELLS_WITHIN))
    return told if chance.random() < share else None


def _hired(begun: Applied, stages: dict[str, dt.date], day: dt.date, chance: random.Random) -> Applied:
    joined = (day.replace(day=1) + dt.timedelta(days=chance.choice((32, 62, 92)))).replace(day=1)
    left = joined + dt.timedelta(days=chance.randrange(20, 700)) if chance.random() < 0.35 else None
    return dataclasses.replace(
        begun, stages={**stages, "内定承諾": day}, status="採用", decided_on=day, joined_on=joined, left_on=left
    )
