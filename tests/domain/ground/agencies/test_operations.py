from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import hashlib
import typing

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agencies import operations, queries, rules
from career_relay.domain.ground.agencies.models import Desk, FeeTable, Licence, Office, Reminder, Stop
from career_relay.domain.ground.agencies.operations import errors
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.kernel import actors
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.domain.ground.agencies.room import DESK, OFFICE, PDF, TODAY, by
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from tests.world import Tenant, World

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def agency(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.agency.id):
        yield world.agency


def facts(kind: str) -> list[tuple[str, dict[str, typing.Any]]]:
    return [(fact.actor, fact.data) for fact in Fact.objects.filter(kind=kind).order_by("sequence")]


def operator(world: World) -> actors.Actor:
    return actors.user(world.operator.owner.pk)


def mails() -> list[tuple[str, str]]:
    return [(one.kind, one.to_address) for one in Message.objects.order_by("created_at", "pk")]


def test_desk_is_kept_as_told_and_the_fact_names_the_fields(agency: Tenant) -> None:
    details = dataclasses.replace(
        DESK, phone="０３－１２３４－５６７８".replace("－", "-"), prefectures=["14", "13"], occupations=["06"]
    )
    operations.save_desk(details=details, **by(agency))
    operations.save_desk(details=dataclasses.replace(details, capacity=5, is_taking=False), **by(agency, NOW + A_DAY))
    operations.save_desk(details=dataclasses.replace(details, capacity=5, is_taking=False), **by(agency, NOW + A_DAY))
    desk = queries.desk(agency.id)
    assert desk is not None
    assert (desk.phone, desk.email, desk.message) == ("03-1234-5678", DESK.email, DESK.message)
    assert (desk.capacity, desk.is_taking, desk.changed_at) == (5, False, NOW + A_DAY)
    assert (desk.prefectures, desk.occupations, desk.employment_types) == (["13", "14"], ["06"], [])
    assert [sorted(data["fields"]) for _actor, data in facts("desk.changed")] == [
        sorted(
            ["phone", "email", "message", "capacity", "is_taking", "prefectures", "occupations", "employment_types"]
        ),
        ["capacity", "is_taking"],
    ]


def test_desk_that_serves_every_kind_serves_all(agency: Tenant) -> None:
    every = dataclasses.replace(DESK, employment_types=["part_time", "mid_career", "new_graduate"])
    operations.save_desk(details=every, **by(agency))
    assert Desk.objects.get().employment_types == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "電話なし"),
        ("phone", "12345"),
        ("email", "nowhere"),
        ("message", "あ" * 301),
        ("capacity", 0),
        ("capacity", 1001),
        ("prefectures", ["48"]),
        ("occupations", ["16"]),
        ("employment_types", ["dispatch"]),
    ],
)
def test_desk_with_an_unusable_field_is_refused_at_that_field(agency: Tenant, field: str, value: typing.Any) -> None:
    changes: dict[str, typing.Any] = {field: value}
    with pytest.raises(errors.UnableToSaveDesk) as refusal:
        operations.save_desk(details=dataclasses.replace(DESK, **changes), **by(agency))
    assert refusal.value.data == {"field": field}
    assert queries.desk(agency.id) is None


def test_offices_come_change_and_go(agency: Tenant) -> None:
    first = room.open_office(agency)
    second = room.open_office(agency, NOW + A_DAY, name="大阪支社", prefecture="27")
    details = dataclasses.replace(OFFICE, responsible_name="﨑山 誠")
    operations.change_office(office_id=first.pk, details=details, **by(agency, NOW + A_DAY))
    operations.change_office(office_id=first.pk, details=details, **by(agency, NOW + A_DAY))
    operations.remove_office(office_id=second.pk, **by(agency, NOW + A_DAY))
    assert [(one.name, one.responsible_name) for one in queries.offices(agency.id)] == [("本社", "﨑山 誠")]
    assert Office.objects.get(pk=second.pk).removed_at == NOW + A_DAY
    assert [data["fields"] for _actor, data in facts("desk.changed")][2:] == [
        ["office.responsible_name"],
        ["office.removed_at"],
    ]


def test_last_office_stays(agency: Tenant) -> None:
    office = room.open_office(agency)
    with pytest.raises(errors.UnableToRemoveLastOffice):
        operations.remove_office(office_id=office.pk, **by(agency))


