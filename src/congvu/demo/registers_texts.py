"""Texts of the demo's registers. Functions follow the decrees on provincial departments loosely, enough to be read."""

from datetime import date

_ND = "Nghị định 24/2014/NĐ-CP, Điều 8 (chưa đối chiếu)"
_XA = "Nghị định 150/2025/NĐ-CP (chưa đối chiếu)"

# agency, field, text, legal basis
FUNCTIONS = tuple(
    (f"H99.{code}", field, text, _ND)
    for code, field, text in (
        ("02", "Kiểm soát thủ tục hành chính", "Kiểm soát thủ tục hành chính, cải cách việc giải quyết thủ tục hành chính"),
        ("02", "Tổng hợp", "Tham mưu giúp Ủy ban nhân dân tỉnh chương trình công tác, theo dõi nhiệm vụ được giao"),
        ("03", "Công nghiệp", "Quản lý nhà nước về cụm công nghiệp, công nghiệp hỗ trợ"),
        ("03", "Thương mại", "Quản lý nhà nước về lưu thông hàng hóa, xuất nhập khẩu, thương mại điện tử"),
        ("03", "An toàn thực phẩm", "Quản lý nhà nước về an toàn thực phẩm đối với rượu, bia, bánh, kẹo"),
        ("03", "Năng lượng", "Quản lý nhà nước về điện lực, tiết kiệm năng lượng"),
        ("04", "Giáo dục", "Quản lý nhà nước về giáo dục mầm non, giáo dục phổ thông, giáo dục thường xuyên"),
        ("04", "Giáo dục", "Quản lý nhà nước về văn bằng, chứng chỉ thuộc hệ thống giáo dục quốc dân"),
        ("05", "Giao thông", "Quản lý nhà nước về vận tải đường bộ, đường thủy nội địa"),
        ("05", "Giao thông", "Quản lý nhà nước về kết cấu hạ tầng giao thông"),
        ("06", "Đầu tư", "Quản lý nhà nước về đầu tư công, đầu tư theo phương thức đối tác công tư"),
        ("06", "Doanh nghiệp", "Đăng ký kinh doanh, đăng ký doanh nghiệp, hộ kinh doanh"),
        ("07", "Khoa học, công nghệ", "Quản lý nhà nước về nghiên cứu khoa học, phát triển công nghệ, đổi mới sáng tạo"),
        ("07", "Tiêu chuẩn, đo lường", "Quản lý nhà nước về tiêu chuẩn, đo lường, chất lượng sản phẩm, hàng hóa"),
        ("08", "Tổ chức bộ máy", "Quản lý nhà nước về tổ chức bộ máy hành chính, vị trí việc làm, biên chế"),
        ("08", "Công chức, viên chức", "Quản lý nhà nước về cán bộ, công chức, viên chức; đào tạo, bồi dưỡng"),
        ("08", "Cải cách hành chính", "Tham mưu giúp Ủy ban nhân dân tỉnh cải cách hành chính, cải cách chế độ công vụ"),
        ("08", "Hội, quỹ", "Quản lý nhà nước về hội, quỹ xã hội, quỹ từ thiện"),
        ("08", "Văn thư, lưu trữ", "Quản lý nhà nước về văn thư, lưu trữ"),
        ("08", "Thi đua, khen thưởng", "Quản lý nhà nước về thi đua, khen thưởng"),
        ("08", "Tín ngưỡng, tôn giáo", "Quản lý nhà nước về tín ngưỡng, tôn giáo"),
        ("09", "Lao động", "Quản lý nhà nước về an toàn, vệ sinh lao động"),
        ("09", "Lao động", "Quản lý nhà nước về việc làm, bảo hiểm thất nghiệp, lao động đi làm việc ở nước ngoài"),
        ("09", "Người có công", "Quản lý nhà nước về ưu đãi người có công với cách mạng"),
        ("09", "Bảo trợ xã hội", "Quản lý nhà nước về bảo trợ xã hội, giảm nghèo"),
        ("09", "Giáo dục nghề nghiệp", "Quản lý nhà nước về giáo dục nghề nghiệp"),
        ("10", "Nông nghiệp", "Quản lý nhà nước về trồng trọt, chăn nuôi, thú y, thủy sản"),
        ("10", "An toàn thực phẩm", "Quản lý nhà nước về an toàn thực phẩm đối với nông sản, lâm sản, thủy sản"),
        ("10", "Nông thôn", "Quản lý nhà nước về phát triển nông thôn, nước sạch nông thôn"),
        ("11", "Ngân sách", "Quản lý nhà nước về ngân sách nhà nước, thuế, phí, lệ phí"),
        ("11", "Tài sản công", "Quản lý nhà nước về tài sản công, giá và thẩm định giá"),
        ("11", "Đất đai", "Thẩm định giá đất, phương án giá đất khi Nhà nước thu hồi đất"),
        ("12", "Đất đai", "Quản lý nhà nước về đất đai, quy hoạch sử dụng đất, giá đất khi Nhà nước thu hồi đất"),
        ("12", "Môi trường", "Quản lý nhà nước về môi trường, tài nguyên nước, khoáng sản"),
        ("13", "Chuyển đổi số", "Quản lý nhà nước về công nghệ thông tin, chuyển đổi số, bưu chính, viễn thông"),
        ("14", "Hộ tịch", "Quản lý nhà nước về hộ tịch, quốc tịch, chứng thực, lý lịch tư pháp"),
        ("14", "Bổ trợ tư pháp", "Quản lý nhà nước về luật sư, công chứng, giám định, đấu giá tài sản"),
        ("14", "Xây dựng pháp luật", "Thẩm định, kiểm tra, rà soát văn bản quy phạm pháp luật"),
        ("14", "Kiểm soát thủ tục hành chính", "Kiểm soát thủ tục hành chính trong dự thảo văn bản, cải cách thủ tục hành chính"),
        ("15", "Văn hóa", "Quản lý nhà nước về di sản văn hóa, lễ hội, nghệ thuật biểu diễn, quảng cáo"),
        ("15", "Du lịch", "Quản lý nhà nước về lữ hành, cơ sở lưu trú du lịch"),
        ("15", "Thể thao", "Quản lý nhà nước về thể dục, thể thao"),
        ("16", "Xây dựng", "Quản lý nhà nước về hoạt động đầu tư xây dựng, giấy phép xây dựng"),
        ("16", "Quy hoạch", "Quản lý nhà nước về quy hoạch đô thị và nông thôn, kiến trúc"),
        ("16", "Nhà ở", "Quản lý nhà nước về nhà ở, kinh doanh bất động sản"),
        ("17", "Y tế", "Quản lý nhà nước về khám bệnh, chữa bệnh, y tế dự phòng"),
        ("17", "Dược", "Quản lý nhà nước về dược, mỹ phẩm, trang thiết bị y tế"),
        ("17", "An toàn thực phẩm", "Quản lý nhà nước về an toàn thực phẩm đối với thực phẩm chức năng, phụ gia thực phẩm"),
        ("18", "Thanh tra", "Thanh tra, tiếp công dân, giải quyết khiếu nại, tố cáo; phòng, chống tham nhũng"),
        ("18", "Lao động", "Thanh tra, kiểm tra an toàn, vệ sinh lao động"),
        ("19", "Đối ngoại", "Quản lý nhà nước về hoạt động đối ngoại, lãnh sự, phi chính phủ nước ngoài"),
        ("19", "Hội, quỹ", "Quản lý nhà nước về quỹ xã hội, quỹ từ thiện, hội"),
        ("20", "Dân tộc", "Quản lý nhà nước về công tác dân tộc"),
        ("23", "Khu công nghiệp", "Quản lý nhà nước trực tiếp đối với khu công nghiệp, khu kinh tế"),
        ("23", "Xây dựng", "Cấp giấy phép xây dựng, quản lý hoạt động đầu tư xây dựng trong khu công nghiệp"),
    )
)  # fmt: skip

