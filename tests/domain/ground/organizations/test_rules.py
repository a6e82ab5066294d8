from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.organizations.models import Member, Organization


def test_every_kind_has_roles_and_every_role_a_kind() -> None:
    assert set(rules.ROLES_BY_KIND) == set(Organization.Kind.values)
    assert {role for roles in rules.ROLES_BY_KIND.values() for role in roles} == set(Member.Role)


@pytest.mark.parametrize("role", Member.Role.values)
def test_every_role_answers_for_every_right(role: str) -> None:
    assert {type(rules.may(role, right)) for right in typing.get_args(rules.Right)} == {bool}


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        ("change_organization", {"owner", "manager", "operator"}),
        ("manage_members", {"owner", "manager", "operator"}),
        ("accept_terms", {"owner"}),
        ("record_basis", {"owner"}),
        ("manage_links", {"owner", "recruiter"}),
        ("see_links", {"owner", "recruiter", "analyst", "auditor"}),
        ("see_ledger", {"owner", "recruiter", "analyst", "auditor"}),
        ("see_mail", {"owner", "recruiter", "auditor", "manager", "operator"}),
        ("see_runs", {"owner", "recruiter", "auditor", "manager", "operator"}),
    ],
)
def test_right_belongs_to_these_roles_and_no_other(right: rules.Right, roles: set[str]) -> None:
    assert {role for role in Member.Role.values if rules.may(role, right)} == roles


def test_unknown_role_is_an_error_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        rules.may("chief", "see_mail")


@pytest.mark.parametrize(
    ("kind", "role"), [("employer", "owner"), ("agency", "manager"), ("school", "manager"), ("operator", "operator")]
)
def test_leading_role_can_manage(kind: str, role: str) -> None:
    assert rules.leading_role(kind) == role
    assert rules.may(role, "manage_members")


@pytest.mark.parametrize(
    ("text", "domain"), [("@Example.CO.JP ", "example.co.jp"), ("ｅｘａｍｐｌｅ．ｊｐ", "example.jp"), ("", "")]
)
def test_clean_domain_takes_what_people_type(text: str, domain: str) -> None:
    assert rules.clean_domain(text) == domain


@pytest.mark.parametrize("domain", ["example.co.jp", "a-b.example", "xn--eckwd4c7c.xn--zckzah"])
def test_is_domain_accepts(domain: str) -> None:
    assert rules.is_domain(domain)


@pytest.mark.parametrize(
    "domain",
    ["", "example", "-a.example", "a_b.example", "a..jp", "a.jp/x", "a@b.jp", "a.1", "日本.jp", f"{'a' * 254}.jp"],
)
def test_is_domain_refuses(domain: str) -> None:
    assert not rules.is_domain(domain)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("hr@Minato.example", "minato.example"), ("hr@gmail.com", ""), ("hr@yahoo.co.jp", ""), ("hr@docomo.ne.jp", "")],
)
def test_company_domain_leaves_free_mail_out(address: str, domain: str) -> None:
    assert rules.company_domain(address) == domain
