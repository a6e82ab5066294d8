"""An import in a few statements over all rows: stage, match, compare, write; and taking it back.

The rows of a file stand in the temporary table `import_line`, a null meaning "the file says nothing". What is read from
it are further temporary tables: `import_match` (which application and person a row is), `import_person` (what the file
says about each person), and the differences to what is stored. A check ends there; a commit writes them.
"""

from __future__ import annotations

import typing
import uuid

from django.db import connection

from career_relay.domain.hiring.intake import sql as copying

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.domain.hiring.intake.models import Batch

LINE_COLUMNS: typing.Final[dict[str, str]] = {
    "line": "integer",
    "result": "text",
    "problems": "jsonb",
    "fresh_application": "uuid",
    "fresh_applicant": "uuid",
    "key": "text",
    "person_key": "text",
    "posting_key": "text",
    "posting_external_id": "text",
    "posting_title": "text",
    "applicant_external_id": "text",
    "name": "text",
    "family_name": "text",
    "given_name": "text",
    "kana": "text",
    "email": "text",
    "phone": "text",
    "prefecture": "text",
    "search_name": "text",
    "search_kana": "text",
    "external_id": "text",
    "medium": "text",
    "recruiter": "text",
    "employment_type": "text",
    "job_family": "text",
    "applied_at": "timestamptz",
    "stage": "text",
    "outcome": "text",
    "outcome_side": "text",
    "reason": "text",
    "decided_at": "timestamptz",
    "told_at": "timestamptz",
    "joined_on": "date",
    "left_on": "date",
    "note": "text",
    "stages": "text",
    "days": "text",
}
TABLES: typing.Final = (
    "import_line",
    "import_match",
    "import_person",
    "import_person_change",
    "import_change",
    "import_event",
    "import_result",
)
COMPARED: typing.Final = TABLES[2:]
# A commit of 200,000 rows is a handful of long statements. Keys are checked by each of them, not all together at the end.
WAITING = "SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '1min'"
PATIENCE = f"{WAITING}; SET CONSTRAINTS ALL IMMEDIATE"
_TEXTS: typing.Final = ("external_id", "medium", "recruiter", "employment_type", "job_family", "reason", "note")
_DAYS: typing.Final = ("decided_at", "joined_on", "left_on")
_DEFAULTS: typing.Final = {"stage": "'applied'", "outcome": "'in_progress'", "outcome_side": "'none'"}
_OF_DECISION: typing.Final = ("decided_at", "told_at")
APPLICATION: typing.Final = (*_TEXTS, "applied_at", *_DEFAULTS, *_DAYS, "told_at")
_PERSON_TEXTS: typing.Final = ("external_id", "kana", "email", "phone", "prefecture")
PERSON: typing.Final = (*_PERSON_TEXTS, "name", "family_name", "given_name", "search")
# A field that stands or falls with another one that a member may have corrected.
_GUARDS: typing.Final = {"outcome_side": "outcome", "family_name": "name", "given_name": "name"}

