"""The people of the demo province: accounts that sign in, officers who do the work, and citizens who come.

Names are put together by chance from our own lists; numbers follow the form of real ones but use province code 099
and telephone prefix 0900, which nobody has. No person is meant.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import SYSTEM, Actor, Held
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CITIZEN, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.organisation.queries import unit_by_code

PASSWORD = "congvu-demo-2026"  # noqa: S105 printed by the demo command; `serve` refuses to start with demo accounts

FAMILY = (
    *("Nguyễn",) * 30, *("Trần",) * 11, *("Lê",) * 9, *("Phạm",) * 7, *("Hoàng",) * 5, *("Vũ",) * 4, *("Phan",) * 4,
    *("Đặng",) * 3, *("Bùi",) * 3, *("Đỗ",) * 3, *("Hồ",) * 2, *("Ngô",) * 2, *("Dương",) * 2, "Lý", "Nông", "Triệu",
    "Lương", "Đinh", "Trịnh", "Đoàn", "Mai", "Cao", "Tô", "Lâm", "Hà", "Vi", "Hoàng Phủ", "Ma", "Bế",
)  # fmt: skip
MIDDLE = (
    (
        "Thị",
        "Thị",
        "Thị",
        "Thu",
        "Minh",
        "Ngọc",
        "Thanh",
        "Kim",
        "Bích",
        "Hồng",
        "Phương",
        "Diệu",
        "Khánh",
        "Quỳnh",
    ),
    (
        "Văn",
        "Văn",
        "Văn",
        "Đức",
        "Minh",
        "Quang",
        "Hữu",
        "Công",
        "Xuân",
        "Đình",
        "Thế",
        "Trọng",
        "Ngọc",
        "Anh",
    ),
)
GIVEN = (
    (
        "Hạnh", "Lan", "Hoa", "Hương", "Thảo", "Mai", "Linh", "Trang", "Nga", "Huyền", "Yến", "Thủy", "Hà", "Dung",
        "Nhung", "Oanh", "Phượng", "Loan", "Hiền", "Vân", "Ngân", "Giang", "Chi", "Thơm", "Nguyệt", "Xuân", "Hằng",
    ),
    (
        "Hùng", "Dũng", "Cường", "Nam", "Tuấn", "Sơn", "Long", "Hải", "Thắng", "Thành", "Trung", "Kiên", "Quân", "Phúc",
        "Toàn", "Đạt", "Khoa", "Bảo", "Vinh", "Hưng", "Tiến", "Lâm", "Tùng", "Duy", "Hoàng", "Việt", "Nghĩa", "An",
    ),
)  # fmt: skip
ORGANISATIONS = (
    "Công ty TNHH {}", "Công ty cổ phần {}", "Hợp tác xã {}", "Doanh nghiệp tư nhân {}", "Hội {} tỉnh Bình Giang",
)  # fmt: skip
BRANDS = (
    "Bình Minh", "Đại Phát", "Hòa Phú", "Sông Đà Xanh", "Tân Châu", "An Lương", "Việt Tiến", "Kim Long", "Phú Thịnh",
    "Nam Cầu", "Hồng Thái", "Trường Sơn", "Minh Khang", "Đồng Tâm", "Gia Hòa", "Thành Đạt",
)  # fmt: skip
HAMLETS = (
    "Thôn Đông",
    "Thôn Đoài",
    "Xóm Mới",
    "Tổ dân phố 3",
    "Tổ dân phố 7",
    "Bản Nà Lầu",
    "Khu 2",
    "Thôn Hạ",
    "Xóm Chùa",
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account a visitor may use. `unit` is a code; "" for the citizen."""

    username: str
    name: str
    role: str
    unit: str
    role_words: str


SIGN_INS = (
    SignIn("mot-cua", "Trần Thị Thu Hương", CLERK, "H99.01", "Công chức một cửa, Trung tâm PVHCC tỉnh"),
    SignIn("chuyen-vien", "Lê Minh Quân", SPECIALIST, "H99.08", "Chuyên viên Sở Nội vụ"),
    SignIn("lanh-dao", "Phạm Đình Vinh", LEADER, "H99", "Lãnh đạo UBND tỉnh"),
    SignIn("to-chuc", "Bùi Thanh Vân", PERSONNEL, "H99", "Cán bộ tổ chức, nhân sự của tỉnh, Sở Nội vụ"),
    SignIn("quan-tri", "Nguyễn Công Bảo", ADMIN, "H99.02", "Quản trị hệ thống, Văn phòng UBND tỉnh"),
)
MORE_SIGN_INS = (
    SignIn("thanh-tra", "Vũ Hồng Hà", AUDITOR, "H99", "Kiểm soát thủ tục hành chính"),
    SignIn("giam-doc", "Đỗ Xuân Trung", LEADER, "H99.08", "Giám đốc Sở Nội vụ"),
    SignIn(
        "mot-cua-xa", "Nông Thị Yến", CLERK, "H99.31.01", "Công chức một cửa, Trung tâm PVHCC phường Trần Phú"
    ),
    SignIn("chuyen-vien-xd", "Hoàng Thế Duy", SPECIALIST, "H99.16", "Chuyên viên Sở Xây dựng"),
    SignIn("chuyen-vien-tp", "Lương Thu Trang", SPECIALIST, "H99.14", "Chuyên viên Sở Tư pháp"),
    SignIn("cong-an", "Đặng Quang Hưng", SPECIALIST, "H99.24", "Cán bộ Công an tỉnh"),
    SignIn("cong-dan", "Nguyễn Thị Hạnh", CITIZEN, "", "Người dân"),
)


