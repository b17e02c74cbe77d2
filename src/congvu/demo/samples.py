"""The shape of a sample procedure of the demo province, and the papers and steps most of them share.

Terms of the home-affairs samples are those of the decrees as codified in January 2026; all others are plausible and
say so on the page ("danh mục mẫu, chưa đối chiếu"): this is a demonstration, not a legal source.
"""

from dataclasses import dataclass

DAY, WORKDAY, WORKHOUR, MONTH = "NGAY", "NGAY_LAM_VIEC", "GIO_LAM_VIEC", "THANG"
CITIZEN, FIRM, BODY, FAITH = "Công dân Việt Nam", "Doanh nghiệp", "Tổ chức", "Tổ chức tôn giáo"
UNCHECKED = "Thời hạn của danh mục mẫu, chưa đối chiếu văn bản."

# Routes: which agencies a dossier passes, first to last.
CHAIR = "chair"  # one-stop, agency, office of the provincial committee, its chair, one-stop
AGENCY = "agency"  # one-stop, agency, its head, one-stop
JOINT = "joint"  # one-stop, agency with an opinion of the police, its head, one-stop
COMMUNE = "commune"  # one-stop of the commune, the commune, its chair, one-stop
LINKED = "linked"  # as COMMUNE, and the police enter the residence register
OFFICE_HOURS = "office_hours"  # as COMMUNE, within a working day

Paper = tuple[str, int, int]  # name, originals, copies


@dataclass(frozen=True, slots=True)
class Sample:
    """One procedure. `online` is the online term when it is shorter; `fee` in đồng for a dossier at the counter."""

    code: str
    name: str
    field: str
    tier: str
    nature: str
    term: tuple[int, str]
    route: str
    papers: tuple[Paper, ...]
    result: str
    bases: tuple[str, ...]
    subjects: tuple[str, ...] = (CITIZEN,)
    fee: int = 0
    fee_kind: str = "LE_PHI"
    online: int | None = None
    conditions: str = ""
    checked: str = ""  # where the term was read; empty: not compared with any text
    cases: tuple[tuple[str, tuple[int, str]], ...] = ()  # further cases with their own terms


def form(name: str) -> Paper:
    """An application on the form of the procedure."""
    return (name, 1, 0)


def copy_of(name: str) -> Paper:
    return (name, 0, 1)
