"""django-allauth, bent to our rules: our limits, our mails, and codes that nobody stores."""

from __future__ import annotations

import typing
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts import operations
from career_relay.domain.ground.accounts.models import User
from career_relay.kernel import clock, ids, japanese
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.account import tries

if typing.TYPE_CHECKING:
    from django.forms import BaseForm

    from career_relay.domain.ground.organizations.access import Request

CODE_PURPOSES: typing.Final = {
    "account/email/email_confirmation": operations.ADDRESS_CODE,
    "account/email/email_confirmation_signup": operations.ADDRESS_CODE,
    "account/email/password_reset_code": operations.RESET_CODE,
}
ADDRESS_TAKEN: typing.Final = "account/email/account_already_exists"


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth asks its questions.

    What allauth keeps in the session as "the code" is here the id of a challenge: the code itself is derived from it
    at sending and at checking, so neither a session row nor a stored mail holds one.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "ログインできません。メールアドレスかパスワードが違います。入力し直すか、パスワードを再設定してください。"
        ),
        "incorrect_code": _("コードが違います。メールに届いた最新のコードを入力してください。"),
        "too_many_login_attempts": _(
            "コードの間違いが続いたため、このコードは使えなくなりました。もう一度やり直してください。"
        ),
    }

    def clean_email(self, email: str) -> str:
        return japanese.normalise_email(email)

    def save_user(self, request: Request, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- allauth's signature
        user.name = form.cleaned_data["name"]
        user.language = get_language() or User.Language.JAPANESE
        return super().save_user(request, user, form, commit=commit)

    def pre_authenticate(self, request: Request, **credentials: typing.Any) -> None:
        tries.take(tries.SIGN_IN, address=credentials.get("email", ""), network=request.network)

    def authenticate(self, request: Request, **credentials: typing.Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user:
            tries.give_back(tries.SIGN_IN, address=credentials.get("email", ""), network=request.network)
        return user

    def generate_email_verification_code(self) -> str:
        return str(ids.new())

    def generate_password_reset_code(self) -> str:
        return str(ids.new())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, typing.Any]) -> None:
        """Queue the mail as the user's own, in the user's language whoever asked for it.

        Raises KeyError for a mail of allauth that we have no words for.
        """
        user = context.get("user") or filter_users_by_email(email)[0]
        usual = {"user_id": user.pk, "address": email, "language": user.language, "now": clock.now()}
        with acting_as(user=user.pk):
            if template_prefix == ADDRESS_TAKEN:
                operations.warn_of_sign_up(**usual)
            else:
                purpose = CODE_PURPOSES[template_prefix]
                operations.send_code(purpose=purpose, challenge=uuid.UUID(context["code"]), **usual)
