"""Prints how large things are, and fails where something is larger than this project allows.

Lines are physical lines, blanks and docstrings included, migrations excluded; a function runs from
its `def` line, nested ones count. Complexity is ruff's business.
"""

from __future__ import annotations

import ast
import dataclasses
import math
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "career_relay"
MOST_DEPENDENCIES = 30


@dataclasses.dataclass(frozen=True)
class Size:
    """How long one thing is, and where it stands."""

    lines: int
    place: str


@dataclasses.dataclass(frozen=True)
class Limit:
    """What a kind of thing may measure: nine of ten at most `p90`, each at most `hard`."""

    name: str
    p90: int | None
    hard: int

    def findings(self, sizes: list[Size]) -> Iterator[str]:
        for size in sizes:
            if size.lines > self.hard:
                yield f"{size.place}: {size.lines} lines, more than {self.hard}: split it"
        if self.p90 and percentile(sizes, 0.9) > self.p90:
            found = percentile(sizes, 0.9)
            yield f"{self.name}: the 90th percentile is {found}, more than {self.p90} lines"


FUNCTIONS = Limit("functions", 25, 60)
FILES = Limit("files", 300, 500)
TEMPLATES = Limit("templates", 130, 250)
OTHER_FUNCTIONS = Limit("functions of tests, tools, bench", None, 60)
OTHER_FILES = Limit("files of tests, tools, bench", None, 700)


def main() -> int:
    source, other = ROOT / "src" / PACKAGE, [ROOT / name for name in ("tests", "tools", "bench")]
    other_files = [path for folder in other for path in python_files(folder)]
    templates = (path for path in source.rglob("*.html"))
    measured = [
        (FUNCTIONS, function_sizes(python_files(source))),
        (FILES, file_sizes(python_files(source))),
        (TEMPLATES, file_sizes(templates)),
        (OTHER_FUNCTIONS, function_sizes(other_files)),
        (OTHER_FILES, file_sizes(other_files)),
    ]
    findings = [finding for limit, sizes in measured for finding in limit.findings(sizes)]
    findings += cycle_findings(imports_between_packages(source))
    findings += dependency_findings(ROOT / "pyproject.toml")
    print(table(measured))
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def table(measured: Iterable[tuple[Limit, list[Size]]]) -> str:
    rows = [f"{'':34}{'count':>7}{'median':>8}{'p90':>6}{'max':>6}   largest"]
    for limit, sizes in measured:
        largest = max(sizes, key=lambda size: size.lines, default=Size(0, "-"))
        middle, most = percentile(sizes, 0.5), percentile(sizes, 0.9)
        numbers = f"{len(sizes):7}{middle:8}{most:6}{largest.lines:6}"
        rows.append(f"{limit.name:34}{numbers}   {largest.place}")
    return "\n".join(rows)


def percentile(sizes: list[Size], share: float) -> int:
    """Return the length that this share of them does not exceed (nearest rank)."""
    if not sizes:
        return 0
    return sorted(size.lines for size in sizes)[math.ceil(share * len(sizes)) - 1]


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def file_sizes(paths: Iterable[Path]) -> list[Size]:
    return [Size(len(path.read_text().splitlines()), _place(path)) for path in paths]


def function_sizes(paths: Iterable[Path]) -> list[Size]:
    return [
        Size((node.end_lineno or node.lineno) - node.lineno + 1, f"{_place(path)}:{node.lineno} {node.name}")
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def imports_between_packages(source: Path) -> dict[str, set[str]]:
    """Return which package imports which: every import counts, also those inside functions."""
    graph: dict[str, set[str]] = {}
    for path in python_files(source):
        module = ".".join((source.name, *path.relative_to(source).with_suffix("").parts))
        importer = package_of(module)
        edges = graph.setdefault(importer, set())
        edges |= {package_of(name) for name in _imported(path, source.name)} - {importer}
    return graph


def package_of(module: str) -> str:
    """Return the room a module stands in: domain.<group>.<noun>, capabilities.<name>, or the ring."""
    parts = module.removesuffix(".__init__").split(".")
    ring = parts[1] if len(parts) > 1 else ""
    depth = {"domain": 4, "capabilities": 3, "portals": 3, "connectors": 3}.get(ring, 2)
    return ".".join(parts[:depth])


def _imported(path: Path, package: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == package)


def cycle_findings(graph: Mapping[str, set[str]]) -> Iterator[str]:
    reach = {package: _reachable(graph, package) for package in graph}
    for package in sorted(graph):
        circle = sorted(other for other in reach[package] if package in reach.get(other, set()))
        if circle and package == circle[0]:
            yield f"packages import each other in a circle: {', '.join(circle)}"


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = set(graph[start])
    while waiting:
        package = waiting.pop()
        if package not in found:
            found.add(package)
            waiting |= graph.get(package, set())
    return found


def dependency_findings(pyproject: Path) -> Iterator[str]:
    count = len(tomllib.loads(pyproject.read_text())["project"]["dependencies"])
    if count > MOST_DEPENDENCIES:
        yield f"pyproject.toml: {count} direct run dependencies, more than {MOST_DEPENDENCIES}"


if __name__ == "__main__":
    sys.exit(main())
