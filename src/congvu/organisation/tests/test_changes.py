"""Changes worked out on a draft: what a decision does to the tree, and what is refused. No database."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from congvu.foundation.refusal import Refused
from congvu.organisation.rules.changes import (
    NewUnit,
    Part,
    checked,
    dissolve,
    establish,
    merge,
    move,
    rename,
    split,
)
from congvu.organisation.rules.codes import sort_key, unit_code
from congvu.organisation.rules.draft import Draft
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.rules.picture import Flow, Picture, Span
from congvu.organisation.rules.soundness import problems
from congvu.organisation.rules.succession import Successor, inherited, successors

FOUNDED, JULY_2025, TODAY = date(2015, 1, 1), date(2025, 7, 1), date(2026, 11, 20)
ROOT, NOI_VU, LAO_DONG, PHONG, DAN_TOC = 1, 2, 3, 4, 5


def span(
    unit_id: int, code: str, name: str, parent: int | None, since: date = FOUNDED, until: date | None = None
) -> Span:
    kind = "UBND" if parent is None else "SO"
    return Span(unit_id, code, name, "", parent, TINH, kind, sort_key(code), since, until)


@pytest.fixture
def draft() -> Draft:
    return Draft(
        Picture(
            [
                span(ROOT, "H99", "UBND tỉnh", None),
                span(NOI_VU, "H99.08", "Sở Nội vụ", ROOT),
                span(LAO_DONG, "H99.10", "Sở Lao động - Thương binh và Xã hội", ROOT),
                span(PHONG, "H99.10.01", "Phòng Việc làm", LAO_DONG),
            ]
        )
    )


def names(draft: Draft, unit_id: int) -> list[tuple[str, date, date | None]]:
    return [(one.name, one.valid_from, one.valid_to) for one in draft.of(unit_id)]


def test_a_merge_closes_the_source_on_the_day_and_brings_its_rooms_under_the_target(draft: Draft) -> None:
    merge(draft, [LAO_DONG], NOI_VU, JULY_2025)
    assert names(draft, LAO_DONG) == [("Sở Lao động - Thương binh và Xã hội", FOUNDED, JULY_2025)]
    assert draft.picture().at(PHONG, date(2025, 6, 30)).parent_id == LAO_DONG
    assert draft.picture().at(PHONG, JULY_2025).parent_id == NOI_VU
    assert problems(draft.picture()) == []


def test_a_back_dated_rename_does_not_undo_a_later_one_but_passes_through_a_later_move(draft: Draft) -> None:
    rename(draft, PHONG, date(2024, 1, 1), "Phòng Lao động")
    move(draft, PHONG, date(2023, 1, 1), NOI_VU)
    rename(draft, PHONG, date(2022, 1, 1), "Phòng Việc làm và Bảo hiểm")
    assert [(one.name, one.parent_id, one.valid_from.year) for one in draft.of(PHONG)] == [
        ("Phòng Việc làm", LAO_DONG, 2015),
        ("Phòng Việc làm và Bảo hiểm", LAO_DONG, 2022),
        ("Phòng Việc làm và Bảo hiểm", NOI_VU, 2023),
        ("Phòng Lao động", NOI_VU, 2024),
    ]


def test_a_split_asks_where_each_room_goes(draft: Draft) -> None:
    establish(
        draft, DAN_TOC, checked(NewUnit("H99.20", "Sở Dân tộc và Tôn giáo", "SO", TINH, ROOT)), JULY_2025
    )
    parts = [Part(NOI_VU, Fraction(2, 3)), Part(DAN_TOC, Fraction(1, 3))]
    with pytest.raises(Refused, match=r"Chưa nói «Phòng Việc làm» \(H99\.10\.01\)"):
        split(draft, LAO_DONG, parts, JULY_2025, ceases=True, under={})
    split(draft, LAO_DONG, parts, JULY_2025, ceases=True, under={PHONG: DAN_TOC})
    assert draft.picture().at(PHONG, JULY_2025).parent_id == DAN_TOC
    assert draft.picture().at(LAO_DONG, JULY_2025) is None


@pytest.mark.parametrize(
    ("shares", "ceases", "fine"),
    [
        ([Fraction(2, 3), Fraction(1, 3)], True, True),
        ([Fraction(2, 3), Fraction(1, 4)], True, False),
        ([Fraction(2, 3), Fraction(2, 3)], True, False),
        ([None, None], True, True),
        ([Fraction(1, 2), None], True, True),
        ([Fraction(1), None], True, False),
        ([Fraction(1, 2), Fraction(1, 4)], False, True),
        ([Fraction(1, 2), Fraction(1, 2)], False, False),
        ([Fraction(3, 2), None], False, False),
        ([Fraction(0), None], False, False),
    ],
)
def test_shares_are_conserved(draft: Draft, shares: list[Fraction | None], ceases: bool, fine: bool) -> None:
    establish(
        draft, DAN_TOC, checked(NewUnit("H99.20", "Sở Dân tộc và Tôn giáo", "SO", TINH, ROOT)), JULY_2025
    )
    parts = [Part(unit, share) for unit, share in zip([NOI_VU, DAN_TOC], shares, strict=True)]
    under = {PHONG: NOI_VU}
    if fine:
        split(draft, LAO_DONG, parts, JULY_2025, ceases=ceases, under=under)
    else:
        with pytest.raises(Refused):
            split(draft, LAO_DONG, parts, JULY_2025, ceases=ceases, under=under)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda draft: move(draft, ROOT, JULY_2025, PHONG), "sẽ nằm dưới chính nó"),
        (lambda draft: merge(draft, [LAO_DONG], PHONG, JULY_2025), "đang thuộc"),
        (lambda draft: rename(draft, PHONG, date(2014, 12, 31), "X"), "không tồn tại vào ngày 31/12/2014"),
        (lambda draft: rename(draft, PHONG, JULY_2025, "Phòng  Việc làm"), "đã có tên"),
        (lambda draft: rename(draft, PHONG, JULY_2025, " "), "từ 1 đến 300"),
        (lambda draft: rename(draft, PHONG, JULY_2025, "a\x00b"), "từ 1 đến 300"),
        (lambda draft: rename(draft, 404, JULY_2025, "X"), "không tồn tại"),
        (
            lambda draft: establish(draft, 9, checked(NewUnit("H99.08", "X", "SO", TINH, ROOT)), JULY_2025),
            "dùng lại",
        ),
        (lambda draft: merge(draft, [NOI_VU], NOI_VU, JULY_2025), "khác đơn vị đích"),
        (lambda draft: merge(draft, [], NOI_VU, JULY_2025), "ít nhất một"),
        (lambda draft: move(draft, PHONG, JULY_2025, LAO_DONG), "đã ở vị trí đó"),
        (lambda draft: dissolve(draft, NOI_VU, FOUNDED, {}), "được thành lập đúng ngày"),
    ],
)
def test_what_the_tree_does_not_allow_is_refused_in_words(
    draft: Draft, change: Callable[[Draft], None], words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        change(draft)
    assert refusal.value.do, "a refusal says what to do"


def test_a_unit_changed_later_cannot_be_ended_before_that(draft: Draft) -> None:
    rename(draft, LAO_DONG, date(2026, 1, 1), "Sở Lao động")
    with pytest.raises(Refused, match="đã có thay đổi ghi từ ngày 01/01/2026"):
        dissolve(draft, LAO_DONG, JULY_2025, {PHONG: NOI_VU})


def test_a_unit_to_be_founded_later_under_one_that_ceases_finds_its_place(draft: Draft) -> None:
    establish(
        draft, DAN_TOC, checked(NewUnit("H99.10.02", "Phòng Người có công", "PHONG", TINH, LAO_DONG)), TODAY
    )
    with pytest.raises(Refused, match="Phòng Người có công"):
        dissolve(draft, LAO_DONG, JULY_2025, {PHONG: NOI_VU})
    dissolve(draft, LAO_DONG, JULY_2025, {PHONG: NOI_VU, DAN_TOC: NOI_VU})
    assert draft.picture().at(DAN_TOC, TODAY).parent_id == NOI_VU
    assert problems(draft.picture()) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H99.08", "H99.08"),
        (" h99.8.abc ", "H99.8.ABC"),
        ("000.00.12.H37", "H37.12"),
        ("001.02.12.H37", "H37.12.02.001"),
        ("000.00.00.G09", "G09"),
        ("Z01ABC9", "Z01ABC9"),
        ("H9", None),
        ("H99.", None),
        ("H99.1234567", None),
        ("Z01.AB", None),
        ("H99.08; DROP TABLE", None),
        ("", None),
        ("H99" + ".12345" * 6, None),
    ],
)
def test_codes_of_units_are_those_of_decision_20_2020(typed: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(Refused, match="mã định danh"):
            unit_code(typed)
    else:
        assert unit_code(typed) == code


def test_successors_multiply_shares_and_guess_nothing() -> None:
    old, left, right, heir = 1, 2, 3, 4
    y2020, y2022 = date(2020, 1, 1), date(2022, 1, 1)
    picture = Picture(
        [
            span(old, "H99.1", "Huyện cũ", None, FOUNDED, y2020),
            span(left, "H99.2", "Huyện trái", None, y2020, y2022),
            span(right, "H99.3", "Huyện phải", None, y2020),
            span(heir, "H99.4", "Xã mới", None, y2022),
        ],
        [
            Flow(1, old, left, y2020, Fraction(1, 3), whole=True),
            Flow(1, old, right, y2020, Fraction(2, 3), whole=True),
            Flow(2, left, heir, y2022, Fraction(1, 2), whole=True),
            Flow(2, left, right, y2022, Fraction(1, 2), whole=True),
        ],
    )
    assert set(successors(picture, old, TODAY)) == {
        Successor(right, Fraction(5, 6)),
        Successor(heir, Fraction(1, 6)),
    }
    assert successors(picture, old, date(2019, 1, 1)) == (Successor(old, Fraction(1)),)
    assert inherited(picture, frozenset({right}), TODAY) == frozenset()
    unknown = Picture(picture.spans(), [Flow(1, old, left, y2020, None, whole=False)])
    assert successors(unknown, old, date(2021, 1, 1)) == (Successor(left, None),)


def test_a_unit_that_went_whole_is_inherited_through_generations() -> None:
    whole = Fraction(1)
    picture = Picture(
        [span(unit, f"H99.{unit}", f"Đơn vị {unit}", None) for unit in (1, 2, 3, 4)],
        [Flow(1, 1, 2, FOUNDED, whole, whole=True), Flow(2, 2, 3, JULY_2025, whole, whole=True)],
    )
    assert inherited(picture, frozenset({3}), TODAY) == frozenset({1, 2})
    assert inherited(picture, frozenset({3}), date(2025, 6, 30)) == frozenset()
    assert inherited(picture, frozenset({4}), TODAY) == frozenset()