# what the law assigns and nobody was given: field, text, legal basis
NOT_HELD = (
    ("Thanh niên", "Quản lý nhà nước về thanh niên, phát triển thanh niên", _ND),
    ("Bình đẳng giới", "Quản lý nhà nước về bình đẳng giới", _ND),
    ("Biến đổi khí hậu", "Quản lý nhà nước về biến đổi khí hậu, khí tượng thủy văn", _ND),
    ("Tổ chức bộ máy", "Quản lý về tổ chức bộ máy, biên chế đơn vị sự nghiệp công lập", _ND),
)
# the first six are given to every commune, the others to none
ASSIGNED_XA = (
    ("Hộ tịch", "Đăng ký hộ tịch, chứng thực trên địa bàn xã", _XA),
    ("Đất đai", "Quản lý đất đai, xác nhận nguồn gốc sử dụng đất trên địa bàn xã", _XA),
    ("Xây dựng", "Cấp giấy phép xây dựng nhà ở riêng lẻ trên địa bàn xã", _XA),
    ("Người có công", "Tiếp nhận, giải quyết chế độ người có công trên địa bàn xã", _XA),
    ("Văn hóa", "Quản lý lễ hội, di tích, thiết chế văn hóa trên địa bàn xã", _XA),
    ("Kiểm soát thủ tục hành chính", "Tiếp nhận và trả kết quả thủ tục hành chính trên địa bàn xã", _XA),
    ("Chuyển đổi số", "Tổ công nghệ số cộng đồng, hỗ trợ người dân dùng dịch vụ công trực tuyến", _XA),
)

