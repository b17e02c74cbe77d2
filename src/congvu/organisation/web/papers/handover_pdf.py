"""Biên bản bàn giao as PDF: the record as it stands, for both sides to sign on paper."""

from collections.abc import Sequence
from datetime import date

from congvu.foundation.clock import legal
from congvu.foundation.papers.head import in_words, place
from congvu.foundation.papers.pdf import render
from congvu.foundation.ui import formats
from congvu.organisation.rules.following import STAYS
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.handed import Line, Record


def handover_pdf(one: Record, chosen: Sequence[str], known: Picture, on: date) -> bytes:
    """The PDF. A record not moved yet says so in every line. No statement."""
    row, event = one.row, one.row.event
    giver = known.nearest(row.from_unit_id, row.effective)
    signed = f" ngày {event.decision_date:%d/%m/%Y}" if event.decision_date else ""
    by = f" của {event.decided_by}" if event.decided_by else ""
    accepted = f"{row.accepted_name}, {formats.moment(row.accepted_at)}" if row.accepted_at else ""
    return render(
        "organisation/web/papers/handover.typ",
        {
            "so": str(row.pk),
            "coQuanTren": known.name(giver.parent_id, row.effective) if giver and giver.parent_id else "",
            "benGiao": one.giver,
            "maGiao": one.giver_code,
            "benNhan": one.taker,
            "maNhan": one.taker_code,
            "diaDanh": place(),
            "ngayThangNam": in_words(legal(row.accepted_at).date() if row.accepted_at else on),
            "trichYeu": f"Bàn giao theo sự kiện «{one.kind_name}»",
            "canCu": f"văn bản số {event.decision_number}{signed}{by}",
            "ngayHieuLuc": f"{row.effective:%d/%m/%Y}",
            "chuyenXong": formats.moment(row.moved_at) if row.moved_at else "chưa",
            "chon": list(chosen),
            "dongs": [[str(n), *_cells(line, one)] for n, line in enumerate(one.lines, 1)],
            "kyNhan": accepted,
            "nguoiNhan": row.accepted_name,
        },
    )


def _cells(line: Line, one: Record) -> list[str]:
    """Kind, found, gone over, what the receiver says."""
    if line.kind.way == STAYS:
        gone = "giữ nguyên"
    else:
        gone = formats.number(line.moved) if one.row.moved_at else "chưa"
    said = line.disagreed or ("Đồng ý" if one.row.accepted_at else "")
    return [line.kind.name, formats.number(line.found), gone, said]
