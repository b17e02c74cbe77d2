"""What makes an installation unsafe to open to the public. `serve` refuses to start with any of these."""

from collections.abc import Mapping
from dataclasses import dataclass

SHORTEST_KEY = 40


@dataclass(frozen=True)
class Unsafe:
    """One reason not to serve: the setting or fact, what is wrong, what to do."""

    name: str
    what: str
    do: str


def unsafe_environment(environ: Mapping[str, str]) -> list[Unsafe]:
    """What the environment alone says. Looks at nothing else."""
    found = []
    key = environ.get("CONGVU_SECRET_KEY", "")
    if len(key) < SHORTEST_KEY or len(set(key)) < 12:
        state = "chưa đặt" if not key else "quá ngắn hoặc quá đơn giản"
        found.append(
            Unsafe(
                "CONGVU_SECRET_KEY",
                f"Khoá bí mật {state}.",
                "Đặt một chuỗi ngẫu nhiên từ 50 ký tự: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            )
        )
    hosts = [part.strip() for part in environ.get("CONGVU_HOSTS", "").split(",") if part.strip()]
    if not hosts or any("*" in host for host in hosts):
        found.append(
            Unsafe(
                "CONGVU_HOSTS",
                "Có dấu * trong tên máy chủ." if hosts else "Chưa đặt tên máy chủ.",
                "Ghi tên miền thật, ví dụ CONGVU_HOSTS=motcua.binhgiang.gov.vn",
            )
        )
    if not _yes(environ, "CONGVU_HTTPS") and not _yes(environ, "CONGVU_INSECURE_OK"):
        found.append(
            Unsafe(
                "CONGVU_HTTPS",
                "Không có HTTPS: mật khẩu và hồ sơ đi qua mạng ở dạng đọc được.",
                "Đặt proxy HTTPS phía trước và CONGVU_HTTPS=1; chỉ thử trong mạng kín thì CONGVU_INSECURE_OK=1.",
            )
        )
    if not environ.get("DATABASE_URL") and environ.get("CONGVU_DATABASE") != "embedded":
        found.append(
            Unsafe(
                "DATABASE_URL",
                "Chưa nói dùng cơ sở dữ liệu nào.",
                "Đặt DATABASE_URL, hoặc CONGVU_DATABASE=embedded nếu thật sự muốn máy chủ nhúng.",
            )
        )
    for name, why in (
        ("CONGVU_DEMO", "bật chế độ trình diễn"),
        ("CONGVU_TESTING", "bật chế độ thử: mật khẩu được băm yếu"),
    ):
        if _yes(environ, name):
            found.append(Unsafe(name, f"Biến này {why}.", f"Bỏ {name}."))
    return found


def unsafe_database() -> list[Unsafe]:
    """What the database says: tables older than the code, demonstration accounts. Needs Django; about 4 statements."""
    from congvu.config.cli.tables import pending

    found = []
    waiting = pending()
    if waiting:
        what = f"Các bảng cũ hơn chương trình: còn {len(waiting)} bước ({waiting[0]} …)."
        found.append(Unsafe("migrate", what, "Sao lưu rồi chạy ./congvu migrate."))
        return found
    names = demo_accounts()
    if names:
        found.append(
            Unsafe(
                "demo",
                f"Còn tài khoản trình diễn, mật khẩu ai cũng biết: {', '.join(names)}.",
                "Dùng một cơ sở dữ liệu mới cho vận hành thật.",
            )
        )
    return found


def demo_accounts() -> list[str]:
    """Active accounts that still open with the password the demonstration prints. 1 statement."""
    try:
        from congvu.demo.people import PASSWORD, SIGN_INS
    except ImportError:
        return []
    from congvu.foundation.identity.models import Account

    names = [one.username for one in SIGN_INS]
    active = Account.objects.filter(username__in=names, is_active=True).order_by("username")
    return [account.username for account in active if account.check_password(PASSWORD)]


def _yes(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip().lower() in ("1", "true", "yes")
