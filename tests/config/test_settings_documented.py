from __future__ import annotations

import re

from tests.database import ROOT

DOCUMENT = ROOT / "docs/reference/settings.md"
READ = re.compile(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"')


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    sources = [*(ROOT / "src/career_relay/config").rglob("*.py")]
    read = {name for source in sources for name in READ.findall(source.read_text())}
    documented = set(re.findall(r"^\| `([A-Z_]+)`", DOCUMENT.read_text(), re.MULTILINE))
    assert documented == read
