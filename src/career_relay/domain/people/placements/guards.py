"""What the database itself holds about placements and their money, whatever the application does."""

from __future__ import annotations

from career_relay.kernel.tenancy.rows import Trigger


class PlacementGuard(Trigger):
    """A placement comes of an accepted introduction between the same parties, and what is over stays over.

    The start and what follows from it change once, when the person starts.
    """

    fires = "AFTER INSERT OR UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION placements_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'agreed' OR NOT EXISTS (
                    SELECT FROM introductions_introduction i WHERE i.id = NEW.introduction_id AND i.state = 'accepted'
                    AND i.candidate_id = NEW.candidate_id AND i.organization_id = NEW.organization_id
                    AND i.employer_id IS NOT DISTINCT FROM NEW.employer_id AND i.uses_slot = NEW.uses_slot)
                THEN
                    RAISE EXCEPTION 'placement % has no accepted introduction', NEW.id
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END IF;
            IF NEW.state <> OLD.state
                AND (OLD.state, NEW.state) NOT IN (('agreed', 'joined'), ('agreed', 'not_started'), ('joined', 'left')) THEN
                RAISE EXCEPTION 'placement % cannot become %', OLD.id, NEW.state
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF (NEW.start_on, NEW.contract_until, NEW.is_regular, NEW.joined_at, NEW.guarantee_until)
                IS DISTINCT FROM
                (OLD.start_on, OLD.contract_until, OLD.is_regular, OLD.joined_at, OLD.guarantee_until)
                AND (OLD.state, NEW.state) <> ('agreed', 'joined')
                OR OLD.state IN ('not_started', 'left')
                AND (NEW.ended_on, NEW.ended_at, NEW.end_reason) IS DISTINCT FROM (OLD.ended_on, OLD.ended_at, OLD.end_reason)
            THEN
                RAISE EXCEPTION 'placement % is settled', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class FeeTermsGuard(Trigger):
    """The fee is at most half the year's salary (law L14), and a slot's fee is none."""

    fires = "AFTER INSERT"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION placements_fee_terms_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (
                SELECT FROM placements_placement p WHERE p.id = NEW.placement_id AND p.organization_id = NEW.organization_id
                AND p.employer_id IS NOT DISTINCT FROM NEW.employer_id AND p.uses_slot = (NEW.basis = 'slot')
                AND NEW.fee_yen::bigint * 2 <= p.salary_yen)
            THEN
                RAISE EXCEPTION 'fee terms % do not fit their placement', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class FeeEntryGuard(Trigger):
    """A fee falls due as it was agreed once the person has started; a refund gives back at most that, once they left."""

    fires = "AFTER INSERT"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION placements_fee_entry_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (
                SELECT FROM placements_feeterms t JOIN placements_placement p ON p.id = t.placement_id
                WHERE t.placement_id = NEW.placement_id AND t.organization_id = NEW.organization_id
                AND t.employer_id IS NOT DISTINCT FROM NEW.employer_id
                AND CASE WHEN NEW.kind = 'refund'
                    THEN p.state = 'left' AND -NEW.amount_yen <= t.fee_yen
                    ELSE p.state = 'joined' AND NEW.amount_yen = t.fee_yen END)
            THEN
                RAISE EXCEPTION 'fee entry % is not what was agreed', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class CheckGuard(Trigger):
    """A check stands between those that its placement stands between."""

    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION placements_check_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (
                SELECT FROM placements_placement p WHERE p.id = NEW.placement_id AND p.candidate_id = NEW.candidate_id
                AND p.organization_id = NEW.organization_id AND p.employer_id IS NOT DISTINCT FROM NEW.employer_id)
            THEN
                RAISE EXCEPTION 'check % has other parties than its placement', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """
