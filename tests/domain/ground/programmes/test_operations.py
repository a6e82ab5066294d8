from __future__ import annotations

import contextlib
import datetime as dt
import threading
import typing

import pytest
from django.db import DatabaseError, connection, connections

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.programmes import operations, queries, rules, terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, Participation, PolicyVersion, Programme
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, Tenant, World, make_tenant

if typing.TYPE_CHECKING:
    from pytest_django.fixtures import Settings

LATER = NOW + dt.timedelta(days=1)


def join(tenant: Tenant, **changes: typing.Any) -> Participation:
    usual: dict[str, typing.Any] = {
        "programme_id": DEFAULT_PROGRAMME_ID,
        "terms_version": terms.CURRENT.version,
        "now": NOW,
    }
    who = {"user_id": tenant.owner.pk, "actor": actors.user(tenant.owner.pk)}
    with acting_as(organization=tenant.id, user=tenant.owner.pk):
        return operations.join(organization_id=tenant.id, **usual | who | changes)


def publish(**settings: typing.Any) -> PolicyVersion:
    usual: dict[str, typing.Any] = {
        "programme_id": DEFAULT_PROGRAMME_ID,
        "actor": actors.SYSTEM,
        "now": NOW,
        "effective_from": NOW,
    }
    return operations.publish_policy(**usual | settings)


def test_join_keeps_who_accepted_which_text(world: World) -> None:
    participation = join(world.alpha)
    assert (participation.terms_version, participation.terms_hash) == (terms.CURRENT.version, terms.CURRENT.sha256)
    assert (participation.accepted_by_id, participation.joined_at) == (world.alpha.owner.pk, NOW)
    with acting_as(organization=world.alpha.id):
        [fact] = Fact.objects.filter(kind="programme.joined")
        assert (fact.actor, fact.subject_id) == (f"user:{world.alpha.owner.pk}", participation.pk)
        assert fact.data == {"programme": "career-relay", "terms_version": terms.CURRENT.version}


def test_join_again_changes_nothing(world: World) -> None:
    first = join(world.alpha)
    assert join(world.alpha, user_id=world.alpha.users["recruiter"].pk, now=LATER) == first
    with acting_as(organization=world.alpha.id):
        [kept] = Participation.objects.all()
        assert (kept.accepted_by_id, kept.joined_at) == (world.alpha.owner.pk, NOW)
        assert Fact.objects.filter(kind="programme.joined").count() == 1


@pytest.mark.parametrize("version", [0, terms.CURRENT.version + 1])
def test_join_by_other_terms_is_refused(world: World, version: int) -> None:
    with pytest.raises(operations.UnableToJoinByOtherTerms) as refusal:
        join(world.alpha, terms_version=version)
    assert refusal.value.data == {"accepted": version}


def test_join_of_an_unknown_programme_is_refused(world: World) -> None:
    with pytest.raises(operations.UnableToFindProgramme):
        join(world.alpha, programme_id=ids.new())


@pytest.mark.parametrize("who", ["agency", "school", "operator"])
def test_join_by_another_kind_of_organization_is_refused(world: World, who: str) -> None:
    with pytest.raises(operations.UnableToJoinAsOther):
        join(getattr(world, who))


def test_participation_is_nobody_else_s(world: World) -> None:
    join(world.alpha)
    with acting_as(organization=world.beta.id):
        assert queries.participation(world.alpha.id) is None


def test_join_at_the_same_moment_makes_one_row(fresh_database: dict[str, str]) -> None:
    tenant, barrier = make_tenant("employer", "同時株式会社", "both"), threading.Barrier(4)
    joined: list[Participation] = []

    def work() -> None:
        connection.ensure_connection()
        barrier.wait()
        joined.append(join(tenant))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as(organization=tenant.id):
        assert joined == [queries.participation(tenant.id)] * 4
        assert Fact.objects.filter(kind="programme.joined").count() == 1


def test_publish_follows_the_newest_and_keeps_what_is_not_named(db: None) -> None:
    before = queries.latest_policy(DEFAULT_PROGRAMME_ID)
    policy = publish(threshold=8, effective_from=LATER)
    assert (policy.version, policy.published_by, policy.published_at) == (before.version + 1, "system", NOW)
    assert rules.settings_of(PolicyVersion.objects.get(pk=policy.pk)) == {**rules.settings_of(before), "threshold": 8}
    assert queries.policy_at(DEFAULT_PROGRAMME_ID, NOW) == before
    assert queries.policy_at(DEFAULT_PROGRAMME_ID, LATER) == policy


