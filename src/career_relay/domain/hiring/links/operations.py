from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.hiring.links import queries, rules, sql
from career_relay.domain.hiring.links.models import LegalBasis, RelayLink, Visit
from career_relay.domain.hiring.notices import operations as notices
from career_relay.kernel import clock, ids, japanese
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

FIRST_VERSION: typing.Final = 1


class UnableToCreateLinkWithoutBasis(DomainError):
    """No legal basis is recorded, or the latest one says there is none."""

    code = "LINK_BASIS_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _(
                "リンクを作成できません。通知メールにリンクを載せる根拠が記録されていないためです。"
                "先に根拠を記録するか、リンクなしの文面を使ってください。"
            )
        )


class UnableToCreateLinkOutsideProgramme(DomainError):
    """The employer has not accepted the terms of the programme."""

    code = "LINK_PROGRAMME_NOT_JOINED"

    def __init__(self) -> None:
        super().__init__(
            _("リンクを作成できません。プログラムへの参加が済んでいないためです。先に規約を確認して参加してください。")
        )


class UnableToRevokeLink(DomainError):
    """The employer has no such link."""

    code = "LINK_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("リンクが見つかりません。リンクの一覧を開き直して、もう一度選んでください。"))


class UnableToRevokeLinkWithoutReason(DomainError):
    """Stopping a link is kept with its reason."""

    code = "LINK_REASON_MISSING"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _(
                "リンクを停止できません。理由が入力されていないためです。あとで確かめられるよう、理由を入力してください。"
            )
        )


def record_basis(
    *, organization_id: uuid.UUID, kind: str, note: str, user_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> LegalBasis:
    """Write down why the employer may put the link into its mail, or that it has no basis (any more).

    Kept for ever and never changed: the latest one counts. Kind NONE ends every link of the employer until a basis is
    recorded again, and stops the notices that wait to be sent with one.
    """
    basis = LegalBasis.objects.create(
        organization_id=organization_id,
        kind=LegalBasis.Kind(kind),
        note=japanese.clean_name(note),
        recorded_by_id=user_id,
        recorded_at=now,
    )
    facts.record(
        "basis.recorded", actor=actor, occurred_at=now, organization=organization_id, subject=basis.pk, kind=kind
    )
    if not rules.allows_link(basis.kind):
        notices.stop_linked(organization_id=organization_id, user_id=user_id, now=now)
    return basis


def create_static(
    *,
    organization_id: uuid.UUID,
    programme_id: uuid.UUID,
    label: str,
    employment_type: str,
    stage: str,
    user_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
) -> RelayLink:
    """Make a link that is the same for everybody, so that the employer can paste it once and upload nothing.

    An empty label becomes "新卒・書類選考" and the like. Raises UnableToCreateLinkOutsideProgramme,
    UnableToCreateLinkWithoutBasis.
    """
    if programmes.participation(organization_id, programme_id) is None:
        raise UnableToCreateLinkOutsideProgramme
    basis = queries.latest_basis(organization_id)
    if basis is None or not rules.allows_link(basis.kind):
        raise UnableToCreateLinkWithoutBasis
    kind, step = RelayLink.EmploymentType(employment_type), RelayLink.Stage(stage)
    link_id = ids.new()
    link = RelayLink.objects.create(
        id=link_id,
        organization_id=organization_id,
        programme_id=programme_id,
        label=japanese.clean_name(label) or f"{kind.label}・{step.label}",
        employment_type=kind,
        stage=step,
        token_hash=keys.token_hash(keys.token(queries.TOKEN, link_id, FIRST_VERSION)),
        created_by_id=user_id,
        created_at=now,
    )
    facts.record(
        "link.created",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=link_id,
        mode=str(link.mode),
        stage=stage,
        employment_type=employment_type,
    )
    return link


def create_personal(
    *,
    organization_id: uuid.UUID,
    programme_id: uuid.UUID,
    notice_ids: collections.abc.Sequence[uuid.UUID],
    employment_type: str,
    stage: str,
    expires_at: dt.datetime,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> dict[uuid.UUID, queries.Recipe]:
    """Make a link for the person of each notice; return by notice how its address is derived while sending.

    The basis was checked when the mailing was confirmed, and is again whenever a link is opened. No fact is kept of
    each: the mailing's says how many.
    """
    link_ids = {notice_id: ids.new() for notice_id in notice_ids}
    RelayLink.objects.bulk_create(
        [
            RelayLink(
                id=link_id,
                organization_id=organization_id,
                programme_id=programme_id,
                mode=RelayLink.Mode.PERSONAL,
                employment_type=employment_type,
                stage=stage,
                notice_id=notice_id,
                token_hash=keys.token_hash(keys.token(queries.TOKEN, link_id, FIRST_VERSION)),
                created_by_id=user_id,
                created_at=now,
                expires_at=expires_at,
            )
            for notice_id, link_id in link_ids.items()
        ],
        batch_size=500,
    )
    return {notice_id: queries.recipe(link_id, FIRST_VERSION) for notice_id, link_id in link_ids.items()}


def revoke_personal(
    *, organization_id: uuid.UUID, notice_ids: collections.abc.Iterable[uuid.UUID], reason: str, now: dt.datetime
) -> int:
    """Stop the links of notices that were taken back or never arrived; return how many."""
    links = RelayLink.objects.filter(organization_id=organization_id, notice_id__in=list(notice_ids), revoked_at=None)
    return links.update(revoked_at=now, revoked_reason=reason)


def revoke(
    *, organization_id: uuid.UUID, link_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> RelayLink:
    """Stop a link for good: whoever follows it from now on meets a calm page. Stopping it twice changes nothing.

    The reason stands in the link's row alone: it is free text, and facts hold none. Raises UnableToRevokeLink for a link that is not the employer's, UnableToRevokeLinkWithoutReason.
    """
    why = japanese.clean_name(reason)
    if not why:
        raise UnableToRevokeLinkWithoutReason
    links = RelayLink.objects.select_for_update(no_key=True)
    link = links.filter(organization_id=organization_id, pk=link_id, mode=RelayLink.Mode.STATIC).first()
    if link is None:
        raise UnableToRevokeLink
    if link.revoked_at is None:
        link.revoked_at, link.revoked_reason = now, why
        link.save(update_fields=["revoked_at", "revoked_reason"])
        facts.record("link.revoked", actor=actor, occurred_at=now, organization=organization_id, subject=link_id)
    return link


def record_visit(*, organization_id: uuid.UUID, link_id: uuid.UUID, door: str, now: dt.datetime) -> None:
    """Count that somebody pressed a door of the landing page: how often on which day, never who or when.

    The visitor is nobody, so it is counted on behalf of the employer. No fact is kept: the count says it all. The
    caller limits how often. A personal link has one receiver, whom a count would betray: it is not counted.
    """
    with acting_as(organization=organization_id):
        sql.count_visit(organization_id, link_id, door=Visit.Door(door), day=clock.day_in_japan(now))
