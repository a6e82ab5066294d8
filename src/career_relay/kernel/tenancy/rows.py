"""Row classes, declared in a model's `Meta.constraints`, so that makemigrations carries the policies of a table.

A table is one of: tenant (`TenantRows`), shared by two or more parties (`PartyRows`), a person's own (`PersonRows`),
or platform (no constraint; named in `settings.PLATFORM_TABLES`). `catalogue.lint` holds the database to it.
"""

from __future__ import annotations

import typing

from django.db.models import BaseConstraint

if typing.TYPE_CHECKING:
    import collections.abc

    from django.db import models
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PRINCIPALS = ("organization", "user", "candidate")


def setting(principal: str) -> str:
    """Return the SQL that reads a principal of the transaction: null when it is missing or empty."""
    if principal not in PRINCIPALS:
        msg = f"{principal!r} is no principal; use one of {', '.join(PRINCIPALS)}."
        raise ValueError(msg)
    return f"nullif(current_setting('app.{principal}', true), '')::uuid"


class CatalogueConstraint(BaseConstraint):
    """A constraint that is a piece of catalogue (policy, trigger, key) rather than a column's business.

    It is installed at the end of its migration, when every table and column it may name is there.
    """

    def create_statement(self, model: type[models.Model]) -> str:
        """Return the SQL that installs it; may hold several statements."""
        raise NotImplementedError

    def remove_statement(self, model: type[models.Model]) -> str:
        """Return the SQL that takes it away."""
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        if model is None or schema_editor is None:
            return ""
        if model is not None and schema_editor is not None:
            schema_editor.deferred_sql.append(self.create_statement(model))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        return self.constraint_sql(model, schema_editor)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        return self.remove_statement(model) if model else ""

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: collections.abc.Collection[str] | None = None,
        using: str = "default",
    ) -> None:
        """Leave the check to the database, which alone knows the principal."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)


class Trigger(CatalogueConstraint):
    """A trigger on every row of the model's table, or of the `table` named; what it does is the SQL in `FUNCTION`.

    A deferred one looks when the transaction, or the principal's turn, ends.
    """

    FUNCTION: typing.ClassVar[str]
    fires: typing.ClassVar[str] = "AFTER INSERT OR UPDATE"
    is_deferred: typing.ClassVar[bool] = True
    table: typing.ClassVar[str] = ""

    def create_statement(self, model: type[models.Model]) -> str:
        function = self.FUNCTION.split("FUNCTION ", 1)[1].split("()", 1)[0]
        kind, when = ("CONSTRAINT TRIGGER", " DEFERRABLE INITIALLY DEFERRED") if self.is_deferred else ("TRIGGER", "")
        return (
            f"{self.FUNCTION}; CREATE {kind} {self.name} {self.fires} ON {self._table(model)}{when}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )

    def remove_statement(self, model: type[models.Model]) -> str:
        return f"DROP TRIGGER {self.name} ON {self._table(model)}"

    def _table(self, model: type[models.Model]) -> str:
        return self.table or model._meta.db_table


class RowSecurity(CatalogueConstraint):
    """Base of the row classes: switches row level security on, by force, and installs the class's policies."""

    def policies(self) -> list[tuple[str, str, str, str]]:
        """Return (name, command, USING, WITH CHECK) of each policy; an empty string leaves the part out."""
        raise NotImplementedError

    def create_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        lines = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
        for name, command, using, check in self.policies():
            parts = [f"CREATE POLICY {name} ON {table} FOR {command}"]
            parts += [f"USING ({using})"] if using else []
            parts += [f"WITH CHECK ({check})"] if check else []
            lines.append(" ".join(parts))
        return "; ".join(lines)

    def remove_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        drops = [f"DROP POLICY {name} ON {table}" for name, *_ in self.policies()]
        return "; ".join([*drops, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"])


class TenantRows(RowSecurity):
    """Rows of one organization: it alone reads and writes them."""

    def __init__(self, *, name: str, column: str = "organization_id") -> None:
        super().__init__(name=name)
        self.column = column

    def policies(self) -> list[tuple[str, str, str, str]]:
        own = f"{self.column} = {setting('organization')}"
        return [("tenant", "ALL", own, own)]

    def deconstruct(self) -> tuple[str, collections.abc.Sequence[typing.Any], dict[str, typing.Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "column": self.column}


class PartyRows(RowSecurity):
    """Rows that stand between parties: each reader and writer sees its own, each writer may write its own.

    A party that is named after no principal is one more organization: `counterparty` stands for `counterparty_id`.
    `signed_by` names the organization who wrote the row: one of the parties, and always the one that acts.
    """

    def __init__(
        self,
        *,
        name: str,
        readers: collections.abc.Sequence[str],
        writers: collections.abc.Sequence[str],
        signed_by: str = "",
    ) -> None:
        super().__init__(name=name)
        self.readers = tuple(readers)
        self.writers = tuple(writers)
        self.signed_by = signed_by
        if signed_by and {principal_of(who) for who in self.writers} != {"organization"}:
            msg = f"{name}: only organizations sign rows, and {', '.join(self.writers)} write here."
            raise ValueError(msg)

    def policies(self) -> list[tuple[str, str, str, str]]:
        writes = self._signed() if self.signed_by else _is_one_of(self.writers)
        reads = _is_one_of(who for who in self.readers if self.signed_by or who not in self.writers)
        policies = [("party_writes", "ALL", writes, writes)]
        return [*policies, ("party_reads", "SELECT", reads, "")] if reads else policies

    def _signed(self) -> str:
        acting, columns = setting("organization"), ", ".join(f"{who}_id" for who in self.writers)
        return f"{self.signed_by}_id = {acting} AND {acting} = ANY (ARRAY[{columns}])"

    def deconstruct(self) -> tuple[str, collections.abc.Sequence[typing.Any], dict[str, typing.Any]]:
        path, args, kwargs = super().deconstruct()
        signed = {"signed_by": self.signed_by} if self.signed_by else {}
        return path, args, {**kwargs, "readers": self.readers, "writers": self.writers, **signed}


def principal_of(party: str) -> str:
    """Return the principal that a party of `PartyRows` acts as."""
    return party if party in PRINCIPALS else "organization"


def _is_one_of(parties: collections.abc.Iterable[str]) -> str:
    return " OR ".join(f"{party}_id = {setting(principal_of(party))}" for party in parties)


class PersonRows(RowSecurity):
    """Rows of one person, who alone writes them.

    `shared_through` names the access table and `scopes` the scopes in it that let an organization read, as long as
    the grant is valid. The database's clock decides: this is the last line of defence, not a rule.
    """

    def __init__(
        self,
        *,
        name: str,
        column: str = "candidate_id",
        shared_through: str = "",
        scopes: collections.abc.Sequence[str] = (),
    ) -> None:
        super().__init__(name=name)
        self.column = column
        self.shared_through = shared_through
        self.scopes = tuple(scopes)

    def policies(self) -> list[tuple[str, str, str, str]]:
        own = f"{self.column} = {setting('candidate')}"
        if not self.shared_through:
            return [("person", "ALL", own, own)]
        scopes = ", ".join(f"'{scope}'" for scope in self.scopes)
        shared = (
            f"{self.column} IN (SELECT a.candidate_id FROM {self.shared_through} a"
            f" WHERE a.organization_id = {setting('organization')} AND a.scope IN ({scopes}) AND a.valid_until > now())"
        )
        return [("person", "ALL", own, own), ("shared", "SELECT", shared, "")]

    def deconstruct(self) -> tuple[str, collections.abc.Sequence[typing.Any], dict[str, typing.Any]]:
        path, args, kwargs = super().deconstruct()
        return (
            path,
            args,
            {**kwargs, "column": self.column, "shared_through": self.shared_through, "scopes": self.scopes},
        )


class SameTenant(CatalogueConstraint):
    """A composite foreign key: the row that `field` points to belongs to the same tenant as this one.

    The target needs a unique constraint on (tenant column, id). Row security does not bind foreign keys; this does.
    """

    def __init__(self, *, name: str, field: str, tenant: str = "organization") -> None:
        super().__init__(name=name)
        self.field = field
        self.tenant = tenant

    def create_statement(self, model: type[models.Model]) -> str:
        field = typing.cast("models.ForeignKey[models.Model, models.Model]", model._meta.get_field(self.field))
        target = field.related_model
        return (
            f"ALTER TABLE {model._meta.db_table} ADD CONSTRAINT {self.name}"
            f" FOREIGN KEY ({self.tenant}_id, {field.column}) REFERENCES {target._meta.db_table} ({self.tenant}_id, id)"
            " DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_statement(self, model: type[models.Model]) -> str:
        return f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {self.name}"

    def deconstruct(self) -> tuple[str, collections.abc.Sequence[typing.Any], dict[str, typing.Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field, "tenant": self.tenant}


class Kept(CatalogueConstraint):
    """Rows stay for ever; the application may change the named columns and no other."""

    def __init__(self, *, name: str, changes: collections.abc.Sequence[str]) -> None:
        super().__init__(name=name)
        self.changes = tuple(changes)

    def create_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        return (
            f"CREATE TRIGGER {self.name} BEFORE DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
            f" REVOKE UPDATE, DELETE ON {table} FROM relay_app;"
            f" GRANT UPDATE ({', '.join(self.changes)}) ON {table} TO relay_app"
        )

    def remove_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        return f"DROP TRIGGER {self.name} ON {table}; GRANT UPDATE, DELETE ON {table} TO relay_app"

    def deconstruct(self) -> tuple[str, collections.abc.Sequence[typing.Any], dict[str, typing.Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "changes": self.changes}


class AppendOnly(CatalogueConstraint):
    """Rows are written once: the application has no right to change them, and a trigger refuses everybody else."""

    def create_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        return (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;"
            f" CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
            f" REVOKE UPDATE, DELETE ON {table} FROM relay_app"
        )

    def remove_statement(self, model: type[models.Model]) -> str:
        table = model._meta.db_table
        return f"DROP TRIGGER {self.name} ON {table}; GRANT UPDATE, DELETE ON {table} TO relay_app"