_CAP, _QUYEN, _UY = "PHAN_CAP", "PHAN_QUYEN", "UY_QUYEN"
# form, field, what, from, to ("" all communes), since, until (not included), legal basis
DELEGATED = (
    (_CAP, "Công chức, viên chức", "Tuyển dụng, sử dụng, quản lý viên chức của đơn vị sự nghiệp thuộc sở", "H99", "H99.17",
     date(2016, 3, 1), None, "Nghị định 115/2020/NĐ-CP"),
    (_CAP, "Công chức, viên chức", "Quản lý hồ sơ, nâng bậc lương công chức cấp xã", "H99.08", "", date(2025, 7, 1), None, ""),
    (_CAP, "Đất đai", "Giao đất, cho thuê đất, cho phép chuyển mục đích sử dụng đất đối với cá nhân", "H99", "", date(2025, 7, 1),
     None, "Nghị định 151/2025/NĐ-CP"),
    (_CAP, "Xây dựng", "Cấp giấy phép xây dựng công trình cấp III, cấp IV và nhà ở riêng lẻ", "H99", "", date(2025, 7, 1),
     None, ""),
    (_CAP, "Giao thông", "Quản lý, bảo trì đường huyện chuyển giao", "H99.16", "", date(2025, 7, 1), None, ""),
    (_CAP, "Lao động", "Cấp, gia hạn giấy phép lao động cho người nước ngoài", "H99", "H99.09", date(2021, 5, 1), None, ""),
    (_CAP, "Lao động", "Cấp giấy phép lao động trong khu công nghiệp", "H99", "H99.23", date(2022, 1, 1), None, ""),
    (_CAP, "Y tế", "Quản lý trạm y tế xã", "H99.17", "", date(2025, 7, 1), None, ""),
    (_CAP, "Văn hóa", "Cấp giấy phép hoạt động karaoke", "H99.15", "", date(2025, 7, 1), None, ""),
    (_QUYEN, "Ngân sách", "Quyết định dự toán, phân bổ ngân sách cấp xã", "H99", "", date(2025, 7, 1), None,
     "Luật Tổ chức chính quyền địa phương (chưa đối chiếu)"),
    (_QUYEN, "Hộ tịch", "Đăng ký hộ tịch có yếu tố nước ngoài", "H99", "", date(2025, 7, 1), None, "Nghị định 120/2025/NĐ-CP"),
    (_QUYEN, "Môi trường", "Đăng ký môi trường", "H99", "", date(2025, 7, 1), None, ""),
    (_UY, "Hội, quỹ", "Công nhận ban vận động, cho phép thành lập hội hoạt động trong xã", "H99", "H99.08", date(2025, 7, 1),
     date(2027, 7, 1), "Nghị định 126/2024/NĐ-CP"),
    (_UY, "Văn thư, lưu trữ", "Phê duyệt danh mục hồ sơ nộp lưu", "H99", "H99.08", date(2026, 1, 1), date(2027, 1, 1), ""),
    (_UY, "Đấu thầu", "Phê duyệt kế hoạch lựa chọn nhà thầu gói thầu dưới 5 tỷ đồng", "H99", "H99.11", date(2025, 4, 1),
     None, ""),
    (_UY, "Môi trường", "Phê duyệt kết quả thẩm định báo cáo đánh giá tác động môi trường nhóm II", "H99", "H99.21",
     date(2025, 3, 1), date(2028, 3, 1), ""),
    (_UY, "Đất đai", "Ký giấy chứng nhận quyền sử dụng đất của tổ chức", "H99", "H99.21", date(2025, 3, 1),
     date(2026, 12, 31), ""),
    (_UY, "Giáo dục", "Cho phép trường trung học hoạt động giáo dục", "H99", "H99.04", date(2023, 1, 1), date(2025, 1, 1), ""),
)  # fmt: skip

# code, name, short name, revenue A, regular spending B (0: not granted yet), investment covered,
# group the decision gives ("": as counted)
SERVICES = (
    ("H99.17.71", "Bệnh viện Đa khoa tỉnh", "BVĐK", 486_300_000_000, 471_900_000_000, False, ""),
    ("H99.17.72", "Trung tâm Kiểm soát bệnh tật tỉnh", "CDC", 14_200_000_000, 46_800_000_000, False, ""),
    ("H99.17.73", "Bệnh viện Y học cổ truyền tỉnh", "BVYHCT", 41_650_000_000, 52_300_000_000, False, ""),
    ("H99.04.71", "Trường Trung học phổ thông chuyên Bình Giang", "THPTC", 1_120_000_000, 38_400_000_000, False, ""),
    ("H99.04.72", "Trường Cao đẳng Bình Giang", "CĐBG", 27_300_000_000, 33_100_000_000, False, "3B"),
    ("H99.08.71", "Trung tâm Lưu trữ lịch sử tỉnh", "TTLTLS", 240_000_000, 6_900_000_000, False, ""),
    ("H99.08.72", "Trung tâm Dịch vụ việc làm tỉnh", "TTDVVL", 3_050_000_000, 9_400_000_000, False, ""),
    ("H99.11.71", "Trung tâm Tư vấn và Dịch vụ tài chính", "TTTVTC", 8_750_000_000, 7_200_000_000, True, ""),
    ("H99.15.71", "Trung tâm Văn hóa nghệ thuật tỉnh", "TTVHNT", 0, 0, False, ""),
)  # fmt: skip
