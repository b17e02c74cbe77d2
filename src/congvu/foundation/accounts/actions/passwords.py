"""Change one's own password; give someone a new one."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from congvu.foundation.accounts.words import KIND
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused

# Without the letters and digits that are misread when a password is dictated over the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def change_password(old: str, new: str, *, by: Actor, at: datetime) -> Account:
    """Replace one's own password. Other sessions of the account end. 3 statements.

    Refused when `old` is wrong, `new` is weak, or `new` equals `old`.
    """
    if by.account_id is None:
        raise Refused("Chưa đăng nhập.", do="Đăng nhập rồi đổi mật khẩu.")
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=by.account_id)
        if not account.check_password(old):
            raise Refused("Mật khẩu hiện tại không đúng.", where="old", do="Nhập lại mật khẩu đang dùng.")
        if old == new:
            raise Refused("Mật khẩu mới giống mật khẩu cũ.", where="new", do="Chọn mật khẩu khác.")
        check_strength(new, account)
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        record("change-password", KIND, account.pk, by=by, at=at)
    return account


def reset_passwords(account_ids: Collection[int], *, by: Actor, at: datetime, why: str) -> dict[int, str]:
    """Give each account a new password, to be replaced at the next sign-in; returned once, never stored in clear.

    Statements: 2 and 2 per account (each has its own hash). Refused when an account does not exist.
    """
    given: dict[int, str] = {}
    with transaction.atomic():
        accounts = list(Account.objects.select_for_update().filter(pk__in=account_ids).order_by("id"))
        if len(accounts) != len(set(account_ids)):
            raise Refused("Có tài khoản không tồn tại.", do="Tải lại danh sách rồi chọn lại.")
        for account in accounts:
            given[account.pk] = fresh_password()
            account.set_password(given[account.pk])
            account.must_change_password = True
            account.save(update_fields=["password", "must_change_password"])
            record("reset-password", KIND, account.pk, by=by, at=at, why=why)
    return given


def fresh_password() -> str:
    """Twelve characters in three groups, about 59 bits: read out and typed once."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def check_strength(password: str, account: Account | None = None) -> None:
    """Refused with every reason when the password is weak (AUTH_PASSWORD_VALIDATORS)."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused(
            " ".join(weak.messages), where="new", do="Dùng một câu dài dễ nhớ, từ mười ký tự."
        ) from weak
