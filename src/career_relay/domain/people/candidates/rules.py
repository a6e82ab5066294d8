"""What may be typed into a sign-up, and in which form it is kept. Pure: text in, text out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from career_relay.domain.ground.organizations import vocabulary
from career_relay.kernel import japanese
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import uuid

SIGN_UP_LIFE: typing.Final = dt.timedelta(hours=24)
CODE_LIFE: typing.Final = dt.timedelta(minutes=30)
REPEAT_LIFE: typing.Final = dt.timedelta(minutes=2)
LONGEST_NAME: typing.Final = 100
LONGEST_OCCUPATION: typing.Final = 100
LONGEST_EMAIL: typing.Final = 254
PHONE_DIGITS: typing.Final = range(9, 16)

UNREADABLE: typing.Final = {"Co", "Cn", "Cs"}  # private, unassigned, half of a pair: shown on one device alone
_PREFECTURES = {code for code, _name in vocabulary.PREFECTURES}
_ADDRESS_ON_THE_WEB = re.compile(
    r"://|\bwww\.|@|\b[a-z0-9-]+\.(?:com|net|org|info|biz|jp|io|co|me|app|dev|xyz|link|site|online|shop|top|club|cn|ru|tk|ly|to)\b",
    re.IGNORECASE,
)


class UnableToUseDetail(DomainError):
    """Something typed can't be kept as it is; `field` says what."""

    code = "DETAIL_NOT_USABLE"
    status = 400

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person tells about themselves, in the form it is kept. Only the name and the address are needed.

    `source_type` says what they were to the employer; it belongs to the registration and is passed on to it.
    """

    name: str
    email: str
    phone: str = ""
    prefecture: str = ""
    occupation: str = ""
    source_type: str = "rejected"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """A consent that was ticked, and the words it was ticked under."""

    purpose: str
    version: int
    language: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignInAttempt:
    """A sign-in that waits for its code. Kept by the person's own browser; says nothing of whether they are registered."""

    challenge: uuid.UUID
    address_index: str
    expires_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AddressChange:
    """A new address that waits for its code. Kept by the browser of the person who typed it."""

    challenge: uuid.UUID
    email: str
    expires_at: dt.datetime


def details(
    *, name: str, email: str, phone: str = "", prefecture: str = "", occupation: str = "", source_type: str = "rejected"
) -> Details:
    """Return all that was typed in the form it is kept. Raises UnableToUseDetail for the first that can't be."""
    return Details(
        name=clean_name(name),
        email=clean_email(email),
        phone=clean_phone(phone),
        prefecture=clean_prefecture(prefecture),
        occupation=clean_occupation(occupation),
        source_type=source_type,
    )


def clean_name(text: str) -> str:
    """Return a person's name as they write it, since 髙 must stay 髙; web addresses in it would be sent on as links."""
    for character in text:
        if unicodedata.category(character) in UNREADABLE:
            words = _("「%(character)s」は、ほかの端末で正しく表示できない文字です。近い文字に置き換えてください。")
            raise UnableToUseDetail("name", words % {"character": character})
    name = japanese.clean_name(text)
    if not name:
        raise UnableToUseDetail("name", _("お名前が入力されていません。お名前を入力してください。"))
    if len(name) > LONGEST_NAME:
        words = _("お名前が長すぎます（%(length)s 文字）。%(limit)s 文字以内で入力してください。")
        raise UnableToUseDetail("name", words % {"length": len(name), "limit": LONGEST_NAME})
    if not any(unicodedata.category(character).startswith("L") for character in name):
        raise UnableToUseDetail("name", _("お名前に文字がありません。ふだん使っているお名前を入力してください。"))
    return _without_web_address(
        "name", name, _("お名前に URL やメールアドレスは使えません。お名前だけを入力してください。")
    )


def clean_email(text: str) -> str:
    """Return the address mail is sent to: half width, without spaces around it, otherwise as typed."""
    address = unicodedata.normalize("NFKC", text).strip()
    try:
        validate_email(address)
    except ValidationError as error:
        words = _("メールアドレスの形になっていません。name@example.jp のような形で入力してください。")
        raise UnableToUseDetail("email", words) from error
    if len(address) > LONGEST_EMAIL:
        words = _("メールアドレスが長すぎます。%(limit)s 文字以内のアドレスを入力してください。")
        raise UnableToUseDetail("email", words % {"limit": LONGEST_EMAIL})
    return address


def clean_phone(text: str) -> str:
    """Return a phone number as E.164, or an empty string for none."""
    if not text.strip():
        return ""
    number = japanese.normalise_phone(text)
    if len(number) - 1 not in PHONE_DIGITS:
        words = _("電話番号として読み取れません。090-1234-5678 のように、市外局番から入力してください。")
        raise UnableToUseDetail("phone", words)
    return number


def clean_prefecture(code: str) -> str:
    """Return the code of a prefecture, or an empty string for anywhere."""
    if code and code not in _PREFECTURES:
        raise UnableToUseDetail("prefecture", _("働きたい地域を選び直してください。一覧にない値が送られました。"))
    return code


def clean_occupation(text: str) -> str:
    """Return the wished work in the person's own words."""
    words = japanese.clean_name(text)
    if len(words) > LONGEST_OCCUPATION:
        message = _("希望の仕事が長すぎます（%(length)s 文字）。%(limit)s 文字以内で入力してください。")
        raise UnableToUseDetail("occupation", message % {"length": len(words), "limit": LONGEST_OCCUPATION})
    return _without_web_address(
        "occupation", words, _("希望の仕事に URL やメールアドレスは使えません。言葉で入力してください。")
    )


def _without_web_address(field: str, text: str, message: str) -> str:
    if _ADDRESS_ON_THE_WEB.search(unicodedata.normalize("NFKC", text)):
        raise UnableToUseDetail(field, message)
    return text
