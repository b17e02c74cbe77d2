"""The flattened tables of the source, read as a person would; each row is a sentence that must stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.procedures.rules.changes import is_complete
from congvu.procedures.rules.channels import read_channels
from congvu.procedures.rules.doubts import DoubtKind
from congvu.procedures.rules.fees import amounts_in, read_fee, split_explanation
from congvu.procedures.rules.papers import read_papers
from congvu.procedures.rules.results import read_bases, read_results
from congvu.procedures.rules.row import decision_number, read_subjects, read_tiers
from congvu.procedures.rules.terms import read_term, terms_in, the_term_for
from congvu.procedures.rules.words import TermUnit
from congvu.procedures.tests.make import channels_text

K = DoubtKind
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"


@pytest.mark.parametrize(
    ("cell", "n", "unit", "doubt"),
    [
        ("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", None),
        ("05 Ngày làm việc", 5, "NGAY_LAM_VIEC", None),
        ("30 Ngày", 30, "NGAY", None),
        ("2 Tháng", 2, "THANG", None),
        ("1 Năm", 1, "NAM", None),
        ("3 Tuần", 3, "TUAN", None),
        ("4 Giờ làm việc", 4, "GIO_LAM_VIEC", None),
        ("10000 Ngày", 10000, "NGAY", None),
        ("24 Giờ", None, None, K.TERM_HOURS_KIND),
        ("15", None, None, K.TERM_WITHOUT_UNIT),
        ("1.5 Ngày làm việc", None, None, K.TERM_FRACTION),
        ("0 Ngày làm việc", None, None, K.TERM_UNPARSED),
        ("10001 Ngày", None, None, K.TERM_UNPARSED),
        ("99999999999999999999 Ngày", None, None, K.TERM_UNPARSED),
        ("30 Phút", None, None, K.TERM_UNPARSED),
        ("ngay trong ngày", None, None, K.TERM_UNPARSED),
        ("Không có thông tin", None, None, K.TERM_MISSING),
        ("", None, None, K.TERM_MISSING),
    ],
)
def test_a_term_is_given_only_when_number_and_unit_are_certain(cell, n, unit, doubt) -> None:
    read = read_term(cell)
    assert (read.term.n if read.term else None, read.term.unit.value if read.term else None) == (n, unit)
    assert read.doubt == doubt


def test_composed_and_decomposed_letters_read_the_same() -> None:
    import unicodedata

    for cell in ("5 Ngày làm việc", "30 Ngày", "2 Tháng"):
        assert read_term(unicodedata.normalize("NFD", cell)) == read_term(unicodedata.normalize("NFC", cell))


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_a_reader(text: str) -> None:
    read_term(text)
    read_fee(text, text, text)
    read_papers(text)
    read_results(text)
    read_bases(text)
    read_tiers(text)
    read_subjects(text)
    table = read_channels(text, text)
    assert table.cases


CELLS = st.tuples(
    st.sampled_from(["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"]),
    st.sampled_from(["5 Ngày làm việc", "30 Ngày", "7", "24 Giờ", "Không có thông tin", "1.5 Ngày làm việc"]),
    st.sampled_from(["Miễn phí", "100,000 VNĐ", "Không có thông tin", "135 VNĐ", "10 USD"]),
    st.sampled_from(["", "(/hồ sơ)", "(Phí: 50.000 đồng"]),
    st.text(alphabet="abcđêô ,.;:", max_size=30),
)


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_every_word_of_a_row_is_kept_and_nothing_uncertain_becomes_a_term(rows) -> None:
    text = channels_text("".join("".join(row) for row in rows))
    table = read_channels(text)
    kept = " ".join(
        f"{line.term_text} {line.note} {' '.join(fee.text for fee in line.fees)}"
        for case in table.cases
        for line in case.channels
    )
    for _, time, _, _, _ in rows:
        assert time in kept
    terms = {line.term.words() for case in table.cases for line in case.channels if line.term}
    assert terms <= {"5 ngày làm việc", "30 ngày"}


@given(st.integers(1, 9999), st.sampled_from([unit for unit in TermUnit if unit is not TermUnit.GIO]))
def test_a_term_written_out_is_found_in_a_sentence(n: int, unit: TermUnit) -> None:
    found = terms_in(f"Trong thời hạn {n:02d} {unit.label}, kể từ ngày nhận đủ hồ sơ")
    assert {(one.n, one.unit) for one in found} == {(n, unit)}


def test_dates_and_decrees_are_not_terms() -> None:
    assert terms_in("theo Nghị định 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010") == frozenset()
    assert the_term_for(3, "trong 03 ngày làm việc hoặc 03 ngày") is None


@pytest.mark.parametrize(
    ("cell", "explanation", "amount", "doubt", "proposal"),
    [
        ("Miễn phí", "", 0, None, None),
        ("Miễn phí", "Không quy định.", 0, None, None),
        ("Miễn phí", "Theo quy định của Hội đồng nhân dân cấp tỉnh", None, K.FEE_FREE_CONTRADICTED, None),
        ("Miễn phí", "Lệ phí: 40.000 đồng/01 Giấy chứng nhận", None, K.FEE_FREE_CONTRADICTED, 40000),
        ("1,000,000 VNĐ", "", 1000000, None, None),
        ("50,000 Việt Nam Đồng", "/hồ sơ", 50000, None, None),
        ("0 VNĐ", "", 0, None, None),
        ("135 VNĐ", "", 135, K.FEE_SUSPICIOUS, 135000),
        ("23 VNĐ", "Giá in lại: 23.000 đồng", 23, K.FEE_SUSPICIOUS, 23000),
        ("1 Việt Nam Đồng", "", 1, K.FEE_SUSPICIOUS, None),
        ("4,000,000 VNĐ", "mức phí: 2.000.000 đồng", 4000000, K.FEE_CONTRADICTS_TEXT, 2000000),
        (
            "4,000,000 VNĐ",
            "Áp dụng mức phí: 2.000.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026",
            4000000,
            K.FEE_FOR_A_PERIOD,
            2000000,
        ),
        ("400,000 VNĐ", "Sát hạch lý thuyết, Phí: 1,700,000 Sát hạch thực hành", 400000, K.FEE_SEVERAL, None),
        ("10 USD", "/bản", None, K.FEE_FOREIGN_CURRENCY, None),
        ("Không có thông tin", "", None, K.FEE_MISSING, None),
        ("1,00,0 VNĐ", "", None, K.FEE_UNPARSED, None),
    ],
)
def test_a_fee_is_read_and_doubted_for_what_its_own_words_say(
    cell, explanation, amount, doubt, proposal
) -> None:
    read = read_fee(cell, explanation)
    assert (read.fee.amount, read.doubt, read.proposal) == (amount, doubt, proposal)
    assert explanation in read.fee.text


def test_what_a_fee_is_for_is_read_from_its_words() -> None:
    assert (read_fee("100,000 VNĐ", "Lệ phí cấp giấy: 100.000 đồng/01 lần cấp").fee.kind,) == ("LE_PHI",)
    assert read_fee("100,000 VNĐ", "/hồ sơ").fee.per == "hồ sơ"
    assert read_fee("100,000 VNĐ", "Phí thẩm định: 100.000 đồng/lần.").fee.kind == "PHI"
    assert amounts_in("từ 1.000 đồng đến 200.000 đồng/bản") == (1000, 200000)


def test_brackets_part_the_explanation_from_the_note() -> None:
    assert split_explanation("(a (b) c)note") == ("a (b) c", "note")
    assert split_explanation("(never closed") == ("never closed", "")
    assert split_explanation("plain") == ("", "plain")


def test_a_number_without_a_unit_is_completed_by_the_rows_own_note_only_as_a_proposal() -> None:
    table = read_channels(channels_text("Trực tiếp3Miễn phíTrong 03 ngày làm việc kể từ ngày nhận đủ"))
    assert table.cases[0].channels[0].term is None
    (doubt,) = table.found
    assert doubt.kind is K.TERM_WITHOUT_UNIT
    assert doubt.proposal == ({"set": "term", "case": "*", "channels": [1], "n": 3, "unit": "NGAY_LAM_VIEC"},)


def test_channels_that_share_a_doubt_share_one_entry() -> None:
    table = read_channels(channels_text("Trực tuyến7Miễn phíTrực tiếp7Miễn phíDịch vụ bưu chính7Miễn phí"))
    assert [(one.kind, one.proposal[0]["channels"], one.proposal[0]["n"]) for one in table.found] == [
        (K.TERM_WITHOUT_UNIT, [1, 2, 3], 7)
    ]
    assert not is_complete(table.found[0].proposal)


def test_a_number_glued_to_money_is_not_taken_apart_by_guess() -> None:
    table = read_channels(channels_text("Trực tuyến120 VNĐ"))
    (line,) = table.cases[0].channels
    assert line.term is None and line.fees[0].amount is None
    assert "120 VNĐ" in line.term_text
    assert [one.kind for one in table.found] == [K.TERM_FEE_GLUED]


def test_a_note_that_says_another_term_is_flagged_with_it() -> None:
    table = read_channels(channels_text("Trực tiếp5 NgàyMiễn phíChậm nhất 05 ngày làm việc kể từ ngày nhận"))
    assert table.cases[0].channels[0].term.words() == "5 ngày"
    assert table.found[0].kind is K.TERM_CONTRADICTS_NOTE
    assert table.found[0].proposal[0]["unit"] == "NGAY_LAM_VIEC"


def test_rows_of_one_channel_for_two_kinds_of_applicant_become_two_cases() -> None:
    table = read_channels(
        channels_text(
            "Trực tiếp7 Ngày làm việcMiễn phíĐối với công ty"
            "Trực tiếp5 Ngày làm việcMiễn phíĐối với văn phòng"
            "Trực tuyến7 Ngày làm việcMiễn phíĐối với công ty"
            "Trực tuyến5 Ngày làm việcMiễn phíĐối với văn phòng"
        )
    )
    assert [(case.name, [line.term.n for line in case.channels]) for case in table.cases] == [
        ("Đối với công ty", [7, 7]),
        ("Đối với văn phòng", [5, 5]),
    ]
    assert K.CHANNEL_REPEATED in {one.kind for one in table.found}


def test_stages_of_one_channel_are_not_cases_and_give_no_term() -> None:
    rows = "Trực tiếp4 Ngày làm việcMiễn phíThời hạn kiểm traTrực tiếp2 Ngày làm việcMiễn phíThời hạn cấp"
    table = read_channels(channels_text(rows))
    assert len(table.cases) == 1 and table.cases[0].channels[0].term is None
    assert "4 Ngày làm việc" in table.cases[0].channels[0].term_text


def test_a_row_written_twice_is_one_row() -> None:
    table = read_channels(channels_text("Trực tiếp4 NgàyMiễn phíTrực tiếp4 NgàyMiễn phí"))
    assert table.cases[0].channels[0].term.n == 4
    assert [one.kind for one in table.found] == [K.CHANNEL_REPEATED]


def test_the_name_of_a_channel_inside_a_note_starts_no_row() -> None:
    table = read_channels(
        channels_text("Trực tiếp4 NgàyMiễn phíNộp Trực tuyến tại cổng hoặc Trực tiếp tại quầy")
    )
    assert len(table.cases[0].channels) == 1


def test_papers_end_in_their_counts_and_keep_their_forms() -> None:
    table = read_papers(
        f"a) Hồ sơ:{PAPERS}Đơn đề nghịMẫu số 04-PLIII.docx1 bản chínhBản sao giấy tờ0 bản chính,2 bản sao"
        f"- Giấy tờ phải xuất trình{PAPERS}Căn cước1 bản chính"
    )
    assert [(one.group, one.name, one.originals, one.copies, one.form) for one in table.papers] == [
        ("a) Hồ sơ:", "Đơn đề nghị", 1, 0, "Mẫu số 04-PLIII.docx"),
        ("a) Hồ sơ:", "Bản sao giấy tờ", 0, 2, ""),
        ("Giấy tờ phải xuất trình", "Căn cước", 1, 0, ""),
    ]


def test_counts_inside_a_sentence_end_nothing() -> None:
    table = read_papers(f"--{PAPERS}Đơn (01 bản chính hoặc 01 bản sao), nộp 2 bản chính tại quầy1 bản chính")
    assert [(one.name, one.originals) for one in table.papers] == [
        ("Đơn (01 bản chính hoặc 01 bản sao), nộp 2 bản chính tại quầy", 1)
    ]


def test_digits_of_a_name_glued_to_its_count_are_given_back() -> None:
    table = read_papers(f"--{PAPERS}Thông tư ngày 22/12/20211 bản chính")
    assert (table.papers[0].name, table.papers[0].originals) == ("Thông tư ngày 22/12/2021", 1)
    assert [one.kind for one in table.found] == [K.PAPER_COUNT_SUSPICIOUS]


def test_headings_that_name_cases_are_told_from_headings_that_name_groups() -> None:
    cases = f"Trường hợp A:{PAPERS}Đơn1 bản chínhTrường hợp B:{PAPERS}Đơn1 bản chính"
    groups = f"* Giấy tờ phải nộp:{PAPERS}Đơn1 bản chính* Giấy tờ phải xuất trình:{PAPERS}Thẻ1 bản chính"
    assert read_papers(cases).alternatives == ("Trường hợp A:", "Trường hợp B:")
    assert read_papers(groups).alternatives == ()


def test_paper_keys_depend_on_names_alone_so_a_new_version_keeps_them() -> None:
    one = read_papers(f"--{PAPERS}Đơn1 bản chínhThẻ1 bản chính").papers
    two = read_papers(f"--{PAPERS}Thẻ2 bản chínhĐơn1 bản chính").papers
    assert {paper.name: paper.key for paper in one} == {paper.name: paper.key for paper in two}


def test_results_come_with_codes_and_without_the_buttons_of_the_page() -> None:
    results, found = read_results(
        "Giấy phépMã: KQ.G15.000331Thẻ tạmMã: rjwegefuTừ khóaKhông có thông tinMô tảKhông có thông tinNộp hồ sơ"
    )
    assert [(one.name, one.code) for one in results] == [
        ("Giấy phép", "KQ.G15.000331"),
        ("Thẻ tạm", "rjwegefu"),
    ]
    assert [one.kind for one in found] == [K.RESULT_CODE_ODD]


def test_legal_bases_are_parted_at_their_numbers_even_when_titles_repeat_them() -> None:
    bases, found = read_bases(
        "Tên văn bản pháp lýMã văn bảnNghị định 08/2020/NĐ-CP08/2020/NĐ-CPLuật 61/2014/QH1361/2014/QH13"
        "LUẬT HÀNG KHÔNG66/2006/QH11Sửa đổi Thông tư số 01/2011/TT-BGTVT ngày 27/01/201103/2016/TT-BGTVT"
    )
    assert [one.number for one in bases] == [
        "08/2020/NĐ-CP",
        "61/2014/QH13",
        "66/2006/QH11",
        "03/2016/TT-BGTVT",
    ]
    assert bases[3].title == "Sửa đổi Thông tư số 01/2011/TT-BGTVT ngày 27/01/2011"
    assert not found


def test_tiers_subjects_and_decision_numbers() -> None:
    assert [one.value for one in read_tiers("Cấp bộ, Cấp tỉnh, Cấp xã")[0]] == ["TRUNG_UONG", "TINH", "XA"]
    tiers, found = read_tiers("Cấp xã, Cơ quan khác")
    assert [one.value for one in tiers] == ["XA"] and found[0].kind is K.TIER_UNKNOWN
    assert read_subjects(
        "Công dân Việt Nam, Cán bộ, công chức, viên chức, Tổ chức (không gồm doanh nghiệp, HTX)"
    ) == (
        "Công dân Việt Nam",
        "Cán bộ, công chức, viên chức",
        "Tổ chức (không gồm doanh nghiệp, HTX)",
    )
    assert decision_number("163/QĐ-BTP") == ("163/QĐ-BTP", True)
    assert decision_number("QĐ2338-BTP") == ("2338/QĐ-BTP", False)
    assert decision_number("2267./QĐ-BXD") == ("2267/QĐ-BXD", False)
