"""A parsed row as a line of the staging table. Pure; what a file does not say is null there and changes nothing."""

from __future__ import annotations

import hashlib
import json
import typing

from career_relay.domain.hiring.applications import sql
from career_relay.domain.hiring.intake import remarks, rows, values
from career_relay.domain.hiring.intake import sql as copying
from career_relay.domain.hiring.intake.problems import Code
from career_relay.domain.hiring.intake.vocabulary import DATED_STAGES, Field, Outcome, Stage, side_of
from career_relay.kernel import clock, ids
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

LONGEST_KEY: typing.Final = 400
LONGEST_NAME: typing.Final = 220
LONGEST_SEARCH: typing.Final = 249  # of name and of reading, which stand together in 500
FAILED: typing.Final = "failed"
DUPLICATE: typing.Final = "duplicate"

# Which columns a blank cell of a field takes away from, where the source says that blank means so.
_CLEARED_BY: typing.Final[dict[Field, tuple[str, ...]]] = {
    Field.APPLICANT_ID: ("external_id",),
    Field.KANA: ("kana",),
    Field.FAMILY_KANA: ("kana",),
    Field.GIVEN_KANA: ("kana",),
    Field.EMAIL: ("email",),
    Field.PHONE: ("phone",),
    Field.PREFECTURE: ("prefecture",),
    Field.SOURCE: ("medium",),
    Field.RECRUITER: ("recruiter",),
    Field.EMPLOYMENT_TYPE: ("employment_type",),
    Field.JOB_FAMILY: ("job_family",),
    Field.OUTCOME: ("outcome", "outcome_side"),
    Field.STATUS: ("outcome", "outcome_side"),
    Field.REASON: ("reason",),
    Field.NOTE: ("note",),
    Field.DECIDED_AT: ("decided_at",),
    Field.JOINED_ON: ("joined_on",),
    Field.LEFT_ON: ("left_on",),
}


def clearing(layout: rows.Layout, *, blank_clears: bool) -> frozenset[str]:
    """Return the columns, and the stages as `stage:…`, that a blank cell takes away; none unless the source says so."""
    if not blank_clears:
        return frozenset()
    fields = [field for field, _at in layout.places]
    columns = {column for field in fields for column in _CLEARED_BY.get(field, ())}
    return frozenset(columns | {f"stage:{DATED_STAGES[field]}" for field in fields if field in DATED_STAGES})


class Stager:
    """Turns the rows of one file into lines, one after the other, because the first of two doubles wins."""

    def __init__(self, layout: rows.Layout, source_id: uuid.UUID, *, today: dt.date) -> None:
        self._layout = layout
        self._source = source_id.hex
        self._today = today
        self._duplicates = rows.Duplicates()
        self._ending = [at for field, at in layout.places if field in {Field.OUTCOME, Field.STATUS}]

    def line(
        self, line_no: int, cells: collections.abc.Sequence[str], stored: collections.abc.Iterable[remarks.Stored]
    ) -> str:
        """Return a row as a line in COPY's text form; `stored` is what was found when the file was read."""
        seen = remarks.of_the_file(stored)
        row = rows.parse_row(line_no, cells, self._layout, today=self._today)
        found = seen + [remarks.to_json(problem) for problem in row.problems]
        warned = [remarks.to_json(problem, is_warning=True) for problem in row.warnings]
        if not all(one["is_warning"] for one in found):
            return _refused(line_no, FAILED, found + warned)
        double = self._duplicates.problem(row)
        if double is not None:
            result = DUPLICATE if double.code == Code.DOUBLE_IN_FILE else FAILED
            return _refused(line_no, result, [remarks.to_json(double), *warned])
        return copying.copy_line(self._values(row, cells, found + warned))

    def _values(
        self, row: rows.ParsedRow, cells: collections.abc.Sequence[str], found: list[remarks.Stored]
    ) -> list[str | None]:
        """Return the values of a row that goes in, in the order of `sql.LINE_COLUMNS`."""
        outcome = self._outcome(row, cells)
        name, kana = row.name.full[:LONGEST_NAME], row.name.kana[:LONGEST_NAME]
        return [
            str(row.line_no),
            "",
            json.dumps(found, ensure_ascii=False) if found else "[]",
            str(ids.new()),
            str(ids.new()),
            _key(row.external_key),
            _key(self._own(row.person_key) if row.applicant_id else row.person_key),
            self._posting_key(row),
            row.posting_id,
            row.posting_title,
            row.applicant_id or None,
            name,
            row.name.family or None,
            row.name.given or None,
            kana or None,
            row.email or None,
            row.phone or None,
            row.prefecture or None,
            folding.fold(name)[:LONGEST_SEARCH],
            folding.fold(kana)[:LONGEST_SEARCH] or None,
            row.application_id or None,
            row.source or None,
            row.recruiter or None,
            row.employment_type or None,
            row.job_family or None,
            _moment(row.applied_at),
            row.stage if row.stage != Stage.APPLIED else None,
            outcome,
            side_of(outcome) if outcome is not None else None,
            row.reason or None,
            _start(row.decided_at),
            _start(row.told_at),
            _day(row.joined_on),
            _day(row.left_on),
            row.note or None,
            ",".join(stage for stage, _on in row.stage_dates) or None,
            ",".join(on.isoformat() for _stage, on in row.stage_dates) or None,
        ]

    def _outcome(self, row: rows.ParsedRow, cells: collections.abc.Sequence[str]) -> Outcome | None:
        """Return the outcome that the row tells: "in progress" only where a word says it, for blank says nothing."""
        if row.outcome != Outcome.IN_PROGRESS:
            return row.outcome
        says_so = any(not values.is_blank(cells[at], self._layout.blanks) for at in self._ending)
        return Outcome.IN_PROGRESS if says_so else None

    def _posting_key(self, row: rows.ParsedRow) -> str | None:
        """Return by what the posting is known: its id in this source, or its title in whatever source."""
        if row.posting_id:
            return self._own(f"id:{folding.fold(row.posting_id)}")
        return f"title:{folding.fold(row.posting_title)}"[:LONGEST_NAME] if row.posting_title else None

    def _own(self, key: str) -> str:
        """Return a key that holds in this source only: two sources count their people and postings alike."""
        return f"{self._source}:{key}"


def _refused(line_no: int, result: str, found: list[remarks.Stored]) -> str:
    rest = [None] * (len(sql.LINE_COLUMNS) - 3)
    return copying.copy_line([str(line_no), result, json.dumps(found, ensure_ascii=False), *rest])


def _key(key: str) -> str:
    """Return a key that fits, by its digest where it is too long."""
    return key if len(key) <= LONGEST_KEY else f"digest:{hashlib.sha256(key.encode()).hexdigest()}"


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _start(day: dt.date | None) -> str | None:
    return None if day is None else clock.start_of_day_in_japan(day).isoformat()


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
