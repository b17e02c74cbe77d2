"""Job positions of the demo province: schemes approved, one changed by a new version, one submitted, one a draft; who is
planned for which title; two people of the register in the open batch of streamlining.

Descriptions are the plain work of any such office; numbers are made up.
"""

from collections.abc import Sequence
from datetime import date, datetime

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import sight_of
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.queries.law import RETIREMENT, personnel_rules
from congvu.people.queries.lists import Asked, people_list
from congvu.people.rules.codes import FULL
from congvu.people.rules.retirement import ages_of, retirement_of
from congvu.people.rules.standing import PLANNING
from congvu.staffing.actions.approve_scheme import Approval, appraise, approve, submit
from congvu.staffing.actions.draft_scheme import draft_scheme, write_positions
from congvu.staffing.actions.record_release import of_register, record_release
from congvu.staffing.models import PositionLine
from congvu.staffing.rules.kinds import CONG_CHUC, HOP_DONG_111
from congvu.staffing.rules.schemes import Competence, Job
from congvu.staffing.rules.streamlining import EARLY, REORGANISED, STREAMLINED, Facts, months_before

_COMMON = (Competence("Đạo đức và bản lĩnh", 4), Competence("Tổ chức thực hiện công việc", 3))
_LEADING = (
    Competence("Tư duy chiến lược", 4),
    Competence("Quản lý sự thay đổi", 4),
    Competence("Ra quyết định", 4),
)
_EXPERT = (Competence("Soạn thảo và ban hành văn bản", 3), Competence("Giao tiếp, ứng xử", 3))
_CHANGED = date(2026, 3, 1)
_OFFICES = (  # the office, what it looks after, experts, whether the last step of its scheme is approval
    ("H99.08", "nội vụ", 12),
    ("H99.11", "tài chính", 10),
    ("H99.14", "tư pháp", 7),
    ("H99.16", "xây dựng", 11),
)
_WAITING, _DRAFT = ("H99.17", "y tế", 9), ("H99.07", "khoa học và công nghệ", 8)


def load(*, at: datetime) -> int:
    """Write the schemes through the actions. Returns how many versions. About 15 statements each."""
    known = picture()
    made = 0
    for place, (code, field, experts) in enumerate(_OFFICES):
        _approved(known, code, _jobs(field, experts), date(2025, 7, 1), f"{1520 + place}/QĐ-UBND")
        made += 1
    _change(known)
    for (code, field, experts), submitted in ((_WAITING, True), (_DRAFT, False)):
        unit = known.by_code(code)
        if unit is None:
            continue
        (one,) = draft_scheme([unit], by=SYSTEM, at=at)
        write_positions(one.pk, [(None, job) for job in _jobs(field, experts)], by=SYSTEM, at=at)
        if submitted:
            submit([one.pk], by=SYSTEM, at=at)
        made += 1
    _plan(known, at)
    _release(known, at)
    return made + 1


def _jobs(field: str, experts: int) -> list[Job]:
    """The positions of an office that looks after a field."""
    head = f"Lãnh đạo, quản lý toàn diện công tác {field}\nChịu trách nhiệm trước Ủy ban nhân dân tỉnh"
    room = (
        f"Tổ chức thực hiện nhiệm vụ của phòng về {field}\nPhân công, đôn đốc, đánh giá công chức của phòng"
    )
    expert = (
        f"Tham mưu văn bản, kế hoạch về {field}\nThẩm định, giải quyết hồ sơ thủ tục hành chính\n"
        "Theo dõi, kiểm tra, báo cáo việc thực hiện"
    )
    return [
        Job("LĐ-01", "Giám đốc Sở", "lanh_dao", CONG_CHUC, "01.002", 1, head, "Kết luận, quyết định", _LEADING),
        Job("LĐ-02", "Phó Giám đốc Sở", "lanh_dao", CONG_CHUC, "01.002", 3, head, "Ý kiến chỉ đạo", _LEADING),
        Job("LĐ-03", "Trưởng phòng", "lanh_dao", CONG_CHUC, "01.002", 4, room, "Kế hoạch, báo cáo của phòng", _LEADING),
        Job("CN-01", f"Chuyên viên chính về {field}", "chuyen_nganh", CONG_CHUC, "01.002", 3, expert, "Đề án", _EXPERT),
        Job(
            "CN-02", f"Chuyên viên về {field}", "chuyen_nganh", CONG_CHUC, "01.003", experts, expert,
            "Dự thảo văn bản; hồ sơ đã giải quyết", _EXPERT,
        ),
        Job("DC-01", "Kế toán viên", "dung_chung", CONG_CHUC, "06.031", 1, "Kế toán của Sở", "Báo cáo quyết toán", _COMMON),
        Job("DC-02", "Văn thư viên", "dung_chung", CONG_CHUC, "01.004", 1, "Văn thư, lưu trữ", "Sổ văn bản", _COMMON),
        Job("HT-01", "Nhân viên lái xe", "ho_tro", HOP_DONG_111, "01.010", 2, "Lái xe phục vụ công tác", "", _COMMON),
    ]  # fmt: skip


