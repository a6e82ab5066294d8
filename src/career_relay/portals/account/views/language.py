from __future__ import annotations

import typing

from django.views import i18n

from career_relay.domain.ground.accounts import operations
from career_relay.domain.ground.accounts.models import User

if typing.TYPE_CHECKING:
    from django.http import HttpResponseBase

    from career_relay.domain.ground.organizations.access import Request


def switch(request: Request) -> HttpResponseBase:
    """Show pages in another language; a member who is signed in gets their mails in it too."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in User.Language.values:
        operations.change_language(user_id=request.user.pk, language=language)
    return i18n.set_language(request)
