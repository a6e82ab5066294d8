"""The names that columns go by: a dictionary of header spellings, looked up in one form."""

from __future__ import annotations

import functools
import re
import typing
import unicodedata

from career_relay.domain.hiring.intake.headers import applications, days, others, people

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.intake.vocabulary import Field

LONGEST: typing.Final = 200

_MARKS: typing.Final = re.compile(r"[\s_\-–—・.:;,*※#'\"()\[\]{}<>【】「」『』〈〉《》/\\|?!◎○●■□▼▲★☆†\ufeff]+")  # noqa: RUF001 -- marks people put into headers
_REMARKS: typing.Final = re.compile(
    r"[\[(【<《](?:※?(?:(?:必須|任意|自動|required|optional)[^\])】>》]*|[半全]角(?:英?数字?)?))[\])】>》]"
)
_GIVEN: typing.Final = re.compile(r"[(\[]名[)\]]")  # 応募者（名） is half a name, 応募者名 a whole one
_SAMPLE_FORMS: typing.Final = re.compile(r"[(\[]?(?:yyyy|YYYY)[/年-].*$")


def key(header: str) -> str:
    """Return the form in which headers are compared: half width, lower case, without marks, remarks and sample forms."""
    plain = _GIVEN.sub("（名", _REMARKS.sub("", unicodedata.normalize("NFKC", header[:LONGEST])))
    return _MARKS.sub("", _SAMPLE_FORMS.sub("", plain).casefold())


def field_of(header_key: str) -> tuple[Field, int] | None:
    """Return the field that a name means, and the name's rank among all that mean it: the lower, the better."""
    return _fields().get(header_key)


def is_weak(header_key: str) -> bool:
    """Tell whether a name is used for several things, so that it never makes a column certain."""
    return header_key in _weak()


def is_other(header_key: str) -> bool:
    """Tell whether a name is known for something that we have no field for."""
    return header_key in _others()


def is_known(header: str) -> bool:
    """Tell whether a cell reads like the name of a column."""
    header_key = key(header)
    return bool(header_key) and (header_key in _fields() or header_key in _others())


def spellings() -> list[tuple[str, Field]]:
    """Return every spelling with its field, as written in the data."""
    return [(name, field) for table in _TABLES for field, names in table.items() for name in names.strip().split("|")]


_TABLES: typing.Final = (people.NAMES, applications.NAMES, days.NAMES)


@functools.cache
def _fields() -> dict[str, tuple[Field, int]]:
    found: dict[str, tuple[Field, int]] = {}
    for rank, (name, field) in enumerate(spellings()):
        found.setdefault(key(name), (field, rank))
    return found


@functools.cache
def _weak() -> frozenset[str]:
    return frozenset(map(key, applications.WEAK.split("|")))


@functools.cache
def _others() -> frozenset[str]:
    return frozenset(filter(None, map(key, others.NAMES.replace("\n", "|").split("|"))))
