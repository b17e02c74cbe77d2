"""The till can be read and used by everyone: at a desk, on a phone, in both themes."""

from types import SimpleNamespace
from typing import Any

import pytest

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.models import BankLine, FeeEntry
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at
from congvu.foundation.identity.models import Account

pytestmark = pytest.mark.browser
MORNING = at("2026-11-20 09:00")


def test_every_screen_of_the_till_can_be_read_by_everyone(
    page: Any, office: Office, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    clerk = office.place.clerk
    ids = [office.place.received("2026-11-20 08:00").id for _ in range(4)]
    charge_fee(ids, 150_000, "Lệ phí cấp giấy", by=clerk, at=MORNING)
    collect_fee(ids[:1], by=clerk, at=MORNING).only()
    waive_fee(ids[1:2], "Thẻ", percent=50, ground="ho-ngheo", by=clerk, at=MORNING).only()
    for row, verdict in enumerate(("unknown", "unread", "entered", "out", "no_fee"), 2):
        BankLine.objects.create(
            file_sha256="0" * 64, row=row, unit=office.place.centre, raw="FT1;5", transaction=f"FT{row}", amount=5_000,
            content="Tien gi", verdict=verdict, why="Không rõ", at=MORNING, dossier_id=ids[0] if verdict == "entered" else None,
        )  # fmt: skip
    enter(page, SimpleNamespace(account=Account.objects.get(pk=clerk.account_id)))
    receipt = FeeEntry.objects.get(kind="paid").pk
    for path in (
        "",
        "bang-ke/",
        "sao-ke/",
        "sao-ke/?xem=xong",
        "mien-giam/",
        "doi-soat/",
        f"bien-lai/{receipt}/",
    ):
        page.goto(f"/thu-phi/{path}")
        assert_accessible(page)
        keep_picture(page, f"thu-phi-{path.replace('/?xem=', '-').split('/')[0] or 'phai-thu'}")
