"""Registrations through the flow, against the same rows written by hand: one pgbench transaction for each, in turns.

Same server, same role, same tables, policies and triggers. People have typed their details and hold their code before
the clock starts, on both sides. The raw script knows every value beforehand and asks nothing; the ledger's part of it is
the statement of bench/ledger.py. Several writers are threads in two processes, as in the web server.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import itertools
import multiprocessing
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench import ledger, server
from tools import devdb

if TYPE_CHECKING:
    from tests.flows import story

DATABASE = "bench_registration"
GOAL = 20
LEAST_RATIO = 0.04
PEOPLE = 40  # for each writer and round
ROUNDS = 3
SETTINGS = ((1, 1), (4, 1), (4, 4))  # writers, employers
PROCESSES = 2
START_SECONDS = 4
LINKS = max(employers for _, employers in SETTINGS)

RAW = """
BEGIN;
SELECT set_config('app.candidate', '{sign_up}', true);
UPDATE candidates_signup SET candidate_id = '{candidate}', details = '{{}}', consents = '[]' WHERE id = '{sign_up}';
DELETE FROM messaging_message WHERE candidate_id = '{sign_up}';
SELECT set_config('app.candidate', '{candidate}', true);
INSERT INTO candidates_candidate (id, state, email_index, language, session_version, registered_at)
VALUES ('{candidate}', 'active', sha256('{email}'), 'ja', 1, now());
INSERT INTO candidates_identity (candidate_id, name, email, phone, confirmed_at)
VALUES ('{candidate}', '山田 空', '{email}', '', now());
INSERT INTO candidates_profile (candidate_id, prefecture, occupation, employment_type, changed_at)
VALUES ('{candidate}', '13', '経理', '', now());
INSERT INTO consents_consent (id, candidate_id, purpose, wording_version, wording_language, wording_hash, granted_at)
VALUES (gen_random_uuid(), '{candidate}', 'agency_introduction', 1, 'ja', repeat('0', 64), now());
INSERT INTO candidates_exclusion (id, candidate_id, organization_id, reason, since)
VALUES (gen_random_uuid(), '{candidate}', '{organization}', 'rejected_by', now());
INSERT INTO referrals_registration (id, candidate_id, organization_id, link_id, source_type, registered_at)
VALUES ('{sign_up}', '{candidate}', '{organization}', '{link}', 'rejected', now());
INSERT INTO facts_fact (id, kind, candidate_id, actor, subject_id, data, occurred_at) VALUES
    (gen_random_uuid(), 'consent.granted', '{candidate}', 'candidate:{candidate}', gen_random_uuid(),
     '{{"purpose": "agency_introduction", "version": 1}}', now()),
    (gen_random_uuid(), 'candidate.registered', '{candidate}', 'candidate:{candidate}', NULL,
     '{{"source_type": "rejected"}}', now());
INSERT INTO messaging_message (id, candidate_id, kind, language, sender_name, reply_to, to_address, subject, text, html,
                               secrets, message_id, suppression_list, repeats_when_uncertain, state, created_at, due_at,
                               attempts, is_called_off)
VALUES ('{message}', '{candidate}', 'registration_received', 'ja', '', '', '{email}', $mail${subject}$mail$,
        $mail${text}$mail$, $mail${html}$mail$, '{{}}', '<{message}@example.jp>', 'relay', false, 'queued', now(), now(),
        0, false);
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'send_message', 0, NULL, NULL,
    '{{"message": "{message}", "candidate": "{candidate}"}}', NULL)::procrastinate_job_to_defer_v1,
    ROW('default', 'route_candidate', 0, NULL, NULL, '{{"candidate": "{candidate}"}}', NULL)::procrastinate_job_to_defer_v1]);
{ledger};
INSERT INTO referrals_referral (id, organization_id, programme_id, registration_id, person_key, address_key, mailbox_key,
                                state, reason, policy_version_id, counted_at, blocks_until)
VALUES (gen_random_uuid(), '{organization}', '{programme}', '{sign_up}', sha256('{candidate}'), sha256('{email}'),
        sha256('{email}'), 'counted', '', '{policy}', now(), now() + interval '12 months');
