"""Flattens the entry stylesheets when static files are collected: one request instead of thirty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Processed: TypeAlias = tuple[str, str, bool] | tuple[str, None, RuntimeError]

ENTRIES = ("design/relay.css", "design/candidate.css")
IMPORT = re.compile(r'@import "(?P<path>[^"]+)" layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def flatten(text: str, read: Callable[[str], str]) -> str:
    """Replace each import by the imported text inside its layer."""

    def inline(match: re.Match[str]) -> str:
        body = COMMENT.sub("", read(match["path"])).strip()
        return f"@layer {match['layer']} {{\n{body}\n}}"

    return IMPORT.sub(inline, COMMENT.sub("", text))


class CollectedFiles(ManifestStaticFilesStorage):
    """Static files as they are served: entry stylesheets flattened, every name with its hash."""

    def post_process(self, *args: Any, **options: Any) -> Iterator[Processed]:
        """Flatten first, then hash."""
        paths = dict(args[0])
        for entry in () if options.get("dry_run") else ENTRIES:
            if entry in paths:
                self._write_flat(args[0], entry)
                paths[entry] = (self, entry)
        yield from super().post_process(paths, *args[1:], **options)

    def _write_flat(self, paths: dict[str, Any], entry: str) -> None:
        def read(name: str) -> str:
            source, path = paths[name]
            with source.open(path) as file:
                return str(file.read().decode())

        folder = entry.rpartition("/")[0]
        text = flatten(read(entry), lambda path: read(f"{folder}/{path}"))
        self.delete(entry)
        self.save(entry, ContentFile(text.encode()))
