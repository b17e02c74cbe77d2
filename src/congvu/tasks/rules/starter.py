"""The lists of content areas a new installation begins with. None has been compared with its text: every row shows the
amber badge. A province changes a list by a new row («Quy định»).

The programme of 2001 listed four contents; a province's own review of 2010 counts five and calls one of them «cải cách hành
chính công». The five are kept with the quoted name as another name of the official one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from congvu.foundation.lawtable.starter import Row, as_stored
from congvu.tasks.rules.contents import AREAS

_NAME = "Nội dung cải cách hành chính"


def _area(code: str, name: str, *aliases: str, breakthrough: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {"code": code, "name": name, "aliases": list(aliases)}
    return {**found, "breakthrough": True} if breakthrough else found


_INSTITUTIONS = _area("THE_CHE", "Cải cách thể chế", "thể chế")
_PROCEDURES = _area("TTHC", "Cải cách thủ tục hành chính", "thủ tục hành chính", "TTHC")
_ORGANISATION = _area(
    "BO_MAY", "Cải cách tổ chức bộ máy", "tổ chức bộ máy", "cải cách tổ chức bộ máy hành chính nhà nước"
)
_FINANCE = _area("TAI_CHINH_CONG", "Cải cách tài chính công", "tài chính công", "cải cách hành chính công")
_MODERN = _area("HIEN_DAI_HOA", "Hiện đại hóa hành chính", "hiện đại hóa", "hiện đại hoá hành chính")
_STAFF = (
    "DOI_NGU", "Xây dựng, nâng cao chất lượng đội ngũ cán bộ, công chức", "đội ngũ",
    "cải cách đội ngũ cán bộ, công chức", "chất lượng đội ngũ cán bộ, công chức, viên chức",
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    (
        AREAS, _NAME,
        {"areas": [
            {**_PROCEDURES, "breakthrough": True}, _ORGANISATION, _area(*_STAFF, breakthrough=True), _FINANCE, _MODERN,
        ]},
        date(2001, 1, 1), "Chương trình tổng thể 2001-2010 (Quyết định 136/2001/QĐ-TTg)", "MEM",
        "Quyết định nêu 4 nội dung; địa phương tổng kết năm 2010 theo 5 nội dung, giữ như địa phương nêu.",
    ),
    (
        AREAS, _NAME,
        {"areas": [_INSTITUTIONS, _PROCEDURES, _ORGANISATION, _area(*_STAFF), _FINANCE, _MODERN]},
        date(2011, 1, 1), "Nghị quyết 30c/NQ-CP ngày 08/11/2011 (giai đoạn 2011-2020)", "MEM", "",
    ),
    (
        AREAS, _NAME,
        {"areas": [
            _INSTITUTIONS, _PROCEDURES, _ORGANISATION,
            _area("CHE_DO_CONG_VU", "Cải cách chế độ công vụ", "chế độ công vụ", "đội ngũ"), _FINANCE,
            _area("CHINH_QUYEN_SO", "Xây dựng, phát triển Chính phủ điện tử, Chính phủ số", "chính quyền số",
                  "chính quyền điện tử", "xây dựng chính quyền điện tử, chính quyền số", "hiện đại hóa hành chính"),
        ]},
        date(2021, 1, 1), "Nghị quyết 76/NQ-CP ngày 15/7/2021 (giai đoạn 2021-2030)", "MEM", "",
    ),
)  # fmt: skip


def starter_rows() -> Iterator[dict[str, Any]]:
    """Rows as the law table holds them."""
    return as_stored(ROWS)
