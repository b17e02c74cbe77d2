"""Signing results from the screens: the form, the papers, the keys; one dossier or many."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.finish import ResultIn
from congvu.dossiers.actions.outcome import NotDone, Outcome
from congvu.dossiers.actions.sign_result import Draft, sign_result
from congvu.dossiers.queries.detail import Detail, details
from congvu.dossiers.queries.drafts import submitted
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

    name = TextField(
        label="Kết quả",
        max_length=500,
        required=False,
        help_text="Để trống khi hồ sơ đã có dự thảo trình ký. Ví dụ: Chấp thuận cho hoạt động.",
    )
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
    """Sign a result for each dossier: the PDF brought, the draft submitted, or the notice made of what is typed here.

    10-13 statements. A dossier without any of these is refused alone.
    """
    ring, known = key_ring(), picture()
    key = ring.person(by.username, data["secret"])
    order = Order((key,), ring.trust(), ring.stamping(), at)
    brought = _brought(file)
    typed = Telling(
        data["name"], data.get("text", ""), number, data.get("authority", ""), data["office"], key.name
    )
    waiting = submitted(ids)
    bare: list[NotDone] = []
    seals: dict[int, Credential | None] = {}
    drafts = {}
    for found in details(visible_to(by, at.date()), ids):
        unit = found.competent_unit_id
        if unit not in seals:
            seals[unit] = ring.seal(unit)
        draft = waiting.get(found.id) if brought is None else None
        if not (brought or draft or data["name"]):
            bare.append(NotDone(found.id, found.code, _nothing_to_sign(found)))
            continue
        told = replace(typed, name=draft.name, text=draft.text) if draft else typed
        content = brought or (
            read_stored(draft.file) if draft and draft.file else result_pdf(found, told, known, at.date())
        )
        result = ResultIn(told.name, number, file_name=f"ket-qua-{found.code or found.id}.pdf")
        drafts[found.id] = Draft(content, result, seals[unit], draft.pk if draft else None)
    if not (drafts or bare):
        raise Refused("Không tìm thấy hồ sơ nào trong phạm vi của bạn.", do="Quay lại danh sách và chọn lại.")
    outcome = sign_result(drafts, order, by=by, at=at, seen=seen)
    return Outcome(outcome.done, (*outcome.refused, *bare))


def _nothing_to_sign(found: Detail) -> Refused:
    return Refused(
        "Hồ sơ chưa có dự thảo trình ký, và chưa ghi kết quả.",
        where=found.label,
        do="Ghi tên kết quả, hoặc trả lại để chuyên viên trình dự thảo.",
    )


def _brought(file: Kept | None) -> bytes | None:
    if file is None:
        return None
    stored = StoredFile.objects.get(pk=file.file_id)
    if stored.media_type != "application/pdf":
        raise Refused("Chỉ ký số được tệp PDF.", where=file.name, do="Xuất văn bản sang PDF rồi chọn lại.")
    return read_stored(stored)
