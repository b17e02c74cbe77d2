"""The words of the organisation: tiers, kinds of unit, kinds of event. Plain text, no framework."""

TRUNG_UONG, TINH, HUYEN, XA = "TRUNG_UONG", "TINH", "HUYEN", "XA"
TIERS = {
    TRUNG_UONG: "Trung ương",
    TINH: "Cấp tỉnh",
    HUYEN: "Cấp huyện (đến 30/6/2025)",
    XA: "Cấp xã",
}

# A kind says what a unit is; its tier says whose it is. Names are those printed on decisions.
UNIT_KINDS = {
    "UBND": "Ủy ban nhân dân",
    "VAN_PHONG": "Văn phòng",
    "SO": "Sở",
    "BAN": "Ban",
    "CHI_CUC": "Chi cục",
    "PHONG": "Phòng chuyên môn",
    "TRUNG_TAM_PVHCC": "Trung tâm Phục vụ hành chính công",
    "DON_VI_SU_NGHIEP": "Đơn vị sự nghiệp",
    "CONG_AN": "Công an",
    "NGANH_DOC": "Cơ quan ngành dọc",
    "HUYEN": "Huyện, thị xã, thành phố thuộc tỉnh",
    "XA": "Xã",
    "PHUONG": "Phường",
    "THI_TRAN": "Thị trấn",
    "DAC_KHU": "Đặc khu",
    "KHAC": "Đơn vị khác",
}

THANH_LAP, DOI_TEN, SAP_NHAP, HOP_NHAT = "THANH_LAP", "DOI_TEN", "SAP_NHAP", "HOP_NHAT"
CHIA, TACH, GIAI_THE = "CHIA", "TACH", "GIAI_THE"
CHUYEN_GIAO_CHUC_NANG, CHUYEN_CAP_TREN = "CHUYEN_GIAO_CHUC_NANG", "CHUYEN_CAP_TREN"
HOAN_TAC = "HOAN_TAC"  # of a correcting event that takes another back
EVENT_KINDS = {
    THANH_LAP: "Thành lập",
    DOI_TEN: "Đổi tên",
    SAP_NHAP: "Sáp nhập vào đơn vị đang có",
    HOP_NHAT: "Hợp nhất thành đơn vị mới",
    CHIA: "Chia thành các đơn vị mới",
    TACH: "Tách ra đơn vị mới",
    GIAI_THE: "Giải thể",
    CHUYEN_GIAO_CHUC_NANG: "Chuyển giao chức năng",
    CHUYEN_CAP_TREN: "Chuyển cấp trên trực tiếp",
    HOAN_TAC: "Hoàn tác",
}

FROM, TO = "FROM", "TO"
SIDES = {FROM: "bên chuyển", TO: "bên nhận"}

LOCALITY_LEVELS = {TINH: "Tỉnh, thành phố", HUYEN: "Huyện, quận, thị xã", XA: "Xã, phường, đặc khu"}
