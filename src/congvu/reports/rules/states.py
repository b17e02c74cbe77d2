"""The way of a report's version, and of a unit's part: which step may follow which."""

from congvu.foundation.refusal import Refused

DRAFT, CHECKED, APPROVED, PUBLISHED = "DRAFT", "CHECKED", "APPROVED", "PUBLISHED"
STATES = {DRAFT: "Dự thảo", CHECKED: "Đã kiểm tra", APPROVED: "Đã duyệt", PUBLISHED: "Đã phát hành"}
OPEN, FROZEN = (DRAFT, CHECKED), (APPROVED, PUBLISHED)
_NEXT = {DRAFT: (CHECKED,), CHECKED: (DRAFT, APPROVED), APPROVED: (PUBLISHED,), PUBLISHED: ()}

ASKED, SENT, RETURNED, TAKEN = "ASKED", "SENT", "RETURNED", "TAKEN"
PART_STATES = {ASKED: "Đang soạn", SENT: "Đã gửi", RETURNED: "Trả lại để sửa", TAKEN: "Đã tổng hợp"}
OPEN_PARTS = (ASKED, RETURNED)


def refuse_step(state: str, wanted: str) -> None:
    """Refuses a step out of order."""
    if wanted not in _NEXT[state]:
        raise Refused(
            f"Báo cáo đang ở bước «{STATES[state]}», không chuyển sang «{STATES[wanted]}» được.",
            do="Làm theo thứ tự: dự thảo, kiểm tra, duyệt, phát hành; đã duyệt thì mở lại thành bản mới.",
        )
