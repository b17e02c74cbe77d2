"""The forms of a personnel file."""

from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.rules.codes import (
    DETAILS,
    ETHNICITIES,
    HANDOVERS,
    PAPERS,
    POLITICS,
    POOLS,
    POST_KINDS,
    QUALIFICATIONS,
    RELATIONS,
    SENSITIVE,
    SEXES,
    TRAININGS,
)
from congvu.people.rules.salary import Grades
from congvu.people.web.forms import DecisionForm, unit_field


class AskForm(PlainForm):
    purpose = TextField(label="Mục đích nghiên cứu hồ sơ", max_length=500)
    valid_from = DayField(label="Đọc từ ngày")
    valid_to = DayField(label="Đến hết ngày")
    sensitive = forms.BooleanField(
        label="Cần cả thông tin nhạy cảm (tôn giáo, Đảng, sức khỏe)", required=False
    )


class CorrectForm(DecisionForm):
    name = TextField(label="Họ và tên khai sinh", max_length=120)
    birth = DayField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=SEXES.items())
    ethnicity = forms.ChoiceField(label="Dân tộc", choices=[(one, one) for one in ETHNICITIES])
    citizen_number = TextField(label="Số định danh cá nhân", max_length=14, required=False)
    hired_on = DayField(label="Ngày tuyển dụng", required=False)
    qualification = forms.ChoiceField(
        label="Trình độ chuyên môn", choices=QUALIFICATIONS.items(), required=False
    )
    politics = forms.ChoiceField(label="Lý luận chính trị", choices=POLITICS.items(), required=False)
    since = DayField(
        label="Thay đổi từ ngày", required=False, help_text="Để trống nếu là đính chính điều đã ghi sai."
    )
    why = TextField(label="Lý do", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in DETAILS.items():
            self.fields[key] = TextField(label=words, max_length=500, required=False)
        self.order_fields(
            [
                "name",
                "birth",
                "sex",
                "ethnicity",
                "citizen_number",
                "hired_on",
                "qualification",
                "politics",
                *DETAILS,
                "since",
                "why",
                "decision",
                "signed_on",
                "decided_by",
            ]
        )


class SensitiveForm(DecisionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in SENSITIVE.items():
            self.fields[key] = TextField(label=words, max_length=500, required=False)
        self.fields["decision"].required = False
        self.order_fields([*SENSITIVE, "decision", "signed_on", "decided_by"])


class StepForm(DecisionForm):
    step = forms.IntegerField(label="Bậc", min_value=1, max_value=20)
    over_frame = forms.IntegerField(label="Vượt khung (%)", min_value=0, max_value=60, initial=0)
    valid_from = DayField(label="Hưởng từ ngày")
    counted_from = DayField(
        label="Mốc tính nâng bậc lần sau", required=False, help_text="Để trống: từ ngày hưởng."
    )

    def __init__(self, *args: Any, grades: Grades, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"] = forms.ChoiceField(
            label="Ngạch, chức danh",
            choices=[(one.code, f"{one.code} {one.name}") for one in grades.values()],
        )
        self.order_fields(
            [
                "grade",
                "step",
                "over_frame",
                "valid_from",
                "counted_from",
                "decision",
                "signed_on",
                "decided_by",
            ]
        )


class PartForm(PlainForm):
    kind = forms.ChoiceField(
        label="Phần", choices=(("training", "Đào tạo, bồi dưỡng"), ("family", "Gia đình"))
    )
    code = forms.ChoiceField(
        label="Loại",
        choices=(
            ("Đào tạo, bồi dưỡng", tuple(TRAININGS.items())),
            ("Gia đình", tuple(RELATIONS.items())),
        ),
    )
    title = TextField(label="Nội dung", max_length=300, help_text="Tên lớp, họ tên người thân.")
    note = TextField(label="Ghi chú", max_length=500, required=False)
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến ngày", required=False)


class PaperForm(PlainForm):
    """A paper of the file. Kinds that are sensitive by themselves need no mark."""

    code = forms.ChoiceField(label="Loại tài liệu", choices=(("", "Chọn loại"), *PAPERS.items()))
    title = TextField(label="Tên, trích yếu", max_length=300)
    number = TextField(label="Số, ký hiệu", max_length=100, required=False)
    dated = DayField(label="Ngày tài liệu", required=False)
    issuer = TextField(label="Cơ quan ban hành, cấp", max_length=200, required=False)
    sheets = forms.IntegerField(label="Số tờ", min_value=1, required=False)
    sensitive = forms.BooleanField(
        label="Tài liệu nhạy cảm",
        required=False,
        help_text="Sức khỏe, Đảng viên, kê khai tài sản, đơn thư luôn là nhạy cảm, không cần đánh dấu.",
    )
    note = TextField(label="Ghi chú", max_length=500, required=False)
    scan = forms.FileField(
        label="Bản quét", required=False, help_text="PDF, PNG, JPEG, TIFF, DOCX hoặc XLSX."
    )


class HandoverForm(PlainForm):
    """Phiếu giao nhận hồ sơ."""

    way = forms.ChoiceField(label="Việc", choices=(("", "Chọn việc"), *HANDOVERS.items()))
    on = DayField(label="Ngày giao nhận")
    party = TextField(label="Cơ quan, đơn vị bên kia", max_length=200)
    giver = TextField(label="Người giao", max_length=120)
    taker = TextField(label="Người nhận", max_length=120)
    number = TextField(label="Số phiếu giao nhận", max_length=100, required=False)
    note = TextField(label="Ghi chú", max_length=500, required=False)


class ReasonForm(PlainForm):
    """Why a record of a hand-over is put right. Enough by itself to strike it out."""

    reason = TextField(label="Điều sai và căn cứ", max_length=500)


class RightHandoverForm(HandoverForm, ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class GroundForm(DecisionForm):
    """What a correction of a line rests on. Enough by itself to strike the line out."""

    corrected = TextField(label="Quyết định, giấy tờ bị đính chính", max_length=100)
    reason = TextField(label="Điều sai và căn cứ", max_length=500)
    GROUND = ("decision", "signed_on", "decided_by", "corrected", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].label = "Số quyết định đính chính"
        self.order_fields([*(name for name in self.fields if name not in self.GROUND), *self.GROUND])


class RightPostForm(GroundForm):
    position = TextField(label="Chức vụ, chức danh", max_length=120)
    pool = forms.ChoiceField(label="Nhóm biên chế", choices=POOLS.items())
    kind = forms.ChoiceField(label="Loại bố trí", choices=POST_KINDS.items())
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống: đang giữ.")

    def __init__(self, *args: Any, known: Picture, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = unit_field(known, sight)
        self.order_fields(["unit_id", "position", "pool", "kind", "since", "until", *self.GROUND])


class RightStepForm(StepForm, GroundForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["grade", "step", "over_frame", "valid_from", "counted_from", *self.GROUND])


class RightLineForm(GroundForm):
    """A training or a relative."""

    title = TextField(label="Nội dung", max_length=300)
    note = TextField(label="Ghi chú", max_length=500, required=False)
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến ngày", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = TRAININGS if kind == "training" else RELATIONS
        self.fields["code"] = forms.ChoiceField(label="Loại", choices=codes.items())
        self.order_fields(["code", "title", "note", "first", "last", *self.GROUND])


class RightPaperForm(GroundForm, PaperForm):
    """What the list says of a paper; its scan stays."""

    scan = None  # type: ignore[assignment]
