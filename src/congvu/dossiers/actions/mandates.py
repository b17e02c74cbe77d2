"""Record and end the right to sign (giao ký thay, thừa lệnh, thừa ủy quyền)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.models import SigningMandate
from congvu.dossiers.rules.signing import LENT, Mandate, refuse_unless_sound
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.identity.roles import ADMIN, SIGNER
from congvu.foundation.refusal import Refused

_KIND = "mandate"


def may_grant(unit_id: int, by: Actor, sight: Visible) -> str:
    """ "" for an administrator and for a leader of the agency or above it; else the reason. No statement."""
    if by.system or by.has(ADMIN) or sight.leads(unit_id):
        return ""
    return "Chỉ lãnh đạo cơ quan hoặc quản trị viên ghi thẩm quyền ký."


def grant_mandate(
    account_id: int, unit_id: int, mandate: Mandate, *, sight: Visible, by: Actor, at: datetime
) -> SigningMandate:
    """Record that a person may sign papers of an agency. 3-6 statements.

    Refuses what the decree does not allow, and whoever is no leader of the agency. By order or under authority the
    person also gets the role of signer in the agency for the same days, to see and close its steps of signing.
    """
    why = may_grant(unit_id, by, sight)
    if why:
        raise Refused(why, do="Đề nghị lãnh đạo cơ quan.")
    refuse_unless_sound(mandate)
    if not Account.objects.filter(pk=account_id, is_active=True).exists():
        raise Refused(
            "Không có tài khoản này, hoặc đã khóa.", where="account", do="Chọn người trong danh sách."
        )
    with transaction.atomic():
        made = SigningMandate.objects.create(
            account_id=account_id, unit_id=unit_id, form=mandate.form.value, title=mandate.title, head=mandate.head,
            body=mandate.body, via=mandate.via, basis=mandate.basis, procedures=sorted(mandate.procedures),
            valid_from=mandate.valid_from, valid_to=mandate.valid_to, granted_by=by.account_id, granted_at=at,
        )  # fmt: skip
        if mandate.form in LENT:
            _lend(made)
        record("grant-mandate", _KIND, made.pk, by=by, at=at, why=mandate.basis, after=_plain(made))
    return made


def _lend(made: SigningMandate) -> None:
    try:
        with transaction.atomic():
            Grant.objects.create(
                account_id=made.account_id, role=SIGNER, unit_id=made.unit_id, valid_from=made.valid_from,
                valid_to=made.valid_to,
            )  # fmt: skip
    except IntegrityError as clash:
        raise Refused(
            "Người này đã được giao ký thừa lệnh hoặc thừa ủy quyền ở cơ quan này trong thời gian đó.",
            where="valid_from",
            do="Kết thúc lần giao trước rồi ghi lần mới.",
        ) from clash


def end_mandate(mandate_id: int, last_day: date, *, sight: Visible, by: Actor, at: datetime) -> None:
    """End a mandate: `last_day` is the last day it holds. 4-5 statements. What was signed stays signed; the row stays."""
    with transaction.atomic():
        found = SigningMandate.objects.select_for_update().filter(pk=mandate_id).first()
        if found is None:
            raise Refused("Không có thẩm quyền ký này.", do="Tải lại trang.")
        why = may_grant(found.unit_id, by, sight)
        if why:
            raise Refused(why, do="Đề nghị lãnh đạo cơ quan.")
        if last_day < found.valid_from or (found.valid_to is not None and last_day > found.valid_to):
            raise Refused(
                "Ngày kết thúc nằm ngoài thời gian đã giao.",
                where="last_day",
                do="Chọn ngày trong thời gian đó.",
            )
        before = _plain(found)
        if found.form in {one.value for one in LENT}:
            Grant.objects.filter(
                account_id=found.account_id, role=SIGNER, unit_id=found.unit_id, valid_from=found.valid_from
            ).update(valid_to=last_day)
        found.valid_to = last_day
        found.save(update_fields=["valid_to"])
        record("end-mandate", _KIND, found.pk, by=by, at=at, before=before, after=_plain(found))


def _plain(one: SigningMandate) -> dict[str, object]:
    return {
        "account": one.account_id, "unit": one.unit_id, "form": one.form, "title": one.title, "basis": one.basis,
        "procedures": list(one.procedures), "from": str(one.valid_from),
        "to": str(one.valid_to) if one.valid_to else None,
    }  # fmt: skip
