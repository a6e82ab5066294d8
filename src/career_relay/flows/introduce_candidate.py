"""An agency puts a job before a person; by their yes, and by nothing else, the employer comes to know them."""

from __future__ import annotations

import typing

from django.db import transaction

from career_relay.domain.ground.agreements import operations as agreement_operations
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests import queries as request_queries
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.introductions import letters, queries
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting

PERSON: typing.Final = actors.Actor("candidate")
"""Who acts, as an organization's facts say it: they never carry a candidate."""


def propose(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    posting_id: uuid.UUID,
    message: str,
    fit_note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Introduction:
    """Put a posting with its terms before somebody the agency looks after, and ask them.

    An employer whom the person keeps away is no obstacle and is not told from others: the person alone sees that and
    decides. That somebody the agency placed was to be asked too soon (law L11) stays on record.
    Raises UnableToActWithoutRight, UnableToWriteOnFile, UnableToPropose.
    """
    try:
        return _propose(organization_id, assignment_id, posting_id, (message, fit_note), actor, now)
    except introductions.UnableToPropose as error:
        if error.field == "block":
            with acting_as(organization=organization_id):
                introductions.record_block(
                    organization_id=organization_id, assignment_id=assignment_id, actor=actor, now=now
                )
        raise


def say_yes(
    *, candidate_id: uuid.UUID, introduction_id: uuid.UUID, terms_hash: str, lifts_exclusion: bool, now: dt.datetime
) -> Introduction:
    """Let the employer see the person, on these terms; it hears of them for the first time.

    Where another agency has introduced them there, the person alone is told so; to this agency it is a no like others.
    Raises UnableToFindCandidate, UnableToFindIntroduction, UnableToAnswerIntroduction, UnableToAnswerOtherTerms,
    UnableToAnswerWithExclusion, UnableToIntroduceNow, UnableToIntroduceTwice.
    """
    try:
        return _say_yes(candidate_id, introduction_id, terms_hash, lifts_exclusion=lifts_exclusion, now=now)
    except introductions.UnableToIntroduceTwice:
        say_no(candidate_id=candidate_id, introduction_id=introduction_id, reason="", now=now)
        raise


@transaction.atomic
def say_no(*, candidate_id: uuid.UUID, introduction_id: uuid.UUID, reason: str, now: dt.datetime) -> Introduction:
    """Turn a posting down; the employer never hears of it. A reason may be given, to the agency alone.

    Raises UnableToFindCandidate, UnableToFindIntroduction, UnableToAnswerIntroduction, UnableToEndWithoutReason.
    """
    introductions.check_reason(side=Side.PERSON, reason=reason, is_optional=True)
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        introduction = introductions.waiting(introduction_id=introduction_id, act="answer_no", now=now)
        declined = introductions.end(
            introduction_id=introduction.pk,
            state=Introduction.State.DECLINED,
            side=Side.PERSON,
            reason=reason,
            actor=actors.candidate(candidate_id),
            now=now,
        )
    _tell_agency(introduction, now)
    return declined or introduction


@transaction.atomic
def _propose(
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    posting_id: uuid.UUID,
    words: tuple[str, str],
    actor: actors.Actor,
    now: dt.datetime,
) -> Introduction:
    with acting_as(organization=organization_id):
        seat = introductions.working(organization_id=organization_id, actor=actor, now=now)
        posting = postings.posting(organization_id, posting_id)
        if posting is None or not postings.is_proposable(posting, clock.day_in_japan(now)):
            raise introductions.UnableToPropose("posting")
        employer_name = _employer_name(
            organization_id, posting
        )  # holds the agreement, which all take before the person
        assignment = routing.lock(organization_id=organization_id, assignment_id=assignment_id)
        if assignment is None or assignment.state != Assignment.State.ACTIVE:
            raise introductions.UnableToPropose("assignment")
        introduction = introductions.propose(
            assignment=assignment,
            posting=posting,
            employer_name=employer_name,
            call=request_queries.call_of_posting(organization_id, posting_id),
            words=words,
            seat=seat,
            policy=programmes.policy_at(DEFAULT_PROGRAMME_ID, now),
            now=now,
        )
    with acting_as(candidate=introduction.candidate_id):
        letters.ask_person(introduction, now)
    return introduction


@transaction.atomic
def _say_yes(
    candidate_id: uuid.UUID, introduction_id: uuid.UUID, terms_hash: str, *, lifts_exclusion: bool, now: dt.datetime
) -> Introduction:
    with acting_as(candidate=candidate_id):
        proposed = queries.one(introduction_id)
    if proposed is None:
        raise introductions.UnableToFindIntroduction
    _hold_ground(proposed, now)
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        introduction = introductions.waiting(introduction_id=introduction_id, act="answer_yes", now=now)
        _let_see(introduction, lifts_exclusion=lifts_exclusion)
        introductions.agree(
            introduction=introduction,
            terms_hash=terms_hash,
            policy=programmes.policy_at(DEFAULT_PROGRAMME_ID, now),
            actor=actors.candidate(candidate_id),
            now=now,
        )
        _disclose(introduction, now)
    _tell_employer(introduction, now)
    _tell_agency(introduction, now)
    return introduction


def _employer_name(organization_id: uuid.UUID, posting: JobPosting) -> str:
    """Return whom the posting is for; one in the network has a live agreement with the agency, which is held."""
    employer_id = posting.hiring_employer_id
    if employer_id is None:
        return posting.hiring_employer_name
    if not agreement_operations.hold(organization_id=organization_id, partner_id=employer_id):
        raise introductions.UnableToPropose("agreement")
    return organizations.names_of([employer_id])[employer_id].name


def _hold_ground(introduction: Introduction, now: dt.datetime) -> None:
    """Look whether the posting still stands, and keep the agreement that the disclosure rests on in force meanwhile.

    Before the person is locked, as all do.
    """
    agency_id, employer_id = introduction.organization_id, introduction.hiring_employer_id
    with acting_as(organization=agency_id):
        posting = postings.posting(agency_id, introduction.posting_id)
        if posting is None or not postings.is_proposable(posting, clock.day_in_japan(now)):
            raise introductions.UnableToIntroduceNow
        if employer_id and not agreement_operations.hold(organization_id=agency_id, partner_id=employer_id):
            raise introductions.UnableToIntroduceNow


def _let_see(introduction: Introduction, *, lifts_exclusion: bool) -> None:
    """Make sure that the person does not keep this employer away, or no longer. The caller acts as the person."""
    candidate_id, employer_id = introduction.candidate_id, introduction.hiring_employer_id
    if employer_id is None or not candidate_queries.is_excluded(candidate_id, employer_id):
        return
    if not lifts_exclusion:
        raise introductions.UnableToAnswerWithExclusion
    candidates.lift_exclusion(candidate_id=candidate_id, organization_id=employer_id)


def _disclose(introduction: Introduction, now: dt.datetime) -> None:
    candidate_id, agency_id = introduction.candidate_id, introduction.organization_id
    passing: dict[str, typing.Any] = {
        "candidate_id": candidate_id,
        "agency_id": agency_id,
        "has_fit_note": bool(introduction.fit_note),
        "actor": actors.candidate(candidate_id),
        "now": now,
    }
    try:
        if introduction.employer_id is None:
            consents.record_outside(employer_name=introduction.employer_name, **passing)
        else:
            consents.disclose_to_employer(employer_id=introduction.employer_id, **passing)
    except consents.UnableToDisclose as error:
        raise introductions.UnableToIntroduceNow from error


def _tell_employer(introduction: Introduction, now: dt.datetime) -> None:
    """Let the employer find the person, and its request know of it."""
    if introduction.employer_id is None:
        return
    with acting_as(organization=introduction.employer_id):
        if introduction.call_id:
            _hold_slot(introduction.employer_id, introduction.call_id, now)
        _record_made(introduction, Side.EMPLOYER, now)
        letters.tell_employer("person_introduced", introduction, now)


def _hold_slot(employer_id: uuid.UUID, call_id: uuid.UUID, now: dt.datetime) -> None:
    try:
        requests.introduced(organization_id=employer_id, call_id=call_id, now=now)
    except requests.UnableToIntroduceByCall as error:  # the request ended while the person thought about it
        raise introductions.UnableToIntroduceNow from error


def _tell_agency(introduction: Introduction, now: dt.datetime) -> None:
    with acting_as(organization=introduction.organization_id):
        if introduction.introduced_at:
            _record_made(introduction, Side.AGENCY, now)
        letters.tell_agency_of_answer(introduction, now)


def _record_made(introduction: Introduction, side: Side, now: dt.datetime) -> None:
    uses_slot = introduction.uses_slot
    introductions.record(
        kind="introduction.made", introduction=introduction, side=side, actor=PERSON, now=now, uses_slot=uses_slot
    )
