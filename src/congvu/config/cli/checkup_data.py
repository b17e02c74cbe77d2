"""The part of `doctor` that needs a running database: extensions, tables, jobs, the audit log, static files."""

from collections.abc import Callable, Iterator
from typing import Any

from congvu.config.cli.finding import Finding
from congvu.config.cli.ready import set_up_django

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
UNSEALED_MINUTES = 15
LATE_JOB_MINUTES = 10
LATE_AND_FAILED = """
    SELECT count(*) FILTER (WHERE status = 'todo'
               AND COALESCE(scheduled_at, 'epoch') < now() - %s * interval '1 minute'
               AND NOT EXISTS (SELECT FROM procrastinate_workers
                                WHERE last_heartbeat > now() - interval '1 minute')),
           count(*) FILTER (WHERE status = 'failed')
      FROM procrastinate_jobs
"""


def encoding() -> Iterator[Finding]:
    coding, zone = _row("SELECT current_setting('server_encoding'), current_setting('transaction_isolation')")
    if coding != "UTF8":
        do = "Tạo cơ sở dữ liệu mới với ENCODING 'UTF8'."
        yield Finding("encoding", "bad", f"Cơ sở dữ liệu dùng bảng mã {coding}.", do)
    if zone != "read committed":
        do = "ALTER DATABASE … RESET default_transaction_isolation;"
        yield Finding(
            "encoding", "bad", f"Mức cô lập mặc định là {zone}, chương trình cần read committed.", do
        )


def extensions() -> Iterator[Finding]:
    """Installed, or at least there to be installed by the migrations."""
    rows = _rows(
        "SELECT name, installed_version IS NOT NULL FROM pg_available_extensions WHERE name = ANY(%s)",
        [list(EXTENSIONS)],
    )
    known = dict(rows)
    missing = [name for name in EXTENSIONS if name not in known]
    if missing:
        do = "Cài gói postgresql-contrib của máy chủ."
        yield Finding("extensions", "bad", f"Máy chủ thiếu phần mở rộng: {', '.join(missing)}", do)
    else:
        yield Finding("extensions", "ok", "Đủ các phần mở rộng của PostgreSQL")


def tables() -> Iterator[Finding]:
    from congvu.config.cli.tables import is_new_database, pending

    if is_new_database():
        yield Finding("tables", "bad", "Cơ sở dữ liệu chưa có bảng nào.", "Chạy ./congvu migrate.")
        return
    waiting = pending()
    if waiting:
        what = f"Các bảng cũ hơn chương trình: còn {len(waiting)} bước ({waiting[0]} …)."
        yield Finding("tables", "bad", what, "Sao lưu rồi chạy ./congvu migrate.")
    else:
        yield Finding("tables", "ok", "Các bảng đúng với chương trình")


def demo() -> Iterator[Finding]:
    from congvu.config.cli.safety import demo_accounts

    names = demo_accounts() if _has("identity_account") else []
    if names:
        yield Finding(
            "demo",
            "warn",
            f"Có tài khoản trình diễn ({', '.join(names)}): chỉ để xem thử, không vận hành thật.",
        )


def jobs() -> Iterator[Finding]:
    """Jobs that should have been done minutes ago: is a worker running at all?"""
    if not _has("procrastinate_jobs"):
        return
    late, failed = _row(LATE_AND_FAILED, [LATE_JOB_MINUTES])
    alive = _row(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
    )[0]
    if not alive:
        state = "bad" if late else "warn"
        yield Finding(
            "jobs",
            state,
            f"Không có tiến trình việc nền nào đang chạy; {late} việc chờ quá lâu.",
            "Chạy ./congvu worker.",
        )
    else:
        yield Finding("jobs", "ok", f"Việc nền: {alive} tiến trình đang chạy")
    if failed:
        yield Finding("jobs", "warn", f"{failed} việc nền đã hỏng.", "Xem nhật ký của ./congvu worker.")


