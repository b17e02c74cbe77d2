"""The verbs as the screens offer them: words, icon, form, and which action does it."""

from congvu.dossiers.actions.attach import attach
from congvu.dossiers.actions.change_competent import change_competent
from congvu.dossiers.actions.collect_parcel import collect_parcel
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.correct import correct
from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.parcel_back import parcel_back
from congvu.dossiers.actions.post_result import Parcel, post_result
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.remind_collect import remind_collect
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.rules.status import Delivery, Verdict
from congvu.dossiers.web import verb_forms as forms
from congvu.dossiers.web.assign_verbs import ASSIGNING
from congvu.dossiers.web.contact import CONTACT
from congvu.dossiers.web.doing import Doing, Offered, Verb
from congvu.dossiers.web.draft_verbs import DRAFTS
from congvu.dossiers.web.handling_verbs import HANDLING
from congvu.dossiers.web.incidents import RECORD
from congvu.dossiers.web.money_forms import PaymentForm
from congvu.dossiers.web.money_verbs import MONEY
from congvu.dossiers.web.signing import sign_dossiers


def _finish(do: Doing) -> None:
    data = do.data
    result = ResultIn(
        data["name"],
        data["number"],
        data["signed_on"],
        data["signer"],
        do.file.file_id if do.file else None,
        do.file.name if do.file else "",
        Verdict(int(data["verdict"])),
        data["valid_until"],
    )
    finish(do.ids, result, data["note"], facts=data["facts"], **do.how).only()


def _sign(do: Doing) -> None:
    sign_dossiers([do.dossier_id], do.data, file=do.file, number=do.data["number"], **do.how).only()


def _complete(do: Doing) -> None:
    complete_step(
        do.ids, do.data["note"], facts=do.data["facts"], position=do.data.get("position"), **do.how
    ).only()


def _supplement(do: Doing) -> None:
    request_supplement(
        do.ids, do.data["content"], second_reason=do.data.get("second_reason", ""), **do.how
    ).only()


def _return(do: Doing) -> None:
    if do.data["method"] == Delivery.POSTED:
        parcel = Parcel(do.code, do.data["tracking"], do.data["carrier"])
        (posted,) = post_result([parcel], **do.how)
        if posted.refusal is not None:
            raise posted.refusal
        return
    return_result(do.ids, do.data["received_by"], method=Delivery(do.data["method"]), **do.how).only()


def _attach(do: Doing) -> None:
    data = do.data
    paper = PaperIn(
        data["name"],
        order=99,
        originals=data["originals"] or 0,
        certified=data["certified"] or 0,
        copies=data["copies"] or 0,
        digitised=1 if do.file else 0,
        file_id=do.file.file_id if do.file else None,
        file_name=do.file.name if do.file else "",
    )
    attach(do.dossier_id, paper, by=do.by, at=do.at)


def _correct(do: Doing) -> str | None:
    return correct(do.dossier_id, do.data["reason"], do.key, by=do.by, at=do.at).code


def _receive(do: Doing) -> str | None:
    return receive_registered(do.ids, **do.how).only().code


