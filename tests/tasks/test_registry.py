from __future__ import annotations

import ast
import pathlib
import typing

import pytest

import career_relay

if typing.TYPE_CHECKING:
    import collections.abc

    import procrastinate

PACKAGE = pathlib.Path(career_relay.__file__).parent


def deferred_names() -> collections.abc.Iterator[str]:
    """Yield every name that some code defers by the queue."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("queue" | "jobs"), "defer"), args=[ast.Constant(name), *_]):
                    yield str(name)


@pytest.fixture(scope="module")
def registered(app: procrastinate.App) -> set[str]:
    return {name for name in app.tasks if "procrastinate." not in name}


def test_every_deferred_name_is_a_task_and_every_task_is_used(app: procrastinate.App, registered: set[str]) -> None:
    periodic = {name for name, _ in app.periodic_registry.periodic_tasks}
    deferred = set(deferred_names())
    assert deferred | periodic == registered
    assert deferred & periodic == set()
