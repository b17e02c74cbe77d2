"""Accounts: created, closed, reopened; passwords; roles given, ended, lent. Each act leaves its row."""

from datetime import date, datetime
from typing import Any

import pytest

from congvu.foundation.accounts import queries
from congvu.foundation.accounts.actions import grants, manage, passwords
from congvu.foundation.accounts.actions.sign_in import sign_in
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.models import Account, Delegation, Grant
from congvu.foundation.identity.queries import actor_for
from congvu.foundation.refusal import Refused

AT = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def test_a_new_account_must_replace_its_first_password(actors: Any) -> None:
    account, password = manage.create_account("Hanh.Nguyen", "Nguyễn  Thị Hạnh", by=actors.admin.actor, at=AT)
    assert (account.username, account.name, account.must_change_password) == (
        "hanh.nguyen",
        "Nguyễn Thị Hạnh",
        True,
    )
    assert sign_in("hanh.nguyen", password, address="10.0.0.1", at=AT) == account
    me = actor_for(account, TODAY)
    passwords.change_password(password, "mot cau dai de nho", by=me, at=AT)
    assert not actor_for(Account.objects.get(pk=account.pk), TODAY).must_change_password


@pytest.mark.parametrize("username", ["", "ab", "hạnh", "a b", "<b>", ".x", "quan.tri"])
def test_a_bad_or_taken_name_is_refused(actors: Any, username: str) -> None:
    with pytest.raises(Refused) as told:
        manage.create_account(username, "Ai đó", by=actors.admin.actor, at=AT)
    assert told.value.where == "username"


@pytest.mark.parametrize("number", ["123", "09919000012a"])
def test_a_bad_citizen_number_is_refused(actors: Any, number: str) -> None:
    with pytest.raises(Refused, match="căn cước"):
        manage.create_account("ai.do", "Ai đó", citizen_number=number, by=actors.admin.actor, at=AT)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("sai", "mot cau dai de nho", "old"),
        ("mat-khau-thu-2026", "ngan", "new"),
        ("mat-khau-thu-2026", "mat-khau-thu-2026", "new"),
    ],
)
def test_a_weak_wrong_or_same_password_is_refused(actors: Any, old: str, new: str, where: str) -> None:
    with pytest.raises(Refused) as told:
        passwords.change_password(old, new, by=actors.clerk.actor, at=AT)
    assert told.value.where == where
    assert not AuditEntry.objects.filter(verb="change-password").exists()


def test_given_passwords_differ_and_are_nowhere_in_the_log(actors: Any) -> None:
    ids = [actors.clerk.account.pk, actors.leader.account.pk]
    given = passwords.reset_passwords(ids, by=actors.admin.actor, at=AT, why="quên")
    assert len(set(given.values())) == 2
    log = " ".join(str(row) for row in AuditEntry.objects.values_list("why", "before", "after"))
    assert not any(word in log for word in given.values())


def test_nobody_closes_his_own_account_and_a_reason_is_asked(actors: Any) -> None:
    admin = actors.admin
    with pytest.raises(Refused):
        manage.set_active([admin.account.pk], False, by=admin.actor, at=AT, why="thử")
    with pytest.raises(Refused):
        manage.set_active([actors.clerk.account.pk], False, by=admin.actor, at=AT, why=" ")
    assert manage.set_active([actors.clerk.account.pk], False, by=admin.actor, at=AT, why="nghỉ việc") == 1
    assert manage.set_active([actors.clerk.account.pk], False, by=admin.actor, at=AT, why="nghỉ việc") == 0
    assert AuditEntry.objects.filter(verb="deactivate").count() == 1


def test_a_role_is_held_from_its_first_to_its_last_day(actors: Any) -> None:
    pk = actors.citizen.account.pk
    grants.grant_role(
        [pk], "clerk", actors.home.pk, date(2026, 11, 1), date(2026, 11, 30), by=actors.admin.actor, at=AT
    )
    account = Account.objects.get(pk=pk)
    held = [
        actor_for(account, date(2026, 11, n) if n else date(2026, 10, 31)).has("clerk") for n in (0, 1, 30)
    ]
    assert held == [False, True, True]
    assert not actor_for(account, date(2026, 12, 1)).has("clerk")


