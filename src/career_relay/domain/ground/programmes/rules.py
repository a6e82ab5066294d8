"""Which settings a policy may have. Pure: asked before a version is published."""

from __future__ import annotations

import typing

from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.programmes.models import PolicyVersion

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHORTEST_SEND_DELAY: typing.Final = 15 * 60

_ABOUT_THE_VERSION: typing.Final = {"id", "programme", "version", "effective_from", "published_by", "published_at"}
NAMES: typing.Final = {
    field.name: field.verbose_name
    for field in PolicyVersion._meta.concrete_fields
    if field.name not in _ABOUT_THE_VERSION
}

# So that a visitor sees the mail of a story within seconds. Only a demo may publish it.
DEMO_SETTINGS: typing.Final[dict[str, typing.Any]] = {
    "send_delay_seconds": 10,
    "quiet_from": None,
    "quiet_until": None,
    "sends_next_working_day_at": None,
}

# The schema has these settings, but no room carries out another value yet: publishing one would promise in vain.
_NOT_YET_CHANGEABLE: typing.Final[dict[str, object]] = {
    "count_event": PolicyVersion.CountEvent.CONFIRMED_CONSENTED,
    "count_hold_days": 0,
    "slot_delivers": PolicyVersion.SlotDelivers.FEE_WAIVED,
    "slot_expiry_months": None,
    "pooling": PolicyVersion.Pooling.NONE,
}

_RANGES: typing.Final = {
    "threshold": (1, 1_000),
    "small_group": (3, 20),
    "agencies_at_once": (1, 3),
    "introduction_answer_days": (1, 20),
    "introduction_owner_months": (0, 24),
    "slot_search_days": (7, 365),
}


def settings_of(policy: PolicyVersion) -> dict[str, object]:
    """Return what the version sets, by the setting's name."""
    return {name: getattr(policy, name) for name in NAMES}


def faults(policy: PolicyVersion, *, is_demo: bool) -> dict[str, _StrPromise | str]:
    """Return what is wrong with the version's settings, by the setting's name; empty when it may be published."""
    found: dict[str, _StrPromise | str] = {
        name: _("この版のキャリアリレーでは変更できません。")
        for name, only in _NOT_YET_CHANGEABLE.items()
        if getattr(policy, name) != only
    }
    for name, (least, most) in _RANGES.items():
        if not least <= getattr(policy, name) <= most:
            found[name] = _("%(least)d から %(most)d の間にしてください。") % {"least": least, "most": most}
    if policy.smallest_ratio_base < policy.small_group:
        found["smallest_ratio_base"] = _("人数を隠す境目以上にしてください。")
    if (policy.quiet_from is None) != (policy.quiet_until is None):
        found["quiet_until"] = _("送信を休む時間は、始まりと終わりの両方を決めるか、両方を空にしてください。")
    if policy.send_delay_seconds < SHORTEST_SEND_DELAY and not is_demo:
        found["send_delay_seconds"] = _("900 秒（15 分）以上にしてください。短くできるのはデモだけです。")
    return found
