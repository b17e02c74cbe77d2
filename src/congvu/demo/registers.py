"""What the demo's units are for and how they are equipped: functions with a few overlaps and gaps, powers passed on, one-stop
units, ISO 9001, autonomy of public-service units. Texts follow decrees loosely; numbers and decisions are made up."""

import random
from datetime import date, datetime
from typing import Any

from congvu.demo.registers_texts import ASSIGNED_XA, DELEGATED, FUNCTIONS, NOT_HELD, SERVICES
from congvu.demo.units import AGENCIES_MERGED, FOUNDED, TWO_TIERS
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.grant_autonomy import Grant, grant_autonomy
from congvu.organisation.actions.hand_on_functions import hand_on_functions
from congvu.organisation.actions.judge_functions import Likeness, judge_functions
from congvu.organisation.actions.record_assigned import NewAssigned, record_assigned
from congvu.organisation.actions.record_delegations import NewDelegation, record_delegations
from congvu.organisation.actions.record_facilities import Equipment, record_facilities
from congvu.organisation.actions.record_functions import NewFunction, record_functions
from congvu.organisation.actions.record_quality import NewAudit, NewQuality, record_audits, record_quality
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import UnitEvent, UnitFunctionVersion
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.functions import NO, YES
from congvu.organisation.rules.kinds import CHUYEN_GIAO_CHUC_NANG, TINH, XA
from congvu.organisation.rules.picture import Picture, Span

_AT = datetime(2026, 9, 15, 9, tzinfo=LEGAL_ZONE)
_SAID: dict[str, Any] = {"by": SYSTEM, "at": _AT}
_ENDED = "H99.09"  # labour, merged into home affairs: what it did is only partly taken over
_STAYED = 2
_WITHOUT_ISO = ("H99.22",)


def load() -> None:
    """Every register, in the order of time. About 120 statements."""
    _services()
    known = picture()
    _functions(known)
    _catalogue()
    _judge()
    _delegations(known)
    _facilities(known)
    _quality(known)
    _autonomy(known)


def _paper(number: str, signed: date) -> Decision:
    return Decision(number, signed, "Ủy ban nhân dân tỉnh Bình Giang")


def _services() -> None:
    """Public-service units, founded long ago and put on record late."""
    known = picture()
    units = [
        NewUnit(code, name, "DON_VI_SU_NGHIEP", TINH, known.by_code(code.rsplit(".", 1)[0]), short)
        for code, name, short, *_ in SERVICES
    ]
    establish(units, effective=date(2016, 1, 1), decision=_paper("2240/QĐ-UBND", date(2015, 12, 14)), **_SAID)


def _unit(known: Picture, code: str) -> int:
    unit = known.by_code(code)
    assert unit is not None  # named by the demo itself
    return unit


def _functions(known: Picture) -> None:
    """Given when each agency was founded; those of the merged handed on, but for two of labour's."""
    for start, signed, number in (
        (FOUNDED, date(2014, 12, 26), "40/QĐ-UBND"),
        (AGENCIES_MERGED, date(2025, 2, 24), "410/QĐ-UBND"),
    ):
        wanted = [
            NewFunction(_unit(known, code), field, text, basis)
            for code, field, text, basis in FUNCTIONS
            if (known.of(_unit(known, code))[0].valid_from == AGENCIES_MERGED) == (start == AGENCIES_MERGED)
        ]
        record_functions(wanted, Period(start), decision=_paper(number, signed), **_SAID)
    communes = [
        NewFunction(span.unit_id, field, text, basis)
        for span in _communes(known)
        for field, text, basis in ASSIGNED_XA[:6]
    ]
    paper = _paper("1421/QĐ-UBND", date(2025, 6, 28))
    record_functions(communes, Period(TWO_TIERS), decision=paper, **_SAID)
    _pass_on(known)


