"""What somebody types into the sheet of a job, complete unless a test takes something out."""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings import operations
from career_relay.domain.ground.postings.rules import Sheet, Terms
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.postings.models import JobPosting
    from tests.world import Tenant

TERMS: typing.Final = Terms(
    duties="連結決算と開示資料の作成",
    duties_change="経理部門の業務全般",
    contract="indefinite",
    trial="3 か月。条件は同じ",
    place="東京都千代田区丸の内 1-1-1",
    place_change="変更なし",
    hours="9:00〜18:00",
    breaks="60 分",
    holidays="土日祝、年間 122 日",
    overtime="月平均 20 時間",
    salary_min=4_500_000,
    salary_max=6_500_000,
    pay="基本給 28 万〜40 万円、賞与 年 2 回",
    insurance=("employment", "accident", "health", "pension"),
    smoking="屋内禁煙",
    requirements="日商簿記 2 級",
    employer_address="東京都千代田区丸の内 1-1-1",
    employer_contact="人事部 03-1234-5678",
)
HEAD: typing.Final = {
    "title": "経理（連結決算の担当）",
    "employment_type": "mid_career",
    "occupation": "06",
    "prefecture": "13",
}


def typed(**changes: typing.Any) -> dict[str, typing.Any]:
    """Return what the form of a sheet sends; what a test sets to None is not sent."""
    terms = {name: value for name, value in TERMS.stored().items() if value not in (None, False)}
    found = {**HEAD, "openings": "2", "job_family": "", **terms, **changes}
    return {name: value for name, value in found.items() if value is not None}


def keep(
    tenant: Tenant, *, terms: Terms = TERMS, employer: Tenant | None = None, name: str = "", **head: typing.Any
) -> JobPosting:
    """Keep a sheet for a tenant; an agency names who hires."""
    sheet = Sheet(
        **{**HEAD, **head},
        terms=terms,
        hiring_employer_id=employer.id if employer else None,
        hiring_employer_name=name,
    )
    is_agency = tenant.organization.kind == "agency"
    actor = actors.user(tenant.owner.pk)
    with acting_as(organization=tenant.id, user=tenant.owner.pk):
        return operations.write(
            organization_id=tenant.id, posting_id=None, sheet=sheet, actor=actor, now=clock.now(), is_agency=is_agency
        )
