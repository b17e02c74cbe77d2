"""The text of a report as people type it."""

from hypothesis import given
from hypothesis import strategies as st

from congvu.reports.rules.text import Asked, FigureRef, Kind, Part, Span, lettered, read, roman


def test_parts_sections_and_points_are_numbered_as_the_decree_lays_out() -> None:
    found = read("# Chỉ đạo\n## Kế hoạch\n### Một\n### Hai\n## Kiểm tra\n### Một\n# Kết quả\n## Thể chế")
    assert [one.label for one in found.blocks] == ["I", "1", "a", "b", "2", "a", "II", "1"]
    assert [roman(n) for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert [lettered(n) for n in (1, 4, 5, 6)] == ["a", "d", "đ", "e"]


def test_a_figure_stands_within_a_line_with_its_options() -> None:
    (block,) = read("Đạt {{so-lieu:ho-so.dung-han phan=tu ky=nam-truoc don-vi=h99.08 le=2}}, tăng.").blocks
    assert block.pieces == (
        "Đạt ",
        FigureRef(Asked("ho-so.dung-han", Span.LAST_YEAR, "H99.08"), Part.NUMERATOR, 2),
        ", tăng.",
    )


def test_a_table_has_rows_of_one_width_and_its_rule_is_no_row() -> None:
    (table,) = read(
        "| Chỉ tiêu | Kết quả |\n|---|---|\n| Đúng hạn | {{so-lieu:ho-so.dung-han}} | thừa |"
    ).blocks
    assert table.kind is Kind.TABLE
    assert [len(row) for row in table.rows] == [3, 3]
    assert isinstance(table.rows[1][1][0], FigureRef)


def test_what_is_not_understood_stays_and_is_told_with_its_line() -> None:
    found = read("Mở đầu\n{{so-lieu:ho-so.dung-han nam=2}}\n{{bieu-do:khong-co}}\n{{gì đó}}")
    assert [one.line for one in found.problems] == [2, 3, 4]
    assert found.blocks[1].pieces == ("{{so-lieu:ho-so.dung-han nam=2}}",)


@given(st.text(max_size=400))
def test_no_text_fails_to_be_read_and_none_is_lost(typed: str) -> None:
    found = read(typed)
    told = "".join(
        one if isinstance(one, str) else one.token for block in found.blocks for one in block.all_pieces
    )
    for word in typed.replace("|", " ").replace("#", " ").replace("-", " ").split():
        if "{{" not in typed and word.isalnum():
            assert word in told


@given(
    st.sampled_from(["ho-so.dung-han", "bien-che.cong-chuc"]),
    st.sampled_from([None, *Part]),
    st.sampled_from(list(Span)),
    st.sampled_from(["", "H99.08"]),
    st.sampled_from([None, 0, 2]),
)
def test_a_place_read_back_from_how_it_is_typed_is_the_same(code, part, span, unit, decimals) -> None:
    ref = FigureRef(Asked(code, span, unit), part, decimals)
    assert read(f"Có {ref.token} đây").refs == (ref,)