def test_publish_what_is_said_already_changes_nothing(db: None) -> None:
    policy = publish(threshold=8)
    assert publish(threshold=8, now=LATER, effective_from=LATER) == policy
    assert publish(now=LATER, effective_from=LATER) == policy
    assert PolicyVersion.objects.count() == 2


@pytest.mark.parametrize("moment", [NOW - dt.timedelta(seconds=1), dt.datetime(2019, 1, 1, tzinfo=dt.UTC)])
def test_publish_for_the_past_is_refused(db: None, moment: dt.datetime) -> None:
    with pytest.raises(operations.UnableToPublishBackwards):
        publish(threshold=8, effective_from=moment)


def test_publish_before_an_announced_version_is_refused(db: None) -> None:
    publish(threshold=8, effective_from=LATER)
    for moment in (NOW, LATER):
        with pytest.raises(operations.UnableToPublishBackwards):
            publish(threshold=9, effective_from=moment)


@pytest.mark.parametrize(
    ("settings", "faulty"),
    [
        ({"treshold": 8}, ["treshold"]),
        ({"version": 9}, ["version"]),
        ({"threshold": 0}, ["threshold"]),
        ({"threshold": -1}, ["threshold"]),
        ({"threshold": "many"}, ["threshold"]),
        ({"threshold": None}, ["threshold"]),
        ({"pooling": "world"}, ["pooling"]),
        ({"send_delay_seconds": 10}, ["send_delay_seconds"]),
        ({"quiet_from": None, "small_group": 2}, ["small_group", "quiet_until"]),
    ],
)
def test_publish_of_faulty_settings_names_each(db: None, settings: dict[str, object], faulty: list[str]) -> None:
    with pytest.raises(operations.UnableToPublishSettings) as refusal:
        publish(**settings)
    assert list(refusal.value.data) == faulty
    assert PolicyVersion.objects.count() == 1


def test_publish_of_faulty_settings_speaks_of_them_by_their_names(db: None) -> None:
    with pytest.raises(operations.UnableToPublishSettings) as refusal:
        publish(send_delay_seconds=10)
    assert str(refusal.value) == (
        "運用ルールを公開できません。次の設定を直してください。"
        "「送信までに待つ秒数」900 秒（15 分）以上にしてください。短くできるのはデモだけです。"
    )


def test_publish_for_an_unknown_programme_is_refused(db: None) -> None:
    with pytest.raises(operations.UnableToFindProgramme):
        publish(programme_id=ids.new(), threshold=8)


def test_a_demo_may_publish_its_policy_as_often_as_it_likes(db: None, settings: Settings) -> None:
    settings.DEMO = True
    policy = publish(**rules.DEMO_SETTINGS)
    assert publish(now=LATER, effective_from=LATER, **rules.DEMO_SETTINGS) == policy
    assert (policy.send_delay_seconds, policy.quiet_from, policy.sends_next_working_day_at) == (10, None, None)


def test_publish_at_the_same_moment_gives_each_its_number(fresh_database: dict[str, str]) -> None:
    barrier = threading.Barrier(4)

    def work(number: int) -> None:
        connection.ensure_connection()
        barrier.wait()
        with contextlib.suppress(operations.UnableToPublishBackwards):
            publish(threshold=20 + number, effective_from=NOW + dt.timedelta(days=number))
        connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = list(PolicyVersion.objects.order_by("effective_from").values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    assert versions[-1] > 1


def test_policies_of_programmes_are_apart(db: None) -> None:
    other = Programme.objects.create(slug="kansai", name="関西リレー")
    PolicyVersion.objects.create(
        programme=other, version=1, effective_from=NOW, published_by="system", published_at=NOW, threshold=3
    )
    assert queries.policy_at(other.pk, NOW).threshold == 3
    assert queries.policy_at(DEFAULT_PROGRAMME_ID, NOW).threshold == 10
    with pytest.raises(PolicyVersion.DoesNotExist):
        queries.policy_at(other.pk, NOW - dt.timedelta(microseconds=1))


def test_default_programme_is_career_relay(db: None) -> None:
    programme = queries.default_programme()
    assert (programme.pk, programme.slug, programme.name) == (DEFAULT_PROGRAMME_ID, "career-relay", "キャリアリレー")


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET programme_id = programme_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("table", ["programmes_policyversion", "programmes_participation"])
def test_policies_and_participations_are_never_rewritten(world: World, table: str, statement: str) -> None:
    join(world.alpha)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(organization=world.alpha.id):
        connection.cursor().execute(statement.format(table))