def _pass_on(known: Picture) -> None:
    day, paper = AGENCIES_MERGED, _paper("15/NQ-HĐND", date(2025, 2, 20))
    home, faith = _unit(known, "H99.08"), _unit(known, "H99.22")
    rows = UnitFunctionVersion.objects.filter(superseded_at=None).order_by("pk")
    event = UnitEvent.objects.filter(kind=CHUYEN_GIAO_CHUC_NANG, superseded_at=None).first()
    religion = [row.function_id for row in rows.filter(unit=home, field="Tín ngưỡng, tôn giáo")]
    hand_on_functions(religion, faith, effective=day, decision=paper, event=event, giver=home, **_SAID)
    for old, heir in (("H99.05", "H99.16"), ("H99.06", "H99.11"), ("H99.13", "H99.07"), ("H99.20", "H99.22")):
        mine = [row.function_id for row in rows.filter(unit=_unit(known, old))]
        hand_on_functions(mine, _unit(known, heir), effective=day, decision=paper, **_SAID)
    labour = [row.function_id for row in rows.filter(unit=_unit(known, _ENDED))]
    hand_on_functions(labour[:-_STAYED], home, effective=day, decision=paper, **_SAID)
    for old in ("H99.10", "H99.12"):
        mine = [row.function_id for row in rows.filter(unit=_unit(known, old))]
        hand_on_functions(mine, _unit(known, "H99.21"), effective=day, decision=paper, **_SAID)


def _communes(known: Picture) -> list[Span]:
    found = [
        span
        for span in known.spans()
        if span.tier == XA and span.kind in ("XA", "PHUONG") and span.covers(TWO_TIERS)
    ]
    return sorted(found, key=lambda span: span.sort_key)


def _catalogue() -> None:
    """What the law assigns: most is held, by the same words; some nobody holds."""
    told = {(field, text, basis) for _, field, text, basis in FUNCTIONS}
    wanted = [NewAssigned(TINH, field, text, basis) for field, text, basis in (*sorted(told), *NOT_HELD)]
    wanted += [NewAssigned(XA, field, text, basis) for field, text, basis in ASSIGNED_XA]
    record_assigned(wanted, Period(FOUNDED), decision=_paper("05/DM-SNV", date(2026, 9, 10)), **_SAID)


def _judge() -> None:
    rows = {row.text: row.function_id for row in UnitFunctionVersion.objects.filter(superseded_at=None)}
    said = (
        ("Quản lý nhà nước về an toàn thực phẩm đối với nông sản, lâm sản, thủy sản",
         "Quản lý nhà nước về an toàn thực phẩm đối với rượu, bia, bánh, kẹo", NO,
         "Khác nhóm sản phẩm: phân công theo ngành hàng."),
        ("Quản lý nhà nước về an toàn, vệ sinh lao động", "Thanh tra, kiểm tra an toàn, vệ sinh lao động", YES,
         "Cùng việc kiểm tra tại doanh nghiệp; đề nghị giao một đầu mối."),
    )  # fmt: skip
    for one, other, verdict, reason in said:
        judge_functions(Likeness(rows[one], rows[other]), verdict, reason, **_SAID)


def _delegations(known: Picture) -> None:
    for place, (form, field, what, giver, receiver, since, until, basis) in enumerate(DELEGATED):
        to = _unit(known, receiver) if receiver else None
        one = NewDelegation(form, field, what, _unit(known, giver), to, basis)
        paper = _paper(f"{300 + 7 * place}/QĐ-UBND", since)
        record_delegations([one], Period(since, until), decision=paper, **_SAID)


def _facilities(known: Picture) -> None:
    """Districts in their time, the province's centre, and the centres of the communes: a few not yet on record."""
    chance = random.Random("one-stop")
    districts = [span for span in known.spans() if span.kind == "HUYEN" and span.tier == "HUYEN"]
    for year, level in ((2016, "LIEN_THONG"), (2019, "HIEN_DAI")):
        found = [_equipped(span, level, chance, 90) for span in districts]
        record_facilities(
            found,
            Period(date(year, 3, 1)),
            decision=_paper(f"210/BC-UBND-{year}", date(year, 2, 20)),
            **_SAID,
        )
    centre = _equipped(known.of(_unit(known, "H99.01"))[0], "HIEN_DAI", chance, 640, 24)
    record_facilities(
        [centre], Period(date(2018, 9, 1)), decision=_paper("1502/QĐ-UBND", date(2018, 8, 20)), **_SAID
    )
    centres = [
        span
        for span in known.spans()
        if span.tier == XA and span.kind == "TRUNG_TAM_PVHCC" and span.covers(TWO_TIERS)
    ]
    levels = ("LIEN_THONG", "HIEN_DAI", "LIEN_THONG", "MOT_CUA", "LIEN_THONG")
    found = [
        _equipped(span, levels[place % 5], chance, 70)
        for place, span in enumerate(sorted(centres, key=lambda span: span.sort_key))
        if place % 17 != 16
    ]
    record_facilities(
        found, Period(date(2025, 8, 1)), decision=_paper("355/BC-UBND", date(2025, 9, 5)), **_SAID
    )