_MATCH = """
    CREATE TEMPORARY TABLE import_match AS
    WITH known AS (
        SELECT l.line, a.id, a.applicant_id
        FROM import_line l JOIN applications_application a
          ON a.organization_id = %(organization)s AND a.source_id = %(source)s AND a.key = l.key
        WHERE l.result = ''
    ), person AS (
        SELECT l.person_key, min(l.line) AS first_line, min(l.line) FILTER (WHERE k.id IS NOT NULL) AS known_line
        FROM import_line l LEFT JOIN known k USING (line) WHERE l.result = '' GROUP BY l.person_key
    )
    SELECT l.line, k.id IS NOT NULL AS is_known, coalesce(k.id, l.fresh_application) AS application_id,
           coalesce(k.applicant_id, p.id, o.applicant_id, f.fresh_applicant) AS applicant_id,
           coalesce(k.applicant_id, p.id, o.applicant_id) IS NULL AS is_new_person
    FROM import_line l
    JOIN person USING (person_key)
    JOIN import_line f ON f.line = person.first_line
    LEFT JOIN known k ON k.line = l.line
    LEFT JOIN known o ON o.line = person.known_line
    LEFT JOIN applications_applicant p ON p.organization_id = %(organization)s AND p.key = l.person_key
    WHERE l.result = ''
"""
# The source has given the id to somebody else meanwhile: nothing that names a person is the same.
_REFUSE_OTHERS = """
    UPDATE import_line l SET result = 'failed', problems = l.problems || jsonb_build_array(jsonb_build_object(
        'code', 'id_of_another', 'field', '', 'value', l.external_id, 'other', a.name, 'is_warning', false))
    FROM applications_application x JOIN applications_applicant a
      ON a.organization_id = %(organization)s AND a.id = x.applicant_id
    WHERE x.organization_id = %(organization)s AND x.source_id = %(source)s AND x.key = l.key AND l.result = ''
      AND l.external_id IS NOT NULL AND a.key <> l.person_key AND split_part(a.search, ' ', 1) <> l.search_name
      AND a.email <> coalesce(l.email, 'none') AND a.phone <> coalesce(l.phone, 'none')
      AND a.external_id <> coalesce(l.applicant_external_id, 'none')
"""
_REFUSE_EARLY_LEAVERS = """
    UPDATE import_line l SET result = 'failed', problems = l.problems || jsonb_build_array(jsonb_build_object(
        'code', 'left_before_joined', 'field', '', 'value', x.left_on, 'other', x.joined_on, 'is_warning', false))
    FROM (
        SELECT l.line, {left_on} AS left_on, {joined_on} AS joined_on
        FROM import_line l LEFT JOIN applications_application a
          ON a.organization_id = %(organization)s AND a.source_id = %(source)s AND a.key = l.key
        LEFT JOIN {corrected} c ON c.application_id = a.id
        WHERE l.result = '' AND (l.left_on IS NOT NULL OR l.joined_on IS NOT NULL)
    ) x
    WHERE l.line = x.line AND x.left_on < x.joined_on
"""

_PERSONS = """
    CREATE TEMPORARY TABLE import_person AS
    WITH said AS (
        SELECT m.applicant_id, bool_or(m.is_new_person) AS is_new, min(l.line) AS first_line,
               (array_agg(l.line ORDER BY l.applied_at DESC, l.line DESC))[1] AS last_line, {latest}
        FROM import_match m JOIN import_line l USING (line) GROUP BY m.applicant_id
    )
    SELECT said.applicant_id, said.is_new, first.person_key AS key, last.name, last.family_name, last.given_name,
           last.search_name, {kana}.search_kana, {said}
    FROM said JOIN import_line first ON first.line = said.first_line JOIN import_line last ON last.line = said.last_line
"""
_PERSON_CHANGES = """
    CREATE TEMPORARY TABLE import_person_change AS
    SELECT id, {columns} FROM (
        SELECT a.id, {values}, {search} AS search, {present}
        FROM import_person p
        JOIN applications_applicant a ON a.organization_id = %(organization)s AND a.id = p.applicant_id
        LEFT JOIN (
            SELECT x.applicant_id, array_agg(DISTINCT c.field::text) AS fields
            FROM applications_correction c JOIN applications_application x
              ON x.organization_id = c.organization_id AND x.id = c.application_id
            WHERE c.organization_id = %(organization)s GROUP BY x.applicant_id
        ) c ON c.applicant_id = a.id
        WHERE NOT p.is_new
    ) compared WHERE ({columns}) IS DISTINCT FROM ({old})
"""
_CORRECTED = """(
        SELECT application_id, array_agg(DISTINCT field::text) AS fields FROM applications_correction
        WHERE organization_id = %(organization)s GROUP BY application_id
    )"""
