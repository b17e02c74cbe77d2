"""The audit log in words: verbs, kinds of thing, and what changed between before and after. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congvu.dossiers.rules.bank_file import Verdict
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.rules.status import Status
from congvu.foundation.accounts.words import VERBS as ACCOUNT_VERBS

_CHOSEN: dict[str, dict[Any, str]] = {
    "return_method": RETURN_METHODS, "told_by": TOLD_BY, "verdict": {one.value: one.label for one in Verdict},
}  # fmt: skip
_STATUS = {int(one): one.label for one in Status}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
KINDS = {
    "account": "Tài khoản",
    "grant": "Vai trò",
    "unit": "Đơn vị",
    "unit_event": "Sự kiện tổ chức",
    "handover": "Biên bản bàn giao",
    "localities": "Danh mục địa bàn",
    "unitfunctionversion": "Chức năng của đơn vị",
    "assignedfunction": "Chức năng luật giao",
    "judgement": "Kết luận về chức năng",
    "delegation": "Phân cấp, ủy quyền",
    "onestopfacility": "Cơ sở vật chất một cửa",
    "qualitysystem": "Hệ thống quản lý chất lượng",
    "qualityaudit": "Lần đánh giá chất lượng",
    "autonomy": "Mức tự chủ",
    "boundaries": "Ranh giới xã",
    "quota_decision": "Quyết định giao biên chế",
    "release": "Người thuộc diện tinh giản",
    "scheme": "Đề án vị trí việc làm",
    "dossier": "Hồ sơ",
    "bank_line": "Dòng sao kê",
    "batch": "Lượt xử lý",
    "mandate": "Thẩm quyền ký",
    "draft": "Bản nháp ở quầy",
    "envelope": "Hồ sơ liên thông",
    "result_store": "Kho kết quả",
    "dossiers.move": "Lần chuyển phiên bản",
    "dossiers.simulation": "Mô phỏng",
    "procedures.group": "Nhóm thủ tục liên thông",
    "notice": "Thông báo",
    "noticetemplate": "Mẫu thông báo",
    "case_import": "Lần nhập vụ việc",
    "event_log": "Nhật ký sự kiện xuất ra",
    "procedure": "Thủ tục",
    "procedures.procedure": "Thủ tục",
    "procedures.doubt": "Nghi vấn nhập liệu",
    "procedures.import": "Lần nhập thủ tục",
    "calendar_edit": "Ngày trong lịch",
    "office_hours": "Giờ làm việc",
    "closure": "Đợt đóng cửa",
    "person": "Hồ sơ nhân sự",
    "published_table": "Bảng số liệu công bố",
    "demo": "Tỉnh mẫu",
}
VERBS = {
    **ACCOUNT_VERBS,
    "account.create": "Tạo tài khoản trình diễn",
    "organisation.thanh_lap": "Thành lập đơn vị",
    "organisation.doi_ten": "Đổi tên đơn vị",
    "organisation.sap_nhap": "Sáp nhập đơn vị",
    "organisation.hop_nhat": "Hợp nhất đơn vị",
    "organisation.chia": "Chia đơn vị",
    "organisation.tach": "Tách đơn vị",
    "organisation.giai_the": "Giải thể đơn vị",
    "organisation.chuyen_giao_chuc_nang": "Chuyển giao chức năng",
    "organisation.chuyen_cap_tren": "Chuyển cấp trên",
    "organisation.left_open": "Còn hồ sơ đang mở khi thôi hoạt động",
    "organisation.correct": "Đính chính tổ chức",
    "organisation.hand_over_grant": "Bàn giao vai trò",
    "organisation.give_back_grant": "Trả vai trò về đơn vị cũ",
    "organisation.handed_over": "Bàn giao khi sắp xếp đơn vị",
    "organisation.accept_handover": "Ký nhận bàn giao",
    "organisation.undo_event": "Đính chính bằng hoàn tác sự kiện",
    "organisation.import_boundaries": "Nhập ranh giới xã",
    "organisation.load_localities": "Nạp danh mục địa bàn",
    "indicators.publish": "Công bố bảng số liệu",
    "organisation.record_functions": "Ghi chức năng, nhiệm vụ",
    "organisation.hand_on_functions": "Chuyển chức năng sang đơn vị khác",
    "organisation.judge_functions": "Kết luận về chức năng giống nhau",
    "organisation.record_assigned": "Ghi chức năng luật giao",
    "organisation.record_delegations": "Ghi phân cấp, ủy quyền",
    "organisation.record_facilities": "Ghi cơ sở vật chất một cửa",
    "organisation.record_quality": "Ghi công bố hệ thống quản lý chất lượng",
    "organisation.record_audits": "Ghi lần đánh giá chất lượng",
    "organisation.grant_autonomy": "Ghi quyết định giao tự chủ",
    "organisation.end_entries": "Kết thúc mục trong sổ của tổ chức",
    "organisation.withdraw_entries": "Rút mục ghi sai trong sổ của tổ chức",
    "people.enter": "Lập hồ sơ nhân sự",
    "people.appoint": "Bố trí vị trí",
    "people.move": "Điều động, bổ nhiệm",
    "people.follow_units": "Theo thay đổi tổ chức",
    "people.bring_back": "Trở về đơn vị cũ do hoàn tác",
    "people.correct": "Đính chính hồ sơ nhân sự",
    "people.change": "Thay đổi thông tin nhân sự",
    "people.correct_post": "Đính chính vị trí",
    "people.give_step": "Xếp, nâng bậc lương",
    "people.keep_sensitive": "Ghi thông tin nhạy cảm",
    "people.add_part": "Thêm mục vào hồ sơ",
    "people.take_out": "Rút mục khỏi hồ sơ",
    "people.ask_file": "Xin nghiên cứu hồ sơ",
    "people.decide_request": "Quyết định cho nghiên cứu hồ sơ",
    "people.read_file": "Đọc hồ sơ nhân sự",
    "people.read_sensitive": "Đọc hồ sơ nhân sự, cả thông tin nhạy cảm",
    "people.read_paper": "Mở tài liệu trong hồ sơ nhân sự",
    "people.print_form": "In sơ yếu lý lịch",
    "people.hand_over_file": "Giao nhận hồ sơ nhân sự",
    "people.issue_notice": "Ra thông báo nghỉ hưu",
    "people.print_notice": "In thông báo nghỉ hưu",
    "people.correct_line": "Đính chính hồ sơ nhân sự theo quyết định",
    "people.destroy_papers": "Hủy tài liệu hết thời hạn bảo quản",
    "people.export": "Xuất danh sách nhân sự",
    "people.import": "Nhập nhân sự từ bảng tính",
    "people.end_post": "Thôi giữ vị trí",
    "staffing.draft": "Lập dự thảo giao biên chế",
    "staffing.change_draft": "Sửa dự thảo giao biên chế",
    "staffing.discard_draft": "Bỏ dự thảo giao biên chế",
    "staffing.record_release": "Ghi người vào đợt tinh giản",
    "staffing.remove_release": "Bỏ người ra khỏi đợt tinh giản",
    "staffing.approve_batch": "Duyệt đợt tinh giản",
    "staffing.issue": "Ban hành quyết định giao biên chế",
    "staffing.draft_scheme": "Lập đề án vị trí việc làm",
    "staffing.write_position": "Ghi vị trí vào đề án",
    "staffing.remove_position": "Bỏ vị trí khỏi đề án",
    "staffing.discard_scheme": "Bỏ dự thảo đề án vị trí việc làm",
    "staffing.submit_scheme": "Trình đề án vị trí việc làm",
    "staffing.appraise_scheme": "Thẩm định đề án vị trí việc làm",
    "staffing.return_scheme": "Trả lại đề án vị trí việc làm",
    "staffing.approve_scheme": "Phê duyệt đề án vị trí việc làm",
    "edit_calendar": "Ghi ngày vào lịch",
    "revoke_calendar_edit": "Bỏ ngày đã ghi trong lịch",
    "set_office_hours": "Đặt giờ làm việc",
    "revoke_office_hours": "Bỏ giờ làm việc đã đặt",
    "close_office": "Ghi đợt đóng cửa",
    "revoke_closure": "Bỏ đợt đóng cửa",
    "receive": "Tiếp nhận hồ sơ",
    "register_online": "Nộp trực tuyến",
    "receive_registered": "Tiếp nhận hồ sơ trực tuyến",
    "refuse": "Từ chối tiếp nhận",
    "refuse_at_counter": "Từ chối tại quầy",
    "guide": "Hướng dẫn tại quầy",
    "keep_draft": "Lưu nháp",
    "drop_draft": "Bỏ bản nháp",
    "hand_over": "Chuyển cơ quan giải quyết",
    "change_competent": "Đổi cơ quan giải quyết",
    "move_to_successor": "Chuyển theo sắp xếp tổ chức",
    "go_along": "Theo đơn vị kế thừa",
    "go_back": "Trở về đơn vị cũ do hoàn tác",
    "complete_step": "Hoàn thành bước",
    "request_supplement": "Yêu cầu bổ sung",
    "request_payment": "Yêu cầu nghĩa vụ tài chính",
    "resume": "Tiếp tục giải quyết",
    "ask_opinion": "Xin ý kiến",
    "answer_opinion": "Trả lời ý kiến",
    "withdraw_opinion": "Rút yêu cầu xin ý kiến",
    "record_visit": "Ghi thẩm tra, xác minh",
    "record_guidance": "Ghi hướng dẫn người nộp",
    "grant-mandate": "Ghi thẩm quyền ký",
    "end-mandate": "Kết thúc thẩm quyền ký",
    "order-batch": "Đặt lượt xử lý hàng loạt",
    "stop-batch": "Dừng lượt xử lý",
    "resume-batch": "Làm tiếp lượt xử lý",
    "take_step": "Nhận việc",
    "assign_step": "Phân công",
    "give_back_step": "Trả lại việc sau khi vắng",
    "submit_draft": "Trình ký dự thảo kết quả",
    "send_back": "Trả lại dự thảo kết quả",
    "receive_envelope": "Tiếp nhận hồ sơ liên thông",
    "register_envelope": "Đăng ký hồ sơ liên thông trực tuyến",
    "refuse_envelope": "Từ chối tiếp nhận hồ sơ liên thông",
    "choose_agency": "Chọn lại cơ quan giải quyết của thủ tục chờ",
    "ask_envelope": "Yêu cầu bổ sung hồ sơ liên thông",
    "withdraw_envelope": "Rút hồ sơ liên thông",
    "look_in_store": "Xem kho kết quả",
    "give_back_originals": "Trả bản chính đã nhận",
    "accept_by_silence": "Hết thời hạn không có ý kiến, được coi là chấp nhận",
    "set_notification_rule": "Ghi quy định về thông báo",
    "move_version": "Chuyển hồ sơ sang phiên bản khác",
    "undo_move": "Hoàn lại lần chuyển phiên bản",
    "simulate": "Mô phỏng quy trình",
    "publish_group": "Công bố nhóm thủ tục liên thông",
    "end_group": "Kết thúc áp dụng nhóm thủ tục liên thông",
    "create_group_draft": "Lập bản thảo nhóm thủ tục liên thông",
    "save_group_draft": "Lưu bản thảo nhóm thủ tục liên thông",
    "drop_group_draft": "Bỏ bản thảo nhóm thủ tục liên thông",
    "record_incident": "Ghi sự cố hồ sơ",
    "settle_incident": "Giải quyết sự cố hồ sơ",
    "charge_fee": "Tính phí, lệ phí",
    "waive_fee": "Miễn, giảm phí, lệ phí",
    "ask_refund": "Đề nghị hoàn trả phí",
    "approve_refund": "Duyệt hoàn trả phí",
    "refuse_refund": "Không duyệt hoàn trả phí",
    "refund_fee": "Hoàn trả phí, lệ phí",
    "report_payment": "Nhận báo đã nộp trực tuyến",
    "extend": "Xin lỗi, hẹn lại",
    "stop": "Dừng giải quyết",
    "withdraw": "Công dân rút hồ sơ",
    "finish": "Hoàn thành giải quyết",
    "sign_result": "Ký số kết quả, hoàn thành giải quyết",
    "sign": "Ký số một văn bản",
    "put_template": "Thay mẫu phiếu Word",
    "take_back_template": "Dùng lại mẫu phiếu mặc định",
    "return_result": "Trả kết quả",
    "remind_collect": "Nhắc nhận kết quả",
    "amend_posting": "Sửa số hiệu bưu gửi",
    "send_again": "Cho gửi lại thông báo",
    "it_went": "Xác nhận thông báo đã đến nơi",
    "withdraw_notice": "Thu hồi thông báo",
    "change_template": "Đổi mẫu thông báo",
    "collect_fee": "Thu phí, lệ phí",
    "correct_charge": "Sửa mức phí, lệ phí",
    "void_receipt": "Hủy biên lai",
    "start_payment": "Bắt đầu thanh toán trực tuyến",
    "print_receipt": "In biên lai",
    "import_bank": "Nạp sao kê ngân hàng",
    "settle_bank_line": "Gán hồ sơ cho dòng sao kê",
    "put_bank_line_aside": "Ghi dòng sao kê không phải phí",
    "close_day": "Khóa sổ thu phí trong ngày",
    "attach": "Nhận thêm giấy tờ",
    "parcel_back": "Bưu gửi bị trả lại",
    "collect_parcel": "Nhận kết quả bưu chính trả lại",
    "post_again": "Gửi bưu chính lần nữa",
    "change_contact": "Đổi thông tin liên hệ",
    "read_file": "Mở tệp của hồ sơ",
    "recompute_due": "Tính lại hạn",
    "recompute_step": "Tính lại hạn bước theo lịch mới",
    "import": "Nhập dữ liệu lịch sử",
    "dossier.import_cases": "Nhập vụ việc đã qua",
    "demo.build": "Dựng tỉnh mẫu",
    "correct": "Đính chính hồ sơ",
    "export_log": "Xuất nhật ký sự kiện",
    "create": "Tạo thủ tục",
    "start_draft": "Mở bản nháp",
    "save_draft": "Sửa bản nháp",
    "draft_process": "Soạn quy trình",
    "publish_process": "Công bố quy trình",
    "publish": "Công bố",
    "settle_status": "Hết hiệu lực theo quyết định",
    "amend": "Sửa đổi, công bố bản mới",
    "replace": "Thay thế",
    "abolish": "Bãi bỏ",
    "procedure.publish_historical": "Công bố thủ tục của dữ liệu cũ",
    "import_procedures": "Nhập thủ tục",
    "import_version": "Nhập một bản thủ tục",
    "import_workflows": "Nhập quy trình",
    "correct_version": "Sửa theo nghi vấn",
    "accept_doubt": "Chấp nhận nghi vấn",
    "correct_doubt": "Sửa nghi vấn",
    "dismiss_doubt": "Bỏ qua nghi vấn",
}


FIELDS = {
    "lines": "số dòng",
    "file_sha256": "mã băm của tệp",
    "verdict": "kết quả",
    "dossier": "hồ sơ số",
    "amount": "số tiền",
    "size": "cỡ",
    "already": "đã có từ trước",
    "seconds": "số giây",
    "accounts": "số tài khoản",
    "dossiers": "số hồ sơ",
    "competent_unit": "cơ quan giải quyết",
    "receiving_unit": "nơi tiếp nhận",
    "name": "tên",
    "username": "tên đăng nhập",
    "role": "vai trò",
    "unit": "đơn vị số",
    "from": "từ",
    "to": "đến",
    "address": "địa chỉ máy",
    "is_active": "đang dùng",
    "acting": "người thay, số",
    "account": "tài khoản số",
    "status": "trạng thái",
    "code": "mã",
    "step": "bước",
    "ended_on": "ngày kết thúc",
    "valid_to": "đến hết",
    "valid_from": "từ",
    "number": "số",
    "steps": "số bước",
    "event": "sự kiện số",
    "versions": "các bản",
    "reason": "lý do",
    "kind": "loại",
    "channel": "kênh",
    "version": "bản",
    "silent": "không gửi",
    "carrier": "đơn vị chuyển phát",
    "date": "ngày",
    "named": "kèm tên thật",
    "procedure": "thủ tục",
    "events": "số sự kiện",
    "due_on": "hạn",
    "step_due_on": "hạn bước",
    "calendar": "lịch bản",
    "untold": "không báo người nộp, vì",
    "owner_phone": "điện thoại",
    "owner_email": "thư điện tử",
    "owner_address": "địa chỉ người nộp",
    "return_method": "cách nhận kết quả",
    "told_by": "cách báo tin",
    "file": "tệp số",
    "paper": "giấy tờ số",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it became; None where there was nothing."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the log for a page."""

    id: int
    at: datetime
    who: str
    office: str
    verb: str
    kind: str
    kind_code: str
    object_id: int
    label: str
    why: str
    changes: tuple[Change, ...]


