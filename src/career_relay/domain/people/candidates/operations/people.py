from __future__ import annotations

import typing

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.candidates import queries
from career_relay.domain.people.candidates.models import Access, Candidate, Exclusion, Identity, Profile
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.candidates import rules
    from career_relay.kernel import actors

IDENTITY_FIELDS = ("name", "phone")
TYPED_WISHES = ("prefecture", "occupation")
PROFILE_FIELDS = (*TYPED_WISHES, "employment_type")


class UnableToCreateTwice(DomainError):
    """Somebody with this address was registered a moment ago."""

    code = "CANDIDATE_EXISTS"
    permanent = False

    def __init__(self) -> None:
        super().__init__(_("このメールアドレスは、たった今登録されました。もう一度お試しください。"))


class UnableToFindCandidate(DomainError):
    """The person is not registered (any more)."""

    code = "CANDIDATE_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _("登録が見つかりません。すでに消去されています。もう一度登録するには、メールのリンクを開いてください。")
        )


def create(*, candidate_id: uuid.UUID, details: rules.Details, language: str, now: dt.datetime) -> Candidate:
    """Make the person who confirmed a sign-up. The caller acts as `candidate_id`, and the registration is the fact.

    Raises UnableToCreateTwice if the same address was registered meanwhile.
    """
    index = queries.address_index(details.email)
    try:
        with transaction.atomic():
            candidate = Candidate.objects.create(
                id=candidate_id, email_index=index, language=language, registered_at=now
            )
    except IntegrityError as error:
        raise UnableToCreateTwice from error
    Identity.objects.create(
        candidate=candidate, name=details.name, email=details.email, phone=details.phone, confirmed_at=now
    )
    Profile.objects.create(
        candidate=candidate, prefecture=details.prefecture, occupation=details.occupation, changed_at=now
    )
    return candidate


def lock(*, candidate_id: uuid.UUID) -> Candidate:
    """Return the registered person, locked, so that two things that happen to them at once happen one after the other.

    Raises UnableToFindCandidate.
    """
    active = Candidate.objects.select_for_update(no_key=True)
    candidate = active.filter(pk=candidate_id, state=Candidate.State.ACTIVE).first()
    if candidate is None:
        raise UnableToFindCandidate
    return candidate


def hold(*, candidate_id: uuid.UUID) -> None:
    """Lock a person whether or not they are still registered, for what goes on after they erased themselves.

    The caller acts as the person.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate_id)


def correct(
    *, candidate_id: uuid.UUID, changes: typing.Mapping[str, str], actor: actors.Actor, now: dt.datetime
) -> list[str]:
    """Change the person's own data and return the names of the fields that changed.

    `changes` holds cleaned values (rules.clean_…) by field: name, phone, prefecture, occupation, employment_type. The
    address is what a person is known by, and has an operation of its own. Raises UnableToFindCandidate.
    """
    lock(candidate_id=candidate_id)
    identity, profile = Identity.objects.get(pk=candidate_id), Profile.objects.get(pk=candidate_id)
    changed_identity = _set(identity, {field: changes[field] for field in IDENTITY_FIELDS if field in changes})
    changed_profile = _set(profile, {field: changes[field] for field in PROFILE_FIELDS if field in changes})
    if changed_identity:
        identity.save(update_fields=changed_identity)
    if changed_profile:
        profile.changed_at = now
        profile.save(update_fields=[*changed_profile, "changed_at"])
    changed = [*changed_identity, *changed_profile]
    if changed:
        facts.record("candidate.corrected", actor=actor, occurred_at=now, candidate=candidate_id, fields=changed)
    return changed


def confirm_again(
    *, candidate_id: uuid.UUID, details: rules.Details, language: str, actor: actors.Actor, now: dt.datetime
) -> Candidate:
    """Take over what a registered person typed this time; what they left empty stays as it was.

    They confirmed the address again, so these are their own newest words. Raises UnableToFindCandidate.
    """
    candidate = lock(candidate_id=candidate_id)
    typed = {field: getattr(details, field) for field in (*IDENTITY_FIELDS, *TYPED_WISHES)}
    changes = {field: value for field, value in typed.items() if value}
    correct(candidate_id=candidate_id, changes=changes, actor=actor, now=now)
    Identity.objects.filter(pk=candidate_id).update(confirmed_at=now)
    candidate.language = language
    candidate.save(update_fields=["language"])
    return candidate


def exclude(*, candidate_id: uuid.UUID, organization_id: uuid.UUID, reason: Exclusion.Reason, now: dt.datetime) -> None:
    """Make sure an organization never sees the person. No fact is kept: it would say who is kept from whom."""
    Exclusion.objects.get_or_create(
        candidate_id=candidate_id, organization_id=organization_id, defaults={"reason": reason, "since": now}
    )


def lift_exclusion(
    *, candidate_id: uuid.UUID, organization_id: uuid.UUID, reason: Exclusion.Reason | None = None
) -> None:
    """End an exclusion that was made for `reason`, or whatever the reason if none is named."""
    found = Exclusion.objects.filter(candidate_id=candidate_id, organization_id=organization_id)
    (found.filter(reason=reason) if reason else found).delete()


def end_sessions(*, candidate_id: uuid.UUID) -> None:
    """Sign the person out everywhere: browsers that show the old number are nobody from now on."""
    Candidate.objects.filter(pk=candidate_id).update(session_version=F("session_version") + 1)


def erase(*, candidate_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> None:
    """Forget who the person is. The row stays as a pseudonym, so that what was counted stays right.

    Raises UnableToFindCandidate.
    """
    candidate = lock(candidate_id=candidate_id)
    for model in (Identity, Profile, Access, Exclusion):
        model._default_manager.filter(candidate_id=candidate_id).delete()  # noqa: SLF001 -- Django's documented name
    candidate.state, candidate.email_index, candidate.erased_at = Candidate.State.ERASED, None, now
    candidate.session_version += 1
    candidate.save(update_fields=["state", "email_index", "erased_at", "session_version"])
    facts.record("candidate.erased", actor=actor, occurred_at=now, candidate=candidate_id)


def _set(row: Identity | Profile, values: dict[str, str]) -> list[str]:
    changed = [field for field, value in values.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, values[field])
    return changed
