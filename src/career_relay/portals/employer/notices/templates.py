"""The templates of an employer: the list, one of them with its versions, and what may be put in."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.notices import merge, queries, rules
from career_relay.portals.employer.notices import words as notice_words
from career_relay.portals.employer.notices.forms import WITH, WITHOUT, initial_of

if typing.TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.notices.models import TemplateVersion
    from career_relay.domain.hiring.notices.queries.templates import Written
    from career_relay.portals.employer.notices.forms import TextsForm


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A field as it is written into a text, and what will stand there."""

    token: str
    label: _StrPromise


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TemplateList:
    """The templates of one language."""

    tabs: list[NavItem]
    groups: list[tuple[str, list[Written]]]
    is_empty: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePage:
    """One template, as one of its versions has it."""

    written: Written
    language: _StrPromise
    version: TemplateVersion
    versions: list[TemplateVersion]
    link: str
    endings: list[NavItem]
    sample: queries.Preview

    @property
    def is_latest(self) -> bool:
        return self.version.pk == self.written.latest.pk

    @property
    def frame_url(self) -> str:
        """Where the HTML of the sample comes from."""
        address = reverse("employer:notice_template_html", args=[self.written.template.pk])
        return f"{address}?link={self.link}&version={self.version.version}"


def template_list(seat: Seat, query: QueryDict) -> TemplateList:
    """Return the templates of the language that the address names."""
    written = queries.templates(seat.organization_id)
    language = query.get("language", "")
    now = language if language in notice_words.LANGUAGES else "ja"
    of_language = [one for one in written if one.template.language == now]
    groups = [
        (str(kind.label), [one for one in of_language if one.template.employment_type == kind])
        for kind in EmploymentType
    ]
    return TemplateList(
        tabs=[
            NavItem(
                label=words,
                url=f"?language={code}",
                count=sum(one.template.language == code for one in written),
                current=code == now,
            )
            for code, words in notice_words.LANGUAGES.items()
        ],
        groups=[group for group in groups if group[1]],
        is_empty=not written,
    )


def page(written: Written, seat: Seat, query: QueryDict) -> TemplatePage:
    """Return a template in the version and with the ending that the address names."""
    versions = queries.versions(seat.organization_id, written.template.pk)
    version = chosen_version(written, versions, query)
    link = chosen_link(query)
    return TemplatePage(
        written=written,
        language=notice_words.LANGUAGES[written.template.language],
        version=version,
        versions=versions,
        link=link,
        endings=[
            NavItem(label=label, url=f"?version={version.version}&link={value}#sample", current=link == value)
            for value, label in ((WITH, _("リンクあり")), (WITHOUT, _("リンクなし")))
        ],
        sample=sample(rules.texts_of(version), written.template.language, seat, link),
    )


def chosen_version(written: Written, versions: list[TemplateVersion], query: QueryDict) -> TemplateVersion:
    """Return the version that the address names, or the newest."""
    asked = query.get("version", "")
    return next((one for one in versions if str(one.version) == asked), written.latest)


def chosen_link(query: QueryDict) -> str:
    """Return which ending the address asks for."""
    return WITHOUT if query.get("link") == WITHOUT else WITH


def sample(texts: rules.Texts, language: str, seat: Seat, link: str) -> queries.Preview:
    """Return the mail that these texts make, with made-up values."""
    return queries.sample(texts, language=language, company=seat.name, has_link=link == WITH)


def samples(form: TextsForm, language: str, seat: Seat) -> list[tuple[str, queries.Preview]]:
    """Return both mails that the typed texts make: with and without link."""
    return [
        (_("リンクあり"), sample(form.texts, language, seat, WITH)),
        (_("リンクなし"), sample(form.texts, language, seat, WITHOUT)),
    ]


def chips(language: str) -> list[Chip]:
    """Return what may be put in, by the names that suit the language."""
    return [
        Chip(token=f"{{{{{field.english if language == 'en' else field.name}}}}}", label=field.label)
        for field in merge.FIELDS
    ]


def initial_new(seat: Seat, query: QueryDict) -> dict[str, str]:
    """Return what a new template begins with: the words of the one that the address names, or nothing."""
    asked = query.get("from", "")
    origin = next((one for one in queries.templates(seat.organization_id) if str(one.template.pk) == asked), None)
    if origin is None:
        return {"language": "ja"}
    about = origin.template
    kept = {"employment_type": about.employment_type, "stage": about.stage, "language": about.language}
    return {**initial_of(origin.latest), **kept, "name": _("%(name)s の複製") % {"name": about.name}}


def around(form: TextsForm, language: str, seat: Seat, *, looks: bool) -> dict[str, typing.Any]:
    """Return what stands around the form: what may be put in, and the mails it makes when somebody wants to look."""
    known = language if language in notice_words.LANGUAGES else "ja"
    return {"chips": chips(known), "samples": samples(form, known, seat) if looks else []}
