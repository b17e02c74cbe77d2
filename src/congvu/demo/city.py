"""The processes of a real city's one-stop, drawn as graphs and published through the actions (see `samples_city`)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from congvu.demo.procedures import DECISION, SINCE, content_of
from congvu.demo.samples import WORKHOUR
from congvu.demo.samples_city import CHECKED, CITY, TOGETHER, CitySample
from congvu.foundation.identity.actor import Actor
from congvu.organisation.queries import unit_by_code
from congvu.procedures.actions.draft import create_procedure
from congvu.procedures.actions.publish import publish
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import Procedure
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Agency, Branch, Process, Step
from congvu.procedures.rules.words import AgencyKind, Join, StepRole, TermUnit

PREFIX = "9.03"  # of the codes of these procedures, and of no others of the demo
SENT_BACK, VERIFY = "trả lại làm lại", "cần xác minh"
_HERE, _DECIDES = Agency(AgencyKind.RECEIVER.value), Agency(AgencyKind.COMPETENT.value)


def load(*, by: Actor, at: datetime) -> int:
    """Publish the city's procedures and processes. Returns how many; those there are left alone."""
    codes = [one.sample.code for one in CITY]
    held = set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    made = []
    for one in CITY:
        if one.sample.code in held:
            continue
        sample = one.sample
        version = create_procedure(
            sample.code, sample.field, content_of(sample), by=by, at=at, nature=sample.nature
        )
        made.append(version.procedure_id)
        n, unit = sample.term
        hours = Decimal(n if unit == WORKHOUR else n * HOURS_PER_DAY)
        draft_graph(
            version.procedure_id, graph_of(one), by=by, at=at, total_hours=hours, source=f"quy trình {one.was} của một thành phố"
        )  # fmt: skip
        publish_process(version.procedure_id, SINCE, by=by, at=at, why=DECISION.number)
    if made:
        publish(made, DECISION, by=by, at=at)
    return len(made)


def graph_of(one: CitySample) -> Process:
    """The process of a sample."""
    unit = TermUnit.GIO_LAM_VIEC.value if one.sample.term[1] == WORKHOUR else TermUnit.NGAY_LAM_VIEC.value
    other = Agency(AgencyKind.FIXED.value, unit_by_code(one.other).pk, one.other) if one.other else None
    desk, agency, signer = map(Decimal, one.days)
    again = Branch(("tham-dinh",), (Condition("ket_luan", "=", SENT_BACK),), back=True, max_rounds=2)

    def step(key: str, name: str, who: Agency, role: StepRole, n: Decimal | None, *to: Branch,
             join: Join = Join.ALL, asks: str = "") -> Step:  # fmt: skip
        labels = (("ket_luan", asks),) if asks else ()
        return Step(
            key, name, who, role.value, term_n=n, term_unit=unit, branches=to, join=join.value, labels=labels
        )

    def receive(*to: str) -> Step:
        return step("nhan", "Tiếp nhận, số hóa, bàn giao hồ sơ", _HERE, StepRole.RECEIVE, desk, Branch(to))

    def sign(join: Join = Join.ALL) -> Step:
        return step(
            "ky",
            "Lãnh đạo duyệt, ký",
            _DECIDES,
            StepRole.SIGN,
            signer,
            again,
            Branch(("tra",)),
            join=join,
            asks="Kết luận của lãnh đạo",
        )

    back = step("tra", "Thu phí, trả kết quả", _HERE, StepRole.RETURN, None)
    if one.way == TOGETHER:
        assert other is not None
        gather = Decimal(1)
        apart = agency - gather
        return _process(
            receive("tham-dinh", "phoi-hop"),
            step("tham-dinh", "Thụ lý, thẩm định", _DECIDES, StepRole.LEAD, apart, Branch(("tong-hop",))),
            step("phoi-hop", "Kiểm tra chuyên ngành", other, StepRole.COOPERATE, apart - 1, Branch(("tong-hop",))),
            step("tong-hop", "Tổng hợp, trình ký", _DECIDES, StepRole.LEAD, gather, Branch(("ky",))),
            sign(), back,
        )  # fmt: skip
    if one.way == CHECKED:
        assert other is not None
        half = (agency / 2).quantize(Decimal("0.5"))
        verify = Branch(("xac-minh",), (Condition("ket_luan", "=", VERIFY),))
        return _process(
            receive("tham-dinh"),
            step("tham-dinh", "Thụ lý, kiểm tra", _DECIDES, StepRole.LEAD, agency - half, verify, Branch(("ky",)),
                 asks="Kết luận kiểm tra"),
            step("xac-minh", "Xác minh", other, StepRole.COOPERATE, half, Branch(("ky",))),
            sign(Join.ANY), back,
        )  # fmt: skip
    handle = step("tham-dinh", "Thụ lý, thẩm định", _DECIDES, StepRole.LEAD, agency, Branch(("ky",)))
    return _process(receive("tham-dinh"), handle, sign(), back)


def _process(*steps: Step) -> Process:
    return Process(tuple(steps))


def is_of_city(code: str) -> bool:
    """Whether a procedure of the demo is one of these."""
    return code.startswith(PREFIX)


def share(codes: Iterable[str]) -> dict[str, float]:
    """What part of the city's dossiers each procedure has: half is of justice, a quarter each of the other two."""
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(code[4:6], []).append(code)
    weight = {"01": 0.25, "02": 0.25, "03": 0.5}
    return {code: weight[group] / len(found) for group, found in groups.items() for code in found}
