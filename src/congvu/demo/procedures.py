"""The starter catalogue of the demo province: some fifty procedures with terms, papers, fees and step tables."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from congvu.demo.samples import (
    AGENCY,
    CHAIR,
    COMMUNE,
    DAY,
    JOINT,
    LINKED,
    OFFICE_HOURS,
    UNCHECKED,
    WORKDAY,
    WORKHOUR,
    Sample,
)
from congvu.demo.samples_everyday import EVERYDAY
from congvu.demo.samples_home_affairs import HOME_AFFAIRS
from congvu.foundation.identity.actor import Actor
from congvu.organisation.queries import unit_by_code
from congvu.procedures.actions.draft import create_procedure
from congvu.procedures.actions.publish import Decision, publish
from congvu.procedures.actions.set_process import draft_process, publish_process
from congvu.procedures.models import Procedure
from congvu.procedures.rules.checks import StepDraft
from congvu.procedures.rules.content import (
    BasisLine,
    CaseContent,
    ChannelLine,
    Content,
    FeeLine,
    PaperLine,
    ResultLine,
)
from congvu.procedures.rules.words import TermUnit

SAMPLES: tuple[Sample, ...] = (*HOME_AFFAIRS, *EVERYDAY)
SINCE = date(2025, 7, 1)  # the day the two tiers of local government began
DECISION = Decision("1505/QĐ-UBND", "Chủ tịch UBND tỉnh Bình Giang", date(2025, 6, 26), SINCE)
PROVINCE, OFFICE, POLICE = "H99", "H99.02", "H99.24"
CHANNELS = (1, 2, 3)


def load(*, by: Actor, at: datetime) -> int:
    """Publish the samples with their step tables through the actions. Returns how many; those there are left alone.

    Needs the units of `congvu.demo.units`, and `at` on or after 26/06/2025, the day of the decision.
    """
    held = set(
        Procedure.objects.filter(code__in=[one.code for one in SAMPLES]).values_list("code", flat=True)
    )
    units = {code: unit_by_code(code).pk for code in (PROVINCE, OFFICE, POLICE)}
    made = []
    for sample in SAMPLES:
        if sample.code in held:
            continue
        version = create_procedure(
            sample.code, sample.field, content_of(sample), by=by, at=at, nature=sample.nature
        )
        made.append(version.procedure_id)
        steps = steps_of(sample, units)
        hours = sum((_hours(step) for step in steps), Decimal(0))
        draft_process(version.procedure_id, steps, by=by, at=at, total_hours=hours, source="danh mục mẫu")
        publish_process(version.procedure_id, SINCE, by=by, at=at, why=DECISION.number)
    if made:
        publish(made, DECISION, by=by, at=at)
    return len(made)


def content_of(sample: Sample) -> Content:
    """What the version of a sample says."""
    papers = tuple(
        PaperLine(name, originals=originals, copies=copies) for name, originals, copies in sample.papers
    )
    authority = "Ủy ban nhân dân cấp xã" if sample.tier == "XA" else _authority(sample)
    several = bool(sample.cases)
    cases = [
        _case(
            "chung", "Trường hợp thông thường" if several else "Trường hợp chung", sample.term, sample, papers
        )
    ]
    cases += [
        _case(f"truong-hop-{n}", name, term, sample, papers) for n, (name, term) in enumerate(sample.cases, 2)
    ]
    return Content(
        name=sample.name,
        tiers=(sample.tier,),
        level_of_service="TOAN_TRINH" if sample.online else "MOT_PHAN",
        authority_text=authority,
        handler_text="Trung tâm Phục vụ hành chính công cấp xã" if sample.tier == "XA" else _handler(sample),
        place_text="Trung tâm Phục vụ hành chính công, không phụ thuộc địa giới trong tỉnh",
        sequence_text=_sequence(sample),
        conditions_text=sample.conditions,
        subjects=sample.subjects,
        cases=tuple(cases),
        results=(ResultLine(sample.result),),
        bases=tuple(BasisLine(number=number) for number in sample.bases),
    )


def steps_of(sample: Sample, units: dict[str, int]) -> tuple[StepDraft, ...]:
    """The step table of a sample, its times adding up to the term (in working days)."""
    if sample.route == OFFICE_HOURS:
        return (
            _step("Tiếp nhận, số hóa hồ sơ", "RECEIVE", "RECEIVER", "0.5", WORKHOUR),
            _step("Thụ lý, kiểm tra", "LEAD", "COMPETENT", "5.5", WORKHOUR),
            _step("Lãnh đạo ký", "SIGN", "COMPETENT", "1.5", WORKHOUR),
            _step("Trả kết quả", "RETURN", "RECEIVER", "0.5", WORKHOUR),
        )
    middle = _middle(sample.route, units)
    shares = [weight for _, weight in middle]
    parts = _split(_working_days(sample.term) - Decimal(1), shares)
    between = [_step(*words, str(days), WORKDAY) for (words, _), days in zip(middle, parts, strict=True)]
    return (
        _step("Tiếp nhận, số hóa, chuyển hồ sơ", "RECEIVE", "RECEIVER", "0.5", WORKDAY),
        *between,
        _step("Trả kết quả", "RETURN", "RECEIVER", "0.5", WORKDAY),
    )


Middle = tuple[tuple[str, str, str | int], int]


def _middle(route: str, units: dict[str, int]) -> list[Middle]:
    """The steps between reception and return: (name, role, agency or unit id), weight of time."""
    lead: Middle = (("Thụ lý, thẩm định hồ sơ", "LEAD", "COMPETENT"), 6)
    head: Middle = (("Lãnh đạo cơ quan duyệt, ký", "SIGN", "COMPETENT"), 2)
    opinion: Middle = (("Có ý kiến về an ninh, trật tự", "COOPERATE", units[POLICE]), 3)
    office: Middle = (("Thẩm tra, trình Chủ tịch UBND tỉnh", "COOPERATE", units[OFFICE]), 2)
    chair: Middle = (("Chủ tịch UBND tỉnh ký", "SIGN", units[PROVINCE]), 2)
    residence: Middle = (("Cập nhật đăng ký thường trú", "COOPERATE", units[POLICE]), 2)
    routes = {
        CHAIR: [lead, (("Lãnh đạo sở trình", "COOPERATE", "COMPETENT"), 1), office, chair],
        AGENCY: [lead, head],
        JOINT: [lead, opinion, head],
        COMMUNE: [lead, head],
        LINKED: [lead, head, residence],
    }
    return routes[route]


def _step(name: str, role: str, agency: str | int, n: str, unit: str) -> StepDraft:
    fixed = isinstance(agency, int)
    return StepDraft(
        name=name,
        role=role,
        agency_kind="FIXED" if fixed else str(agency),
        unit_id=int(agency) if fixed else None,
        term_n=Decimal(n),
        term_unit=unit,
    )


def _split(days: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Days over steps by weight, in half days, none left over: the first step takes the rest."""
    halves = int(days * 2)
    parts = [max(1, halves * weight // sum(weights)) for weight in weights]
    parts[0] += halves - sum(parts)
    return [Decimal(part) / 2 for part in parts]


def _working_days(term: tuple[int, str]) -> Decimal:
    """How many working days the steps may take together. Calendar days hold five working days a week."""
    n, unit = term
    return Decimal(n * 5 // 7) if unit == DAY else Decimal(n)


def _hours(step: StepDraft) -> Decimal:
    n = step.term_n or Decimal(0)
    return n if step.term_unit == WORKHOUR else n * 8


def _case(
    key: str, name: str, term: tuple[int, str], sample: Sample, papers: tuple[PaperLine, ...]
) -> CaseContent:
    note = f"Thời hạn theo {sample.checked}." if sample.checked else UNCHECKED
    lines = []
    for channel in CHANNELS:
        n = sample.online if channel == 2 and sample.online and key == "chung" else term[0]
        said = f"{n} {TermUnit(term[1]).label}"
        lines.append(ChannelLine(channel, n, term[1], said, note, (_fee(sample, online=channel == 2),)))
    return CaseContent(key, name, tuple(lines), papers)


def _fee(sample: Sample, *, online: bool) -> FeeLine:
    if not sample.fee:
        return FeeLine(0)
    amount = sample.fee // 2 if online else sample.fee
    return FeeLine(amount, sample.fee_kind, "hồ sơ", "Nộp trực tuyến giảm một nửa" if online else "")


def _authority(sample: Sample) -> str:
    return "Chủ tịch UBND tỉnh" if sample.route == CHAIR else "Cơ quan chuyên môn thuộc UBND tỉnh"


def _handler(sample: Sample) -> str:
    return "Cơ quan chuyên môn thuộc UBND tỉnh quản lý lĩnh vực " + sample.field[0].lower() + sample.field[1:]


def _sequence(sample: Sample) -> str:
    """The order of doing in plain words, one step a line."""
    decides = {
        CHAIR: "Cơ quan chuyên môn thẩm định, Văn phòng UBND tỉnh thẩm tra, Chủ tịch UBND tỉnh quyết định.",
        AGENCY: "Cơ quan chuyên môn thẩm định; lãnh đạo cơ quan ký kết quả.",
        JOINT: "Cơ quan chuyên môn thẩm định, lấy ý kiến Công an tỉnh; lãnh đạo cơ quan ký kết quả.",
        COMMUNE: "Công chức chuyên môn cấp xã kiểm tra, Chủ tịch UBND cấp xã ký.",
        LINKED: "Công chức hộ tịch đăng ký, Chủ tịch UBND cấp xã ký; Công an cập nhật nơi thường trú.",
        OFFICE_HOURS: "Công chức kiểm tra ngay; Chủ tịch UBND cấp xã ký trong ngày làm việc.",
    }[sample.route]
    return (
        "- Nộp hồ sơ tại Trung tâm Phục vụ hành chính công, qua bưu chính hoặc trực tuyến.\n"
        "- Hồ sơ đủ: nhận giấy tiếp nhận và hẹn trả kết quả. Hồ sơ thiếu: được hướng dẫn bổ sung một lần, đầy đủ.\n"
        f"- {decides}\n"
        "- Nhận kết quả tại nơi nộp, qua bưu chính hoặc bản điện tử."
    )
