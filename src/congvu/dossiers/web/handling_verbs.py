"""The verbs between agencies as the screens offer them: opinions, visits, guidance."""

from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.give_back_originals import give_back_originals
from congvu.dossiers.actions.record_guidance import record_guidance
from congvu.dossiers.actions.record_visit import VisitIn, record_visit
from congvu.dossiers.web import handling_forms as forms
from congvu.dossiers.web.doing import Doing, Verb
from congvu.dossiers.web.verb_forms import OriginalsForm


def _ask(do: Doing) -> None:
    data = do.data
    ask_opinion(
        do.ids, data["units"], data["content"], data["due_on"], position=data.get("position"), **do.how
    ).only()


def _visit(do: Doing) -> None:
    data = do.data
    visit = VisitIn(
        data["visited_on"], data["place"], data["people"], data["findings"],
        do.file.file_id if do.file else None, do.file.name if do.file else "",
    )  # fmt: skip
    record_visit(do.ids, visit, position=data.get("position"), **do.how).only()


def _guide(do: Doing) -> None:
    data = do.data
    record_guidance(do.ids, data["content"], data["told_to"], way=data["way"], **do.how).only()


def _originals(do: Doing) -> None:
    give_back_originals(do.ids, do.data["returned_to"], kept_why=do.data["kept_why"], **do.how).only()


HANDLING = (
    Verb(
        "tra-ban-chinh",
        "give_back_originals",
        "Trả bản chính",
        "file-earmark-check",
        OriginalsForm,
        _originals,
        "Đã ghi bản chính.",
        "Bản chính đã nhận để sao chụp, đối chiếu phải trả lại người nộp (NĐ 61/2018, Điều 20.2).",
    ),
    Verb(
        "xin-y-kien",
        "ask_opinion",
        "Xin ý kiến",
        "people",
        forms.OpinionForm,
        _ask,
        "Đã gửi yêu cầu lấy ý kiến.",
        "Hạn của hồ sơ không dừng. Quá hạn chưa trả lời, yêu cầu hiện ở một cửa và ở đơn vị hỏi (NĐ 61/2018, Điều 19.5).",
    ),
    Verb(
        "tham-tra",
        "record_visit",
        "Ghi thẩm tra",
        "geo-alt",
        forms.VisitForm,
        _visit,
        "Đã ghi thẩm tra, xác minh.",
        "Ghi thời gian, nơi, người, nội dung (NĐ 61/2018, Điều 19.3.b); hạn của hồ sơ không dừng.",
        takes_file=True,
    ),
    Verb(
        "huong-dan",
        "record_guidance",
        "Ghi hướng dẫn",
        "journal-text",
        forms.GuidanceForm,
        _guide,
        "Đã ghi nội dung hướng dẫn.",
        "Nội dung đã hướng dẫn được lưu cùng hồ sơ (NĐ 61/2018, Điều 15.2).",
    ),
)
