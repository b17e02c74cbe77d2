"""Conferences loaded through the areas: every figure of the five is there, computed and opening as many records, or flagged."""

import json
from pathlib import Path
from typing import Any

import pytest

from congvu.config.cli.conference import entries, lines, told
from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.reports.actions.load_conference import load_conference
from congvu.reports.models import ConferenceFile

FIVE = Path(__file__).resolve().parents[2] / "demo" / "conferences"
pytestmark = pytest.mark.django_db


def load(name: str) -> None:
    load_conference((FIVE / f"{name}.toml").read_text(encoding="utf-8"), by=SYSTEM, at=clock.now())


def report(name: str) -> dict[str, dict[str, Any]]:
    """Its entries by figure."""
    conference, found = told(name)
    return {one["code"]: one for one in entries(conference, found)}


def test_the_conference_of_2020_counts_posts_from_the_ledger_with_the_base_year() -> None:
    load("noi-vu-2020")
    found = report("noi-vu-2020")
    assert found["nv20.cong-chuc"]["value"] == 247344
    assert found["nv20.cong-chuc"]["records"] == 2  # the lines whose sum is the number
    assert found["nv20.cong-chuc-giam"]["value"] == 10.01
    assert found["nv20.su-nghiep"]["value"] == 1783174
    assert found["nv20.su-nghiep-giam"]["value"] == 11.98
    assert found["nv20.giam-chung"]["value"] == 11.74
    assert any("19,2 biên chế" in one for one in found["nv20.cong-chuc-giam"]["warnings"])
    assert {found[code]["flag"] for code in found if code.startswith("nv20.cong-chuc")} == {"computed"}
    assert found["nv20.diem-cau"] == {
        "sentence": "003-2", "code": "nv20.diem-cau", "value": 63, "numerator": 63, "denominator": None,
        "printed": "63 điểm cầu", "flag": "computed",
        "records": 63, "warnings": ["Mỗi tỉnh, thành phố thời đó một điểm cầu; từ 01/7/2025 còn 34."],
    }  # fmt: skip
    assert (found["nv20.vbqppl"]["value"], found["nv20.vbqppl"]["printed"]) == (13.11, "8 VBQPPL/61, 13,1%")
    assert all(
        "không cộng" in " ".join(found[f"nv20.{one}"]["warnings"]) for one in ("chuong-trinh", "duoc-giao")
    )
    assert (found["nv20.khen-thuong"]["value"], found["nv20.san-pham"]["value"]) == (82, 32)


def test_what_the_article_does_not_know_is_not_made_up() -> None:
    load("son-la-2016")
    found = report("son-la-2016")
    assert (found["sl16.hien-dai"]["value"], found["sl16.hien-dai"]["records"]) == (11, 11)
    assert (found["sl16.so-hien-dai"]["value"], found["sl16.so-hien-dai"]["flag"]) == (None, "unknown-count")
    assert (found["sl16.tu-chu"]["value"], found["sl16.tu-chu"]["flag"]) == (95.0, "approximate")
    assert found["sl16.mot-cua"]["flag"] == "rate-only"
    assert found["sl16.bang-khen"]["value"] == 24


def test_posts_and_people_stay_two_numbers() -> None:
    load("hung-yen-2018")
    found = report("hung-yen-2018")
    assert (found["hy18.cat-giam"]["value"], found["hy18.cat-giam"]["flag"]) == (220, "computed")
    assert (found["hy18.tinh-gian"]["value"], found["hy18.tinh-gian"]["records"]) == (101, 101)
    assert 321 not in [one["value"] for one in found.values()]


def test_loaded_again_nothing_changes() -> None:
    load("lang-son-2010")
    before = json.dumps(report("lang-son-2010"))
    again = load_conference(
        (FIVE / "lang-son-2010.toml").read_text(encoding="utf-8"), by=SYSTEM, at=clock.now()
    )
    assert again.again
    assert ConferenceFile.objects.count() == 1
    assert json.dumps(report("lang-son-2010")) == before


def test_a_file_whose_words_changed_is_a_new_edition_and_its_records_are_not_written_twice() -> None:
    load("son-la-2016")
    text = (FIVE / "son-la-2016.toml").read_text(encoding="utf-8")
    done = load_conference(text.replace("đi vào nền nếp", "vào nền nếp"), by=SYSTEM, at=clock.now())
    assert (done.edition, done.counts) == (2, {})
    assert report("son-la-2016")["sl16.hien-dai"]["value"] == 11


def test_a_number_that_is_on_record_otherwise_is_refused_with_its_line() -> None:
    load("son-la-2016")
    text = (FIVE / "son-la-2016.toml").read_text(encoding="utf-8").replace("numerator = 11", "numerator = 12")
    with pytest.raises(Refused, match=r"Dòng \d+: Số liệu «sl16.tap-the» đã ghi khác"):
        load_conference(text, by=SYSTEM, at=clock.now())
    assert ConferenceFile.objects.count() == 1


def test_two_conferences_of_one_province_share_its_units() -> None:
    load("lang-son-2010")
    load("noi-vu-2020")
    assert report("noi-vu-2020")["nv20.diem-cau"]["value"] == 63