def test_office_that_is_gone_can_not_be_changed(agency: Tenant) -> None:
    office = room.open_office(agency)
    room.open_office(agency)
    operations.remove_office(office_id=office.pk, **by(agency))
    with pytest.raises(errors.UnableToFindOffice):
        operations.change_office(office_id=office.pk, details=OFFICE, **by(agency))
    with pytest.raises(errors.UnableToFindOffice):
        operations.remove_office(office_id=office.pk, **by(agency))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " \u200b"),
        ("address", ""),
        ("responsible_name", "　"),
        ("prefecture", "99"),
        ("phone", "x"),
        ("trained_on", TODAY + A_DAY),
        ("trained_on", TODAY.replace(year=TODAY.year - 5)),
    ],
)
def test_office_with_an_unusable_field_is_refused_at_that_field(agency: Tenant, field: str, value: typing.Any) -> None:
    with pytest.raises(errors.UnableToSaveOffice) as refusal:
        room.open_office(agency, **{field: value})
    assert refusal.value.data == {"field": field}
    assert not Office.objects.exists()


def test_submitted_licence_waits_with_what_proves_it(agency: Tenant) -> None:
    licence = room.submit(agency, number="１３ ﾕ １２３４５６", evidence=operations.Upload("../../許可証.html", PDF))
    kept = queries.licence(agency.id, licence.pk)
    assert kept is not None
    assert (kept.number, kept.state, kept.submitted_by_id) == ("13-ユ-123456", "submitted", agency.owner.pk)
    assert (bytes(kept.evidence), kept.evidence_type, kept.evidence_name) == (PDF, "application/pdf", "許可証.pdf")
    assert kept.evidence_sha256 == hashlib.sha256(PDF).hexdigest()
    assert facts("licence.submitted") == [
        (str(actors.user(agency.owner.pk)), {"valid_until": kept.valid_until.isoformat()})
    ]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("number", {"number": "13-あ-123456"}),
        ("valid_from", {"valid_from": TODAY + A_DAY * 367, "valid_until": TODAY + A_DAY * 400}),
        ("valid_from", {"valid_from": dt.date.max, "valid_until": dt.date.max}),
        ("valid_until", {"valid_until": TODAY - A_DAY * 31}),
        ("valid_until", {"valid_until": TODAY - A_DAY}),
        ("valid_until", {"valid_from": TODAY, "valid_until": TODAY.replace(year=TODAY.year + 3)}),
        ("evidence", {"evidence": operations.Upload("empty.pdf", b"")}),
        ("evidence", {"evidence": operations.Upload("page.pdf", b"<html><script>")}),
        ("evidence", {"evidence": operations.Upload("large.pdf", PDF.ljust(5 * 1024 * 1024 + 1))}),
    ],
)
def test_licence_that_can_not_be_right_is_refused_at_that_field(
    agency: Tenant, field: str, changes: dict[str, typing.Any]
) -> None:
    with pytest.raises(errors.UnableToSubmitLicence) as refusal:
        room.submit(agency, **changes)
    assert refusal.value.data == {"field": field}
    assert not Licence.objects.exists()


def test_renewal_may_run_five_years(agency: Tenant) -> None:
    end = TODAY.replace(year=TODAY.year + 5) - A_DAY
    assert room.submit(agency, is_renewal=True, valid_from=TODAY, valid_until=end).valid_until == end


def test_licence_of_next_year_may_be_told_beforehand(agency: Tenant) -> None:
    assert room.submit(agency, valid_from=TODAY + A_DAY * 366).state == "submitted"


def test_second_licence_waits_for_the_first(agency: Tenant) -> None:
    room.submit(agency)
    with pytest.raises(errors.UnableToSubmitTwice):
        room.submit(agency)
    with pytest.raises(IntegrityError, match="licence_one_submitted"), transaction.atomic():
        Licence.objects.create(
            organization_id=agency.id,
            number=room.NUMBER,
            is_renewal=False,
            valid_from=TODAY,
            valid_until=TODAY,
            evidence=PDF,
            evidence_name="x.pdf",
            evidence_type="application/pdf",
            evidence_sha256="",
            submitted_at=NOW,
            submitted_by=agency.owner,
        )