def audit() -> Iterator[Finding]:
    if not _has("audit_auditentry"):
        return
    waiting, minutes = _row(
        "SELECT count(*), COALESCE(extract(epoch FROM now() - min(recorded_at)) / 60, 0)::int FROM audit_auditentry"
        " WHERE id > COALESCE((SELECT max(last_id) FROM audit_auditseal), 0)"
    )
    if waiting and minutes > UNSEALED_MINUTES:
        what = f"{waiting} dòng nhật ký chưa niêm phong, lâu nhất {minutes} phút."
        yield Finding("audit", "bad", what, "Chạy ./congvu worker, hoặc ./congvu audit seal một lần.")
    else:
        yield Finding("audit", "ok", "Nhật ký được niêm phong kịp thời")


# keys copied from checked values, without a constraint (docs/decisions/0041, 0042, 0080)
COPIED_KEYS = {
    "bước hồ sơ không có đơn vị": "SELECT count(*) FROM dossiers_step t WHERE NOT EXISTS"
    " (SELECT FROM organisation_unit o WHERE o.id = t.unit_id)",
    "bước hồ sơ không có hồ sơ": "SELECT count(*) FROM dossiers_step t WHERE NOT EXISTS"
    " (SELECT FROM dossiers_dossier o WHERE o.id = t.dossier_id)",
    "sự kiện không có hồ sơ": "SELECT count(*) FROM dossiers_event t WHERE NOT EXISTS"
    " (SELECT FROM dossiers_dossier o WHERE o.id = t.dossier_id)",
    "dòng phạm vi không có đơn vị": "SELECT count(*) FROM dossiers_reach t WHERE NOT EXISTS"
    " (SELECT FROM organisation_unit o WHERE o.id = t.unit_id)",
    "dòng phạm vi không có hồ sơ": "SELECT count(*) FROM dossiers_reach t WHERE NOT EXISTS"
    " (SELECT FROM dossiers_dossier o WHERE o.id = t.dossier_id)",
    "hồ sơ không có thủ tục": "SELECT count(*) FROM dossiers_dossier t WHERE NOT EXISTS"
    " (SELECT FROM procedures_procedure o WHERE o.id = t.procedure_id)",
    "hồ sơ không có lĩnh vực": "SELECT count(*) FROM dossiers_dossier t WHERE NOT EXISTS"
    " (SELECT FROM procedures_field o WHERE o.id = t.field_id)",
    "hồ sơ không có trường hợp của thủ tục": "SELECT count(*) FROM dossiers_dossier t WHERE t.case_id IS NOT NULL AND NOT EXISTS"
    " (SELECT FROM procedures_procedurecase o WHERE o.id = t.case_id)",
    "hồ sơ không có quy trình": "SELECT count(*) FROM dossiers_dossier t WHERE t.process_id IS NOT NULL AND NOT EXISTS"
    " (SELECT FROM procedures_processversion o WHERE o.id = t.process_id)",
}


def copied_keys() -> Iterator[Finding]:
    if not _has("dossiers_reach"):
        return
    lost = {what: _row(counting)[0] for what, counting in COPIED_KEYS.items()}
    for what, count in lost.items():
        if count:
            do = "Ai đó đã xóa dòng ngoài chương trình: khôi phục từ bản sao lưu (docs/operate/backup.md)."
            yield Finding("keys", "bad", f"{count} {what}.", do)
    if not any(lost.values()):
        yield Finding("keys", "ok", "Khóa sao chép của hồ sơ đều có chỗ trỏ tới")


WAITING_MINUTES = 15
OUTBOX = """
    SELECT count(*) FILTER (WHERE state = 'waiting' AND next_try_at < now() - %s * interval '1 minute'),
           count(*) FILTER (WHERE state = 'uncertain'),
           count(*) FILTER (WHERE state = 'failed' AND changed_at > now() - interval '1 day')
      FROM notices_notice WHERE state IN ('waiting', 'uncertain', 'failed')
"""


