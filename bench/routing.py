"""Ten thousand people put before two hundred agencies in one run, and what the gate of disclosure costs.

The run is told by the clock, against its limit: the server sees every person's wishes, decides whom to ask, writes the
offers agency by agency under row security, and a mail to each agency. The gate is told as a ratio: a disclosure by the
operation, with every leg asked for and the database's own check, against the same four rows written by the same ORM as
the same person with that check switched off.
"""

from __future__ import annotations

import functools
import hashlib
import statistics
import sys
import time
import uuid
from typing import TYPE_CHECKING

import django

from bench import server
from tools import devdb

if TYPE_CHECKING:
    import collections.abc

DATABASE = "bench_routing"
PEOPLE, AGENCIES, CAPACITY = 10_000, 200, 60
LIMIT_SECONDS = 20
LIMIT_RATIO = 3
ROUNDS, EACH = 7, 60

NETWORK = f"""
SET session_replication_role = replica;
CREATE TEMPORARY TABLE area AS
    SELECT n, (ARRAY['13', '14', '27', '23', '40'])[n % 5 + 1] AS code, n < {AGENCIES} AS is_agency
    FROM generate_series(0, {PEOPLE} - 1) n;
INSERT INTO organizations_organization (id, kind, name, industry, prefecture, mail_domain, group_name, state, founded_at)
SELECT md5('agency' || n)::uuid, 'agency', '紹介会社' || n, 'services', code, '', '', 'trial', now() FROM area WHERE is_agency
UNION ALL SELECT md5('operator')::uuid, 'operator', '運営', 'services', '13', '', '', 'trial', now();
INSERT INTO accounts_user (id, email, name, password, language, is_active)
SELECT md5('user' || n)::uuid, 'manager' || n || '@agency.example', '責任者', '', 'ja', true FROM area WHERE is_agency;
INSERT INTO organizations_member (id, organization_id, user_id, role, joined_at)
SELECT md5('member' || n)::uuid, md5('agency' || n)::uuid, md5('user' || n)::uuid, 'manager', now() FROM area WHERE is_agency;
INSERT INTO agencies_desk (organization_id, phone, email, message, capacity, is_taking, prefectures, occupations,
                           employment_types, changed_at)
SELECT md5('agency' || n)::uuid, '03-1234-5678', 'desk@agency.example', '', {CAPACITY}, true,
       CASE WHEN n % 4 = 0 THEN '{{}}' ELSE ARRAY[code, '13'] END, '{{}}', '{{}}', now() FROM area WHERE is_agency;
INSERT INTO agencies_licence (id, organization_id, number, is_renewal, valid_from, valid_until, evidence, evidence_name,
                              evidence_type, evidence_sha256, state, submitted_at, submitted_by_id, decided_at,
                              decided_by, reason)
SELECT md5('licence' || n)::uuid, md5('agency' || n)::uuid, '13-ユ-' || 300000 + n, false, current_date - 10,
       current_date + 900, '', '', '', '', 'confirmed', now(), md5('user' || n)::uuid, now(), 'user', ''
FROM area WHERE is_agency;
INSERT INTO agreements_agreement (id, organization_id, counterparty_id, state, version, offered, created_at, changed_at)
SELECT md5('agreement' || n)::uuid, md5('operator')::uuid, md5('agency' || n)::uuid, 'live', 1, 0, now(), now()
FROM area WHERE is_agency;
INSERT INTO candidates_candidate (id, state, email_index, language, session_version, registered_at)
SELECT md5('person' || n)::uuid, 'active', sha256(n::text::bytea), 'ja', 1, now() FROM area;
INSERT INTO candidates_identity (candidate_id, name, email, phone, confirmed_at)
SELECT md5('person' || n)::uuid, '山田 空', 'p' || n || '@people.example', '', now() FROM area;
INSERT INTO candidates_profile (candidate_id, prefecture, occupation, employment_type, changed_at)
SELECT md5('person' || n)::uuid, code, (ARRAY['経理', '介護', '営業', ''])[n % 4 + 1], '', now() FROM area;
INSERT INTO consents_consent (id, candidate_id, purpose, wording_version, wording_language, wording_hash, granted_at,
                              valid_until)
SELECT md5('consent' || n)::uuid, md5('person' || n)::uuid, 'agency_introduction', 1, 'ja', repeat('0', 64),
       now() - n * interval '1 minute', now() + interval '2 years' FROM area;
ANALYZE
"""


