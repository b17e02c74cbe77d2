"""The one list of what stands in the top bar. An entry shows when its URL exists and the reader holds a role for it.

Areas lie above this room, so their screens are named by string; a name nobody has registered is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import (
    ADMIN,
    AUDITOR,
    CITIZEN,
    CLERK,
    EVERY_ROLE,
    LEADER,
    OFFICIAL_ROLES,
    PERSONNEL,
    PUBLIC,
    SPECIALIST,
    STRANGER,
)

MAIN, MORE, ACCOUNT = "main", "more", "account"
HANDLERS = (CLERK, SPECIALIST, LEADER)
# the headings under "Thêm", in their order
ONE_STOP, TILL, STAFF, REFORM, WATCH, LOOK_UP, RULES, KEEPING = (
    "Một cửa", "Phí, lệ phí", "Nhân sự, biên chế", "Cải cách hành chính", "Giám sát", "Tra cứu", "Tổ chức, quy định", "Quản trị",
)  # fmt: skip
HEADINGS = (ONE_STOP, TILL, STAFF, REFORM, WATCH, LOOK_UP, RULES, KEEPING)
READERS = (*HANDLERS, AUDITOR)  # keeping accounts gives no right to read citizens' files


@dataclass(frozen=True, slots=True)
class Entry:
    """`place` MAIN stands in the bar, MORE under "Thêm", there `under` a heading."""

    label: str
    url_name: str
    roles: Sequence[str]
    place: str = MAIN
    under: str = ONE_STOP


ENTRIES = (
    Entry("Tiếp nhận", "counter", (CLERK,)),
    Entry("Trả kết quả", "give-back", (CLERK,)),
    Entry("Việc của tôi", "my-work", HANDLERS),
    Entry("Hồ sơ", "dossier-list", READERS),
    Entry("Nhân sự", "people", (PERSONNEL,)),
    Entry("Hồ sơ của tôi", "my-dossiers", (CITIZEN,)),
    Entry("Thủ tục", "procedure-list", PUBLIC),
    Entry("Tra cứu hồ sơ", "look-up", (STRANGER, CITIZEN)),
    Entry("Thống kê", "statistics", READERS),
    Entry("Báo cáo", "reports", (*READERS, PERSONNEL)),
    Entry("Hồ sơ liên thông", "envelope-list", READERS, MORE),
    Entry("Bảng liên thông", "board", (CLERK, LEADER, AUDITOR), MORE),
    Entry("Tuân thủ quy trình", "conformance", (LEADER, AUDITOR), MORE, WATCH),
    Entry("Trực tuyến chờ nhận", "online-waiting", (CLERK,), MORE),
    Entry("Hồ sơ của đơn vị đã giải thể", "stranded", (LEADER,), MORE, WATCH),
    Entry("Xin ý kiến", "opinions", HANDLERS, MORE),
    Entry("Sự cố hồ sơ", "incidents", READERS, MORE),
    Entry("Phân công", "assignments", (LEADER,), MORE),
    Entry("Lượt xử lý hàng loạt", "batches", HANDLERS, MORE),
    Entry("Phí phải thu", "to-collect", (CLERK, LEADER, AUDITOR), MORE, TILL),
    Entry("Bảng kê thu phí trong ngày", "day-sheet", (CLERK, LEADER, AUDITOR), MORE, TILL),
    Entry("Đối soát phí", "reconcile", (CLERK, LEADER, AUDITOR), MORE, TILL),
    Entry("Tổ chức", "organisation", OFFICIAL_ROLES, MORE, RULES),
    Entry("Bàn giao khi sắp xếp đơn vị", "handovers", (LEADER, AUDITOR, ADMIN), MORE, RULES),
    Entry("Chức năng, nhiệm vụ", "unit-functions", (PERSONNEL, LEADER, AUDITOR, ADMIN), MORE, RULES),
    Entry("Phân cấp, ủy quyền", "delegations", (PERSONNEL, LEADER, AUDITOR, ADMIN), MORE, RULES),
    Entry("Cán bộ, công chức", "people", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Sắp nghỉ hưu", "retiring", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Lưu giữ hồ sơ", "files-to-go", (PERSONNEL,), MORE, STAFF),
    Entry("Người chờ sắp xếp", "stranded-people", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Chỉ số đánh giá", "indices", (SPECIALIST, LEADER, AUDITOR, PERSONNEL), MORE, WATCH),
    Entry("Kế hoạch cải cách hành chính", "plan-coverage", OFFICIAL_ROLES, MORE, REFORM),
    Entry("Việc theo kế hoạch", "my-plan-items", (*READERS, PERSONNEL), MORE, REFORM),
    Entry("Kiểm tra cải cách", "inspections", OFFICIAL_ROLES, MORE, REFORM),
    Entry("Số liệu", "figures", (PERSONNEL,), MORE, WATCH),
    Entry("Bản đồ xã theo số liệu", "commune-map", (*READERS, PERSONNEL), MORE, WATCH),
    Entry("Hội nghị", "conferences", (LEADER, AUDITOR, PERSONNEL), MORE, WATCH),
    Entry("Bảng số liệu đã công bố", "published-tables", (PERSONNEL,), MORE, WATCH),
    Entry("Chất lượng đội ngũ", "quality", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Đến kỳ nâng lương", "salary-due", (PERSONNEL,), MORE, STAFF),
    Entry("Yêu cầu đọc hồ sơ", "file-requests", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Sổ biên chế", "ledger", (PERSONNEL, LEADER, AUDITOR, ADMIN), MORE, STAFF),
    Entry("Đề án vị trí việc làm", "schemes", (PERSONNEL, LEADER, AUDITOR, ADMIN), MORE, STAFF),
    Entry("Cơ cấu ngạch", "grade-structure", (PERSONNEL, LEADER, AUDITOR), MORE, STAFF),
    Entry("Tiêu chuẩn chức danh", "standards", (PERSONNEL, LEADER, AUDITOR, ADMIN), MORE, STAFF),
    Entry("Lịch làm việc", "calendar", OFFICIAL_ROLES, MORE, RULES),
    Entry("Quy định", "law-rules", OFFICIAL_ROLES, MORE, RULES),
    Entry("Thẩm quyền ký", "mandates", (LEADER, ADMIN), MORE, RULES),
    Entry("Nghi vấn nhập liệu", "import-doubts", (SPECIALIST, ADMIN), MORE, RULES),
    Entry("Tra cứu như người dân", "look-up", OFFICIAL_ROLES, MORE, LOOK_UP),
    Entry("Tra cứu địa bàn", "locality-look-up", PUBLIC, MORE, LOOK_UP),
    Entry("Kiểm tra chữ ký số", "verify-file", PUBLIC, MORE, LOOK_UP),
    Entry("Khảo sát hài lòng", "surveys", OFFICIAL_ROLES, MORE, WATCH),
    Entry("Khảo sát hài lòng", "survey-list-public", (STRANGER, CITIZEN), MORE, LOOK_UP),
    Entry("Thông báo", "outbox", (ADMIN, LEADER), MORE, WATCH),
    Entry("Nhật ký", "audit", (AUDITOR, LEADER, ADMIN), MORE, WATCH),
    Entry("Mẫu phiếu Word", "paper-templates", (ADMIN,), MORE, KEEPING),
    Entry("Tài khoản", "accounts", (ADMIN,), MORE, KEEPING),
    Entry("Đổi mật khẩu", "change-password", EVERY_ROLE, ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry made ready: `current` is "page" on the screen itself, "true" below it, else ""."""

    label: str
    url: str
    place: str
    current: str
    under: str


def links_for(actor: Actor, path: str) -> list[Link]:
    """The links `actor` may follow from `path`. No SQL."""
    shown: list[Link] = []
    for entry in ENTRIES:
        if not (actor.has(*entry.roles) or (actor.is_stranger and STRANGER in entry.roles)):
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        if all(url != other.url for other in shown):
            shown.append(Link(entry.label, url, entry.place, "", entry.under))
    nearest = max((link.url for link in shown if path.startswith(link.url)), key=len, default="")
    return [
        replace(link, current="page" if path == nearest else "true") if link.url == nearest else link
        for link in shown
    ]
