"""What the tests of all portals share: the type of an answer, and a portal's pages by name."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    import collections.abc

    from django.test import client
    from django.urls import URLPattern

    # The class is known to the stubs alone: Django's test client puts it together at run time.
    Answer: typing.TypeAlias = client._MonkeyPatchedWSGIResponse


def by_name(patterns: collections.abc.Sequence[URLPattern]) -> dict[str, URLPattern]:
    """Return the pages of a portal; every one has a name of its own."""
    found = {pattern.name: pattern for pattern in patterns if pattern.name}
    assert len(found) == len(patterns)
    return found