def main() -> int:
    """Measure both and tell by the exit code whether both limits were kept."""
    with server.database(DATABASE):
        django.setup()
        superuser_sql(NETWORK)
        kept = [route_everybody(), pass_the_gate()]
    return 0 if all(kept) else 1


def route_everybody() -> bool:
    """Print how long the run took; everybody has an offer afterwards, or nothing was measured."""
    from career_relay.flows.route_candidate import route_waiting
    from career_relay.kernel import clock

    started = time.perf_counter()
    routed = route_waiting(now=clock.now())
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    again = route_waiting(now=clock.now())
    idle = time.perf_counter() - started
    is_kept = seconds <= LIMIT_SECONDS and (routed.offered, again.offered) == (PEOPLE, 0)
    print(
        f"routing, {PEOPLE} people, {AGENCIES} agencies: {routed.offered} offers in {seconds:.1f} s, limit {LIMIT_SECONDS} s;"
        f" with nobody waiting {idle:.2f} s: {'kept' if is_kept else 'MISSED'}",
        flush=True,
    )
    return is_kept


def pass_the_gate() -> bool:
    """Print what a disclosure takes beside its bare rows, medians of rounds in turns."""
    people = iter(sorted(consents()))
    rounds = []
    for _ in range(ROUNDS):
        guard(on=False)
        bare = seconds_each(write_bare, [next(people) for _ in range(EACH)])
        guard(on=True)
        rounds.append((bare, seconds_each(disclose, [next(people) for _ in range(EACH)])))
    bare, ours = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in rounds)
    is_kept = ratio <= LIMIT_RATIO
    print(
        f"disclosure: bare {bare * 1000:.1f} ms, ours {ours * 1000:.1f} ms, {ratio:.1f} times, limit {LIMIT_RATIO}:"
        f" {'kept' if is_kept else 'MISSED'}",
        flush=True,
    )
    return is_kept


def seconds_each(write: collections.abc.Callable[[uuid.UUID], None], people: list[str]) -> float:
    """Return the median time of one, each in a transaction of its own."""
    times = []
    for person in map(uuid.UUID, people):
        started = time.perf_counter()
        write(person)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def disclose(person: uuid.UUID) -> None:
    """Show the person to an agency as the program does."""
    from career_relay.domain.people.consents import operations
    from career_relay.kernel import actors, clock
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(candidate=person):
        operations.disclose(
            candidate_id=person, organization_id=agency(), giver_id=operator(), actor=actors.SYSTEM, now=clock.now()
        )


def write_bare(person: uuid.UUID) -> None:
    """Write the rows of a disclosure with everything known beforehand and nothing asked."""
    from career_relay.capabilities.facts import operations as facts
    from career_relay.domain.people.candidates.models import Access
    from career_relay.domain.people.consents.models import ProvisionRecord
    from career_relay.kernel import actors, clock
    from career_relay.kernel.tenancy.context import acting_as

    now, items = clock.now(), ["name", "email", "phone", "prefecture", "occupation"]
    with acting_as(candidate=person):
        access = Access.objects.create(
            candidate_id=person, organization_id=agency(), scope="introduction", granted_at=now, valid_until=now
        )
        ProvisionRecord.objects.bulk_create(
            ProvisionRecord(
                candidate_id=person,
                organization_id=owner,
                side=side,
                counterparty_id=other,
                consent_id=consents()[str(person)],
                access_id=access.pk,
                items=items,
                obtained="registration",
                provided_at=now,
                keep_until=now,
            )
            for side, owner, other in (("giver", operator(), agency()), ("receiver", agency(), operator()))
        )
        facts.record("provision.recorded", actor=actors.SYSTEM, occurred_at=now, candidate=person, items=items)


@functools.cache
def consents() -> dict[str, str]:
    """Return the id of each person's consent, asked for before the clock starts."""
    rows = superuser_sql("SELECT candidate_id || ' ' || id FROM consents_consent").splitlines()
    return {person: consent for person, _space, consent in (row.partition(" ") for row in rows)}


def agency() -> uuid.UUID:
    return _named("agency0")


def operator() -> uuid.UUID:
    return _named("operator")


def _named(name: str) -> uuid.UUID:
    return uuid.UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


def guard(*, on: bool) -> None:
    """Switch the database's own check of disclosures on or off."""
    superuser_sql(f"ALTER TABLE candidates_access {'ENABLE' if on else 'DISABLE'} TRIGGER disclosure_guard")


def superuser_sql(statement: str) -> str:
    """Run statements past row level security, as the server's keeper."""
    return devdb.find_server(test=True).sql(DATABASE, "-c", statement)


if __name__ == "__main__":
    sys.exit(main())
