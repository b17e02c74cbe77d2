"""The words of plans: what they are about, how long they run, where they stand, who owes them. Plain text."""

CENTRAL, PROVINCIAL = "CENTRAL", "PROVINCIAL"
LEVELS = {CENTRAL: "Trung ương", PROVINCIAL: "Cấp tỉnh"}

REFORM, WORK = "CCHC", "CONG_TAC"
SUBJECTS = {REFORM: "Kế hoạch cải cách hành chính", WORK: "Kế hoạch, chương trình công tác"}

PERIOD, YEAR = "PERIOD", "YEAR"
TERMS = {PERIOD: "Giai đoạn", YEAR: "Năm"}

NONE, DRAFT, ISSUED, REPLACED = "NONE", "DRAFT", "ISSUED", "REPLACED"
PLAN_STATES = {DRAFT: "Dự thảo", ISSUED: "Đã ban hành", REPLACED: "Đã được thay thế"}
STANDINGS = {NONE: "Chưa có", DRAFT: "Dự thảo", ISSUED: "Đã ban hành"}

AGENCIES, DISTRICTS, COMMUNES = "so", "huyen", "xa"
CLASSES = {AGENCIES: "Sở, ban, ngành", DISTRICTS: "Huyện, thị xã, thành phố", COMMUNES: "Xã, phường, đặc khu"}

ROLES = {
    "TRUONG_BAN": "Trưởng ban",
    "PHO_TRUONG_BAN": "Phó Trưởng ban",
    "THUONG_TRUC": "Ủy viên thường trực",
    "UY_VIEN": "Ủy viên",
    "THU_KY": "Thư ký",
}


def span_words(term: str, first: int, last: int) -> str:
    """ "năm 2026", "giai đoạn 2021-2025"."""
    return f"năm {first}" if term == YEAR else f"giai đoạn {first}-{last}"


def plan_words(subject: str, term: str, first: int, last: int) -> str:
    """The plain name of a plan: "Kế hoạch cải cách hành chính năm 2026"."""
    return f"{SUBJECTS[subject]} {span_words(term, first, last)}"