INSERT INTO facts_fact (id, kind, organization_id, actor, data, occurred_at)
VALUES (gen_random_uuid(), 'referral.counted', '{organization}', 'system', '{{"day": "2026-11-23", "number": 1}}', now());
COMMIT;
"""


@dataclasses.dataclass(frozen=True)
class SignUp:
    """A person who has the code in hand."""

    id: uuid.UUID
    code: str
    email: str


def main() -> int:
    with server.database(DATABASE):
        django.setup()
        links = open_links()
        receipt, *_ = [register_first(link) for link in links]
        holds = [measure(writers, links[:employers], receipt) for writers, employers in SETTINGS]
        differences = superuser_sql("SELECT count(*) FROM gate.ledger_differences()")
    if differences != "0":
        print(f"The ledger has {differences} differences: what was measured was not registering.")
    return 0 if differences == "0" and all(holds) else 1


def measure(writers: int, links: list[story.Link], receipt: dict[str, str]) -> bool:
    """Print the median round and tell whether it holds the limit; the goal depends on the machine and its neighbours."""
    busy = list(itertools.islice(itertools.cycle(links), writers))
    rounds = [(raw_rate(busy, receipt), our_rate(busy)) for _ in range(ROUNDS)]
    raw, ours = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    ratio = statistics.median(ours / raw for raw, ours in rounds)
    is_held = ratio >= LEAST_RATIO
    print(
        f"registration, {writers} thread(s), {len(links)} employer(s): raw {raw:5.0f}/s   ours {ours:5.1f}/s "
        f"(goal {GOAL})   ratio {ratio:.2f} (limit {LEAST_RATIO}) {'ok' if is_held else 'MISSED'}",
        flush=True,
    )
    return is_held


def raw_rate(busy: list[story.Link], receipt: dict[str, str]) -> float:
    """Return what one pgbench client per entry of `busy` registered together in a second."""
    people = [sign_ups(PEOPLE) for _ in busy]
    with tempfile.TemporaryDirectory() as folder:
        scripts = [Path(folder, f"{number}.sql") for number in range(len(busy))]
        for script, link, group in zip(scripts, busy, people, strict=True):
            script.write_text("".join(raw_script(link, receipt, one) for one in group))
        clients = [raw_client(script, link) for script, link in zip(scripts, busy, strict=True)]
        outputs = [client.communicate()[0] for client in clients]
    if any(client.returncode for client in clients):
        raise SystemExit("\n".join(outputs))
    return sum(PEOPLE * float(re.findall(r"tps = ([\d.]+)", output)[0]) for output in outputs)


def raw_script(link: story.Link, receipt: dict[str, str], person: SignUp) -> str:
    from career_relay.domain.ground.programmes import models as programmes

    places = {"programme": programmes.DEFAULT_PROGRAMME_ID, "policy": programmes.FIRST_POLICY_ID}
    places |= {"organization": link.organization_id}
    about = {"sign_up": person.id, "email": person.email, "candidate": uuid.uuid4(), "message": uuid.uuid4()}
    return RAW.format(**places, **about, **receipt, link=link.link_id, ledger=ledger.RAW.format(**places))


def raw_client(script: Path, link: story.Link) -> subprocess.Popen[str]:
    """Start one client that runs its script, all its people in a row, once."""
    cluster = devdb.find_server(test=True)
    place = ["-h", str(cluster.socket), "-U", "relay_app", DATABASE]
    command = [str(cluster.bindir / "pgbench"), "-n", "-t", "1", "-f", str(script), *place]
    environment = {"PGOPTIONS": f"-c app.organization={link.organization_id}"}
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def our_rate(busy: list[story.Link]) -> float:
    """Return what one thread per entry of `busy`, spread over the processes, registered together in a second."""
    work = [(link, sign_ups(PEOPLE)) for link in busy]
    shares = [share for share in (work[start::PROCESSES] for start in range(PROCESSES)) if share]
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(len(shares), spawn, initializer=django.setup) as pool:
        begins = time.monotonic() + START_SECONDS
        ends = max(pool.map(register_all, shares, [begins] * len(shares)))
    return PEOPLE * len(busy) / (ends - begins)


def register_all(share: list[tuple[story.Link, list[SignUp]]], begins: float) -> float:
    """Register each group in a thread of its own from the given moment on; return when all were done. Runs in its own process."""
    with concurrent.futures.ThreadPoolExecutor(len(share)) as threads:
        groups = [threads.submit(register_group, link, people, begins) for link, people in share]
        return max(group.result() for group in groups)


def register_group(link: story.Link, people: list[SignUp], begins: float) -> float:
    from django.db import connection

    from career_relay.flows import register_candidate
    from career_relay.kernel import clock

    connection.ensure_connection()
    time.sleep(max(0.0, begins - time.monotonic()))
    for person in people:
        register_candidate.register_candidate(
            sign_up_id=person.id,
            code=person.code,
            link_id=link.link_id,
            organization_id=link.organization_id,
            now=clock.now(),
        )
    connection.close()
    return time.monotonic()


def sign_ups(number: int) -> list[SignUp]:
    """Have so many people type their details, tick a consent and receive a code."""
    from career_relay.kernel import clock
    from tests.flows import story

    emails = [f"{uuid.uuid4().hex}@people.example" for _ in range(number)]
    typed = [(story.sign_up(email, now=clock.now()), email) for email in emails]
    return [SignUp(identifier, story.code_of(identifier), email) for identifier, email in typed]


def open_links() -> list[story.Link]:
    from career_relay.kernel import clock
    from tests import world
    from tests.flows import story

    names = [f"employer-{number}" for number in range(LINKS)]
    return [story.open_link(world.make_tenant("employer", name, name), clock.now()) for name in names]


def register_first(link: story.Link) -> dict[str, str]:
    """Register one person, which opens the employer's ledger, and return their mail, which the raw script writes as well."""
    from career_relay.capabilities.messaging.models import Message
    from career_relay.kernel import clock
    from career_relay.kernel.tenancy.context import acting_as
    from tests.flows import story

    registered = story.register(link, f"{uuid.uuid4().hex}@people.example", now=clock.now())
    with acting_as(candidate=registered.candidate_id):
        mail = Message.objects.get(kind="registration_received")
    return {"subject": mail.subject, "text": mail.text, "html": mail.html}


def superuser_sql(statement: str) -> str:
    return devdb.find_server(test=True).sql(DATABASE, "-c", statement)


if __name__ == "__main__":
    sys.exit(main())
