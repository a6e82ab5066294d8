"""The mails about an agreement: each act is told to those who lead the other side, and the review to both sides."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

PAGE: typing.Final = "/organization/agreements/{agreement}/"

WITHDRAWN: typing.Final = "withdrawn"  # an end before anything was in force
_OFFERS: typing.Final = frozenset({AgreementAct.Act.PROPOSED, AgreementAct.Act.AMENDED})


def tell_of(act: AgreementAct, *, partner_id: uuid.UUID, now: dt.datetime) -> None:
    """Tell the leading members of the other side what was done. Enters their context: the mail is theirs."""
    names = organizations.names_of([act.by_organization_id, partner_id])
    template = "mail/agreement_offered" if act.act in _OFFERS else "mail/agreement_changed"
    context = {
        "partner": names[act.by_organization_id].name,
        "organization": names[partner_id].name,
        "act": WITHDRAWN if act.act == AgreementAct.Act.ENDED and not act.agreement.version else act.act,
        "by": act.by_name,
        "reason": act.reason,
        "version": act.version,
        "page_url": _page(act.agreement_id),
    }
    _send(template, context, to=partner_id, now=now)


def remind(agreement: Agreement, *, now: dt.datetime) -> None:
    """Tell the leading members of both sides when the agreement is to be looked at again."""
    pair = (agreement.organization_id, agreement.counterparty_id)
    names = organizations.names_of(pair)
    for own, other in (pair, pair[::-1]):
        context = {
            "partner": names[other].name,
            "organization": names[own].name,
            "review_on": agreement.review_on,
            "page_url": _page(agreement.pk),
        }
        _send("mail/agreement_review", context, to=own, now=now)


def _send(template: str, context: collections.abc.Mapping[str, object], *, to: uuid.UUID, now: dt.datetime) -> None:
    with acting_as(organization=to):
        leading = rules.leading_role(organizations.profile(to).kind)
        for member in organizations.members(to).filter(role=leading):
            messaging.queue(
                template=template,
                to=member.user.email,
                language=member.user.language,
                context=context,
                organization=to,
                now=now,
            )


def _page(agreement_id: uuid.UUID) -> str:
    return f"{settings.SITE_URL}{PAGE.format(agreement=agreement_id)}"
