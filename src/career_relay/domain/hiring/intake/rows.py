"""A row to an application: typed, keyed, with everything that is wrong with it. Pure, and quick enough for 100,000 rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import typing

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake import barred, cells, names, outcomes, values
from career_relay.domain.hiring.intake.problems import Code, Problem
from career_relay.domain.hiring.intake.recognition import Column, Handling
from career_relay.domain.hiring.intake.values import BLANKS, NO_ANSWERS, ValueMap
from career_relay.domain.hiring.intake.vocabulary import (
    DATED_STAGES,
    DAYS,
    Field,
    Outcome,
    Side,
    SourceKind,
    Stage,
    side_of,
)
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc


NAMES: typing.Final = frozenset({Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME})
HAPPENED: typing.Final = (Field.DECIDED_AT, Field.TOLD_AT, Field.REJECTED_ON, Field.WITHDREW_ON)
BETWEEN_CELLS: typing.Final = "\x1f"


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Which column feeds which field, which stay with the raw row, what words mean and which marks say nothing."""

    header: tuple[str, ...]
    places: tuple[tuple[Field, int], ...]
    kept: tuple[tuple[str, int], ...]
    values: ValueMap
    blanks: frozenset[str]

    @classmethod
    def of(
        cls,
        columns: collections.abc.Sequence[Column],
        *,
        values: ValueMap = NO_ANSWERS,
        blanks: frozenset[str] = BLANKS,
    ) -> Layout:
        """Return the layout that columns make, found or corrected by a person."""
        return cls(
            header=tuple(column.header for column in columns),
            places=tuple((column.field, column.index) for column in columns if column.field is not None),
            kept=tuple(
                (column.header or str(column.index + 1), column.index)
                for column in columns
                if column.handling == Handling.KEPT
            ),
            values=values,
            blanks=blanks,
        )

    @property
    def missing(self) -> tuple[Field, ...]:
        """Return the fields without which no row can go in: a name and the day of application."""
        fields = {field for field, _at in self.places}
        needed = [] if fields & NAMES else [Field.NAME]
        return tuple(needed if Field.APPLIED_AT in fields else [*needed, Field.APPLIED_AT])


@dataclasses.dataclass(frozen=True, slots=True)
class ParsedRow:
    """One application as a file tells it. With `problems` it does not go in; `warnings` are told and it does."""

    line_no: int
    application_id: str
    applicant_id: str
    name: names.Name
    email: str
    phone: str
    applied_at: dt.datetime | None
    source: str
    source_kind: SourceKind | None
    posting_id: str
    posting_title: str
    employment_type: EmploymentType | None
    job_family: str
    prefecture: str
    stage: Stage
    outcome: Outcome
    reason: str
    decided_at: dt.date | None
    told_at: dt.date | None
    offered_at: dt.date | None
    accepted_at: dt.date | None
    joined_on: dt.date | None
    left_on: dt.date | None
    recruiter: str
    note: str
    stage_dates: tuple[tuple[Stage, dt.date], ...]
    external_key: str
    person_key: str
    search: str
    kept: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def applied_on(self) -> dt.date | None:
        """Return the day of application in Japan."""
        return self.applied_at.date() if self.applied_at is not None else None

    @property
    def side(self) -> Side:
        """Return whose decision the outcome was."""
        return side_of(self.outcome)

    @property
    def is_usable(self) -> bool:
        """Tell whether the row may go in."""
        return not self.problems


class Duplicates:
    """The keys of a file's applications, with where each stood first and whose. Holds hashes, not what they are made of."""

    def __init__(self) -> None:
        self._first: dict[bytes, tuple[int, bytes, bytes]] = {}

    def problem(self, row: ParsedRow) -> Problem | None:
        """Return why a row of this key can't go in, or None and remember it; a row without a key is nobody's double.

        The same id with another name or address is somebody's mistake, and not the same application once more.
        """
        if not row.external_key:
            return None
        named = (row.search.partition(" ")[0], row.email) if row.application_id else ("", "")
        name, email = map(_digest, named)
        here = (row.line_no, name, email)
        line_no, first_name, first_email = self._first.setdefault(_digest(row.external_key), here)
        if line_no == row.line_no:
            return None
        is_other_address = bool(email and first_email) and email != first_email
        if row.application_id and (name != first_name or is_other_address):
            return Problem(Code.ID_TWICE_IN_FILE, value=row.application_id, other=str(line_no))
        return Problem(Code.DOUBLE_IN_FILE, other=str(line_no))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest() if text else b""


