"""An agency puts a posting before a person, who says yes or no."""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import (
    LONGEST_FIT,
    LONGEST_MESSAGE,
    RUNNING,
    TAKES_SLOT,
    Block,
    Introduction,
    Side,
)
from career_relay.domain.people.introductions.operations import acting, errors
from career_relay.domain.people.routing import rules as routing
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.programmes.models import PolicyVersion
    from career_relay.domain.ground.requests.models import Call


def propose(
    *,
    assignment: Assignment,
    posting: JobPosting,
    employer_name: str,
    call: Call | None,
    words: tuple[str, str],
    seat: Member,
    policy: PolicyVersion,
    now: dt.datetime,
) -> Introduction:
    """Put a posting before a person in charge; `words` are the message to them and the fit note for the employer.

    Nobody else hears of it. The caller acts as the agency, and holds the assignment. Raises UnableToPropose.
    """
    message, fit_note = (one.strip() for one in words)
    uses_slot = call is not None and call.uses_slot
    _check(assignment, posting, now)
    _check_call(posting, call)
    if len(message) > LONGEST_MESSAGE:
        raise errors.UnableToPropose("message")
    if len(fit_note) > LONGEST_FIT or (uses_slot and not fit_note):
        raise errors.UnableToPropose("fit_note")
    terms = postings.Terms.of(posting.terms)
    days = policy.introduction_answer_days
    introduction = Introduction(
        candidate_id=assignment.candidate_id,
        organization_id=assignment.organization_id,
        assignment=assignment,
        posting=posting,
        call=call,
        hiring_employer_id=posting.hiring_employer_id,
        employer_name=employer_name,
        title=posting.title,
        occupation=posting.occupation,
        employment_type=posting.employment_type,
        prefecture=posting.prefecture,
        terms=posting.terms,
        terms_hash=postings.hash_of(posting.title, employer_name, terms),
        message=message,
        fit_note=fit_note,
        uses_slot=uses_slot,
        proposed_at=now,
        proposed_by=seat,
        answer_by=routing.answer_by(now, days),
        remind_at=routing.answer_by(now, days - rules.REMIND_DAYS) if days > rules.REMIND_DAYS else None,
    )
    actor = actors.user(seat.user_id)
    acting.keep(introduction=introduction, before="", side=Side.AGENCY, actor=actor, now=now)
    acting.record(
        kind="introduction.proposed",
        introduction=introduction,
        side=Side.AGENCY,
        actor=actor,
        now=now,
        uses_slot=introduction.uses_slot,
    )
    return introduction


def waiting(*, introduction_id: uuid.UUID, act: rules.Act, now: dt.datetime) -> Introduction:
    """Return a proposal that its person may answer now, locked. The caller acts as the person and holds them locked.

    Raises UnableToFindIntroduction, UnableToAnswerIntroduction.
    """
    introduction = acting.locked(introduction_id=introduction_id)
    may_answer = act in rules.allowed(introduction.state, Side.PERSON, introduction.is_outside)
    if not may_answer or introduction.answer_by <= now:
        raise errors.UnableToAnswerIntroduction
    return introduction


def agree(
    *, introduction: Introduction, terms_hash: str, policy: PolicyVersion, actor: actors.Actor, now: dt.datetime
) -> None:
    """Take down the person's yes: from now on the employer has the introduction, and no other agency may make one.

    The caller acts as the person, holds them locked, and discloses them in the same turn.
    Raises UnableToAnswerOtherTerms, UnableToIntroduceTwice.
    """
    if terms_hash != introduction.terms_hash:
        raise errors.UnableToAnswerOtherTerms
    if introduction.hiring_employer_id and _is_owned_by_another(introduction, now):
        raise errors.UnableToIntroduceTwice
    before, introduction.state = introduction.state, Introduction.State.INTRODUCED
    introduction.employer_id = introduction.hiring_employer_id
    introduction.answered_at = introduction.introduced_at = now
    introduction.owned_until = clock.months_later(now, policy.introduction_owner_months)
    introduction.remind_at = None
    acting.keep(introduction=introduction, before=before, side=Side.PERSON, actor=actor, now=now)
    acting.record(
        kind="introduction.answered", introduction=introduction, side=Side.PERSON, actor=actor, now=now, answer="yes"
    )


def remind(*, introduction_id: uuid.UUID, now: dt.datetime) -> Introduction | None:
    """Take the reminder of an unanswered proposal as sent; None when none is due (any more). The caller acts as the person."""
    introduction = acting.locked(introduction_id=introduction_id)
    if introduction.state != Introduction.State.PROPOSED or not introduction.remind_at or introduction.remind_at > now:
        return None
    introduction.remind_at = None
    introduction.save(update_fields=["remind_at"])
    return introduction


def _check(assignment: Assignment, posting: JobPosting, now: dt.datetime) -> None:
    candidate_id = assignment.candidate_id
    if Introduction.objects.filter(candidate_id=candidate_id, posting=posting, state__in=RUNNING).exists():
        raise errors.UnableToPropose("again")
    blocks = Block.objects.filter(
        candidate_id=candidate_id, organization_id=assignment.organization_id, until__gte=clock.day_in_japan(now)
    )
    if assignment.is_chosen:  # what they chose before the hire says nothing about now
        blocks = blocks.filter(since__gte=clock.day_in_japan(assignment.offered_at))
    if blocks.exists():
        raise errors.UnableToPropose("block")


def _check_call(posting: JobPosting, call: Call | None) -> None:
    """Have a request's posting serve the request alone, as it was asked for and while the agency has it."""
    if call is None:
        return
    if call.state != call.State.ACCEPTED or (call.title, call.terms) != (posting.title, posting.terms):
        raise errors.UnableToPropose("call")
    if call.uses_slot and Introduction.objects.filter(call=call, state__in=TAKES_SLOT).exists():
        raise errors.UnableToPropose("slot")


def _is_owned_by_another(introduction: Introduction, now: dt.datetime) -> bool:
    same = Introduction.objects.filter(
        candidate_id=introduction.candidate_id, employer_id=introduction.hiring_employer_id, owned_until__gt=now
    )
    return same.exclude(organization_id=introduction.organization_id).exists()
