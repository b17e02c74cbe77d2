"""Choose another agency for a member of an envelope that waits (chọn lại cơ quan giải quyết): the one it was for is gone."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.envelope_rows import living
from congvu.dossiers.actions.follow import go_on
from congvu.dossiers.actions.open_members import close_or_open
from congvu.dossiers.models import Envelope, EnvelopeMember
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture


def choose_agency(envelope_id: int, position: int, unit_id: int, *, by: Actor, at: datetime) -> None:
    """Send a member that waits to another agency; opens it at once when its turn has come. 6 statements, and those of
    the opening. Refuses: another counter, a member opened or closed meanwhile, an agency that is not there
    today, and a member whose own agency is (or has its only successor)."""
    known = picture()
    with transaction.atomic():
        row = Envelope.objects.select_for_update().filter(pk=envelope_id).first()
        if row is None or not (by.system or row.receiving_unit_id in by.units(CLERK)):
            raise Refused("Hồ sơ liên thông này do đơn vị khác tiếp nhận.", do="Liên hệ nơi tiếp nhận.")
        members = list(EnvelopeMember.objects.filter(envelope=row).order_by("position"))
        member = next((one for one in members if one.position == position), None)
        if member is None or member.dossier_id is not None or member.closed_at is not None:
            raise Refused(
                "Thủ tục này đã mở hoặc không thực hiện nữa.", where="unit",
                do="Tải lại trang; đã mở thì đổi cơ quan ở trang của hồ sơ ấy.",
            )  # fmt: skip
        if known.at(unit_id, at.date()) is None:
            raise Refused("Đơn vị này không còn hoạt động.", where="unit", do="Chọn đơn vị khác.")
        if living(known, member.competent_unit_id, at.date()) is not None:
            raise Refused(
                "Cơ quan giải quyết thủ tục này vẫn hoạt động, hoặc đã có cơ quan thay.", where="unit",
                do="Đến lượt, hồ sơ tự chuyển tới đó; cần nơi khác thì đổi cơ quan ở trang của hồ sơ khi đã mở.",
            )  # fmt: skip
        before, member.competent_unit_id = member.competent_unit_id, unit_id
        member.save(update_fields=["competent_unit"])
        facts = {"position": position, "unit": unit_id}
        record("choose_agency", "envelope", row.pk, by=by, at=at, before={"unit": before}, after=facts)
        opened = [one.dossier_id for one in members if one.dossier_id is not None]
        go_on(close_or_open(opened, at=at), at)
