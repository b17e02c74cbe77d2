"""The words of the staffing ledger: kinds of line, states of a decision, codes of pools. Plain text, no framework."""

GIAO, BO_SUNG, CHUYEN_DEN = "GIAO", "BO_SUNG", "CHUYEN_DEN"
THU_HOI, CAT_GIAM, CHUYEN_DI = "THU_HOI", "CAT_GIAM", "CHUYEN_DI"
LINE_KINDS = {
    GIAO: "Giao",
    BO_SUNG: "Bổ sung",
    THU_HOI: "Thu hồi",
    CAT_GIAM: "Cắt giảm",
    CHUYEN_DI: "Điều chuyển đi",
    CHUYEN_DEN: "Điều chuyển đến",
}
GIVING = (GIAO, BO_SUNG, CHUYEN_DEN)  # these raise the balance of their unit
TAKING = (THU_HOI, CAT_GIAM, CHUYEN_DI)  # these lower it

DRAFT, ISSUED = "DRAFT", "ISSUED"
STATES = {DRAFT: "Dự thảo", ISSUED: "Đã ban hành"}

CONG_CHUC, VIEN_CHUC_NSNN, VIEN_CHUC_TU_BAO_DAM = "cong_chuc", "vien_chuc_nsnn", "vien_chuc_tu_bao_dam"
HOP_DONG_111, CAP_XA, HOI = "hop_dong_111", "cap_xa", "hoi"
POOLS = (CONG_CHUC, VIEN_CHUC_NSNN, VIEN_CHUC_TU_BAO_DAM, HOP_DONG_111, CAP_XA, HOI)  # in their order


def signed(kind: str, posts: int) -> int:
    """What a line of `posts` posts does to the balance of its unit."""
    return posts if kind in GIVING else -posts
