"""Every kind of fact and the keys its data may have. A kind that is not here can't be recorded."""

from __future__ import annotations

import typing

KINDS: typing.Final[dict[str, frozenset[str]]] = {
    "organization.founded": frozenset({"kind"}),
    "organization.changed": frozenset({"fields"}),
    "programme.joined": frozenset({"programme", "terms_version"}),
    "member.invited": frozenset({"role"}),
    "member.joined": frozenset({"role"}),
    "member.changed": frozenset({"role", "before"}),
    "member.removed": frozenset({"role"}),
    "invitation.renewed": frozenset(),
    "invitation.revoked": frozenset(),
    "basis.recorded": frozenset({"kind"}),
    "posting.changed": frozenset({"fields"}),
    "import.committed": frozenset({"created", "updated"}),
    "import.undone": frozenset(),
    "application.corrected": frozenset({"fields"}),
    "template.written": frozenset({"version"}),
    "notice.queued": frozenset({"count"}),
    "notice.sent": frozenset(),
    "notice.stopped": frozenset({"count"}),
    "link.created": frozenset({"mode", "stage", "employment_type"}),
    "link.revoked": frozenset({"reason"}),
    "candidate.registered": frozenset({"source_type"}),
    "candidate.erased": frozenset(),
    "candidate.corrected": frozenset({"fields"}),
    "consent.granted": frozenset({"purpose", "version"}),
    "consent.withdrawn": frozenset({"purpose", "version"}),
    "referral.counted": frozenset({"day", "number"}),
    "referral.not_counted": frozenset({"day", "reason"}),
    "referral.held": frozenset({"day", "reason"}),
    "slot.granted": frozenset({"ordinal", "usable_from"}),
    "credit.reversed": frozenset({"day"}),
    "run.finished": frozenset({"kind", "state", "total", "failed"}),
}
