"""The gallery of components, for the demo and the tests: every part in all its states, looked at as a picture."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.foundation.ui.pager import Page
from congvu.foundation.ui.web import gallery_samples as samples

CHIPS = (
    ("late", "Quá 3 ngày"),
    ("soon", "Hôm nay 16:30"),
    ("ok", "Còn 2 ngày"),
    ("pause", "Tạm dừng"),
    ("now", "Đang làm"),
    ("idle", "Chưa đến lượt"),
)
WORK = (
    (-3, "Công nhận Ban vận động thành lập Hội Làm vườn", "H99.08-261026-0012", "Tổng hợp, trình ký"),
    (0, "Phê duyệt điều lệ (sửa đổi) Hội Khuyến học", "H99.08-261009-0003", "Trình lãnh đạo ký"),
    (2, "Đổi tên hội hoạt động trong phạm vi tỉnh", "H99.08-261014-0005", "Xin ý kiến 2 sở"),
)


class SampleForm(PlainForm):
    name = TextField(label="Họ và tên", max_length=200)
    number = forms.CharField(
        label="Số căn cước", help_text="Mười hai chữ số.", widget=forms.TextInput({"class": "num"})
    )
    born = DayField(label="Ngày sinh", required=False)
    channel = forms.ChoiceField(label="Nhận kết quả", choices=[("1", "Tại quầy"), ("2", "Bưu chính")])
    how = forms.ChoiceField(
        label="Kênh nộp", choices=[("a", "Trực tiếp"), ("b", "Trực tuyến")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Đã đối chiếu bản chính", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """Everything on one page; `?phan=` shows one part. No SQL."""
    wrong = SampleForm({"name": "", "number": "12", "born": "31/02/2026", "channel": "1", "how": "a"})
    wrong.is_valid()
    wrong.refuse(
        Refused(
            "Số căn cước có 12 chữ số.",
            where="number",
            do="Nhập lại số.",
            article="Luật Căn cước 2023, Điều 12",
        )
    )
    context: dict[str, Any] = {
        "part": request.GET.get("phan", ""),
        "chips": CHIPS,
        "work": WORK,
        "clean": SampleForm(prefix="moi"),
        "wrong": wrong,
        "refusal": Refused("Mã hồ sơ có tháng 13.", where="H99.08-261320-0001", do="Sửa lại ngày trong mã."),
        "tracks": samples.tracks(),
        "dues": samples.due_dates(),
        "charts": samples.charts(),
        "page": Page([1, 2], "abc", first=False),
        "facts": [("Chủ hồ sơ", "Ban vận động thành lập Hội"), ("Người nộp", "Lê Văn Mẫu"), ("Lệ phí", "")],
    }
    return render(request, "foundation/ui/web/gallery.html", context)