def test_the_same_role_twice_at_once_is_refused_and_nothing_is_kept(actors: Any) -> None:
    ids = [actors.leader.account.pk, actors.clerk.account.pk]
    before = Grant.objects.count()
    with pytest.raises(Refused, match="đã có vai trò"):
        grants.grant_role(ids, "clerk", actors.centre.pk, TODAY, by=actors.admin.actor, at=AT)
    assert Grant.objects.count() == before
    assert not AuditEntry.objects.filter(verb="grant-role").exists()


@pytest.mark.parametrize(
    ("role", "unit", "last", "where"),
    [
        ("vua", True, None, "role"),
        ("clerk", False, None, "unit"),
        ("clerk", True, date(2026, 1, 1), "valid_to"),
    ],
)
def test_impossible_roles_are_refused(
    actors: Any, role: str, unit: bool, last: date | None, where: str
) -> None:
    with pytest.raises(Refused) as told:
        grants.grant_role(
            [actors.citizen.account.pk],
            role,
            actors.home.pk if unit else None,
            TODAY,
            last,
            by=actors.admin.actor,
            at=AT,
        )
    assert told.value.where == where


def test_ending_a_role_keeps_its_history(actors: Any) -> None:
    grant = Grant.objects.get(account=actors.clerk.account)
    grants.end_grant(grant.pk, TODAY, by=actors.admin.actor, at=AT, why="chuyển công tác")
    account = actors.clerk.account
    assert actor_for(account, TODAY).has("clerk")
    assert not actor_for(account, date(2026, 11, 21)).has("clerk")
    entry = AuditEntry.objects.get(verb="end-grant")
    assert (entry.before["to"], entry.after["to"]) == (None, "2026-11-20")
    with pytest.raises(Refused):
        grants.end_grant(grant.pk, date(2019, 1, 1), by=actors.admin.actor, at=AT)


def test_an_administrator_does_not_end_his_own_office(actors: Any) -> None:
    grant = Grant.objects.get(account=actors.admin.account)
    with pytest.raises(Refused, match="Không tự"):
        grants.end_grant(grant.pk, TODAY, by=actors.admin.actor, at=AT)


def test_a_delegation_lends_the_roles_for_its_days(actors: Any) -> None:
    absent, acting = actors.leader.account, actors.specialist.account
    lent = grants.delegate(
        absent.pk, acting.pk, TODAY, date(2026, 11, 27), "QĐ 12/QĐ-SNV", by=actors.admin.actor, at=AT
    )
    me = actor_for(acting, TODAY)
    assert me.has("leader")
    assert {one.for_account for one in me.held} == {None, absent.pk}
    grants.end_delegation(lent.pk, date(2026, 11, 19), by=actors.admin.actor, at=AT)
    assert not Delegation.objects.exists()
    assert not actor_for(acting, TODAY).has("leader")


@pytest.mark.parametrize(("days", "reason"), [((20, 19), "QĐ"), ((20, 27), "  ")])
def test_a_delegation_needs_a_forward_period_and_a_reason(
    actors: Any, days: tuple[int, int], reason: str
) -> None:
    first, last = (date(2026, 11, n) for n in days)
    with pytest.raises(Refused):
        grants.delegate(
            actors.leader.account.pk,
            actors.specialist.account.pk,
            first,
            last,
            reason,
            by=actors.admin.actor,
            at=AT,
        )
    with pytest.raises(Refused):
        grants.delegate(
            actors.leader.account.pk,
            actors.leader.account.pk,
            TODAY,
            TODAY,
            "x",
            by=actors.admin.actor,
            at=AT,
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [("mot cua", 1), ("MỘT CỬA", 1), ("mot.c", 1), ("099190000123", 1), ("%", 0), ("zzz", 0), ("", 7)],
)
def test_accounts_are_found_without_diacritics(actors: Any, text: str, found: int) -> None:
    assert len(queries.account_page(queries.AccountFilter(text=text), TODAY)) == found


def test_the_list_costs_two_statements_however_long(
    actors: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    for n in range(30):
        make_person("clerk", actors.centre, username=f"them{n}")
    with django_assert_num_queries(2):
        rows = queries.account_page(queries.AccountFilter(), TODAY, limit=10)
    assert len(rows) == 11
    assert len(queries.account_page(queries.AccountFilter(role="leader"), TODAY)) == 1