def test_the_report_for_people_has_every_sentence_and_the_appendix() -> None:
    load("noi-vu-2020")
    text = "\n".join(lines(*told("noi-vu-2020")))
    assert text.startswith("Hội nghị trực tuyến tổng kết")
    assert "Thứ Tư, 30/12/2020" in text
    assert all(f"[003-{n}]" in text for n in range(1, 27))
    assert "Phụ lục: số nhập tay" in text
    assert "Chờ khu vực nhiệm vụ." in text


STRANGER = """# Một hội nghị người lạ viết, tên có dấu hiệu lạ.
[conference]
code = "xa-la-2024"
name = "Hội nghị <script>alert(1)</script> & «tổng kết» 100% '; DROP TABLE--"
place = "Xã <b>Lạ</b>"
held_on = 2024-05-31
year = 2023
source = "Sổ của một người lạ"
home = "K77"

[[units]]
class = "tinh"
words = "tỉnh"
tier = "TINH"
kind = "UBND"
code = "K77"
names = ["Tỉnh Lạ \\"Ngoặc\\" <i>"]

[[units]]
class = "so"
words = "sở"
tier = "TINH"
kind = "SO"
under = "K77"
code = "K77.##"
count = 7
name = "Sở {n} %s {{ x }}"

[[quality]]
class = "so"
first = 4
standard = "TCVN ISO 9001:2015"
scope = "Mọi thủ tục; 'hết'"
since = 2022-01-01
paper = "5/CB"
issuer = "Sở KH&CN"

[[figures]]
code = "la.iso"
name = "Sở áp dụng ISO <u>"
measure = "hệ thống quản lý chất lượng"
printed = "5/7"
counted = { population = "quality_systems", where = { standard = "TCVN ISO 9001:2015" }, units = "so" }
out_of = { population = "units", units = "so" }
owed = true

[[sentences]]
code = "cau-1"
words = "Có 5/7 sở áp dụng <img src=x onerror=alert(1)>."
figures = ["la.iso"]
"""


def test_a_sixth_written_by_a_stranger_works_and_its_wrong_number_is_shown_not_mended() -> None:
    done = load_conference(STRANGER, by=SYSTEM, at=clock.now())
    assert done.counts == {"units": 8, "quality": 4}
    found = report("xa-la-2024")["la.iso"]
    assert (found["value"], found["records"], found["flag"]) == (57.14, 4, "computed")
    assert any("Còn thiếu 3: Sở 5" in one for one in found["warnings"])
    assert any("Văn bản in «5/7», tính được 4/7" in one for one in found["warnings"])


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ('population = "quality_systems"', 'population = "nothing"', "Không có tập bản ghi «nothing»"),
        ('where = { standard = "TCVN', 'where = { standrad = "TCVN', "không có điều kiện «standrad»"),
        ('home = "K77"', 'home = "K78"', "Không có đơn vị mã K78"),
        ('under = "K77"', 'under = "K79"', "Chưa có đơn vị cấp trên mã K79"),
        ('code = "K77.##"', 'code = "K77-##"', "không phải mã định danh"),
        ("owed = true", "owed = true\nfirst = 2190-01-01\nlast = 2190-12-31", "chưa tới"),
    ],
)
def test_a_broken_file_is_refused_whole(was: str, now: str, what: str) -> None:
    with pytest.raises(Refused) as bad:
        load_conference(STRANGER.replace(was, now, 1), by=SYSTEM, at=clock.now())
    assert what in bad.value.what
    assert not ConferenceFile.objects.exists()


def test_the_conference_of_2012_counts_plans_and_pilots_and_names_who_is_missing() -> None:
    load("lang-son-2012")
    found = report("lang-son-2012")
    values = {code.removeprefix("ls12."): (one["value"], one["records"]) for code, one in found.items()}
    assert values["bo-co-ke-hoach"] == (26.67, 8)
    assert values["tinh-co-ke-hoach"] == (77.78, 49)
    assert values["so-co-ke-hoach-nam"] == (95.65, 22)
    assert values["huyen-co-ke-hoach-nam"] == (90.91, 10)
    assert values["co-ke-hoach-nam"] == (94.12, 32)
    assert values["bo-thi-diem"] == (10.0, 3)
    assert values["tinh-thi-diem"] == (9.52, 6)
    assert values["tinh-thi-diem-mot-cua"] == (7.94, 5)
    assert values["tinh-hien-dai"] == (14.29, 9)
    assert not any("Lạng Sơn" in one for one in found["ls12.tinh-co-ke-hoach"]["warnings"])
    both = found["ls12.co-ke-hoach-nam"]["warnings"]
    assert any("Còn thiếu 2: Sở, ngành thứ 23; Huyện, thành phố thứ 11" in one for one in both)
    assert any("trung bình các tỷ lệ sẽ ra 93,28%, sai" in one for one in both)
    assert {found[f"ls12.mot-cua-cap-{tier}"]["flag"] for tier in ("tinh", "huyen", "xa")} == {"rate-only"}
    assert [found[f"ls12.mot-cua-cap-{tier}"]["value"] for tier in ("tinh", "huyen", "xa")] == [
        88.3,
        98.4,
        96.7,
    ]
