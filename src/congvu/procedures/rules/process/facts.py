"""Facts by which processes branch: how people read them, and which one was meant by a name mistyped."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

# Facts of the trade, by their Vietnamese names. A process may name others; those read as they are typed.
KNOWN = {
    "ket_luan": "Kết luận",
    "y_kien": "Ý kiến",
    "xac_minh": "Xác minh",
    "thuc_dia": "Kiểm tra thực địa",
    "tham_quyen": "Thẩm quyền",
    "du_dieu_kien": "Đủ điều kiện",
    "nghia_vu_tai_chinh": "Nghĩa vụ tài chính",
    "so_tien": "Số tiền",
    "dien_tich": "Diện tích",
    "loai_ho_so": "Loại hồ sơ",
    "truong_hop": "Trường hợp",
    "tranh_chap": "Tranh chấp",
}
LONGEST_LABEL = 80
Labels = tuple[tuple[str, str], ...]  # (fact, its name on forms)
_CLOSE, _SHORTEST = 0.8, 4


def label_of(fact: str, labels: Mapping[str, str] | None = None) -> str:
    """The name of a fact as forms show it: what the process calls it, else of the trade, else from its own letters."""
    return (labels or {}).get(fact) or KNOWN.get(fact) or fact.replace("_", " ").capitalize()


def meant_by(fact: str, others: Iterable[str]) -> str | None:
    """The fact that `fact` is probably a mistyping of: the closest known one, or one of `others`; None for a name of its own."""
    if fact in KNOWN or len(fact) < _SHORTEST:
        return None
    near: list[tuple[float, str]] = []
    for one in {*KNOWN, *others} - {fact}:
        alike = SequenceMatcher(None, fact, one).ratio()
        if alike >= _CLOSE and len(one) >= _SHORTEST:
            near.append((alike, one))
    return max(near)[1] if near else None
