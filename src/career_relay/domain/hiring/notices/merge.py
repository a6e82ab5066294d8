"""What stands between double braces in a template, and how a person's values take its place.

A value is somebody else's text: it comes from a file. It is brought to one line, loses what cannot be seen, and can
neither open braces of its own nor become a link in the program that shows the mail.
"""

from __future__ import annotations

import dataclasses
import re
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

Values: typing.TypeAlias = "collections.abc.Mapping[str, str]"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value that a template may ask for, by its Japanese or its English name."""

    name: str
    english: str
    label: _StrPromise
    sample: str
    english_sample: str


FIELDS: typing.Final = (
    Field(name="氏名", english="name", label=_("応募者の氏名"), sample="山田 花子", english_sample="Hanako Yamada"),
    Field(name="姓", english="family_name", label=_("応募者の姓"), sample="山田", english_sample="Yamada"),
    Field(name="会社名", english="company", label=_("自社の名前"), sample="", english_sample=""),
    Field(name="求人名", english="posting", label=_("応募した求人"), sample="営業職", english_sample="Sales"),
    Field(
        name="応募日",
        english="applied_on",
        label=_("応募した日"),
        sample="2026年4月1日",
        english_sample="1 April 2026",
    ),
    Field(name="選考段階", english="stage", label=_("選考の段階"), sample="一次", english_sample="first interview"),
    Field(name="担当者", english="recruiter", label=_("採用の担当者"), sample="佐藤", english_sample="Sato"),
    Field(
        name="返信先",
        english="reply_to",
        label=_("返信先のメールアドレス"),
        sample="saiyo@example.jp",
        english_sample="recruiting@example.jp",
    ),
)
_BY_NAME: typing.Final = {name: field for field in FIELDS for name in (field.name, field.english)}
_FIELD: typing.Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES: typing.Final = re.compile(r"[{\uff5b]{2}|[}\uff5d]{2}")
_BLANKS: typing.Final = str.maketrans("", "", "\u034f\u115f\u1160\u2800\u3164\uffa0")
_SCHEME: typing.Final = re.compile(r"(?<=[A-Za-z]):(?=\S)")
_DOTS: typing.Final = re.compile(r"(?<=[^\W_])(?:\.(?=[^\W\d_]{2})|[\u3002\uff0e\uff61](?=[A-Za-z]{2}))")


def fields_in(text: str) -> list[Field]:
    """Return the fields a text asks for, each once, in the order in which they are listed."""
    named = {found.strip() for found in _FIELD.findall(text)}
    return [field for field in FIELDS if {field.name, field.english} & named]


def unknown_in(text: str) -> list[str]:
    """Return what stands in braces and is no field; a brace that has no partner stands for itself."""
    unknown = [f"{{{{{name}}}}}" for name in _FIELD.findall(text) if name not in _BY_NAME]
    return unknown + _BRACES.findall(_FIELD.sub("", text))


def merge(text: str, values: Values) -> str:
    """Return the text with each field replaced by its value, once: a value is never looked through again."""
    return _FIELD.sub(lambda found: values[_BY_NAME[found[1]].name], text)


def harmless(value: str) -> str:
    """Return somebody else's text as it may stand in a mail: one line, visible, no braces, no link.

    髙 and 﨑 stay as they are. What mail programs would take for a link gets a space in the middle.
    """
    text = " ".join(japanese.clean_name(value).translate(_BLANKS).split())
    text = text.replace("{{", "｛｛").replace("}}", "｝｝")  # noqa: RUF001 -- wide braces mean nothing to anybody
    return _DOTS.sub(lambda found: f"{found[0]} ", _SCHEME.sub(": ", text))