def parse_row(
    line_no: int, raw: collections.abc.Sequence[str], layout: Layout, *, today: dt.date, problem: Problem | None = None
) -> ParsedRow:
    """Return the row typed; `problem` is what reading said of it, such as a missing cell. `today` is the day in Japan."""
    findings = cells.Findings([problem] if problem is not None else [])
    told = {field: raw[at] for field, at in layout.places if not values.is_blank(raw[at], layout.blanks)}
    kept, dropped = _without_barred(told, raw, layout, findings)
    days = {field: cells.day(told[field], field, findings) for field in DAYS & told.keys()}
    name = _name(told, findings)
    applied_at = _applied_at(told, findings)
    ended = outcomes.decide(told, days, layout.values, findings)
    email = cells.email(told[Field.EMAIL], Field.EMAIL, findings) if Field.EMAIL in told else ""
    phone = cells.phone(told[Field.PHONE], Field.PHONE, findings) if Field.PHONE in told else ""
    application_id = _text(told, Field.APPLICATION_ID, findings)
    applicant_id = _text(told, Field.APPLICANT_ID, findings)
    folded_name = folding.fold(name.full)
    external_key = _external_key(application_id, applied_at, email, phone, folded_name)
    if not external_key and applied_at is not None and not findings.errors:
        findings.fail(Code.KEY_MISSING)
    _check_order(applied_at, ended.decided_at, findings)
    _refuse_future(applied_at, days, today, findings)
    source, source_kind = _source(told, layout.values, findings)
    return ParsedRow(
        line_no=line_no,
        application_id=application_id,
        applicant_id=applicant_id,
        name=name,
        email=email,
        phone=phone,
        applied_at=applied_at,
        source=source,
        source_kind=source_kind,
        posting_id=_text(told, Field.POSTING_ID, findings),
        posting_title=_text(told, Field.POSTING_TITLE, findings),
        employment_type=_employment_type(told, layout.values, findings),
        job_family=_text(told, Field.JOB_FAMILY, findings),
        prefecture=_prefecture(told, findings),
        stage=ended.stage,
        outcome=ended.outcome,
        reason=_text(told, Field.REASON, findings),
        decided_at=ended.decided_at,
        told_at=days.get(Field.TOLD_AT),
        offered_at=days.get(Field.OFFERED_AT),
        accepted_at=days.get(Field.ACCEPTED_AT),
        joined_on=days.get(Field.JOINED_ON),
        left_on=days.get(Field.LEFT_ON),
        recruiter=_text(told, Field.RECRUITER, findings),
        note=_text(told, Field.NOTE, findings),
        stage_dates=_stage_dates(days),
        external_key=external_key,
        person_key=_person_key(applicant_id, email, phone, folded_name) or external_key,
        search=f"{folded_name} {folding.fold(name.kana)}".strip(),
        kept=kept,
        dropped=dropped,
        problems=tuple(findings.errors),
        warnings=tuple(findings.warnings),
    )


def _text(told: dict[Field, str], field: Field, findings: cells.Findings) -> str:
    return cells.text(told[field], field, findings) if field in told else ""


def _prefecture(told: dict[Field, str], findings: cells.Findings) -> str:
    return cells.prefecture(told[Field.PREFECTURE], Field.PREFECTURE, findings) if Field.PREFECTURE in told else ""


def _name(told: dict[Field, str], findings: cells.Findings) -> names.Name:
    """Return the name, which must be there; a reading that is none is left out and said so."""
    parts = {field: cells.name(told[field], field, findings) for field in NAMES & told.keys()}
    kana = told.get(Field.KANA, "")
    name = names.read(
        full=parts.get(Field.NAME, ""),
        family=parts.get(Field.FAMILY_NAME, ""),
        given=parts.get(Field.GIVEN_NAME, ""),
        kana=kana,
        family_kana=told.get(Field.FAMILY_KANA, ""),
        given_kana=told.get(Field.GIVEN_KANA, ""),
    )
    if kana and not name.kana:
        findings.warn(Code.KANA_UNREADABLE, Field.KANA, kana)
    if not name.full:
        findings.fail(Code.REQUIRED_EMPTY, Field.NAME)
    elif not name.is_split:
        findings.warn(Code.NAME_NOT_SPLIT, Field.NAME, name.full)
    return name


