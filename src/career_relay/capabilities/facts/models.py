from __future__ import annotations

import typing

from django.db import models
from django.db.models.functions import Now

from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, PartyRows


class TransactionId(models.BigIntegerField):  # type: ignore[type-arg]  # Django's field takes none at run time
    """PostgreSQL's own number of the writing transaction (`xid8`), set by the database."""

    def db_type(self, connection: typing.Any) -> str:
        return "xid8"

    def from_db_value(self, value: typing.Any, expression: object, connection: object) -> int | None:
        return None if value is None else int(value)


class CurrentTransaction(models.Func):
    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionId()


class Fact(models.Model):
    """What happened, once. Audit, figures and timelines read facts; nobody's name, address or text is in them.

    `sequence` and `transaction` let a later seal find every fact of a closed transaction. An organization's facts
    never carry a candidate, and what tells the employer of a registration carries the day only.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    sequence = models.BigIntegerField(
        unique=True, db_default=models.Func(models.Value("facts_sequence"), function="nextval")
    )
    transaction = TransactionId(db_default=CurrentTransaction())
    kind = models.CharField(max_length=60)
    organization_id = models.UUIDField(null=True)
    candidate_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            PartyRows(name="facts_rows", readers=["organization", "candidate"], writers=["organization", "candidate"]),
            AppendOnly(name="facts_append_only"),
            models.CheckConstraint(
                name="facts_one_principal",
                condition=models.Q(organization_id__isnull=True) ^ models.Q(candidate_id__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organization_id", "-occurred_at"], name="facts_of_organization"),
            models.Index(fields=["candidate_id", "-occurred_at"], name="facts_of_candidate"),
        ]
