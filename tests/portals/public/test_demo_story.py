from __future__ import annotations

import re
import typing

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from career_relay.config.demo import employers, past
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.people.candidates.rules import Details
from career_relay.flows import receive_applications
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_roles, demo_samples
from tests import demo

if typing.TYPE_CHECKING:
    import collections.abc

pytestmark = pytest.mark.usefixtures("demo_network")
DEMO, SIGN_IN = reverse("public:demo"), reverse("public:demo_sign_in")


def marks(page: str) -> list[str]:
    """Return what the scenes of the story say of themselves."""
    return re.findall(
        r"済み|これから", re.sub(r"<[^>]+>", " ", page[page.index('id="story"') : page.index('id="more"')])
    )


def test_entrance_has_a_button_for_each_member_and_the_candidates_link() -> None:
    response = Client().get(DEMO)
    page = response.content.decode()
    assert [f'value="{member.key}"' in page for member in demo_roles.EVERYBODY] == [True] * len(demo_roles.EVERYBODY)
    assert "メールを送るまでの時間は 10 秒、夜間の停止はありません。" in page
    link = response.context["demo"].link_url.removeprefix(settings.SITE_URL)
    assert Client().get(link).headers["Location"] == reverse("candidate:welcome")


def test_button_signs_in_as_that_member() -> None:
    homes = {demo_roles.AGENCY_DOMAIN: "agency:home", demo_roles.OPERATOR_DOMAIN: "operator:home"}
    for member in demo_roles.EVERYBODY:
        response = Client().post(SIGN_IN, {"member": member.key}, follow=True)
        assert response.redirect_chain[-1][0] == reverse(homes.get(member.domain, "employer:home"))
        assert (response.context["seat"].role, response.context["frame"].person) == (member.role, member.name)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("import", reverse("employer:import_new")),
        ("untold", reverse("employer:untold")),
        ("home", reverse("employer:home")),
        ("https://elsewhere.example/", reverse("employer:home")),
    ],
)
def test_scene_opens_its_page_as_the_recruiter(page: str, address: str) -> None:
    response = Client().post(SIGN_IN, {"member": "sato", "page": page}, follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == (address, 200)


def test_sign_in_needs_a_form_of_ours_and_a_known_member() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"member": demo_roles.MEMBERS[0].key}).status_code == 403
    assert [Client().post(SIGN_IN, {"member": key}).status_code for key in ("", "root")] == [404, 404]
    assert Client().get(SIGN_IN).status_code == 405


def test_page_gives_every_sample_and_nothing_else() -> None:
    page = Client().get(DEMO).content.decode()
    for sample in demo_samples.ALL:
        address = reverse("public:demo_sample", args=[sample.name])
        response = Client().get(address)
        assert f'href="{address}"' in page
        assert response.headers["Content-Disposition"] == f'attachment; filename="{sample.name}"'
        assert response.getvalue() == (demo_samples.folder() / sample.name).read_bytes()
    assert [Client().get(f"/demo/samples/{name}").status_code for name in ("..", "x.csv", "%2e%2e%2fkey")] == [404] * 3


@pytest.fixture
def taken_back() -> collections.abc.Iterator[None]:
    """Undo at the end whatever the test did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("taken_back")
def test_scenes_are_done_when_they_were_really_done() -> None:
    assert marks(Client().get(DEMO).content.decode()) == ["これから"] * 5
    import_story()
    assert marks(Client().get(DEMO).content.decode()) == ["済み", *["これから"] * 4]
    register_somebody()
    page = Client().get(DEMO).content.decode()
    assert marks(page) == ["済み", "これから", "済み", "済み", "済み"]
    assert ("1,000 件を取り込みました。" in page, "いまは、あと 2 人で" in page) == (True, True)


def import_story() -> None:
    """Import the file of the story as the recruiter would; the columns are known from the year's files."""
    main, now = demo.id_of(employers.MAIN), clock.now()
    [recruiter] = [seat for seat in employers.MAIN.seats if seat.key == "sato"]
    user = accounts.by_address(employers.MAIN.address(recruiter))
    assert user is not None
    user_id = user.pk
    path = demo_samples.path(demo_samples.STORY.name)
    assert path is not None
    with past.without_worker():
        with acting_as(organization=main, user=user_id):
            before = Application.objects.count()
            batch = intake.upload(
                organization_id=main,
                file_name=path.name,
                content=path.read_bytes(),
                encoding="",
                user_id=user_id,
                now=now,
            )
            assert batch.state == batch.State.MAPPED
        for request, perform in (
            (receive_applications.request_check, receive_applications.check_import),
            (receive_applications.request_commit, receive_applications.commit_import),
        ):
            with acting_as(organization=main, user=user_id):
                run = request(
                    organization_id=main, batch_id=batch.pk, language="ja", actor=actors.user(user_id), now=now
                )
            perform(run_id=run.pk, organization_id=main, now=now)
    with acting_as(organization=main):
        assert Application.objects.count() == before + 1000


def register_somebody() -> None:
    """Come through the main employer's own link."""
    main = demo.id_of(employers.MAIN)
    with acting_as(organization=main):
        link = links.of_organization(main, clock.now())[0]
    with past.without_worker():
        past.register(
            past.Registering(
                at=clock.now(),
                organization_id=main,
                link_id=link.link_id,
                details=Details(name="試しの 人", email="somebody@people.example.jp"),
                language="ja",
                purposes=("agency_introduction",),
            )
        )
