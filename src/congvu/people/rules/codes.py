"""The words of personnel work: kinds of post, pools, why a post ends, levels of training. Codes are kept, words are shown."""

FULL, PART, CONCURRENT, SECONDED = "full", "part", "concurrent", "seconded"
POST_KINDS = {
    FULL: "Chuyên trách",
    PART: "Bán chuyên trách",
    CONCURRENT: "Kiêm nhiệm",
    SECONDED: "Biệt phái",
}
COUNTED = FULL  # a head is counted once: where its full post is

CIVIL, PUBLIC_BUDGET, PUBLIC_OWN, CONTRACT, COMMUNE, ASSOCIATION = (
    "cong_chuc", "vien_chuc_nsnn", "vien_chuc_tu_bao_dam", "hop_dong_111", "cap_xa", "hoi",
)  # fmt: skip
POOLS = {
    CIVIL: "Công chức",
    PUBLIC_BUDGET: "Viên chức hưởng lương từ ngân sách",
    PUBLIC_OWN: "Viên chức do đơn vị tự bảo đảm",
    CONTRACT: "Hợp đồng theo Nghị định 111/2022/NĐ-CP",
    COMMUNE: "Cán bộ, công chức cấp xã",
    ASSOCIATION: "Người làm việc tại hội",
}

MALE, FEMALE = "nam", "nu"
SEXES = {MALE: "Nam", FEMALE: "Nữ"}

MOVED, FOLLOWED, TERM_OVER, RETIRED, RESIGNED, DISMISSED, DIED, AWAY, UNPAID = (
    "dieu_dong", "theo_to_chuc", "het_thoi_han", "nghi_huu", "thoi_viec", "buoc_thoi_viec", "tu_tran", "chuyen_ra",
    "ra_ngoai_nsnn",
)  # fmt: skip
ENDINGS = {
    MOVED: "Điều động, bổ nhiệm chỗ khác",
    FOLLOWED: "Theo thay đổi tổ chức",
    TERM_OVER: "Hết thời hạn",
    RETIRED: "Nghỉ hưu",
    RESIGNED: "Thôi việc",
    DISMISSED: "Buộc thôi việc",
    DIED: "Từ trần",
    AWAY: "Chuyển ra ngoài tỉnh",
    UNPAID: "Chuyển sang tổ chức không hưởng lương từ ngân sách",
}
LEAVING = (RETIRED, RESIGNED, DISMISSED, DIED, AWAY, UNPAID)  # the person no longer works in the province

QUALIFICATIONS = {
    "TS": "Tiến sĩ",
    "THS": "Thạc sĩ",
    "DH": "Đại học",
    "CD": "Cao đẳng",
    "TC": "Trung cấp",
    "SC": "Sơ cấp",
    "": "Chưa ghi",
}
POLITICS = {"CC": "Cao cấp, cử nhân", "TC": "Trung cấp", "SC": "Sơ cấp", "": "Chưa qua đào tạo"}
# Grades by rank, the highest first, each with its equals in other branches; what is in none of these is REST_RANK.
RANKS = {
    "cvcc": ("CVCC và tương đương", ("01.001", "04.023", "06.029")),
    "cvc": ("CVC và tương đương", ("01.002", "04.024", "06.030")),
    "cv": ("CV và tương đương", ("01.003", "04.025", "06.031", "02.014")),
    "cs": ("Cán sự", ("01.004", "06.032")),
}
REST_RANK = "nv"


def rank_of(grade: str) -> str:
    """The rank of a grade's code."""
    return next((rank for rank, (_, grades) in RANKS.items() if grade in grades), REST_RANK)


# The 54 peoples as the census lists them (QĐ 121-TCTK/PPCĐ, 02/3/1979); another word is kept as it was written.
ETHNICITIES = (
    "Kinh", "Tày", "Thái", "Hoa", "Khmer", "Mường", "Nùng", "Mông", "Dao", "Gia Rai", "Ngái", "Ê Đê", "Ba Na", "Xơ Đăng",
    "Sán Chay", "Cơ Ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Raglay", "Xtiêng", "Bru - Vân Kiều", "Thổ", "Giáy", "Cơ Tu",
    "Gié Triêng", "Mạ", "Khơ Mú", "Co", "Tà Ôi", "Chơ Ro", "Kháng", "Xinh Mun", "Hà Nhì", "Chu Ru", "Lào", "La Chí",
    "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo",
    "Brâu", "Ơ Đu", "Rơ Măm",
)  # fmt: skip

