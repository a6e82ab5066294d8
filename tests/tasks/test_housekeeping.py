from __future__ import annotations

import datetime as dt
import typing

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from career_relay.capabilities.limits import operations as limits
from career_relay.capabilities.limits.models import Window
from career_relay.domain.people.candidates.models import SignUp
from career_relay.kernel import clock, ids
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import housekeeping

if typing.TYPE_CHECKING:
    import procrastinate

HOUR = dt.timedelta(hours=1)


def test_forget_ended_limits_keeps_those_that_still_count(db: None) -> None:
    now = clock.now()
    limits.take(action="code", subject="over", limit=1, per=HOUR, now=now - 2 * HOUR)
    limits.take(action="code", subject="counts", limit=1, per=HOUR, now=now)
    housekeeping.forget_ended_limits(timestamp=0)
    assert [window.ends_at for window in Window.objects.using("limits").all()] == [now + HOUR]


def test_forget_ended_sessions_keeps_the_others(db: None) -> None:
    for expires_in in (-HOUR, HOUR):
        session = SessionStore()
        session["name"] = "x"
        session.set_expiry(clock.now() + expires_in)
        session.save()
    housekeeping.forget_ended_sessions(timestamp=0)
    [kept] = Session.objects.all()
    assert kept.expire_date > clock.now()


def test_drop_expired_sign_ups_keeps_the_others(db: None) -> None:
    now, sign_ups = clock.now(), {"over": ids.new(), "open": ids.new()}
    for name, expires_in in (("over", -HOUR), ("open", HOUR)):
        with acting_as(candidate=sign_ups[name]):
            SignUp.objects.create(id=sign_ups[name], details={}, started_at=now, expires_at=now + expires_in)
    housekeeping.drop_expired_sign_ups(timestamp=0)
    kept = []
    for name, sign_up_id in sign_ups.items():
        with acting_as(candidate=sign_up_id):
            kept += [name] * SignUp.objects.filter(pk=sign_up_id).count()
    assert kept == ["open"]


def test_housekeeping_comes_round_by_itself(app: procrastinate.App) -> None:
    tasks = app.periodic_registry.periodic_tasks
    assert {name: task.cron for (name, _), task in tasks.items()} == {
        "forget_ended_limits": "*/10 * * * *",
        "drop_expired_sign_ups": "5 * * * *",
        "forget_ended_sessions": "20 * * * *",
        "forget_old_jobs": "40 18 * * *",
        "forget_imports": "25 * * * *",
        "send_digests": "*/15 * * * *",
        "end_abandoned_runs": "* * * * *",
        "end_abandoned_mailings": "* * * * *",
        "take_up_mailings": "*/10 * * * *",
        "route_waiting": "*/5 * * * *",
        "keep_deadlines": "*/10 * * * *",
        "keep_requests": "*/10 * * * *",
        "keep_introductions": "*/10 * * * *",
        "ask_about_placements": "0 0 * * *",
        "remind_of_licences": "10 0 * * *",
        "drop_book_entries": "50 18 * * *",
        "remind_of_reports": "20 0 * * *",
        "remind_of_complaints": "40 0 * * *",
        "remind_of_reviews": "30 0 * * *",
        "remind_of_stakeholders": "30 0 * * *",
    }
