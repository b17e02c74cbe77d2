"""Keys for the small province: an authority it trusts, the chairman's key, the seal of the province, dossiers to sign."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, SigningMandate
from congvu.dossiers.tests.make import at
from congvu.foundation.signatures.authority import Authority, Issued, write_secret

SIGNED_AT = at("2026-11-23 09:00")
SECRET = "bí mật 99"


@cache
def keys() -> tuple[Authority, Issued, Issued, Issued]:
    authority = Authority("CA thử", at("2020-01-01 00:00"), at("2045-01-01 00:00"))
    return (
        authority,
        authority.issue("Vũ Chủ Tịch", "UBND tỉnh Bình Giang"),
        authority.issue("UBND tỉnh Bình Giang"),
        authority.issue("Dấu thời gian", stamps_time=True),
    )


@pytest.fixture
def keyed(office: Any, tmp_path: Path, settings: Any) -> Any:
    """The office with keys for the chairman and for the province, and an authority it trusts."""
    return _keyed(office, tmp_path, settings)


@pytest.fixture
def keyed_parallel(office_parallel: Any, tmp_path: Path, settings: Any) -> Any:
    """The same for the office whose agencies work at once."""
    return _keyed(office_parallel, tmp_path, settings)


def _keyed(office: Any, tmp_path: Path, settings: Any) -> Any:
    authority, chairman, seal, stamper = keys()
    authority.revoked.clear()
    settings.CONGVU_SIGNING = tmp_path
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "goc.pem").write_bytes(authority.pem())
    (tmp_path / "trust" / "thu-hoi.crl").write_bytes(authority.crl(at("2026-11-01 00:00")))
    chairman.save(tmp_path / "people" / f"{office.place.chairman.username}.p12", SECRET)
    unit = office.place.province.pk
    seal.save(tmp_path / "units" / f"{unit}.p12", "1234")
    write_secret(tmp_path / "units" / f"{unit}.pin", b"1234")
    stamper.save(tmp_path / "stamp.p12", "")
    a_mandate(office.place.chairman, office.place.province)
    return office


def a_mandate(holder: Any, unit: Any, form: str = "TM.", **more: Any) -> SigningMandate:
    """The right to sign for an agency since 2020; the chairman's unless more is said."""
    said = {"title": "Chủ tịch", "body": "Ủy ban nhân dân", "valid_from": date(2020, 1, 1), **more}
    return SigningMandate.objects.create(
        account_id=holder.account_id, unit=unit, form=form, granted_at=at("2020-01-01 08:00"), **said
    )


def at_the_signature(office: Any) -> Dossier:
    """A dossier that waits for the chairman."""
    place = office.place
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made.id], by=place.specialist, at=at("2026-11-17 09:00")).only()
    complete_step([made.id], by=place.police_officer, at=at("2026-11-18 09:00")).only()
    return Dossier.objects.get(pk=made.id)


def said(**more: Any) -> dict[str, Any]:
    return {
        "name": "Chấp thuận",
        "text": "Hội được hoạt động #1.",
        "secret": SECRET,
        **more,
    }