def acts(
    entries: Iterable[Any], units: Mapping[int, str], codes: Mapping[int, str] | None = None
) -> list[Act]:
    """Rows of the log in words. `units` names the offices; `codes` the dossiers that have one."""
    return [
        Act(
            id=one.id,
            at=one.at,
            who=one.actor_name or ("Khách" if one.actor_id is None else f"tài khoản {one.actor_id}"),
            office=units.get(one.office_id or 0, ""),
            verb=VERBS.get(one.verb, one.verb),
            kind=KINDS.get(one.object_kind, one.object_kind),
            kind_code=one.object_kind,
            object_id=one.object_id,
            label=(codes or {}).get(one.object_id, "") if one.object_kind == "dossier" else "",
            why=one.why,
            changes=changes(one.before, one.after, one.object_kind),
        )
        for one in entries
    ]


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, kind: str = ""
) -> tuple[Change, ...]:
    """The fields that differ, in the order of `after`, then those that went away. Nothing to nothing is no change."""
    old, new = before or {}, after or {}
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(
            FIELDS.get(name, name),
            _text(name, old[name], kind) if name in old else None,
            _text(name, new[name], kind) if name in new else None,
        )
        for name in names
        if old.get(name) != new.get(name)
    )


def _text(name: str, value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    if name == "status" and kind == "dossier" and value in _STATUS:
        return _STATUS[value]
    if name in _CHOSEN and value in _CHOSEN[name]:
        return _CHOSEN[name][value]
    if name == "versions" and isinstance(value, list):
        return "; ".join(map(_version, value)) or "–"
    text = str(value)
    day = _DAY.fullmatch(text)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return text if len(text) <= 300 else text[:299] + "…"


def _version(one: Any) -> str:
    """A version of a unit as the log keeps it: its name and the days it held."""
    if not isinstance(one, Mapping):
        return str(one)[:100]
    since, until = (_text("", one.get(key), "") if one.get(key) else "" for key in ("from", "to"))
    return f"{one.get('name', '')}, từ {since}" + (f" đến {until}" if until else "")