@dataclass(frozen=True, slots=True)
class Citizen:
    """Someone who hands in a dossier. `kind` 1 a person, 2 an enterprise or association."""

    name: str
    number: str
    phone: str
    address: str
    kind: int


def a_name(chance: random.Random) -> str:
    """A full name, composed (NFC)."""
    sex = chance.randrange(2)
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[sex])} {chance.choice(GIVEN[sex])}"


def a_citizen(chance: random.Random, places: tuple[str, ...]) -> Citizen:
    """A person (seven in eight) or an organisation, living in one of `places`."""
    address = f"{chance.choice(HAMLETS)}, {chance.choice(places)}, tỉnh Bình Giang"
    phone = f"0900{chance.randrange(10**6):06d}"
    if chance.random() < 0.125:
        name = chance.choice(ORGANISATIONS).format(chance.choice(BRANDS))
        return Citizen(name, f"99{chance.randrange(10**8):08d}", phone, address, 2)
    number = f"099{chance.randrange(4)}{chance.randrange(50, 100):02d}{chance.randrange(10**6):06d}"
    return Citizen(a_name(chance), number, phone, address, 1)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who works where: actors by (role, unit). Every unit that handles dossiers has its officers."""

    officers: Mapping[tuple[str, int], tuple[Actor, ...]]
    by_username: Mapping[str, Actor]

    def of(self, role: str, unit_id: int, chance: random.Random) -> Actor:
        """An officer of that role in the unit."""
        return chance.choice(self.officers[role, unit_id])


def load_accounts(
    needed: Iterable[tuple[str, int, str, int]], *, since: date, at: datetime, seed: int
) -> Roster:
    """Accounts for the sign-ins and for every (role, unit, unit code, how many) needed. 5 statements and one a sign-in.

    All share one password (one hash: a demo has no secrets).
    """
    chance = random.Random(f"people {seed}")
    wanted = [(one, unit_by_code(one.unit).id if one.unit else None) for one in (*SIGN_INS, *MORE_SIGN_INS)]
    named: dict[tuple[str, int | None], int] = {}
    for one, unit in wanted:
        named[one.role, unit] = named.get((one.role, unit), 0) + 1
    for role, unit, code, count in needed:
        for nth in range(count - named.get((role, unit), 0)):
            username = f"{role[:2]}.{code.lower()}.{nth + 1}".replace(" ", "")
            wanted.append((SignIn(username, a_name(chance), role, code, ""), unit))
    return create_accounts(wanted, since=since, at=at)


def create_accounts(wanted: Sequence[tuple[SignIn, int | None]], *, since: date, at: datetime) -> Roster:
    """Accounts with their role in a unit (None: a citizen). 3 statements."""
    password = make_password(PASSWORD)
    accounts = Account.objects.bulk_create(
        Account(
            username=one.username, name=one.name, password=password, created_at=at,
            citizen_number="099190000123" if one.role == CITIZEN else "",
        )
        for one, _ in wanted
    )  # fmt: skip
    Grant.objects.bulk_create(
        Grant(account=account, role=one.role, unit_id=unit, valid_from=since)
        for account, (one, unit) in zip(accounts, wanted, strict=True)
    )
    record_many(
        "account.create",
        "account",
        [
            (account.pk, None, {"username": one.username, "role": one.role, "unit": unit})
            for account, (one, unit) in zip(accounts, wanted, strict=True)
        ],
        by=SYSTEM,
        at=at,
        why="Tài khoản trình diễn",
    )
    officers: dict[tuple[str, int], list[Actor]] = {}
    by_username: dict[str, Actor] = {}
    for account, (one, unit) in zip(accounts, wanted, strict=True):
        actor = Actor(account.pk, one.name, one.username, account.citizen_number, (Held(one.role, unit),))
        by_username[one.username] = actor
        if unit is not None:
            officers.setdefault((one.role, unit), []).append(actor)
    return Roster({key: tuple(found) for key, found in officers.items()}, by_username)
