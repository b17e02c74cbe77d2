"""Signing in: who gets in, what is said to who does not, and how often anyone may try."""

from datetime import datetime
from typing import Any

import pytest

from congvu.foundation.accounts.actions.sign_in import PER_PERSON, WRONG, TooMany, sign_in, sign_out
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity import throttle
from congvu.foundation.identity.models import Account, SignInAttempt
from congvu.foundation.refusal import Refused

AT = datetime(2026, 11, 20, 7, 1, tzinfo=LEGAL_ZONE)
NEXT_WINDOW = datetime(2026, 11, 20, 7, 15, tzinfo=LEGAL_ZONE)
PASSWORD = "mat-khau-thu-2026"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(make_person: Any) -> Account:
    account: Account = make_person("", name="Nguyễn Thị Lan", username="lan.nguyen").account
    return account


def test_the_right_password_gets_in_and_is_written(lan: Account) -> None:
    assert sign_in(" Lan.Nguyen ", PASSWORD, address="10.0.0.1", at=AT) == lan
    entry = AuditEntry.objects.get(verb="sign-in")
    assert (entry.actor_id, entry.object_id, entry.after) == (lan.pk, lan.pk, {"address": "10.0.0.1"})
    lan.refresh_from_db()
    assert lan.last_login == AT


@pytest.mark.parametrize("username", ["lan.nguyen", "khong.co", ""])
def test_wrong_password_unknown_name_and_empty_name_are_answered_alike(lan: Account, username: str) -> None:
    with pytest.raises(Refused) as told:
        sign_in(username, "sai", address="10.0.0.1", at=AT)
    assert told.value.what == WRONG
    assert AuditEntry.objects.filter(verb="sign-in-failed").count() == 1


def test_a_closed_account_is_answered_like_a_wrong_password(lan: Account) -> None:
    Account.objects.update(is_active=False)
    with pytest.raises(Refused) as told:
        sign_in("lan.nguyen", PASSWORD, address="10.0.0.1", at=AT)
    assert told.value.what == WRONG


def test_every_answer_costs_the_same_statements(lan: Account, django_assert_num_queries: Any) -> None:
    for username in ("lan.nguyen", "khong.co"):
        with django_assert_num_queries(5), pytest.raises(Refused):
            sign_in(username, "sai", address="10.0.0.1", at=AT)


def test_the_eleventh_try_waits_for_the_next_window_even_with_the_right_password(lan: Account) -> None:
    for _ in range(PER_PERSON):
        with pytest.raises(Refused):
            sign_in("lan.nguyen", "sai", address="10.0.0.1", at=AT)
    with pytest.raises(TooMany) as told:
        sign_in("lan.nguyen", PASSWORD, address="10.0.0.1", at=AT)
    assert "07:15" in told.value.do
    assert (
        sign_in("lan.nguyen", PASSWORD, address="10.0.0.2", at=AT) == lan
    )  # from her own desk she still gets in
    assert sign_in("lan.nguyen", PASSWORD, address="10.0.0.1", at=NEXT_WINDOW) == lan


def test_a_good_sign_in_forgets_the_tries_before_it(lan: Account) -> None:
    for _ in range(PER_PERSON - 1):
        with pytest.raises(Refused):
            sign_in("lan.nguyen", "sai", address="10.0.0.1", at=AT)
    sign_in("lan.nguyen", PASSWORD, address="10.0.0.1", at=AT)
    with pytest.raises(Refused) as told:
        sign_in("lan.nguyen", "sai", address="10.0.0.1", at=AT)
    assert told.value.what == WRONG


def test_the_database_keeps_no_name_that_is_a_password_typed_by_mistake(lan: Account) -> None:
    secret = "M" * 90 + "atKhau"
    with pytest.raises(Refused):
        sign_in(secret, "x", address="10.0.0.1", at=AT)
    assert not SignInAttempt.objects.filter(key__icontains=secret[:40]).exists()
    assert not AuditEntry.objects.filter(after__icontains=secret[:40]).exists()


def test_a_limit_counts_in_one_statement_and_drops_what_is_past(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert throttle.allow("tra-cuu:1", limit=2, window=60, at=AT)
    assert throttle.allow("tra-cuu:1", limit=2, window=60, at=AT)
    assert not throttle.allow("tra-cuu:1", limit=2, window=60, at=AT)
    assert throttle.allow("tra-cuu:2", limit=2, window=60, at=AT)
    assert throttle.allow("tra-cuu:1", limit=2, window=60, at=NEXT_WINDOW)
    assert SignInAttempt.objects.filter(key="tra-cuu:1").count() == 1
    assert throttle.forget_before(NEXT_WINDOW) == 1


def test_leaving_is_written_for_who_was_in(make_person: Any) -> None:
    sign_out(by=make_person("citizen").actor, at=AT)
    assert AuditEntry.objects.filter(verb="sign-out").count() == 1
