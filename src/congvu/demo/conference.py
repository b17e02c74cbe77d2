"""A home with a conference: the units of then, its records, and a few people who may look. Beside the demo province or alone."""

from datetime import date, datetime

from django.db import connection, transaction

from congvu.demo import people
from congvu.demo.build import CONFERENCE, built, mark
from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, PERSONNEL
from congvu.organisation.queries import unit_by_code
from congvu.reports.actions.load_conference import Loaded, load_conference
from congvu.reports.queries.conference import newest, read

_WHO = (
    ("lanh-dao", "Phạm Đình Vinh", LEADER, "Lãnh đạo UBND tỉnh"),
    ("to-chuc", "Bùi Thanh Vân", PERSONNEL, "Cán bộ tổ chức, nhân sự"),
    ("thanh-tra", "Vũ Hồng Hà", AUDITOR, "Người kiểm soát"),
    ("quan-tri", "Nguyễn Công Bảo", ADMIN, "Quản trị hệ thống"),
)


def ensure_conference(text: str, *, at: datetime | None = None) -> Loaded:
    """Load a conference's file, and make people who may look where nobody is yet. All or nothing; again: nothing."""
    now = at or clock.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('congvu.demo', 0))")
        done = load_conference(text, by=SYSTEM, at=now)
        if built() is None:
            row = newest(done.code)
            assert row is not None  # loaded above
            home = read(row).home
            unit = unit_by_code(home).id
            wanted = [(people.SignIn(*one[:3], home, one[3]), unit) for one in _WHO]
            people.create_accounts(wanted, since=date(2001, 1, 1), at=now)
            mark(CONFERENCE, len(wanted), 0, 0.0, at=now)
    return done


def sign_ins() -> tuple[tuple[str, str, str], ...]:
    """Who may look: user name, role in words, name."""
    return tuple((username, words, name) for username, name, _, words in _WHO)
