"""An audit of a quality system recorded wrongly is put right by another row with its reason; both stay on record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.record_quality import (
    NewAudit,
    NewQuality,
    correct_audit,
    record_audits,
    record_quality,
)
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import QualityAudit
from congvu.organisation.rules.quality import AUDIT_KINDS
from congvu.organisation.tests.test_functions import AT

pytestmark = pytest.mark.django_db
DAY, OTHER = date(2026, 5, 1), date(2026, 5, 15)
KIND = next(iter(AUDIT_KINDS))


@pytest.fixture
def held(actors: Any) -> QualityAudit:
    new = NewQuality(actors.home.pk, "ISO 9001:2015", "Giải quyết thủ tục", 10)
    record_quality([new], Period(date(2025, 1, 1)), decision=Decision("1/QĐ-SNV"), by=SYSTEM, at=AT)
    return record_audits([NewAudit(actors.home.pk, DAY, KIND, "Đoàn đánh giá", 3)], by=SYSTEM, at=AT)[0]


def test_the_right_row_takes_the_wrong_ones_place(held: QualityAudit) -> None:
    right = NewAudit(held.unit_id, OTHER, KIND, "Đoàn đánh giá", 1, "Đã khắc phục")
    made = correct_audit(held.pk, right, why="Ghi nhầm ngày", by=SYSTEM, at=AT)
    assert QualityAudit.objects.get(superseded_at=None) == made and QualityAudit.objects.count() == 2
    entry = AuditEntry.objects.get(verb="organisation.correct_audit")
    assert (entry.why, entry.before["nonconformities"], entry.after["nonconformities"]) == (
        "Ghi nhầm ngày",
        3,
        1,
    )
    with pytest.raises(Refused, match="vừa được sửa"):
        correct_audit(held.pk, right, why="Lại", by=SYSTEM, at=AT)


def test_a_row_that_never_was_is_struck_out_and_a_reason_is_asked(held: QualityAudit) -> None:
    with pytest.raises(Refused, match="Lý do"):
        correct_audit(held.pk, None, why=" ", by=SYSTEM, at=AT)
    assert correct_audit(held.pk, None, why="Không có", by=SYSTEM, at=AT) is None
    assert not QualityAudit.objects.filter(superseded_at=None).exists()


def test_an_audit_is_not_moved_to_another_unit_nor_to_a_day_without_a_system(
    held: QualityAudit, actors: Any
) -> None:
    for unit, day, words in (
        (actors.centre.pk, DAY, "đơn vị khác"),
        (held.unit_id, date(2024, 1, 1), "chưa có hệ"),
    ):
        with pytest.raises(Refused, match=words):
            correct_audit(held.pk, NewAudit(unit, day, KIND, "Đoàn", 0), why="Sai", by=SYSTEM, at=AT)
    assert QualityAudit.objects.filter(superseded_at=None).count() == 1


def test_the_page_of_the_unit_leads_keepers_to_the_form(
    held: QualityAudit, visit: Callable[[Any], Any], actors: Any
) -> None:
    url = reverse("correct-audit", args=[held.pk])
    keeper = visit(actors.admin)
    assert url in keeper.get(reverse("unit-registers", args=[actors.home.code])).content.decode()
    shown = keeper.get(url)
    assert shown.status_code == 200 and "Đính chính lần đánh giá" in shown.content.decode()
    typed = {
        "kind": KIND,
        "held_on": "15/05/2026",
        "auditor": "Đoàn đánh giá",
        "nonconformities": "0",
        "findings": "",
    }
    assert keeper.post(url, {**typed, "why": ""}).status_code == 422
    assert keeper.post(url, {**typed, "why": "Nhầm số"}).status_code == 302
    assert QualityAudit.objects.get(superseded_at=None).held_on == OTHER
    assert keeper.get(url).status_code == 404