_CHANGES = """
    CREATE TEMPORARY TABLE import_change AS
    SELECT line, id, {columns} FROM (
        SELECT m.line, a.id, {values}, {present},
               CASE WHEN l.posting_key IS NULL THEN a.posting_id ELSE coalesce(g.id, %(nowhere)s) END AS posting_id
        FROM import_match m JOIN import_line l USING (line)
        JOIN applications_application a ON a.organization_id = %(organization)s AND a.id = m.application_id
        LEFT JOIN postings_jobposting g ON g.organization_id = %(organization)s AND g.key = l.posting_key
        LEFT JOIN {corrected} c ON c.application_id = a.id
        WHERE m.is_known
    ) compared WHERE ({columns}) IS DISTINCT FROM ({old})
"""
_EVENTS = """
    CREATE TEMPORARY TABLE import_event AS
    WITH line AS (
        SELECT m.line, m.is_known, m.application_id, string_to_array(l.stages, ',') AS stages,
               string_to_array(l.days, ',')::date[] AS days, coalesce('joined_on' = ANY (c.fields), false) AS is_joining_kept
        FROM import_match m JOIN import_line l USING (line) LEFT JOIN {corrected} c ON c.application_id = m.application_id
    )
    SELECT l.line, l.application_id, e.id, said.stage, said.entered_on
    FROM line l CROSS JOIN LATERAL unnest(l.stages, l.days) AS said (stage, entered_on)
    LEFT JOIN applications_stageevent e ON l.is_known AND e.organization_id = %(organization)s
          AND e.application_id = l.application_id AND e.stage = said.stage
    WHERE e.entered_on IS DISTINCT FROM said.entered_on AND NOT (l.is_joining_kept AND said.stage = 'joined')
    UNION ALL
    SELECT l.line, l.application_id, e.id, e.stage, NULL
    FROM line l JOIN applications_stageevent e
      ON e.organization_id = %(organization)s AND e.application_id = l.application_id
    WHERE l.is_known AND e.stage = ANY (%(cleared_stages)s) AND NOT e.stage = ANY (coalesce(l.stages, '{{}}'))
      AND NOT (l.is_joining_kept AND e.stage = 'joined')
"""
_RESULTS = """
    CREATE TEMPORARY TABLE import_result AS
    SELECT l.line, l.problems, CASE
        WHEN l.result <> '' THEN l.result
        WHEN NOT m.is_known THEN 'created'
        WHEN h.id IS NOT NULL OR p.id IS NOT NULL OR e.line IS NOT NULL THEN 'updated'
        ELSE 'unchanged' END AS result
    FROM import_line l
    LEFT JOIN import_match m USING (line)
    LEFT JOIN import_change h USING (line)
    LEFT JOIN import_person_change p ON p.id = m.applicant_id
    LEFT JOIN (SELECT DISTINCT line FROM import_event) e ON e.line = l.line
"""
_WRITE_RESULTS = """
    UPDATE intake_row r SET outcome = x.result, problems = x.problems FROM import_result x
    WHERE r.organization_id = %(organization)s AND r.batch_id = %(batch)s AND r.line = x.line
      AND (r.outcome <> x.result OR r.problems <> x.problems)
"""
_COUNT = """
    SELECT count(*) FILTER (WHERE result = 'created'), count(*) FILTER (WHERE result = 'updated'),
           count(*) FILTER (WHERE result = 'unchanged'), count(*) FILTER (WHERE result = 'duplicate'),
           count(*) FILTER (WHERE result = 'failed'),
           count(*) FILTER (WHERE result IN ('created', 'updated', 'unchanged') AND problems <> '[]')
    FROM import_result
"""
_POSTINGS = """
    SELECT DISTINCT ON (l.posting_key) l.posting_key, l.posting_title, l.posting_external_id, l.employment_type, l.job_family
    FROM import_match m JOIN import_line l USING (line) WHERE l.posting_key IS NOT NULL ORDER BY l.posting_key, l.line
"""
_REMEMBER = """
    INSERT INTO applications_before (organization_id, batch_id, application_id, application_row, applicant_row, stages)
    SELECT %(organization)s, %(batch)s, m.application_id, CASE WHEN a.id IS NULL THEN '{}' ELSE to_jsonb(a) END, to_jsonb(p),
           coalesce(e.stages, '[]')
    FROM import_result r JOIN import_match m USING (line)
    JOIN applications_applicant p ON p.organization_id = %(organization)s AND p.id = m.applicant_id
    LEFT JOIN applications_application a ON m.is_known AND a.organization_id = %(organization)s AND a.id = m.application_id
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('id', id, 'stage', stage, 'entered_on', entered_on) ORDER BY id) AS stages
        FROM applications_stageevent
        WHERE organization_id = %(organization)s AND application_id = a.id
    ) e ON true
    WHERE r.result = 'updated'
       OR (r.result = 'created' AND EXISTS (SELECT FROM import_person_change c WHERE c.id = m.applicant_id))
    ORDER BY r.line
"""
_UPDATE_PERSONS = """
    UPDATE applications_applicant a SET {assignments}, changed_at = %(now)s FROM import_person_change c
    WHERE a.organization_id = %(organization)s AND a.id = c.id
"""
_INSERT_PERSONS = """
    INSERT INTO applications_applicant (id, organization_id, key, {columns}, created_at, changed_at)
    SELECT applicant_id, %(organization)s, key, {values}, name, coalesce(family_name, ''), coalesce(given_name, ''),
           search_name || rtrim(' ' || coalesce(search_kana, '')), %(now)s, %(now)s
    FROM import_person WHERE is_new ORDER BY applicant_id
"""
DROP_GRAMS = """
    DELETE FROM applications_gram g USING {changed} c JOIN applications_applicant a ON a.id = c.id
    WHERE g.organization_id = %(organization)s AND a.organization_id = %(organization)s AND g.applicant_id = a.id
      AND (position(g.gram IN a.search) = 0 OR length(g.gram) < least(length(a.search), 2))
"""
# The same pairs as `folding.grams`, in the order of their index.
_INSERT_GRAMS = """
    INSERT INTO applications_gram (organization_id, gram, applicant_id)
    SELECT DISTINCT %(organization)s::uuid, substr(a.search, at, 2) AS gram, a.id
    FROM {changed} c JOIN applications_applicant a ON a.organization_id = %(organization)s AND a.id = c.{id}
    CROSS JOIN LATERAL generate_series(1, greatest(length(a.search) - 1, 1)) AS at
    ORDER BY gram, id {conflict}
"""
_INSERT_APPLICATIONS = """
    INSERT INTO applications_application
        (id, organization_id, applicant_id, posting_id, source_id, batch_id, key, {columns}, created_at, changed_at)
    SELECT m.application_id, %(organization)s, m.applicant_id, g.id, %(source)s, %(batch)s, l.key, {values}, %(now)s, %(now)s
    FROM import_match m JOIN import_line l USING (line)
    LEFT JOIN postings_jobposting g ON g.organization_id = %(organization)s AND g.key = l.posting_key
    WHERE NOT m.is_known ORDER BY m.application_id
"""
_UPDATE_APPLICATIONS = """
    UPDATE applications_application a SET {assignments}, changed_at = %(now)s FROM import_change c
    WHERE a.organization_id = %(organization)s AND a.id = c.id
"""
_DELETE_EVENTS = """
    DELETE FROM applications_stageevent e USING import_event c
    WHERE e.organization_id = %(organization)s AND e.id = c.id AND c.entered_on IS NULL
"""
_UPDATE_EVENTS = """
    UPDATE applications_stageevent e SET entered_on = c.entered_on FROM import_event c
    WHERE e.organization_id = %(organization)s AND e.id = c.id AND c.entered_on IS NOT NULL
"""
_INSERT_EVENTS = """
    INSERT INTO applications_stageevent (organization_id, application_id, stage, entered_on)
    SELECT %(organization)s, application_id, stage, entered_on FROM import_event
    WHERE id IS NULL ORDER BY application_id, stage
"""


