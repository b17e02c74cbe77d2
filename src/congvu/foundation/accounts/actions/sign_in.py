"""Sign in and out: counted before the password is looked at, answered alike whoever asks, written to the log."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction

from congvu.foundation.accounts.words import KIND
from congvu.foundation.audit.actions import record
from congvu.foundation.identity import throttle
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused

WINDOW = 15 * 60  # seconds
PER_PERSON = 10  # tries of one name from one address in a window
PER_ADDRESS = 300  # tries from one address: a whole agency may stand behind it, all signing in at seven

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


class TooMany(Refused):
    """Refused for now; says when to try again."""

    status = 429


def sign_in(username: str, password: str, *, address: str, at: datetime) -> Account:
    """The account of `username` when `password` is its own. 5 statements, 6 when the hash is upgraded.

    Refused in the same words, after the same work, for a wrong password, a name that does not exist and a closed
    account; refused with the hour to retry past 10 tries of a name (300 of an address) in a quarter of an hour.
    """
    name = username.strip().lower()
    key = f"sign-in:{address}:{name}"
    for counted, limit in ((f"sign-in:{address}", PER_ADDRESS), (key, PER_PERSON)):
        attempt = throttle.attempt(counted, limit=limit, window=WINDOW, at=at)
        if not attempt.allowed:
            raise TooMany(
                "Đăng nhập sai quá nhiều lần.",
                do=f"Thử lại sau {attempt.again_at:%H:%M}, hoặc nhờ quản trị của đơn vị cấp lại mật khẩu.",
            )
    account = authenticate(username=name, password=password)
    if not isinstance(account, Account):
        known = Account.objects.filter(username=name).values_list("id", flat=True).first()
        record("sign-in-failed", KIND, known or 0, by=Actor(), at=at, after={"address": address})
        raise Refused(WRONG, where="password", do="Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.")
    with transaction.atomic():
        throttle.forget(key)
        Account.objects.filter(pk=account.pk).update(last_login=at)
        record("sign-in", KIND, account.pk, by=_as_actor(account), at=at, after={"address": address})
    return account


def sign_out(*, by: Actor, at: datetime) -> None:
    """Write that someone left. 1 statement; nothing for a stranger."""
    if by.account_id is not None:
        record("sign-out", KIND, by.account_id, by=by, at=at)


def _as_actor(account: Account) -> Actor:
    return Actor(account_id=account.pk, name=account.name, username=account.username)