def notices() -> Iterator[Finding]:
    """The outbox: is a gateway set, does a message wait too long, does one need a person?"""
    if not _has("notices_notice"):
        return
    late, doubtful, failed = _row(OUTBOX, [WAITING_MINUTES])
    from django.conf import settings

    names = (("CONGVU_EMAIL", settings.CONGVU_EMAIL), ("CONGVU_SMS", settings.CONGVU_SMS))
    missing = [name for name, gateway in names if not gateway]
    if missing:
        what = f"Chưa đặt cổng gửi {' và '.join(missing)}: người nộp không được báo qua đó."
        yield Finding("notices", "warn", what, "docs/operate/notices.md")
    if late:
        do = "Xem trang Thông báo và nhật ký của ./congvu worker."
        yield Finding("notices", "bad", f"{late} thông báo chờ gửi quá {WAITING_MINUTES} phút.", do)
    if doubtful:
        do = "Mở trang Thông báo, chọn «Đã đến nơi» hoặc «Gửi lại»."
        yield Finding("notices", "warn", f"{doubtful} thông báo chưa rõ đã gửi hay chưa.", do)
    if failed:
        do = "Mở trang Thông báo để xem lý do."
        yield Finding("notices", "warn", f"{failed} thông báo không gửi được trong ngày qua.", do)
    if not (late or doubtful or failed or missing):
        yield Finding("notices", "ok", "Thông báo cho người nộp được gửi kịp thời")


def mail() -> Iterator[Finding]:
    """The mail server of the settings: reached, trusted, signed in to, the sender taken. Sends nothing."""
    set_up_django()
    from django.conf import settings

    from congvu.foundation.notices.configured import gateways
    from congvu.foundation.notices.smtp import SmtpGateway

    found = gateways().get("email")
    if not isinstance(found, SmtpGateway):
        return
    here = f"{found.host}:{found.port}"
    trouble = found.probe()
    if trouble:
        do = "Sửa rồi khám lại; thư đang chờ sẽ tự đi khi máy chủ nhận."
        yield Finding("mail", "bad", f"Chưa gửi được thư. {trouble}", do)
    elif settings.CONGVU_SMTP_SECURITY == "none" and found.host not in ("127.0.0.1", "::1", "localhost"):
        do = "Đặt CONGVU_SMTP_SECURITY=starttls hoặc tls; none chỉ dành cho máy chủ thư trên chính máy này."
        yield Finding("mail", "bad", f"Thư tới {here} đi trên đường không mã hóa.", do)
    else:
        yield Finding("mail", "ok", f"Máy chủ thư {here} nhận gửi thư ({settings.CONGVU_SMTP_SECURITY})")


def static_files() -> Iterator[Finding]:
    from congvu.config.cli.static import is_current

    if is_current():
        yield Finding("static", "ok", "Tệp tĩnh đã gom")
    else:
        yield Finding(
            "static", "warn", "Tệp tĩnh chưa gom hoặc đã cũ.", "./congvu migrate hoặc serve sẽ gom lại."
        )


FACTS_LOOKED_AT = 200
FACTS_MAY_WAIT = 50_000


def facts() -> Iterator[Finding]:
    """The facts behind figures in bulk: a random slice told anew from the records, and how far behind they are."""
    if not _has("indicators_factsmark"):
        return
    set_up_django()
    from congvu.indicators.queries.facts import facts_state, verify_facts

    state = facts_state()
    if not state.filled:
        yield Finding("facts", "ok", "Bảng dữ kiện của số liệu chưa lập xong; số liệu được đếm trực tiếp")
        return
    found = verify_facts(count=FACTS_LOOKED_AT)
    if found.drift:
        do = "Chạy ./congvu facts forget, rồi ./congvu facts keep; số liệu đếm trực tiếp vẫn đúng."
        what = f"Bảng dữ kiện của số liệu lệch hồ sơ gốc ở {len(found.drift)}/{found.dossiers} hồ sơ."
        yield Finding("facts", "bad", what, do)
    elif state.waiting > FACTS_MAY_WAIT:
        do = "Chạy ./congvu worker, hoặc ./congvu facts keep một lần."
        yield Finding("facts", "warn", f"Bảng dữ kiện của số liệu chậm {state.waiting} sự kiện.", do)
    else:
        yield Finding("facts", "ok", f"Bảng dữ kiện của số liệu khớp {found.dossiers} hồ sơ tính lại")


CHECKS: list[Callable[[], Iterator[Finding]]] = [
    encoding,
    extensions,
    tables,
    demo,
    jobs,
    audit,
    copied_keys,
    facts,
    notices,
    mail,
    static_files,
]


def _has(table: str) -> bool:
    return _row("SELECT to_regclass(%s) IS NOT NULL", [table])[0] is True


def _row(text: str, params: list[Any] | None = None) -> tuple[Any, ...]:
    return _rows(text, params)[0]


def _rows(text: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    set_up_django()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return list(cursor.fetchall())