def test_free_licence_does_not_go_with_fees(agency: Tenant) -> None:
    room.publish(agency)
    with pytest.raises(errors.UnableToSubmitLicence) as refusal:
        room.submit(agency, number="13-特-123456")
    assert refusal.value.data == {"field": "number"}
    room.publish(agency, room.NO_TABLE)
    room.publish(agency, effective_from=TODAY + A_DAY)
    with pytest.raises(errors.UnableToSubmitLicence):
        room.submit(agency, number="13-特-123456")
    room.publish(agency, room.NO_TABLE)
    room.submit(agency, number="13-特-123456")
    with pytest.raises(errors.UnableToPublishFees):
        room.publish(agency)


def test_confirmed_licence_says_who_and_when_and_the_managers_are_told(world: World, agency: Tenant) -> None:
    licence = room.confirm(agency, world.operator)
    assert (licence.state, licence.decided_at, licence.decided_by) == ("confirmed", NOW, str(operator(world)))
    assert facts("licence.confirmed") == [(str(operator(world)), {"valid_until": licence.valid_until.isoformat()})]
    assert mails() == [("licence_confirmed", "manager@agency.example")]


def test_refused_licence_gives_the_reason_and_another_may_follow(world: World, agency: Tenant) -> None:
    licence = room.submit(agency)
    operations.refuse_licence(
        organization_id=agency.id,
        licence_id=licence.pk,
        reason="番号が読めません。",
        decided_by=operator(world),
        now=NOW,
    )
    licence.refresh_from_db()
    assert (licence.state, licence.reason) == ("refused", "番号が読めません。")
    [mail] = Message.objects.all()
    assert "番号が読めません。" in mail.text
    assert room.submit(agency).state == "submitted"


@pytest.mark.parametrize("reason", ["", " \u3000", "あ" * 401])
def test_refusal_and_stop_want_a_reason(world: World, agency: Tenant, reason: str) -> None:
    licence = room.submit(agency)
    given: dict[str, typing.Any] = {"organization_id": agency.id, "reason": reason, "now": NOW}
    with pytest.raises(errors.UnableToActWithoutReason):
        operations.refuse_licence(licence_id=licence.pk, decided_by=operator(world), **given)
    with pytest.raises(errors.UnableToActWithoutReason):
        operations.stop(decided_by=operator(world), **given)
    assert not Stop.objects.exists()
    assert Licence.objects.get().state == "submitted"


def test_licence_is_decided_once(world: World, agency: Tenant) -> None:
    licence = room.confirm(agency, world.operator)
    given: dict[str, typing.Any] = {
        "organization_id": agency.id,
        "licence_id": licence.pk,
        "decided_by": operator(world),
        "now": NOW,
    }
    with pytest.raises(errors.UnableToDecideLicence):
        operations.confirm_licence(**given)
    with pytest.raises(errors.UnableToDecideLicence):
        operations.refuse_licence(reason="遅すぎました。", **given)
    assert len(facts("licence.confirmed")) == 1


def test_stop_lasts_until_it_is_ended(world: World, agency: Tenant) -> None:
    given: dict[str, typing.Any] = {"organization_id": agency.id, "decided_by": operator(world), "now": NOW}
    with pytest.raises(errors.UnableToResume):
        operations.resume(**given)
    operations.stop(reason="苦情を確認しています。", **given)
    with pytest.raises(errors.UnableToStopAgain):
        operations.stop(reason="もう一度", **given)
    assert queries.standing(agency.id, TODAY).reason == "苦情を確認しています。"
    operations.resume(**given)
    assert queries.open_stop(agency.id) is None
    operations.stop(reason="別の件です。", **given)
    assert [(one.reason, one.ended_at is None) for one in queries.stops(agency.id)] == [
        ("別の件です。", True),
        ("苦情を確認しています。", False),
    ]
    assert [kind for kind, _to in mails()] == ["agency_stopped", "agency_resumed", "agency_stopped"]


def test_operator_s_decisions_are_about_agencies_only(world: World) -> None:
    with acting_as(organization=world.alpha.id), pytest.raises(errors.UnableToFindAgency):
        operations.stop(organization_id=world.alpha.id, reason="x", decided_by=operator(world), now=NOW)


