"""What a mailing may say: the templates by kind, stage and language, and the chosen one with made-up values."""

from __future__ import annotations

import dataclasses
import typing
import urllib.parse

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules as rights
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.notices import queries, rules
from career_relay.portals.employer.notices import words as notice_words
from career_relay.portals.employer.notices.forms import WITH, WITHOUT, WriteForm

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.http import QueryDict

    from career_relay.domain.ground.accounts.models import User
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.notices.models import Mailing
    from career_relay.domain.hiring.notices.queries.templates import Written


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The templates for one kind of hiring."""

    name: str
    choices: list[NavItem]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WritePage:
    """The page around the form. `chosen` is None until a template is; `is_suggested`: nobody chose it yet."""

    counts: queries.Counts
    places: list[queries.Place]
    languages: list[NavItem]
    groups: list[Group]
    chosen: Written | None
    is_suggested: bool
    link: str
    endings: list[NavItem]
    sample: queries.Preview | None
    may_link: bool
    may_record_basis: bool

    @property
    def frame_url(self) -> str:
        """Where the HTML of the sample comes from."""
        if self.chosen is None:
            return ""
        return f"{reverse('employer:notice_template_html', args=[self.chosen.template.pk])}?link={self.link}"


def page(mailing: Mailing, seat: Seat, query: QueryDict) -> WritePage:
    """Return what the address asks for; without a wish, what was written before, or what suits most of the people."""
    written = queries.templates(seat.organization_id)
    before = mailing.template_version
    asked = query.get("template") or str(before.template_id if before else "")
    named = next((one for one in written if str(one.template.pk) == asked), None)
    chosen = named or queries.suggested(mailing, written, language=_language(None, query))
    may_link = links.may_link(seat.organization_id)
    link = _link(query, mailing, may_link=may_link)
    return WritePage(
        counts=queries.counts(mailing),
        places=queries.places(mailing),
        languages=_languages(written, chosen, query),
        groups=_groups(written, _language(chosen, query), chosen),
        chosen=chosen,
        is_suggested=chosen is not None and named is None,
        link=link,
        endings=[
            NavItem(label=label, url=_address(chosen, value), current=link == value)
            for value, label in ((WITH, _("リンクあり")), (WITHOUT, _("リンクなし")))
        ],
        sample=sample(chosen, seat, has_link=link == WITH),
        may_link=may_link,
        may_record_basis=rights.may(seat.role, "record_basis"),
    )


def form(posted: QueryDict | None, found: WritePage, mailing: Mailing, user: User) -> WriteForm:
    """Return the form, filled with what was written before or is usual."""
    initial = {
        "template": found.chosen.template.pk if found.chosen else None,
        "link": found.link if found.may_link else WITHOUT,
        "reply_to": mailing.reply_to or user.email,
    }
    return WriteForm(posted, initial=initial, may_link=found.may_link)


def sample(written: Written | None, seat: Seat, *, has_link: bool) -> queries.Preview | None:
    """Return the mail that a template makes, with made-up values."""
    if written is None:
        return None
    texts, language = rules.texts_of(written.latest), written.template.language
    return queries.sample(texts, language=language, company=seat.name, has_link=has_link)


def _link(query: QueryDict, mailing: Mailing, *, may_link: bool) -> str:
    asked = query.get("link")
    if asked in {WITH, WITHOUT}:
        return str(asked)
    was = mailing.has_link if mailing.template_version else may_link
    return WITH if was else WITHOUT


def _language(chosen: Written | None, query: QueryDict) -> str:
    asked = query.get("language", "")
    if asked in notice_words.LANGUAGES:
        return asked
    return chosen.template.language if chosen else "ja"


def _languages(written: list[Written], chosen: Written | None, query: QueryDict) -> list[NavItem]:
    now = _language(chosen, query)
    return [
        NavItem(
            label=words,
            url=f"?{urllib.parse.urlencode({'language': code})}",
            count=sum(one.template.language == code for one in written),
            current=code == now,
        )
        for code, words in notice_words.LANGUAGES.items()
    ]


def _groups(written: collections.abc.Iterable[Written], language: str, chosen: Written | None) -> list[Group]:
    of_language = [one for one in written if one.template.language == language]
    groups = [
        Group(
            name=str(kind.label),
            choices=[_choice(one, chosen) for one in of_language if one.template.employment_type == kind],
        )
        for kind in EmploymentType
    ]
    return [group for group in groups if group.choices]


def _choice(one: Written, chosen: Written | None) -> NavItem:
    return NavItem(
        label=one.template.name, url=f"?template={one.template.pk}", current=chosen is not None and one == chosen
    )


def _address(chosen: Written | None, link: str) -> str:
    return f"?template={chosen.template.pk}&link={link}#sample" if chosen else ""


def template_id(form: WriteForm) -> uuid.UUID:
    """Return which template the form is about."""
    return typing.cast("uuid.UUID", form.cleaned_data["template"])
