"""Importing event logs: counts, what is stored, doing it twice, refusals that leave nothing behind."""

import csv
import gzip
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.actions import import_cases as module
from congvu.dossiers.actions.import_cases import import_cases
from congvu.dossiers.models import CaseImport, Dossier, DossierEvent, DossierReach
from congvu.dossiers.rules.eventlog import BadLog
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE, legal
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation import queries as organisation
from congvu.procedures.models import Field, Procedure

pytestmark = pytest.mark.django_db
LOGS = Path(__file__).resolve().parents[5] / "shared" / "data" / "event_logs"
needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data is not on this machine")
AT = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
HEADER = [
    "case_id",
    "start_date",
    "deadline",
    "end_date",
    "channel",
    "department",
    "activity",
    "time",
    "resource",
]


def a_log(folder: Path, *rows: str, name: str = "log.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *(row.split("|") for row in rows)])
    return path


GOOD = (
    "H-1|2026-01-05 08:00|2026-01-12|2026-01-12 16:00|Internet|Phòng A|Tiếp nhận|2026-01-05 08:00|Lê Văn A",
    "H-1|2026-01-05 08:00|2026-01-12|2026-01-12 16:00|Internet|Phòng A|Thẩm định|2026-01-08 10:00|Lê Văn B",
    "H-2|2026-01-05 08:00|2026-01-12|2026-01-13 08:00|Desk|Phòng A|Tiếp nhận|2026-01-05 08:00|Lê Văn A",
    "H-3|2026-01-05 08:00|2026-01-12||Post|Phòng B|Tiếp nhận|2026-01-05 08:00|Lê Văn A",
    "H-4|2026-01-05 08:00||2026-01-06 08:00|Desk||Tiếp nhận|2026-01-05 08:00|Lê Văn A",
)


def _counts(summary: dict) -> tuple[int, ...]:
    return tuple(summary[name] for name in ("cases", "events", "on_time", "late", "open", "flagged"))


@needs_logs
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("receipt_first_700_cases.csv", (700, 4152, 489, 133, 78, 0)),
        ("BPIC15_1.xes.gz", (1199, 52217, 109, 20, 243, 827)),
    ],
)
def test_the_real_logs_load_whole_and_the_tables_say_what_the_summary_says(
    name: str, expected: tuple[int, ...]
):
    done = import_cases(LOGS / name, by=SYSTEM, at=AT)
    assert _counts(done.summary) == expected
    rows = Dossier.objects.filter(imported_id=done.import_id)
    ended = [row for row in rows if row.ended_on]
    assert len(rows) == expected[0]
    assert sum(row.due_on is not None and row.ended_on <= row.due_on for row in ended) == expected[2]
    assert sum(row.due_on is not None and row.ended_on > row.due_on for row in ended) == expected[3]
    assert len(rows) - len(ended) == expected[4]
    assert DossierEvent.objects.filter(verb="past_event").count() == expected[1]
    assert done.summary["form_06"]["on_time"] == expected[2] + expected[5]


def test_the_same_content_again_changes_nothing_packed_or_not(tmp_path: Path):
    first = import_cases(a_log(tmp_path, *GOOD), by=SYSTEM, at=AT)
    before = [
        Dossier.objects.count(),
        DossierEvent.objects.count(),
        AuditEntry.objects.count(),
        CaseImport.objects.count(),
    ]
    packed = tmp_path / "other name.gz"
    packed.write_bytes(gzip.compress((tmp_path / "log.csv").read_bytes()))
    for again in (tmp_path / "log.csv", packed):
        second = import_cases(again, by=SYSTEM, at=AT)
        assert (second.new, second.summary, second.import_id) == (0, first.summary, first.import_id)
    after = [
        Dossier.objects.count(),
        DossierEvent.objects.count(),
        AuditEntry.objects.count(),
        CaseImport.objects.count(),
    ]
    assert (first.new, before) == (4, after)


def test_a_case_becomes_a_dossier_with_its_events_its_office_and_no_officers_name(tmp_path: Path):
    import_cases(a_log(tmp_path, *GOOD), by=SYSTEM, at=AT)
    dossier = Dossier.objects.get(external_ref="H-1")
    assert (dossier.status, dossier.channel, dossier.due_on, dossier.ended_on) == (
        10,
        2,
        date(2026, 1, 12),
        date(2026, 1, 12),
    )
    assert dossier.received_on == date(2026, 1, 5)
    assert legal(dossier.ended_at).hour == 16
    assert not dossier.flagged
    assert organisation.unit_name(dossier.competent_unit_id, AT.date()).startswith("Phòng A")
    events = list(DossierEvent.objects.filter(dossier=dossier).order_by("at", "id"))
    assert [event.verb for event in events] == ["receive", "past_event", "past_event", "finish"]
    assert [event.ended_on for event in events] == [None, None, None, date(2026, 1, 12)]
    assert [event.status_to for event in events] == [4, 4, 4, 10]
    assert all("Lê Văn" not in event.reason for event in DossierEvent.objects.all())
    assert "Thẩm định · NV-" in events[2].reason
    doubtful = Dossier.objects.get(external_ref="H-4")
    assert doubtful.flagged
    assert "không ghi hạn" in DossierEvent.objects.get(dossier=doubtful, verb="receive").reason


