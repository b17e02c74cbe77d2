"""Hệ thống quản lý chất lượng: kinds of audit, and when the next one is due. Pure."""

from datetime import date

from congvu.foundation.workdays.days import add_months

INTERNAL, REVIEW, EXTERNAL = "NOI_BO", "XEM_XET", "BEN_NGOAI"
AUDIT_KINDS = {
    INTERNAL: "Đánh giá nội bộ",
    REVIEW: "Xem xét của lãnh đạo",
    EXTERNAL: "Đánh giá của bên ngoài",
}
KNOWN_STANDARDS = ("TCVN ISO 9001:2015", "TCVN ISO 9001:2008", "TCVN ISO 9001:2000")
AUDIT_RULE = "organisation.quality_audit_months"


def next_due(announced: date, internal_audits: list[date], months: int) -> date:
    """The day by which the next internal audit must be held: so many months from the last one, or from the announcement."""
    return add_months(max([announced, *internal_audits]), months)
