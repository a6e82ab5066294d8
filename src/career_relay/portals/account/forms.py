"""The forms of signing up and in: allauth's, in our words, with our limits."""

from __future__ import annotations

import typing
import uuid

from allauth.account import forms as allauth
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from career_relay.capabilities.crypto import keys
from career_relay.design.forms import CodeInput
from career_relay.domain.ground.accounts import operations as accounts
from career_relay.kernel import japanese
from career_relay.portals.account import tries

if typing.TYPE_CHECKING:
    from django.http import HttpResponse

    from career_relay.domain.ground.accounts.models import User
    from career_relay.domain.ground.organizations.access import Request

PASSWORD_HINT = _("12 文字以上にしてください。よく使われる言葉や、アドレスに似た言葉は使えません。")


class PlainForm(forms.Form):
    """Shows a field's label above it and nothing inside it."""

    labels: typing.ClassVar[dict[str, typing.Any]] = {}
    hints: typing.ClassVar[dict[str, typing.Any]] = {}

    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class AddressField(forms.EmailField):
    """A mail address, also when it was typed with a Japanese keyboard's wide letters."""

    def __init__(self, **kwargs: typing.Any) -> None:
        super().__init__(label=_("メールアドレス"), max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "email"

    def to_python(self, value: str | None) -> str:
        return japanese.normalise_email(super().to_python(value) or "")


class CodeField(forms.CharField):
    """The six digits of a mail or of an authenticator, wide digits included; a recovery code fits as well."""

    def __init__(self, **kwargs: typing.Any) -> None:
        super().__init__(label=_("確認コード"), widget=CodeInput(), max_length=20, **kwargs)

    def to_python(self, value: str | None) -> str:
        return japanese.normalise(super().to_python(value) or "")


class SignInForm(PlainForm, allauth.LoginForm):
    labels = {"remember": _("ブラウザーを閉じても、12 時間ログインしたままにする")}

    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.order_fields(["login", "password", "remember"])


class SignUpForm(PlainForm, allauth.SignupForm):
    """Asks for the least: a name, an address, a password."""

    name = forms.CharField(label=_("お名前"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    email = AddressField()
    field_order = ["name", "email", "password1"]
    labels = {"email": _("メールアドレス")}
    hints = {
        "name": _("同じ組織のメンバーに表示します。"),
        "email": _("会社のアドレスをお使いください。"),
        "password1": PASSWORD_HINT,
    }

    def clean_name(self) -> str:
        return japanese.clean_name(self.cleaned_data["name"])

    def try_save(self, request: Request) -> tuple[User | None, HttpResponse | None]:
        """Save, or pretend to, in the same time, when the address has an account: its owner is told by mail."""
        tries.take(tries.SIGN_UP, address=self.cleaned_data["email"], network=request.network)
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(PlainForm, allauth.ResetPasswordForm):
    email = AddressField()

    def clean_email(self) -> str:
        tries.take(tries.PASSWORD_RESET, address=self.cleaned_data["email"], network=context.request.network)
        return super().clean_email()


class AddAddressForm(PlainForm, allauth.AddEmailForm):
    email = AddressField()

    def clean_email(self) -> str:
        tries.take(tries.ADDED_ADDRESS, address=self.user.email, network=context.request.network)
        return super().clean_email()


class ChangePasswordForm(PlainForm, allauth.ChangePasswordForm):
    hints = {"password1": PASSWORD_HINT}

    def clean_oldpassword(self) -> str:
        tries.take(tries.SIGN_IN, address=self.user.email, network=context.request.network)
        return super().clean_oldpassword()


class NewPasswordForm(PlainForm, allauth.ResetPasswordKeyForm):
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(PlainForm, allauth.ReauthenticateForm):
    pass


class MailedCodeForm(PlainForm, allauth.BaseConfirmCodeForm):
    """Checks a code against the challenge that allauth kept in its place; without a challenge no code is right."""

    purpose: typing.ClassVar[str]
    code = CodeField()

    def __init__(self, *args: typing.Any, code: str = "", **kwargs: typing.Any) -> None:
        self.challenge = code
        expected = keys.code(self.purpose, uuid.UUID(code)) if code else ""
        super().__init__(*args, code=expected, **kwargs)

    def clean_code(self) -> str:
        if self.challenge:
            tries.take_code(self.challenge)
        return super().clean_code()


class ConfirmAddressForm(MailedCodeForm, allauth.ConfirmEmailVerificationCodeForm):
    purpose = accounts.ADDRESS_CODE


class ConfirmPasswordResetForm(MailedCodeForm, allauth.ConfirmPasswordResetCodeForm):
    purpose = accounts.RESET_CODE


class SecondFactorForm(PlainForm, mfa.AuthenticateForm):
    code = CodeField()

    def clean_code(self) -> str:
        tries.take_second_factor(self.user.pk)
        code = super().clean_code()
        tries.use_up(self.user.pk, code)
        return code


class SecondFactorAgainForm(SecondFactorForm, mfa.ReauthenticateForm):
    pass


class ActivateAuthenticatorForm(PlainForm, totp.ActivateTOTPForm):
    code = CodeField()

    def clean_code(self) -> str:
        tries.take_second_factor(self.user.pk)
        return super().clean_code()
