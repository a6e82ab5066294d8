"""Many rows at once, from arrays: the people of a mailing and what they are told."""

from __future__ import annotations

import typing

from django.db import connection

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    Ids = collections.abc.Sequence[uuid.UUID]

_NOTICES = """
    INSERT INTO notices_notice (id, organization_id, mailing_id, applicant_id, left_out, detail, has_link)
    SELECT notice, %(organization)s, %(mailing)s, applicant, '', '', false
    FROM unnest(%(notices)s::uuid[], %(applicants)s::uuid[]) AS chosen (notice, applicant)
"""
_TELLS = """
    INSERT INTO notices_told (id, organization_id, notice_id, application_id, is_open)
    SELECT gen_random_uuid(), %(organization)s, notice, application, false
    FROM unnest(%(notices)s::uuid[], %(applications)s::uuid[]) AS told (notice, application)
"""
_LOCK = """
    SELECT FROM {table} WHERE organization_id = %(organization)s AND id = ANY(%(rows)s) ORDER BY id FOR NO KEY UPDATE
"""
_KEEP = """
    SELECT FROM applications_application WHERE organization_id = %(organization)s AND id = ANY(%(rows)s)
    ORDER BY id FOR KEY SHARE
"""
_IMPATIENCE = "SET LOCAL lock_timeout = '500ms'"


def add_notices(organization_id: uuid.UUID, mailing_id: uuid.UUID, notices: Ids, applicants: Ids) -> None:
    """Write one notice for each of the applicants."""
    _do(_NOTICES, organization=organization_id, mailing=mailing_id, notices=notices, applicants=applicants)


def add_tells(organization_id: uuid.UUID, notices: Ids, applications: Ids) -> None:
    """Say in which notice each application is told."""
    _do(_TELLS, organization=organization_id, notices=notices, applications=applications)


def keep_applications(organization_id: uuid.UUID, applications: Ids) -> None:
    """Keep applications from being deleted until the transaction ends; others may change them."""
    _do(_KEEP, organization=organization_id, rows=applications)


def lock_applications(organization_id: uuid.UUID, applications: Ids) -> None:
    """Hold applications, in one order for everybody: their decisions stand still until the transaction ends."""
    _do(_LOCK.format(table="applications_application"), organization=organization_id, rows=applications)


def lock_applicants(organization_id: uuid.UUID, applicants: Ids) -> None:
    """Hold people, after their applications: no news of them is written until the transaction ends."""
    _do(_LOCK.format(table="applications_applicant"), organization=organization_id, rows=applicants)


def be_impatient() -> None:
    """Wait for locks only a moment, until the transaction ends: less than the server takes to look for a circle.

    For work that is done again soon: whoever can't do theirs again, as people who wait for a page, goes first.
    """
    _do(_IMPATIENCE)


def _do(statement: str, **values: typing.Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
