from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.database import ROOT


@pytest.mark.parametrize("missing", ["RELAY_KEY", "DATABASE_URL"])
def test_missing_variable_is_named_in_one_sentence(missing: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != missing}
    environment["DJANGO_SETTINGS_MODULE"] = "career_relay.config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "career_relay", "doctor"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert missing in done.stderr
    assert "Traceback" not in done.stderr
