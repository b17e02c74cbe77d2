"""Event logs for analysts: whole, valid, without names unless a reason is given, in constant memory, opened by pm4py."""

import gzip
import json
import os
import subprocess
import tracemalloc
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree as ET
from django.db import connection

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.export_log import OCEL, XES, export_log, pieces
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.models import Dossier
from congvu.dossiers.queries.log_out import LogAsked
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 16:00")
SECRETS = ("Nguyễn Thị Hạnh", "099190000123", "Đơn của bà Hạnh", "0900000123", "bà Hạnh đã đến", "H99.01-")
PM4PY = os.environ.get("CONGVU_PM4PY", "")  # a Python that has pm4py: AGPL, so never one of ours


@pytest.fixture
def two(office: Office) -> tuple[int, int]:
    """One dossier that went all its way with a result, late at the police; one just received."""
    place = office.place
    hanh = Person("Nguyễn Thị Hạnh", "099190000123", "0900000123")
    papers = (PaperIn("Đơn của bà Hạnh", originals=1),)
    whole = take(office, "2026-11-10 08:00", hanh, papers=papers).id
    hand_over([whole], "bà Hạnh đã đến", by=place.clerk, at=at("2026-11-10 09:00"))
    complete_step([whole], by=place.specialist, at=at("2026-11-11 09:00"))
    complete_step([whole], by=place.police_officer, at=at("2026-11-17 09:00"))
    finish([whole], ResultIn("Quyết định"), by=place.chairman, at=at("2026-11-18 09:00"))
    return_result([whole], by=place.clerk, at=at("2026-11-18 10:00"))
    fresh = take(office, "2026-11-12 08:00", hanh).id
    return whole, fresh


def log(tmp_path: Path, name: str, kind: str = OCEL, asked: LogAsked | None = None, **more: Any) -> Path:
    path = tmp_path / name
    export_log(path, kind, asked or LogAsked(), **{"by": SYSTEM, "at": NOW, **more})
    return path


def test_xes_has_a_trace_a_dossier_with_its_verbs_and_steps(tmp_path: Path, two: tuple[int, int]) -> None:
    root = ET.parse(log(tmp_path, "a.xes", XES)).getroot()
    space = "{http://www.xes-standard.org/}"
    assert root.get("xes.version") == "2.0"
    traces = root.findall(f"{space}trace")
    assert len(traces) == 2
    events = [{e.get("key"): e.get("value") for e in one} for one in traces[0].findall(f"{space}event")]
    told = [(e["concept:name"], e["lifecycle:transition"]) for e in events]
    assert told == [
        ("Tiếp nhận", "complete"), ("Tiếp nhận", "start"),
        ("Chuyển hồ sơ", "complete"), ("Tiếp nhận", "complete"), ("Thẩm định", "start"),
        ("Chuyển bước", "complete"), ("Thẩm định", "complete"), ("Góp ý", "start"),
        ("Chuyển bước", "complete"), ("Góp ý", "complete"), ("Ký quyết định", "start"),
        ("Hoàn thành giải quyết", "complete"), ("Ký quyết định", "complete"), ("Trả kết quả", "start"),
        ("Trả kết quả cho người nộp", "complete"), ("Trả kết quả", "complete"),
    ]  # fmt: skip
    assert [e["concept:name"] for e in events if e.get("late") == "true"] == ["Góp ý"]
    moments = [datetime.fromisoformat(str(e["time:timestamp"])) for e in events]
    assert moments == sorted(moments)
    assert events[9]["org:group"] == "Công an tỉnh"


