"""Figures over posts and people."""

from congvu.indicators.rules.definitions import Among, Columns, Figure, Measure, Subject

_CIVIL = ("cong_chuc",)
_PUBLIC = ("vien_chuc_nsnn",)
_P, _H = Subject.POSTS, Subject.PEOPLE
_FILE = "Hồ sơ cán bộ, công chức, viên chức"
_ALL = Among("people")


def _people(**where: tuple[str, ...]) -> Among:
    return Among("people", tuple(where.items()))


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
        "bien-che.cap-xa", "Biên chế cấp xã được giao", "Commune posts", _P, Measure.POSTS,
        "Cộng các dòng quyết định của nhóm cấp xã đến hết ngày", "Sổ biên chế", "IMPL", Columns("bien-che", ("cap_xa",)),
        of_day=True,
    ),
    Figure(
        "bien-che.hop-dong", "Chỉ tiêu hợp đồng được giao", "Contract posts", _P, Measure.POSTS,
        "Cộng các dòng quyết định của nhóm hợp đồng đến hết ngày", "Sổ biên chế", "IMPL", Columns("bien-che", ("hop_dong_111",)),
        of_day=True,
    ),
    Figure(
        "bien-che.tang", "Biên chế tăng trong kỳ", "Posts given in the period", _P, Measure.POSTS,
        "Biên chế giao thêm, chuyển đến theo quyết định có hiệu lực trong kỳ", "Sổ biên chế", "IMPL",
        Among("posts", (("direction", ("tang",)),)),
    ),
    Figure(
        "bien-che.giam", "Biên chế giảm trong kỳ", "Posts taken in the period", _P, Measure.POSTS,
        "Biên chế thu hồi, cắt giảm, chuyển đi theo quyết định có hiệu lực trong kỳ", "Sổ biên chế", "IMPL",
        Among("posts", (("direction", ("giam",)),)),
    ),
    Figure(
        "bien-che.cat-giam", "Biên chế cắt giảm", "Posts cut", _P, Measure.POSTS,
        "Biên chế cắt giảm theo quyết định có hiệu lực trong kỳ", "Sổ biên chế", "IMPL",
        Among("posts", (("kind", ("CAT_GIAM",)),)),
    ),
    Figure(
        "bien-che.tinh-gian", "Người nghỉ theo chính sách tinh giản", "People released by streamlining", _P, Measure.PEOPLE,
        "Người ra khỏi biên chế trong kỳ theo đợt tinh giản đã duyệt", "Nghị định 154/2025/NĐ-CP", "SEC",
        Among("releases", (("pack", ("tinh_gian",)),)),
    ),
    Figure(
        "bien-che.nghi-sap-xep", "Người nghỉ do sắp xếp tổ chức", "People who left by the reorganisation", _P, Measure.PEOPLE,
        "Người ra khỏi biên chế trong kỳ do sắp xếp tổ chức bộ máy, theo đợt đã duyệt", "Nghị định 178/2024/NĐ-CP", "SEC",
        Among("releases", (("pack", ("sap_xep",)),)),
    ),
    Figure(
        "vtvl.de-an", "Đơn vị có đề án vị trí việc làm", "Units with a job-position scheme", _P, Measure.SCHEMES,
        "Đề án vị trí việc làm đã duyệt, còn hiệu lực vào ngày cuối kỳ", "Nghị định 62/2020/NĐ-CP", "SEC", Among("schemes"),
        of_day=True,
    ),
    Figure(
        "doi-ngu.co-mat", "Người có mặt", "People present", _H, Measure.PEOPLE,
        "Người giữ vị trí việc làm vào cuối ngày", _FILE, "IMPL", _ALL, of_day=True,
    ),
    Figure(
        "doi-ngu.nu", "Tỷ lệ nữ", "Share of women", _H, Measure.PEOPLE,
        "Nữ chia cho người có mặt vào cuối ngày", _FILE, "IMPL", _people(sex=("nu",)), _ALL, of_day=True,
    ),
    Figure(
        "doi-ngu.dan-toc-thieu-so", "Tỷ lệ người dân tộc thiểu số", "Share of ethnic minorities", _H, Measure.PEOPLE,
        "Người dân tộc thiểu số chia cho người có mặt vào cuối ngày", _FILE, "IMPL", _people(ethnicity=("thieu-so",)), _ALL,
        of_day=True,
    ),
    Figure(
        "doi-ngu.tre", "Tỷ lệ đến 30 tuổi", "Share up to 30 years old", _H, Measure.PEOPLE,
        "Người đến 30 tuổi chia cho người có mặt vào cuối ngày", _FILE, "IMPL", _people(age=("den-30",)), _ALL, of_day=True,
    ),
    Figure(
        "doi-ngu.tren-50", "Tỷ lệ trên 50 tuổi", "Share over 50 years old", _H, Measure.PEOPLE,
        "Người trên 50 tuổi chia cho người có mặt vào cuối ngày", _FILE, "IMPL", _people(age=("51-60", "tren-60")), _ALL,
        of_day=True,
    ),
    Figure(
        "doi-ngu.dai-hoc", "Tỷ lệ từ đại học trở lên", "Share with a university degree", _H, Measure.PEOPLE,
        "Người có trình độ đại học, thạc sĩ, tiến sĩ chia cho người có mặt vào cuối ngày", _FILE, "IMPL",
        _people(qualification=("DH", "THS", "TS")), _ALL, of_day=True,
    ),
    Figure(
        "doi-ngu.sau-dai-hoc", "Tỷ lệ sau đại học", "Share with a postgraduate degree", _H, Measure.PEOPLE,
        "Người có trình độ thạc sĩ, tiến sĩ chia cho người có mặt vào cuối ngày", _FILE, "IMPL",
        _people(qualification=("THS", "TS")), _ALL, of_day=True,
    ),
)  # fmt: skip
