"""The verbs of assignment as the screens offer them."""

from congvu.dossiers.actions.assign import assign_step, take_step
from congvu.dossiers.web.doing import Verb
from congvu.dossiers.web.verb_forms import AssignForm, TakeForm

ASSIGNING = (
    Verb(
        "nhan-viec",
        "take_step",
        "Nhận việc",
        "person-fill",
        TakeForm,
        lambda do: take_step(do.ids, do.data.get("position"), **do.how).only(),
        "Bước này nay ở tay bạn.",
        "Đồng nghiệp thấy bạn đang làm hồ sơ này.",
    ),
    Verb(
        "phan-cong",
        "assign_step",
        "Phân công",
        "people",
        AssignForm,
        lambda do: assign_step(
            do.ids,
            do.data["officer"],
            do.data["reason"],
            away=do.data["away"],
            position=do.data.get("position"),
            **do.how,
        ).only(),
        "Đã phân công.",
        "Giao bước đang mở cho một người của đơn vị.",
    ),
)
