"""The two real logs, against numbers counted here in another way: csv/ElementTree, text dates, whole in memory."""

import csv
import gzip
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import pytest

from congvu.dossiers.rules import eventlog
from congvu.dossiers.rules.eventlog import Doubt, Outcome, Tally

LOGS = Path(__file__).resolve().parents[6] / "shared" / "data" / "event_logs"
RECEIPT, BPIC = LOGS / "receipt_first_700_cases.csv", LOGS / "BPIC15_1.xes.gz"
needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data is not on this machine")


def _outcome(end: str | None, due: str | None) -> str:
    if not end:
        return "open"
    if not due:
        return "flagged"
    return "on_time" if end[:10] <= due[:10] else "late"


def _tally(path: Path) -> tuple[eventlog.Log, Tally]:
    log, tally = eventlog.survey(path), Tally()
    for case in eventlog.cases(log, salt=b"test"):
        tally.add(case)
    return log, tally


def _plain(tally: Tally) -> dict[str, int]:
    return {outcome.value: number for outcome, number in tally.outcomes.items() if number}


@needs_logs
def test_all_700_receipt_cases_are_counted_as_an_independent_script_counts_them():
    with RECEIPT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ends = {row["case:concept:name"]: (row["case:enddate"], row["case:deadline"]) for row in rows}
    expected = Counter(_outcome(*one) for one in ends.values())
    log, tally = _tally(RECEIPT)
    assert (log.kind.form, log.cases, log.events) == ("csv", len(ends), len(rows)) == ("csv", 700, 4152)
    assert _plain(tally) == dict(expected) == {"on_time": 489, "late": 133, "open": 78}
    assert (tally.cases, tally.events) == (700, 4152)


@needs_logs
def test_all_1199_building_permits_are_counted_as_an_independent_script_counts_them():
    expected: Counter[str] = Counter()
    events = 0
    with gzip.open(BPIC) as file:
        for _, element in ElementTree.iterparse(file):  # noqa: S314 a file we know
            if element.tag.endswith("}trace"):
                dates = {
                    child.get("key"): child.get("value") for child in element if child.tag.endswith("}date")
                }
                expected[_outcome(dates.get("endDate"), dates.get("endDatePlanned"))] += 1
                events += sum(child.tag.endswith("}event") for child in element)
                element.clear()
    log, tally = _tally(BPIC)
    assert (log.kind.container, log.kind.form, log.cases, log.events) == ("gzip", "xes", 1199, events)
    assert _plain(tally) == dict(expected) == {"on_time": 109, "late": 20, "open": 243, "flagged": 827}
    assert (tally.cases, tally.events) == (1199, 52217)
    assert tally.doubts[Doubt.CLOSED_WITHOUT_END] == 104


@needs_logs
def test_the_real_logs_choose_the_deadline_and_report_it_and_an_override_changes_the_counts():
    log, _ = _tally(RECEIPT)
    assert log.mapping.chosen()["due"] == "case:deadline"
    planned = eventlog.survey(RECEIPT, eventlog.overrides_from(["due=case:enddate_planned"]))
    outcomes = Counter(case.outcome for case in eventlog.cases(planned))
    assert outcomes == {Outcome.ON_TIME: 481, Outcome.LATE: 141, Outcome.OPEN: 78}


@needs_logs
def test_no_officer_of_the_real_logs_is_named_in_what_is_read():
    for path, officers in ((RECEIPT, {"Resource21", "Resource11"}), (BPIC, {"560464", "4901428", "9264148"})):
        log = eventlog.survey(path)
        for case in eventlog.cases(log, salt=b"secret"):
            said = set(case.attributes.values()) | {event.person_ref for event in case.events}
            assert not said & officers


@needs_logs
@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_real_log_cut_off_says_how_many_cases_were_whole(tmp_path: Path, keep: float):
    packed = BPIC.read_bytes()
    cut = tmp_path / "cut.xes.gz"
    cut.write_bytes(packed[: int(len(packed) * keep)])
    plain = gzip.decompress(packed)
    text = tmp_path / "cut.xes"
    text.write_bytes(plain[: int(len(plain) * keep)])
    with pytest.raises(eventlog.BadLog, match=r"gzip bị cắt cụt: \d+ vụ việc còn trọn vẹn") as refusal:
        eventlog.survey(cut)
    assert 0 < (refusal.value.whole or 0) < 1199
    with pytest.raises(eventlog.BadLog, match=r"XES bị cắt cụt ở dòng \d+") as refusal:
        eventlog.survey(text)
    assert refusal.value.whole == plain[: int(len(plain) * keep)].count(b"</trace>")