def objects_and_events(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both forms of OCEL read into the same plain values."""
    if path.suffix == ".json":
        told = json.loads(path.read_text("utf-8"))
        return {
            one["id"]: (
                one["type"],
                [(a["name"], a["time"], a["value"]) for a in one["attributes"]],
                [(r["objectId"], r["qualifier"]) for r in one["relationships"]],
            )
            for one in told["objects"]
        }, {
            one["id"]: (
                one["type"], one["time"], [(a["name"], a["value"]) for a in one["attributes"]],
                [(r["objectId"], r["qualifier"]) for r in one["relationships"]],
            )
            for one in told["events"]
        }  # fmt: skip
    root = ET.parse(path).getroot()

    def linked(one: Any) -> list[tuple[Any, Any]]:
        return [(r.get("object-id"), r.get("qualifier")) for r in one.findall("objects/relationship")]

    things = {
        o.get("id"): (
            o.get("type"),
            [(a.get("name"), a.get("time"), a.text or "") for a in o.findall("attributes/attribute")],
            linked(o),
        )
        for o in root.findall("objects/object")
    }
    acts = {
        e.get("id"): (
            e.get("type"), e.get("time"), [(a.get("name"), a.text or "") for a in e.findall("attributes/attribute")],
            linked(e),
        )
        for e in root.findall("events/event")
    }  # fmt: skip
    return things, acts  # type: ignore[return-value]


def test_ocel_holds_the_rules_of_the_standard(tmp_path: Path, two: tuple[int, int]) -> None:
    """Ids once, types declared, attributes declared, every relation leads to an object, moments can be read."""
    path = log(tmp_path, "a.json")
    told = json.loads(path.read_text("utf-8"))
    ids = [one["id"] for one in (*told["objects"], *told["events"])]
    assert len(ids) == len(set(ids))
    known = {one["id"] for one in told["objects"]}
    for section, types in (("objects", "objectTypes"), ("events", "eventTypes")):
        declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in told[types]}
        assert len(declared) == len(told[types])
        for one in told[section]:
            assert {a["name"] for a in one["attributes"]} <= declared[one["type"]]
            assert {r["objectId"] for r in one["relationships"]} <= known
            assert len({(r["objectId"], r["qualifier"]) for r in one["relationships"]}) == len(
                one["relationships"]
            )
    assert all(datetime.fromisoformat(one["time"]).tzinfo for one in told["events"])
    assert {one["type"] for one in told["events"]} == {one["name"] for one in told["eventTypes"]}
    assert {one["type"] for one in told["objects"]} == {"dossier", "citizen", "unit", "officer", "document"}


def test_json_and_xml_say_the_same(tmp_path: Path, two: tuple[int, int]) -> None:
    in_json, in_xml = log(tmp_path, "a.json"), log(tmp_path, "a.xml")
    assert objects_and_events(in_json) == objects_and_events(in_xml)


def test_what_a_dossier_is_tied_to(tmp_path: Path, two: tuple[int, int]) -> None:
    things, acts = objects_and_events(log(tmp_path, "a.json", named=True, reason="Kiểm tra"))
    code = Dossier.objects.get(pk=two[0]).code
    kind, attributes, relations = things[f"D-{code}"]
    assert kind == "dossier"
    assert [qualifier for _, qualifier in relations] == [
        "owner",
        "received_at",
        "competent",
        "paper",
        "result",
    ]
    assert [value for name, _, value in attributes if name == "status"] == [
        "Được tiếp nhận", "Đang xử lý", "Đã xử lý xong", "Đã trả kết quả",
    ]  # fmt: skip
    begins = acts[f"D-{code}.v1"]
    assert [qualifier for _, qualifier in begins[3]] == ["dossier", "unit", "officer", "owner", "paper"]
    assert things["C-099190000123"][1][0][2] == "Nguyễn Thị Hạnh"
    finished = next(one for one in acts.values() if one[0] == "Hoàn thành giải quyết")
    assert "result" in [qualifier for _, qualifier in finished[3]]


@pytest.mark.parametrize(("name", "kind"), [("a.xes", XES), ("a.json", OCEL), ("a.xml", OCEL)])
def test_no_name_number_or_free_text_leaves_without_being_asked(
    tmp_path: Path, two: tuple[int, int], name: str, kind: str
) -> None:
    plain = log(tmp_path, name, kind).read_text("utf-8")
    assert [one for one in SECRETS if one in plain] == []
    assert "Trần Một Cửa" not in plain
    named = log(tmp_path, name, kind, named=True, reason="Thanh tra").read_text("utf-8")
    shown = SECRETS[:2] if kind == XES else SECRETS[:3]  # XES tells no papers
    assert [one for one in shown if one not in named] == []


def test_pseudonyms_stay_the_same_and_hang_on_the_installation(
    tmp_path: Path, two: tuple[int, int], settings: Any
) -> None:
    first, again = (log(tmp_path, name).read_bytes() for name in ("a.json", "b.json"))
    assert first == again
    things, _ = objects_and_events(tmp_path / "a.json")
    assert sum(kind == "citizen" for kind, *_ in things.values()) == 1, "one person, two dossiers"
    settings.SECRET_KEY = "another installation " * 3
    others, _ = objects_and_events(log(tmp_path, "c.json"))
    moved = {key for key, (kind, *_) in others.items() if kind != "unit"}
    assert moved.isdisjoint(things)


def test_real_names_need_a_reason_and_each_export_is_in_the_log(tmp_path: Path, two: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="lý do"):
        log(tmp_path, "a.json", named=True, reason="  ")
    assert list(tmp_path.iterdir()) == []
    log(tmp_path, "a.json", named=True, reason="Thanh tra số 12")
    entry = AuditEntry.objects.get(verb="export_log")
    assert entry.why == "Thanh tra số 12"
    assert entry.after["named"] is True
    assert (entry.after["dossiers"], entry.after["kind"], entry.after["whole"]) == (2, "ocel", True)


def test_a_download_broken_off_is_in_the_log_too(office: Office, two: tuple[int, int]) -> None:
    going = pieces(XES, ".xes", LogAsked(), by=office.place.auditor, at=NOW)
    while "<trace>" not in next(going):
        pass
    going.close()  # what the server does when the reader goes away
    entry = AuditEntry.objects.get(verb="export_log")
    assert entry.after["whole"] is False and entry.after["dossiers"] >= 1


def test_the_period_is_that_of_the_opening_and_both_days_count(tmp_path: Path, two: tuple[int, int]) -> None:
    def count(first: str, last: str) -> int:
        asked = LogAsked(date.fromisoformat(first), date.fromisoformat(last))
        return log(tmp_path, "a.xes", XES, asked).read_text("utf-8").count("<trace>")

    assert count("2026-11-10", "2026-11-10") == 1
    assert count("2026-11-11", "2026-11-12") == 1
    assert count("2026-11-10", "2026-11-12") == 2
    assert count("2026-11-13", "2026-11-20") == 0


def test_an_official_exports_only_what_may_be_seen(office: Office, two: tuple[int, int]) -> None:
    def traces(actor: Any) -> int:
        return "".join(pieces(XES, ".xes", LogAsked(), by=actor, at=NOW)).count("<trace>")

    assert traces(office.place.auditor) == 2
    assert traces(office.place.police_officer) == 2, "its unit is on the way of both"
    assert traces(office.place.stranger_clerk) == 0
    assert traces(office.place.admin) == 0


@pytest.mark.parametrize(
    ("name", "kind", "asked", "what"),
    [
        ("a.txt", XES, LogAsked(), "Đuôi tệp"),
        ("a.xes", OCEL, LogAsked(), "Đuôi tệp"),
        ("khong-co/a.xes", XES, LogAsked(), "thư mục"),
        ("a.xes", XES, LogAsked(date(2026, 2, 2), date(2026, 2, 1)), "trước ngày đầu"),
        ("a.xes", XES, LogAsked(procedure="9.999999"), "9.999999"),
    ],
)
def test_what_cannot_be_exported_is_said_and_leaves_nothing(
    tmp_path: Path, two: tuple[int, int], name: str, kind: str, asked: LogAsked, what: str
) -> None:
    with pytest.raises(Refused, match=what):
        log(tmp_path, name, kind, asked)
    assert list(tmp_path.iterdir()) == []


def test_gz_packs_it(tmp_path: Path, two: tuple[int, int]) -> None:
    path = log(tmp_path, "a.xes.gz", XES)
    assert gzip.decompress(path.read_bytes()).decode() == log(tmp_path, "a.xes", XES).read_text("utf-8")


def test_signs_xml_cannot_hold_do_not_break_the_file(tmp_path: Path, office: Office) -> None:
    take(office, "2026-11-12 08:00", Person('Bà "<&>" \x0b\ud7ff', ""))
    for name, kind in (("a.xes", XES), ("a.xml", OCEL)):
        ET.parse(log(tmp_path, name, kind, named=True, reason="Kiểm tra"))


def test_statements_do_not_grow_with_the_dossiers(
    tmp_path: Path, two: tuple[int, int], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        log(tmp_path, "a.json")
    with django_assert_max_num_queries(4):
        log(tmp_path, "a.xes", XES)


def test_memory_does_not_grow_with_the_dossiers(tmp_path: Path, office: Office, two: tuple[int, int]) -> None:
    """Peak Python memory of an export of 300 dossiers and of 1,500: nothing is kept per dossier."""
    _multiply(two[0], 300, "2025-03-01 08:00")
    _multiply(two[0], 1_500, "2025-04-01 08:00")

    def peak(day: str) -> int:
        asked = LogAsked(date.fromisoformat(day), date.fromisoformat(day))
        tracemalloc.start()
        try:
            log(tmp_path, f"{day}.json", OCEL, asked)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak("2025-03-01")  # what is loaded once is loaded
    small, large = peak("2025-03-01"), peak("2025-04-01")
    told = json.loads((tmp_path / "2025-04-01.json").read_text("utf-8"))
    assert sum(one["type"] == "dossier" for one in told["objects"]) == 1_500
    assert large < small * 1.3 + 300_000, (small, large)


def _multiply(dossier_id: int, count: int, opened: str) -> None:
    """`count` dossiers like the one, opened at a moment, with its events, steps, papers and results."""
    base = 10_000_000 + 10 * count

    def like(table: str, key: str, **changed: str) -> str:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id' AND column_name <> ALL(%s)",
            [table, list(changed)],
        )
        rest = cursor.fetchone()[0]
        return (
            f"INSERT INTO {table} ({', '.join(changed)}, {rest}) SELECT {', '.join(changed.values())}, {rest}"  # noqa: S608
            f" FROM {table}, generate_series(1, {count}) n WHERE {key} = {dossier_id}"
        )

    with connection.cursor() as cursor:
        new = {
            "id": f"{base} + n", "intake_key": "gen_random_uuid()", "code": f"'X-{count}-' || n",
            "owner_number": f"'{count}' || n", "opened_at": f"'{opened}+07'::timestamptz",
        }  # fmt: skip
        cursor.execute(like("dossiers_dossier", "dossiers_dossier.id", **new))
        for table in ("event", "step", "paper", "result"):
            cursor.execute(like(f"dossiers_{table}", "dossier_id", dossier_id=f"{base} + n"))
            cursor.execute(f"ANALYZE dossiers_{table}")
        cursor.execute("ANALYZE dossiers_dossier")


@pytest.mark.skipif(
    not PM4PY, reason="CONGVU_PM4PY names no Python that has pm4py (AGPL: kept out of our environment)"
)
@pytest.mark.parametrize(("name", "kind"), [("a.xes", XES), ("a.json", OCEL), ("a.xml", OCEL)])
def test_pm4py_opens_it(tmp_path: Path, two: tuple[int, int], name: str, kind: str) -> None:
    path = log(tmp_path, name, kind)
    reads = {
        "a.xes": "log = pm4py.read_xes(p); print(log['case:concept:name'].nunique(), len(log))",
        "a.json": "o = pm4py.read_ocel2_json(p); print(len(o.objects), len(o.events), len(o.relations), len(o.o2o))",
        "a.xml": "o = pm4py.read_ocel2_xml(p); print(len(o.objects), len(o.events), len(o.relations), len(o.o2o))",
    }
    done = subprocess.run(
        [PM4PY, "-c", f"import pm4py; p = {str(path)!r}; {reads[name]}"],
        capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counts = [int(one) for one in done.stdout.split()]
    if kind == XES:
        assert counts == [2, path.read_text("utf-8").count("<event>")]
    else:
        things, acts = objects_and_events(path)
        links = [sum(len(one[-1]) for one in found.values()) for found in (acts, things)]
        assert counts == [len(things), len(acts), *links]
