"""`congvu account …`: the first accounts of an installation, and a way in when nobody can sign in any more.

Everything else about accounts is done on the screen by an administrator. What is done here is audited as the system's.
"""

import argparse

from congvu.config.cli.output import OK, BadInput, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "account",
        description="Tài khoản đầu tiên và lối vào khi không ai đăng nhập được. Việc thường ngày làm trên màn hình.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    create = verbs.add_parser("create", help="tạo tài khoản, có thể kèm một vai trò")
    create.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="ví dụ hanh.nguyen")
    create.add_argument("--name", required=True, metavar="HỌ_TÊN", help="họ và tên")
    create.add_argument("--role", metavar="VAI_TRÒ", help="clerk, specialist, leader, auditor hoặc admin")
    create.add_argument("--unit", metavar="MÃ", help="mã đơn vị giữ vai trò, ví dụ H99")
    create.add_argument(
        "--unit-name", metavar="TÊN", help="lập đơn vị đầu tiên với tên này khi chưa có đơn vị nào"
    )
    reset = verbs.add_parser("reset", help="cấp mật khẩu mới")
    reset.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="ví dụ hanh.nguyen")
    reset.add_argument("--why", required=True, metavar="LÝ_DO", help="lý do, ghi vào nhật ký")
    for one in (create, reset):
        one.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    if args.verb == "create" and bool(args.role) != bool(args.unit):
        raise BadInput("--role và --unit đi cùng nhau.", do="Ví dụ: --role admin --unit H99")
    django_ready()
    password = _create(args) if args.verb == "create" else _reset(args)
    if args.json:
        print_json({"username": args.username, "password": password})
    else:
        note(f"Tài khoản {args.username}; mật khẩu dùng một lần (phải đổi khi đăng nhập):")
        print(password)
    return OK


def _create(args: argparse.Namespace) -> str:
    from django.db import transaction

    from congvu.foundation import clock
    from congvu.foundation.accounts.actions.grants import grant_role
    from congvu.foundation.accounts.actions.manage import create_account
    from congvu.foundation.identity.actor import SYSTEM

    at = clock.now()
    with transaction.atomic():
        account, password = create_account(args.username, args.name, by=SYSTEM, at=at)
        if args.role:
            unit_id = _unit(args.unit, args.unit_name)
            grant_role([account.pk], args.role, unit_id, at.date(), by=SYSTEM, at=at)
    return password


def _unit(code: str, name: str | None) -> int:
    """The unit of this code; the first of all is founded when a name is given."""
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.organisation.actions.establish import establish
    from congvu.organisation.actions.recording import Decision
    from congvu.organisation.models import Unit
    from congvu.organisation.queries import unit_by_code
    from congvu.organisation.rules.changes import NewUnit
    from congvu.organisation.rules.kinds import TINH

    if name and not Unit.objects.exists():
        at = clock.now()
        root = NewUnit(code=code, name=name, kind="UBND", tier=TINH, parent_id=None)
        decision = Decision(number="Khởi tạo hệ thống", signed_on=at.date())
        establish(
            [root], effective=at.date(), decision=decision, by=SYSTEM, at=at, note="congvu account create"
        )
    return unit_by_code(code).pk


def _reset(args: argparse.Namespace) -> str:
    from congvu.foundation import clock
    from congvu.foundation.accounts.actions.passwords import reset_passwords
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.identity.models import Account
    from congvu.foundation.refusal import Refused

    account = Account.objects.filter(username=args.username.strip().lower()).first()
    if account is None:
        raise Refused(f"Không có tài khoản {args.username}.", do="Xem lại tên đăng nhập.")
    return reset_passwords([account.pk], by=SYSTEM, at=clock.now(), why=args.why)[account.pk]