def _approved(known: Picture, code: str, jobs: Sequence[Job], since: date, number: str) -> None:
    unit = known.by_code(code)
    assert unit is not None  # named by the demo itself
    at = datetime(since.year, since.month, 1, 9, tzinfo=LEGAL_ZONE)
    (one,) = draft_scheme([unit], by=SYSTEM, at=at)
    lines = {line.code: line.position_id for line in PositionLine.objects.filter(scheme=one)}
    write_positions(one.pk, [(lines.get(job.code), job) for job in jobs], by=SYSTEM, at=at)
    submit([one.pk], by=SYSTEM, at=at)
    appraise([one.pk], "Hồ sơ đầy đủ; số người trong biên chế được giao.", by=SYSTEM, at=at)
    approval = Approval(number, since, "Ủy ban nhân dân tỉnh Bình Giang", since)
    approve([one.pk], approval, by=SYSTEM, at=at)


def _change(known: Picture) -> None:
    """Home affairs gave up three experts when religion went to another department: a new version, the same positions."""
    code, field, experts = _OFFICES[0]
    _approved(known, code, _jobs(field, experts - 3), _CHANGED, "233/QĐ-UBND")


def _plan(known: Picture, at: datetime) -> None:
    """Who is planned for a higher title, as their files say."""
    sight = sight_of(SYSTEM, at.date(), known)
    heads = [
        one
        for one in people_list(Asked(at.date(), words="", kind=FULL), sight, limit=400)
        if one.position == "Trưởng phòng"
    ]
    for place, one in enumerate(heads[:12]):
        title = "Trưởng phòng" if place % 3 else "Phó Giám đốc Sở"
        paper = Paper(
            PLANNING, f"Phê duyệt quy hoạch chức danh {title} giai đoạn 2026–2031", f"{40 + place}/QĐ-SNV",
            date(2026, 2, 10), "Sở Nội vụ",
        )  # fmt: skip
        add_paper(one.id, paper, by=SYSTEM, at=at)


def _release(known: Picture, at: datetime) -> None:
    """Two in post who have two to five years left: their cases wait in the open batch, one of each pack of rules."""
    sight, leaves_on = sight_of(SYSTEM, at.date(), known), date(2026, 12, 1)
    ages = ages_of(personnel_rules(at.date())[RETIREMENT].value)
    near = [
        one
        for one in people_list(Asked(at.date(), kind=FULL), sight, limit=400)
        if 24 <= months_before(leaves_on, retirement_of(one.birth, one.sex, ages).last_day) <= 60
    ]
    packs = ((STREAMLINED, 0), (REORGANISED, 17))  # months since the reorganisation of July 2025
    cases = [
        of_register(
            one.id, "doi_du_sap_xep", "theo danh sách kèm quyết định", leaves_on,
            Facts(EARLY, 12_400_000 + 9_000 * since, 300 + since, 0, since),
            pack=pack, ratings="2024: hoàn thành tốt; 2025: hoàn thành",
        )
        for one, (pack, since) in zip(near, packs, strict=False)
    ]  # fmt: skip
    record_release(2026, 2, cases, by=SYSTEM, at=at)
