"""The verbs of the ledger of fees as the screens offer them."""

from congvu.dossiers.actions.ask_refund import ask_refund
from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.correct_charge import correct_charge
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.web import money_forms as forms
from congvu.dossiers.web.doing import Doing, Verb


def _collect(do: Doing) -> None:
    data = do.data
    collect_fee(do.ids, data["receipt"], amount=data["amount"], way=data["way"], **do.how).only()


def _charge(do: Doing) -> None:
    charge_fee(do.ids, do.data["amount"], do.data["reason"], **do.how).only()


def _waive(do: Doing) -> None:
    data = do.data
    asked = {name: data[name] for name in ("amount", "percent", "ground")}
    waive_fee(do.ids, data["reason"], **asked, **do.how).only()


def _correct(do: Doing) -> None:
    correct_charge(do.ids, do.data["amount"], do.data["reason"], **do.how).only()


def _refund(do: Doing) -> None:
    ask_refund(do.ids, do.data["amount"], do.data["reason"], **do.how).only()


MONEY = (
    Verb(
        "thu-phi",
        "collect_fee",
        "Thu phí, lệ phí",
        "cash-coin",
        forms.CollectForm,
        _collect,
        "Đã ghi thu phí, lệ phí.",
        "Thu tại bộ phận một cửa, giao biên lai cho người nộp (NĐ 61/2018, Điều 22).",
    ),
    Verb(
        "tinh-phi",
        "charge_fee",
        "Tính phí",
        "calculator",
        forms.ChargeForm,
        _charge,
        "Đã ghi khoản phải thu.",
        "Ghi khoản phải nộp; hạn của hồ sơ không dừng.",
    ),
    Verb(
        "sua-muc-phi",
        "correct_charge",
        "Sửa mức phí",
        "pencil-square",
        forms.CorrectChargeForm,
        _correct,
        "Đã ghi mức phí đúng.",
        "Sổ giữ cả khoản cũ và phần chênh lệch.",
    ),
    Verb(
        "mien-phi",
        "waive_fee",
        "Miễn, giảm phí",
        "slash-circle",
        forms.WaiveForm,
        _waive,
        "Đã ghi miễn, giảm.",
    ),
    Verb(
        "hoan-phi",
        "ask_refund",
        "Đề nghị hoàn trả phí",
        "arrow-counterclockwise",
        forms.RefundForm,
        _refund,
        "Đã gửi đề nghị; lãnh đạo duyệt ở «Hoàn trả phí».",
        "Người khác duyệt theo văn bản rồi một cửa mới chi trả. Số đã hoàn trả không còn phải nộp lại.",
    ),
)
