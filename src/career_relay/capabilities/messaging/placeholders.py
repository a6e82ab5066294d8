"""What stands in a stored body where a code or a link will be, and how it is filled in at sending.

A template writes `{{ code }}`; the stored body then holds `{{secret:code}}`, and the row holds the recipe by which the
value is derived again. So neither the table, nor a page, nor a log can open somebody's link.
"""

from __future__ import annotations

import re
import typing
import uuid

from django.conf import settings

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import unsubscribing

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.capabilities.messaging import models

    Recipe = collections.abc.Sequence[str | int]

UNSUBSCRIBE = "unsubscribe_url"
MASK = "●●●●●●"
_PLACEHOLDER = re.compile(r"\{\{secret:(\w+)\}\}")


def placeholder(name: str) -> str:
    """Return what stands in a stored body for the secret `name`."""
    return f"{{{{secret:{name}}}}}"


def filled(text: str, values: collections.abc.Mapping[str, str]) -> str:
    """Return `text` with each known placeholder replaced, once: a value is never looked through again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def masked(text: str) -> str:
    """Return `text` as people other than the receiver may read it."""
    return _PLACEHOLDER.sub(MASK, text)


def values(message: models.Message) -> dict[str, str]:
    """Derive every secret of a message. Raises ValueError for a recipe that is not one of ours."""
    found = {name: _derive(recipe) for name, recipe in message.secrets.items()}
    if message.suppression_list:
        found[UNSUBSCRIBE] = unsubscribing.url(message.suppression_list, message.to_address)
    return found


def _derive(recipe: Recipe) -> str:
    match recipe:
        case ["code", str(purpose), str(challenge)]:
            return keys.code(purpose, uuid.UUID(challenge))
        case ["token", str(purpose), str(subject), int(version), str(path)] if path.count("%s") == 1:
            return f"{settings.SITE_URL}{path % keys.token(purpose, uuid.UUID(subject), version)}"
        case _:
            raise ValueError(
                f"Recipe {recipe!r} is unknown: use ['code', purpose, id] or ['token', purpose, id, version, '/path/%s/']."
            )
