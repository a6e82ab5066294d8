from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings import rules
from career_relay.domain.ground.postings.models import CALL_KEY, JobPosting
from career_relay.domain.ground.postings.operations import changing, errors
from career_relay.kernel import ids, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def write(
    *,
    organization_id: uuid.UUID,
    posting_id: uuid.UUID | None,
    sheet: rules.Sheet,
    actor: actors.Actor,
    now: dt.datetime,
    is_agency: bool,
    call_id: uuid.UUID | None = None,
) -> JobPosting:
    """Keep what somebody wrote of a posting, making it when there is none yet. What the law still wants may be empty.

    An agency names who hires, and no posting of work that it may not place people in. One that is made for a call
    (`call_id`) is written once. Raises UnableToFindPosting, UnableToChangeCalledPosting, UnableToWriteSheet,
    UnableToPlaceBarredWork.
    """
    sheet = _cleaned(sheet)
    if faults := rules.sheet_faults(sheet, is_agency=is_agency):
        raise errors.UnableToWriteSheet(faults)
    work = rules.barred_by(sheet.title, sheet.job_family, sheet.occupation) if is_agency else None
    if work is not None:
        raise errors.UnableToPlaceBarredWork(work)
    is_new = posting_id is None
    posting = (
        _blank(organization_id, call_id, now)
        if posting_id is None
        else changing.own(organization_id=organization_id, posting_id=posting_id)
    )
    changed = _fill(posting, sheet)
    if changed:
        posting.save(force_insert=is_new, update_fields=None if is_new else changed)
        changing.tell(posting=posting, fields=changed, actor=actor, now=now)
    return posting


def _blank(organization_id: uuid.UUID, call_id: uuid.UUID | None, now: dt.datetime) -> JobPosting:
    posting_id = ids.new()
    key = f"{CALL_KEY}{call_id}" if call_id else f"sheet:{posting_id}"
    return JobPosting(pk=posting_id, organization_id=organization_id, key=key, created_at=now)


def _fill(posting: JobPosting, sheet: rules.Sheet) -> list[str]:
    """Put what was written into the posting; return the fields that were something else before."""
    written = {field.name: getattr(sheet, field.name) for field in dataclasses.fields(sheet)}
    written["terms"] = sheet.terms.stored()
    changed = [name for name, value in written.items() if getattr(posting, name) != value]
    for name in changed:
        setattr(posting, name, written[name])
    return changed


def _cleaned(sheet: rules.Sheet) -> rules.Sheet:
    """Return the sheet as it is kept: without stray spaces, and with the name of an employer of the network."""
    terms: dict[str, typing.Any] = {
        field.name: value.strip().replace("\r\n", "\n")
        for field in dataclasses.fields(sheet.terms)
        if isinstance(value := getattr(sheet.terms, field.name), str)
    }
    return dataclasses.replace(
        sheet,
        title=japanese.clean_name(sheet.title),
        job_family=japanese.clean_name(sheet.job_family),
        hiring_employer_name=_employer_name(sheet),
        terms=dataclasses.replace(sheet.terms, **terms),
    )


def _employer_name(sheet: rules.Sheet) -> str:
    if sheet.hiring_employer_id is None:
        return japanese.clean_name(sheet.hiring_employer_name)
    known = organizations.names_of([sheet.hiring_employer_id]).get(sheet.hiring_employer_id)
    return known.name if known is not None and known.kind == Organization.Kind.EMPLOYER else ""
