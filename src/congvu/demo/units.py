"""The offices of the fictional Tỉnh Bình Giang (H99) and how they came about, recorded through the actions.

2015-2024: three tiers, eight districts, 136 old communes, thirty provincial agencies and bodies with twenty-two branches,
reformed in 2018, 2020 and 2021 (`reforms`). On 1/3/2025 agencies are merged and Sở Dân tộc và Tôn giáo is set up; on
1/7/2025 districts end and sixty communes are made of the old ones, two of them sharing a commune that was divided. In
2026 a room is renamed and a wrong entry is corrected.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from congvu.demo.recording import codes, found, moment
from congvu.demo.reforms import found_branches, reform
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.organisation import queries
from congvu.organisation.actions.correct import correct_version
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import Merging, merge, merge_all
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import HUYEN, TINH, XA

ROOT, CENTRE, OFFICE, HOME_AFFAIRS = "H99", "H99.01", "H99.02", "H99.08"
FOUNDED, AGENCIES_MERGED, TWO_TIERS = date(2015, 1, 1), date(2025, 3, 1), date(2025, 7, 1)

# code, name, short name, kind, rooms
_AGENCIES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("01", "Trung tâm Phục vụ hành chính công tỉnh", "TTPVHCC", "TRUNG_TAM_PVHCC", ()),
    (
        "02",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "VP UBND",
        "VAN_PHONG",
        ("Phòng Kiểm soát thủ tục hành chính", "Phòng Tổng hợp", "Phòng Hành chính - Quản trị"),
    ),
    (
        "03",
        "Sở Công Thương",
        "SCT",
        "SO",
        ("Văn phòng Sở", "Phòng Quản lý thương mại", "Phòng Quản lý năng lượng"),
    ),
    (
        "04",
        "Sở Giáo dục và Đào tạo",
        "SGDĐT",
        "SO",
        ("Văn phòng Sở", "Phòng Quản lý chất lượng", "Phòng Giáo dục trung học"),
    ),
    (
        "05",
        "Sở Giao thông vận tải",
        "SGTVT",
        "SO",
        ("Phòng Quản lý vận tải", "Phòng Kết cấu hạ tầng giao thông"),
    ),
    ("06", "Sở Kế hoạch và Đầu tư", "SKHĐT", "SO", ("Phòng Đăng ký kinh doanh", "Phòng Đấu thầu, thẩm định")),
    ("07", "Sở Khoa học và Công nghệ", "SKHCN", "SO", ("Văn phòng Sở", "Phòng Quản lý công nghệ")),
    (
        "08",
        "Sở Nội vụ",
        "SNV",
        "SO",
        (
            "Văn phòng Sở",
            "Phòng Cải cách hành chính",
            "Phòng Tổ chức, biên chế và hội",
            "Phòng Công chức, viên chức",
            "Phòng Tôn giáo",
        ),
    ),
    (
        "09",
        "Sở Lao động - Thương binh và Xã hội",
        "SLĐTBXH",
        "SO",
        ("Phòng Người có công", "Phòng Lao động, việc làm"),
    ),
    ("10", "Sở Nông nghiệp và Phát triển nông thôn", "SNNPTNT", "SO", ("Phòng Kế hoạch", "Phòng Nghiệp vụ")),
    (
        "11",
        "Sở Tài chính",
        "STC",
        "SO",
        ("Văn phòng Sở", "Phòng Quản lý ngân sách", "Phòng Quản lý giá và công sản"),
    ),
    ("12", "Sở Tài nguyên và Môi trường", "STNMT", "SO", ("Phòng Đất đai", "Phòng Môi trường")),
    ("13", "Sở Thông tin và Truyền thông", "STTTT", "SO", ("Phòng Bưu chính, chuyển đổi số",)),
    (
        "14",
        "Sở Tư pháp",
        "STP",
        "SO",
        ("Văn phòng Sở", "Phòng Hành chính và Bổ trợ tư pháp", "Phòng Phổ biến, giáo dục pháp luật"),
    ),
    (
        "15",
        "Sở Văn hóa, Thể thao và Du lịch",
        "SVHTTDL",
        "SO",
        ("Văn phòng Sở", "Phòng Quản lý văn hóa", "Phòng Quản lý du lịch"),
    ),
    (
        "16",
        "Sở Xây dựng",
        "SXD",
        "SO",
        ("Văn phòng Sở", "Phòng Quản lý xây dựng", "Phòng Quy hoạch, kiến trúc"),
    ),
    ("17", "Sở Y tế", "SYT", "SO", ("Văn phòng Sở", "Phòng Nghiệp vụ y", "Phòng Nghiệp vụ dược")),
    ("18", "Thanh tra tỉnh", "TTT", "SO", ("Văn phòng", "Phòng Nghiệp vụ 1")),
    ("19", "Sở Ngoại vụ", "SNgV", "SO", ("Văn phòng Sở", "Phòng Lễ tân và hợp tác quốc tế")),
    ("20", "Ban Dân tộc", "BDT", "BAN", ("Phòng Chính sách dân tộc",)),
    (
        "23",
        "Ban Quản lý các khu công nghiệp",
        "BQLKCN",
        "BAN",
        ("Phòng Quản lý đầu tư", "Phòng Quản lý quy hoạch"),
    ),
    ("24", "Công an tỉnh", "CAT", "CONG_AN", ("Phòng Quản lý hành chính về trật tự xã hội", "Phòng Hồ sơ")),
    ("25", "Bảo hiểm xã hội tỉnh", "BHXH", "NGANH_DOC", ("Phòng Quản lý thu và thẻ",)),
)

# Sixty communes of today; the first name of each is also that of an old one. Wards (phường) are marked with *.
_DISTRICTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Thành phố Bình Giang",
        ("*Trần Phú", "*Lê Lợi", "*Đông Kiều", "*Tam Quan", "*Nam Cầu", "*Bắc Lệ", "*Phố Hiến"),
    ),
    (
        "Thị xã Tân Châu",
        ("*Tân Châu", "*Hòa Lạc", "*Long Sơn", "Phú Thịnh", "Vĩnh Khê", "An Lương", "Đồng Tiến"),
    ),
    (
        "Huyện Yên Thủy",
        (
            "Yên Thủy",
            "Đồng Mỏ",
            "Hữu Lũng Thượng",
            "Quan Sơn",
            "Bằng Mạc",
            "Vạn Linh",
            "Chiến Thắng",
            "Liên Khê",
        ),
    ),
    (
        "Huyện Thanh Sơn",
        ("Thanh Sơn", "Mường Khương", "Tả Phìn", "Lũng Cú", "Thượng Nông", "Hồng Thái", "Đà Vị", "Sinh Long"),
    ),
    (
        "Huyện Phú Lộc",
        (
            "Phú Lộc",
            "Lộc An",
            "Vinh Hiền",
            "Hưng Lộc",
            "Chân Mây",
            "Xuân Lộc",
            "Giang Hải",
            "Lộc Bình Thượng",
        ),
    ),
    (
        "Huyện Gia Hòa",
        (
            "Gia Hòa",
            "Hòa Bình Đông",
            "Thống Nhất",
            "Quyết Tiến",
            "Tân Lập",
            "Minh Tân",
            "Đoàn Kết",
            "Bình Minh",
        ),
    ),
    ("Huyện Nam Giang", ("Nam Giang", "Thạnh Mỹ", "La Êê", "Chà Vàl", "Đắc Pring", "Bến Giằng", "Cà Dy")),
    ("Huyện Kim Long", ("Kim Long", "Hải Lăng", "Triệu Phong", "Cam Tuyền", "Vĩnh Ô", "Mò Ó", "A Bung")),
)
_OLD_SUFFIXES = ("Thượng", "Hạ", "Trung", "Đông", "Tây", "Nam", "Bắc")
_DIVIDED = ("Xã Sông Đôi", "Tân Lập", "Minh Tân")  # an old commune and the two that share it
_COMMUNE_ROOMS = (
    ("01", "Trung tâm Phục vụ hành chính công", "TRUNG_TAM_PVHCC"),
    ("02", "Văn phòng HĐND và UBND", "VAN_PHONG"),
    ("03", "Phòng Kinh tế", "PHONG"),
    ("04", "Phòng Văn hóa - Xã hội", "PHONG"),
)


def load_units(*, by: Actor = SYSTEM) -> dict[str, int]:
    """Record the whole history of the province's offices. Returns unit ids by code. About 30 actions, a few seconds.

    Each is recorded on the day its decision was signed. Does nothing but read when the province is already there.
    """
    if queries.picture().by_code(ROOT) is None:
        _found_province(by)
        found_branches(FOUNDED, by)
        _found_districts(by)
        reform(_small_communes(), by)
        _merge_agencies(by)
        _make_two_tiers(by)
        _recent_changes(by)
    return codes()


def _found_province(by: Actor) -> None:
    signed = moment(2014, 12, 22)
    root = NewUnit(ROOT, "Ủy ban nhân dân tỉnh Bình Giang", "UBND", TINH, None, "UBND tỉnh")
    found([root], "01/NQ-HĐND", signed, FOUNDED, by)
    known = codes()
    agencies = [NewUnit(f"H99.{a[0]}", a[1], a[3], TINH, known[ROOT], a[2]) for a in _AGENCIES]
    found(agencies, "02/QĐ-UBND", signed, FOUNDED, by)
    known = codes()
    rooms = [
        NewUnit(f"H99.{code}.{number:02}", _room_name(room, short), "PHONG", TINH, known[f"H99.{code}"])
        for code, _, short, _, rooms in _AGENCIES
        for number, room in enumerate(rooms, start=1)
    ]
    found(rooms, "03/QĐ-UBND", signed, FOUNDED, by)


def _room_name(room: str, short: str) -> str:
    return f"{room} ({short})" if room.startswith("Văn phòng") else room


def _commune_name(marked: str) -> str:
    return f"Phường {marked[1:]}" if marked.startswith("*") else f"Xã {marked}"


def _old_communes() -> list[tuple[str, int, int, str]]:
    """(code, district, today's commune it becomes part of or -1, name) of every commune before July 2025."""
    made: list[tuple[str, int, int, str]] = []
    commune = 0
    for district, (_, names) in enumerate(_DISTRICTS, start=1):
        place = 0
        for name in names:
            parts = [_commune_name(name)]
            others = 2 if commune % 4 == 0 else 1
            plain = name.lstrip("*").split()[0]
            parts += [f"Xã {plain} {_OLD_SUFFIXES[(commune + k) % 7]}" for k in range(others)]
            for part in parts:
                place += 1
                made.append((f"H99.D{district}.{place:02}", district, commune, part))
            commune += 1
        if district == 6:
            made.append((f"H99.D{district}.{place + 1:02}", district, -1, _DIVIDED[0]))
    return made


def _found_districts(by: Actor) -> None:
    signed = moment(2014, 12, 23)
    root = codes()[ROOT]
    districts = [
        NewUnit(f"H99.D{number}", f"UBND {name[0].lower()}{name[1:]}", "HUYEN", HUYEN, root)
        for number, (name, _) in enumerate(_DISTRICTS, start=1)
    ]
    found(districts, "05/QĐ-UBND", signed, FOUNDED, by)
    known = codes()
    communes = [
        NewUnit(code, _committee(name), _kind(name), XA, known[f"H99.D{district}"])
        for code, district, _, name in _old_communes()
    ]
    found(communes, "06/QĐ-UBND", signed, FOUNDED, by)


def _small_communes() -> list[tuple[str, str]]:
    """(goes, into): of the communes that came in threes, the last went to its neighbour in 2020."""
    by_commune: dict[int, list[str]] = {}
    for code, _, commune, _ in _old_communes():
        by_commune.setdefault(commune, []).append(code)
    return [(of[2], of[1]) for of in by_commune.values() if len(of) == 3]


def _kind(name: str) -> str:
    return "PHUONG" if name.startswith("Phường") else "XA"


def _committee(name: str) -> str:
    return f"UBND {name[0].lower()}{name[1:]}"


def _merge_agencies(by: Actor) -> None:
    signed, day, known = moment(2025, 2, 20), AGENCIES_MERGED, codes()
    decision = Decision("15/NQ-HĐND", signed.date(), "HĐND tỉnh Bình Giang")
    new = NewUnit("H99.21", "Sở Nông nghiệp và Môi trường", "SO", TINH, known[ROOT], "SNNMT")
    mergings = [
        Merging((known["H99.09"],), known[HOME_AFFAIRS]),
        Merging((known["H99.06"],), known["H99.11"]),
        Merging((known["H99.05"],), known["H99.16"]),
        Merging((known["H99.13"],), known["H99.07"]),
        Merging((known["H99.29"],), known["H99.23"]),
        Merging((known["H99.92"],), known["H99.91"]),
        Merging((known["H99.10"], known["H99.12"]), new),
    ]
    merge_all(mergings, effective=day, decision=decision, by=by, at=signed)
    faith = NewUnit("H99.22", "Sở Dân tộc và Tôn giáo", "SO", TINH, known[ROOT], "SDTTG")
    religion = {known["H99.08.05"]: 0}
    receivers = [Receiver(faith)]
    home = known[HOME_AFFAIRS]
    split(home, receivers, ceases=False, under=religion, effective=day, decision=decision, by=by, at=signed)
    known = codes()
    merge([known["H99.20"]], known["H99.22"], effective=day, decision=decision, by=by, at=signed)
    what = "Quản lý nhà nước về tín ngưỡng, tôn giáo"
    transfer_function(what, home, known["H99.22"], effective=day, decision=decision, by=by, at=signed)


def _make_two_tiers(by: Actor) -> None:
    signed, day, known = moment(2025, 6, 16), TWO_TIERS, codes()
    decision = Decision("1672/NQ-UBTVQH15", signed.date(), "Ủy ban Thường vụ Quốc hội")
    names = [_commune_name(name) for _, of in _DISTRICTS for name in of]
    old: dict[int, list[int]] = {}
    gone = {code for code, _ in _small_communes()}
    for code, _, commune, _ in _old_communes():
        if code in gone:
            continue
        old.setdefault(commune, []).append(known[code])
    mergings = [
        Merging(
            tuple(old[number]),
            NewUnit(f"H99.{31 + number}", _committee(name), _kind(name), XA, known[ROOT]),
        )
        for number, name in enumerate(names)
    ]
    merge_all(mergings, effective=day, decision=decision, by=by, at=signed)
    known = codes()
    shares = (Fraction(3, 5), Fraction(2, 5))
    receivers = [
        Receiver(known[f"H99.{31 + names.index(f'Xã {name}')}"], share)
        for name, share in zip(_DIVIDED[1:], shares, strict=True)
    ]
    (divided,) = old[-1]
    split(divided, receivers, ceases=True, under={}, effective=day, decision=decision, by=by, at=signed)
    for number in range(1, len(_DISTRICTS) + 1):
        dissolve(known[f"H99.D{number}"], under={}, effective=day, decision=decision, by=by, at=signed)
    rooms = [
        NewUnit(
            f"H99.{31 + number}.{code}",
            f"{room} {name[0].lower()}{name[1:]}",
            kind,
            XA,
            known[f"H99.{31 + number}"],
        )
        for number, name in enumerate(names)
        for code, room, kind in _COMMUNE_ROOMS
    ]
    found(rooms, "1420/QĐ-UBND", moment(2025, 6, 27), day, by)


def _recent_changes(by: Actor) -> None:
    known = codes()
    signed = moment(2026, 3, 12)
    decision = Decision("388/QĐ-UBND", signed.date(), "UBND tỉnh Bình Giang")
    room = known["H99.08.03"]
    name = "Phòng Tổ chức bộ máy, biên chế và hội"
    rename(room, name, effective=date(2026, 4, 1), decision=decision, by=by, at=signed)
    wrong = NewUnit("H99.07.03", "Phòng Chuyển đối số", "PHONG", TINH, known["H99.07"])
    found([replace(wrong)], "390/QĐ-UBND", moment(2026, 3, 13), date(2026, 4, 1), by)
    unit = codes()["H99.07.03"]
    version = queries.picture().of(unit)[0].id
    if version is not None:
        name = "Phòng Chuyển đổi số"
        correct_version(version, {"name": name}, why="Nhập nhầm dấu trong tên", by=by, at=moment(2026, 3, 16))
