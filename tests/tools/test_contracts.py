"""The import contracts fail on each planted arrow or room; the project as it stands is checked by `make check`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/career_relay"

Lint = typing.Callable[[str, str], list[str]]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Return a function that adds one file to the project's empty rooms and gives the names of the broken contracts."""
    for path in PACKAGE.rglob("*.py"):
        room = tmp_path / path.relative_to(PACKAGE.parent)
        room.parent.mkdir(parents=True, exist_ok=True)
        room.touch()
    shutil.copy(ROOT / ".importlinter", tmp_path)

    def _lint(name: str, text: str) -> list[str]:
        path = tmp_path / PACKAGE.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
        program = Path(sys.executable).with_name("lint-imports")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "200"}
        done = subprocess.run(
            [program, "--no-cache"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 1}, done.stderr
        return [line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")]

    return _lint


def test_contracts_hold_for_a_sound_arrow(lint: Lint) -> None:
    assert lint("portals/employer/new.py", "from career_relay.domain.hiring.links import models\n") == []


@pytest.mark.parametrize(
    ("name", "imported", "contracts"),
    [
        ("kernel/new.py", "capabilities.facts", ["Rings"]),
        ("capabilities/facts/new.py", "domain.ground.accounts", ["Rings"]),
        ("design/new.py", "capabilities.facts", ["Rings"]),
        ("domain/ground/accounts/new.py", "portals.public", ["Rings"]),
        ("domain/ground/accounts/new.py", "domain.circle.referrals", ["Two streams and a confluence"]),
        ("domain/ground/accounts/new.py", "domain.ground.credits", ["Order in ground"]),
        ("domain/people/candidates/new.py", "domain.people.consents", ["Order in people"]),
        ("capabilities/crypto/new.py", "capabilities.facts", ["Order of capabilities"]),
        ("portals/public/new.py", "portals.employer", ["Portals and connectors know no sibling"]),
        (
            "domain/hiring/links/new.py",
            "domain.people.candidates",
            ["Two streams and a confluence", "Hiring and people never meet, not even by way of a third"],
        ),
        (
            "portals/agency/new.py",
            "domain.circle.referrals",
            ["Agencies and schools see neither the employers' rooms nor the confluence"],
        ),
    ],
)
def test_forbidden_arrow_breaks_its_contract(lint: Lint, name: str, imported: str, contracts: list[str]) -> None:
    assert lint(name, f"import career_relay.{imported}\n") == contracts


@pytest.mark.parametrize(
    ("name", "contract"),
    [
        ("anywhere/new.py", "Rings"),
        ("domain/middle/new.py", "Two streams and a confluence"),
        ("domain/ground/new/new.py", "Order in ground"),
        ("domain/hiring/new/new.py", "Order in hiring"),
        ("domain/people/new/new.py", "Order in people"),
        ("domain/circle/new/new.py", "Order in circle"),
        ("capabilities/new/new.py", "Order of capabilities"),
    ],
)
def test_room_without_a_place_breaks_the_contract(lint: Lint, name: str, contract: str) -> None:
    assert lint(name, "") == [contract]


@pytest.mark.parametrize(("low", "high"), [("models", "rules"), ("rules", "queries"), ("queries", "operations")])
def test_order_inside_a_package_is_kept(lint: Lint, low: str, high: str) -> None:
    room = "domain/ground/accounts"
    lint(f"{room}/{low}.py", "")

    assert lint(f"{room}/{high}.py", f"import career_relay.domain.ground.accounts.{low}\n") == []
    assert lint(f"{room}/{high}.py", "") == []
    assert lint(f"{room}/{low}.py", f"import career_relay.domain.ground.accounts.{high}\n") == ["Inside a package"]
