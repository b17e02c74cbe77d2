"""Who may sign what, in which form, and how the block reads (NĐ 30/2020, art. 13; Phụ lục I, II.7)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.rules.signing import (
    Mandate,
    SignForm,
    chosen,
    lines,
    refuse_unless_sound,
    why_not,
)
from congvu.foundation.refusal import Refused

DAY = date(2026, 11, 20)
UBND = "Ủy ban nhân dân"


@pytest.mark.parametrize(
    ("mandate", "block"),
    [
        (Mandate(SignForm.HEAD, "Giám đốc"), ("GIÁM ĐỐC",)),
        (Mandate(SignForm.TM, "Chủ tịch", body=UBND), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (
            Mandate(SignForm.KT, "Phó Chủ tịch", "Chủ tịch", UBND),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (Mandate(SignForm.KT, "Phó Giám đốc", "Giám đốc"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (Mandate(SignForm.Q, "", "Giám đốc"), ("Q. GIÁM ĐỐC",)),
        (Mandate(SignForm.TL, "Chánh Văn phòng", "Chủ tịch", UBND), ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (
            Mandate(SignForm.TL, "Phó Chánh Văn phòng", "Chủ tịch", via="Chánh Văn phòng"),
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
        (
            Mandate(SignForm.TUQ, "Giám đốc Sở Nội vụ", "Chủ tịch", UBND),
            ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"),
        ),
    ],
)
def test_the_block_reads_as_the_annex_says(mandate: Mandate, block: tuple[str, ...]) -> None:
    assert lines(mandate) == block


TUQ = Mandate(
    SignForm.TUQ, "Giám đốc Sở", "Chủ tịch", basis="12/QĐ-UBND", valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31), procedures=frozenset({"1.1"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said", "article"),
    [
        ({"valid_to": None}, "giới hạn thời gian", "13.3"),
        ({"procedures": frozenset()}, "giới hạn nội dung", "13.3"),
        ({"via": "Phó Giám đốc"}, "không được ủy quyền lại", "13.3"),
        ({"basis": ""}, "văn bản giao quyền ký", "13.3"),
        ({"form": SignForm.KT, "via": "X"}, "cấp phó ký thay", "13.1"),
        ({"form": SignForm.TL, "basis": ""}, "văn bản giao quyền ký", "13.4"),
        ({"form": SignForm.TM}, "tên tập thể", "13.2"),
        ({"head": ""}, "người đứng đầu", "II.7.b"),
    ],
)
def test_what_the_decree_does_not_allow_is_refused_by_its_article(
    changed: dict[str, Any], said: str, article: str
) -> None:
    values = {name: getattr(TUQ, name) for name in Mandate.__dataclass_fields__}
    with pytest.raises(Refused, match=said) as refused:
        refuse_unless_sound(Mandate(**{**values, **changed}))
    assert article in refused.value.article
    refuse_unless_sound(TUQ)


def test_a_mandate_holds_in_its_days_and_for_its_procedures_only() -> None:
    assert why_not(TUQ, DAY, "1.1") is None
    for on, procedure in ((date(2025, 12, 31), "1.1"), (date(2027, 1, 1), "1.1"), (DAY, "1.2")):
        refusal = why_not(TUQ, on, procedure)
        assert refusal is not None and "13.3" in refusal.article


def test_the_narrowest_that_holds_is_chosen_and_none_is_refused_with_its_reason() -> None:
    head = Mandate(SignForm.HEAD, "Giám đốc")
    assert chosen([head, TUQ], DAY, "1.1") is TUQ and chosen([head, TUQ], DAY, "1.2") is head
    with pytest.raises(Refused, match="không gồm thủ tục"):
        chosen([TUQ], DAY, "1.2")
    with pytest.raises(Refused, match="chưa được ghi thẩm quyền"):
        chosen([], DAY, "1.1")


@given(
    st.builds(
        Mandate, st.sampled_from(SignForm), *[st.text("Ab ", max_size=4)] * 5, st.dates(), st.none() | st.dates(),
        st.frozensets(st.sampled_from(["1", "2"])),
    ),
    st.dates(),
)  # fmt: skip
def test_whatever_is_sound_has_a_block_and_a_tuq_is_always_limited(mandate: Mandate, on: date) -> None:
    try:
        refuse_unless_sound(mandate)
    except Refused:
        return
    block = lines(mandate)
    assert block and all(line == line.upper() for line in block)
    if mandate.form == SignForm.TUQ:
        assert mandate.valid_to is not None and mandate.procedures and not mandate.via
        assert why_not(mandate, on, "9") is not None, "never for what it does not name"
