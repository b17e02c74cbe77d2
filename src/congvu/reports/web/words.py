"""States and chips of reports, as the screens show them."""

from congvu.reports.rules.states import (
    APPROVED,
    ASKED,
    CHECKED,
    DRAFT,
    PUBLISHED,
    RETURNED,
    SENT,
    TAKEN,
)

CHIPS = {DRAFT: "idle", CHECKED: "soon", APPROVED: "now", PUBLISHED: "ok"}
PART_CHIPS = {ASKED: "idle", SENT: "now", RETURNED: "soon", TAKEN: "ok"}