def _equipped(span: Span, level: str, chance: random.Random, area: int, counters: int = 5) -> Equipment:
    modern = level == "HIEN_DAI"
    return Equipment(
        span.unit_id,
        level,
        area=area + chance.randrange(60),
        counters=counters,
        computers=counters + chance.randrange(1, 5),
        scanners=chance.randrange(1, 4),
        look_up_screens=2 if modern else chance.randrange(2),
        cameras=4 if modern else chance.randrange(3),
        queue_machine=modern,
        rating_device=modern or chance.random() < 0.3,
        guides=level != "MOT_CUA",
    )


def _quality(known: Picture) -> None:
    """All agencies but one, by two versions of the standard; most communes. Some audits are overdue."""
    agencies = [
        span
        for span in known.spans()
        if span.tier == TINH and span.kind in ("SO", "BAN", "VAN_PHONG") and span.covers(_AT.date())
        and span.code not in _WITHOUT_ISO
    ]  # fmt: skip
    first = {span.unit_id: span for span in agencies if known.at(span.unit_id, date(2016, 1, 4))}
    scope = "Hoạt động giải quyết thủ tục hành chính thuộc thẩm quyền"
    old = [NewQuality(unit, "TCVN ISO 9001:2008", scope, 40 + unit % 50) for unit in first]
    record_quality(
        old, Period(date(2016, 1, 4)), decision=_paper("2305/QĐ-UBND", date(2015, 12, 28)), **_SAID
    )
    early = [NewQuality(unit, "TCVN ISO 9001:2015", scope, 55 + unit % 60) for unit in list(first)[:-2]]
    record_quality(
        early, Period(date(2019, 7, 1)), decision=_paper("1120/QĐ-UBND", date(2019, 6, 20)), **_SAID
    )
    new = [
        NewQuality(span.unit_id, "TCVN ISO 9001:2015", scope, 60)
        for span in agencies
        if span.unit_id not in first
    ]
    record_quality(new, Period(date(2025, 9, 1)), decision=_paper("1880/QĐ-UBND", date(2025, 8, 22)), **_SAID)
    communes = [
        NewQuality(span.unit_id, "TCVN ISO 9001:2015", "Thủ tục hành chính cấp xã", 120)
        for place, span in enumerate(_communes(known))
        if place % 4 != 3
    ]
    record_quality(
        communes, Period(date(2026, 1, 5)), decision=_paper("3020/QĐ-UBND", date(2025, 12, 26)), **_SAID
    )
    held = [
        NewAudit(unit, date(2026, 3, 9 + place % 5), "NOI_BO", "Ban chỉ đạo ISO của tỉnh", place % 3,
                 ("", "Một quy trình chưa cập nhật theo quyết định công bố mới.",
                  "Hai quy trình chưa cập nhật; đã khắc phục.")[place % 3])
        for place, unit in enumerate(first)
        if place % 6 != 5
    ]  # fmt: skip
    record_audits(held, **_SAID)


def _autonomy(known: Picture) -> None:
    """Five years by decision; one unit still waits for its own."""
    granted = [
        Grant(_unit(known, code), revenue, spending, covers_investment=invests, group=group)
        for code, _, _, revenue, spending, invests, group in SERVICES
        if spending
    ]
    period = Period(date(2023, 1, 1), date(2028, 1, 1))
    grant_autonomy(granted, period, decision=_paper("2511/QĐ-UBND", date(2022, 12, 20)), **_SAID)
