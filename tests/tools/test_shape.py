from __future__ import annotations

import typing
from pathlib import Path

from tools import shape

if typing.TYPE_CHECKING:
    import pytest


def sizes(*lines: int) -> list[shape.Size]:
    return [shape.Size(count, f"thing_{number}") for number, count in enumerate(lines)]


def function_of(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


def test_percentile_is_the_length_that_nine_of_ten_do_not_exceed() -> None:
    assert shape.percentile(sizes(*range(1, 11)), 0.9) == 9
    assert shape.percentile([], 0.9) == 0


def test_limit_names_the_thing_over_the_hard_limit() -> None:
    limit = shape.Limit("things", None, 60)

    assert list(limit.findings(sizes(60, 61))) == ["thing_1: 61 lines, more than 60: split it"]


def test_limit_tells_when_too_many_things_are_long() -> None:
    limit = shape.Limit("things", 25, 60)

    assert list(limit.findings(sizes(26, 26))) == ["things: the 90th percentile is 26, more than 25 lines"]
    assert list(limit.findings(sizes(*[25] * 9, 60))) == []


def test_function_sizes_count_methods_and_nested_functions_but_no_migrations(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations/one.py").write_text(function_of(99))
    (tmp_path / "two.py").write_text("class A:\n    def outer(self):\n        def inner():\n            pass\n")

    found = shape.function_sizes(shape.python_files(tmp_path))

    assert [(size.lines, size.place.rsplit(" ", 1)[1]) for size in found] == [(3, "outer"), (2, "inner")]


def test_cycle_between_rooms_is_found_also_through_a_third_and_inside_functions(tmp_path: Path) -> None:
    source = tmp_path / "app"
    for room, imported in (("one", "two"), ("two", "three"), ("three", "one")):
        (source / "domain/ground" / room).mkdir(parents=True)
        text = f"def late():\n    from app.domain.ground.{imported} import models\n"
        (source / "domain/ground" / room / "operations.py").write_text(text)
    (source / "kernel.py").write_text("import app.domain.ground.one\n")

    rooms = [f"app.domain.ground.{name}" for name in ("one", "three", "two")]
    assert list(shape.cycle_findings(shape.imports_between_packages(source))) == [
        f"packages import each other in a circle: {', '.join(rooms)}"
    ]


def test_package_of_a_module_is_its_room_or_its_ring() -> None:
    modules = ("app.domain.ground.credits.models", "app.capabilities.facts.kinds", "app.config.urls", "app")

    assert [shape.package_of(module) for module in modules] == [
        "app.domain.ground.credits",
        "app.capabilities.facts",
        "app.config",
        "app",
    ]


def test_too_many_dependencies_are_found(tmp_path: Path) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(f"[project]\ndependencies = {['x'] * 31}\n")

    assert list(shape.dependency_findings(pyproject)) == ["pyproject.toml: 31 direct run dependencies, more than 30"]


def test_main_fails_and_prints_the_table_when_a_file_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "src" / shape.PACKAGE
    package.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = []\n")
    (package / "long.py").write_text("x = 1\n" * 501)
    monkeypatch.setattr(shape, "ROOT", tmp_path)

    assert shape.main() == 1
    printed = capsys.readouterr()
    assert f"src/{shape.PACKAGE}/long.py: 501 lines, more than 500: split it" in printed.err.splitlines()
    assert "functions" in printed.out