def prepare() -> None:
    """Make the empty table for the rows of a file; what an earlier import left behind goes."""
    clear()
    columns = ", ".join(f"{name} {kind}" for name, kind in LINE_COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE import_line ({columns})")


def stage(lines: collections.abc.Iterable[str]) -> None:
    """Add rows in COPY's text form, with the columns of LINE_COLUMNS."""
    with connection.cursor() as cursor:
        copying.copy(cursor, "COPY import_line FROM STDIN", lines)


def count() -> None:
    """Let the database count the rows, now that all are there: how it looks for them goes by their number."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE import_line")


def clear() -> None:
    """Drop the temporary tables: they hold people's data, and the connection lives on."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{table}" for table in TABLES))


class Import:
    """The statements of one import, in the order in which they are asked for."""

    def __init__(self, batch: Batch, *, clearing: collections.abc.Collection[str], now: dt.datetime) -> None:
        """Take up a batch; `clearing` names the columns and stages where a blank takes away what is there."""
        self._clearing = frozenset(clearing)
        self._names = {
            "organization": batch.organization_id,
            "source": batch.source_id,
            "batch": batch.pk,
            "now": now,
            "nowhere": uuid.UUID(int=0),
            "cleared_stages": sorted(name.removeprefix("stage:") for name in clearing if name.startswith("stage:")),
        }

    def match(self) -> None:
        """Find the application and person that each row is, and refuse rows that cannot be."""
        self._run(PATIENCE)
        days = {name: self._kept("l", name, "NULL") for name in ("left_on", "joined_on")}
        early = _REFUSE_EARLY_LEAVERS.format(**days, corrected=_CORRECTED)
        self._run(_REFUSE_OTHERS, early, _MATCH, "ANALYZE import_match")

    def postings(self) -> list[tuple[str | None, ...]]:
        """Return each posting that the rows name: key, title, id, kind of hiring, job family."""
        with connection.cursor() as cursor:
            cursor.execute(_POSTINGS)
            return list(cursor.fetchall())

    def compare(self) -> None:
        """Find what the rows would change, and with it what becomes of each row."""
        self._run(self._persons(), self._person_changes(), self._changes())
        self._run(_EVENTS.format(corrected=_CORRECTED), _RESULTS)
        self._run(*(f"ANALYZE {table}" for table in COMPARED))

    def note(self) -> tuple[int, ...]:
        """Write down what becomes of each row; return how many are created, updated, unchanged, double, failed, warned."""
        self._run(_WRITE_RESULTS)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT)
            return tuple(cursor.fetchone())

    def write(self) -> None:
        """Make applications of the rows, keeping what was there before."""
        people = ", ".join(f"coalesce({column}, '')" for column in _PERSON_TEXTS)
        fresh = [_fresh(column) for column in APPLICATION]
        self._run(
            _INSERT_PERSONS.format(columns=", ".join(PERSON), values=people),
            insert_grams("(SELECT applicant_id FROM import_person WHERE is_new)", "applicant_id"),
            _INSERT_APPLICATIONS.format(columns=", ".join(APPLICATION), values=", ".join(fresh)),
            _REMEMBER,
            _UPDATE_PERSONS.format(assignments=assignments(PERSON)),
            DROP_GRAMS.format(changed="import_person_change"),
            insert_grams("import_person_change", "id", conflict="ON CONFLICT DO NOTHING"),
            _UPDATE_APPLICATIONS.format(assignments=assignments((*APPLICATION, "posting_id"))),
            _DELETE_EVENTS,
            _UPDATE_EVENTS,
            _INSERT_EVENTS,
        )

    def _persons(self) -> str:
        latest = [
            f"(array_agg(l.{name} ORDER BY l.applied_at DESC, l.line DESC) FILTER (WHERE l.{name} IS NOT NULL))[1] AS {name}"
            for name in ("applicant_external_id", *_PERSON_TEXTS[1:], "search_kana")
        ]
        rows = {name: "last" if name in self._clearing else "said" for name in _PERSON_TEXTS}
        said = [f"{row}.{_source_of(name)} AS {name}" for name, row in rows.items()]
        return _PERSONS.format(latest=", ".join(latest), said=", ".join(said), kana=rows["kana"])

    def _person_changes(self) -> str:
        texts = {name: self._kept("p", name, "''") for name in _PERSON_TEXTS}
        names = {name: _guarded(name, f"coalesce(p.{name}, '')") for name in ("name", "family_name", "given_name")}
        name = _guarded("name", "p.search_name", kept="split_part(a.search, ' ', 1)")
        kana = self._kept("p", "kana", "''", said="p.search_kana", present="split_part(a.search, ' ', 2)")
        return _PERSON_CHANGES.format(
            values=_named({**texts, **names}),
            search=f"{name} || rtrim(' ' || {kana})",
            present=_old(PERSON),
            columns=", ".join(PERSON),
            old=", ".join(f"old_{column}" for column in PERSON),
        )

    def _changes(self) -> str:
        values = {name: self._kept("l", name, "''") for name in _TEXTS}
        values |= {name: self._kept("l", name, "NULL") for name in _DAYS}
        values |= {name: self._kept("l", name, default) for name, default in _DEFAULTS.items()}
        values["applied_at"] = _APPLIED_AT
        values["decided_at"] = _guarded(
            "decided_at", _of_decision(values["outcome"], "decided_at", values["decided_at"])
        )
        values["told_at"] = _guarded(
            "told_at", _of_decision(values["outcome"], "told_at", "coalesce(a.told_at, l.told_at)")
        )
        columns = (*APPLICATION, "posting_id")
        return _CHANGES.format(
            values=_named(values),
            present=_old(columns),
            corrected=_CORRECTED,
            columns=", ".join(columns),
            old=", ".join(f"old_{column}" for column in columns),
        )

    def _kept(self, table: str, name: str, empty: str, *, said: str = "", present: str = "") -> str:
        """Return the value that a field is to have: what the file says, else what is there, else or instead nothing."""
        said, present = said or f"{table}.{name}", present or f"a.{name}"
        new = f"coalesce({said}, {empty})" if name in self._clearing else f"coalesce({said}, {present})"
        return _guarded(name, new, kept=present)

    def _run(self, *statements: str) -> None:
        run(self._names, *statements)