def test_published_fees_are_versions_that_stay(agency: Tenant) -> None:
    room.publish(agency, average_rate=decimal.Decimal("31.4"), average_year=2025)
    other = rules.Table(rates=(rules.Rate(percent=decimal.Decimal("30.5")), rules.Rate(occupation="04", fixed=800_000)))
    room.publish(agency, other, effective_from=TODAY + A_DAY)
    tables = queries.fee_tables(agency.id)
    assert [(one.version, one.table) for one in tables] == [(2, other), (1, room.TABLE)]
    assert tables[1].average_rate == decimal.Decimal("31.4")
    in_force = [queries.fee_table(agency.id, day) for day in (TODAY - A_DAY, TODAY, TODAY + A_DAY)]
    assert [one and one.version for one in in_force] == [None, 1, 2]
    assert [data for _actor, data in facts("fees.published")] == [{"version": 1}, {"version": 2}]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        FeeTable.objects.update(version=7)


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        (rules.Table(rates=(rules.Rate(percent=decimal.Decimal("50.1")),)), {}),
        (rules.Table(rates=()), {}),
        (rules.Table(rates=(*room.TABLE.rates, rules.Rate(occupation="77", fixed=1))), {}),
        (rules.Table(rates=(*room.TABLE.rates, rules.Rate(employment_type="x", fixed=1))), {}),
        (rules.Table(rates=room.TABLE.rates, refunds=(rules.Refund(within_days=30, percent=101),)), {}),
        (room.TABLE, {"effective_from": TODAY - A_DAY}),
        (room.TABLE, {"average_rate": decimal.Decimal(30)}),
        (room.TABLE, {"average_year": 2025}),
        (room.TABLE, {"average_rate": decimal.Decimal(51), "average_year": 2025}),
        (room.TABLE, {"average_rate": decimal.Decimal(30), "average_year": TODAY.year + 1}),
    ],
)
def test_unlawful_fees_are_not_published(agency: Tenant, table: rules.Table, changes: dict[str, typing.Any]) -> None:
    with pytest.raises(errors.UnableToPublishFees):
        room.publish(agency, table, **changes)
    assert not FeeTable.objects.exists()


def test_each_reminder_is_told_once(world: World, agency: Tenant) -> None:
    licence = room.confirm(agency, world.operator)
    end = licence.valid_until
    told = []
    for left in (120, 90, 89, 45, 30, 7, 1, 0, -1, -2, -400):
        reminder = operations.remind_of_end(
            organization_id=agency.id, licence_id=licence.pk, today=end - A_DAY * left, now=NOW
        )
        told.append(reminder and reminder.days)
    assert told == [None, 90, None, None, 30, 7, None, None, 0, None, None]
    assert [kind for kind, _to in mails()][1:] == ["licence_ending"] * 3 + ["licence_ended"]
    assert facts("licence.expired") == [("system", {})]
    assert Reminder.objects.count() == 4


def test_reminder_says_that_the_renewal_is_looked_at(world: World, agency: Tenant) -> None:
    licence = room.confirm(agency, world.operator)
    room.submit(agency, NOW + A_DAY * 990, is_renewal=True)
    operations.remind_of_end(organization_id=agency.id, licence_id=licence.pk, today=licence.valid_until, now=NOW)
    mail = Message.objects.get(kind="licence_ending")
    assert "運営の確認を待っています" in mail.text
    assert "運営の確認を待っています" in mail.html


def test_licence_that_was_not_confirmed_is_not_reminded_of(agency: Tenant) -> None:
    licence = room.submit(agency)
    given: dict[str, typing.Any] = {"organization_id": agency.id, "today": licence.valid_until, "now": NOW}
    assert operations.remind_of_end(licence_id=licence.pk, **given) is None


WRITES: dict[str, collections.abc.Callable[[Tenant, str], object]] = {
    "save_desk": lambda agency, role: operations.save_desk(details=DESK, **by(agency, role=role)),
    "add_office": lambda agency, role: operations.add_office(details=OFFICE, **by(agency, role=role)),
    "submit_licence": lambda agency, role: operations.submit_licence(
        number=room.NUMBER,
        is_renewal=False,
        valid_from=TODAY,
        valid_until=TODAY,
        evidence=operations.Upload("x.pdf", PDF),
        **by(agency, role=role),
    ),
    "publish_fees": lambda agency, role: operations.publish_fees(
        table=room.TABLE, average_rate=None, average_year=None, effective_from=TODAY, **by(agency, role=role)
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_only_an_agency_s_manager_writes(world: World, name: str) -> None:
    for tenant, role in ((world.agency, "adviser"), (world.school, "manager"), (world.alpha, "owner")):
        with acting_as(organization=tenant.id), pytest.raises(UnableToActWithoutRight):
            WRITES[name](tenant, role)


def test_errors_have_codes_of_their_own() -> None:
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DomainError)]
    codes = [one.code for one in found if one is not DomainError]
    assert len(codes) == len(set(codes)) == 12
