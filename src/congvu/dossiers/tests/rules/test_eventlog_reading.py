"""What the readers make of good, odd and bad files. No database."""

import csv
import gzip
import hashlib
import io
import random
import tracemalloc
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.dossiers.rules import eventlog
from congvu.dossiers.rules.eventlog import BadLog, Doubt, Outcome, PastCase, csv_log
from congvu.dossiers.rules.eventlog.moments import moment

HEADER = ["case_id", "start_date", "deadline", "end_date", "activity", "time", "resource"]


def _csv(rows: list[list[str]], delimiter: str = ",", header: list[str] | None = None) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([header or HEADER, *rows])
    return out.getvalue()


def _row(ref: str, start: str, due: str, end: str, time: str = "", what: str = "Nhận") -> list[str]:
    return [ref, start, due, end, what, time or start, "Lê Văn A"]


def _read(path: Path, **overrides: str) -> list[PastCase]:
    return list(eventlog.cases(eventlog.survey(path, overrides), salt=b"k"))


def _file(folder: Path, content: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><global scope="trace"><date key="endDate" value="1970-01-01"/></global>
<string key="concept:name" value="cả nhật ký"/>
{traces}</log>"""
TRACE = """<trace><string key="concept:name" value="{ref}"><string key="nguồn" value="giấy"/></string>
<date key="startDate" value="2026-01-05T08:00:00+07:00"/>{more}
<event><string key="concept:name" value="Thẩm định"/><date key="time:timestamp" value="2026-01-06T09:00:00+07:00"/>
<string key="org:resource" value="Lê Văn A"/></event></trace>"""


@pytest.mark.parametrize(
    ("start", "due", "end", "outcome"),
    [
        ("2026-01-05", "2026-01-12", "2026-01-12", Outcome.ON_TIME),
        ("2026-01-05", "2026-01-12 08:00:00", "2026-01-12 16:59:00", Outcome.ON_TIME),  # days, not hours
        ("2026-01-05", "2026-01-12", "2026-01-13", Outcome.LATE),
        ("2026-01-05", "2026-01-12", "", Outcome.OPEN),
        ("2026-01-05", "", "", Outcome.OPEN),
        ("2026-01-05", "", "2026-01-13", Outcome.UNCLEAR),
        ("2026-01-05", "2026-01-12", "2026-01-04", Outcome.UNCLEAR),
        ("2026-01-05", "2026-01-12", "13.13.2026", Outcome.OPEN),
        ("05/01/2026", "12/01/2026", "13/01/2026 07:30", Outcome.LATE),
    ],
)
def test_a_case_is_on_time_when_the_day_it_ended_is_not_after_the_day_it_was_due(
    tmp_path: Path, start: str, due: str, end: str, outcome: Outcome
):
    (case,) = _read(_file(tmp_path, _csv([_row("1", start, due, end)])))
    assert case.outcome is outcome


def test_days_are_those_of_the_logs_own_clock_and_not_converted(tmp_path: Path):
    late_evening = _row(
        "1", "2026-01-05T08:00:00+02:00", "2026-01-12T00:00:00+01:00", "2026-01-12T23:59:00+02:00"
    )
    (case,) = _read(_file(tmp_path, _csv([late_evening])))
    assert case.due_on == date(2026, 1, 12)
    assert case.outcome is Outcome.ON_TIME  # in UTC+7 both would fall on other days


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("packed", [False, True])
def test_delimiter_encoding_and_packing_are_told_from_the_content(
    tmp_path: Path, delimiter: str, encoding: str, packed: bool
):
    content = _csv(
        [_row("Hồ sơ 1", "2026-01-05", "2026-01-12", "2026-01-12", what="Thẩm định; ký, đóng")], delimiter
    )
    raw = content.encode(encoding)
    (case,) = _read(_file(tmp_path, gzip.compress(raw, mtime=0) if packed else raw, "log.txt"))
    assert (case.ref, case.events[0].activity) == ("Hồ sơ 1", "Thẩm định; ký, đóng")


def test_rows_scattered_over_the_file_are_brought_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(csv_log, "SPILL_ROWS", 7)  # many spills
    rows = [
        _row(f"c{case}", "2026-01-05", "2026-01-12", "2026-01-10", f"2026-01-{5 + event:02d}", f"b{event}")
        for case in range(10)
        for event in range(5)
    ]
    random.Random(5).shuffle(rows)
    path = _file(tmp_path, _csv(rows))
    log = eventlog.survey(path)
    assert not log.together
    assert "nằm rải rác" in log.remarks[0]
    found = list(eventlog.cases(log))
    assert sorted(case.ref for case in found) == [f"c{n}" for n in range(10)]
    assert all([event.activity for event in case.events] == ["b0", "b1", "b2", "b3", "b4"] for case in found)


def test_rows_of_one_case_that_contradict_each_other_are_marked(tmp_path: Path):
    rows = [
        _row("1", "2026-01-05", "2026-01-12", "2026-01-10"),
        _row("1", "2026-01-05", "2026-01-19", "2026-01-10"),
    ]
    (case,) = _read(_file(tmp_path, _csv(rows)))
    assert Doubt.CONTRADICTING_ROWS in case.doubts


def test_nested_attributes_are_kept_and_global_defaults_are_not_facts(tmp_path: Path):
    names = '<string key="tên" value="đơn"/><string key="tên" value="bản đồ"/>'
    more = f'<list key="giấy tờ"><values>{names}</values></list>'
    (case,) = _read(_file(tmp_path, XES.format(traces=TRACE.format(ref="7", more=more)), "a.xes"))
    assert case.ref == "7"
    assert case.attributes["concept:name/nguồn"] == "giấy"
    assert case.attributes["giấy tờ/tên"] == "đơn; bản đồ"
    assert case.ended_at is None
    assert case.outcome is Outcome.OPEN


def test_persons_are_pseudonyms_equal_within_a_salt_and_different_between_salts(tmp_path: Path):
    log = eventlog.survey(
        _file(tmp_path, _csv([_row("1", "2026-01-05", "", ""), _row("2", "2026-01-05", "", "")]))
    )
    first, second = (case.events[0].person_ref for case in eventlog.cases(log, salt=b"a"))
    other = next(eventlog.cases(log, salt=b"b")).events[0].person_ref
    assert first == second != other
    assert first.startswith("NV-")


def test_a_file_that_lies_about_its_type_is_read_by_content_and_the_lie_is_told(tmp_path: Path):
    log = eventlog.survey(_file(tmp_path, _csv([_row("1", "2026-01-05", "", "")]), "log.xes.gz"))
    assert log.kind.form == "csv"
    assert "nội dung là CSV" in log.remarks[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng"),
        (b"PK\x03\x04" + b"\0" * 100, "sổ Excel"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "ảnh PNG"),
        (b"%PDF-1.7 ...", "tệp PDF"),
        (b'{"cases": []}', "JSON"),
        (b"\x00\x01\x02\x03binary", "nhị phân"),
        (b"<html><body>404</body></html>", "thẻ gốc là <html>"),
        (b"<log></log>", "không có vụ việc nào"),
        (b"case_id,start_date\n", "chỉ có dòng tiêu đề"),
        (b"just some words\nand more\n", "Không thấy cột nào"),
        (b"a,b,c\n1,2,3\n", "Không thấy cột mã vụ việc"),
        (b"case_id,b\n1,2\n", "ngày bắt đầu hay thời điểm"),
        (b"case_id,case_id,time\n1,1,2026-01-05\n", "Tên cột lặp lại"),
        (b"case_id,time\n1,2026-01-05\n2\n", "Dòng 3 có 1 cột, tiêu đề có 2"),
        (b"case_id,time\n,2026-01-05\n", "không ghi mã vụ việc"),
        (b'case_id,time\n1,"2026-01-05\n' + b"x" * 300_000, "dài quá"),
        (b"case_id,time\n1," + b"x" * 3_000_000, "dài quá"),
        (gzip.compress(gzip.compress(b"case_id,time\n", mtime=0), mtime=0), "gzip hai lần"),
        (b"\x1f\x8b\x08\x00 not really gzip", "gzip bị hỏng"),
        (b"<!DOCTYPE log [<!ENTITY a 'x'>]><log>&a;</log>", "DOCTYPE"),
        (b"<log>" + b"<container key='a'>" * 60, "lồng nhau quá"),
        (b"<log><trace></log>", "hỏng ở dòng 1"),
    ],
)
def test_bad_files_are_refused_in_words(tmp_path: Path, content: bytes, words: str):
    with pytest.raises(BadLog) as refusal:
        _read(_file(tmp_path, content))
    assert words in refusal.value.what


@pytest.mark.parametrize(("encoding", "word"), [("cp1258", "hô sơ"), ("latin-1", "hô so")])
def test_an_old_encoding_is_refused_with_the_byte_and_the_line(tmp_path: Path, encoding: str, word: str):
    raw = f"case_id,time\n1,2026-01-05\n{word},2026-01-05\n".encode(encoding)
    at = raw.index(b"\xf4")
    with pytest.raises(BadLog, match=rf"UTF-8: byte 0xF4 ở vị trí {at} \(dòng 3\)") as refusal:
        eventlog.survey(_file(tmp_path, raw))
    assert "CSV UTF-8" in refusal.value.do


def test_a_cut_off_gzip_of_csv_says_how_many_cases_were_whole(tmp_path: Path):
    rows = [
        _row(f"c{n}", "2026-01-05", "2026-01-12", "2026-01-10", what=f"{n * 7919 % 10007}")
        for n in range(20_000)
    ]
    packed = gzip.compress(_csv(rows).encode(), mtime=0)
    with pytest.raises(BadLog, match="gzip bị cắt cụt") as refusal:
        eventlog.survey(_file(tmp_path, packed[: len(packed) // 2]))
    assert 0 < (refusal.value.whole or 0) < 20_000


def test_an_override_must_name_a_meaning_and_an_attribute(tmp_path: Path):
    path = _file(tmp_path, _csv([_row("1", "2026-01-05", "2026-01-12", "2026-01-10")]))
    with pytest.raises(BadLog, match="Không hiểu --map"):
        eventlog.overrides_from(["han=deadline"])
    with pytest.raises(BadLog, match="không có thuộc tính «nothing»"):
        eventlog.survey(path, {"due": "nothing"})
    assert _read(path, due="")[0].due_on is None
    assert _read(path, ended="@last")[0].ended_at == datetime(2026, 1, 5)


def test_memory_stays_flat_while_a_log_grows(tmp_path: Path):
    def peak(cases: int) -> int:
        traces = "".join(TRACE.format(ref=n, more="") for n in range(cases))
        path = _file(tmp_path, XES.format(traces=traces), f"{cases}.xes")
        del traces
        tracemalloc.start()
        assert sum(1 for _ in eventlog.cases(eventlog.survey(path))) == cases
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # warm: imports and caches
    assert peak(6_000) < peak(1_000) + 1_500_000


def test_progress_is_told_and_ends_at_the_whole_file(tmp_path: Path):
    path = _file(tmp_path, XES.format(traces=TRACE.format(ref=1, more="") * 3000), "a.xes")
    told: list[eventlog.Progress] = []
    list(eventlog.cases(eventlog.survey(path, watch=told.append), watch=told.append))
    assert {one.stage for one in told} == {"survey", "cases"}
    assert told[-1].done == told[-1].size == path.stat().st_size
    assert [one.done for one in told if one.stage == "cases"] == sorted(
        one.done for one in told if one.stage == "cases"
    )


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_reading_a_moment_fail(text: str):
    assert moment(text) is None or isinstance(moment(text), datetime)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=8),
            st.dates(),
            st.none() | st.dates(),
            st.none() | st.dates(),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_the_four_counts_always_sum_to_the_cases(tmp_path_factory: pytest.TempPathFactory, rows: list):
    path = tmp_path_factory.mktemp("h") / "log.csv"
    written = [_row(f"r{ref.strip()}", str(a), str(b or ""), str(c or "")) for ref, a, b, c in rows]
    path.write_text(_csv(written), encoding="utf-8")
    log, tally = eventlog.survey(path), eventlog.Tally()
    for case in eventlog.cases(log):
        tally.add(case)
    assert tally.cases == sum(tally.outcomes.values()) == len({row[0] for row in written})
    assert tally.events == len(rows)


def test_references_met_twice_or_missing_are_told_apart(tmp_path: Path):
    traces = "".join(TRACE.format(ref=ref, more="") for ref in ("a", "b", "a", "", "a"))
    log = eventlog.survey(_file(tmp_path, XES.format(traces=traces), "a.xes"))
    found = [(case.ref, case.doubts[-1]) for case in eventlog.cases(log)]
    assert [ref for ref, _ in found] == ["a", "b", "a (2)", "#4", "a (3)"]
    assert found[2][1] is Doubt.REPEATED_REF
    assert found[3][1] is Doubt.MISSING_REF


def test_a_log_is_the_same_log_packed_or_not(tmp_path: Path):
    content = XES.format(traces=TRACE.format(ref=1, more="")).encode()
    plain = eventlog.survey(_file(tmp_path, content, "a.xes"))
    packed = eventlog.survey(_file(tmp_path, gzip.compress(content, mtime=0), "b.xes.gz"))
    rows = eventlog.survey(_file(tmp_path, _csv([_row("1", "2026-01-05", "", "")]), "c.csv"))
    assert plain.sha256 == packed.sha256 == hashlib.sha256(content).hexdigest() != rows.sha256


def test_form_06_counts_what_ended_without_a_due_day_as_on_time(tmp_path: Path):
    rows = [
        _row("1", "2026-01-05", "", "2026-01-06"),
        _row("2", "2026-01-05", "2026-01-05", "2026-01-06"),
        _row("3", "2026-01-05", "", ""),
    ]
    tally = eventlog.Tally()
    for case in eventlog.cases(eventlog.survey(_file(tmp_path, _csv(rows)))):
        tally.add(case)
    assert tally.form_06 == {Outcome.ON_TIME: 1, Outcome.LATE: 1, Outcome.OPEN: 1, Outcome.UNCLEAR: 0}
    assert tally.outcomes == {Outcome.ON_TIME: 0, Outcome.LATE: 1, Outcome.OPEN: 1, Outcome.UNCLEAR: 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_an_xml_declaration_says_the_encoding_and_prefixes_do_not_matter(tmp_path: Path, encoding: str):
    log = XES.format(traces=TRACE.format(ref="é1", more="")).replace("UTF-8", encoding)
    for word in ("Thẩm định", "nguồn", "giấy", "Lê Văn A", "cả nhật ký"):
        log = log.replace(word, "abc") if encoding == "iso-8859-1" else log
    for tag in ("log", "trace", "event"):
        log = log.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}>", f"</x:{tag}>")
    log = log.replace("xmlns=", "xmlns:x=")
    (case,) = _read(_file(tmp_path, log.encode(encoding), "a.xes"))
    assert (case.ref, len(case.events)) == ("é1", 1)


def test_a_reference_written_composed_and_decomposed_is_one_case(tmp_path: Path):
    refs = [unicodedata.normalize(form, "Hồ  sơ 1") for form in ("NFC", "NFD")]
    rows = [_row(ref, "2026-01-05", "", "") for ref in (refs[0], refs[1], "khác", "Hồ sơ 1")]
    found = _read(_file(tmp_path, _csv(rows)))
    assert sorted((case.ref, len(case.events)) for case in found) == [("Hồ sơ 1", 3), ("khác", 1)]