# A day without a time of day does not take the time away that is known.
_APPLIED_AT = """CASE WHEN (l.applied_at AT TIME ZONE 'Asia/Tokyo')::time = '00:00'
        AND (l.applied_at AT TIME ZONE 'Asia/Tokyo')::date = (a.applied_at AT TIME ZONE 'Asia/Tokyo')::date
        THEN a.applied_at ELSE l.applied_at END"""


def run(names: collections.abc.Mapping[str, typing.Any], *statements: str) -> None:
    """Run statements with the names they use."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, names if "%(" in statement else None)


def _guarded(name: str, value: str, *, kept: str = "") -> str:
    """Return the value unless a member has corrected the field by hand."""
    return f"CASE WHEN '{_GUARDS.get(name, name)}' = ANY (c.fields) THEN {kept or f'a.{name}'} ELSE {value} END"


def _of_decision(outcome: str, name: str, value: str) -> str:
    """Return a moment of the decision: none while none stands, and of a new ending what the file says of it alone.

    So that whoever is turned down a second time waits to be told again.
    """
    return f"""CASE WHEN {outcome} = 'in_progress' THEN NULL
        WHEN a.outcome = 'rejected' AND {outcome} <> 'rejected' THEN l.{name} ELSE {value} END"""


def _source_of(name: str) -> str:
    return "applicant_external_id" if name == "external_id" else name


def _fresh(name: str) -> str:
    """Return the value of a field in an application that is new."""
    if name in _TEXTS:
        return f"coalesce(l.{name}, '')"
    if name in _OF_DECISION:
        return f"CASE WHEN coalesce(l.outcome, 'in_progress') <> 'in_progress' THEN l.{name} END"
    return f"coalesce(l.{name}, {_DEFAULTS[name]})" if name in _DEFAULTS else f"l.{name}"


def insert_grams(changed: str, identifier: str, *, conflict: str = "") -> str:
    """Return what makes the search pairs of the people whom a table of changes names."""
    return _INSERT_GRAMS.format(changed=changed, id=identifier, conflict=conflict)


def assignments(columns: collections.abc.Iterable[str]) -> str:
    """Return what takes columns over from `c`."""
    return ", ".join(f"{column} = c.{column}" for column in columns)


def _named(values: collections.abc.Mapping[str, str]) -> str:
    return ", ".join(f"{value} AS {name}" for name, value in values.items())


def _old(columns: collections.abc.Iterable[str]) -> str:
    return ", ".join(f"a.{column} AS old_{column}" for column in columns)
