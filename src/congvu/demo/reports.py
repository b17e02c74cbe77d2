"""The reports of the demo province: last year's and last month's published, this year's being written."""

from datetime import datetime

from congvu.demo.people import Roster
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.workdays.days import add_days
from congvu.indicators.rules.periods import Kind, before
from congvu.reports.actions.collect_parts import ask_parts, return_part, write_part
from congvu.reports.actions.make_report import Wanted, make_report
from congvu.reports.actions.move_report import Paper, approve_report, check_report, publish_report
from congvu.reports.actions.write_report import write_report

TEMPLATE, ONE_STOP = "cai-cach-hanh-chinh", "danh-gia-mot-cua"
_NUMBERS = {TEMPLATE: "15/BC-UBND", ONE_STOP: "312/BC-UBND"}
ASKED = ("H99.08", "H99.14", "H99.16", "H99.07", "H99.11")
_WORDS = {
    "[Ghi số cuộc kiểm tra, số cơ quan được kiểm tra, vấn đề phát hiện và đã xử lý.]":
        "Đã kiểm tra theo kế hoạch năm; các vấn đề phát hiện được chấn chỉnh ngay trong năm.",
    "[Ghi hình thức, số lượt tuyên truyền.]": "Tuyên truyền trên báo, đài, cổng thông tin và loa truyền thanh cơ sở.",
    "[Ghi số văn bản quy phạm pháp luật ban hành, rà soát, xử lý.]":
        "Việc xây dựng, rà soát văn bản quy phạm pháp luật thực hiện theo chương trình.",
    "[Ghi tình hình tự chủ của đơn vị sự nghiệp, giải ngân.]": "Các đơn vị sự nghiệp thực hiện mức tự chủ được giao.",
    "[Nêu kết quả nổi bật.]": "Bộ máy hai cấp vận hành ổn định; hồ sơ được giải quyết đúng hạn ở hầu hết các cơ quan.",
    "[Nêu tồn tại, nguyên nhân.]": "Còn hồ sơ quá hạn, chủ yếu do phối hợp giữa các cơ quan chưa kịp thời.",
    "[Nêu nguyên nhân, việc xin lỗi người dân, tổ chức.]":
        "Hồ sơ quá hạn đều đã có văn bản xin lỗi, hẹn lại ngày trả.",
    "[Ghi tình hình.]": "Bộ phận một cửa các cấp đủ người, đủ máy móc theo quy định.",
    "[Ghi đề xuất.]": "Tiếp tục rà soát thời hạn từng bước của các thủ tục hay quá hạn.",
    "[Ghi kiến nghị với cơ quan cấp trên, nếu có.]": "Đề nghị sớm hướng dẫn thống nhất việc số hóa kết quả giải quyết.",
}  # fmt: skip


def load(units: dict[str, int], roster: Roster, *, at: datetime) -> None:
    """Two published reports, one draft and the parts of five departments. About 100 statements."""
    people = roster.by_username
    writer, checker, head = people["to-chuc"], people["thanh-tra"], people["lanh-dao"]
    year = legal(at).year
    for template, kind in ((TEMPLATE, Kind.YEAR), (ONE_STOP, Kind.MONTH)):
        period = before(legal(at).date(), kind)
        wanted = Wanted(template, units["H99"], kind, period.year, period.place)
        _published(wanted, writer, checker, head, at)
    draft = make_report(Wanted(TEMPLATE, units["H99"], Kind.YEAR, year), by=writer, at=at)
    asked = [units[code] for code in ASKED]
    parts = ask_parts(draft.pk, asked, add_days(legal(at).date(), 10), by=writer, at=at)
    sent = {
        "H99.08": "Đã tham mưu sắp xếp xong các phòng chuyên môn cấp xã.",
        "H99.16": "Cắt giảm thời gian giải quyết của 12 thủ tục trong lĩnh vực xây dựng.",
    }
    for part in parts:
        words = next((sent[code] for code in sent if units[code] == part.unit_id), "")
        if words:
            body = part.body.replace("[Nêu kết quả nổi bật.]", words)
            write_part(part.pk, body, read_as=None, send=True, by=writer, at=at)
    back = next(part for part in parts if part.unit_id == units["H99.16"])
    return_part(back.pk, "Ghi rõ số thủ tục đã có quyết định công bố.", by=writer, at=at)


def _published(wanted: Wanted, writer: Actor, checker: Actor, head: Actor, at: datetime) -> None:
    made = make_report(wanted, by=writer, at=at)
    body = made.body
    for asked, words in _WORDS.items():
        body = body.replace(asked, words)
    write_report(made.pk, body, read_as=None, by=writer, at=at)
    check_report(made.pk, by=checker, at=at)
    approve_report(made.pk, by=head, at=at)
    paper = Paper(
        _NUMBERS[wanted.template], legal(at).date(), "TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH", "Phạm Đình Vinh",
        "Bộ Nội vụ;\nThường trực Tỉnh ủy, HĐND tỉnh;\nCác sở, ban, ngành;\nUBND các xã, phường;\nLưu: VT, NC.",
    )  # fmt: skip
    publish_report(made.pk, paper, by=writer, at=at)
