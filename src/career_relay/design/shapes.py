"""What portals hand to the frames and components: plain frozen values, no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

    Words: TypeAlias = str | _StrPromise

Tone: TypeAlias = Literal["neutral", "info", "positive", "caution", "negative"]


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One link of a navigation, of a row of tabs or of a menu; `also` begin further addresses that belong to it."""

    label: Words
    url: str
    also: tuple[str, ...] = ()
    icon: str = ""
    count: int | None = None
    group: Words = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a professional's page; context name `frame`."""

    navigation: Sequence[NavItem]
    organization: str
    person: str
    kind: Words = ""
    organizations: Sequence[NavItem] = ()
    account: Sequence[NavItem] = ()
    search_url: str = ""
    search_label: Words = ""
    sign_out_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Brand:
    """Who speaks on a candidate's page: the employer before the programme; context name `brand`."""

    name: str
    note: Words = ""
    logo_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the five steps of the model, with the evidence for its state."""

    title: Words
    evidence: Words
    state: Literal["done", "now", "next"] = "next"
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """One thing that happened, or will."""

    title: Words
    at: dt.datetime | dt.date | None = None
    body: Words = ""
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work in the background as its page shows it."""

    title: Words
    state: Literal["accepted", "running", "done", "partly_failed", "failed"]
    done: int = 0
    total: int = 0
    failed: int = 0
    started_by: str = ""
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    remaining: Words = ""
    error_file_url: str = ""
    stop_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail as the person will see it."""

    subject: str
    sender: str
    recipient: str
    text: str
    at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentTerms:
    """What a consent says, before it is given: the four answers beside an unticked box."""

    purpose: Words
    receivers: Words
    contents: Words
    until: Words
    withdrawal: Words
