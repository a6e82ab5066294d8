"""Whether the functions that may look across tenants are the ones that the migrations installed."""

from __future__ import annotations

import functools
import typing

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from career_relay.kernel.tenancy.gate import GateFunction

if typing.TYPE_CHECKING:
    import collections.abc

_SETTINGS: typing.Final = ["search_path=pg_catalog, public, pg_temp"]
PRESENT: typing.Final = """
    SELECT n.nspname || '.' || p.proname, p.prosrc, pg_get_userbyid(p.proowner), p.proconfig, p.prosecdef,
           has_function_privilege('public', p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE (p.prosecdef OR n.nspname = 'gate') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""


class Function(typing.NamedTuple):
    """A function of schema `gate`, or a definer function anywhere, as the catalogue has it."""

    name: str
    body: str
    owner: str
    settings: list[str] | None
    is_definer: bool
    is_public: bool


def faults(present: collections.abc.Sequence[Function]) -> list[str]:
    """Return how the functions present depart from the declared ones, and which of those are missing."""
    missing = declared().keys() - {function.name for function in present}
    return [
        *(f"Function {name} is missing." for name in sorted(missing)),
        *(fault for function in present for fault in _faults_of(function)),
    ]


@functools.cache
def declared() -> dict[str, str]:
    """Return each gate function with its body, the last one where a later migration, of any app, replaces an earlier."""
    graph = MigrationLoader(None).graph
    in_order = dict.fromkeys(node for leaf in sorted(graph.leaf_nodes()) for node in graph.forwards_plan(leaf))
    return {
        f"gate.{operation.signature.partition('(')[0]}": operation.body
        for node in in_order
        for operation in graph.nodes[node].operations
        if isinstance(operation, GateFunction)
    }


def _faults_of(function: Function) -> collections.abc.Iterator[str]:
    name = function.name
    if name.removeprefix("gate.") not in settings.GATE_FUNCTIONS:
        yield f"Function {name} is SECURITY DEFINER or in schema gate, but not in GATE_FUNCTIONS."
    if function.body.strip() != declared().get(name, "").strip():
        yield f"Function {name} has another body than its migration gave it."
    if function.owner != "relay_gate" or not function.is_definer or function.is_public:
        yield f"Function {name} must belong to relay_gate, be SECURITY DEFINER and not be open to PUBLIC."
    if function.settings != _SETTINGS:
        yield f"Function {name} must run with {_SETTINGS[0]} and no other setting."
