"""Which ready text a page shows: for which kind of hiring and stage, in which language, with which link or none."""

from __future__ import annotations

import dataclasses
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.shapes import NavItem
from career_relay.domain.hiring.links import texts
from career_relay.domain.hiring.links.models import RelayLink

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from career_relay.domain.hiring.links.queries import LinkLine

LANGUAGES: typing.Final = {"ja": gettext_lazy("日本語"), "en": gettext_lazy("英語")}
WITHOUT_LINK: typing.Final = "none"


class TextForm(forms.Form):
    link = forms.ChoiceField(label=gettext_lazy("リンク"))
    employment_type = forms.ChoiceField(label=gettext_lazy("採用の種類"), choices=RelayLink.EmploymentType.choices)
    stage = forms.ChoiceField(label=gettext_lazy("選考の段階"), choices=RelayLink.Stage.choices)
    language = forms.ChoiceField(label=gettext_lazy("言語"), choices=list(LANGUAGES.items()))

    def __init__(self, data: dict[str, str], *, live: list[LinkLine]) -> None:
        super().__init__(data)
        named = [(str(line.link_id), line.label) for line in live]
        typing.cast("forms.ChoiceField", self.fields["link"]).choices = [*named, (WITHOUT_LINK, _("リンクなし"))]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text to copy; `one_line` is the link's line alone, empty without link."""

    text: texts.ReadyText
    one_line: str
    form: TextForm | None = None
    variants: collections.abc.Sequence[NavItem] = ()


def choose(query: QueryDict, live: list[LinkLine], *, company: str) -> Shown:
    """Return the text that the page's form asks for; at first that of the newest link, else one without link."""
    usual = _usual(query.get("link", ""), live)
    asked = {**usual, **{name: str(query[name]) for name in usual if name in query}}
    form = TextForm(asked, live=live)
    values = form.cleaned_data if form.is_valid() else usual
    url = next((line.url for line in live if str(line.link_id) == values["link"]), "")
    return _shown(values, url, company=company, form=form)


def of_link(line: LinkLine, variant: str, *, company: str) -> Shown:
    """Return one of a link's own texts: in each language, with the link while it lives, and without."""
    names: dict[str, StrOrPromise] = (
        {f"{code}-link": words for code, words in LANGUAGES.items()} if line.is_live else {}
    )
    names |= {code: _("%(language)s（リンクなし）") % {"language": words} for code, words in LANGUAGES.items()}
    variant = variant if variant in names else next(iter(names))
    values = {"employment_type": line.employment_type, "stage": line.stage, "language": variant[:2]}
    tabs = [NavItem(label=words, url=f"?text={name}", current=name == variant) for name, words in names.items()]
    return _shown(values, line.url if variant.endswith("-link") else "", company=company, variants=tabs)


def _usual(link_id: str, live: list[LinkLine]) -> dict[str, str]:
    asked = [line for line in live if str(line.link_id) == link_id]
    line = next(iter(asked or live), None)
    return {
        "link": str(line.link_id) if line else WITHOUT_LINK,
        "employment_type": line.employment_type if line else RelayLink.EmploymentType.NEW_GRADUATE,
        "stage": line.stage if line else RelayLink.Stage.DOCUMENTS,
        "language": "ja",
    }


def _shown(values: dict[str, str], url: str, *, company: str, **around: typing.Any) -> Shown:
    text = texts.ready(
        employment_type=values["employment_type"],
        stage=values["stage"],
        language=values["language"],
        company=company,
        link_url=url,
    )
    line = texts.one_line(link_url=url, language=values["language"]) if url else ""
    return Shown(text=text, one_line=line, **around)
