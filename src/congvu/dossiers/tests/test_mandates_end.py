"""What has no use without its unit: mandates to sign end with it, and are back when that is undone; hours, forms are counted."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.mandates import grant_mandate
from congvu.dossiers.models import SigningMandate
from congvu.dossiers.rules.signing import Mandate, SignForm
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.models import Grant
from congvu.foundation.papers.models import PaperTemplate
from congvu.foundation.workdays.actions.set_office_hours import set_office_hours
from congvu.foundation.workdays.rules.hours import OfficeHours
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rehearse import rehearse
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import HandoverLine, Unit

pytestmark = pytest.mark.django_db
DAY, EVE = date(2026, 11, 19), date(2026, 11, 18)


def given(office: Office, account: Any, form: SignForm, **more: Any) -> SigningMandate:
    said: dict[str, Any] = {"form": form, "title": "PHÓ GIÁM ĐỐC", "head": "GIÁM ĐỐC", "basis": "QĐ 3/QĐ-SNV"}
    mandate = Mandate(**{**said, "valid_from": date(2026, 1, 1), "valid_to": None, **more})
    sight = visible_to(SYSTEM, date(2026, 11, 1))
    unit = office.place.home_affairs.pk
    return grant_mandate(account, unit, mandate, sight=sight, by=SYSTEM, at=at("2026-11-02 08:00"))


def test_mandates_end_with_their_unit_and_are_back_when_that_is_undone(office: Office) -> None:
    place, heir = office.place, Unit.objects.get(code="H99.09")
    open_, lent = (
        given(office, place.leader.account_id, SignForm.KT),
        given(office, place.specialist.account_id, SignForm.TL, valid_to=date(2026, 12, 31)),
    )
    over = given(office, place.leader.account_id, SignForm.KT, valid_to=date(2026, 10, 1))
    hours = OfficeHours(sessions=((420, 690), (810, 1020)), citation="QĐ 5/QĐ-SNV")
    set_office_hours(
        place.home_affairs.pk, hours, valid_from=date(2026, 1, 1), by=SYSTEM, at=at("2026-01-02 08:00")
    )
    PaperTemplate.objects.create(kind="01", unit_id=place.home_affairs.pk, added_at=at("2026-01-02 08:00"))
    said: Any = {
        "effective": DAY,
        "decision": Decision("15/NQ-HĐND"),
        "by": place.admin,
        "at": at("2026-11-18 09:00"),
    }
    shown = rehearse(lambda: merge([place.home_affairs.pk], heir.pk, **said), DAY)
    counted = {one.kind.code: one.count for one in shown.held}
    assert (counted["mandate"], counted["hours"]) == (2, 1)
    assert "template" not in counted, "a template taken back is none"
    event = merge([place.home_affairs.pk], heir.pk, **said)
    assert carry_out(at=at("2026-11-19 00:05")) == 1
    assert dict(SigningMandate.objects.values_list("id", "valid_to")) == {
        open_.pk: EVE,
        lent.pk: EVE,
        over.pk: date(2026, 10, 1),
    }
    assert not Grant.objects.filter(role="signer", unit_id=heir.pk).exists(), (
        "a right to sign is not inherited"
    )
    line = HandoverLine.objects.get(kind="mandate")
    assert (line.found, line.moved) == (2, 2)
    assert AuditEntry.objects.filter(verb="end_mandate_with_unit").count() == 2
    undo_event(event.pk, why="Nhầm.", by=place.admin, at=at("2026-11-19 15:00"))
    carry_out(at=at("2026-11-19 15:01"))
    assert dict(SigningMandate.objects.values_list("id", "valid_to")) == {
        open_.pk: None,
        lent.pk: date(2026, 12, 31),
        over.pk: date(2026, 10, 1),
    }
    assert Grant.objects.filter(
        role="signer", unit_id=place.home_affairs.pk, valid_to=date(2026, 12, 31)
    ).exists()
