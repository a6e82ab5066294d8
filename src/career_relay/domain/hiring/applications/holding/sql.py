"""Holding the applications and people that an import is about to write, in the order that everybody keeps (README)."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.applications import sql

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.intake.models import Batch

_APPLICATIONS: typing.Final = """
    SELECT FROM applications_application WHERE organization_id = %(organization)s AND id IN ({chosen})
    ORDER BY id FOR NO KEY UPDATE
"""
_PEOPLE: typing.Final = """
    SELECT FROM applications_applicant WHERE organization_id = %(organization)s AND id IN ({chosen})
    ORDER BY id FOR NO KEY UPDATE
"""
# As deleting does it: whoever is about to refer to one of them goes first, or waits and finds it gone.
_ADDED: typing.Final = """
    SELECT FROM applications_application WHERE organization_id = %(organization)s AND batch_id = %(batch)s
    ORDER BY id FOR UPDATE
"""
_KNOWN_APPLICATIONS: typing.Final = """
    SELECT a.id FROM import_line l JOIN applications_application a
      ON a.organization_id = %(organization)s AND a.source_id = %(source)s AND a.key = l.key
    WHERE l.result = ''
"""
_KNOWN_PEOPLE: typing.Final = """
    SELECT a.applicant_id FROM import_line l JOIN applications_application a
      ON a.organization_id = %(organization)s AND a.source_id = %(source)s AND a.key = l.key
    WHERE l.result = ''
    UNION
    SELECT p.id FROM import_line l JOIN applications_applicant p
      ON p.organization_id = %(organization)s AND p.key = l.person_key
    WHERE l.result = ''
"""
_TOUCHED_APPLICATIONS: typing.Final = """
    SELECT id FROM applications_application WHERE organization_id = %(organization)s AND batch_id = %(batch)s
    UNION
    SELECT application_id FROM applications_before WHERE organization_id = %(organization)s AND batch_id = %(batch)s
"""
_TOUCHED_PEOPLE: typing.Final = """
    SELECT applicant_id FROM applications_application WHERE organization_id = %(organization)s AND batch_id = %(batch)s
    UNION
    SELECT a.applicant_id FROM applications_before b JOIN applications_application a
      ON a.organization_id = %(organization)s AND a.id = b.application_id
    WHERE b.organization_id = %(organization)s AND b.batch_id = %(batch)s
"""


def hold_known(batch: Batch) -> None:
    """Hold what the staged rows of a batch are about, as far as it is known."""
    _hold(batch, _APPLICATIONS.format(chosen=_KNOWN_APPLICATIONS), _PEOPLE.format(chosen=_KNOWN_PEOPLE))


def hold_touched(batch: Batch) -> None:
    """Hold what a committed batch added or changed."""
    touched = _APPLICATIONS.format(chosen=_TOUCHED_APPLICATIONS)
    _hold(batch, touched, _ADDED, _PEOPLE.format(chosen=_TOUCHED_PEOPLE))


def _hold(batch: Batch, *statements: str) -> None:
    names = {"organization": batch.organization_id, "source": batch.source_id, "batch": batch.pk}
    sql.run(names, sql.WAITING, *statements)