# The rest of form 2C-BNV/2008: kept by these keys, shown in this order with the number of the form's line.
DETAILS = {
    "other_name": "Tên gọi khác (2)",
    "birth_place": "Nơi sinh (4)",
    "home_place": "Quê quán (5)",
    "registered_place": "Nơi đăng ký thường trú (8)",
    "residence": "Nơi ở hiện nay (9)",
    "former_job": "Nghề nghiệp khi được tuyển dụng (10)",
    "recruited_by": "Cơ quan tuyển dụng (11)",
    "main_work": "Công việc chính được giao (13)",
    "allowances": "Phụ cấp chức vụ, phụ cấp khác (14)",
    "general_education": "Trình độ giáo dục phổ thông (15.1)",
    "state_management": "Quản lý nhà nước (15.4)",
    "languages": "Ngoại ngữ (15.5)",
    "computing": "Tin học (15.6)",
    "army": "Nhập ngũ, xuất ngũ, quân hàm (18)",
    "titles": "Danh hiệu được phong tặng (19)",
    "strengths": "Sở trường công tác (20)",
    "rewards": "Khen thưởng (21)",
    "discipline": "Kỷ luật (22)",
    "policy_family": "Thương binh, gia đình chính sách (24)",
    "citizen_issued": "Ngày cấp số định danh (25)",
    "insurance": "Số sổ bảo hiểm xã hội (26)",
    "phone": "Điện thoại",
}
# Sensitive lines of the same form (Luật 91/2025/QH15, Điều 2; NĐ 13/2023/NĐ-CP, Điều 2.4): a table and a grant of their own.
SENSITIVE = {
    "religion": "Tôn giáo (7)",
    "party_joined": "Ngày vào Đảng (16)",
    "party_full": "Ngày chính thức (16)",
    "unions": "Tổ chức chính trị - xã hội (17)",
    "health": "Tình trạng sức khỏe (23)",
    "body": "Chiều cao, cân nặng, nhóm máu (23)",
    "history": "Đặc điểm lịch sử bản thân (29)",
}
RELATIONS = {
    "cha": "Cha", "me": "Mẹ", "vo": "Vợ", "chong": "Chồng", "con": "Con", "anh_chi_em": "Anh, chị, em", "khac": "Khác",
}  # fmt: skip
TRAININGS = {
    "chuyen_mon": "Chuyên môn",
    "ly_luan": "Lý luận chính trị",
    "qlnn": "Quản lý nhà nước",
    "ngoai_ngu": "Ngoại ngữ",
    "tin_hoc": "Tin học",
    "boi_duong": "Bồi dưỡng khác",
}
# What a personnel file holds (TT 11/2012/TT-BNV as amended by TT 06/2019; TT 07/2019/TT-BNV).
PAPERS = {
    "ly_lich": "Quyển lý lịch",
    "2c": "Sơ yếu lý lịch 2C-BNV/2008",
    "bo_sung": "Phiếu bổ sung lý lịch",
    "tieu_su": "Tiểu sử tóm tắt",
    "khai_sinh": "Bản sao giấy khai sinh",
    "van_bang": "Văn bằng, chứng chỉ",
    "quyet_dinh": "Quyết định",
    "khen_thuong": "Khen thưởng",
    "ky_luat": "Kỷ luật",
    "kiem_diem": "Bản tự kiểm điểm",
    "danh_gia": "Nhận xét, đánh giá",
    "suc_khoe": "Giấy khám sức khỏe",
    "dang_vien": "Tài liệu về Đảng viên",
    "tai_san": "Kê khai tài sản",
    "quy_hoach": "Quyết định phê duyệt quy hoạch",
    "don_thu": "Kết luận về đơn, thư",
    "khac": "Tài liệu khác",
}
# Kinds always behind the sensitive grant: health, party, assets, petitions. Any other paper may be marked so.
SENSITIVE_PAPERS = ("suc_khoe", "dang_vien", "tai_san", "don_thu")
TAKEN_IN, HANDED_OUT, ARCHIVED = "nhan", "giao", "nop_luu"
HANDOVERS = {TAKEN_IN: "Nhận hồ sơ", HANDED_OUT: "Bàn giao hồ sơ", ARCHIVED: "Nộp lưu trữ"}
