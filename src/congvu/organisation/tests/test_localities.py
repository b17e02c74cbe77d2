"""The map of the country before and after 1 July 2025: loaded from official lists, asked and not guessed."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import STRANGER, SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.load_localities import Loaded, load_localities
from congvu.organisation.models import Locality, LocalitySuccession
from congvu.organisation.queries import find_localities, what_became_of
from congvu.organisation.rules.localities import Ask, Heir, One, Unknown, resolve
from congvu.organisation.rules.merge_notes import Note, OldCommunes, OldPlace, claims

NOW = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
DATA = Path(__file__).resolve().parents[5] / "shared" / "data" / "administrative_units"
NEW_LIST = "vn_only_simplified_json_generated_data_vn_units_2026-07-25__20_49_07.json"
OLD_LIST, MAP, NOTES_FILE = "units_63_2025-03.json", "lang_son_old_to_new.csv", "donvi_tinhthanh.json"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data folder is not beside this checkout")

OLD = [
    [
        "20",
        "Lạng Sơn",
        "Tỉnh",
        "Lang Son",
        [
            [
                "178",
                "Lạng Sơn",
                "Thành Phố",
                "Lang Son",
                [
                    ["05971", " Hoàng Văn Thụ", "Phường", "x"],
                    ["05986", "Hoàng Đồng", "Xã", "x"],
                    ["05987", "Quên Lãng", "Xã", "x"],
                ],
            ],
            ["183", "Cao Lộc", "Huyện", "Cao Loc", [["06079", "Hồng Phong", "Xã", "x"]]],
        ],
    ]
]
NEW = [
    {
        "Code": "20",
        "FullName": "Tỉnh Lạng Sơn",
        "Wards": [
            {"Code": "06187", "FullName": "Phường Kỳ Lừa", "ProvinceCode": "20"},
            {"Code": "05986", "FullName": "Phường Tam Thanh", "ProvinceCode": "20"},
            {"Code": "06079", "FullName": "xã Hồng Phong", "ProvinceCode": "20"},
        ],
    }
]
MAP_ROWS = """wardCode,ward,newWardCode,newWard,isDividedWard
5971.0,Phường Hoàng Văn Thụ,06187,Phường Kỳ Lừa,False
5986.0,Xã Hoàng Đồng,05986,Phường Tam Thanh,False
6079.0,Xã Hồng Phong,06079,Xã Hồng Phong,True
6079.0,Xã Hồng Phong,06187,Phường Kỳ Lừa,True
"""


def load(content: Any, name: str = "tệp") -> Loaded:
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    return load_localities(name, data, by=SYSTEM, at=NOW)


def the(code: str, *, old: bool) -> Locality:
    return Locality.objects.get(level="XA", code=code, valid_to__isnull=not old)


@pytest.fixture
def lang_son(db: None) -> None:
    load(OLD)
    load(NEW)
    load(MAP_ROWS)


@pytest.mark.usefixtures("lang_son")
def test_a_code_given_anew_is_two_localities() -> None:
    assert the("05986", old=True).path == "Xã Hoàng Đồng, Thành phố Lạng Sơn, Tỉnh Lạng Sơn"
    assert the("05986", old=False).path == "Phường Tam Thanh, Tỉnh Lạng Sơn"
    assert the("06079", old=False).name == "Xã Hồng Phong"


@pytest.mark.usefixtures("lang_son")
def test_a_whole_commune_is_answered_and_a_divided_one_is_asked(
    django_assert_num_queries: CaptureQueriesContext,
) -> None:
    whole, divided, forgotten = (the(code, old=True).id for code in ("05971", "06079", "05987"))
    standing = the("06187", old=False).id
    with django_assert_num_queries(2):
        answers = what_became_of([whole, divided, forgotten, standing, 0])
    assert isinstance(answers[whole], One)
    assert answers[whole].new.path == "Phường Kỳ Lừa, Tỉnh Lạng Sơn"
    assert isinstance(answers[divided], Ask)
    assert [heir.code for heir in answers[divided].candidates] == ["06079", "06187"]
    assert all(heir.divided for heir in answers[divided].candidates)
    assert answers[forgotten] == Unknown("Chưa có bảng chuyển đổi cho địa bàn này.")
    assert answers[standing].new.id == standing
    assert answers[0] == Unknown("Không có địa bàn này.")


@pytest.mark.usefixtures("lang_son")
def test_a_district_is_asked_and_a_province_with_gaps_too() -> None:
    city, district = (Locality.objects.get(level="HUYEN", code=code).id for code in ("178", "183"))
    province = Locality.objects.get(level="TINH", valid_to__isnull=False).id
    answers = what_became_of([city, district, province])
    assert {heir.code for heir in answers[city].candidates} == {"06187", "05986"}
    assert {heir.code for heir in answers[district].candidates} == {"06079", "06187"}
    assert [heir.path for heir in answers[province].candidates] == ["Tỉnh Lạng Sơn"], (
        "one commune has no record"
    )


def test_a_single_heir_of_a_part_is_not_taken_for_the_whole() -> None:
    part = Heir(1, "06079", "Xã A", divided=True)
    assert isinstance(resolve([part]), Unknown)
    assert isinstance(resolve([Heir(1, "06079", "Xã A", divided=False)], unmapped=1), Ask)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_a_contradiction_is_rejected_with_its_reason() -> None:
    first = load(OLD)
    assert (first.read, first.stored, first.communes, first.rejected) == (7, 7, 4, [])
    again = load(OLD)
    assert (again.stored, again.unchanged) == (0, 7)
    changed = json.loads(json.dumps(OLD))
    changed[0][4][0][4][0][1] = "Tên Khác"
    third = load(changed)
    assert third.stored == 0
    assert third.rejected[0][0] == "05971"
    assert "đã nạp với tên" in third.rejected[0][1]
    assert the("05971", old=True).name == "Phường Hoàng Văn Thụ"


@pytest.mark.django_db
def test_lines_that_cannot_be_taken_are_listed_and_the_others_are_taken() -> None:
    bad = json.loads(json.dumps(NEW))
    bad[0]["Wards"] += [
        {"Code": "6", "FullName": "Xã Mã Ngắn"},
        {"Code": "06187", "FullName": "Xã Trùng Mã"},
        {"Code": "06190", "FullName": " "},
        "không phải xã",
    ]
    bad.append({"Code": "99", "FullName": "Tỉnh Thiếu Xã"})
    done = load(bad)
    assert (done.stored, len(done.rejected)) == (4, 5)
    assert done.read == 9
    load(OLD)
    rows = (
        MAP_ROWS
        + ",Xã Không Mã,06187,X,False\n5971,P,99999,X,False\n5971,P,06187,Kỳ Lừa,có lẽ\n99998,X,06187,Y,False\n"
    )
    mapped = load(rows)
    assert mapped.stored == 4
    assert [why.split(" (")[0] for _, why in mapped.rejected] == [
        "không có mã xã cũ",
        "isDividedWard phải là True hoặc False",
        "mã 99999 không có trong danh mục xã mới",
        "mã 99998 không có trong danh mục xã cũ",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"\xff\xfe[\x00", "không phải UTF-8"),
        ("Tỉnh".encode("cp1258", "replace") + b"\xec", "không phải UTF-8"),
        (b'[{"Code": "01", "Wards": [', "JSON hỏng ở dòng 1"),
        (b'{"a": 1}', "Không nhận ra"),
        (b"[1, 2]", "Không nhận ra"),
        (b"[" * 100_000, "lồng quá sâu"),
        (b"ma,ten\n1,2\n", "Không nhận ra"),
        (b"\x89PNG\r\n", "không phải UTF-8"),
        (MAP_ROWS.encode() + b'"mo ngoac', "CSV hỏng"),
        (b" " * 21_000_000, "20 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        load(content)
    assert refusal.value.do
    assert Locality.objects.count() == 0


@pytest.mark.django_db
def test_the_map_waits_for_the_lists_and_only_an_admin_loads() -> None:
    with pytest.raises(Refused, match="Chưa nạp danh mục xã trước"):
        load(MAP_ROWS)
    with pytest.raises(Refused, match="Chỉ quản trị viên"):
        load_localities("x", b"[]", by=STRANGER, at=NOW)


@pytest.mark.usefixtures("lang_son")
def test_names_are_found_by_words_without_marks_and_by_code(
    django_assert_num_queries: CaptureQueriesContext,
) -> None:
    with django_assert_num_queries(1):
        assert [place.code for place in find_localities("tam thanh lang s")] == ["05986"]
    assert [place.name for place in find_localities("hồng phong", on=date(2026, 1, 1))] == ["Xã Hồng Phong"]
    assert [place.level for place in find_localities("Lạng Sơn", limit=3)][:2] == ["TINH", "TINH"]
    assert {place.path_folded for place in find_localities("05986")} == {
        the("05986", old=o).path_folded for o in (True, False)
    }
    assert find_localities("  ") == []
    assert find_localities("'; DROP TABLE x; -- & | ! :*") == []


NOTES = [
    {"ma": "20", "ten": "Tỉnh Lạng Sơn", "magoc": "0", "truocsapnhap": "giữ nguyên"},
    {
        "ma": "06187",
        "ten": "Phường Kỳ Lừa",
        "magoc": "20",
        "truocsapnhap": "Phường Hoàng Văn Thụ, một phần diện tích TN của xã Hồng Phong",
    },
    {
        "ma": "05986",
        "ten": "Phường Tam Thanh",
        "magoc": "20",
        "truocsapnhap": "Xã Hoàng Đồng (thành phố Lạng Sơn), Xã Không Có",
    },
    {
        "ma": "06079",
        "ten": "Xã Hồng Phong",
        "magoc": "20",
        "truocsapnhap": "Xã Hồng Phong (phần còn lại sau khi sáp nhập vào phường Kỳ Lừa)",
    },
]


@pytest.mark.django_db
def test_notes_are_read_by_name_and_a_map_by_code_is_better() -> None:
    load(OLD)
    load(NEW)
    done = load(NOTES)
    assert (done.kind, done.stored, done.communes, done.divided) == ("merge_notes", 4, 3, 1)
    assert [why for _, why in done.doubts] == [
        "Phường Tam Thanh: «Xã Không Có» không có trong danh mục xã cũ"
    ]
    whole, divided = the("05971", old=True).id, the("06079", old=True).id
    answers = what_became_of([whole, divided])
    assert answers[whole].new.inferred
    assert {heir.code for heir in answers[divided].candidates} == {"06187", "06079"}
    assert load(NOTES).unchanged == 4
    bad = load(
        [
            *NOTES,
            {"ma": "06187"},
            "chữ",
            {"ma": "99999", "ten": "Xã A", "magoc": "20", "truocsapnhap": "Xã B"},
        ]
    )
    assert [where for where, _ in bad.rejected] == ["mục 5", "mục 6", "99999"]
    load(MAP_ROWS)
    assert not what_became_of([whole])[whole].new.inferred
    load(NOTES)
    assert not what_became_of([whole])[whole].new.inferred


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Phường A, Phường B", {("Phường A", False), ("Phường B", False)}),
        ("Phường A và phường B", {("Phường A", False), ("Phường B", False)}),
        ("giữ nguyên", {("Phường Mới", False)}),
        (
            "Phường A, một phần diện tích TN, quy mô dân số của các phường B, Phường C",
            {("Phường A", False), ("Phường B", True), ("Phường C", True)},
        ),
        ("Phường A (phần còn lại sau khi sáp nhập vào phường B, phường C)", {("Phường A", True)}),
        ("Xã Trùng (huyện Đông), Phường A", {("Xã Trùng huyện đông", False), ("Phường A", False)}),
        ("Xã Trùng", {("Xã Trùng huyện đông", True), ("Xã Trùng huyện tây", True)}),
        ("Phường Phương Mai", {("Phường Phương Mai", False)}),
        ("", set()),
    ],
)
def test_a_note_is_taken_as_whole_only_where_it_says_so(note: str, found: set[tuple[str, bool]]) -> None:
    names = ["Phường A", "Phường B", "Phường C", "Phường Mới", "Phường Phương Mai"]
    places = [
        OldPlace(place, str(place), name, "Quận Một", "Thành phố Hà Nội") for place, name in enumerate(names)
    ]
    places += [
        OldPlace(9, "9", "Xã Trùng", "Huyện Đông", "Thành phố Hà Nội"),
        OldPlace(8, "8", "Xã Trùng", "Huyện Tây", "Thành phố Hà Nội"),
    ]
    old = OldCommunes(places, [Note("01", "Thủ Đô Hà Nội", "0", "giữ nguyên")])
    taken, _ = claims(Note("00001", "Phường Mới", "01", note), old)
    said = {
        (
            claim.old.name + (f" {claim.old.district.lower()}" if claim.old.name == "Xã Trùng" else ""),
            claim.part,
        )
        for claim in taken
    }
    assert said == found


@real
@pytest.mark.django_db
def test_the_real_notes_answer_or_ask_for_nearly_every_old_commune() -> None:
    load((DATA / OLD_LIST).read_bytes(), OLD_LIST)
    load((DATA / NEW_LIST).read_bytes(), NEW_LIST)
    done = load((DATA / NOTES_FILE).read_bytes(), NOTES_FILE)
    assert done.read == 3355
    assert done.rejected == [("00071", "Phường Hiệp Hòa: mã không có trong danh mục xã mới")]
    assert done.communes > 9900
    load((DATA / MAP).read_bytes(), MAP)
    lang_son = Locality.objects.filter(level="XA", valid_to__isnull=False, path__endswith="Tỉnh Lạng Sơn")
    answers = what_became_of(lang_son.values_list("id", flat=True))
    assert sum(isinstance(answer, Ask) for answer in answers.values()) == 3, (
        "the map by code still decides there"
    )
    old = Locality.objects.filter(level="XA", valid_to__isnull=False)
    told = what_became_of(old.values_list("id", flat=True)[:2000]).values()
    assert sum(isinstance(answer, Unknown) for answer in told) < 60


@real
@pytest.mark.django_db
def test_the_real_lists_and_map_load_whole() -> None:
    old = load((DATA / OLD_LIST).read_bytes(), OLD_LIST)
    new = load((DATA / NEW_LIST).read_bytes(), NEW_LIST)
    assert (old.provinces, old.districts, old.rejected) == (63, 696, [])
    assert old.communes == 10047, (
        "the file of March 2025 lists twelve more than the official 10,035 of 30 June"
    )
    assert old.doubts == [("xã", "danh mục có 10047, số công bố là 10035")]
    assert (new.provinces, new.communes, new.rejected, new.doubts) == (34, 3321, [], [])
    mapped = load((DATA / MAP).read_bytes(), MAP)
    assert (mapped.read, mapped.stored, mapped.communes, mapped.divided) == (197, 197, 194, 3)
    assert load((DATA / MAP).read_bytes(), MAP).unchanged == 197
    asked = what_became_of(LocalitySuccession.objects.values_list("old_id", flat=True))
    assert sum(isinstance(answer, Ask) for answer in asked.values()) == 3
    assert sum(isinstance(answer, One) for answer in asked.values()) == 191
    lang_son = Locality.objects.get(level="TINH", name="Tỉnh Lạng Sơn", valid_to__isnull=False)
    assert what_became_of([lang_son.id])[lang_son.id].new.path == "Tỉnh Lạng Sơn"
    con_dao = Locality.objects.get(level="HUYEN", name="Huyện Côn Đảo")
    assert isinstance(what_became_of([con_dao.id])[con_dao.id], Unknown)
