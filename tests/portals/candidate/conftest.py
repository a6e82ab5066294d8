from __future__ import annotations

import typing

import pytest

from tests.portals.candidate.browser import Phone, link_of

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World


@pytest.fixture
def path(world: World) -> str:
    """The path of Alpha's link, as it stands in a mail."""
    return link_of(world.alpha)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def aoi(phone: Phone, path: str) -> uuid.UUID:
    """A person who registered with this phone a moment ago, and is signed in."""
    return phone.register(path)
