"""What the database itself holds about introductions, whatever the application does."""

from __future__ import annotations

from career_relay.domain.people.candidates.models import ACCESS_TABLE
from career_relay.kernel.tenancy.rows import Trigger


class IntroductionBeginGuard(Trigger):
    """An agency alone begins one, about somebody it looks after, for a posting of its own and in the words of that posting.

    A posting made for a call serves that call, as it was asked for and while it is accepted. Whoever was placed by the
    agency is left alone until the block is over, unless they chose the agency after it began.
    """

    fires = "AFTER INSERT"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_begun() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.state <> 'proposed' OR NEW.employer_id IS NOT NULL OR NEW.introduced_at IS NOT NULL
                OR NEW.organization_id IS DISTINCT FROM nullif(current_setting('app.organization', true), '')::uuid
                OR NOT EXISTS (
                    SELECT FROM routing_assignment a WHERE a.id = NEW.assignment_id AND a.state = 'active'
                    AND a.organization_id = NEW.organization_id AND a.candidate_id = NEW.candidate_id)
                OR NOT EXISTS (
                    SELECT FROM postings_jobposting p WHERE p.id = NEW.posting_id
                    AND p.organization_id = NEW.organization_id AND p.title = NEW.title AND p.terms = NEW.terms
                    AND p.hiring_employer_id IS NOT DISTINCT FROM NEW.hiring_employer_id)
                OR NEW.call_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM requests_call c WHERE c.id = NEW.call_id AND c.agency_id = NEW.organization_id
                    AND c.organization_id = NEW.hiring_employer_id AND c.uses_slot = NEW.uses_slot
                    AND c.state = 'accepted' AND c.posting_id = NEW.posting_id
                    AND c.title = NEW.title AND c.terms = NEW.terms)
                OR NEW.call_id IS NULL AND EXISTS (
                    SELECT FROM requests_call c WHERE c.posting_id = NEW.posting_id AND c.agency_id = NEW.organization_id)
            THEN
                RAISE EXCEPTION 'introduction % may not begin like this', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF EXISTS (
                SELECT FROM introductions_block b
                WHERE b.candidate_id = NEW.candidate_id AND b.organization_id = NEW.organization_id
                AND b.until >= (NEW.proposed_at AT TIME ZONE 'Asia/Tokyo')::date
                AND NOT EXISTS (
                    SELECT FROM routing_assignment a WHERE a.id = NEW.assignment_id AND a.is_chosen
                    AND (a.offered_at AT TIME ZONE 'Asia/Tokyo')::date > b.since))
            THEN
                RAISE EXCEPTION 'introduction % is blocked', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class IntroductionGuard(Trigger):
    """Who is introduced where, and when, never changes, and nobody but the person opens it to the employer.

    Words about the person may be emptied and never rewritten. Row security comes before this.
    """

    fires = "AFTER UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            is_person boolean := NEW.candidate_id IS NOT DISTINCT FROM
                nullif(current_setting('app.candidate', true), '')::uuid;
        BEGIN
            IF (NEW.id, NEW.candidate_id, NEW.organization_id, NEW.assignment_id, NEW.posting_id, NEW.call_id,
                NEW.hiring_employer_id, NEW.employer_name, NEW.title, NEW.occupation, NEW.employment_type, NEW.prefecture,
                NEW.terms, NEW.terms_hash, NEW.uses_slot, NEW.proposed_at, NEW.proposed_by_id, NEW.answer_by)
                IS DISTINCT FROM
                (OLD.id, OLD.candidate_id, OLD.organization_id, OLD.assignment_id, OLD.posting_id, OLD.call_id,
                OLD.hiring_employer_id, OLD.employer_name, OLD.title, OLD.occupation, OLD.employment_type, OLD.prefecture,
                OLD.terms, OLD.terms_hash, OLD.uses_slot, OLD.proposed_at, OLD.proposed_by_id, OLD.answer_by) THEN
                RAISE EXCEPTION 'introduction % is another one', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.employer_id IS DISTINCT FROM OLD.employer_id
                AND (OLD.employer_id IS NOT NULL OR NEW.employer_id IS DISTINCT FROM NEW.hiring_employer_id) THEN
                RAISE EXCEPTION 'introduction % is for another employer', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF ((NEW.employer_id, NEW.introduced_at, NEW.owned_until)
                IS DISTINCT FROM (OLD.employer_id, OLD.introduced_at, OLD.owned_until)
                OR OLD.state = 'proposed' AND NEW.state NOT IN ('proposed', 'declined', 'lapsed', 'withdrawn', 'closed'))
                AND (OLD.state <> 'proposed' OR OLD.introduced_at IS NOT NULL OR NOT is_person) THEN
                RAISE EXCEPTION 'introduction % has no yes of its person', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.answered_at IS DISTINCT FROM OLD.answered_at AND (OLD.answered_at IS NOT NULL OR NOT is_person)
                OR OLD.ended_at IS NOT NULL
                AND (NEW.ended_at, NEW.end_side) IS DISTINCT FROM (OLD.ended_at, OLD.end_side) THEN
                RAISE EXCEPTION 'introduction % was answered', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.message NOT IN (OLD.message, '') OR NEW.fit_note NOT IN (OLD.fit_note, '')
                OR OLD.ended_at IS NOT NULL
                AND (NEW.end_reason NOT IN (OLD.end_reason, '') OR NEW.end_note NOT IN (OLD.end_note, '')) THEN
                RAISE EXCEPTION 'introduction % keeps its words', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class IntroductionMoveGuard(Trigger):
    """Each move is one of the table, made by the side whose move it is; what ended stays ended.

    The employer's moves are the agency's for an employer outside the network. An offer is the employer's until it is
    accepted, and accepting it is not.
    """

    fires = "AFTER UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_moved() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            acting uuid := nullif(current_setting('app.organization', true), '')::uuid;
            is_person boolean := NEW.candidate_id IS NOT DISTINCT FROM
                nullif(current_setting('app.candidate', true), '')::uuid;
            is_agency boolean := NEW.organization_id IS NOT DISTINCT FROM acting;
            is_employer boolean := coalesce(NEW.hiring_employer_id, NEW.organization_id) IS NOT DISTINCT FROM acting;
        BEGIN
            IF NEW.state <> OLD.state AND NOT (CASE
                WHEN OLD.state = 'proposed' AND NEW.state IN ('introduced', 'declined') THEN is_person
                WHEN OLD.state = 'proposed' AND NEW.state IN ('lapsed', 'withdrawn') THEN is_agency
                WHEN (OLD.state, NEW.state) IN (
                    ('introduced', 'screening'), ('introduced', 'interview'), ('screening', 'interview'),
                    ('screening', 'offered'), ('interview', 'offered')) THEN is_employer
                WHEN OLD.state IN ('introduced', 'screening', 'interview', 'offered') AND NEW.state = 'refused'
                    THEN is_employer
                WHEN OLD.state IN ('introduced', 'screening', 'interview', 'offered', 'accepted')
                    AND NEW.state = 'withdrawn' THEN is_person OR is_agency
                WHEN (OLD.state, NEW.state) = ('offered', 'accepted') THEN is_person OR is_agency
                WHEN OLD.state = 'accepted' AND NEW.state IN ('joined', 'closed') THEN is_agency OR is_employer
                ELSE false END)
            THEN
                RAISE EXCEPTION 'introduction % cannot become %', OLD.id, NEW.state
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.round <> OLD.round AND NOT (is_employer AND NEW.state = 'interview')
                OR ((NEW.offer_salary, NEW.offer_start_on, NEW.offered_at)
                    IS DISTINCT FROM (OLD.offer_salary, OLD.offer_start_on, OLD.offered_at)
                    OR NEW.offer_note NOT IN (OLD.offer_note, ''))
                AND NOT (is_employer AND NEW.state = 'offered')
                OR NEW.accepted_at IS DISTINCT FROM OLD.accepted_at
                AND (OLD.state, NEW.state) <> ('offered', 'accepted')
            THEN
                RAISE EXCEPTION 'introduction % has another offer', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class OpeningGuard(Trigger):
    """A yes opens an introduction only together with the disclosure it stands for.

    Towards the network that is the employer's sight, which has guards of its own; outside it the record of what the
    agency passes on, by the live consent. Checked as the person when the turn ends.
    """

    fires = "AFTER UPDATE"
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_opened() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.introduced_at IS NOT NULL OR NEW.introduced_at IS NULL THEN
                RETURN NULL;
            END IF;
            IF NEW.candidate_id IS DISTINCT FROM nullif(current_setting('app.candidate', true), '')::uuid
                OR NEW.employer_id IS NOT NULL AND (
                    NOT EXISTS (
                        SELECT FROM candidates_access a
                        WHERE a.candidate_id = NEW.candidate_id AND a.organization_id = NEW.employer_id
                        AND a.scope = 'selection' AND a.valid_until > now())
                    OR EXISTS (
                        SELECT FROM candidates_exclusion e
                        WHERE e.candidate_id = NEW.candidate_id AND e.organization_id = NEW.employer_id))
                OR NEW.employer_id IS NULL AND (
                    NEW.hiring_employer_id IS NOT NULL
                    OR NOT EXISTS (
                        SELECT FROM consents_provisionrecord r JOIN consents_consent c ON c.id = r.consent_id
                        WHERE r.candidate_id = NEW.candidate_id AND r.organization_id = NEW.organization_id
                        AND r.side = 'giver' AND r.counterparty_name = NEW.employer_name
                        AND r.provided_at = NEW.introduced_at
                        AND c.purpose = 'agency_introduction' AND c.withdrawn_at IS NULL))
            THEN
                RAISE EXCEPTION 'introduction % is opened without a disclosure', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class PartiesGuard(Trigger):
    """A step or an interview stands between those that its introduction stands between: no employer before the yes.

    What was written before the yes names no employer after it either.
    """

    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_between_parties() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF (NEW.candidate_id, NEW.organization_id, NEW.employer_id, NEW.introduction_id)
                    IS NOT DISTINCT FROM
                    (OLD.candidate_id, OLD.organization_id, OLD.employer_id, OLD.introduction_id) THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF NOT EXISTS (
                SELECT FROM introductions_introduction i WHERE i.id = NEW.introduction_id
                AND i.candidate_id = NEW.candidate_id AND i.organization_id = NEW.organization_id
                AND i.employer_id IS NOT DISTINCT FROM NEW.employer_id)
            THEN
                RAISE EXCEPTION '% % has other parties than its introduction', TG_TABLE_NAME, NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class SelectionGuard(Trigger):
    """An employer sees a person only by an introduction that they said yes to and that has not ended.

    Its agency may receive people, has a live agreement with the employer, and is the giver on record. Once the person
    has started, the employer sees less (scope `placement`), whatever became of licence and agreement since. `consents`
    holds the rest (consent, exclusion, both records). Checked as the person when the turn ends; shortening needs no leave.
    """

    table = ACCESS_TABLE
    FUNCTION = """
        CREATE OR REPLACE FUNCTION introductions_selected() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.scope NOT IN ('selection', 'placement') OR TG_OP = 'UPDATE' AND NEW.valid_until <= OLD.valid_until
                OR NOT EXISTS (SELECT FROM candidates_access WHERE id = NEW.id) THEN
                RETURN NULL;
            END IF;
            IF NOT EXISTS (
                SELECT FROM introductions_introduction i
                WHERE i.candidate_id = NEW.candidate_id AND i.employer_id = NEW.organization_id
                AND CASE NEW.scope WHEN 'placement' THEN i.state = 'joined'
                    ELSE i.state IN ('introduced', 'screening', 'interview', 'offered', 'accepted') END
                AND (TG_OP = 'UPDATE' OR (
                    (NEW.scope = 'placement' OR
                        gate.may_receive_people(i.organization_id, (NEW.granted_at AT TIME ZONE 'Asia/Tokyo')::date)
                        AND gate.agreement_is_live(i.organization_id, i.employer_id))
                    AND EXISTS (
                        SELECT FROM consents_provisionrecord r WHERE r.access_id = NEW.id AND r.side = 'giver'
                        AND r.organization_id = i.organization_id)))
            ) THEN
                RAISE EXCEPTION 'access % has no introduction', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """
