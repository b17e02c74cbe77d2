"""Figures over posts and people."""

from congvu.indicators.rules.definitions import Columns, Figure, Measure, Subject

_CIVIL = ("cong_chuc",)
_PUBLIC = ("vien_chuc_nsnn",)
_P, _H = Subject.POSTS, Subject.PEOPLE

FIGURES: tuple[Figure, ...] = (
    Figure(
        "bien-che.cong-chuc", "Biên chế công chức được giao", "Civil-service posts", _P, Measure.POSTS,
        "Cộng các dòng quyết định của nhóm công chức đến hết ngày", "Sổ biên chế", "IMPL", Columns("bien-che", _CIVIL),
        of_day=True,
    ),
    Figure(
        "bien-che.vien-chuc", "Số người làm việc hưởng lương ngân sách được giao", "Public-employee posts on budget", _P,
        Measure.POSTS, "Cộng các dòng quyết định của nhóm viên chức hưởng lương ngân sách đến hết ngày", "Sổ biên chế",
        "IMPL", Columns("bien-che", _PUBLIC), of_day=True,
    ),
    Figure(
        "doi-ngu.co-mat", "Người có mặt", "People present", _H, Measure.PEOPLE,
        "Người giữ vị trí việc làm vào cuối ngày", "Hồ sơ cán bộ, công chức, viên chức", "IMPL",
        Columns("doi-ngu", ("tong",)), of_day=True,
    ),
    Figure(
        "doi-ngu.nu", "Tỷ lệ nữ", "Share of women", _H, Measure.PEOPLE,
        "Nữ chia cho người có mặt vào cuối ngày", "Hồ sơ cán bộ, công chức, viên chức", "IMPL", Columns("doi-ngu", ("nu",)),
        Columns("doi-ngu", ("tong",)), of_day=True,
    ),
)  # fmt: skip
