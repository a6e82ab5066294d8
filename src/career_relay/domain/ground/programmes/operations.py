from __future__ import annotations

import typing

from django.conf import settings as program
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.programmes import queries, rules, terms
from career_relay.domain.ground.programmes.models import Participation, PolicyVersion, Programme
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


class UnableToJoinByOtherTerms(DomainError):
    """The terms that were accepted are not the current ones."""

    code = "TERMS_NOT_CURRENT"

    def __init__(self, *, accepted: int) -> None:
        words = _(
            "参加できません。同意した規約（第 %(accepted)d 版）が、現在の規約（第 %(current)d 版）ではないためです。"
            "ページを開き直し、現在の規約を確認してください。"
        )
        super().__init__(words % {"accepted": accepted, "current": terms.CURRENT.version}, accepted=accepted)


class UnableToFindProgramme(DomainError):
    """There is no such programme."""

    code = "PROGRAMME_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("プログラムが見つかりません。ホームから開き直してください。"))


class UnableToJoinAsOther(DomainError):
    """The organization is no employer, and these are the employers' terms."""

    code = "ONLY_EMPLOYERS_JOIN"

    def __init__(self) -> None:
        super().__init__(
            _(
                "参加できません。この規約は企業のためのもので、この組織は企業ではないためです。企業として登録した組織で参加してください。"
            )
        )


class UnableToPublishSettings(DomainError):
    """Settings are unknown, out of range, or contradict each other; `data` names each with what is wrong."""

    code = "POLICY_SETTINGS_INVALID"
    status = 422

    def __init__(self, faults: dict[str, str]) -> None:
        words = _("運用ルールを公開できません。次の設定を直してください。%(faults)s")
        one = _("「%(setting)s」%(fault)s")
        listed = " ".join(one % {"setting": _name(setting), "fault": fault} for setting, fault in faults.items())
        super().__init__(words % {"faults": listed}, **faults)


class UnableToPublishBackwards(DomainError):
    """The version would change rules that have already been applied, or pass one announced for later."""

    code = "POLICY_NOT_FORWARD"

    def __init__(self) -> None:
        super().__init__(
            _(
                "運用ルールを公開できません。適用を始める日時が、現在より前か、公開済みの最新の版より後ではないためです。"
                "どちらよりも後の日時を指定してください。"
            )
        )


def join(
    *,
    organization_id: uuid.UUID,
    programme_id: uuid.UUID,
    terms_version: int,
    user_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
) -> Participation:
    """Record that a named person accepted the programme's terms for the employer, which makes it a participant.

    Accepting the same terms again changes nothing. The row is kept for ever with the hash of the accepted text.
    Raises UnableToJoinByOtherTerms, UnableToFindProgramme, UnableToJoinAsOther.
    """
    if terms_version != terms.CURRENT.version:
        raise UnableToJoinByOtherTerms(accepted=terms_version)
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise UnableToFindProgramme
    if not Organization.objects.filter(pk=organization_id, kind=Organization.Kind.EMPLOYER).exists():
        raise UnableToJoinAsOther
    participation, is_new = Participation.objects.get_or_create(
        organization_id=organization_id,
        programme=programme,
        terms_version=terms_version,
        defaults={"terms_hash": terms.CURRENT.sha256, "accepted_by_id": user_id, "joined_at": now},
    )
    if is_new:
        facts.record(
            "programme.joined",
            actor=actor,
            occurred_at=now,
            organization=organization_id,
            subject=participation.pk,
            programme=programme.slug,
            terms_version=terms_version,
        )
    return participation


@transaction.atomic
def publish_policy(
    *,
    programme_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
    effective_from: dt.datetime,
    **settings: object,
) -> PolicyVersion:
    """Announce the rules of a programme from a moment on. Settings that are not named stay as they are.

    Versions only move forward, so that what was counted stays explained by the rules of its time. Publishing what the
    newest version already says changes nothing and returns that version.
    Raises UnableToFindProgramme, UnableToPublishSettings, UnableToPublishBackwards.
    """
    if not Programme.objects.select_for_update().filter(pk=programme_id):
        raise UnableToFindProgramme
    latest = queries.latest_policy(programme_id)
    if unknown := set(settings) - set(rules.NAMES):
        raise UnableToPublishSettings({name: _("この名前の設定はありません。") for name in sorted(unknown)})
    wanted = {**rules.settings_of(latest), **settings}
    if wanted == rules.settings_of(latest):
        return latest
    if effective_from < now or effective_from <= latest.effective_from:
        raise UnableToPublishBackwards
    policy = PolicyVersion(
        programme_id=programme_id,
        version=latest.version + 1,
        effective_from=effective_from,
        published_by=str(actor),
        published_at=now,
        **wanted,
    )
    _check(policy)
    policy.save(force_insert=True)
    return policy


def _check(policy: PolicyVersion) -> None:
    try:
        policy.clean_fields(exclude={"programme"})
    except ValidationError as error:
        raise UnableToPublishSettings({name: " ".join(words) for name, words in error.message_dict.items()}) from None
    if faults := rules.faults(policy, is_demo=program.DEMO):
        raise UnableToPublishSettings({name: str(fault) for name, fault in faults.items()})


def _name(setting: str) -> str:
    return str(rules.NAMES.get(setting, setting))
