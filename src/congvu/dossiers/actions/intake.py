"""What comes over the counter, or through the portal: the person, the papers, the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold


@dataclass(frozen=True, slots=True)
class Person:
    """Who the dossier is for, or who hands it in."""

    name: str
    number: str = ""  # số định danh: CCCD 12 digits, CMND 9, tax code, decision number
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper handed in. `case_paper_id` None: a paper the published list does not name."""

    name: str
    case_paper_id: int | None = None
    order: int = 0
    received: bool = True
    originals: int = 0
    certified: int = 0
    copies: int = 0
    digitised: int = 0
    file_id: int | None = None
    file_name: str = ""
    kept: int = 0  # originals taken in, to be given back
    reuse_of: int | None = None  # the stored result that is this paper


@dataclass(frozen=True, slots=True)
class Intake:
    """One request to be received. `intake_key` is made with the form: sent twice, it is one dossier.

    `competent_unit_id` None: the receiving unit decides itself. `case_id` None: the version's first case.
    """

    intake_key: UUID
    version_id: int
    channel: int
    receiving_unit_id: int
    owner: Person
    case_id: int | None = None
    competent_unit_id: int | None = None
    help_unit_id: int | None = None
    submitter: Person | None = None
    summary: str = ""
    copies: int = 1
    return_method: int = 0
    told_by: int = 3
    subject_kind: int = 1
    papers: tuple[PaperIn, ...] = ()
    owner_account_id: int | None = None
    corrects: int | None = None
    event_on: date | None = None  # of a notification: the day of what it tells of


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier taken in. `code` and `due_on` are None while it is only registered online."""

    id: int
    code: str | None
    due_on: date | None
    intake_key: UUID
    repeated: bool = False  # the same form had been sent before; nothing new was written


_LIMITS = {"name": 300, "number": 30, "phone": 30, "email": 200, "address": 500}


def checked(intake: Intake) -> Intake:
    """The intake with its text composed, or a refusal that names the field."""
    if intake.channel not in (1, 2, 3):
        raise Refused(
            "Kênh nộp không có trong danh mục.",
            where="channel",
            do="Chọn trực tiếp, trực tuyến hoặc bưu chính.",
        )
    if not composed(intake.owner.name):
        raise Refused("Chưa ghi họ tên chủ hồ sơ.", where="owner_name", do="Nhập họ và tên hoặc tên tổ chức.")
    for person, prefix in ((intake.owner, "owner"), (intake.submitter, "submitter")):
        for name, limit in _LIMITS.items():
            if person is not None and len(getattr(person, name)) > limit:
                raise Refused(f"Dài quá {limit} ký tự.", where=f"{prefix}_{name}", do="Rút gọn lại.")
    if len(intake.summary) > 1000:
        raise Refused("Trích yếu dài quá 1.000 ký tự.", where="summary", do="Rút gọn lại.")
    if not 1 <= intake.copies <= 99:
        raise Refused("Số bộ hồ sơ từ 1 đến 99.", where="copies", do="Nhập lại số bộ.")
    return intake


def search_text(intake: Intake, summary: str) -> str:
    """The folded words by which the dossier is found: names, numbers, phones, what it is about."""
    people = [intake.owner] + ([intake.submitter] if intake.submitter else [])
    return folded([part for p in people for part in (p.name, p.number, p.phone)], summary)


def folded(people: Iterable[str], summary: str) -> str:
    """The same of a dossier's own columns."""
    return fold(" ".join([*people, summary]))[:4000]
