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
    """Give an employer that has no template yet the texts to begin with; return how many."""
    if Template.objects.filter(organization_id=organization_id).exists():
        return 0
    for language, kind, stage in starters.PLACES:
        create(
            organization_id=organization_id,
            name=starters.name(language, kind, stage),
            employment_type=kind,
            stage=stage,
            language=language,
            texts=starters.texts(language, kind, stage),
            user_id=user_id,
            now=now,
        )
    return len(starters.PLACES)


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
            template = Template.objects.create(
                organization_id=organization_id,
                name=named[: Template._meta.get_field("name").max_length],
                employment_type=EmploymentType(employment_type),
                stage=Template.Stage(stage),
                language=language,
                created_at=now,
            )
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


def _write(
    template: Template, texts: rules.Texts, version: int, user_id: uuid.UUID, now: dt.datetime
) -> TemplateVersion:
    written = TemplateVersion.objects.create(
        organization_id=template.organization_id,
        template=template,
        version=version,
        **dataclasses.asdict(texts),
        written_by_id=user_id,
        written_at=now,
    )
    facts.record(
        "template.written",
        actor=actors.user(user_id),
        occurred_at=now,
        organization=template.organization_id,
        subject=template.pk,
        version=version,
    )
    return written
