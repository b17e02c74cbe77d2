"""What must be true of a version before it is published (NĐ 63/2010, Điều 8.2) and of a step table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.content import CaseContent, ChannelLine, Content
from congvu.procedures.rules.terms import MOST
from congvu.procedures.rules.words import (
    AgencyKind,
    Channel,
    FeeKind,
    ServiceLevel,
    StepRole,
    TermUnit,
    Tier,
    Worded,
)

ARTICLE = "NĐ 63/2010, Điều 8.2"


def refuse_unless_sound(content: Content) -> None:
    """Refuse a content that no table could hold: unknown words, a term of 0, a fee below 0, two of one channel."""
    if not content.name:
        raise Refused("Tên thủ tục để trống.", where="Thông tin chung", do="Gõ tên thủ tục.", article=ARTICLE)
    if not content.cases:
        raise Refused(
            "Thủ tục phải có ít nhất một trường hợp.", where="Trường hợp", do="Thêm một trường hợp."
        )
    _one_of("Cấp thực hiện", content.tiers, Tier)
    _one_of("Mức độ dịch vụ công", (content.level_of_service,), ServiceLevel)
    keys = [case.stable_key for case in content.cases]
    if len(set(keys)) < len(keys):
        raise Refused("Hai trường hợp trùng mã.", where="Trường hợp", do="Đặt mã khác nhau.")
    for case in content.cases:
        _refuse_case(case)


def _refuse_case(case: CaseContent) -> None:
    if not case.name:
        raise Refused("Trường hợp chưa có tên.", where="Trường hợp", do="Đặt tên cho trường hợp.")
    channels = [line.channel for line in case.channels]
    if len(set(channels)) < len(channels) or any(one not in Channel._value2member_map_ for one in channels):
        raise Refused(
            f"Cách nộp của «{case.name}» trùng hoặc lạ.", where="Cách nộp", do="Mỗi cách nộp một dòng."
        )
    for line in case.channels:
        _refuse_channel(case.name, line)
    if any(not paper.name or paper.originals < 0 or paper.copies < 0 for paper in case.papers):
        raise Refused(
            f"Giấy tờ của «{case.name}» thiếu tên hoặc số bản âm.", where="Giấy tờ", do="Sửa dòng đó."
        )


def _refuse_channel(name: str, line: ChannelLine) -> None:
    where = f"{name}, {Channel(line.channel).label}"
    if (line.term_n is None) != (line.term_unit is None):
        raise Refused("Thời hạn thiếu số hoặc đơn vị.", where=where, do="Điền cả hai, hoặc bỏ trống cả hai.")
    if line.term_n is not None and not 0 < line.term_n <= MOST:
        raise Refused(
            f"Thời hạn {line.term_n} không dùng được.",
            where=where,
            do=f"Gõ số từ 1 đến {MOST}; việc trả ngay thì chọn đơn vị là giờ làm việc.",
        )
    if line.term_unit is not None:
        _one_of(where, (line.term_unit,), TermUnit)
    for fee in line.fees:
        _one_of(where, (fee.kind,), FeeKind)
        if fee.amount is not None and not 0 <= fee.amount <= 10**15:
            raise Refused(f"Mức phí {fee.amount} không dùng được.", where=where, do="Gõ số đồng, không âm.")


def missing_parts(content: Content) -> tuple[str, ...]:
    """The parts the decree asks for that a version does not say; a version lacking any may not be published."""
    lacking = []
    if not content.tiers:
        lacking.append("cấp thực hiện")
    if not content.authority_text:
        lacking.append("cơ quan giải quyết")
    if not content.subjects:
        lacking.append("đối tượng thực hiện")
    if not content.sequence_text:
        lacking.append("trình tự thực hiện")
    if any(not case.channels for case in content.cases):
        lacking.append("cách thức thực hiện")
    if not any(case.papers for case in content.cases):
        lacking.append("thành phần hồ sơ")
    if not content.results:
        lacking.append("kết quả")
    return tuple(lacking)


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as typed. `leads_to` positions (1-based); empty means the next one."""

    name: str
    role: str
    agency_kind: str
    term_n: Decimal | None = None
    term_unit: str | None = TermUnit.NGAY_LAM_VIEC.value
    unit_id: int | None = None
    agency_text: str = ""
    duty: str = ""
    officer_role: str = ""
    stable_key: str = ""
    leads_to: tuple[int, ...] = ()


def refuse_unless_walkable(steps: Sequence[StepDraft]) -> None:
    """Refuse a step table that a dossier could not go through: empty, backwards, an agency that is not named."""
    if not steps:
        raise Refused("Quy trình chưa có bước nào.", where="steps", do="Thêm ít nhất một bước.")
    for at, step in enumerate(steps, start=1):
        where = f"Bước {at}"
        if not step.name:
            raise Refused("Bước chưa có tên.", where=where, do="Đặt tên bước.")
        _one_of(where, (step.role,), StepRole)
        _one_of(where, (step.agency_kind,), AgencyKind)
        if step.agency_kind == AgencyKind.FIXED.value and step.unit_id is None and not step.agency_text:
            raise Refused(
                "Bước của đơn vị cố định chưa chọn đơn vị.", where=where, do="Chọn đơn vị thực hiện."
            )
        if step.term_n is not None and not 0 <= step.term_n <= MOST:
            raise Refused(f"Thời gian {step.term_n} không dùng được.", where=where, do="Gõ số không âm.")
        if step.term_n is not None:
            _one_of(where, (step.term_unit or "",), TermUnit)
        if any(not at < to <= len(steps) for to in step.leads_to):
            raise Refused(
                "Bước chỉ tới một bước đứng trước hoặc không có.", where=where, do="Chỉ tới bước đứng sau."
            )
    reached = {to for step in steps for to in step.leads_to}
    if any(step.leads_to for step in steps):
        lost = [at for at in range(2, len(steps) + 1) if at not in reached]
        if lost:
            raise Refused(
                f"Không bước nào dẫn tới bước {lost[0]}.", where="steps", do="Nối bước đó vào quy trình."
            )


def _one_of(where: str, values: Sequence[str], words: type[Worded]) -> None:
    for value in values:
        if value not in words._value2member_map_:
            raise Refused(
                f"Giá trị «{value}» không có trong danh sách.", where=where, do="Chọn trong danh sách."
            )
