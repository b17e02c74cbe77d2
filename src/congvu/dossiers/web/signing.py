"""Signing results from the screens: the form, the papers, the keys; one dossier or many."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.finish import ResultIn
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.sign_result import Draft, sign_result
from congvu.dossiers.queries.detail import details
from congvu.dossiers.web.papers.result_pdf import AUTHORITIES, Telling, result_pdf
from congvu.dossiers.web.uploads import Kept
from congvu.foundation.files.actions import read_stored
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.keys import Credential
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.sign import Order
from congvu.foundation.ui.forms import PlainForm, TextField
from congvu.organisation.queries import picture


class SignFields(PlainForm):
    """What a leader says when signing; the secret of the key is used once and kept nowhere."""

    name = TextField(label="Kết quả", max_length=500, help_text="Ví dụ: Chấp thuận cho hoạt động.")
    text = forms.CharField(
        label="Nội dung trả lời", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    authority = forms.ChoiceField(label="Quyền hạn", required=False, choices=tuple(AUTHORITIES.items()))
    office = TextField(label="Chức vụ người ký", max_length=120, help_text="Ví dụ: GIÁM ĐỐC.")
    secret = forms.CharField(
        label="Mật khẩu khóa ký (PIN)",
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Dùng một lần cho lần ký này, không lưu lại.",
    )


def sign_dossiers(
    ids: list[int],
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    file: Kept | None = None,
    number: str = "",
) -> Outcome:
    """Sign a result for each dossier: the PDF brought, or the notice made from the dossier. 9-11 statements."""
    ring, known = key_ring(), picture()
    key = ring.person(by.username, data["secret"])
    order = Order((key,), ring.trust(), ring.stamping(), at)
    brought = _brought(file)
    telling = Telling(
        data["name"], data.get("text", ""), number, data.get("authority", ""), data["office"], key.name
    )
    seals: dict[int, Credential | None] = {}
    drafts = {}
    for found in details(visible_to(by, at.date()), ids):
        unit = found.competent_unit_id
        if unit not in seals:
            seals[unit] = ring.seal(unit)
        name = f"ket-qua-{found.code or found.id}.pdf"
        result = ResultIn(data["name"], number, file_name=name)
        content = brought or result_pdf(found, telling, known, at.date())
        drafts[found.id] = Draft(content, result, seals[unit])
    if not drafts:
        raise Refused("Không tìm thấy hồ sơ nào trong phạm vi của bạn.", do="Quay lại danh sách và chọn lại.")
    return sign_result(drafts, order, by=by, at=at, seen=seen)


def _brought(file: Kept | None) -> bytes | None:
    if file is None:
        return None
    stored = StoredFile.objects.get(pk=file.file_id)
    if stored.media_type != "application/pdf":
        raise Refused("Chỉ ký số được tệp PDF.", where=file.name, do="Xuất văn bản sang PDF rồi chọn lại.")
    return read_stored(stored)
