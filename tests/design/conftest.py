from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Speak Japanese, whatever language an earlier request left behind in this thread."""
    with translation.override("ja"):
        yield
