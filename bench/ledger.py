"""Ledger posting through our operation, against the same inserts as one raw statement of pgbench.

Same server, same role, same tables, policies and triggers, same (simple) protocol, in turns. The raw statement knows
everything beforehand: it asks nothing, decides nothing and opens no context. So the ratio is what the rules cost.
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bench import server  # noqa: E402 -- also found when this file is run by its path
from tools import devdb  # noqa: E402

if TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion

SECONDS = 2
PROCESSES = 2  # with threads in them, as in the web server
ROUNDS = 5
WARM_UP = 2000

# Writers, employers, least ratio. Counts of one employer stand in a queue, by design: eight writers on it measure how
# long the holder is locked, round trips to the program included, of which the raw statement has none.
SETTINGS = ((1, 1, 0.3), (8, 8, 0.3), (8, 1, 0.1))

RAW = """
WITH moved AS (
    UPDATE credits_holder SET counted = counted + 1,
        converted = converted + CASE WHEN counted + 1 - converted >= 10 THEN 10 ELSE 0 END,
        slots = slots + CASE WHEN counted + 1 - converted >= 10 THEN 1 ELSE 0 END,
        entries = entries + CASE WHEN counted + 1 - converted >= 10 THEN 2 ELSE 1 END
    WHERE organization_id = '{organization}' AND programme_id = '{programme}'
    RETURNING organization_id, id, entries, slots, counted = converted AS is_tenth,
        gen_random_uuid() AS entry, gen_random_uuid() AS lot
), counted AS (
    INSERT INTO credits_entry (id, organization_id, holder_id, number, kind, natural_key, policy_version_id,
                               reason, actor, second_actor, occurred_at)
    SELECT entry, organization_id, id, entries - is_tenth::integer, 'count', gen_random_uuid()::text, '{policy}',
           '', 'candidate', '', now() FROM moved
), converted AS (
    INSERT INTO credits_entry (id, organization_id, holder_id, number, kind, natural_key, origin_id,
                               policy_version_id, reason, actor, second_actor, occurred_at)
    SELECT lot, organization_id, id, entries, 'conversion', slots::text, entry, '{policy}', '', 'system', '', now()
    FROM moved WHERE is_tenth
), legs AS (
    INSERT INTO credits_posting (id, organization_id, entry_id, account, unit, amount)
    SELECT gen_random_uuid(), organization_id, entry, account, 'referral', amount
    FROM moved, (VALUES ('network', -1), ('balance', 1)) AS leg (account, amount)
    UNION ALL
    SELECT gen_random_uuid(), organization_id, lot, account, unit, amount
    FROM moved, (VALUES ('balance', 'referral', -10), ('converted', 'referral', 10),
                        ('network', 'slot', -1), ('available', 'slot', 1)) AS leg (account, unit, amount)
    WHERE is_tenth
), told AS (
    INSERT INTO facts_fact (id, kind, organization_id, actor, subject_id, data, occurred_at)
    SELECT gen_random_uuid(), 'slot.granted', organization_id, 'system', lot,
           '{{"ordinal": 1, "usable_from": "2026-11-30"}}', now() FROM moved WHERE is_tenth
)
INSERT INTO credits_slot (id, organization_id, holder_id, lot_id, ordinal, state, granted_at, usable_from)
SELECT gen_random_uuid(), organization_id, id, lot, slots, 'available', now(), now() + interval '7 days'
FROM moved WHERE is_tenth
"""


def main() -> int:
    """Measure every setting and tell by the exit code whether the limit was kept and the ledger is whole."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    with server.database("bench_ledger"):
        django.setup()
        employers = [found_employer() for _ in range(max(count for _, count, _ in SETTINGS))]
        for employer in employers:
            raw_total([employer], transactions=WARM_UP // len(employers))
        superuser_sql("VACUUM ANALYZE")
        kept = [measure(writers, employers[:count], least) for writers, count, least in SETTINGS]
        differences = superuser_sql("SELECT count(*) FROM gate.ledger_differences()")
    if differences != "0":
        print(f"The ledger has {differences} differences: what was measured was not posting.")
    if not all(kept) and load > processors:
        print(
            f"The machine was busy (load {load:.0f} on {processors} processors), which slows many small steps more than one."
        )
    return 0 if differences == "0" and all(kept) else 1


def measure(writers: int, employers: list[uuid.UUID], least: float) -> bool:
    """Print the figures and tell whether the limit was kept: by the best round of each, for neighbours only slow down."""
    busy = [employers[number % len(employers)] for number in range(writers)]
    with concurrent.futures.ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        our_total(pool, busy)  # the processes start
        rounds = [(raw_total(busy), our_total(pool, busy)) for _ in range(ROUNDS)]
    raw, ours = (max(figures) for figures in zip(*rounds, strict=True))
    ratio: float = ours / raw
    print(
        f"ledger, {writers} writer(s), {len(employers)} employer(s): raw {raw:5.0f}/s, ours {ours:5.0f}/s, "
        f"ratio {ratio:.2f}, limit {least:.2f}: {'kept' if ratio >= least else 'MISSED'}",
        flush=True,
    )
    return ratio >= least


def raw_total(busy: list[uuid.UUID], transactions: int = 0) -> float:
    """Return what one pgbench client per entry of `busy` posted together in a second."""
    with tempfile.TemporaryDirectory() as folder:
        clients = [raw_client(Path(folder, f"{number}.sql"), one, transactions) for number, one in enumerate(busy)]
        outputs = [client.communicate()[0] for client in clients]
    if any(client.returncode for client in clients):
        raise SystemExit("\n".join(outputs))
    return sum(float(re.findall(r"tps = ([\d.]+)", output)[0]) for output in outputs)


def raw_client(script: Path, organization: uuid.UUID, transactions: int) -> subprocess.Popen[str]:
    """Start one client that posts for the employer, for the time of a round or for a number of transactions."""
    from career_relay.domain.ground.programmes import models as programmes

    names = {
        "organization": organization,
        "programme": programmes.DEFAULT_PROGRAMME_ID,
        "policy": programmes.FIRST_POLICY_ID,
    }
    script.write_text(RAW.format(**names))
    cluster = devdb.find_server(test=True)
    amount = ["-t", str(transactions)] if transactions else ["-T", str(SECONDS)]
    place = ["-h", str(cluster.socket), "-U", "relay_app", "bench_ledger"]
    command = [str(cluster.bindir / "pgbench"), "-n", "-f", str(script), *amount, *place]
    environment = {**os.environ, "PGOPTIONS": f"-c app.organization={organization}"}
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def our_total(pool: concurrent.futures.ProcessPoolExecutor, busy: list[uuid.UUID]) -> float:
    """Return what one thread per entry of `busy` posted together in a second, the threads dealt out to the processes."""
    begins = time.monotonic() + 0.5
    parts = [part for number in range(PROCESSES) if (part := busy[number::PROCESSES])]
    return sum(pool.map(post_all, parts, [begins] * len(parts))) / SECONDS


def post_all(busy: list[uuid.UUID], begins: float) -> int:
    """Post for each employer in a thread of its own; return how often in all."""
    django.setup()
    with concurrent.futures.ThreadPoolExecutor(len(busy)) as threads:
        return sum(threads.map(post, busy, [begins] * len(busy)))


def post(organization: uuid.UUID, begins: float) -> int:
    """Count for the employer, one transaction each, from the given moment on; return how often."""
    from career_relay.domain.ground.programmes import models, queries
    from career_relay.kernel import clock

    policy = queries.policy_at(models.DEFAULT_PROGRAMME_ID, clock.now())
    count_one(organization, policy)
    time.sleep(max(0.0, begins - time.monotonic()))
    posted = 0
    while time.monotonic() < begins + SECONDS:
        count_one(organization, policy)
        posted += 1
    connections.close_all()
    return posted


def count_one(organization: uuid.UUID, policy: PolicyVersion) -> None:
    """Count one referral as the program does: take the employer's place, lock, count, commit."""
    from career_relay.domain.ground.credits import operations as credits_
    from career_relay.kernel import actors, clock, ids
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=organization):
        holder = credits_.lock_holder(organization_id=organization, programme_id=policy.programme_id)
        credits_.count(
            holder=holder,
            policy=policy,
            natural_key=str(ids.new()),
            actor=actors.candidate(organization),
            now=clock.now(),
        )


def found_employer() -> uuid.UUID:
    """Make an employer with an empty ledger."""
    from career_relay.domain.ground.credits import operations as credits_
    from career_relay.domain.ground.organizations.models import Organization
    from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
    from career_relay.kernel import clock, ids
    from career_relay.kernel.tenancy.context import acting_as

    identifier = ids.new()
    with acting_as(organization=identifier):
        about = {"name": "計測", "industry": "manufacturing", "prefecture": "13", "founded_at": clock.now()}
        Organization.objects.create(id=identifier, kind=Organization.Kind.EMPLOYER, **about)
        credits_.lock_holder(organization_id=identifier, programme_id=DEFAULT_PROGRAMME_ID)
    return identifier


def superuser_sql(statement: str) -> str:
    """Run a statement past row level security, as the server's keeper."""
    return devdb.find_server(test=True).sql("bench_ledger", "-c", statement)


if __name__ == "__main__":
    sys.exit(main())
