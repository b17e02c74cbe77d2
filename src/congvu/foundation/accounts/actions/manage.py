"""Create, close and reopen accounts."""

import re
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from congvu.foundation.accounts.actions.passwords import fresh_password
from congvu.foundation.accounts.words import KIND
from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


def create_account(
    username: str, name: str, *, citizen_number: str = "", by: Actor, at: datetime
) -> tuple[Account, str]:
    """A new account and its first password, to be replaced at the first sign-in. 2 statements.

    Refused for a name already taken or not of the form "lan.nguyen".
    """
    login = username.strip().lower()
    if not _USERNAME.fullmatch(login):
        raise Refused(
            "Tên đăng nhập gồm 3–64 chữ cái không dấu, chữ số, dấu chấm, gạch nối.",
            where="username",
            do="Ví dụ: hanh.nguyen.",
        )
    number = citizen_number.replace(" ", "")
    if number and not re.fullmatch(r"\d{9}|\d{12}", number):
        raise Refused("Số căn cước có 12 chữ số (CMND cũ 9).", where="citizen_number", do="Nhập lại số.")
    password = fresh_password()
    account = Account(
        username=login, name=composed(name), citizen_number=number, created_at=at, must_change_password=True
    )
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record(
                "create-account",
                KIND,
                account.pk,
                by=by,
                at=at,
                after={"username": login, "name": account.name},
            )
    except IntegrityError as taken:
        raise Refused(
            f"Tên đăng nhập {login} đã có người dùng.", where="username", do="Chọn tên khác."
        ) from taken
    return account, password


def set_active(account_ids: Collection[int], active: bool, *, by: Actor, at: datetime, why: str) -> int:
    """Close (or reopen) accounts; their sessions end at the next request. 3 statements. Returns how many changed.

    Refused without a reason, and for one's own account: nobody may lock the last door behind himself.
    """
    if not why.strip():
        raise Refused("Chưa ghi lý do.", where="why", do="Ghi lý do, ví dụ số quyết định.")
    if not active and by.account_id in account_ids:
        raise Refused("Không tự khóa tài khoản của mình được.", do="Nhờ một quản trị khác.")
    with transaction.atomic():
        changed = list(
            Account.objects.select_for_update()
            .filter(pk__in=account_ids, is_active=not active)
            .values_list("id", flat=True)
        )
        Account.objects.filter(pk__in=changed).update(is_active=active)
        verb = "reactivate" if active else "deactivate"
        rows = [(pk, {"is_active": not active}, {"is_active": active}) for pk in changed]
        record_many(verb, KIND, rows, by=by, at=at, why=composed(why))
    return len(changed)
