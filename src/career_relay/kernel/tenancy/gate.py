"""The gate: the few definer functions that may look across tenants, before or without a principal.

Each returns ids and what its one call needs. They belong to `relay_gate`, which nobody can sign in as; their names are
allow-listed in `settings.GATE_FUNCTIONS`, and the catalogue lint fails on any other definer function.
"""

from __future__ import annotations

import typing

from django.db import connection
from django.db.migrations.operations import RunSQL

if typing.TYPE_CHECKING:
    import collections.abc


class GateFunction(RunSQL):
    """A migration operation that installs one function of schema `gate`.

    `signature` is `name(argument type, …)`, `returns` what follows RETURNS, `reads` the tables it may select from,
    `body` one SQL query. Volatility is STABLE: a gate function never writes.
    """

    def __init__(self, signature: str, *, returns: str, reads: collections.abc.Sequence[str], body: str) -> None:
        self.signature, self.returns, self.reads, self.body = signature, returns, tuple(reads), body
        name = f"gate.{signature}"
        super().__init__(
            sql=f"""
                GRANT SELECT ON {", ".join(self.reads)} TO relay_gate;
                CREATE FUNCTION {name} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER
                    SET search_path = pg_catalog, public, pg_temp AS $gate$ {body} $gate$;
                REVOKE ALL ON FUNCTION gate.{self.identity} FROM PUBLIC;
                GRANT EXECUTE ON FUNCTION gate.{self.identity} TO relay_app;
                ALTER FUNCTION gate.{self.identity} OWNER TO relay_gate;
            """,
            reverse_sql=f"DROP FUNCTION gate.{self.identity}",
        )

    @property
    def identity(self) -> str:
        """The function's name with its argument types alone, as DROP and GRANT want it."""
        name, arguments = self.signature.rstrip(")").split("(", 1)
        types = [argument.split(maxsplit=1)[1] for argument in arguments.split(",") if argument.strip()]
        return f"{name}({', '.join(types)})"

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return type(self).__name__, [self.signature], {"returns": self.returns, "reads": self.reads, "body": self.body}


def rows(function: str, *arguments: typing.Any) -> list[dict[str, typing.Any]]:
    """Call a gate function and return its rows as dictionaries by column name."""
    marks = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM gate.{function}({marks})", arguments)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def row(function: str, *arguments: typing.Any) -> dict[str, typing.Any] | None:
    """Call a gate function that finds at most one row; return it, or None."""
    return next(iter(rows(function, *arguments)), None)
