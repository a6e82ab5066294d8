"""Keeps the rules of the house that no ready-made linter knows. Each finding says what, why and what instead."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "career_relay"
LONGEST_VIEW = 25
THIN_RINGS = ("portals", "api", "tasks")
FORBIDDEN_NAMES = ("services", "utils", "helpers")
RAW_SQL_PLACES = ("migrations", "sql", "sql.py")
QUEUE = f"{PACKAGE}.capabilities.queue"

UPDATES = {"aupdate", "update"}
WRITES = {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update_or_create"}
WRITES |= {f"a{name}" for name in WRITES}
CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.utils.timezone.now",
    "time.time",
    "time.time_ns",
}
CLOCKS_WITHOUT_ARGUMENT = {"django.utils.timezone.localdate", "django.utils.timezone.localtime"}
SQL_METHODS = {"cursor", "execute", "executemany", "extra", "raw"}


@dataclasses.dataclass(frozen=True)
class Finding:
    """One breach of a rule, and the way out."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclasses.dataclass(frozen=True)
class Module:
    """A parsed file and its place below the package: ("portals", "employer", "views.py")."""

    path: str
    parts: tuple[str, ...]
    tree: ast.Module

    @property
    def ring(self) -> str:
        return self.parts[0]

    @functools.cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @functools.cached_property
    def calls(self) -> list[ast.Call]:
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @functools.cached_property
    def imports(self) -> dict[str, str]:
        """Local name to full dotted name."""
        found = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.split(".")[0]] = (
                        alias.name if alias.asname else alias.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return found

    def full_name(self, node: ast.expr) -> str:
        """Return what a name or a chain of attributes stands for: `dt.now` is datetime.datetime.now."""
        if isinstance(node, ast.Attribute):
            return f"{self.full_name(node.value)}.{node.attr}"
        return self.imports.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    def finding(self, node: ast.AST, message: str) -> Finding:
        return Finding(self.path, getattr(node, "lineno", 1), message)


def main() -> int:
    findings = check(ROOT / "src" / PACKAGE)
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"structure: {len(findings)} findings")
    return 1 if findings else 0


def check(package: Path) -> list[Finding]:
    """Return every breach of the rules in a package folder."""
    paths = [path for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts]
    modules = [_parse(path, package) for path in paths]
    findings = [finding for module in modules for rule in RULES for finding in rule(module)]
    findings += unregistered_tasks(modules)
    templates = (path for path in sorted(package.rglob("*.html")))
    findings += [finding for path in templates for finding in template_findings(path)]
    return findings


def _parse(path: Path, package: Path) -> Module:
    return Module(_shown(path), path.relative_to(package).parts, ast.parse(path.read_text()))


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def names(module: Module) -> Iterator[Finding]:
    for part in module.parts:
        if part.removesuffix(".py") in FORBIDDEN_NAMES:
            yield Finding(module.path, 1, f"`{part}` says nothing about what is inside: name it after its subject")


def writes(module: Module) -> Iterator[Finding]:
    if module.ring not in THIN_RINGS:
        return
    for call in module.calls:
        if isinstance(call.func, ast.Attribute) and _is_write(module, call, call.func):
            yield module.finding(
                call,
                f"ORM write .{call.func.attr}() in {module.ring}: rules would hide at the edge; "
                "call an operation or a flow instead",
            )


def _is_write(module: Module, call: ast.Call, method: ast.Attribute) -> bool:
    if _is_module(module, method.value):
        return False
    if method.attr in UPDATES:  # a dictionary's takes a mapping, a queryset's takes fields
        return bool(call.keywords) and not call.args
    return method.attr in WRITES


def _is_module(module: Module, node: ast.expr) -> bool:
    """Tell whether it is an imported module (by our naming: lower case all along), not a model or an object."""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in module.imports and module.full_name(node).islower()


def clocks(module: Module) -> Iterator[Finding]:
    if module.parts == ("kernel", "clock.py"):
        return
    instead = "time could not be replayed; take `now` as an argument, or call kernel.clock at the edge"
    for node in module.nodes:
        if isinstance(node, ast.Attribute | ast.Name) and module.full_name(node) in CLOCKS:
            yield module.finding(node, f"clock read {module.full_name(node)}: {instead}")
        elif isinstance(node, ast.Call) and not (node.args or node.keywords):
            if module.full_name(node.func) in CLOCKS_WITHOUT_ARGUMENT:
                yield module.finding(node, f"clock read {module.full_name(node.func)}(): {instead}")
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield module.finding(node.value, f"clock read by {node.arg}: {instead} (or db_default=Now())")


