"""On what grounds a fee is waived or lowered, and how much a share of it is."""

from dataclasses import dataclass

LAW = "Luật Phí và lệ phí 97/2015/QH13, Điều 10.1"
BY_RATE = "Văn bản quy định mức thu của khoản phí, lệ phí"


@dataclass(frozen=True, slots=True)
class Ground:
    """A group of people the law lets go, or another ground. `evidence` as in foundation.lawtable."""

    code: str
    label: str
    citation: str
    evidence: str


# The law names the groups; how much each fee is lowered for each is said by the text that sets the fee (art. 10.3, 10.4).
GROUNDS = (
    Ground("tre-em", "Trẻ em", LAW, "SEC"),
    Ground("ho-ngheo", "Hộ nghèo", LAW, "SEC"),
    Ground("cao-tuoi", "Người cao tuổi", LAW, "SEC"),
    Ground("khuyet-tat", "Người khuyết tật", LAW, "SEC"),
    Ground("co-cong", "Người có công với cách mạng", LAW, "SEC"),
    Ground("dtts-dbkk", "Đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn", LAW, "SEC"),
    Ground("truc-tuyen", "Nộp hồ sơ trực tuyến", BY_RATE, "MEM"),
    Ground("khac", "Đối tượng khác theo quy định", LAW, "SEC"),
)
BY_CODE = {one.code: one for one in GROUNDS}


def ground_label(code: str) -> str:
    """The words of a ground; entries older than the list have none."""
    return BY_CODE[code].label if code in BY_CODE else "Chưa phân loại"


def share_of(amount: int, percent: int) -> int:
    """`percent` of an amount in whole đồng, half a đồng upwards: 50% of 15.001 is 7.501."""
    return (amount * percent + 50) // 100