_ALL = (
    Verb(
        "tiep-nhan",
        "receive_registered",
        "Tiếp nhận",
        "check-lg",
        forms.BareForm,
        _receive,
        "Đã tiếp nhận, mã hồ sơ và ngày hẹn đã cấp.",
        "Cấp mã hồ sơ và bắt đầu tính hạn từ lúc này.",
        slip="giay-tiep-nhan",
    ),
    Verb(
        "tu-choi",
        "refuse",
        "Từ chối",
        "x-lg",
        forms.ReasonForm,
        lambda do: refuse(do.ids, do.data["reason"], **do.how).only(),
        "Đã từ chối tiếp nhận.",
        "Lý do gửi nguyên văn cho người nộp (Mẫu 03).",
        slip="phieu-tu-choi",
    ),
    Verb(
        "chuyen-ho-so",
        "hand_over",
        "Chuyển hồ sơ",
        "send",
        forms.NoteForm,
        lambda do: hand_over(do.ids, do.data["note"], **do.how).only(),
        "Đã chuyển hồ sơ đến cơ quan giải quyết.",
        "Chuyển ngay trong ngày; nhận sau 15 giờ thì chuyển đầu giờ ngày làm việc sau (NĐ 61/2018, Điều 18).",
        key="T",
    ),
    Verb(
        "chuyen-buoc",
        "complete_step",
        "Chuyển bước",
        "send",
        forms.StepForm,
        _complete,
        "Đã hoàn thành bước và chuyển tiếp.",
        "Bước của bạn xong, bước sau mở với hạn riêng.",
        key="T",
    ),
    Verb(
        "hoan-thanh",
        "finish",
        "Hoàn thành",
        "clipboard-check",
        forms.FinishForm,
        _finish,
        "Đã hoàn thành, chờ trả kết quả.",
        "Ngày hoàn thành quyết định đúng hạn hay quá hạn; ngày người dân đến lấy thì không.",
        takes_file=True,
        key="T",
    ),
    Verb(
        "ky-so",
        "sign_result",
        "Ký số kết quả",
        "pencil-square",
        forms.SignForm,
        _sign,
        "Đã ký số kết quả, chờ trả.",
        "Ký dự thảo đã trình; hoặc tệp PDF bạn chọn; hoặc thông báo kết quả hệ thống lập từ nội dung ghi ở đây."
        " Chữ ký của cơ quan đi kèm nếu đã đặt khóa.",
        takes_file=True,
        to_sign=True,
    ),
    Verb(
        "tra-ket-qua",
        "return_result",
        "Trả kết quả",
        "box-arrow-right",
        forms.ReturnForm,
        _return,
        "Đã trả kết quả.",
        key="T",
    ),
    Verb(
        "nhac-nhan",
        "remind_collect",
        "Nhắc nhận kết quả",
        "bell",
        forms.BareForm,
        lambda do: remind_collect(do.ids, **do.how).only(),
        "Đã ghi lời nhắc; tin được gửi theo cách người nộp đã chọn.",
        "Hạn của cơ quan đã dừng khi có kết quả. Người nộp nhận một tin rằng kết quả đang chờ, và nhận ở đâu.",
    ),
    Verb(
        "tiep-tuc",
        "resume",
        "Tiếp tục giải quyết",
        "play-fill",
        forms.NoteForm,
        lambda do: resume(do.ids, do.data["note"], **do.how).only(),
        "Đã tiếp tục, ngày hẹn được tính lại.",
        "Điều kiện chờ đã đủ: hạn tính lại từ lúc này theo quy tắc của hồ sơ.",
        key="T",
    ),
    Verb(
        "yeu-cau-bo-sung",
        "request_supplement",
        "Yêu cầu bổ sung",
        "file-earmark-text",
        forms.SupplementForm,
        _supplement,
        "Đã yêu cầu bổ sung, hồ sơ tạm dừng tính hạn.",
        "Chỉ được yêu cầu một lần, ghi đầy đủ (NĐ 61/2018, Điều 11.2.c). Hạn dừng đến khi người nộp bổ sung.",
        slip="phieu-bo-sung",
    ),
    Verb(
        "yeu-cau-nop-phi",
        "request_payment",
        "Yêu cầu nộp phí",
        "cash-coin",
        PaymentForm,
        lambda do: request_payment(do.ids, do.data["content"], amount=do.data["amount"], **do.how).only(),
        "Đã yêu cầu thực hiện nghĩa vụ tài chính, hồ sơ tạm dừng tính hạn.",
    ),
    Verb(
        "xin-loi-hen-lai",
        "extend",
        "Xin lỗi, hẹn lại",
        "calendar3",
        forms.ExtendForm,
        lambda do: extend(do.ids, do.data["new_due"], do.data["reason"], **do.how).only(),
        "Đã hẹn lại ngày trả.",
        "Chỉ hẹn lại một lần, chậm nhất một ngày làm việc trước ngày hẹn cũ (NĐ 61/2018, Điều 19.9).",
        slip="phieu-xin-loi",
    ),
    *MONEY,
    CONTACT,
    Verb(
        "buu-gui-tra-lai",
        "parcel_back",
        "Bưu gửi bị trả lại",
        "reply",
        forms.ReasonForm,
        lambda do: parcel_back(do.ids, do.data["reason"], **do.how).only(),
        "Đã ghi bưu gửi bị trả lại; người nộp được báo.",
        "Sau đó sửa địa chỉ ở «Đổi liên hệ, nơi nhận» và ghi số hiệu mới ở «Chờ gửi bưu chính» để gửi lại.",
    ),
    Verb(
        "nhan-buu-gui-tra-lai",
        "collect_parcel",
        "Người nhận đến lấy",
        "check-circle",
        forms.CollectParcelForm,
        lambda do: collect_parcel(do.ids, do.data["received_by"], **do.how).only(),
        "Đã ghi người nhận kết quả.",
    ),
    Verb(
        "them-giay-to",
        "attach",
        "Thêm giấy tờ",
        "paperclip",
        forms.AttachForm,
        _attach,
        "Đã thêm giấy tờ.",
        takes_file=True,
    ),
    Verb(
        "dung",
        "stop",
        "Dừng giải quyết",
        "pause-circle-fill",
        forms.ReasonForm,
        lambda do: stop(do.ids, do.data["reason"], **do.how).only(),
        "Đã dừng giải quyết.",
        "Lý do và căn cứ in vào thông báo dừng (TT 03/2025/TT-VPCP, mẫu 05).",
        slip="thong-bao-dung",
    ),
    Verb(
        "rut",
        "withdraw",
        "Rút hồ sơ",
        "arrow-counterclockwise",
        forms.ReasonForm,
        lambda do: withdraw(do.ids, do.data["reason"], **do.how).only(),
        "Đã ghi công dân rút hồ sơ.",
        "Theo yêu cầu của người nộp; hồ sơ kết thúc tại đây.",
    ),
    Verb(
        "doi-co-quan",
        "change_competent",
        "Đổi cơ quan giải quyết",
        "diagram-3",
        forms.CompetentForm,
        lambda do: change_competent(do.ids, do.data["unit"], do.data["reason"], **do.how).only(),
        "Đã đổi cơ quan giải quyết.",
        "Khi hồ sơ gửi nhầm cơ quan: bước đang mở chuyển sang cơ quan mới với hạn riêng, ngày đã hẹn giữ nguyên.",
    ),
    Verb(
        "dinh-chinh",
        "correct",
        "Đính chính",
        "pencil-square",
        forms.ReasonForm,
        _correct,
        "Đã lập hồ sơ đính chính.",
        "Hồ sơ đã trả là cuối cùng: sai sót được sửa bằng một hồ sơ mới nối với hồ sơ này (NĐ 61/2018, Điều 21).",
    ),
    *HANDLING,
    RECORD,
    *DRAFTS,
    *ASSIGNING,
)
VERBS = {verb.slug: verb for verb in _ALL}
BY_NAME = {verb.name: verb for verb in _ALL}

__all__ = ["BY_NAME", "VERBS", "Doing", "Offered", "Verb"]
