"""A posting as somebody writes it down (求人票)."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.postings.rules import conditions, work
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

MOST_OPENINGS: typing.Final = 9_999
BUILDING: typing.Final = "14"
_LONGEST: typing.Final = {"title": 200, "job_family": 100, "hiring_employer_name": 120}
_CHOICES: typing.Final[dict[str, set[str]]] = {
    "employment_type": {"", *EmploymentType.values},
    "occupation": {"", *(code for code, _label in occupations.OCCUPATIONS)},
    "prefecture": {"", *(code for code, _label in vocabulary.PREFECTURES)},
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a person writes of a posting. Who hires is another organization of the network, or a name outside it."""

    title: str
    employment_type: str = ""
    occupation: str = ""
    job_family: str = ""
    prefecture: str = ""
    openings: int = 1
    received_on: dt.date | None = None
    valid_until: dt.date | None = None
    terms: conditions.Terms = dataclasses.field(default_factory=conditions.Terms)
    hiring_employer_id: uuid.UUID | None = None
    hiring_employer_name: str = ""


def sheet_faults(sheet: Sheet, *, is_agency: bool) -> dict[str, str]:
    """Return what is wrong with the sheet, by field or item of the terms; an agency must name who hires."""
    found = {
        field: _("%(most)d 字以内で入力してください。") % {"most": most}
        for field, most in _LONGEST.items()
        if len(getattr(sheet, field)) > most
    }
    for field, known in _CHOICES.items():
        if getattr(sheet, field) not in known:
            found[field] = _("一覧から選んでください。")
    if not sheet.title:
        found["title"] = _("求人名を入力してください。")
    if not 1 <= sheet.openings <= MOST_OPENINGS:
        found["openings"] = _("1 から %(most)s の間で入力してください。") % {"most": f"{MOST_OPENINGS:,}"}
    if sheet.received_on and sheet.valid_until and sheet.valid_until < sheet.received_on:
        found["valid_until"] = _("有効期限は、受け付けた日以後の日にしてください。")
    if is_agency and not sheet.hiring_employer_name:
        found["hiring_employer_name"] = _("採用する会社を選ぶか、会社名を入力してください。")
    return found | conditions.faults(sheet.terms)


def barred_by(title: str, job_family: str, occupation: str) -> str | None:
    """Return which work that no agency may place people in a posting is about (law L3), or None."""
    if occupation == BUILDING:
        return _("建設業務")
    return work.barred_work(title) or work.barred_work(job_family)
