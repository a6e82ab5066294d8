from __future__ import annotations

import dataclasses
import typing
import uuid

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.hiring.notices import operations, queries, rules, starters
from career_relay.domain.hiring.notices.models import TemplateVersion
from career_relay.domain.hiring.notices.operations import templates
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.notices.models import Template
    from tests.world import Tenant, World

TEXTS = starters.texts("ja", "mid_career", "documents")


def create(tenant: Tenant, name: str = "わが社の文面", texts: rules.Texts = TEXTS) -> Template:
    with acting_as(organization=tenant.id):
        return templates.create(
            organization_id=tenant.id,
            name=name,
            employment_type="mid_career",
            stage="documents",
            language="ja",
            texts=texts,
            user_id=tenant.owner.pk,
            now=NOW,
        )


def write(tenant: Tenant, template: Template, texts: rules.Texts) -> TemplateVersion:
    with acting_as(organization=tenant.id):
        return templates.write_version(
            organization_id=tenant.id, template_id=template.pk, texts=texts, user_id=tenant.owner.pk, now=NOW
        )


def test_start_gives_eighteen_texts_once(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        given = [templates.start(organization_id=alpha.id, user_id=alpha.owner.pk, now=NOW) for _ in range(2)]
        names = [one.template.name for one in queries.templates(alpha.id)]
    assert (given, len(names), names[0], names[-1]) == (
        [18, 0], 18, "新卒・書類選考", "Part-time, final interview",
    )  # fmt: skip


def test_start_writes_a_first_version_and_a_fact_of_each_in_few_statements(
    world: World, django_assert_max_num_queries: typing.Any
) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        with django_assert_max_num_queries(6):
            templates.start(organization_id=alpha.id, user_id=alpha.owner.pk, now=NOW)
        written = {one.template.pk: rules.texts_of(one.latest) for one in queries.templates(alpha.id)}
        facts = Fact.objects.filter(kind="template.written").values_list("subject_id", "actor", "data")
        assert sorted(map(str, written.values())) == sorted(
            str(rules.tidied(starters.texts(*place))) for place in starters.PLACES
        )
        assert set(TemplateVersion.objects.values_list("version", flat=True)) == {1}
        assert {(subject, actor, str(data)) for subject, actor, data in facts} == {
            (template, f"user:{alpha.owner.pk}", "{'version': 1}") for template in written
        }


def test_two_starts_at_once_give_the_texts_once(shared_database: None) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", uuid.uuid4().hex)

    def start() -> int:
        with acting_as(organization=alpha.id):
            return templates.start(organization_id=alpha.id, user_id=alpha.owner.pk, now=NOW)

    with rivals.coming_before('INSERT INTO "notices_template"', start) as coming:
        assert start() == 0
    assert coming[0].result() == 18
    with acting_as(organization=alpha.id):
        assert len(queries.templates(alpha.id)) == 18


def test_create_refuses_a_taken_or_empty_name_until_the_other_is_put_away(world: World) -> None:
    alpha = world.alpha
    first = create(alpha)
    for name in ("わが社の文面", " \u200b"):
        with pytest.raises(operations.UnableToNameTemplate):
            create(alpha, name)
    with acting_as(organization=alpha.id):
        templates.archive(organization_id=alpha.id, template_id=first.pk, user_id=alpha.owner.pk, now=NOW)
        assert queries.templates(alpha.id) == []
    assert create(alpha).pk != first.pk


def test_create_refuses_faulty_words_and_says_where(world: World) -> None:
    faulty = dataclasses.replace(TEXTS, thanks="{{名前}}", result="", farewell="ギフト")
    with pytest.raises(operations.UnableToWriteTemplate) as raised:
        create(world.alpha, texts=faulty)
    assert list(raised.value.faults) == ["thanks", "result", "farewell"]


def test_write_version_keeps_every_one_and_the_same_words_make_none(world: World) -> None:
    alpha = world.alpha
    template = create(alpha)
    changed = dataclasses.replace(TEXTS, result="見送ることといたしました。")
    versions = [write(alpha, template, texts).version for texts in (TEXTS, changed, changed, TEXTS)]
    with acting_as(organization=alpha.id):
        kept = [one.version for one in queries.versions(alpha.id, template.pk)]
        facts = list(Fact.objects.filter(kind="template.written").order_by("sequence").values_list("data", flat=True))
    assert (versions, kept, facts) == ([1, 2, 2, 3], [3, 2, 1], [{"version": n} for n in (1, 2, 3)])


def test_template_of_another_employer_is_not_there(world: World) -> None:
    template = create(world.alpha)
    with pytest.raises(operations.UnableToFindTemplate):
        write(world.beta, template, TEXTS)
    with acting_as(organization=world.beta.id):
        assert queries.template(world.beta.id, template.pk) is None


def test_confirmed_mailing_keeps_the_words_it_was_confirmed_with(world: World) -> None:
    at = mailings.desk(world.alpha)
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at).pk]))
    mailings.confirm(at, mailing)
    with acting_as(organization=world.alpha.id):
        [chosen] = [one for one in queries.templates(world.alpha.id) if one.template.name == "中途・書類選考"]
    write(world.alpha, chosen.template, dataclasses.replace(TEXTS, result="別の文面です。"))
    mailings.prepare(at, mailing)
    [message] = mailings.messages(at, mailing)
    assert ("別の文面です。" in message.text, TEXTS.result in message.text) == (False, True)


@pytest.mark.parametrize(("has_link", "block"), [(True, "invitation"), (False, "farewell")])
def test_sample_shows_made_up_values_and_the_fitting_ending(has_link: bool, block: str) -> None:  # noqa: FBT001
    shown = queries.sample(TEXTS, language="ja", company="アルファ", has_link=has_link)
    ending = getattr(TEXTS, block).replace("{{会社名}}", "アルファ")
    assert ("山田 花子 様" in shown.text, ending in shown.text, "{{" in shown.text + shown.html) == (True, True, False)
    assert (shown.subject, shown.problem) == ("選考結果のご連絡｜アルファ", "")


def test_sample_of_faulty_words_says_what_is_wrong_and_does_not_break() -> None:
    shown = queries.sample(
        dataclasses.replace(TEXTS, thanks="{{名前}}"), language="ja", company="アルファ", has_link=True
    )
    assert ("{{名前}}" in shown.problem, shown.text) == (True, "")
