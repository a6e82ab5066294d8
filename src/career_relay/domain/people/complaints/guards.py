"""What the database itself holds about complaints, whatever the application does."""

from __future__ import annotations

from career_relay.kernel.tenancy.rows import Trigger


class ComplaintGuard(Trigger):
    """A complaint is the person's own, about an agency that was to look after them.

    Only the operator it went to goes on with it, by a member of its own. It goes forward, an answer stays as it was given, and words change only by being forgotten.
    """

    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION complaints_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'received' OR NOT EXISTS (
                    SELECT FROM routing_assignment a WHERE a.candidate_id = NEW.candidate_id
                    AND a.organization_id = NEW.agency_id
                    AND a.candidate_id = nullif(current_setting('app.candidate', true), '')::uuid)
                THEN
                    RAISE EXCEPTION 'complaint % is not the person''s own about an agency of theirs', NEW.id
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END IF;
            IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
                ('received', 'checking'), ('received', 'answered'), ('checking', 'answered'),
                ('received', 'closed'), ('checking', 'closed'))
                OR NEW.state IN ('checking', 'answered') AND NEW.state <> OLD.state
                AND (NEW.operator_id IS DISTINCT FROM nullif(current_setting('app.organization', true), '')::uuid
                    OR NOT EXISTS (
                        SELECT FROM organizations_member m WHERE m.organization_id = NEW.operator_id
                        AND m.id = CASE NEW.state WHEN 'checking' THEN NEW.taken_up_by_id ELSE NEW.answered_by_id END))
                OR NEW.words NOT IN (OLD.words, '')
                OR NEW.answer NOT IN (OLD.answer, '') AND OLD.state NOT IN ('received', 'checking')
                OR OLD.state IN ('answered', 'closed')
                AND (NEW.answered_at, NEW.answered_by_id) IS DISTINCT FROM (OLD.answered_at, OLD.answered_by_id)
            THEN
                RAISE EXCEPTION 'complaint % cannot become this', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """
