"""Recording an event: choose the kind, fill in the decision, see the tree before and after, then record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation import queries
from congvu.organisation.actions.rehearse import conserving, rehearse
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.web.forms import FORMS
from congvu.organisation.web.preview import Preview, preview_of, seen

PREVIEW, RECORD = "xem", "ghi"
ABOUT = {
    "THANH_LAP": "Một đơn vị mới, mã mới.",
    "DOI_TEN": "Tên mới từ một ngày; tên cũ vẫn tra được.",
    "SAP_NHAP": "Đơn vị nguồn chấm dứt, nhập trọn vào đơn vị đang có.",
    "HOP_NHAT": "Các đơn vị nguồn chấm dứt, thành một đơn vị mới.",
    "CHIA": "Đơn vị cũ chấm dứt, chia cho hai đơn vị trở lên.",
    "TACH": "Một phần tách ra; đơn vị cũ vẫn còn.",
    "GIAI_THE": "Chấm dứt, không có đơn vị kế thừa.",
    "CHUYEN_GIAO_CHUC_NANG": "Một chức năng sang đơn vị khác; cây không đổi.",
    "CHUYEN_CAP_TREN": "Về dưới một cấp trên khác, kèm mọi đơn vị trực thuộc.",
}


def record_event(request: HttpRequest) -> HttpResponse:
    """Preview and recording run the same action. 1 statement to show the form; see the actions for the rest."""
    kind = request.GET.get("loai", "")
    unit = request.GET.get("don-vi", "")
    if kind not in FORMS:
        listed = [(code, EVENT_KINDS[code], ABOUT[code]) for code in FORMS]
        return render(request, "organisation/web/choose_event.html", {"kinds": listed, "unit": unit})
    picture = queries.picture()
    data = request.POST if request.method == "POST" else None
    initial = dict.fromkeys(("unit", "giver"), unit) if unit.isdigit() else {}
    form = FORMS[kind](data, picture=picture, today=clock.today(), initial=initial)
    preview: Preview | None = None
    shown = seen(picture.token, request, kind)
    if data is not None and form.is_valid():
        try:
            if data.get("buoc") == RECORD and data.get("da_xem") == shown:
                conserving(lambda: _act(request, form), form.cleaned_data["effective"])
                messages.success(request, f"Đã ghi: {EVENT_KINDS[kind]}, {form.cleaned_data['decision']}.")
                return redirect("unit-events")
            preview = _rehearsed(request, form)
        except Refused as refusal:
            form.refuse(refusal)
    changed = data is not None and data.get("buoc") == RECORD and preview is not None
    context = {
        "form": form,
        "kind": kind,
        "kind_name": EVENT_KINDS[kind],
        "about": ABOUT[kind],
        "preview": preview,
        "seen": shown,
        "changed": changed,
    }
    status = FORM_STATUS if form.is_bound and (form.errors or changed) else 200
    return render(request, "organisation/web/record_event.html", context, status=status)


def _rehearsed(request: HttpRequest, form: Any) -> Preview:
    day = form.cleaned_data["effective"]
    return preview_of(rehearse(lambda: _act(request, form), day), day, request.actor)  # type: ignore[attr-defined]


def _act(request: HttpRequest, form: Any) -> object:
    return form.act(by=request.actor, at=clock.now())  # type: ignore[attr-defined]
