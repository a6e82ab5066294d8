"""A thousand people rejected and told, among 100,000 applications: from the file to mails that wait to be sent.

An export of a thousand applications in progress comes back with their rejections; all of them are chosen, written to with
a personal link, confirmed, and their mails written. That is what a member does in an afternoon and the worker does
behind it, the sending left out. The same rows of notices and mails, plainly copied, are the yardstick.
"""

from __future__ import annotations

import dataclasses
import itertools
import sys
import time
from typing import TYPE_CHECKING

import django

from bench import imports, pages, server

if TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from career_relay.domain.hiring.notices.models import Mailing

DATABASE = "bench_notices"
PEOPLE = 1_000
MOST_SECONDS = 5
LEAST_RATIO = 0.02
TABLES = ("notices_notice", "notices_told", "links_relaylink", "messaging_message")


@dataclasses.dataclass(frozen=True)
class Seconds:
    """How long each part took."""

    check: float
    commit: float
    choose: float
    confirm: float
    write: float

    @property
    def total(self) -> float:
        return self.check + self.commit + self.choose + self.confirm + self.write


def main() -> int:
    """Measure and tell by the exit code whether the limits were kept."""
    with server.database(DATABASE) as urls:
        django.setup()
        employer, owner = pages.fill()
        join(employer, owner)
        took, queued = told(employer, owner)
        copied = imports.copy_same(urls["superuser"], str(employer), TABLES)
    for part in dataclasses.fields(took):
        print(f"notices, {part.name}: {getattr(took, part.name):.2f} s")
    print(f"notices, {PEOPLE:,} rejected and {queued:,} mails waiting: {took.total:.2f} s (limit {MOST_SECONDS} s)")
    ratio = copied / (took.choose + took.confirm + took.write)
    print(f"notices, plain COPY of the rows: {copied:.2f} s, ratio {ratio:.3f}, limit {LEAST_RATIO}")
    return 0 if queued == PEOPLE and took.total <= MOST_SECONDS and ratio >= LEAST_RATIO else 1


def join(employer: uuid.UUID, owner: User) -> None:
    """Let the employer put links into its mails, and have templates."""
    from career_relay.domain.ground.programmes import operations as programmes
    from career_relay.domain.ground.programmes import terms
    from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
    from career_relay.domain.hiring.links import operations as links
    from career_relay.domain.hiring.notices.operations import templates
    from career_relay.kernel import actors
    from career_relay.kernel.tenancy.context import acting_as

    user, actor, now = owner.pk, actors.user(owner.pk), pages.NOW
    with acting_as(organization=employer, user=user):
        programmes.join(
            organization_id=employer,
            programme_id=DEFAULT_PROGRAMME_ID,
            terms_version=terms.CURRENT.version,
            user_id=user,
            actor=actor,
            now=now,
        )
        links.record_basis(
            organization_id=employer, kind="agreed_at_application", note="", user_id=user, actor=actor, now=now
        )
        templates.start(organization_id=employer, user_id=user, now=now)


def told(employer: uuid.UUID, owner: User) -> tuple[Seconds, int]:
    """Reject and tell; return how long it took, and how many mails wait."""
    from career_relay.domain.hiring.applications.models import Application
    from career_relay.domain.hiring.applications.operations import imports as taking
    from career_relay.flows import notify_rejections as flow
    from career_relay.kernel import actors
    from career_relay.kernel.tenancy.context import acting_as

    content = rejections(employer)
    batch = imports.upload(employer, owner.pk, content)
    check = imports.timed_check(employer, owner.pk, batch, source_name="ATS")
    watch = [time.perf_counter()]
    taking.commit(
        organization_id=employer,
        batch_id=batch.pk,
        actor=actors.user(owner.pk),
        now=pages.NOW,
        progress=lambda _done: None,
    )
    watch.append(time.perf_counter())
    with acting_as(organization=employer):
        ids = [line.split(",")[0] for line in content.decode("cp932").splitlines()[1:]]
        chosen = Application.objects.filter(organization_id=employer, external_id__in=ids).values_list("pk", flat=True)
        mailing = flow.draft_mailing(
            organization_id=employer, application_ids=list(chosen), user_id=owner.pk, now=pages.NOW
        )
        watch.append(time.perf_counter())
        confirm(mailing, owner)
        watch.append(time.perf_counter())
    while flow.prepare_mailing(organization_id=employer, mailing_id=mailing.pk, now=pages.NOW):
        pass
    watch.append(time.perf_counter())
    steps = [after - before for before, after in itertools.pairwise(watch)]
    return Seconds(check, *steps), waiting(mailing)


def rejections(employer: uuid.UUID) -> bytes:
    """Return an export in which a thousand people, who applied once and wait for an answer, are rejected."""
    from django.db.models import Count

    from career_relay.domain.hiring.applications.models import Applicant, Application
    from career_relay.kernel import clock
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=employer):
        once = Applicant.objects.annotate(times=Count("applications")).filter(organization_id=employer, times=1)
        found = Application.objects.filter(organization_id=employer, outcome="in_progress", applicant__in=once)
        rows = [
            f"{one.external_id},{one.applicant.name},{one.applicant.email},"
            f"{one.applied_at.astimezone(clock.TOKYO):%Y/%m/%d %H:%M:%S},不採用,2026/11/20"
            for one in found.select_related("applicant").order_by("-applied_at")[:PEOPLE]
        ]
    return "\r\n".join(["応募ID,応募者名,メールアドレス,応募日時,選考結果,判定日", *rows, ""]).encode("cp932")


def confirm(mailing: Mailing, owner: User) -> None:
    """Choose the words, and confirm the number."""
    from career_relay.domain.hiring.notices import queries
    from career_relay.flows import notify_rejections as flow

    template = queries.templates(mailing.organization_id)[0].template
    flow.write_mailing(
        organization_id=mailing.organization_id,
        mailing_id=mailing.pk,
        template_id=template.pk,
        has_link=True,
        reply_to="saiyo@large.example",
    )
    flow.confirm_mailing(
        organization_id=mailing.organization_id,
        mailing_id=mailing.pk,
        expected=queries.counts(mailing).to_send,
        user_id=owner.pk,
        now=pages.NOW,
    )


def waiting(mailing: Mailing) -> int:
    """Return how many mails of the mailing wait."""
    from career_relay.capabilities.messaging.models import Message
    from career_relay.kernel.tenancy.context import acting_as

    with acting_as(organization=mailing.organization_id):
        return Message.objects.filter(organization_id=mailing.organization_id, state="queued").count()


if __name__ == "__main__":
    sys.exit(main())
