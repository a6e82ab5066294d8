"""What a candidate's first page loads, and how stylesheets are flattened."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage
from django.test import RequestFactory

from career_relay.design import storage, views

STYLES = Path(__file__).parents[2] / "src/career_relay/design/static/design"
LIMIT = 100_000
LAYERS = ["reset", "tokens", "base", "components", "pages", "utilities"]


def flat(name: str) -> str:
    return storage.flatten((STYLES / name).read_text(), lambda path: (STYLES / path).read_text())


def first_page() -> str:
    return views.frame(RequestFactory().get("/"), "candidate").content.decode()


def test_candidate_page_loads_at_most_100_kb() -> None:
    loaded = [len(first_page().encode()), len(flat("candidate.css").encode()), (STYLES / "favicon.svg").stat().st_size]
    assert sum(loaded) <= LIMIT


def test_candidate_page_needs_no_script_and_only_its_own_files() -> None:
    assert re.findall(r"<script", first_page()) == []
    addresses = re.findall(r'(?:src|href)="([^"#]+)"', first_page())
    assert addresses == [staticfiles_storage.url(f"design/{name}") for name in ("favicon.svg", "candidate.css")]


def test_flattening_leaves_no_import_and_keeps_the_order_of_layers() -> None:
    for entry in ("relay.css", "candidate.css"):
        text = flat(entry)
        assert "@import" not in text
        assert text.startswith(f"@layer {', '.join(LAYERS)};")
        assert set(re.findall(r"^@layer (\w+) \{", text, re.MULTILINE)) == set(LAYERS)


def test_stylesheets_load_nothing_else() -> None:
    assert [path.name for path in STYLES.rglob("*.css") if "url(" in path.read_text()] == []


def test_every_component_stands_in_the_professional_stylesheet() -> None:
    entry = (STYLES / "relay.css").read_text()
    files = {
        str(path.relative_to(STYLES)) for folder in ("components", "frames") for path in (STYLES / folder).iterdir()
    }
    assert files - set(re.findall(r'@import "([^"]+)"', entry)) == set()


def test_collected_entry_is_flat_and_hashed(tmp_path: Path) -> None:
    collected = storage.CollectedFiles(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(location=STYLES.parent)
    paths = {}
    for file in STYLES.rglob("*.*"):
        name = str(file.relative_to(STYLES.parent))
        with source.open(name) as content:
            collected.save(name, content)
        paths[name] = (source, name)
    results = {name: hashed for name, hashed, _ in collected.post_process(paths) if hashed}
    text = (tmp_path / results["design/candidate.css"]).read_text()
    assert "@import" not in text
    assert text.count("@layer components {") > 10
    assert results["design/candidate.css"] != "design/candidate.css"
