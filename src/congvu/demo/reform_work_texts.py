"""Words of the demo's reform work. Programmes of the state are quoted from memory; everything of the province is made up."""

from datetime import date

# code, name, level, number, first year, last year, signed on, issuer
PROGRAMMES: tuple[tuple[str, str, str, str, int, int, date, str], ...] = (
    (
        "CCHC-2001-2010", "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2001-2010", "CENTRAL",
        "136/2001/QĐ-TTg", 2001, 2010, date(2001, 9, 17), "Thủ tướng Chính phủ",
    ),
    (
        "CCHC-2011-2020", "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2011-2020", "CENTRAL",
        "30c/NQ-CP", 2011, 2020, date(2011, 11, 8), "Chính phủ",
    ),
    (
        "CCHC-2021-2030", "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021-2030", "CENTRAL",
        "76/NQ-CP", 2021, 2030, date(2021, 7, 15), "Chính phủ",
    ),
)  # fmt: skip
MOTTOES = {
    2021: "Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển",
    2022: "Đoàn kết, kỷ cương, chủ động, hiệu quả",
    2023: "Lấy người dân làm trung tâm phục vụ",
    2024: "Kỷ cương, trách nhiệm, đổi mới, hiệu quả",
    2025: "Tinh gọn, thông suốt, hiệu lực, hiệu quả",
    2026: "Gần dân, nhanh, đúng, minh bạch",
}
# content, text, product
ITEMS: tuple[tuple[str, str, str], ...] = (
    ("THE_CHE", "Rà soát văn bản quy phạm pháp luật của tỉnh theo cấp chính quyền mới", "Báo cáo rà soát"),
    ("THE_CHE", "Ban hành quy chế phối hợp giải quyết thủ tục hành chính liên thông", "Quyết định"),
    ("THE_CHE", "Theo dõi thi hành pháp luật trong lĩnh vực đất đai, xây dựng", "Báo cáo"),
    ("TTHC", "Rà soát, đơn giản hóa thủ tục hành chính, cắt giảm ít nhất 20% thời gian giải quyết", "Quyết định phương án"),
    ("TTHC", "Công bố, công khai danh mục thủ tục thực hiện tại Bộ phận một cửa", "Quyết định công bố"),
    ("TTHC", "Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực", "Kho kết quả điện tử"),
    ("TTHC", "Công khai xin lỗi khi trả kết quả quá hạn", "Báo cáo quý"),
    ("BO_MAY", "Sắp xếp đơn vị sự nghiệp công lập theo quy hoạch", "Đề án"),
    ("BO_MAY", "Rà soát chức năng, nhiệm vụ, bỏ chồng chéo giữa các sở", "Quyết định"),
    ("BO_MAY", "Đẩy mạnh phân cấp quản lý cho cấp xã", "Quyết định phân cấp"),
    ("CHE_DO_CONG_VU", "Hoàn thiện vị trí việc làm và cơ cấu ngạch công chức", "Đề án vị trí việc làm"),
    ("CHE_DO_CONG_VU", "Kiểm tra kỷ luật, kỷ cương hành chính", "Kết luận kiểm tra"),
    ("CHE_DO_CONG_VU", "Bồi dưỡng kỹ năng hành chính cho công chức cấp xã", "5 lớp bồi dưỡng"),
    ("TAI_CHINH_CONG", "Giao quyền tự chủ cho đơn vị sự nghiệp công lập", "Quyết định giao tự chủ"),
    ("TAI_CHINH_CONG", "Công khai dự toán, quyết toán ngân sách", "Báo cáo công khai"),
    ("CHINH_QUYEN_SO", "Cung cấp dịch vụ công trực tuyến toàn trình cho thủ tục đủ điều kiện", "Danh mục dịch vụ công"),
    ("CHINH_QUYEN_SO", "Kết nối, chia sẻ dữ liệu dân cư phục vụ giải quyết thủ tục", "Kết nối được kiểm thử"),
    ("CHINH_QUYEN_SO", "Khảo sát sự hài lòng của người dân, tổ chức", "Báo cáo chỉ số hài lòng"),
)  # fmt: skip
# name, post, role, since (None: with the committee), until, committees
SEATS: tuple[tuple[str, str, str, date | None, date | None, tuple[int, ...]], ...] = (
    ("Phạm Đình Vinh", "Chủ tịch Ủy ban nhân dân tỉnh", "TRUONG_BAN", None, None, (0, 1)),
    ("Ngô Thị Bích Hằng", "Phó Chủ tịch Ủy ban nhân dân tỉnh", "PHO_TRUONG_BAN", None, None, (0,)),
    ("Vũ Tiến Lộc", "Giám đốc Sở Nội vụ", "THUONG_TRUC", None, date(2025, 3, 1), (0,)),
    ("Đỗ Xuân Trung", "Giám đốc Sở Nội vụ", "THUONG_TRUC", date(2025, 3, 1), None, (0,)),
    ("Đỗ Xuân Trung", "Giám đốc Sở Nội vụ", "UY_VIEN", date(2025, 3, 1), None, (1,)),
    ("Trần Quốc Khánh", "Giám đốc Sở Khoa học và Công nghệ", "THUONG_TRUC", None, None, (1,)),
    ("Trần Quốc Khánh", "Giám đốc Sở Khoa học và Công nghệ", "UY_VIEN", None, None, (0,)),
    ("Hoàng Thu Lan", "Giám đốc Sở Tư pháp", "UY_VIEN", None, None, (0,)),
    ("Lý Minh Tuấn", "Giám đốc Sở Tài chính", "UY_VIEN", None, None, (0, 1)),
    ("Nguyễn Công Bảo", "Chánh Văn phòng Ủy ban nhân dân tỉnh", "UY_VIEN", None, None, (0, 1)),
    ("Lê Minh Quân", "Trưởng phòng Cải cách hành chính, Sở Nội vụ", "THU_KY", None, None, (0,)),
)  # fmt: skip
CONCLUSIONS: tuple[tuple[str, date, str, int], ...] = (
    ("41/TB-BCĐ", date(2026, 2, 6), "Các sở rà soát thủ tục còn đòi giấy tờ đã có trong kho dữ liệu, xong trong quý II.", 0),
    ("98/TB-BCĐ", date(2026, 7, 10), "Đôn đốc đơn vị chưa ban hành kế hoạch; kết quả tính vào xếp loại người đứng đầu.", 0),
    ("12/TB-BCĐ", date(2026, 4, 3), "Hoàn thành kết nối dữ liệu đất đai với hệ thống một cửa.", 1),
)  # fmt: skip
FOUND: tuple[tuple[str, str], ...] = (
    ("Niêm yết thiếu thủ tục mới công bố tại bộ phận một cửa.", "Niêm yết đủ, kịp thời."),
    ("Một số hồ sơ trả quá hạn không có văn bản xin lỗi.", "Xin lỗi đúng quy định; kiểm điểm người để chậm."),
    ("Kế hoạch năm không ghi sản phẩm và thời hạn của từng nhiệm vụ.", "Ban hành kế hoạch thay thế."),
    ("Chưa số hóa thành phần hồ sơ khi tiếp nhận.", "Số hóa toàn bộ từ ngày 01/10."),
    ("Chưa cử cán bộ đầu mối theo dõi cải cách hành chính.", "Cử và báo Sở Nội vụ."),
)
