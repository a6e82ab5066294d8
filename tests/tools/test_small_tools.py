"""Glossary, browser finder, HTML checker, check runner, and the help of make."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import check, chromium, environment, glossary, vnu

ROOT = Path(__file__).resolve().parents[2]
PAGE = '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>面接</title></head><body>{}</body></html>\n'


def test_glossary_names_the_words_it_does_not_explain() -> None:
    text = "| `Slot` 枠 | … |\n`slot.granted` is a fact; Holder is not in backquotes."

    assert glossary.missing(["Slot", "Holder", "slot.granted", "slot.used"], text) == ["Holder", "slot.used"]


def test_glossary_asks_for_models_and_fact_kinds_of_this_project_only() -> None:
    assert {"Organization", "Candidate"} < set(glossary.model_names())
    assert "Session" not in glossary.model_names()
    assert "referral.counted" in glossary.fact_kinds()


def test_chromium_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "google-chrome"
    browser.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.find() == str(browser)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_missing_chromium_fails_in_ci_only_and_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)

    assert chromium.main() == code
    assert chromium.HOW in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("java"), reason="the HTML checker needs Java")
def test_html_checker_finds_the_fault_and_passes_the_sound_page(tmp_path: Path) -> None:
    sound, faulty = tmp_path / "sound.html", tmp_path / "faulty.html"
    sound.write_text(PAGE.format("<h1>面接</h1>"))
    faulty.write_text(PAGE.format("<h1>面接</h1>\n<img src=x>"))

    assert vnu.check([sound]) == ""
    (finding,) = vnu.check([sound, faulty]).splitlines()
    assert "faulty.html" in finding
    assert "alt" in finding


def test_html_checker_without_pages_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vnu, "PAGES", tmp_path)

    assert vnu.main() == 1


def test_step_that_cannot_run_passes_by_hand_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step = check.Step("html", ("tools.vnu",), reason_to_skip="no browser")

    monkeypatch.setattr(check, "IN_CI", False)
    assert check.run(step) is True
    monkeypatch.setattr(check, "IN_CI", True)
    assert check.run(step) is False

    assert capsys.readouterr().out == (
        "\n== html\n== html: skipped: no browser\n\n== html\n== html: FAILED: no browser\n"
    )


def test_check_stops_at_the_first_failing_step_and_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = ("python", "-c")
    planned = [
        check.Step("good", (*python, "print('one')")),
        check.Step("bad", (*python, "raise SystemExit(3)")),
        check.Step("never", (*python, "print('three')")),
    ]
    monkeypatch.setattr("tools.environment.of_checkout", lambda *, test: {})
    monkeypatch.setattr(check, "steps", lambda project: planned)
    monkeypatch.setattr(check, "ROOT", tmp_path)

    assert check.main() == 1

    printed = capfd.readouterr()
    assert re.sub(r"\d+\.\d s", "… s", printed.out).split("\n") == [
        *("", "== good", "one", "== good: ok, … s"),
        *("", "== bad", "== bad: failed (exit code 3), … s", ""),
    ]
    assert printed.err == "\nmake check: FAILED at bad\n"


def test_environment_of_a_checkout_keeps_one_private_key_and_what_is_already_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "KEY", tmp_path / "var/key")
    monkeypatch.delenv("RELAY_KEY", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db/relay")

    first, second = environment.of_checkout(), environment.of_checkout()

    assert len(first["RELAY_KEY"]) == 64
    assert second["RELAY_KEY"] == first["RELAY_KEY"]
    assert (tmp_path / "var/key").stat().st_mode & 0o777 == 0o600
    assert first["DATABASE_URL"] == "postgres://somebody@db/relay"


def test_make_alone_prints_every_command() -> None:
    command = ["make", "--silent", "--no-print-directory"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    commands = [line.split()[1] for line in printed.splitlines()]
    assert commands == ["help", "run", "test", "check", "bench", "messages", "lock", "stop", "clean"]
