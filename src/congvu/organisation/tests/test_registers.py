"""Powers passed on, facilities, quality systems: what holds on a day, what must be looked at."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months
from congvu.organisation.actions.end_entries import withdraw_entries
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.record_delegations import NewDelegation, record_delegations
from congvu.organisation.actions.record_facilities import Equipment, record_facilities
from congvu.organisation.actions.record_quality import NewAudit, NewQuality, record_audits, record_quality
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import OneStopFacility, QualitySystem, Unit
from congvu.organisation.queries.registers import audits, delegation_counts, delegation_page, in_force
from congvu.organisation.rules.delegation import PHAN_CAP, UY_QUYEN, flag_of
from congvu.organisation.rules.quality import next_due
from congvu.organisation.tests.make import a_unit

AT = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
PAPER = Decision("7/QĐ-UBND", date(2025, 6, 20), "UBND tỉnh")
SAID: dict[str, Any] = {"decision": PAPER, "by": SYSTEM, "at": AT}
DAY = date(2026, 11, 20)


@pytest.fixture
def offices(db: None) -> tuple[Unit, Unit, Unit]:
    province = a_unit("H99", "UBND tỉnh", kind="UBND")
    gone = a_unit("H99.09", "Sở Cũ", province, until=date(2026, 3, 1))
    return province, a_unit("H99.08", "Sở Nội vụ", province, since=date(2010, 1, 1)), gone


def test_a_mandate_without_an_end_and_a_power_of_a_unit_gone_are_to_be_looked_at(offices: Any) -> None:
    province, home, gone = offices
    giver = province.pk
    record_delegations(
        [NewDelegation(UY_QUYEN, "Hội", "Cho phép lập hội", giver, home.pk)], Period(date(2025, 7, 1)), **SAID
    )
    ends = Period(date(2025, 7, 1), date(2027, 7, 1))
    record_delegations([NewDelegation(UY_QUYEN, "Quỹ", "Cấp phép quỹ", giver, home.pk)], ends, **SAID)
    powers = [
        NewDelegation(PHAN_CAP, "Đất đai", "Giao đất", giver, None),
        NewDelegation(PHAN_CAP, "Lao động", "Cấp giấy phép", giver, gone.pk),
    ]
    record_delegations(powers, Period(date(2025, 7, 1)), **SAID)
    standing = [province.pk, home.pk]
    assert delegation_counts(DAY, standing) == ({PHAN_CAP: 2, UY_QUYEN: 2}, 2)
    looked_at = delegation_page(DAY, standing=standing, limit=50)
    assert {row.what for row in looked_at} == {"Cho phép lập hội", "Cấp giấy phép"}
    assert len(delegation_page(date(2027, 7, 1), form=UY_QUYEN, limit=50)) == 1
    assert delegation_page(date(2025, 6, 30), limit=50) == []
    first = delegation_page(DAY, limit=1)
    assert [row.field for row in first] == ["Đất đai", "Hội"], "one more than asked says that more follow"
    rest = delegation_page(DAY, limit=50, after=[first[0].field_folded, first[0].pk])
    assert [row.field for row in rest] == ["Hội", "Lao động", "Quỹ"]
    with pytest.raises(Refused, match="phải khác nhau"):
        record_delegations([NewDelegation(UY_QUYEN, "Hội", "X", giver, giver)], ends, **SAID)


def test_the_gravest_flag_is_told() -> None:
    ask = {"mandate_needs_end": True, "parties_stand": True}
    flag = flag_of(UY_QUYEN, None, DAY, **ask)
    assert flag is not None and flag.words == "Thiếu thời hạn"
    assert flag_of(UY_QUYEN, None, DAY, mandate_needs_end=False, parties_stand=True) is None
    assert flag_of(PHAN_CAP, None, DAY, **ask) is None
    gone = flag_of(UY_QUYEN, None, DAY, mandate_needs_end=True, parties_stand=False)
    assert gone is not None and gone.words == "Đơn vị không còn"
    soon = flag_of(UY_QUYEN, date(2026, 12, 1), DAY, **ask)
    assert soon is not None and soon.words == "Còn 11 ngày"
    assert flag_of(UY_QUYEN, date(2028, 1, 1), DAY, **ask) is None


def test_a_newer_state_of_a_one_stop_ends_the_older_one(offices: Any) -> None:
    _, home, _ = offices
    record_facilities([Equipment(home.pk, "MOT_CUA", area=60, computers=4)], Period(date(2020, 1, 1)), **SAID)
    record_facilities(
        [Equipment(home.pk, "HIEN_DAI", area=180, computers=12)], Period(date(2024, 5, 1)), **SAID
    )
    levels = [in_force(OneStopFacility, day).get().level for day in (date(2024, 4, 30), date(2024, 5, 1))]
    assert levels == ["MOT_CUA", "HIEN_DAI"]
    assert in_force(OneStopFacility, date(2024, 4, 30)).get().ending == "thay bằng 7/QĐ-UBND"
    with pytest.raises(Refused, match="đã có mục từ ngày 01/05/2024"):
        record_facilities([Equipment(home.pk, "LIEN_THONG")], Period(date(2023, 1, 1)), **SAID)
    with pytest.raises(Refused, match="Camera"):
        record_facilities([Equipment(home.pk, "MOT_CUA", cameras=-1)], Period(date(2025, 1, 1)), **SAID)
    newest = in_force(OneStopFacility, DAY).get()
    assert withdraw_entries("mot-cua", [newest.pk], why="chưa nghiệm thu", by=SYSTEM, at=AT) == 1
    assert not in_force(OneStopFacility, DAY).exists()


def test_a_system_is_audited_once_announced_and_the_newer_standard_takes_over(offices: Any) -> None:
    _, home, _ = offices
    old, new = (
        NewQuality(home.pk, f"TCVN ISO 9001:{year}", "thủ tục hành chính", 90) for year in (2008, 2015)
    )
    record_quality([old], Period(date(2014, 6, 1)), **SAID)
    record_quality([new], Period(date(2018, 6, 1)), **SAID)
    assert in_force(QualitySystem, date(2018, 5, 31)).get().standard == "TCVN ISO 9001:2008"
    assert in_force(QualitySystem, DAY).get().standard == "TCVN ISO 9001:2015"
    audit = NewAudit(home.pk, date(2025, 10, 1), "NOI_BO", "Ban ISO", 2, "chậm cập nhật quy trình")
    (row,) = record_audits([audit], by=SYSTEM, at=AT)
    assert audits([home.pk], DAY) == [row]
    assert audits([home.pk], date(2025, 9, 30)) == []
    for wrong, words in (
        (audit, "đã ghi"),
        (NewAudit(home.pk, date(2014, 1, 1), "NOI_BO", "Ban ISO", 0), "chưa có hệ thống"),
        (NewAudit(home.pk, date(2027, 1, 1), "NOI_BO", "Ban ISO", 0), "chưa tới"),
    ):
        with pytest.raises(Refused, match=words):
            record_audits([wrong], by=SYSTEM, at=AT)


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), max_size=5),
)
def test_the_next_audit_is_due_months_after_the_last_one(announced: date, held: list[date]) -> None:
    day = next_due(announced, held, 12)
    assert day >= add_months(announced, 12)
    assert all(day >= add_months(one, 12) for one in held)
    assert day in {add_months(one, 12) for one in (announced, *held)}


def test_who_may_not_keep_the_registers_is_refused(offices: Any, actors: Any) -> None:
    _, home, _ = offices
    for who in (actors.leader, actors.auditor, actors.clerk, actors.specialist):
        with pytest.raises(Refused, match="tổ chức, nhân sự hoặc quản trị"):
            record_quality(
                [NewQuality(home.pk, "ISO", "x")], Period(DAY), decision=PAPER, by=who.actor, at=AT
            )
    for who in (actors.personnel, actors.admin):
        record_quality([NewQuality(home.pk, "ISO", "x")], Period(DAY), decision=PAPER, by=who.actor, at=AT)
        row = in_force(QualitySystem, DAY).get()
        withdraw_entries("iso", [row.pk], why="thử", by=SYSTEM, at=AT)