def raw_sql(module: Module) -> Iterator[Finding]:
    if module.parts[:2] == ("kernel", "tenancy") or set(module.parts) & set(RAW_SQL_PLACES):
        return
    for call in module.calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else module.full_name(call.func)
        is_ours = module.full_name(call.func).startswith(PACKAGE) and _is_module(module, call.func)
        if (name in SQL_METHODS and not is_ours) or name.rsplit(".", 1)[-1] == "RawSQL":
            message = f"raw SQL {name}(): isolation is reviewed where SQL stands together; put it into sql.py"
            yield module.finding(call, message)


def view_lengths(module: Module) -> Iterator[Finding]:
    if module.ring not in ("portals", "api") or not any(part.startswith("views") for part in module.parts):
        return
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_VIEW:
                yield module.finding(
                    node,
                    f"view {node.name} has {length} lines, more than {LONGEST_VIEW}: a view parses, calls once "
                    "and renders; move the rest to a flow, a query or a form",
                )


def orderings(module: Module) -> Iterator[Finding]:
    for node in module.nodes:
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for statement in node.body:
                if isinstance(statement, ast.Assign) and module.full_name(statement.targets[0]) == "ordering":
                    yield module.finding(
                        statement, "Meta.ordering sorts where nobody asked: write order_by in the query"
                    )


def promises(module: Module) -> Iterator[Finding]:
    """Check the functions that write: called by keyword, with a docstring that names what they raise."""
    is_flow, is_operation = module.ring == "flows", "operations" in [part.removesuffix(".py") for part in module.parts]
    if not (is_flow or is_operation):
        return
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if module.ring != "capabilities" and (node.args.args or node.args.posonlyargs):
            yield module.finding(
                node, f"{node.name} takes positional arguments: a call must say what is what; begin with *"
            )
        words = ast.get_docstring(node) or ""
        for name in sorted(_raised(node) - set(re.findall(r"\w+", words))):
            yield module.finding(node, f"{node.name} raises {name}: its callers need to know; say so in the docstring")


def _raised(function: ast.FunctionDef) -> set[str]:
    """Return the names of the errors that stand in its own raise statements."""
    raised = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise))
    called = (error.func if isinstance(error, ast.Call) else error for error in raised)
    names = (error.attr if isinstance(error, ast.Attribute) else getattr(error, "id", "") for error in called)
    return {name for name in names if name[:1].isupper()}


RULES: tuple[Callable[[Module], Iterator[Finding]], ...] = (
    names,
    writes,
    clocks,
    raw_sql,
    view_lengths,
    orderings,
    promises,
)


def unregistered_tasks(modules: Iterable[Module]) -> list[Finding]:
    """Return deferred names that no task is registered under, and names written so that nobody can tell."""
    modules = list(modules)
    known = {name for module in modules if module.ring == "tasks" for name in _task_names(module)}
    findings = []
    for module in modules:
        for call in module.calls:
            if module.full_name(call.func) != f"{QUEUE}.defer":
                continue
            name = call.args[0] if call.args else None
            if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
                message = "queue.defer of a computed name: nobody can check it; write the task's name out"
                findings.append(module.finding(call, message))
            elif name.value not in known:
                message = (
                    f'queue.defer("{name.value}"): no task has this name, so the job would fail later; '
                    f'declare it in {PACKAGE}/tasks with @app.task(name="{name.value}")'
                )
                findings.append(module.finding(call, message))
    return findings


def _task_names(module: Module) -> Iterator[str]:
    for call in module.calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "task":
            for keyword in call.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


INLINE_STYLE = (r"<style\b|<[a-z][^>]*\sstyle\s*=", "inline style: the content policy blocks it; use a class")
TEMPLATE_RULES = (
    (r"<script(?![^>]*\bsrc\s*=)[^>]*>", "inline script: the content policy blocks it; put it into a static file"),
    (r"<[a-z][^>]*\son[a-z]+\s*=", "inline handler: the content policy blocks it; listen in a static script"),
    (r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)", "blocktranslate keeps line breaks: add `trimmed`"),
)


def template_findings(path: Path) -> Iterator[Finding]:
    """Mail is shown by programs that know inline styles only, so its templates may have them."""
    text = path.read_text()
    rules = TEMPLATE_RULES if "mail" in path.parts else (INLINE_STYLE, *TEMPLATE_RULES)
    for pattern, message in rules:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Finding(_shown(path), text.count("\n", 0, match.start()) + 1, message)


if __name__ == "__main__":
    sys.exit(main())
