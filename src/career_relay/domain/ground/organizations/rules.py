"""Who may be what, and do what. One table: views, operations and navigation all ask it."""

from __future__ import annotations

import datetime as dt
import re
import typing

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.kernel import japanese

Right: typing.TypeAlias = typing.Literal[
    "change_organization",
    "manage_members",
    "accept_terms",
    "record_basis",
    "manage_links",
    "see_links",
    "see_ledger",
    "see_mail",
    "see_runs",
    "import_applications",
    "see_applicants",
    "correct_applications",
    "see_process",
    "send_notices",
    "see_notices",
    "manage_stakeholders",
    "see_stakeholders",
    "manage_agreements",
    "see_agreements",
    "manage_agency",
    "see_people",
    "take_people",
    "check_agencies",
    "request_people",
    "see_introductions",
    "decide_introductions",
]

INVITATION_LIFE: typing.Final = dt.timedelta(days=14)
MOST_INVITATIONS_AT_ONCE: typing.Final = 200

_ROLE: typing.TypeAlias = Member.Role
_KIND: typing.TypeAlias = Organization.Kind

ROLES_BY_KIND: typing.Final[dict[str, tuple[Member.Role, ...]]] = {
    _KIND.EMPLOYER: (_ROLE.OWNER, _ROLE.RECRUITER, _ROLE.HIRING_MANAGER, _ROLE.ANALYST, _ROLE.AUDITOR),
    _KIND.AGENCY: (_ROLE.MANAGER, _ROLE.ADVISER),
    _KIND.SCHOOL: (_ROLE.MANAGER, _ROLE.COORDINATOR),
    _KIND.OPERATOR: (_ROLE.OPERATOR,),
}
_MANAGES: typing.Final[frozenset[Right]] = frozenset(
    {"change_organization", "manage_members", "see_mail", "see_runs", "manage_agreements", "see_agreements"}
)
_ADVISES: typing.Final[frozenset[Right]] = frozenset({"see_people", "take_people", "see_agreements"})
_RECRUITS: typing.Final[frozenset[Right]] = frozenset(
    {
        "import_applications",
        "see_applicants",
        "correct_applications",
        "see_process",
        "send_notices",
        "see_notices",
        "manage_stakeholders",
        "see_stakeholders",
        "manage_links",
        "see_links",
        "see_ledger",
        "request_people",
        "see_introductions",
        "decide_introductions",
    }
)
_RIGHTS: typing.Final[dict[str, frozenset[Right]]] = {
    _ROLE.OWNER: _MANAGES | _RECRUITS | {"accept_terms", "record_basis"},
    _ROLE.RECRUITER: _RECRUITS | {"see_mail", "see_runs", "see_agreements"},
    _ROLE.HIRING_MANAGER: frozenset({"see_applicants"}),
    _ROLE.ANALYST: frozenset({"see_links", "see_ledger", "see_process"}),
    _ROLE.AUDITOR: frozenset(
        {
            "see_applicants",
            "see_process",
            "see_notices",
            "see_links",
            "see_ledger",
            "see_mail",
            "see_runs",
            "see_agreements",
            "see_stakeholders",
            "see_introductions",
        }
    ),
    _ROLE.MANAGER: _MANAGES | _ADVISES | {"manage_agency"},
    _ROLE.ADVISER: _ADVISES,
    _ROLE.COORDINATOR: frozenset(),
    _ROLE.OPERATOR: _MANAGES | {"check_agencies"},
}

FREE_MAIL_DOMAINS: typing.Final = frozenset(
    {
        "aol.com", "biglobe.ne.jp", "docomo.ne.jp", "excite.co.jp", "ezweb.ne.jp", "gmail.com", "gmx.com", "goo.jp",
        "googlemail.com", "hotmail.co.jp", "hotmail.com", "i.softbank.jp", "icloud.com", "infoseek.jp", "live.jp",
        "mac.com", "mail.com", "mail.goo.ne.jp", "me.com", "msn.com", "nifty.com", "ocn.ne.jp", "outlook.com",
        "outlook.jp", "plala.or.jp", "proton.me", "protonmail.com", "rakuten.jp", "so-net.ne.jp", "softbank.ne.jp",
        "yahoo.co.jp", "yahoo.com", "yahoo.ne.jp", "ybb.ne.jp", "ymail.ne.jp", "ymobile.ne.jp",
    }
)  # fmt: skip
_DOMAIN: typing.Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def may(role: str, right: Right) -> bool:
    """Tell whether members of this role have the right."""
    return right in _RIGHTS[role]


def leading_role(kind: str) -> Member.Role:
    """Return the role that an organization of this kind can never be without."""
    return ROLES_BY_KIND[kind][0]


def is_of_kind(role: str, kind: str) -> bool:
    """Tell whether an organization of this kind has members of this role."""
    return role in ROLES_BY_KIND[kind]


def clean_domain(text: str) -> str:
    """Return a mail domain in lower case, without the `@` people put before it."""
    return japanese.normalise(text).lower().removeprefix("@")


def is_domain(text: str) -> bool:
    """Tell whether `text` could be the part of an address after its `@`."""
    return _DOMAIN.fullmatch(text) is not None


def is_free_mail(domain: str) -> bool:
    """Tell whether anybody can have an address there, so that it says nothing about an organization."""
    return domain in FREE_MAIL_DOMAINS


def company_domain(address: str) -> str:
    """Return the domain of an address if it may belong to a company, else an empty string."""
    domain = japanese.normalise_email(address).rpartition("@")[2]
    return "" if is_free_mail(domain) else domain
