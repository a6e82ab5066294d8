"""What other rooms ask about the people who sign in."""

from __future__ import annotations

import typing

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from career_relay.domain.ground.accounts import models
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


def by_address(address: str) -> models.User | None:
    """Return the user who signs in with this address, confirmed or not."""
    return models.User.objects.filter(email=japanese.normalise_email(address)).first()


def language_of(address: str, *, otherwise: str) -> str:
    """Return the language that the user with this address reads, `otherwise` for an address without an account."""
    user = by_address(address)
    return user.language if user else otherwise


def locked(user_id: uuid.UUID) -> models.User:
    """Return the user and hold the row to the end of the transaction: what one person starts twice happens in turn."""
    return models.User.objects.select_for_update(no_key=True).get(pk=user_id)


def names_of(user_ids: collections.abc.Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of these users by id."""
    return dict(models.User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def has_confirmed(user_id: uuid.UUID, address: str) -> bool:
    """Tell whether the user has proved that the mailbox of `address` is theirs."""
    wanted = japanese.normalise_email(address)
    return bool(EmailAddress.objects.filter(user_id=user_id, email=wanted, verified=True).exists())


def has_second_factor(user_id: uuid.UUID) -> bool:
    """Tell whether signing in asks this user for more than a password."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists())
