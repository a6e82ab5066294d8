from __future__ import annotations

import dataclasses
import typing

from django.db import IntegrityError, transaction

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.notices import rules, starters
from career_relay.domain.hiring.notices.models import Template, TemplateVersion
from career_relay.domain.hiring.notices.operations.errors import (
    UnableToFindTemplate,
    UnableToNameTemplate,
    UnableToWriteTemplate,
)
from career_relay.kernel import actors, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def start(*, organization_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> int:
    """Give an employer that has no template yet the texts to begin with; return how many it was given."""
    if Template.objects.filter(organization_id=organization_id).exists():
        return 0
    made = [_template(organization_id, starters.name(*place), place, now=now) for place in starters.PLACES]
    texts = [_checked(starters.texts(*place)) for place in starters.PLACES]
    try:
        with transaction.atomic():
            Template.objects.bulk_create(made)
    except IntegrityError:
        return 0  # somebody else was first, and theirs are there
    TemplateVersion.objects.bulk_create(
        _version(template, said, 1, user_id, now) for template, said in zip(made, texts, strict=True)
    )
    facts.record_each(
        "template.written",
        [template.pk for template in made],
        actor=actors.user(user_id),
        occurred_at=now,
        organization=organization_id,
        version=1,
    )
    return len(made)


def create(
    *,
    organization_id: uuid.UUID,
    name: str,
    employment_type: str,
    stage: str,
    language: str,
    texts: rules.Texts,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> Template:
    """Write a template and its first version.

    Raises UnableToNameTemplate, UnableToWriteTemplate.
    """
    named = japanese.clean_name(name)
    if not named:
        raise UnableToNameTemplate
    tidy = _checked(texts)
    try:
        with transaction.atomic():
            template = _template(organization_id, named, (language, employment_type, stage), now=now)
            template.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToNameTemplate from error
    _write(template, tidy, 1, user_id, now)
    return template


def write_version(
    *, organization_id: uuid.UUID, template_id: uuid.UUID, texts: rules.Texts, user_id: uuid.UUID, now: dt.datetime
) -> TemplateVersion:
    """Change what a template says. Mailings that were confirmed keep the words they were confirmed with.

    The same words again make no new version. Raises UnableToFindTemplate, UnableToWriteTemplate.
    """
    template = _living(organization_id, template_id)
    tidy = _checked(texts)
    latest = template.versions.order_by("version").last()
    if latest is not None and rules.texts_of(latest) == tidy:
        return latest
    return _write(template, tidy, latest.version + 1 if latest else 1, user_id, now)


def archive(*, organization_id: uuid.UUID, template_id: uuid.UUID, user_id: uuid.UUID, now: dt.datetime) -> None:
    """Put a template away: it is offered no more, and what was sent with it stays readable.

    Raises UnableToFindTemplate.
    """
    template = _living(organization_id, template_id)
    template.archived_at = now
    template.save(update_fields=["archived_at"])


def _living(organization_id: uuid.UUID, template_id: uuid.UUID) -> Template:
    templates = Template.objects.select_for_update()
    template = templates.filter(organization_id=organization_id, pk=template_id, archived_at=None).first()
    if template is None:
        raise UnableToFindTemplate
    return template


def _checked(texts: rules.Texts) -> rules.Texts:
    tidy = rules.tidied(texts)
    if faults := rules.faults(tidy):
        raise UnableToWriteTemplate(faults)
    return tidy


def _template(organization_id: uuid.UUID, name: str, place: tuple[str, str, str], *, now: dt.datetime) -> Template:
    """Return a template that is not written yet; `place` is its language, employment type and stage."""
    language, employment_type, stage = place
    return Template(
        organization_id=organization_id,
        name=name[: Template._meta.get_field("name").max_length],
        employment_type=EmploymentType(employment_type),
        stage=Template.Stage(stage),
        language=language,
        created_at=now,
    )


def _version(
    template: Template, texts: rules.Texts, version: int, user_id: uuid.UUID, now: dt.datetime
) -> TemplateVersion:
    return TemplateVersion(
        organization_id=template.organization_id,
        template=template,
        version=version,
        **dataclasses.asdict(texts),
        written_by_id=user_id,
        written_at=now,
    )


def _write(
    template: Template, texts: rules.Texts, version: int, user_id: uuid.UUID, now: dt.datetime
) -> TemplateVersion:
    written = _version(template, texts, version, user_id, now)
    written.save(force_insert=True)
    facts.record(
        "template.written",
        actor=actors.user(user_id),
        occurred_at=now,
        organization=template.organization_id,
        subject=template.pk,
        version=version,
    )
    return written
