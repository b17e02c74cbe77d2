"""What went wrong with a result or a paper: recorded, made good at the agency's cost, with an apology (NĐ 61/2018, Điều 21)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.actions.correct import correct
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.record_incident import IncidentIn, record_incident
from congvu.dossiers.actions.settle_incident import Settlement, settle_incident
from congvu.dossiers.models import Dossier, DossierEvent, FeeEntry, Incident
from congvu.dossiers.rules.incidents import IncidentKind, missing
from congvu.dossiers.rules.status import Money, Status
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import a_version, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused

DAY = date(2026, 11, 17)
NOON = at("2026-11-18 12:00")
LOST = IncidentIn(IncidentKind.LOST_PAPER, "Mất bản chính quyết định giao đất.", 0, DAY)


@pytest.mark.parametrize(
    ("kind", "remedy", "apology", "on", "field"),
    [
        (IncidentKind.LOST_PAPER, "Đã xin cấp lại", "12/XL-SNV", DAY, None),
        (IncidentKind.LOST_PAPER, "Đã xin cấp lại", "", None, "apology"),
        (IncidentKind.WRONG_RESULT, "Đã đính chính", "", None, None),
        (IncidentKind.WRONG_RESULT, " ", "", None, "remedy"),
        (IncidentKind.LOST_RESULT, "Đã cấp lại", "12/XL", None, "apology_on"),
        (IncidentKind.LOST_RESULT, "Đã cấp lại", "", DAY, "apology_on"),
        (IncidentKind.LOST_RESULT, "Đã cấp lại", "12/XL", DAY - timedelta(days=1), "apology_on"),
        (IncidentKind.LOST_RESULT, "Đã cấp lại", "12/XL", DAY + timedelta(days=9), "apology_on"),
    ],
)
def test_a_lost_paper_is_not_settled_without_an_apology(
    kind: IncidentKind, remedy: str, apology: str, on: date | None, field: str | None
) -> None:
    gap = missing(kind, DAY, remedy, apology, on, DAY + timedelta(days=2))
    assert (gap[0] if gap else None) == field


@given(st.sampled_from(IncidentKind), st.text(max_size=5), st.text(max_size=5), st.none() | st.dates())
def test_what_is_settled_always_tells_how_and_dates_its_letter(
    kind: IncidentKind, remedy: str, apology: str, on: date | None
) -> None:
    if missing(kind, DAY, remedy, apology, on, DAY) is None:
        assert remedy.strip() and bool(apology.strip()) == (on is not None)


@pytest.fixture
def one(office: Office) -> int:
    made = office.place.received("2026-11-16 08:00").id
    hand_over([made], by=office.place.clerk, at=at("2026-11-16 09:00"))
    return made


def told(office: Office, kind: IncidentKind = IncidentKind.LOST_PAPER) -> IncidentIn:
    unit = Dossier.objects.get().competent_unit_id
    return IncidentIn(kind, " Mất bản chính. ", unit, DAY)


@pytest.mark.django_db
def test_an_incident_is_recorded_and_settled_by_the_unit_at_fault(office: Office, one: int) -> None:
    place = office.place
    record_incident([one], told(office), by=place.clerk, at=NOON).only()
    kept = Incident.objects.get()
    assert (kept.content, kept.settled_at) == ("Mất bản chính.", None)
    how = Settlement("Đã xin cấp lại giúp ông An.", 250_000, "12/XL-SNV", date(2026, 11, 18))
    with pytest.raises(Refused, match="do đơn vị để xảy ra"):
        settle_incident(kept.pk, how, by=place.clerk, at=NOON).only()
    with pytest.raises(Refused, match="văn bản xin lỗi"):
        settle_incident(kept.pk, Settlement("Đã cấp lại.", 0), by=place.specialist, at=NOON).only()
    settle_incident(kept.pk, how, by=place.specialist, at=NOON).only()
    with pytest.raises(Refused, match="đã được giải quyết"):
        settle_incident(kept.pk, how, by=place.specialist, at=NOON).only()
    kept.refresh_from_db()
    assert (kept.cost, kept.apology, kept.settled_by) == (250_000, "12/XL-SNV", place.specialist.account_id)
    verbs = list(DossierEvent.objects.filter(dossier_id=one).order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["record_incident", "settle_incident"]
    assert AuditEntry.objects.filter(object_id=one, verb__in=verbs[-2:]).count() == 2


@pytest.mark.django_db
def test_a_result_that_is_not_there_cannot_be_wrong(office: Office, one: int) -> None:
    with pytest.raises(Refused, match="chưa có kết quả"):
        record_incident([one], told(office, IncidentKind.WRONG_RESULT), by=office.place.clerk, at=NOON).only()
    with pytest.raises(Refused, match="không tham gia"):
        record_incident([one], LOST, by=office.place.clerk, at=NOON).only()
    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_a_correction_is_free_of_charge(office: Office) -> None:
    place, version = office.place, a_version("1.000787", fee=80_000)
    old = place.received("2026-11-02 08:00", version_id=version.pk).id
    assert FeeEntry.objects.filter(dossier_id=old).exists()
    Dossier.objects.filter(pk=old).update(status=Status.RETURNED)
    both = (
        correct(old, "Sai tên đệm.", uuid4(), by=place.clerk, at=NOON),
        place.received(version_id=version.pk),
    )
    assert [Dossier.objects.get(pk=one.id).money for one in both] == [Money.NONE, Money.OWED]
    assert not FeeEntry.objects.filter(dossier_id=both[0].id).exists()


@pytest.mark.django_db
def test_the_screens_from_the_dossier_to_the_list_and_the_settlement(office: Office, one: int) -> None:
    code = Dossier.objects.get(pk=one).code
    clerk, fault = office.enter(office.place.clerk), office.enter(office.place.specialist)
    page = f"/ho-so/{code}/viec/su-co/"
    unit = Dossier.objects.get().competent_unit_id
    said = {"kind": "mat-giay-to", "content": "Mất <b>đơn</b>", "unit": unit, "found_on": "16/11/2026"}
    assert clerk.post(page, said | {"content": ""}).status_code == 422
    assert clerk.post(page, said).status_code == 302
    kept = Incident.objects.get()
    listed = clerk.get("/su-co/").content.decode()
    assert "Mất &lt;b&gt;đơn" in listed and "Mất, hỏng giấy tờ của người nộp</a>" in listed
    assert f"/su-co/{kept.pk}/" in clerk.get(f"/ho-so/{code}/").content.decode()
    refused = fault.post(f"/su-co/{kept.pk}/", {"remedy": "Đã làm lại giúp", "cost": "50.000"})
    assert refused.status_code == 422 and "Đã làm lại giúp" in refused.content.decode()
    done = {"remedy": "Đã làm lại giúp", "cost": "50.000", "apology": "3/XL", "apology_on": "17/11/2026"}
    assert fault.post(f"/su-co/{kept.pk}/", done).status_code == 302
    shown = fault.get(f"/su-co/{kept.pk}/").content.decode()
    assert "50.000" in shown and "<h1>Mất, hỏng giấy tờ của người nộp</h1>" in shown
    assert "Mất" not in clerk.get("/su-co/").content.decode().split("<main")[1]
    assert "3/XL" in clerk.get("/su-co/?tat-ca").content.decode()
    assert office.enter(office.place.police_officer).get(f"/su-co/{kept.pk}/").status_code in (200, 404)
