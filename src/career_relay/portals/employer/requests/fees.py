"""What was agreed about money, in plain words: the fee, and what becomes of the slot of somebody who leaves early."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.placements import rules

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.ground.agreements.rules import Terms


def words(terms: Terms) -> str:
    """Say what a hire costs."""
    if terms.fee == "percent":
        return _("年収の %(percent)s %%") % {"percent": terms.fee_percent}
    if terms.fee == "fixed":
        return _("%(yen)s 円") % {"yen": f"{terms.fee_yen:,}"}
    return _("なし")


def returns_for_all(now: dt.datetime) -> bool:
    """Tell whether the policy in force gives the slot of every early leaver back, whatever was agreed."""
    return programmes.policy_at(DEFAULT_PROGRAMME_ID, now).returns_slot_of_early_leaver


def early_leaver(slot: str, *, returns_for_all: bool) -> str:
    """Say what becomes of the slot, by what was agreed about slots with the agency."""
    if returns_for_all or slot == rules.ONE_REPLACEMENT:
        return _("入社後 %(n)d 日以内に退職したときは、枠が戻ります。") % {"n": rules.REPLACEMENT_DAYS}
    return _("入社後に退職しても、枠は戻りません。")
