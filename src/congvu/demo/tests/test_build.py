"""Building the province with its real catalogue: once, in one size, whole, and ready to be worked in."""

from datetime import datetime

import pytest

from congvu.demo import build
from congvu.demo.build import ensure
from congvu.demo.people import MORE_SIGN_INS, PASSWORD, SIGN_INS
from congvu.dossiers.models import Dossier
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.identity.queries import actor_for
from congvu.foundation.refusal import Refused
from congvu.people.rules.codes import CIVIL

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 16, 20, tzinfo=LEGAL_ZONE)


def test_the_desk_is_built_once_and_a_second_call_changes_nothing():
    first = ensure("desk", at=NOW)
    assert not first.already
    assert first.dossiers == Dossier.objects.count() > 100
    rows = AuditEntry.objects.count()
    second = ensure("desk", at=NOW)
    assert second.already
    assert (second.dossiers, second.accounts) == (first.dossiers, first.accounts)
    assert AuditEntry.objects.count() == rows
    with pytest.raises(Refused, match="đã có tỉnh mẫu cỡ «desk»"):
        ensure("year", at=NOW)


def test_a_size_there_is_not_is_refused():
    with pytest.raises(Refused, match="Không có cỡ «huge»"):
        ensure("huge", at=NOW)
    assert not Account.objects.exists()


def test_the_sign_ins_open_with_the_printed_password_and_hold_their_roles():
    ensure("desk", at=NOW)
    assert [one.username for one in SIGN_INS] == ["mot-cua", "chuyen-vien", "lanh-dao", "to-chuc", "quan-tri"]
    for one in (*SIGN_INS, *MORE_SIGN_INS):
        account = Account.objects.get(username=one.username)
        assert account.check_password(PASSWORD)
        assert actor_for(account, NOW.date()).has(one.role)
    assert Grant.objects.count() == Account.objects.count()


def test_a_province_pours_beside_the_desk_and_numbers_go_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(build.SIZES, "province", 2_000)
    monkeypatch.setitem(build.CITY_A_DAY, "province", 4)
    monkeypatch.setitem(build.PAST, "province", 600)
    monkeypatch.setitem(build.FILLED, "province", (CIVIL,))
    made = ensure("province", at=NOW)
    assert made.dossiers == Dossier.objects.count() > 3_000
    codes = list(Dossier.objects.exclude(code=None).values_list("code", flat=True))
    assert len(codes) == len(set(codes))
    assert Dossier.objects.values("competent_unit").distinct().count() > 50