def test_what_an_import_hangs_on_is_history_and_cannot_be_chosen_today(tmp_path: Path):
    import_cases(a_log(tmp_path, *GOOD), by=SYSTEM, at=AT)
    labels = [label for _, label in organisation.unit_choices(AT.date())]
    assert not [label for label in labels if "lịch sử" in label]
    assert set(Procedure.objects.values_list("kind", "status")) == {("LICH_SU", "EXPIRED")}
    assert Field.objects.count() == 1
    assert DossierReach.objects.count() == 4 + 3  # the log's own office, and the department of three
    assert AuditEntry.objects.get(verb="dossier.import_cases").after["cases"] == 4


def test_a_case_that_nothing_dates_is_named_and_left_out(tmp_path: Path):
    undated = "H-9|bao giờ|2026-01-12||Desk|Phòng A|Tiếp nhận|không rõ|Lê Văn A"
    done = import_cases(a_log(tmp_path, *GOOD, undated), by=SYSTEM, at=AT)
    assert done.summary["rejected"] == ["H-9: không có ngày nào đọc được"]
    assert _counts(done.summary)[0] == Dossier.objects.count() == 4


@pytest.mark.parametrize(
    "rows",
    [
        (*GOOD, "x" * 201 + "|2026-01-05|||||||"),
        (*GOOD, "H-9|2026-01-05"),
        tuple(f"H-{n}|2026-01-05||||Phòng {n}|a|2026-01-05|" for n in range(600)),
    ],
)
def test_a_refused_log_leaves_nothing_behind(
    tmp_path: Path, rows: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        module, "BATCH_CASES", max(2, len(rows) // 3)
    )  # some batches are in before the fault is met
    with pytest.raises(Refused):
        import_cases(a_log(tmp_path, *rows), by=SYSTEM, at=AT)
    assert not CaseImport.objects.exists()
    assert not Dossier.objects.exists()
    assert not Procedure.objects.exists()


def test_sql_html_and_control_signs_are_only_text(tmp_path: Path):
    nasty = "'; DROP TABLE dossiers_dossier; --<script>\\N\\t"
    row = f"{nasty}|2026-01-05|2026-01-12||Desk|{nasty}|{nasty}|2026-01-05|{nasty}"
    import_cases(a_log(tmp_path, row), by=SYSTEM, at=AT)
    assert Dossier.objects.get().external_ref == nasty
    assert nasty in DossierEvent.objects.get(verb="past_event").reason


def test_statements_grow_with_batches_and_not_with_cases(tmp_path: Path):
    def statements(cases: int) -> int:
        rows = (
            f"H-{cases}-{n}|2026-01-05|2026-01-12||Desk|Phòng A|Tiếp nhận|2026-01-05|Lê" for n in range(cases)
        )
        path = a_log(tmp_path, *rows, name=f"{cases}.csv")
        with CaptureQueriesContext(connection) as seen:
            import_cases(path, by=SYSTEM, at=AT)
        return len(seen)

    assert statements(10) == statements(1000)


def test_another_tier_and_another_mapping_may_be_named(tmp_path: Path):
    path = a_log(tmp_path, *GOOD)
    with pytest.raises(Refused, match="Không có cấp"):
        import_cases(path, tier="THON", by=SYSTEM, at=AT)
    with pytest.raises(BadLog, match="không có thuộc tính"):
        import_cases(path, overrides={"due": "hạn"}, by=SYSTEM, at=AT)
    done = import_cases(path, overrides={"due": ""}, tier="XA", by=SYSTEM, at=AT)
    assert _counts(done.summary) == (4, 5, 0, 0, 1, 3)
    assert set(Dossier.objects.values_list("tier", flat=True)) == {"XA"}


def test_two_cases_that_end_up_with_one_reference_are_refused_in_words(tmp_path: Path):
    trace = '<trace><string key="concept:name" value="{}"/><date key="startDate" value="2026-01-05"/></trace>'
    path = tmp_path / "twice.xes"
    path.write_text(
        f"<log>{''.join(trace.format(ref) for ref in ('a', 'a', 'a (2)'))}</log>", encoding="utf-8"
    )
    with pytest.raises(BadLog, match=r"cùng mã «a \(2\)»"), transaction.atomic():
        import_cases(path, by=SYSTEM, at=AT)
    assert not Dossier.objects.exists()
