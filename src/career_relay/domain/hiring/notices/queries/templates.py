from __future__ import annotations

import collections
import dataclasses
import typing

from django.db.models import Count

from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Notice, Template, TemplateVersion, Told

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.hiring.notices.models import Mailing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A template that can be used, and what it says now."""

    template: Template
    latest: TemplateVersion


def templates(organization_id: uuid.UUID) -> list[Written]:
    """Return the templates in use with their newest version, by language, kind of hiring and stage."""
    living = TemplateVersion.objects.filter(organization_id=organization_id, template__archived_at=None)
    newest = living.order_by("template_id", "-version").distinct("template_id").select_related("template")
    found = [Written(template=version.template, latest=version) for version in newest]
    return sorted(found, key=_place)


def template(organization_id: uuid.UUID, template_id: uuid.UUID) -> Written | None:
    """Return a template in use with its newest version, or None."""
    return next((one for one in templates(organization_id) if one.template.pk == template_id), None)


def suggested(mailing: Mailing, written: collections.abc.Iterable[Written], *, language: str) -> Written | None:
    """Return the template for the kind of hiring and the stage that most people of a draft have, if there is one."""
    tells = Told.objects.filter(notice__mailing=mailing, notice__left_out=Notice.LeftOut.NO)
    counted = tells.order_by().values_list("application__employment_type", "application__stage").annotate(Count("pk"))
    places: collections.Counter[tuple[str, str]] = collections.Counter()
    for kind, stage, number in counted:
        places[kind, rules.template_stage(stage)] += number
    most = [(language, *place) for place, _number in places.most_common(1)]
    return next((one for one in written if _what_for(one.template) in most), None)


def versions(organization_id: uuid.UUID, template_id: uuid.UUID) -> list[TemplateVersion]:
    """Return everything a template ever said, newest first."""
    found = TemplateVersion.objects.filter(organization_id=organization_id, template_id=template_id)
    return list(found.select_related("written_by").order_by("-version"))


def _what_for(one: Template) -> tuple[str, str, str]:
    return one.language, one.employment_type, one.stage


def _place(written: Written) -> tuple[int, str, str, str]:
    """Japanese before English; what was started with in the order of a selection, one's own by name."""
    one = written.template
    kinds, stages = one._meta.get_field("employment_type"), Template.Stage.values
    kind = [value for value, _label in kinds.choices or []].index(one.employment_type)
    return int(one.language != "ja"), f"{kind}", f"{stages.index(one.stage)}", one.name