def _applied_at(told: dict[Field, str], findings: cells.Findings) -> dt.datetime | None:
    """Return when the application came, from one cell or from a day and a time."""
    if Field.APPLIED_AT not in told:
        findings.fail(Code.REQUIRED_EMPTY, Field.APPLIED_AT)
        return None
    moment = cells.moment(told[Field.APPLIED_AT], Field.APPLIED_AT, findings)
    if moment is None or Field.APPLIED_TIME not in told or moment.time() != dt.time():
        return moment
    time = cells.time(told[Field.APPLIED_TIME], Field.APPLIED_TIME, findings)
    return moment.replace(hour=time.hour, minute=time.minute, second=time.second) if time is not None else moment


def _check_order(applied_at: dt.datetime | None, decided_at: dt.date | None, findings: cells.Findings) -> None:
    if applied_at is not None and decided_at is not None and decided_at < applied_at.date():
        days = decided_at.strftime("%Y/%m/%d"), applied_at.strftime("%Y/%m/%d")
        findings.warn(Code.DECIDED_BEFORE_APPLIED, Field.DECIDED_AT, *days)


def _refuse_future(
    applied_at: dt.datetime | None,
    days: collections.abc.Mapping[Field, dt.date | None],
    today: dt.date,
    findings: cells.Findings,
) -> None:
    """Refuse days to come of what can only have happened; an offer, a first and a last day of work may be planned."""
    happened = {field: days.get(field) for field in HAPPENED}
    if applied_at is not None:
        happened[Field.APPLIED_AT] = applied_at.date()
    for field, day in happened.items():
        if day is not None and day > today:
            findings.fail(Code.DATE_IN_FUTURE, field, day.strftime("%Y/%m/%d"))


def _source(told: dict[Field, str], answers: ValueMap, findings: cells.Findings) -> tuple[str, SourceKind | None]:
    """Return the medium as given and its kind; an unknown medium is kept and asked about."""
    source = _text(told, Field.SOURCE, findings)
    kind = values.source(source, answers) if source else None
    if source and kind is None:
        findings.warn(Code.SOURCE_UNKNOWN, Field.SOURCE, source)
    return source, kind


def _employment_type(told: dict[Field, str], answers: ValueMap, findings: cells.Findings) -> EmploymentType | None:
    word = told.get(Field.EMPLOYMENT_TYPE, "")
    kind = values.employment_type(word, answers) if word else None
    if word and kind is None:
        findings.warn(Code.EMPLOYMENT_TYPE_UNKNOWN, Field.EMPLOYMENT_TYPE, word)
    return kind


def _stage_dates(days: dict[Field, dt.date | None]) -> tuple[tuple[Stage, dt.date], ...]:
    """Return the days on which stages were reached, in the order of the stages."""
    found = ((stage, days.get(field)) for field, stage in DATED_STAGES.items())
    return tuple((stage, day) for stage, day in found if day is not None)


def _external_key(application_id: str, applied_at: dt.datetime | None, email: str, phone: str, name: str) -> str:
    """Return what makes the application the same one in a later file: its id, else its day with address or number.

    Another day is another application. The number counts only where the address is blank, and then with the name, for
    families share a telephone.
    """
    if application_id:
        return f"id:{application_id}"
    if applied_at is None:
        return ""
    day = applied_at.date().isoformat()
    if email:
        return f"mail:{day}|{email}"
    return f"phone:{day}|{phone}|{name}" if phone and name else ""


def _person_key(applicant_id: str, email: str, phone: str, name: str) -> str:
    """Return what makes two rows the same applicant's; never an address alone, for parents and schools share one."""
    if applicant_id:
        return f"id:{applicant_id}"
    if email:
        return f"mail:{email}|{name}"
    return f"phone:{phone}|{name}" if phone else ""


def _without_barred(
    told: dict[Field, str], raw: collections.abc.Sequence[str], layout: Layout, findings: cells.Findings
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the cells that stay with the raw row, and the names of those that went for a barred word in them.

    All free text is searched at once, for nearly every row holds nothing of the kind.
    """
    kept = [(header, raw[at]) for header, at in layout.kept if raw[at]]
    free = {field: told[field] for field in (Field.NOTE, Field.REASON) if field in told}
    if not barred.found(BETWEEN_CELLS.join([*(cell for _header, cell in kept), *free.values()])):
        return tuple(kept), ()
    dropped: list[str] = []
    for header, word in [(header, barred.found(cell)) for header, cell in kept]:
        if word:
            dropped.append(header)
            findings.warn(Code.BARRED_WORD, None, header, word)
    for field, cell in free.items():
        word = barred.found(cell)
        if word:
            del told[field]
            dropped.append(str(field.label))
            findings.warn(Code.BARRED_WORD, field, str(field.label), word)
    return tuple((header, cell) for header, cell in kept if not barred.found(cell)), tuple(dropped)
